"""Every template opens clean, calculates what it stores, keeps Excel's limits, and shows nothing of results."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openxml_audit import OpenXmlValidator

from tests.workbook_build.recalculated import stale_cells
from xlsaddin.checklist.loading import checklist_keys, load_checklist
from xlsaddin.checklist.model import Kind
from xlsaddin.checklist.profiles import load_profile, profile_names
from xlsaddin.libreoffice.office import Office
from xlsaddin.workbook.labels import Language, header
from xlsaddin.workbook.limits import find_faults
from xlsaddin.workbook.package import Package
from xlsaddin.workbook.respondent import build_template
from xlsaddin.workbook.structure import Structure

AS_OF = date(2026, 4, 1)
BUILT = [
    *((key, "default", language) for key in checklist_keys() for language in Language),
    *((key, profile, Language.BOTH) for key in ("researcher",) for profile in profile_names() if profile != "default"),
]

pytestmark = pytest.mark.filterwarnings("ignore:Print area cannot be set")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str, Language], Path]:
    folder = tmp_path_factory.mktemp("templates")
    paths = {}
    for key, profile, language in BUILT:
        path = folder / f"{key}-{profile}-{language}.xlsx"
        path.write_bytes(build_template(key, profile, language, as_of=AS_OF))
        paths[key, profile, language] = path
    return paths


@pytest.mark.parametrize("which", BUILT, ids="-".join)
def test_template_keeps_the_standard_and_excels_limits(which, built) -> None:
    path = built[which]
    assert OpenXmlValidator().validate(path).is_valid
    assert find_faults(Package(path, path.read_bytes())) == ()


@pytest.mark.office
@pytest.mark.parametrize("which", BUILT, ids="-".join)
def test_template_stores_what_its_formulas_give(which, built, office: Office) -> None:
    assert stale_cells(office, built[which]) == []


@pytest.mark.parametrize("key", checklist_keys())
def test_same_arguments_give_the_same_bytes(key: str, built) -> None:
    again = build_template(key, "default", Language.BOTH, as_of=AS_OF)
    assert again == built[key, "default", Language.BOTH].read_bytes()


@pytest.mark.parametrize("which", BUILT, ids="-".join)
def test_every_item_has_its_names_table_and_headers(which, built) -> None:
    key, profile, language = which
    checklist = load_checklist(key, load_profile(profile))
    structure = Structure(Package(built[which], built[which].read_bytes()))
    for item in checklist.items:
        assert structure.place(f"a_{item.key}") is not None
        if item.kind is Kind.TABLE:
            table = structure.tables[f"t_{item.key}"]
            headers = table.headers[: len(item.columns)]
            assert headers == tuple(header(column, language) for column in item.columns)
            assert structure.place(f"a_{item.key}_reason") is not None
    for name in ("r_level", "r_state", "r_score", "r_checked_at", "r_lists"):
        assert structure.place(name) is not None


_RESULT_WORDS = re.compile(
    "r_hits|r_contributions|r_measures|判断の状態|判定不能|極めて高|score_|disposition|indicator|要再照合"
)


@pytest.mark.parametrize("which", BUILT, ids="-".join)
def test_respondent_edition_knows_nothing_of_results(which, built) -> None:
    with zipfile.ZipFile(built[which]) as package:
        for part in package.namelist():
            found = _RESULT_WORDS.search(package.read(part).decode("utf-8", "replace"))
            assert found is None, (part, found and found[0])
    book = openpyxl.load_workbook(built[which])
    for name in ("r_level", "r_state", "r_score"):
        sheet, cell = next(iter(book.defined_names[name].destinations))
        assert book[sheet][cell.replace("$", "")].value is None


@pytest.mark.parametrize("key", checklist_keys())
def test_people_see_japanese_gothic_and_no_merged_inputs(key: str, built) -> None:
    path = built[key, "default", Language.BOTH]
    with zipfile.ZipFile(path) as package:
        assert 'typeface="游ゴシック"' in package.read("xl/theme/theme1.xml").decode()
    book = openpyxl.load_workbook(path)
    assert book._named_styles["Normal"].font.name == "游ゴシック"
    for sheet in book:
        inputs = {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.fill.fgColor.rgb == "FFFFF9E3"}
        merged = {cell for area in sheet.merged_cells.ranges for row in area.rows for cell in row}
        assert not inputs & {openpyxl.utils.get_column_letter(column) + str(row) for row, column in merged}


@pytest.mark.parametrize("key", checklist_keys())
def test_sheets_with_tables_are_not_protected_and_end_with_their_table(key: str, built) -> None:
    book = openpyxl.load_workbook(built[key, "default", Language.BOTH])
    for sheet in book:
        assert len(sheet.tables) <= 1
        for table in sheet.tables.values():
            assert not sheet.protection.sheet
            assert int(re.sub(r".*:[A-Z]+", "", table.ref)) == sheet.max_row
