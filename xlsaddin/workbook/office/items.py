"""The hidden sheet 集計 of an office edition: the items as in the respondent's, and what of them was screened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xlsaddin.review_model import RowReview, Screened
from xlsaddin.workbook import labels
from xlsaddin.workbook.office.book import OfficeBook
from xlsaddin.workbook.office.columns import office_choices
from xlsaddin.workbook.plan import CellPlan, SheetPlan
from xlsaddin.workbook.references import quote_text
from xlsaddin.workbook.respondent.summary import plan_summary, summary_cell

_NEVER = "≠"


def plan_items(book: OfficeBook) -> SheetPlan:
    """Return the sheet."""
    plan = plan_summary(book.template)
    cells = [cell for row in book.review.rows if not row.number for cell in _screened(book, row)]
    return replace(plan, cells=(*plan.cells, *cells))


def _screened(book: OfficeBook, row: RowReview) -> Iterator[CellPlan]:
    """Yield what was compared of a single item, and whether it still stands there."""
    if row.item not in book.layout.items_rows:
        return
    states = labels.choice_labels(office_choices("screened"), book.layout.language)
    shown = {key: quote_text(label) for key, label in states.items()}
    compared = summary_cell(book.layout, row.item, "compared")
    text = f'IFERROR(a_{row.item}&"","")'
    same = f"IF(EXACT({text},{compared.absolute}),{shown['screened']},{shown['stale']})"
    known = f'IF({compared.absolute}="",{shown["not_screened"]},{same})'
    formula = f'IF(TRIM(SUBSTITUTE({text},"　"," "))="",{shown["not_needed"]},{known})'
    spot = summary_cell(book.layout, row.item, "screened")
    yield CellPlan(spot.row, spot.column, states[row.screened.value], formula, style="meta")
    value = row.compared if row.screened is Screened.SCREENED else None
    yield CellPlan(compared.row, compared.column, _NEVER if row.screened is Screened.STALE else value, style="meta")
