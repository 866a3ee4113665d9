"""Each template in Calc: opened, typed into, checked by the ribbon, read back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.libreoffice.typing_in import error_cells, open_template, type_rows, type_singles
from xlsaddin.excel.commands import TEMPLATES
from xlsaddin.libreoffice.host import CalcHost

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
