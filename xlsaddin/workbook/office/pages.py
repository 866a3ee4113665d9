"""The frame of a result sheet that holds a table: title, a few lines, the table with nothing below it."""

from __future__ import annotations

from collections.abc import Sequence

from xlsaddin.workbook.areas import Area
from xlsaddin.workbook.layout import MARGIN
from xlsaddin.workbook.office.book import OfficeBook
from xlsaddin.workbook.plan import (
    CellPlan,
    ConditionalPlan,
    PrintPlan,
    SheetPlan,
    TablePlan,
    ValidationPlan,
)
from xlsaddin.workbook.respondent.frame import page_footer, page_header

HEADER_ROW = 6
_TAB = "#8C2A16"


def result_page(
    book: OfficeBook,
    *,
    key: str,
    title: str,
    intro: Sequence[str],
    table: TablePlan,
    widths: Sequence[tuple[int, float]],
    cells: Sequence[CellPlan] = (),
    validations: Sequence[ValidationPlan] = (),
    conditionals: Sequence[ConditionalPlan] = (),
    printed_columns: int = 0,
    freeze_column: int = 1,
    name: str = "",
    large: bool = False,
) -> SheetPlan:
    """Return a result sheet with one table.

    Args:
        key: of the sheet. title: key of its title. intro: at most three lines under it.
        printed_columns: last sheet column that is printed, 0 for all. large: on A3.
    """
    last = printed_columns or max(number for number, _ in widths)
    # the lines stay over the first columns, which fit a screen
    across = min(last - 1, 9)
    head = [CellPlan(1, 2, book.title(title), style="title")]
    head += [CellPlan(row, 2, text, style="note", across=across) for row, text in enumerate(intro, start=2)]
    bottom = HEADER_ROW + max(len(table.rows), 1)
    return SheetPlan(
        key=book.layer.named(f"r_{key}"),
        name=name or book.sheet_name(key),
        cells=(*head, *cells),
        tables=(table,),
        validations=tuple(validations),
        conditionals=tuple(conditionals),
        widths=((1, MARGIN), *widths),
        freeze=(HEADER_ROW + 1, freeze_column),
        tab=_TAB,
        print=PrintPlan(
            landscape=True,
            title_rows=(HEADER_ROW, HEADER_ROW),
            area=str(Area(1, 1, bottom, last)),
            header=page_header(book.template),
            footer=page_footer(book.template),
            large=large,
        ),
    )
