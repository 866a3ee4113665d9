"""The look of cells in an open book, set for rectangles at a time: a call a cell would take minutes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

import xlwings as xw

from xlsaddin.workbook.styles import FONT, STYLES, Style

Cell = tuple[int, int]

_HORIZONTAL: dict[str, Literal["left", "center", "right"]] = {"left": "left", "center": "center", "right": "right"}
_VERTICAL: dict[str, Literal["top", "center", "bottom"]] = {"top": "top", "vcenter": "center", "bottom": "bottom"}


def rectangles(styles: Mapping[Cell, str]) -> Iterator[tuple[str, int, int, int, int]]:
    """Yield (style, top, left, bottom, right) of rectangles that together cover all cells of each style."""
    left = dict(styles)
    for row, column in sorted(styles):
        if (row, column) not in left:
            continue
        style = left[row, column]
        right = column
        while left.get((row, right + 1)) == style:
            right += 1
        bottom = row
        while all(left.get((bottom + 1, one)) == style for one in range(column, right + 1)):
            bottom += 1
        for y in range(row, bottom + 1):
            for x in range(column, right + 1):
                del left[y, x]
        yield style, row, column, bottom, right


def set_looks(sheet: xw.Sheet, styles: Mapping[Cell, str]) -> None:
    """Give cells the named styles of the product."""
    for name, top, left, bottom, right in rectangles(styles):
        set_look(sheet.range((top, left), (bottom, right)), STYLES[name])


def set_look(cells: xw.Range, style: Style) -> None:
    """Give a range one look."""
    cells.font.set(name=FONT, size=style.size, bold=style.bold, color=style.color)
    if style.fill:
        cells.color = style.fill
    cells.horizontal_alignment = _HORIZONTAL[style.align]
    cells.vertical_alignment = _VERTICAL[style.valign]
    cells.wrap_text = style.wrap
    if style.number_format:
        cells.number_format = style.number_format
    if style.border:
        cells.borders.set("all", line_style="continuous", color=style.border)
    elif style.bottom:
        cells.borders.set("edge_bottom", line_style="continuous", color=style.bottom)
