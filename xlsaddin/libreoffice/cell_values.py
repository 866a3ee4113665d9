"""Contents of UNO cell ranges in bulk: one call for the values, further calls only for errors, dates and formulas."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

from xlsaddin.libreoffice import runtime
from xlsaddin.libreoffice.formulas import FormulaGrammar, to_calc, to_excel
from xlsaddin.libreoffice.values import error_of, to_datetime, to_number

_DATES = 2  # com.sun.star.sheet.CellFlags.DATETIME
_PARSED = re.compile(r"^['=]|^\s*[-+]?[\d.,]+%?\s*$|^(?:true|false)$", re.IGNORECASE)


def address_of(cells: Any) -> Any:
    """Return the address of a range's first cell."""
    return cells.getCellByPosition(0, 0).CellAddress


def read_values(cells: Any) -> list[list[object]]:
    """Return contents row by row: text, number, date where the cell is formatted so, error, None for an empty cell."""
    rows: list[list[object]] = [list(row) for row in cells.getDataArray()]
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            if value is None:
                values[column] = error_of(cells.getCellByPosition(column, row).getError())
            elif value == "":
                values[column] = None
    for row, column in _dated(cells):
        value = rows[row][column]
        rows[row][column] = to_datetime(value) if isinstance(value, float) else value
    return rows


def _dated(cells: Any) -> list[tuple[int, int]]:
    """Return places (0-based, inside the range) of cells formatted as dates; only constants are told by Calc."""
    start = cells.RangeAddress
    return [
        (row - start.StartRow, column - start.StartColumn)
        for area in cells.queryContentCells(_DATES).RangeAddresses
        for row in range(area.StartRow, area.EndRow + 1)
        for column in range(area.StartColumn, area.EndColumn + 1)
    ]


def write_values(cells: Any, grid: Sequence[Sequence[object]]) -> None:
    """Write a block of values and formulas as Excel takes them, in one call."""
    if any(isinstance(value, str) and _PARSED.match(value) for row in grid for value in row):
        cells.setFormulaArray(tuple(tuple(_as_typed(value) for value in row) for row in grid))
    else:
        cells.setDataArray(tuple(tuple(_as_content(value) for value in row) for row in grid))
    for row, values in enumerate(grid):
        for column, value in enumerate(values):
            if isinstance(value, (dt.date, bool)):
                _set_format(cells.getCellByPosition(column, row), value)


def _as_content(value: object) -> str | float:
    number = to_number(value)
    return str("" if value is None else value) if number is None else number


def _as_typed(value: object) -> str:
    if isinstance(value, str):
        return to_calc(value) if value.startswith("=") else value
    content = _as_content(value)
    return content if isinstance(content, str) else repr(content)


def _set_format(cell: Any, value: object) -> None:
    """Give a date or truth value its standard format, unless the cell shows dates already."""
    document = cell.Spreadsheet.DrawPage.Forms.Parent
    kind = "LOGICAL" if isinstance(value, bool) else "DATETIME" if isinstance(value, dt.datetime) else "DATE"
    formats = document.NumberFormats
    if not formats.getByKey(cell.NumberFormat).Type & _DATES:
        locale = runtime.load_uno().createUnoStruct("com.sun.star.lang.Locale")
        cell.NumberFormat = formats.getStandardFormat(runtime.constant(f"util.NumberFormat.{kind}"), locale)


def read_formulas(cells: Any) -> list[tuple[str, ...]]:
    """Return formulas in Excel's spelling, each cell of an array with the whole formula; constants as text."""
    return [tuple(map(_as_shown, row)) for row in cells.getFormulaArray()]


def _as_shown(text: str) -> str:
    formula = text[1:-1] if text.startswith("{=") and text.endswith("}") else text
    return to_excel(formula) if formula.startswith("=") else text


def fill_formula(cells: Any, text: str, grammar: FormulaGrammar) -> None:
    """Put one formula or text into every cell; relative references are seen from the first cell, as in Excel."""
    if not text.startswith("="):
        rows, columns = len(cells.getDataArray()), len(cells.getDataArray()[0])
        write_values(cells, [[text] * columns] * rows)
        return
    tokens = grammar.tokens(text, address_of(cells))
    area = cells.RangeAddress
    for row in range(area.EndRow - area.StartRow + 1):
        for column in range(area.EndColumn - area.StartColumn + 1):
            cells.getCellByPosition(column, row).setTokens(tokens)
