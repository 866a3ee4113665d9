"""Live: functions in the match columns while an officer works, values before a workbook travels."""

from __future__ import annotations

from datetime import datetime

import xlwings as xw

from xlsaddin.errors import WorkbookError
from xlsaddin.excel import live, wording
from xlsaddin.excel.boundary import as_grid
from xlsaddin.excel.commands.selection import CHUNK
from xlsaddin.excel.match_column import find_match_columns
from xlsaddin.excel.session import current_screener
from xlsaddin.excel.steps import Desk, Steps
from xlsaddin.excel.writing.contents import as_content, write_grid
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
    book = desk.book
    count = 0
    stamp = stamp_text(desk)
    for sheet in book.sheets:
        yield desk.say("RS-LIVE-052", sheet=sheet.name)
        if live_cells := find_live_cells(sheet):
            live.check_open(sheet)
            count += _freeze_cells(sheet, live_cells, stamp)
    _break_links(book)
    return desk.say("RS-LIVE-051", count=count, lists=_lists(desk), time=_now())


def stamp_text(desk: Desk) -> str:
    """Return what a frozen column says of itself: lists with their editions, and the time."""
    return desk.say("RS-LIVE-053", lists=_lists(desk), time=_now())


def find_live_cells(sheet: xw.Sheet) -> list[tuple[int, int]]:
    """Return row and column of every cell whose formula calls the add-in, column by column."""
    used = sheet.used_range
    found = [
        (used.row + down, used.column + right)
        for down, row in enumerate(as_grid(used.formula))
        for right, formula in enumerate(row)
        if isinstance(formula, str) and formula.startswith("=") and is_live(formula)
    ]
    return sorted(found, key=lambda place: (place[1], place[0]))


def _freeze_cells(sheet: xw.Sheet, cells: list[tuple[int, int]], stamp: str) -> int:
    """Write the values of each run of cells in a column in one call, and the stamp above its first cell."""
    for number, (row, column, length) in enumerate(_runs(cells)):
        run = sheet.range((row, column), (row + length - 1, column))
        values = as_grid(run.options(ndim=2, err_to_str=True).value)
        write_grid(sheet, row, column, [[as_content(value)] for (value,) in values])
        if not number or (row, column) == min(place for place in cells if place[1] == column):
            set_note(sheet, max(row - 1, 1), column, stamp)
    return len(cells)


def _runs(cells: list[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """Return (row, column, length) of cells that follow each other in a column."""
    runs: list[tuple[int, int, int]] = []
    for row, column in cells:
        if runs and runs[-1][1] == column and runs[-1][0] + runs[-1][2] == row:
            runs[-1] = (*runs[-1][:2], runs[-1][2] + 1)
        else:
            runs.append((row, column, 1))
    return runs


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
