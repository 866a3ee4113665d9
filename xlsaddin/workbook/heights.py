"""How high rows are: reckoned from the texts in them, as Excel would when it fits a row to wrapped text.

Excel fits rows again as people type; the heights stored here show a new workbook right in every program.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from xlsaddin.workbook.plan import CellPlan, CellValue, SheetPlan, TablePlan
from xlsaddin.workbook.styles import FONT_SIZE, STYLES, Style
from xlsaddin.workbook.widths import line_count

DEFAULT_WIDTH = 8.38
DEFAULT_HEIGHT = 18.75
_LINE = 1.62
"""Height of a line of 游ゴシック in sizes of its letters."""

_HIGHEST = 409.0


def fit_heights(plan: SheetPlan) -> dict[int, float]:
    """Return the height in points of every row whose text needs more than a plain row."""
    widths = dict(plan.widths)
    fitted: dict[int, float] = {}
    for cell in _all_cells(plan):
        height = _height(cell, STYLES[cell.style], widths)
        if height > fitted.get(cell.row, DEFAULT_HEIGHT):
            fitted[cell.row] = height
    return fitted | dict(plan.heights)


def _height(cell: CellPlan, style: Style, widths: Mapping[int, float]) -> float:
    text = _shown(cell.value)
    line = style.size * _LINE
    if not text:
        return 0.0
    if not style.wrap:
        return min(_HIGHEST, line + 2)
    room = sum(widths.get(cell.column + offset, DEFAULT_WIDTH) for offset in range(cell.across)) - style.indent * 1.5
    scale = style.size / FONT_SIZE * (1.03 if style.bold else 1.0)
    return min(_HIGHEST, round(line_count(text, room, scale) * line + 4, 2))


def _shown(value: CellValue) -> str:
    if isinstance(value, date):
        return f"{value:%Y/%m/%d}"
    return "" if value is None or isinstance(value, bool) else str(value)


def _all_cells(plan: SheetPlan) -> Iterator[CellPlan]:
    yield from plan.cells
    for table in plan.tables:
        yield from _table_cells(table)


def _table_cells(table: TablePlan) -> Iterator[CellPlan]:
    for index, column in enumerate(table.columns):
        yield CellPlan(table.row, table.column + index, column.header, style="header")
    for offset, values in enumerate(table.rows, start=1):
        for index, value in enumerate(values):
            yield CellPlan(table.row + offset, table.column + index, value, style=table.columns[index].style)
