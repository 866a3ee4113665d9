"""A declaration typed in a headless Calc and saved there is checked like one typed in Excel."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.filling import find_table, open_book
from tests.acceptance.people import HIT, affiliation, declared
from tests.acceptance.product import Product
from xlsaddin.libreoffice.office import Office

pytestmark = pytest.mark.office


def test_typed_and_saved_in_calc(product: Product, office: Office, tmp_path: Path) -> None:
    path = product.write(declared(), tmp_path / "filled.xlsx")
    sheet, top, column = find_table(open_book(path), "t_listed_affiliations")
    row = affiliation("2024-05～2025-03", HIT)
    cells = {f"{sheet.title}!{sheet.cell(top + 1, column(header)).coordinate}": value for header, value in row.items()}
    saved = tmp_path / "calc" / "calc.xlsx"
    saved.parent.mkdir()
    with office.open(path) as document:
        document.set_cells({"a_name": "AOBA Jiro", "a_listed_affiliations": "あり", **cells})
        document.calculate()
        document.save_as(saved)
    seen = product.check(saved, out=tmp_path / "out", expect=1)["calc"]
    assert seen.content["subject"] == "AOBA Jiro"
    assert seen.entries() == {("jp_meti_eul", "541")}
    assert seen.outcome == ("moderate", "provisional")
    assert seen.findings("error") == []
