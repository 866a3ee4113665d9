"""Each template in Calc: opened, typed into, checked by the ribbon, read back; the same as a check of the file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from docs.pictures import CASES
from tests.libreoffice.typing_in import error_cells, open_template, type_rows, type_singles
from xlsaddin.batch.demonstration import fill_workbooks
from xlsaddin.batch.session import Session
from xlsaddin.excel.commands import TEMPLATES
from xlsaddin.excel.live import save_copy
from xlsaddin.libreoffice.host import CalcHost
from xlsaddin.watchlist.store import ListStore
from xlsaddin.workbook.read.book import read_workbook

pytestmark = pytest.mark.office

LISTED = "Harbin Institute of Technology"
TYPED: dict[str, tuple[dict[str, object], dict[str, list[dict[str, object]]]]] = {
    "integrity": ({"name": "LIN Haoran"}, {}),
    "partner": ({"name_en": LISTED}, {}),
    "supporter": ({"name_en": LISTED}, {}),
    "contract": ({}, {"parties": [{"name_en": LISTED}]}),
    "project": ({}, {}),
    "institution": ({}, {}),
}


@pytest.mark.parametrize("key", [key for key in TEMPLATES if key != "researcher"])
def test_a_template_is_checked_in_the_open_book(host: CalcHost, tmp_path: Path, key: str) -> None:
    book = open_template(host.app, tmp_path, key)
    assert error_cells(book) == []
    singles, tables = TYPED[key]
    type_singles(book, singles)
    for item, rows in tables.items():
        type_rows(book, key, item, rows)
    host.press("RibbonCheckAll")
    assert host.app.impl.alerts == []
    assert "点検しました" in str(host.app.status_bar)
    assert book.sheets["結果"]["B1:L20"].value
    assert error_cells(book) == []
    found = "判断が要るヒット0" not in str(host.app.status_bar)
    assert found == (LISTED in str(TYPED[key]))


@pytest.fixture(scope="module")
def filled(stocked_home: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A filled workbook of each form, with METI's list in the store."""
    folder = tmp_path_factory.mktemp("filled")
    cases = sorted(CASES.glob("*.toml"))
    made = fill_workbooks(ListStore(stocked_home), date.today(), folder, cases).workbooks
    return {read_workbook(one.path).checklist.key: one.path for one in made}


def results(path: Path) -> dict[str, list[list[str]]]:
    """Every result table of a workbook, and the level, state and order on its result page, as texts."""
    book = openpyxl.load_workbook(path, data_only=True)
    found = {
        table.name: [[text(cell.value) for cell in row] for row in sheet[table.ref]]
        for sheet in book
        for table in sheet.tables.values()
        if table.name.startswith("r_") and table.name != "r_stages"
    }
    for name in ("r_level", "r_state", "r_score"):
        ((sheet, place),) = book.defined_names[name].destinations
        found[name] = [[text(book[sheet][place.replace("$", "")].value)]]
    return found


def text(value: object) -> str:
    return "" if value is None else str(value).removesuffix(".0")


@pytest.mark.parametrize("key", [key for key in TEMPLATES if key != "researcher"])
def test_a_check_in_the_open_book_and_of_the_file_come_to_the_same(
    host: CalcHost, filled: dict[str, Path], tmp_path: Path, key: str
) -> None:
    from_file, from_book = tmp_path / "file.xlsx", tmp_path / "book.xlsx"
    Session(date.today()).check(filled[key], from_file)
    book = host.app.books.open(filled[key])
    book.activate()
    host.press("RibbonCheckAll")
    assert host.app.impl.alerts == []
    save_copy(book, from_book)
    assert results(from_book) == results(from_file)
