"""A whole check in the open book: typed answers, pressed buttons, results and judgements read back from cells."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import xlwings as xw

from tests.libreoffice.typing_in import EDUCATION, TIES, error_cells, open_template, table_of, type_rows, type_singles
from xlsaddin.batch.session import Session
from xlsaddin.excel import live
from xlsaddin.excel.commands.formulas import find_live_cells
from xlsaddin.excel.commands.judge import _KEYS
from xlsaddin.excel.result_table import ResultRow, ResultTable
from xlsaddin.libreoffice.host import CalcHost
from xlsaddin.libreoffice.office import Office
from xlsaddin.register.register import Register
from xlsaddin.review_model import Review
from xlsaddin.workbook.office.layers import Layer

pytestmark = pytest.mark.office


@pytest.fixture
def book(host: CalcHost, tmp_path: Path) -> Iterator[xw.Book]:
    """A researcher's workbook with a degree from a listed university and a present tie to it."""
    opened = open_template(host.app, tmp_path, "researcher")
    type_singles(opened, {"name": "LIN Haoran"})
    type_rows(opened, "researcher", "education", EDUCATION)
    type_rows(opened, "researcher", "listed_affiliations", TIES)
    yield opened


def hits(book: xw.Book) -> list[ResultRow]:
    return list(ResultTable(book, "r_hits", _KEYS).rows())


def shown(book: xw.Book, name: str) -> object:
    return book.names[name].refers_to_range.value


def test_typed_answers_become_hits_level_and_state(host: CalcHost, book: xw.Book) -> None:
    host.press("RibbonCheckAll")
    assert host.app.impl.alerts == []
    assert {"結果", "照合", "根拠", "措置"} <= {sheet.name for sheet in book.sheets}
    found = hits(book)
    assert {row.text("list_label").split(" / ")[2] for row in found} == {"No. 541"}
    assert {row.text("band") for row in found} == {"要判断"}
    assert shown(book, "r_level") == "高"  # a tie that goes on
    assert shown(book, "r_state") == "暫定"
    assert error_cells(book) == []
    assert book.sheets.active.name == "結果"


def test_a_second_check_changes_no_answer_and_doubles_nothing(host: CalcHost, checked: xw.Book) -> None:
    table = table_of(checked, "t_education").data_body_range
    sheet, asked = table.sheet, 10
    before, rules = [row[:asked] for row in table.value], len(list(sheet.used_range.conditional_formats))
    assert before[0][2] == "哈爾濱工業大学"
    host.press("RibbonCheckAll")
    assert [row[:asked] for row in table_of(checked, "t_education").data_body_range.value] == before
    assert len(list(sheet.used_range.conditional_formats)) == rules
    assert [row.text("query") for row in hits(checked)].count("Harbin Institute of Technology") == 2
    first = hits(checked)[0].text("place").rpartition("!")[2]
    assert len([note for note in sheet.notes if note.location.address == sheet[first].address]) == 1


def test_hits_stand_out_in_place_with_a_note_that_explains(host: CalcHost, checked: xw.Book) -> None:
    sheet = table_of(checked, "t_education").range.sheet
    first = hits(checked)[0].text("place").rpartition("!")[2]
    assert "経済産業省" in sheet[first].note.text
    assert [note for note in sheet.notes if "哈爾浜" in note.text]


def test_the_live_book_and_the_saved_file_give_the_same(
    host: CalcHost, book: xw.Book, office: Office, tmp_path: Path
) -> None:
    """One code path: every result sheet of the open book shows what the reviewed copy of the saved file shows."""
    saved = live.save_copy(book, tmp_path / "saved.xlsx")
    outcome = Session(date.today()).check(saved, tmp_path / "saved.reviewed.xlsx")
    assert isinstance(outcome.found, Review)
    assert outcome.reviewed is not None
    host.press("RibbonCheckAll")
    with office.open(outcome.reviewed) as document:
        document.calculate()
        for name in ("結果", "照合", "指摘", "根拠", "措置", "計算"):
            there = document.read_sheet(name)
            here = [[_plain(value) for value in row] for row in book.sheets[name].used_range.impl.raw_value]
            assert _without_time(here) == _without_time(there), name
    assert {(row.text("query"), row.text("score")) for row in hits(book)} == {
        (placed.query, str(placed.hit.score)) for placed in outcome.found.hits
    }


def _plain(value: object) -> object:
    from xlsaddin.libreoffice.values import to_number

    number = to_number(value)
    return value if number is None else number


