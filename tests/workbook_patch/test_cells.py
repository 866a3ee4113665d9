"""Single cells: every value arrives as it is, in order, and text from people is never a formula."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.workbook_read.forms import write_form
from tests.workbook_read.packages import Parts, replace_text, rewrite, sheet_part, unpack
from xlsaddin.errors import WorkbookError
from xlsaddin.workbook.areas import parse_area
from xlsaddin.workbook.package import parse_xml
from xlsaddin.workbook.patch.apply import apply_changes
from xlsaddin.workbook.patch.cell_values import set_value
from xlsaddin.workbook.patch.notes import AUTHOR
from xlsaddin.workbook.patch.sheet_edit import SheetEdit
from xlsaddin.workbook.plan import CellValue, CellWrite, Changes
from xlsaddin.workbook.read.texts import decode_text
from xlsaddin.workbook.structure import MAIN

SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>'


@pytest.fixture
def form(tmp_path: Path) -> Path:
    return write_form(tmp_path / "f.xlsx", {"name": "SAEKI"})


def written(form: Path, *writes: CellWrite) -> Path:
    copy = form.with_name("copy.xlsx")
    apply_changes(form, Changes(writes=writes), copy)
    return copy


@given(st.text())
def test_any_text_is_stored_as_text(text: str) -> None:
    cell = etree.Element(f"{MAIN}c", r="A1")
    set_value(cell, text)
    stored = parse_xml(etree.tostring(cell))
    found = decode_text(_escaped(stored.findtext(f"{MAIN}is/{MAIN}t") or ""))
    assert cell.get("t") == ("inlineStr" if text else None)
    assert found == re.sub("[\ud800-\udfff]", "\ufffd", text)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


@pytest.mark.parametrize("text", ["=1+1", "+81", "-", "@A1", " 前後 ", "改\n行", "_x000D_", "\x07\x00", "長" * 40_000])
def test_texts_of_people(form: Path, text: str) -> None:
    cell = openpyxl.load_workbook(written(form, CellWrite("表紙", 30, 2, text)))["表紙"]["B30"]
    assert cell.data_type == "s"


@pytest.mark.parametrize(
    ("value", "formula", "kind", "shown"),
    [
        (12, "", None, "12"),
        (12.5, "", None, "12.5"),
        (1e20, "", None, "1e+20"),
        (True, "", "b", "1"),
        (date(2026, 9, 1), "", None, "46266"),
        (datetime(2026, 9, 1, 12), "", None, "46266.5"),
        ("低", "IF(1,2)", "str", "低"),
        (None, "IF(1,2)", "str", None),
        ("#N/A", "NA()", "e", "#N/A"),
        (3, "1+2", None, "3"),
        (date(2026, 9, 1), "A1", None, "46266"),
    ],
)
def test_values_and_results_of_formulas(value: CellValue, formula: str, kind: str | None, shown: str | None) -> None:
    cell = etree.fromstring(f'<c xmlns="{MAIN[1:-1]}" r="A1" s="7" t="s" cm="1"><f>OLD()</f><v>9</v></c>')
    set_value(cell, value, formula)
    assert (cell.get("t"), cell.findtext(f"{MAIN}v") or None, cell.findtext(f"{MAIN}f")) == (
        kind,
        shown,
        formula or None,
    )
    assert (cell.get("s"), cell.get("cm")) == ("7", None)


def test_typed_error_text_stays_text() -> None:
    cell = etree.Element(f"{MAIN}c", r="A1")
    set_value(cell, "#N/A")
    assert cell.get("t") == "inlineStr"


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_what_is_no_number_is_refused(number: float) -> None:
    with pytest.raises(ValueError, match="no number"):
        set_value(etree.Element(f"{MAIN}c", r="A1"), number)


def test_clearing_keeps_the_format(form: Path) -> None:
    copy = written(form, CellWrite("表紙", 7, 3, None))
    before, after = openpyxl.load_workbook(form)["表紙"]["C7"], openpyxl.load_workbook(copy)["表紙"]["C7"]
    assert (after.value, after.fill.fgColor.rgb) == (None, before.fill.fgColor.rgb)


def test_note_alone_keeps_the_answer(form: Path) -> None:
    cell = openpyxl.load_workbook(written(form, CellWrite("表紙", 7, 3, note="確かめてください")))["表紙"]["C7"]
    assert (cell.value, cell.comment.text) == ("SAEKI", f"{AUTHOR}\n確かめてください")


def test_dates_counted_from_1904(form: Path) -> None:
    rewrite(form, lambda parts: replace_text(parts, "xl/workbook.xml", "<workbookPr", '<workbookPr date1904="1"'))
    copy = written(form, CellWrite("表紙", 30, 2, date(2026, 9, 1), style="cell_date"))
    assert openpyxl.load_workbook(copy)["表紙"]["B30"].value == datetime(2026, 9, 1)


_places = st.lists(st.tuples(st.integers(1, 12), st.integers(1, 40)), min_size=1, max_size=30)


@given(_places)
@settings(deadline=None)
def test_rows_and_cells_stay_in_order(places: list[tuple[int, int]]) -> None:
    root = etree.fromstring(SHEET)
    edit = SheetEdit(root)
    for row, column in places:
        edit.set_cell(row, column, f"{row},{column}")
    found = [(area.top, area.left) for area in (parse_area(node.get("r")) for node in root.iter(f"{MAIN}c"))]
    assert found == sorted(set(places))
    assert [int(node.get("r")) for node in root.iter(f"{MAIN}row")] == sorted({row for row, _ in places})


def test_cells_without_addresses_are_found(form: Path) -> None:
    def strip(parts: Parts) -> None:
        part = sheet_part(parts, "表紙")
        first = '<row><c t="inlineStr"><is><t>A</t></is></c><c><v>2</v></c></row>'
        body = f'<sheetData>{first}<row r="5"><c><v>3</v></c></row></sheetData>'
        parts[part] = re.sub(rb"<sheetData>.*</sheetData>", lambda _: body.encode(), parts[part], flags=re.DOTALL)

    rewrite(form, strip)
    sheet = openpyxl.load_workbook(written(form, CellWrite("表紙", 1, 2, 9), CellWrite("表紙", 3, 1, 8)))["表紙"]
    assert [[cell.value for cell in row] for row in sheet["A1:B5"]] == [
        ["A", 9],
        [None] * 2,
        [8, None],
        [None] * 2,
        [3, None],
    ]


def test_extent_of_the_sheet_is_kept_up(form: Path) -> None:
    parts = unpack(written(form, CellWrite("表紙", 99, 30, "x")))
    assert b'<dimension ref="B1:AD99"/>' in parts[sheet_part(parts, "表紙")]


def test_sheet_that_is_not_there_is_one_sentence(form: Path) -> None:
    with pytest.raises(WorkbookError) as caught:
        written(form, CellWrite("ない", 1, 1, "x"))
    assert caught.value.code == "RS-FILE-015"
