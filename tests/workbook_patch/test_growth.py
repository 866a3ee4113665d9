"""Result columns become part of an answer table, whatever people and programs did to the table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.workbook_patch.results import FIRST_ROW, GROWTH
from tests.workbook_read.forms import HEADER_ROW, write_form
from tests.workbook_read.packages import Parts, replace_text, rewrite, set_cell_xml, sheet_part
from tests.workbook_read.test_answers import GIVEN, SCHOOLS, schools
from xlsaddin.errors import WorkbookError
from xlsaddin.workbook.patch.apply import apply_changes
from xlsaddin.workbook.plan import CellWrite, Changes, TableGrowth
from xlsaddin.workbook.read.book import read_workbook

LAST_ROW = FIRST_ROW + 9


@pytest.fixture
def form(tmp_path: Path) -> Path:
    return write_form(tmp_path / "f.xlsx", GIVEN)


def grown(form: Path, growth: TableGrowth = GROWTH) -> Worksheet:
    copy = form.with_name("copy.xlsx")
    apply_changes(form, Changes(growths=(growth,)), copy)
    assert schools(read_workbook(copy)) == SCHOOLS, "answers stay what they were"
    return openpyxl.load_workbook(copy)["学歴"]


def table_xml(change: Callable[[str], str]) -> Callable[[Parts], None]:
    def apply(parts: Parts) -> None:
        for part in parts:
            if part.startswith("xl/tables/") and b'"t_education"' in parts[part]:
                parts[part] = change(parts[part].decode()).encode()

    return apply


def texts(sheet: Worksheet, area: str) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet[area]]


def test_columns_and_rows_join_the_table(form: Path) -> None:
    sheet = grown(form)
    table = sheet.tables["t_education"]
    assert table.ref == f"B{HEADER_ROW}:O{LAST_ROW}"
    assert table.column_names[-3:] == ["行ID", "照合した文字列", "照合"]
    assert texts(sheet, "M8:N10") == [
        ["行ID", "照合した文字列"],
        ["education-1", "広島工業大学"],
        ["education-2", "東北"],
    ]
    formula = table.tableColumns[-1].calculatedColumnFormula.attr_text
    assert formula.startswith('IF(t_education[[#This Row],[行ID]]="","",IF(')
    assert [sheet[f"O{row}"].value for row in range(FIRST_ROW, LAST_ROW + 1)] == [f"={formula}"] * 10


def test_values_stand_beside_the_formulas(form: Path) -> None:
    grown(form)
    sheet = openpyxl.load_workbook(form.with_name("copy.xlsx"), data_only=True)["学歴"]
    assert [sheet[f"O{row}"].value for row in (9, 10)] == ["照合済", "要再照合"]


def test_second_growth_replaces_the_columns(form: Path) -> None:
    grown(form)
    copy = form.with_name("copy.xlsx")
    apply_changes(
        copy, Changes(growths=(replace(GROWTH, rows=(("education-1", "新", "要再照合"),), last_row=12),)), copy
    )
    sheet = openpyxl.load_workbook(copy)["学歴"]
    assert sheet.tables["t_education"].ref == f"B{HEADER_ROW}:O{LAST_ROW}", "a table never shrinks"
    assert texts(sheet, "M9:N10") == [["education-1", "新"], [None, None]]


def test_a_formula_of_the_row_goes_before_the_columns(form: Path) -> None:
    sheet = grown(form, replace(GROWTH, formulas=(("", "", "1+1"), ("", "", ""))))
    assert (sheet["O9"].value, sheet["O10"].value) == ("=1+1", "要再照合")
    assert sheet["O11"].value.startswith("=IF(")


def test_filter_grows_with_the_table(form: Path) -> None:
    rewrite(form, table_xml(lambda text: text.replace("<tableColumns", '<autoFilter ref="B8:L13"/><tableColumns')))
    assert grown(form).tables["t_education"].autoFilter.ref == f"B{HEADER_ROW}:O{LAST_ROW}"


def test_row_of_totals_stays_below(form: Path) -> None:
    rewrite(form, table_xml(lambda text: text.replace('totalsRowShown="0"', 'totalsRowCount="1"')))
    sheet = grown(form)
    assert sheet.tables["t_education"].ref == f"B{HEADER_ROW}:O13"
    assert sheet["O13"].value is None


def beside(column: str, row: int, text: str) -> Callable[[Parts], None]:
    """Somebody writes to the right of the table."""

    def apply(parts: Parts) -> None:
        part = sheet_part(parts, "学歴")
        content = parts[part].decode()
        start = content.index(f'<row r="{row}"')
        end = content.index("</row>", start)
        cell = f'<c r="{column}{row}" t="inlineStr"><is><t>{text}</t></is></c>'
        parts[part] = (content[:end] + cell + content[end:]).encode()

    return apply


def test_column_a_person_added_beside_the_table_joins_it(form: Path) -> None:
    rewrite(form, beside("M", HEADER_ROW, "自分のメモ"))
    rewrite(form, beside("M", 10, "要確認"))
    sheet = grown(form)
    assert sheet.tables["t_education"].column_names[-4:] == ["自分のメモ", "行ID", "照合した文字列", "照合"]
    assert texts(sheet, "M8:N10") == [["自分のメモ", "行ID"], [None, "education-1"], ["要確認", "education-2"]]


def test_remark_without_a_header_keeps_its_place(form: Path) -> None:
    rewrite(form, beside("N", 9, "後で"))
    sheet = grown(form)
    assert sheet.tables["t_education"].ref == f"B{HEADER_ROW}:P{LAST_ROW}"
    assert sheet.tables["t_education"].column_names[-4:] == ["行ID", "メモ1", "照合した文字列", "照合"]
    assert texts(sheet, "M8:O9") == [["行ID", "メモ1", "照合した文字列"], ["education-1", "後で", "広島工業大学"]]


def test_merged_cells_in_the_way_are_one_sentence(form: Path) -> None:
    merged = '</sheetData><mergeCells count="1"><mergeCell ref="N9:O9"/></mergeCells>'
    rewrite(form, lambda parts: replace_text(parts, sheet_part(parts, "学歴"), "</sheetData>", merged))
    with pytest.raises(WorkbookError) as caught:
        apply_changes(form, Changes(growths=(GROWTH,)), form.with_name("copy.xlsx"))
    assert caught.value.code == "RS-FILE-013"
    assert "N9:O9" in caught.value.ja


def test_merged_cells_below_the_table_stay_below(form: Path) -> None:
    merged = '</sheetData><mergeCells count="1"><mergeCell ref="B16:D16"/></mergeCells>'
    rewrite(form, lambda parts: replace_text(parts, sheet_part(parts, "学歴"), "</sheetData>", merged))
    assert grown(form).tables["t_education"].ref == f"B{HEADER_ROW}:O15"


def test_missing_table_is_one_sentence(form: Path) -> None:
    with pytest.raises(WorkbookError) as caught:
        apply_changes(form, Changes(growths=(replace(GROWTH, table="t_none"),)), form.with_name("copy.xlsx"))
    assert (caught.value.code, caught.value.facts["place"]) == ("RS-FILE-015", "t_none")


def test_formulas_that_share_a_text_stay_whole(form: Path) -> None:
    """Excel stores a column of like formulas once; replacing the first must not rob the others of theirs."""

    def share(parts: Parts) -> None:
        part = sheet_part(parts, "学歴")
        for row in range(9, 14):
            text = '<f t="shared" ref="L9:L13" si="0">IF(B9="","","済")</f>' if row == 9 else '<f t="shared" si="0"/>'
            set_cell_xml(parts, part, f"L{row}", f'<c r="L{row}">{text}<v>1</v></c>')

    rewrite(form, share)
    sheet = grown(
        form, TableGrowth("t_education", (replace(GROWTH.columns[0], header="記入の状態 / Entry"),), 9, (("x",),))
    )
    assert [sheet[f"L{row}"].value for row in (9, 10)] == ["x", None]
    apply_changes(form, Changes(writes=(CellWrite("学歴", 9, 12, "x"),)), form.with_name("copy.xlsx"))
    sheet = openpyxl.load_workbook(form.with_name("copy.xlsx"))["学歴"]
    assert [sheet[f"L{row}"].value for row in (9, 10, 13)] == ["x", '=IF(B10="","","済")', '=IF(B13="","","済")']
