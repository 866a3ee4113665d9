"""A patched book opens in a spreadsheet program, which calculates the values we wrote beside the formulas."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.workbook_patch.originals import PERSONS_NOTE, write_rich_form
from tests.workbook_patch.results import CHANGES
from tests.workbook_read.forms import write_form
from xlsaddin.libreoffice.office import Office
from xlsaddin.workbook.patch.apply import apply_changes
from xlsaddin.workbook.patch.notes import AUTHOR
from xlsaddin.workbook.read.book import read_workbook

pytestmark = pytest.mark.office


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    apply_changes(write_rich_form(tmp_path / "f.xlsx"), CHANGES, tmp_path / "copy.xlsx")
    return tmp_path / "copy.xlsx"


def test_recalculated_values_are_the_ones_written(office: Office, copy: Path, tmp_path: Path) -> None:
    again = openpyxl.load_workbook(office.recalculate(copy, tmp_path / "again.xlsx"), data_only=True)
    formulas, written = openpyxl.load_workbook(copy), openpyxl.load_workbook(copy, data_only=True)
    compared = 0
    for sheet in ("結果", "学歴", "表紙"):
        for row in formulas[sheet].iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    ours, theirs = written[sheet][cell.coordinate].value, again[sheet][cell.coordinate].value
                    assert (ours or None) == (theirs or None), (sheet, cell.coordinate)
                    compared += 1
    assert compared > 15


def test_a_judgement_typed_later_moves_the_result(office: Office, copy: Path) -> None:
    with office.open(copy) as document:
        assert document.read_cells(["r_level"]) == {"r_level": "中"}
        document.set_cells({"結果!B10": "別"})
        document.calculate()
        assert document.read_cells(["r_level"]) == {"r_level": "低"}


def test_an_edited_name_is_to_be_screened_again(office: Office, copy: Path) -> None:
    with office.open(copy) as document:
        document.set_cells({"学歴!D9": "別の大学"})
        document.calculate()
        assert document.read_cells(["学歴!O9", "学歴!O10"]) == {"学歴!O9": "要再照合", "学歴!O10": "要再照合"}


def test_notes_and_picture_are_still_there(office: Office, copy: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(office.recalculate(copy, tmp_path / "again.xlsx"))
    assert book["学歴"]["D9"].comment.text == PERSONS_NOTE
    assert book["表紙"]["C7"].comment.text == f"{AUTHOR}\n旅券のとおりに書いてください"
    assert book["結果"]["A6"].comment.text == "確認順です"
    assert len(book["学歴"]._images) == 1


def test_form_saved_by_the_program_can_be_patched(office: Office, tmp_path: Path) -> None:
    form = write_form(
        tmp_path / "f.xlsx", {"name": "SAEKI", "education": [{"school": "広島工業大学"}, {"school": "東北大学"}]}
    )
    saved = office.recalculate(form, tmp_path / "saved.xlsx")
    apply_changes(saved, CHANGES, tmp_path / "copy.xlsx")
    again = office.recalculate(tmp_path / "copy.xlsx", tmp_path / "again.xlsx")
    shown = openpyxl.load_workbook(again, data_only=True)
    assert [shown["学歴"][cell].value for cell in ("O9", "O10")] == ["照合済", "要再照合"]
    assert shown["結果"]["A2"].value == "中"
    assert [row.cells["school"].content for row in read_workbook(again).answers.tables["education"].rows] == [
        "広島工業大学",
        "東北大学",
    ]