def _without_time(rows: list[list[object]]) -> list[list[object]]:
    """Rows without the time of the check, blank cells at the ends and blank rows left out."""
    shown_rows = []
    for row in rows:
        cells = [None if isinstance(cell, float) and cell > 46_000 and cell % 1 else cell for cell in row]
        while cells and cells[-1] in (None, ""):
            cells.pop()
        if cells:
            shown_rows.append(cells)
    return shown_rows


def test_one_judgement_serves_all_places_and_moves_the_level_there_and_then(host: CalcHost, checked: xw.Book) -> None:
    host.press("RibbonSetReviewer", "山田花子")
    host.press("RibbonReviewNext")
    table = ResultTable(checked, "r_hits", _KEYS)
    row = table.selected(host.app.selection)
    assert row is not None
    table.write(row.number, {"disposition": "別", "reason": "別の機関(広島工業大学)", "approver": "佐藤一郎"})
    host.press("RibbonReviewRecord")
    assert host.app.impl.alerts == []
    judged = hits(checked)
    assert {one.text("reviewer") for one in judged} == {"山田花子"}
    assert {one.text("disposition") for one in judged} == {"別"}
    assert {one.text("standing") for one in judged} == {"除外（別と判断）"}
    assert shown(checked, "r_level") == "低"
    host.press("RibbonReviewNext")
    assert host.app.status_bar == "判断を待つヒットはありません。"


def test_a_judgement_survives_the_next_check(host: CalcHost, checked: xw.Book) -> None:
    host.press("RibbonSetReviewer", "山田花子")
    table = ResultTable(checked, "r_hits", _KEYS)
    first = next(table.rows())
    table.write(first.number, {"disposition": "同一", "reason": "学位記で確認", "approver": "佐藤一郎"})
    table.show(first.number, "disposition")
    host.press("RibbonReviewRecord")
    host.press("RibbonCheckScore")
    assert {one.text("disposition") for one in hits(checked)} == {"同一"}
    assert {one.text("standing") for one in hits(checked)} == {"計上（確認済）"}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"disposition": "別"}, "「理由」を記入"),
        ({"reason": "x"}, "「同一か」"),
        ({"disposition": "別", "reason": "x"}, "確認者"),
    ],
)
def test_an_incomplete_judgement_is_not_recorded(
    host: CalcHost, checked: xw.Book, typed: dict[str, str], said: str
) -> None:
    table = ResultTable(checked, "r_hits", _KEYS)
    first = next(table.rows())
    table.write(first.number, dict(typed))
    table.show(first.number, "disposition")
    host.press("RibbonReviewRecord")
    assert said in host.app.impl.alerts[-1]
    assert {one.text("reviewer") for one in hits(checked)} == {""}


def test_a_hit_is_explained_with_what_the_list_means(host: CalcHost, checked: xw.Book) -> None:
    table = ResultTable(checked, "r_hits", _KEYS)
    table.show(next(table.rows()).number, "query")
    host.press("RibbonReviewExplain")
    assert "禁止するリストではありません" in host.app.impl.alerts[-1]
    host.press("RibbonReviewMeasures")
    assert checked.sheets.active.name == "措置"


def test_live_functions_answer_an_edited_name_and_freeze_to_values(host: CalcHost, checked: xw.Book) -> None:
    host.press("RibbonLiveOn")
    assert host.app.impl.alerts == []
    sheet = table_of(checked, "t_education").range.sheet
    _, column = next(iter(find_live_cells(sheet)))
    first = sheet.range((table_of(checked, "t_education").data_body_range.row, column))
    assert "[jp_meti_eul 541]" in first.value
    school = sheet.range((first.row + 1, table_of(checked, "t_education").range.column + 2))
    assert "一致なし" in sheet.range((first.row + 1, column)).value
    school.value = "北京航空航天大学"
    assert "[jp_meti_eul 501]" in sheet.range((first.row + 1, column)).value
    before = first.value
    host.press("RibbonLiveFreeze")
    assert [find_live_cells(one) for one in checked.sheets if find_live_cells(one)] == []
    assert first.value == before
    assert "2025-09-29版 835件" in sheet.range((first.row - 1, column)).note.text


def test_a_frozen_copy_leaves_the_open_book_live(host: CalcHost, checked: xw.Book) -> None:
    host.press("RibbonLiveOn")
    host.press("RibbonSendCopy")
    copy = Path(checked.fullname).with_name("researcher.frozen.xlsx")
    assert copy.is_file()
    assert any(find_live_cells(sheet) for sheet in checked.sheets)
    frozen = host.app.books.open(copy)
    assert [find_live_cells(sheet) for sheet in frozen.sheets if find_live_cells(sheet)] == []


