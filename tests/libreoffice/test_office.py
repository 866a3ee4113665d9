"""A headless office calculates what Excel would store, and types what people would type."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from xlsaddin.libreoffice import runtime
from xlsaddin.libreoffice.office import Office, OfficeError, running_office
from xlsaddin.libreoffice.values import CellError, to_date

pytestmark = pytest.mark.office


@pytest.fixture
def stale(tmp_path: Path) -> Path:
    """A workbook whose stored value (99) is not what its formula gives (7)."""
    path = tmp_path / "stale.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("学歴")
        sheet.write("A1", 3)
        sheet.write("A2", 4)
        sheet.write_formula("A3", "=A1+A2", None, 99)
        sheet.write_formula("A4", "=1/0", None, "#DIV/0!")
        sheet.write_formula("A5", '=IF(ISNUMBER(B1),"日付","文字")', None, "文字")
        book.define_name("a_from", "=学歴!$B$1")
    return path


def test_recalculate_replaces_stale_values(office: Office, stale: Path, tmp_path: Path) -> None:
    again = office.recalculate(stale, tmp_path / "again.xlsx")
    assert openpyxl.load_workbook(stale, data_only=True)["学歴"]["A3"].value == 99
    assert openpyxl.load_workbook(again, data_only=True)["学歴"]["A3"].value == 7


def test_stored_values_are_kept_when_asked(stale: Path) -> None:
    with running_office(recalculate_on_load=False) as trusting, trusting.open(stale) as document:
        assert document.read_cells(["学歴!A3"]) == {"学歴!A3": 99}


def test_typed_values_reach_formulas(office: Office, stale: Path) -> None:
    with office.open(stale) as document:
        document.set_cells({"学歴!A1": 10, "a_from": date(2024, 4, 1)})
        document.calculate()
        shown = document.read_cells(["学歴!A3", "学歴!A5", "a_from"])
        assert shown["学歴!A3"] == 14
        assert shown["学歴!A5"] == "日付"
        assert to_date(float(shown["a_from"] or 0)) == date(2024, 4, 1)


def test_text_that_looks_like_a_formula_or_number_stays_text(office: Office, stale: Path) -> None:
    with office.open(stale) as document:
        document.set_cells({"学歴!B1": "=A1+1", "学歴!B2": "0012"})
        document.calculate()
        assert document.read("学歴!B1:B2") == [["=A1+1"], ["0012"]]
        assert document.read_cells(["学歴!A5"]) == {"学歴!A5": "文字"}


def test_errors_are_told_apart_from_texts_and_blanks(office: Office, stale: Path) -> None:
    with office.open(stale) as document:
        error = document.read_cells(["学歴!A4"])["学歴!A4"]
        assert error == "#DIV/0!"
        assert isinstance(error, CellError)
        document.set_cells({"学歴!B2": "名"})
        assert document.read_sheet("学歴")[:2] == [[3, None], [4, "名"]]


def test_hundreds_of_rounds_share_one_document(office: Office, stale: Path) -> None:
    with office.open(stale) as document:
        for number in range(300):
            document.set_cells({"学歴!A1": number, "学歴!A2": 1})
            document.calculate()
            assert document.read_cells(["学歴!A3"])["学歴!A3"] == number + 1


def test_defined_names_are_listed(office: Office, stale: Path) -> None:
    with office.open(stale) as document:
        assert set(document.names) == {"a_from"}
        with pytest.raises(KeyError, match="a_missing"):
            document.read_cells(["a_missing"])


def test_a_printed_page_is_a_pdf(office: Office, stale: Path, tmp_path: Path) -> None:
    assert office.convert(stale, "pdf", tmp_path / "page.pdf").read_bytes().startswith(b"%PDF")


def test_a_file_that_is_no_workbook_is_one_sentence(office: Office, tmp_path: Path) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a package")
    with pytest.raises(OfficeError) as caught:
        office.open(broken)
    assert caught.value.code == "RS-OFFICE-004"
    assert "broken.xlsx" in caught.value.ja


def test_no_lock_file_is_left_beside_a_workbook(office: Office, stale: Path) -> None:
    with office.open(stale):
        assert [path.name for path in stale.parent.iterdir()] == ["stale.xlsx"]


def test_an_office_that_ends_while_starting_is_said_to_have_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nexit 7\n")
    program.chmod(0o755)
    monkeypatch.setattr(runtime, "find_soffice", lambda: program)
    with pytest.raises(OfficeError, match="exit code 7"):
        running_office()
