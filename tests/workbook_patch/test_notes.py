"""Notes of ours come and go with the checks; a person's note is never touched."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openxml_audit import OpenXmlValidator

from tests.workbook_patch.originals import PERSONS_NOTE, write_rich_form
from tests.workbook_read.packages import replace_text, rewrite, unpack
from xlsaddin.workbook.patch.apply import apply_changes
from xlsaddin.workbook.patch.notes import AUTHOR
from xlsaddin.workbook.plan import CellWrite, Changes


@pytest.fixture
def form(tmp_path: Path) -> Path:
    return write_rich_form(tmp_path / "f.xlsx")


def noted(form: Path, *notes: tuple[str, int, int, str]) -> dict[str, str]:
    """Return all notes of the copy by place, ours without the line that says so."""
    writes = tuple(CellWrite(sheet, row, column, note=text) for sheet, row, column, text in notes)
    copy = form.with_name("copy.xlsx")
    apply_changes(form, Changes(writes=writes), copy)
    assert OpenXmlValidator().validate(copy).errors == []
    cells = (cell for sheet in openpyxl.load_workbook(copy) for row in sheet.iter_rows() for cell in row)
    return {
        f"{cell.parent.title}!{cell.coordinate}": cell.comment.text.removeprefix(f"{AUTHOR}\n")
        for cell in cells
        if cell.comment
    }


def test_notes_join_those_of_people(form: Path) -> None:
    found = noted(
        form, ("学歴", 10, 4, "国を書いてください"), ("学歴", 9, 4, "二つ目の注"), ("表紙", 7, 3, "旅券のとおりに")
    )
    assert found == {"学歴!D9": PERSONS_NOTE, "学歴!D10": "国を書いてください", "表紙!C7": "旅券のとおりに"}
    vml = unpack(form.with_name("copy.xlsx"))["xl/drawings/vmlDrawing1.vml"].decode()
    assert vml.count("<v:shape ") == 2
    assert "_x0000_s4097" in vml
    assert "_x0000_s4098" in vml


def test_fixed_places_lose_our_note_and_no_other(form: Path) -> None:
    noted(form, ("学歴", 10, 4, "国を書いてください"), ("表紙", 7, 3, "旅券のとおりに"))
    again = form.with_name("copy.xlsx").rename(form.with_name("again.xlsx"))
    assert noted(again, ("学歴", 11, 4, "年月を書いてください")) == {
        "学歴!D9": PERSONS_NOTE,
        "学歴!D11": "年月を書いてください",
    }


def test_drawing_that_is_no_xml_is_extended_all_the_same(form: Path) -> None:
    """Excel itself writes `<br>` without an end into drawings of notes."""
    rewrite(
        form, lambda parts: replace_text(parts, "xl/drawings/vmlDrawing1.vml", "<x:ClientData", "<br><x:ClientData")
    )
    copy = form.with_name("copy.xlsx")
    apply_changes(form, Changes(writes=(CellWrite("学歴", 10, 4, note="国"),)), copy)
    vml = unpack(copy)["xl/drawings/vmlDrawing1.vml"]
    assert b"<br><x:ClientData" in vml
    assert vml.count(b"<v:shape ") == 2


def test_our_notes_are_told_by_their_author(form: Path) -> None:
    noted(form, ("学歴", 10, 4, "国"))
    comments = unpack(form.with_name("copy.xlsx"))["xl/comments1.xml"].decode()
    assert comments.count(f"<author>{AUTHOR}</author>") == 1


def test_our_note_set_in_an_open_book_is_known_by_its_first_line(form: Path) -> None:
    """Excel makes its user the author there."""
    noted(form, ("学歴", 10, 4, "国を書いてください"))
    again = form.with_name("copy.xlsx").rename(form.with_name("again.xlsx"))
    rewrite(
        again,
        lambda parts: replace_text(
            parts, "xl/comments1.xml", f"<author>{AUTHOR}</author>", "<author>山田 太郎</author>"
        ),
    )
    assert noted(again, ("学歴", 11, 4, "年月を書いてください")) == {
        "学歴!D9": PERSONS_NOTE,
        "学歴!D11": "年月を書いてください",
    }
