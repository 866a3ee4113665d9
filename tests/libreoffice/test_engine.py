"""xlwings code written for Excel reads and writes a Calc document through the engine."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter
import xlwings as xw

from xlsaddin.libreoffice.engine import attach
from xlsaddin.libreoffice.office import Office

pytestmark = pytest.mark.office


@pytest.fixture
def book(office: Office, tmp_path: Path) -> Iterator[xw.Book]:
    path = tmp_path / "申告.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet("学歴")
        sheet.add_table("A3:B6", {"name": "t_education", "columns": [{"header": "学校名"}, {"header": "国・地域"}]})
        made.define_name("a_role", "=学歴!$B$1")
        made.add_worksheet("結果")
    opened = attach(office).books.open(path)
    yield opened
    opened.close()


def test_values_keep_their_kinds(book: xw.Book) -> None:
    sheet = book.sheets["学歴"]
    sheet["D1"].value = [["哈尔滨工业大学", None, 3.5], [dt.datetime(2024, 4, 1), "'=1+1", True]]
    assert sheet["D1:F2"].value == [["哈尔滨工业大学", None, 3.5], [dt.datetime(2024, 4, 1), "=1+1", 1.0]]


def test_unmarked_text_is_read_as_excel_reads_it(book: xw.Book) -> None:
    """So a test in Calc fails where Excel would turn people's text into a formula or a number."""
    sheet = book.sheets["学歴"]
    sheet["D1"].value = [["=1+1"], ["0012"]]
    assert sheet["D1:D2"].value == [2.0, 12.0]


def test_formulas_are_spelled_as_in_excel(book: xw.Book) -> None:
    sheet = book.sheets["学歴"]
    sheet["A4"].value = [["東京"], ["大阪"]]
    book.sheets["結果"]["A1:A2"].formula = '=IF(学歴!A4="東京",1,0)'
    assert book.sheets["結果"]["A1:A2"].value == [1.0, 0.0]
    assert book.sheets["結果"]["A2"].formula == '=IF(学歴!A5="東京",1,0)'


def test_array_formula_and_error_cells(book: xw.Book) -> None:
    sheet = book.sheets["結果"]
    sheet["A1:A3"].formula_array = "=ROW(A1:A3)*2"
    sheet["B1"].formula = "=1/0"
    assert sheet["A1:A3"].value == [2.0, 4.0, 6.0]
    assert sheet["B1"].options(err_to_str=True).value == "#DIV/0!"
    assert sheet["B1"].value is None


def test_names_and_tables(book: xw.Book) -> None:
    assert book.names["a_role"].refers_to == "=学歴!$B$1"
    book.names.add("r_level", "=結果!$C$2")
    assert book.names["r_level"].refers_to_range.address == "$C$2"
    table = book.sheets["学歴"].tables["t_education"]
    assert table.header_row_range.value == ["学校名", "国・地域"]
    table.resize(book.sheets["学歴"]["A3:C9"])
    assert table.data_body_range.address == "$A$4:$C$9"
    made = book.sheets["結果"].tables.add(source=book.sheets["結果"]["A5:B7"], name="r_hits")
    assert [table.name for table in book.sheets["結果"].tables] == [made.name] == ["r_hits"]


def test_look_and_notes(book: xw.Book) -> None:
    cell = book.sheets["結果"]["B2"]
    cell.color, cell.font.bold, cell.font.color = "#ffc7ce", True, (156, 0, 6)
    cell.add_note("根拠")
    cell.note.text = "根拠2"
    assert (cell.color, cell.font.bold, cell.font.color) == ((255, 199, 206), True, (156, 0, 6))
    assert [note.text for note in book.sheets["結果"].notes] == ["根拠2"]
    cell.note.delete()
    assert cell.note is None
    cell.add_hyperlink("#学歴!A4", "学歴!A4")
    assert (cell.hyperlink, cell.value) == ("#学歴!A4", "学歴!A4")


def test_rules_and_lists_of_choices(book: xw.Book) -> None:
    cells = book.sheets["結果"]["B2:C5"]
    cells.conditional_formats.add_custom('=$B2="要判断"', fill_color="#fcebc8", font_color="#7a4b00")
    assert [(rule.formula, rule.fill_color) for rule in cells.conditional_formats] == [
        ('=$B2="要判断"', (252, 235, 200))
    ]
    book.names.add("l_same", "=結果!$H$1:$H$3")
    cells.data_validation.set_list(book.names["l_same"])
    assert (cells.data_validation.type, cells.data_validation.source) == ("list", "=l_same")
    cells.borders.set("all", line_style="continuous", color="#c9d1dc")
    assert cells.api.TopBorder.Color == 0xC9D1DC
    cells.horizontal_alignment, cells.vertical_alignment = "center", "top"
    assert (cells.horizontal_alignment, cells.vertical_alignment) == ("center", "top")


def test_active_book_sheet_and_selection(book: xw.Book) -> None:
    other = book.app.books.add()
    try:
        book.activate()
        book.sheets["結果"].activate()
        book.sheets["結果"]["B2:B4"].select()
        assert book.app.books.active.name == "申告.xlsx"
        assert book.selection.address == "$B$2:$B$4"
        other.activate()
        assert book.app.books.active.name == other.name
    finally:
        other.close()


def test_sheets_come_and_go(book: xw.Book) -> None:
    book.sheets.add("照合記録", after=book.sheets["学歴"])
    assert [sheet.name for sheet in book.sheets] == ["学歴", "照合記録", "結果"]
    book.sheets["照合記録"].delete()
    assert [sheet.name for sheet in book.sheets] == ["学歴", "結果"]


def test_messages_are_kept_where_nobody_looks(book: xw.Book) -> None:
    assert book.app.alert("保存しました", title="研究セキュリティ") == "ok"
    assert book.app.impl.alerts[-1] == "保存しました"
    book.app.status_bar = "200 / 2000"
    assert book.app.status_bar == "200 / 2000"
    book.app.status_bar = False