def test_a_protected_sheet_is_named_and_nothing_is_changed(host: CalcHost, book: xw.Book) -> None:
    table_of(book, "t_education").range.sheet.api.protect("secret")
    sheets = [sheet.name for sheet in book.sheets]
    host.press("RibbonCheckAll")
    assert host.app.impl.alerts == [
        "シート「学歴」が保護されているため結果を書けません。シートの保護を解除してから、もう一度押してください。何も変えていません。"
    ]
    assert [sheet.name for sheet in book.sheets] == sheets


def test_a_changed_layout_is_followed(host: CalcHost, book: xw.Book) -> None:
    """Rows above, an own column beside the table, a sheet renamed: results go where the answers went."""
    sheet = table_of(book, "t_education").range.sheet
    own = table_of(book, "t_education").range.last_cell.column + 1
    header = table_of(book, "t_education").header_row_range.row
    sheet.range((header, own)).value = [["担当メモ"], ["確認済み"]]
    sheet.api.Rows.insertByIndex(0, 3)
    sheet.name = "学歴書"
    host.press("RibbonCheckAll")
    assert host.app.impl.alerts == []
    assert hits(book)[0].text("place").startswith("学歴書!")
    assert sheet.range((header + 3, own)).value == "担当メモ"
    assert sheet.range((header + 4, own)).value == "確認済み"
    assert error_cells(book) == []


def test_form_alone_touches_neither_hits_nor_level(host: CalcHost, book: xw.Book) -> None:
    host.press("RibbonCheckValidate")
    assert "照合" not in {sheet.name for sheet in book.sheets}
    assert "RS-REQ-007" in [row[-1] for row in book.sheets["指摘"].used_range.value if row]
    assert shown(book, "r_level") in (None, "")


def test_a_judgement_on_a_registered_subject_is_kept_in_the_register(host: CalcHost, checked: xw.Book) -> None:
    type_singles(checked, {"subject_id": "P-001"})
    with Register.open() as register:
        register.record_case("C-001")
        register.record_member("C-001", "P-001")
    host.press("RibbonSetReviewer", "山田花子")
    table = ResultTable(checked, "r_hits", _KEYS)
    first = next(table.rows())
    table.write(first.number, {"disposition": "同一", "reason": "学位記で確認", "approver": "佐藤一郎"})
    table.show(first.number, "disposition")
    host.press("RibbonReviewRecord")
    assert host.app.impl.alerts == []
    assert "台帳にも残しました" in str(host.app.status_bar)
    with Register.open() as register:
        (judgement,) = register.judgements_for("P-001").values()
    assert (judgement.reviewer, judgement.approver, judgement.reason) == ("山田花子", "佐藤一郎", "学位記で確認")


def test_a_co_pis_two_results_live_side_by_side(host: CalcHost, book: xw.Book) -> None:
    """Each institution judges in its own table; a judgement moves its level alone and survives the next check."""
    type_singles(book, {"role": "Co-PI"})
    host.press("RibbonCheckAll")
    assert host.app.impl.alerts == []
    assert error_cells(book) == []
    names = ("r_level", "r_state", "r_other_level", "r_other_state")
    assert [shown(book, name) for name in names] == ["高", "暫定", "高", "暫定"]
    host.press("RibbonSetReviewer", "山田花子")
    theirs = ResultTable(book, "r_hits", _KEYS, Layer(own=False))
    theirs.show(next(theirs.rows()).number, "disposition")
    host.press("RibbonReviewNext")
    row = theirs.selected(host.app.selection)
    assert row is not None
    theirs.write(row.number, {"disposition": "別", "reason": "別の機関", "approver": "佐藤一郎"})
    host.press("RibbonReviewRecord")
    assert host.app.impl.alerts == []
    assert {one.text("disposition") for one in hits(book)} == {""}
    assert [shown(book, name) for name in names][::2] == ["高", "低"]
    host.press("RibbonCheckAll")
    assert host.app.impl.alerts == []
    assert [shown(book, name) for name in names][::2] == ["高", "低"]
    type_singles(book, {"role": "PI"})
    host.press("RibbonCheckAll")
    assert host.app.impl.alerts == []
    assert not any(table.name.startswith("r_other") for sheet in book.sheets for table in sheet.tables)
    assert error_cells(book) == []
