"""Values and formulas as they are handed to an open cell. Text from people is always written as text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

import xlwings as xw

from xlsaddin.workbook.plan import CellValue

_EPOCH = datetime(1899, 12, 30)
_SIGNS = ("=", "+", "-", "@", "'")
_TAKEN_FOR_SOMETHING_ELSE = re.compile(r"[\d０-９一二三四五六七八九〇%％]|^(?:true|false)$", re.IGNORECASE)

Content = str | float | bool | None
Grid = list[list[Content]]


def as_content(value: CellValue) -> Content:
    """Return a value as an open cell takes it: a date as a number, a text so that it stays that text.

    Excel reads what is written as if it were typed: `=1+1` becomes a formula, `0012` a number, `令和7年4月` a date.
    """
    if isinstance(value, date):
        moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
        return (moment - _EPOCH).total_seconds() / 86400
    if isinstance(value, str) and (value.startswith(_SIGNS) or _TAKEN_FOR_SOMETHING_ELSE.search(value)):
        return f"'{value}"
    return value


def as_formula(formula: str) -> str:
    """Return a formula of a plan (without `=`) as a cell takes it."""
    return f"={formula}"


def write_grid(sheet: xw.Sheet, row: int, column: int, grid: Sequence[Sequence[Content]]) -> None:
    """Write a block of contents with its first cell at (row, column) in one call; None empties a cell.

    It goes to the engine directly: the contents are ready, and xlwings would ask for the range three times more.
    """
    if not grid or not grid[0]:
        return
    cells = sheet.range((row, column), (row + len(grid) - 1, column + len(grid[0]) - 1)).impl
    contents = [["" if content is None else content for content in line] for line in grid]
    try:
        cells.formula2 = contents  # without it Excel puts an @ before what could be an array
    except AttributeError:  # Excel 2016 and 2019 know only the older property
        cells.formula = contents
