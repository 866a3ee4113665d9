"""Result sheets arrive with everything that belongs to them, and are replaced, not piled up, at the next check."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from tests.workbook_patch.originals import write_rich_form
from tests.workbook_patch.results import CHANGES, RESULT
from tests.workbook_read.forms import write_form
from tests.workbook_read.packages import replace_text, rewrite, sheet_part, unpack
from xlsaddin.errors import WorkbookError
from xlsaddin.workbook.build import build_book
from xlsaddin.workbook.patch.apply import apply_changes
from xlsaddin.workbook.plan import BookPlan, CellPlan, Changes, SheetPlan, TableColumnPlan, TablePlan


@pytest.fixture
def original(tmp_path: Path) -> Path:
    return write_rich_form(tmp_path / "申告書.xlsx")


@pytest.fixture
def copy(original: Path, tmp_path: Path) -> Path:
    apply_changes(original, CHANGES, tmp_path / "copy.xlsx")
    return tmp_path / "copy.xlsx"


@pytest.fixture
def shown(copy: Path) -> Workbook:
    return openpyxl.load_workbook(copy, data_only=True)


@pytest.fixture
def built(tmp_path: Path) -> Workbook:
    """The result sheet as our builder makes it by itself."""
    path = tmp_path / "built.xlsx"
    path.write_bytes(build_book(BookPlan((RESULT,), ())))
    return openpyxl.load_workbook(path, data_only=True)


def test_values_stand_beside_formulas(copy: Path, shown: Workbook) -> None:
    sheet = shown["結果"]
    assert [sheet.cell(row, 1).value for row in range(1, 7)] == [
        "結果",
        "中",
        datetime(2026, 9, 1),
        "学歴へ",
        "手順書",
        12.5,
    ]
    assert (sheet["B6"].value, sheet["C6"].value) == (" 前後の空白 ", True)
    assert [[cell.value for cell in row] for row in sheet["A8:C10"]] == [
        ["申告の記載", "同一か", "扱い"],
        ["広島工業大学", "別", "除外"],
        ["=cmd|'/c calc'!A0", None, "計上"],
    ]
    formulas = openpyxl.load_workbook(copy)["結果"]
    assert formulas["A2"].value == '=IF(COUNTIF(r_hits[扱い],"計上")>0,"中","低")'
    assert formulas["A10"].data_type == "s", "text that begins with = is text"


def test_looks_are_those_of_the_builder(shown: Workbook, built: Workbook) -> None:
    cells = [cell for row in built["結果"].iter_rows() for cell in row]
    assert len({cell.style_id for cell in cells}) > 5
    for cell in cells:
        other = shown["結果"][cell.coordinate]
        for part in ("font", "fill", "border", "alignment", "number_format", "protection"):
            assert repr(getattr(other, part)) == repr(getattr(cell, part)), (cell.coordinate, part)


def test_widths_panes_print_and_validation(shown: Workbook, built: Workbook) -> None:
    sheet, other = shown["結果"], built["結果"]
    assert sheet.column_dimensions["A"].width == other.column_dimensions["A"].width
    assert sheet.freeze_panes == other.freeze_panes
    assert (sheet.print_title_rows, sheet.print_area) == ("$8:$8", "'結果'!$A$1:$C$20")
    assert sheet.oddFooter.center.text == other.oddFooter.center.text
    assert [str(rule.sqref) for rule in sheet.data_validations.dataValidation] == ["B9:B20"]
    assert sheet["A4"].hyperlink.location == "'学歴'!D9"
    assert sheet["A5"].hyperlink.target == "https://www.example.jp/手順書"
    assert sheet["A6"].comment.text == "確認順です"


def test_conditional_formats_keep_their_colours(shown: Workbook, built: Workbook) -> None:
    assert list(_colours(shown, "結果")) == list(_colours(built, "結果"))
    assert [area for area, _, _ in _colours(shown, "学歴")] == ["O9:O20"]


def _colours(book: Workbook, sheet: str) -> Iterator[tuple[str, str, object]]:
    for area in book[sheet].conditional_formatting:
        for rule in area.rules:
            yield str(area.sqref), rule.formula[0], rule.dxf.fill


def test_names_tables_and_the_sheet_shown_first(shown: Workbook) -> None:
    assert shown.defined_names["r_level"].value == "'結果'!$A$2"
    assert shown["結果"].tables["r_hits"].ref == "A8:C10"
    ids = [table.id for sheet in shown for table in sheet.tables.values()]
    assert len(ids) == len(set(ids))
    assert shown.active.title == "結果"
    assert [sheet.title for sheet in shown if sheet.sheet_view.tabSelected] == ["結果"]


def test_second_check_replaces_the_first(original: Path, copy: Path, tmp_path: Path) -> None:
    cells = (CellPlan(1, 1, "結果 二回目", style="title"),)
    again = replace(CHANGES, sheets=(replace(RESULT, cells=cells),))
    apply_changes(copy, again, tmp_path / "again.xlsx")
    book = openpyxl.load_workbook(tmp_path / "again.xlsx")
    assert book["結果"]["A1"].value == "結果 二回目"
    assert book["結果"]["A2"].value is None
    assert book.sheetnames == openpyxl.load_workbook(copy).sheetnames
    assert sorted(unpack(tmp_path / "again.xlsx")) == sorted(
        set(unpack(copy)) - {"xl/comments2.xml", "xl/drawings/vmlDrawing2.vml"}
    )


def test_checking_again_does_not_grow_the_book(copy: Path, tmp_path: Path) -> None:
    apply_changes(copy, CHANGES, tmp_path / "again.xlsx")
    before, after = unpack(copy), unpack(tmp_path / "again.xlsx")
    assert after["xl/styles.xml"] == before["xl/styles.xml"]
    assert after.keys() == before.keys()
    for part in (sheet_part(before, "学歴"), sheet_part(before, "結果"), "xl/tables/table2.xml", "xl/workbook.xml"):
        assert after[part] == before[part], part


def test_renamed_result_sheet_is_still_ours(copy: Path, tmp_path: Path) -> None:
    def rename(parts: dict[str, bytes]) -> None:
        replace_text(parts, "xl/workbook.xml", 'name="結果"', 'name="結果_0520"')
        replace_text(parts, "xl/workbook.xml", "'結果'!", "結果_0520!")

    rewrite(copy, rename)
    apply_changes(copy, CHANGES, tmp_path / "again.xlsx")
    book = openpyxl.load_workbook(tmp_path / "again.xlsx")
    assert "結果_0520" not in book.sheetnames
    assert [sheet.title for sheet in book if "r_hits" in sheet.tables] == ["結果"]


def test_sheet_of_a_person_is_never_replaced(tmp_path: Path) -> None:
    form = write_form(tmp_path / "f.xlsx", {})
    rewrite(form, lambda parts: replace_text(parts, "xl/workbook.xml", 'name="資金配分機関指定事項"', 'name="結果"'))
    rewrite(form, lambda parts: replace_text(parts, "xl/sharedStrings.xml", "<t>資金配分機関指定事項</t>", "<t>x</t>"))
    with pytest.raises(WorkbookError) as caught:
        apply_changes(form, Changes(sheets=(RESULT,)), tmp_path / "copy.xlsx")
    assert caught.value.code == "RS-FILE-014"
    assert not (tmp_path / "copy.xlsx").exists()


def test_hidden_sheet_of_ours_is_replaced(tmp_path: Path) -> None:
    form = write_form(tmp_path / "f.xlsx", {})
    meta = SheetPlan("meta", "_meta", (CellPlan(1, 1, "checklist"), CellPlan(1, 2, "researcher")), hidden=True)
    apply_changes(form, Changes(sheets=(meta,)), tmp_path / "copy.xlsx")
    book = openpyxl.load_workbook(tmp_path / "copy.xlsx")
    assert book["_meta"].sheet_state == "hidden"
    assert book["_meta"].max_row == 1
    assert book.sheetnames == openpyxl.load_workbook(form).sheetnames


def test_days_counted_from_1904(tmp_path: Path) -> None:
    form = write_form(tmp_path / "f.xlsx", {})
    rewrite(form, lambda parts: replace_text(parts, "xl/workbook.xml", "<workbookPr", '<workbookPr date1904="1"'))
    apply_changes(form, CHANGES, tmp_path / "copy.xlsx")
    book = openpyxl.load_workbook(tmp_path / "copy.xlsx", data_only=True)
    assert book["結果"]["A3"].value == datetime(2026, 9, 1)
    assert book["結果"]["A6"].value == 12.5


def test_many_tables_on_many_sheets(tmp_path: Path) -> None:
    form = write_form(tmp_path / "f.xlsx", {})
    tables = [TablePlan(f"r_{name}", 2, 1, (TableColumnPlan("a", "cell"),), ((name,),)) for name in ("x", "y", "z")]
    sheets = tuple(SheetPlan(table.name, table.name[2:], tables=(table,)) for table in tables)
    apply_changes(form, Changes(sheets=sheets), tmp_path / "copy.xlsx")
    book = openpyxl.load_workbook(tmp_path / "copy.xlsx")
    assert [book[name].tables[f"r_{name}"].ref for name in ("x", "y", "z")] == ["A2:A3"] * 3
    assert book["y"]["A3"].value == "y"
