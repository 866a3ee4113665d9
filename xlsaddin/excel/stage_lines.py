"""The stage sheet 回付 of an open book: the lines of the desks that passed it on, and the one being filled in.

A line with a digest was recorded by the tool; a line without one is what an officer types before sending on.
"""

from __future__ import annotations

from collections.abc import Sequence

import xlwings as xw

from xlsaddin.excel import live
from xlsaddin.excel.boundary import as_grid, text_of
from xlsaddin.excel.writing.sheets import set_sheet
from xlsaddin.exchange.routing.desks import Route
from xlsaddin.exchange.routing.sheet import HEADERS, TABLE, plan_stages
from xlsaddin.workbook.opening import open_package
from xlsaddin.workbook.patch.ours import find_ours
from xlsaddin.workbook.read.book import ReadBook
from xlsaddin.workbook.structure import Structure

Line = tuple[str, ...]
"""The texts of one line, in the order of `HEADERS`."""

STAGE, WHO, WHEN, DECISION, REMARK, DIGEST = range(len(HEADERS))
"""Places in a line."""

BLANK: Line = ("",) * len(HEADERS)


def find_desk(route: Route, text: str) -> str:
    """Return the key of a desk by its key or name in either language, empty for none of them."""
    asked = text.strip().casefold()
    desks = route.stages.items()
    return next((key for key, one in desks if asked in map(str.casefold, (key, one.ja, one.en, one.shown))), "")


def read_lines(book: xw.Book) -> tuple[tuple[Line, ...], Line]:
    """Return the recorded lines, and the one being filled in (`BLANK` where there is none)."""
    tables = [table for sheet in book.sheets for table in sheet.tables if table.name.casefold() == TABLE]
    header = tables[0].header_row_range if tables else None
    if header is None:
        return (), BLANK
    top, left = header.row + 1, header.column
    bottom = max(header.sheet.used_range.last_cell.row, top)  # Calc's tables do not grow when one types below them
    cells = header.sheet.range((top, left), (bottom, left + len(HEADERS) - 1))
    lines = [tuple(map(text_of, row)) for row in as_grid(cells.options(ndim=2, err_to_str=True).value)]
    typed = [line for line in lines if any(line) and not line[DIGEST]]
    return tuple(line for line in lines if line[DIGEST]), typed[0] if typed else BLANK


def write_lines(book: xw.Book, read: ReadBook, route: Route, lines: Sequence[Line]) -> xw.Sheet:
    """Set the stage sheet with these lines, in place of the one that is there; returns it.

    Args:
        book: the open book. read: its saved copy, as read. route: the desks in order.

    Raises:
        WorkbookError: when a person's own sheet has its name, or it is locked with a password.
    """
    plan = plan_stages(route, lines)
    there = find_ours(Structure(open_package(read.path)), read.meta, plan)
    old = there.name if there else ""
    if not old:
        live.check_structure(book)
    with live.Unlocked([book.sheets[old]] if old else []), live.Held(book.app):
        return set_sheet(book, plan, old)
