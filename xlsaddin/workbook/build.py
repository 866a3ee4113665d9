"""Builds a workbook of ours from its plan with XlsxWriter: the same plan gives the same bytes.

Every formula is written with the value the plan carries; a limit of Excel that XlsxWriter notices is an error.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from datetime import date, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.packager import Packager
from xlsxwriter.worksheet import Worksheet

from xlsaddin.errors import WorkbookError
from xlsaddin.workbook.areas import parse_area
from xlsaddin.workbook.heights import fit_heights
from xlsaddin.workbook.plan import (
    BookPlan,
    CellPlan,
    CellValue,
    ConditionalPlan,
    PrintPlan,
    SheetPlan,
    TablePlan,
    ValidationPlan,
)
from xlsaddin.workbook.references import quote_sheet
from xlsaddin.workbook.styles import FONT, FONT_SIZE, STYLES, conditional_properties, format_properties
from xlsaddin.workbook.theme import theme_xml

__all__ = ["build_book"]

_MADE_ON = datetime(2026, 4, 1)  # a fixed date, so that the same plan gives the same bytes
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    # a default column of 72 and row of 25 pixels: what Excel takes for 游ゴシック 11
    "default_format_properties": {
        "font_name": FONT,
        "font_size": FONT_SIZE,
        "font_family": 3,
        "theme_font_name": FONT,
    },
    "default_column_width": 72,
    "default_row_height": 25,
}
_WHOLE_SHEET = "A1:XFD1048576"
_MM = 1 / 25.4
_A3, _A4 = 8, 9
_ROW = re.compile(r'(<row [^>]*?) customHeight="1"')
_PACKED_ON = (1980, 1, 1, 0, 0, 0)


class _PlainSheet(Worksheet):  # type: ignore[misc]  # the library ships no types
    """A sheet whose formulas are taken as they are: ours hold no function newer than Excel 2016 to be rewritten.

    The library looks through each formula for some forty newer functions, half the time of building a book.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")


class _PartsPackager(Packager):  # type: ignore[misc]  # the library ships no types
    """Keeps the parts instead of handing them on to be packed: we change the sheets and pack once."""

    def _create_package(self) -> list[tuple[Any, str, bool]]:
        self.workbook.parts = super()._create_package()
        return []


class _PartsBook(xlsxwriter.Workbook):  # type: ignore[misc]  # the library ships no types
    """A workbook that, once closed, holds its parts: content, name and whether it is binary."""

    parts: list[tuple[Any, str, bool]]

    def _get_packager(self) -> Packager:
        return _PartsPackager()


def build_book(plan: BookPlan, *, compressed: bool = True) -> bytes:
    """Return the package of a workbook plan; raises WorkbookError for what Excel would not take.

    Args:
        plan: of the workbook. compressed: False for a package that nobody keeps.
    """
    with _strict(), _PartsBook(io.BytesIO(), deepcopy(_OPTIONS)) as book:
        book.use_custom_theme(io.StringIO(theme_xml()))
        book.set_properties({"title": plan.title, "created": _MADE_ON, "author": "", "comments": ""})
        formats = _Formats(book)
        sheets = {sheet.name: book.add_worksheet(sheet.name, _PlainSheet) for sheet in plan.sheets}
        for sheet in plan.sheets:
            _write_sheet(sheets[sheet.name], sheet, formats)
        for name in plan.names:
            book.define_name(name.name, f"={name.refers_to}")
        for sheet in plan.sheets:
            if sheet.print.area and not _is_area(sheet.print.area):
                book.define_name(f"{quote_sheet(sheet.name)}!_xlnm.Print_Area", f"={sheet.print.area}")
        next(sheets[sheet.name] for sheet in plan.sheets if not sheet.hidden).activate()
    return _pack(book.parts, zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED)


def _pack(parts: Iterable[tuple[Any, str, bool]], compression: int) -> bytes:
    """Return the package, with row heights that Excel fits again when somebody types: stored, but not set by hand."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as target:
        for content, name, _ in parts:
            entry = zipfile.ZipInfo(name, _PACKED_ON)
            entry.compress_type = compression
            text = content.getvalue()
            target.writestr(entry, _ROW.sub(r"\1", text) if name.startswith("xl/worksheets/sheet") else text)
    return stream.getvalue()


@contextmanager
def _strict() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            yield
        except UserWarning as warning:
            raise WorkbookError("RS-BUILD-002", reason=str(warning)) from None


class _Formats:
    """Formats of one workbook by style key, made when first used."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._made: dict[str, Format] = {}
        self._laid_over: dict[str, Format] = {}

    def __getitem__(self, style: str) -> Format:
        if style not in self._made:
            self._made[style] = self._book.add_format(format_properties(STYLES[style]))
        return self._made[style]

    def conditional(self, style: str) -> Format:
        if style not in self._laid_over:
            self._laid_over[style] = self._book.add_format(conditional_properties(STYLES[style]))
        return self._laid_over[style]


def _write_sheet(sheet: Worksheet, plan: SheetPlan, formats: _Formats) -> None:
    for column, width in plan.widths:
        sheet.set_column(column - 1, column - 1, width)
    for row, height in sorted(fit_heights(plan).items()):
        sheet.set_row(row - 1, height)
    for table in plan.tables:
        _write_table(sheet, table, formats)
    for cell in plan.cells:
        _write_cell(sheet, cell, formats)
    for validation in plan.validations:
        _write_validation(sheet, validation)
    for conditional in plan.conditionals:
        _write_conditional(sheet, conditional, formats)
    _set_view(sheet, plan)
    _set_print(sheet, plan.print)


