"""What the formulas of the form sheets show once a book is checked: states, progress, clauses.

The formulas stay the person's copy of ours; they read the sheet 集計 and the role of the institution, which a check
writes anew, so their values are planned with the same sheets as a template's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from xlsaddin.assessment.rules import RuleSet
from xlsaddin.checklist.identity_cache import remember_by_identity
from xlsaddin.checklist.model import Kind
from xlsaddin.workbook.contexts import BookContext
from xlsaddin.workbook.office.book import OfficeBook
from xlsaddin.workbook.places import Layout
from xlsaddin.workbook.respondent.form import plan_form
from xlsaddin.workbook.respondent.start import plan_start
from xlsaddin.workbook.respondent.summary import with_summary
from xlsaddin.workbook.respondent.table import table_cells

__all__ = ["form_values"]


def form_values(book: OfficeBook) -> Mapping[str, str]:
    """Return the text of every formula of the form sheets, by formula; none of a form that has lost a table."""
    template = book.template
    asked = {item.key for item in template.layout.checklist.items if item.kind is Kind.TABLE}
    if asked - {place.item.key for place in template.layout.tables()}:
        return {}  # what its formulas count over is gone; they keep what they show until they are calculated
    template = replace(
        template,
        context=_form_context(template.layout, template.rules),
        lookback_start=book.meta.lookback_start or template.lookback_start,
    )
    cells = list(plan_start(template).cells)
    for place in template.layout.sheets:
        cells += table_cells(template, place.table) if place.table else plan_form(template, place)[0].cells
    return {cell.formula: str(cell.value) for cell in cells if cell.formula}


@remember_by_identity(limit=16)
def _form_context(layout: Layout, rules: RuleSet) -> BookContext:
    return with_summary(BookContext(layout, rules, strict=False))
