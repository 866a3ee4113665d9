"""Screening a plain list of names in any workbook: results and record on a new sheet, nothing beside foreign data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import xlwings as xw

from xlsaddin import __version__
from xlsaddin.errors import WorkbookError
from xlsaddin.excel import live, wording
from xlsaddin.excel.session import current_screener, queries_of
from xlsaddin.excel.steps import Desk, Steps
from xlsaddin.excel.writing.contents import Content, as_content, write_grid
from xlsaddin.excel.writing.look import Cell, set_looks
from xlsaddin.excel.writing.sheets import set_sheet
from xlsaddin.screening.model import QueryResult
from xlsaddin.screening.remembering import RememberingScreener
from xlsaddin.watchlist.model import ListUse
from xlsaddin.workbook.areas import cell_name
from xlsaddin.workbook.plan import CellPlan, SheetPlan

CHUNK = 200
"""Names screened and written in one step: between two steps Esc is heard."""

SHEET = "照合結果"
FIRST_ROW = 12
_STATE_ROW = 3
_HEADERS = (
    ("場所", "Place", 12.0),
    ("名称", "Name", 36.0),
    ("結果", "Result", 14.0),
    ("一致度", "Score", 9.0),
    ("リスト", "List", 26.0),
    ("番号", "Entry", 10.0),
    ("掲載名", "Listed name", 36.0),
    ("根拠", "Why", 60.0),
    ("同一か", "Same?", 12.0),
    ("理由", "Reason", 30.0),
    ("確認者", "Reviewer", 14.0),
    ("日付", "Date", 12.0),
)
_SCREENED = 8


@dataclass(frozen=True, slots=True)
class Name:
    """A selected text and where it stands."""

    cell: str
    text: str


def screen_selection(desk: Desk) -> Steps:
    """Screen the selected texts, chunk by chunk, onto a new sheet of the same workbook."""
    source, names = selected_names(desk)
    live.check_structure(source.book)
    yield desk.say("RS-LIVE-040", done=0, total=len(names))
    screener = current_screener()
    sheet = _new_sheet(desk, source, screener, names)
    done = hits = 0
    try:
        for start in range(0, len(names), CHUNK):
            chunk = names[start : start + CHUNK]
            results = screener.screen_many(queries_of([name.text for name in chunk])).results
            hits += sum(bool(wording.hits_of(result)) for result in results)
            write_grid(sheet, FIRST_ROW + 1 + start, 1, list(_rows(chunk, results, screener, desk)))
            done = start + len(chunk)
            yield desk.say("RS-LIVE-040", done=done, total=len(names))
    finally:  # cancelled or not: the sheet says how far it went, and holds nothing below
        if done < len(names):
            sheet.range((FIRST_ROW + 1 + done, 1), (FIRST_ROW + len(names), len(_HEADERS))).clear()
        code = "RS-LIVE-041" if done == len(names) else "RS-LIVE-042"
        sheet.range((_STATE_ROW, 2)).value = as_content(desk.say(code, done=done, total=len(names)))
    return desk.say("RS-LIVE-043", total=len(names), hits=hits, sheet=sheet.name)


def selected_names(desk: Desk) -> tuple[xw.Sheet, list[Name]]:
    """Return the sheet and its selected cells that hold text, row by row; raises WorkbookError when there is none."""
    selected = desk.selection
    if selected is None:
        raise WorkbookError("RS-LIVE-044")
    sheet, top, left = selected.sheet, selected.row, selected.column
    used = sheet.used_range.last_cell
    last = min(selected.last_cell.row, used.row), min(selected.last_cell.column, used.column)
    if last[0] < top or last[1] < left:
        raise WorkbookError("RS-LIVE-044")
    names = [
        Name(cell_name(row, column), value.strip())
        for row, values in enumerate(sheet.range((top, left), last).options(ndim=2).value, top)
        for column, value in enumerate(values, left)
        if isinstance(value, str) and value.strip()
    ]
    if not names:
        raise WorkbookError("RS-LIVE-044")
    return sheet, names


def _new_sheet(desk: Desk, source: xw.Sheet, screener: RememberingScreener, names: Sequence[Name]) -> xw.Sheet:
    """Add the sheet with the record of the screening (照合記録) on top."""
    book = source.book
    say = desk.settings.say
    record = [
        (say("対象", "Screened"), f"{book.name} / {source.name} / {names[0].cell} - {names[-1].cell} ({len(names)})"),
        (say("状態", "State"), desk.say("RS-LIVE-042", done=0, total=len(names))),
        (say("日時", "Time"), datetime.now().astimezone().isoformat(sep=" ", timespec="seconds")),
        (say("照合者", "Screened by"), desk.settings.reviewer or "-"),
        (say("プロファイル", "Profile"), desk.settings.profile),
        (say("版", "Version"), f"xlsaddin {__version__}"),
        (say("リスト", "Lists"), "\n".join(_list_line(use, desk) for use in screener.lists)),
        ("", desk.say("RS-LIVE-045")),
    ]
    cells = [CellPlan(1, 1, say("照合記録", "Record of screening"), style="heading")]
    for row, (label, text) in enumerate(record, 2):
        cells += [CellPlan(row, 1, label, style="label"), CellPlan(row, 2, text, style="text")]
    cells += [
        CellPlan(FIRST_ROW, number, say(ja, en), style="header") for number, (ja, en, _) in enumerate(_HEADERS, 1)
    ]
    widths = tuple((number, width) for number, (_, _, width) in enumerate(_HEADERS, 1))
    plan = SheetPlan("screening", _free_name(book), tuple(cells), widths=widths, freeze=(FIRST_ROW + 1, 3))
    with live.Held(desk.app):
        sheet = set_sheet(book, plan)
        set_looks(sheet, _looks(len(names)))  # all rows at once, while they are empty: a chunk at a time is slow
    return sheet


def _looks(rows: int) -> dict[Cell, str]:
    styles = ["plain"] * _SCREENED + ["input"] * (len(_HEADERS) - _SCREENED - 1) + ["input_date"]
    return {(FIRST_ROW + 1 + row, column): style for row in range(rows) for column, style in enumerate(styles, 1)}


def _list_line(use: ListUse, desk: Desk) -> str:
    return f"{wording.list_text(use, desk.settings)} sha256 {use.sha256 or '-'}"


def _rows(
    chunk: Sequence[Name], results: Sequence[QueryResult], screener: RememberingScreener, desk: Desk
) -> Iterator[list[Content]]:
    failed = wording.failures(screener.lists, desk.settings)
    for name, result in zip(chunk, results, strict=True):
        (row,) = wording.hit_rows(result, 1, failed, desk.settings)
        yield [as_content(name.cell), *(as_content(value) for value in row)]


def _free_name(book: xw.Book) -> str:
    taken = {sheet.name for sheet in book.sheets}
    numbered = (SHEET, *(f"{SHEET}{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in numbered if name not in taken)
