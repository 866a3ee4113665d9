"""Live: functions in the match columns while an officer works, values before a workbook travels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import product

import xlwings as xw

from xlsaddin.errors import WorkbookError
from xlsaddin.excel import live, wording
from xlsaddin.excel.boundary import as_grid
from xlsaddin.excel.commands.selection import CHUNK
from xlsaddin.excel.match_column import find_match_columns
from xlsaddin.excel.session import current_screener
from xlsaddin.excel.steps import Desk, Steps
from xlsaddin.excel.writing.contents import Content, as_content, write_grid
from xlsaddin.excel.writing.look import Cell, rectangles
from xlsaddin.excel.writing.sheets import set_note
from xlsaddin.workbook.freeze import ADDIN, is_live

_EXCEL_LINKS = 1  # xlLinkTypeExcelLinks


def switch_on(desk: Desk) -> Steps:
    """Put a function into the match column of every answer table of the office edition.

    All names are screened beforehand, chunk by chunk, so that each cell is answered from memory.
    """
    book = desk.book
    columns = find_match_columns(book)
    if not columns:
        raise WorkbookError("RS-LIVE-056", book=book.name)
    for column in columns:
        live.check_open(column.sheet)
    queries = [query for column in columns for query in column.queries()]
    screener = current_screener()
    for start in range(0, len(queries), CHUNK):
        yield desk.say("RS-LIVE-040", done=start, total=len(queries))
        screener.screen_many(queries[start : start + CHUNK])
    with live.Held(desk.app):
        for column in columns:
            column.write()
    return desk.say("RS-LIVE-057", count=sum(column.rows for column in columns))


def freeze_book(desk: Desk) -> Steps:
    """Replace every function of the add-in in the workbook in front by its value, sheet by sheet."""
    book, stamp = desk.book, stamp_text(desk)
    found: list[tuple[xw.Sheet, dict[Cell, str], dict[Cell, Content]]] = []
    for sheet in book.sheets:
        yield desk.say("RS-LIVE-052", sheet=sheet.name)
        if cells := find_live_cells(sheet):
            found.append((sheet, cells, _values(sheet, cells)))  # while the application still calculates
    with live.Unlocked(sheet for sheet, *_ in found), live.Held(desk.app):
        for sheet, cells, values in found:
            _freeze_cells(sheet, cells, values, stamp)
    _break_links(book)
    count = sum(len(cells) for _, cells, _ in found)
    return desk.say("RS-LIVE-051", count=count, lists=_lists(desk), time=_now())


def stamp_text(desk: Desk) -> str:
    """Return what a frozen column says of itself: lists with their editions, and the time."""
    return desk.say("RS-LIVE-053", lists=_lists(desk), time=_now())


def find_live_cells(sheet: xw.Sheet) -> dict[Cell, str]:
    """Return the formula of every cell that calls the add-in, or into which such a formula spills."""
    used = sheet.used_range
    found = {
        (used.row + down, used.column + right): formula
        for down, row in enumerate(as_grid(used.formula))
        for right, formula in enumerate(row)
        if isinstance(formula, str) and formula.startswith("=") and is_live(formula)
    }
    if getattr(used.api, "HasSpill", False) is not False:  # Excel with dynamic arrays: True, or None where some have
        for (row, column), formula in list(found.items()):
            cell = sheet.range((row, column))
            if cell.api.HasSpill:
                area = sheet.range(cell.api.SpillingToRange.Address)
                places = product(range(area.row, area.last_cell.row + 1), range(area.column, area.last_cell.column + 1))
                found |= dict.fromkeys(places, formula)
    return found


def _values(sheet: xw.Sheet, cells: Iterable[Cell]) -> dict[Cell, Content]:
    """Return what the cells show, read in one call."""
    used = sheet.used_range
    shown = as_grid(used.options(ndim=2, err_to_str=True).value)
    return {(row, column): as_content(shown[row - used.row][column - used.column]) for row, column in cells}


def _freeze_cells(sheet: xw.Sheet, cells: Mapping[Cell, str], values: Mapping[Cell, Content], stamp: str) -> None:
    """Write the values over the formulas, and the stamp above the first cell of each column.

    The cells of one array formula are written in one call: none of them may be changed alone.
    """
    times = Counter(cells.values())
    keys = {place: formula if times[formula] > 1 else "" for place, formula in cells.items()}
    for _, top, left, bottom, right in rectangles(keys):
        grid = [[values[row, column] for column in range(left, right + 1)] for row in range(top, bottom + 1)]
        write_grid(sheet, top, left, grid)
    for column in sorted({column for _, column in cells}):
        first = min(row for row, other in cells if other == column)
        set_note(sheet, max(first - 1, 1), column, stamp)


def _break_links(book: xw.Book) -> None:
    """Remove Excel's link to the add-in's file, which names the user's folder."""
    if hasattr(book.api, "LinkSources"):
        for source in book.api.LinkSources(_EXCEL_LINKS) or ():
            if str(source).casefold().endswith(ADDIN):
                book.api.BreakLink(source, _EXCEL_LINKS)


def _lists(desk: Desk) -> str:
    return "; ".join(wording.list_text(use, desk.settings) for use in current_screener().lists)


def _now() -> str:
    return datetime.now().astimezone().isoformat(sep=" ", timespec="minutes")
