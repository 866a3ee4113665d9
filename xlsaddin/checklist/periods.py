"""When a row's fact held, and how far back the institution asks: fiscal years, look-back start, spans of rows.

A row counts by overlap: a grant obtained before the look-back whose period reaches into it is inside.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from xlsaddin.checklist.answers import FOREVER, Answers, DateSpan, Row, Value
from xlsaddin.checklist.model import Checklist, Column, Item, Kind, Lookback
from xlsaddin.parameters import Parameters

__all__ = ["application_year", "column_of_period", "fiscal_year", "lies_outside", "lookback_start", "row_span"]

APPLICATION_YEAR = "application_year"
"""Key of the item or column that names the fiscal year of the application, in any checklist."""


def fiscal_year(day: date, parameters: Parameters) -> int:
    """Return the fiscal year of a day."""
    return day.year if day.month >= parameters.integer("fiscal_year_first_month") else day.year - 1


def application_year(checklist: Checklist, answers: Answers, parameters: Parameters) -> int:
    """Return the fiscal year of the application: the earliest of the projects named, else that of as-of."""
    years = [value for item in checklist.items for value in _stated_years(item, answers)]
    named = [year for year in years if isinstance(year, int) and not isinstance(year, bool)]
    reach = parameters.integer("application_years_plausible")
    plausible = [year for year in named if abs(year - parameters.as_of.year) <= reach]
    return min(plausible, default=fiscal_year(parameters.as_of, parameters))


def _stated_years(item: Item, answers: Answers) -> Iterator[Value]:
    if item.key == APPLICATION_YEAR and item.kind is Kind.SINGLE:
        yield answers.value(item.key)
    if any(column.key == APPLICATION_YEAR for column in item.columns):
        yield from (row.value(APPLICATION_YEAR) for row in answers.rows(item.key))


def lookback_start(year: int, parameters: Parameters) -> date:
    """Return the first day asked for an application in fiscal year `year`."""
    first_month = parameters.integer("fiscal_year_first_month")
    return date(year - parameters.integer("lookback_years_before"), first_month, 1)


def column_of_period(item: Item, bound: str) -> Column | None:
    """Return the column that bounds a row's period as `from`, `to` or `at`, None when the table has none."""
    return item.bounds.get(bound)


def row_span(item: Item, row: Row) -> tuple[date | None, date | None]:
    """Return the first and the last day of a row's fact; None for a side that is blank, unreadable or not asked.

    A period in one cell (`2024.4-2025.3`) serves as both sides when the end stands nowhere else.
    """
    bounds = item.bounds
    at, begin, until = bounds.get("at"), bounds.get("from"), bounds.get("to")
    opening = at or begin
    if opening is None:
        return None, None
    first = row.value(opening.key)
    last = row.value(until.key) if until else None
    start = first.first if isinstance(first, DateSpan) and first.first != FOREVER else None
    if isinstance(last, DateSpan):
        return start, last.last
    if until is not None and not row.cell(until.key).blank:
        return start, None  # an end stands there that nobody can read
    if isinstance(first, DateSpan) and (at is not None or is_period(first)):
        return start, first.last
    return start, None


def is_period(span: DateSpan) -> bool:
    """Return whether a date says a beginning and an end rather than a day, month, calendar or fiscal year."""
    months = (span.last.year - span.first.year) * 12 + span.last.month - span.first.month
    return span.last == FOREVER or months not in (0, 11)


def lies_outside(item: Item, row: Row, start: date) -> bool:
    """Return whether a row of an item asked by window ended before the look-back, for certain."""
    first, last = row_span(item, row)
    return item.lookback is Lookback.WINDOW and last is not None and last < start and (first is None or first <= last)
