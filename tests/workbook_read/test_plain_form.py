"""However a sheet's text is written, the same cells are found in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workbook_read.forms import write_form
from tests.workbook_read.packages import Parts, rewrite
from tests.workbook_read.test_answers import GIVEN
from xlsaddin.workbook.package import parse_xml
from xlsaddin.workbook.patch.cell_values import encode_text
from xlsaddin.workbook.read.book import read_workbook
from xlsaddin.workbook.read.plain_form import plain_sheet
from xlsaddin.workbook.read.sheet_text import SheetText, content_of, formula_of, scan_text
from xlsaddin.workbook.read.texts import decode_text
from xlsaddin.workbook.structure import MAIN


def _prefixed(text: str) -> str:
    text = text.replace(
        'xmlns="http://schemas.openxmlformats.org/spreadsheetml',
        'xmlns:m="http://schemas.openxmlformats.org/spreadsheetml',
    )
    return re.sub(r"<(/?)(\w+)(?=[\s>/])", r"<\1m:\2", text)


def _without_addresses(text: str) -> str:
    """Cells and rows may leave out where they stand when they follow each other; then blank ones are written."""
    return re.sub(r'(<row|<c)( r="\w+")', r"\1", _filled_up(text))


def _filled_up(text: str) -> str:
    root = parse_xml(text.encode())
    scanned = scan_text(text.encode())
    assert scanned is not None
    rows = max(scanned.rows, default=0)
    columns = max((column for row in scanned.rows for column in scanned.row(row)), default=0)
    cells = {node.get("r"): node for node in root.iter("{*}c")}
    lines = []
    from lxml import etree

    from xlsaddin.workbook.areas import cell_name

    for row in range(1, rows + 1):
        parts = [
            etree.tostring(cells[name], encoding="unicode")
            if (name := cell_name(row, column)) in cells
            else f'<c r="{name}"/>'
            for column in range(1, columns + 1)
        ]
        lines.append(f'<row r="{row}">{"".join(parts)}</row>')
    return re.sub(
        r"<sheetData>.*</sheetData>", lambda _: f"<sheetData>{''.join(lines)}</sheetData>", text, flags=re.DOTALL
    )


def _single_quotes(text: str) -> str:
    return re.sub(r'="([^"]*)"(?=[^<]*>)', r"='\1'", text)


def _other_order(text: str) -> str:
    return re.sub(r'<c r="(\w+)" s="(\d+)"', r'<c s="\2" r="\1"', text)


def _commented(text: str) -> str:
    return text.replace("<sheetData>", '<sheetData><!-- <c r="A1"><v>9</v></c> -->', 1)


def _utf16(text: str) -> bytes:
    return text.replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")


def _byte_order_mark(text: str) -> bytes:
    return b"\xef\xbb\xbf" + text.encode()


@pytest.mark.parametrize(
    "change", [_prefixed, _without_addresses, _single_quotes, _other_order, _commented, _utf16, _byte_order_mark]
)
def test_unusual_writing_reads_alike(tmp_path: Path, change: Callable[[str], str | bytes]) -> None:
    form = write_form(tmp_path / "f.xlsx", GIVEN)
    expected = read_workbook(form).answers

    def apply(parts: Parts) -> None:
        for part in parts:
            if part.startswith("xl/worksheets/sheet"):
                changed = change(parts[part].decode())
                parts[part] = changed if isinstance(changed, bytes) else changed.encode()

    rewrite(form, apply)
    assert read_workbook(form).answers == expected


@pytest.mark.parametrize("change", [_prefixed, _single_quotes, _utf16, _byte_order_mark])
def test_unusual_table_of_texts_reads_alike(tmp_path: Path, change: Callable[[str], str | bytes]) -> None:
    form = write_form(tmp_path / "f.xlsx", GIVEN)
    expected = read_workbook(form).answers

    def apply(parts: Parts) -> None:
        changed = change(parts["xl/sharedStrings.xml"].decode())
        parts["xl/sharedStrings.xml"] = changed if isinstance(changed, bytes) else changed.encode()

    rewrite(form, apply)
    assert read_workbook(form).answers == expected


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="Z900"><f>WEBSERVICE("u")</f></c >',
        '<c r="Z900">\n  <f>WEBSERVICE("u")</f>\n</c>',
        f'<m:c xmlns:m="{MAIN[1:-1]}" r="Z900"><m:f>WEBSERVICE("u")</m:f></m:c>',
        f'<c r="Z900" xmlns:m="{MAIN[1:-1]}"><m:f>WEBSERVICE("u")</m:f></c>',
        '<c r="Z900"><!-- --><f>WEBSERVICE("u")</f></c>',
    ],
)
def test_calling_formula_is_found_however_it_is_written(tmp_path: Path, cell: str) -> None:
    form = write_form(tmp_path / "f.xlsx", GIVEN)

    def apply(parts: Parts) -> None:
        part = "xl/worksheets/sheet1.xml"
        row = f'<row r="900">{cell}</row></sheetData>'
        parts[part] = parts[part].replace(b"</sheetData>", row.encode())

    rewrite(form, apply)
    assert [finding.location.cell for finding in read_workbook(form).findings if finding.code == "RS-HOSTILE-001"] == [
        "Z900"
    ]


def test_book_saved_by_openpyxl_reads_alike(tmp_path: Path) -> None:
    form = write_form(tmp_path / "f.xlsx", GIVEN)
    expected = read_workbook(form).answers
    openpyxl.load_workbook(form).save(form)
    assert read_workbook(form).answers == expected


_cells = st.dictionaries(
    st.tuples(st.integers(1, 30), st.integers(1, 30)),
    st.one_of(
        st.none(),
        st.tuples(st.just("n"), st.floats(allow_nan=False, allow_infinity=False).map(repr), st.none()),
        st.tuples(st.just("str"), st.text(max_size=20).map(encode_text), st.text(max_size=10).map(encode_text)),
        st.tuples(st.just("e"), st.just("#N/A"), st.none()),
        st.tuples(st.just("inlineStr"), st.text(max_size=20).map(encode_text), st.none()),
    ),
    max_size=30,
)


@given(_cells)
@settings(deadline=None)
def test_scan_and_parser_find_the_same_cells(cells: dict[tuple[int, int], tuple[str, str, str | None] | None]) -> None:
    text = _sheet(cells)
    scanned, parsed = scan_text(text.encode()), scan_text(plain_sheet(parse_xml(text.encode())).encode())
    assert scanned is not None
    assert parsed is not None
    assert _decoded(scanned) == _decoded(parsed)
    assert _decoded(scanned) == {
        place: (cell[0], decode_text(_escaped(cell[1])), None if cell[2] is None else decode_text(_escaped(cell[2])))
        for place, cell in cells.items()
        if cell is not None and (cell[1] or cell[0] == "inlineStr" or cell[2] is not None)
    }


def _sheet(cells: dict[tuple[int, int], tuple[str, str, str | None] | None]) -> str:
    from xlsaddin.workbook.areas import cell_name

    rows: dict[int, list[str]] = {}
    for (row, column), cell in sorted(cells.items()):
        name = cell_name(row, column)
        if cell is None:
            rows.setdefault(row, []).append(f'<c r="{name}" s="3"/>')
            continue
        kind, value, formula = cell
        made = "" if formula is None else f"<f>{_escaped(formula)}</f>"
        inner = f"<is><t>{_escaped(value)}</t></is>" if kind == "inlineStr" else f"{made}<v>{_escaped(value)}</v>"
        rows.setdefault(row, []).append(f'<c r="{name}" t="{kind}">{inner}</c>')
    body = "".join(f'<row r="{row}">{"".join(found)}</row>' for row, found in rows.items())
    return f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{body}</sheetData></worksheet>'


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _decoded(sheet: SheetText) -> dict[tuple[int, int], tuple[str, str, str | None]]:
    from xlsaddin.workbook.read.texts import decode_rich

    found = {}
    for row in sheet.rows:
        for column, cell in sheet.row(row).items():
            kind, _, content = content_of(cell)
            decode = decode_rich if kind == "inlineStr" else decode_text
            formula = formula_of(cell)
            found[row, column] = (kind, decode(content or ""), None if formula is None else decode_text(formula))
    return found