def _set_view(sheet: Worksheet, plan: SheetPlan) -> None:
    sheet.hide_gridlines(2)
    sheet.ignore_errors(
        {"number_stored_as_text": _WHOLE_SHEET, "calculated_column": _WHOLE_SHEET, "formula_differs": _WHOLE_SHEET}
    )
    if plan.freeze:
        sheet.freeze_panes(plan.freeze[0] - 1, plan.freeze[1] - 1)
    if plan.tab:
        sheet.set_tab_color(plan.tab)
    if plan.hidden:
        sheet.hide()
    if plan.protected:
        sheet.protect("", {"format_rows": True, "format_columns": True, "insert_hyperlinks": True})


def _set_print(sheet: Worksheet, plan: PrintPlan) -> None:
    sheet.set_paper(_A3 if plan.large else _A4)
    if plan.landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, plan.tall)
    sheet.set_margins(left=20 * _MM, right=15 * _MM, top=18 * _MM, bottom=16 * _MM)
    if plan.title_rows:
        sheet.repeat_rows(plan.title_rows[0] - 1, plan.title_rows[1] - 1)
    if plan.area and _is_area(plan.area):
        sheet.print_area(plan.area)
    if plan.header:
        sheet.set_header(plan.header, {"margin": 8 * _MM})
    if plan.footer:
        sheet.set_footer(plan.footer, {"margin": 8 * _MM})


def _write_cell(sheet: Worksheet, cell: CellPlan, formats: _Formats) -> None:
    row, column, style = cell.row - 1, cell.column - 1, formats[cell.style]
    if cell.across > 1:
        sheet.merge_range(row, column, row, column + cell.across - 1, "", style)
    if cell.link:
        sheet.write_url(row, column, _target(cell.link), style, string=str(cell.value or ""))
    elif cell.formula:
        sheet.write_formula(row, column, cell.formula, style, _cached(cell.value))
    else:
        _write_value(sheet, row, column, cell.value, style)
    if cell.note:
        sheet.write_comment(row, column, cell.note, {"author": "", "font_name": FONT, "font_size": 9, "x_scale": 2.2})


def _write_value(sheet: Worksheet, row: int, column: int, value: CellValue, style: Format) -> None:
    match value:
        case None:
            sheet.write_blank(row, column, None, style)
        case bool():
            sheet.write_boolean(row, column, value, style)
        case int() | float():
            sheet.write_number(row, column, value, style)
        case date():
            sheet.write_datetime(row, column, value, style)
        case _:
            sheet.write_string(row, column, value, style)


def _cached(value: CellValue) -> str | int | float | bool:
    if value is None:
        return ""
    return (value - date(1899, 12, 30)).days if isinstance(value, date) else value


def _target(link: str) -> str:
    if link.startswith(("http://", "https://", "mailto:")):
        return link
    name, _, cell = link.rpartition("!")
    return f"internal:{quote_sheet(name)}!{cell}"


def _write_table(sheet: Worksheet, table: TablePlan, formats: _Formats) -> None:
    columns = [
        {"header": one.header, "header_format": formats["header"], "format": formats[one.style]}
        | ({"formula": one.formula} if one.formula else {})
        for one in table.columns
    ]
    top, left = table.row - 1, table.column - 1
    options = {"name": table.name, "style": None, "autofilter": False, "columns": columns}
    sheet.add_table(top, left, top + len(table.rows), left + len(columns) - 1, options)
    for offset, values in enumerate(table.rows):
        own = table.formulas[offset] if offset < len(table.formulas) else ()
        for index, column in enumerate(table.columns):
            value = values[index] if index < len(values) else None
            formula = own[index] if index < len(own) else column.formula
            cell = CellPlan(table.row + 1 + offset, table.column + index, value, formula, column.style)
            _write_cell(sheet, cell, formats)


def _write_validation(sheet: Worksheet, plan: ValidationPlan) -> None:
    kind = {"whole": "integer", "text_length": "length"}.get(plan.kind, plan.kind)
    options: dict[str, Any] = {"validate": kind, "error_type": "stop" if plan.stop else "warning"}
    texts: Mapping[str, str] = {"input_title": plan.title, "input_message": plan.prompt, "error_message": plan.error}
    options |= {name: text for name, text in texts.items() if text}
    if not plan.error:
        options["show_error"] = False
    match kind:
        case "list" | "custom":
            options["value"] = plan.first
        case "any":
            pass
        case _ if plan.operator in ("between", "not between"):
            options |= {"criteria": plan.operator, "minimum": _bound(plan.first), "maximum": _bound(plan.second)}
        case _:
            options |= {"criteria": plan.operator, "value": _bound(plan.first)}
    area = parse_area(plan.area)
    sheet.data_validation(area.top - 1, area.left - 1, area.bottom - 1, area.right - 1, options)


def _bound(text: str) -> str | float:
    return text if text.startswith("=") else float(text)


def _write_conditional(sheet: Worksheet, plan: ConditionalPlan, formats: _Formats) -> None:
    style = formats.conditional(plan.style)
    sheet.conditional_format(plan.area, {"type": "formula", "criteria": f"={plan.formula}", "format": style})


def _is_area(text: str) -> bool:
    try:
        parse_area(text)
    except ValueError:
        return False
    return True
