"""A table shown in a new workbook: what commands answer with when there is more than a sentence to say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import xlwings as xw

from xlsaddin.excel.writing.sheets import set_sheet
from xlsaddin.workbook.plan import CellPlan, CellValue, SheetPlan, TableColumnPlan, TablePlan

_TITLE_ROW, _TABLE_ROW = 1, 3


def show_table(
    app: xw.App, title: str, headers: Mapping[str, tuple[float, str]], rows: Sequence[Sequence[CellValue]]
) -> xw.Book:
    """Open a new workbook with one titled table; returns it.

    Args:
        headers: width in characters and style of each column, by its header.
    """
    book = app.books.add()
    blank = book.sheets[0]
    columns = tuple(TableColumnPlan(header, style) for header, (_, style) in headers.items())
    body = tuple(tuple(row) for row in rows) or ((None,) * len(headers),)
    plan = SheetPlan(
        key="table",
        name=title[:31],
        cells=(CellPlan(_TITLE_ROW, 1, title, style="heading"),),
        tables=(TablePlan("r_table", _TABLE_ROW, 1, columns, body),),
        widths=tuple(enumerate((width for width, _ in headers.values()), 1)),
        freeze=(_TABLE_ROW + 1, 1),
    )
    set_sheet(book, plan)
    blank.delete()
    book.activate()
    return book
