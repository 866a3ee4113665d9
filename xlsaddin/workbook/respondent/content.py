"""What stands in an input cell for an answer that is known beforehand: the label of a choice, a date of Excel, else
the content as it was written."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from xlsaddin.checklist.answers import FOREVER, Answer, Cell, DateSpan
from xlsaddin.checklist.model import Checklist, Column, Item, Type
from xlsaddin.workbook.labels import TICKED, Language, choice_labels
from xlsaddin.workbook.plan import CellValue

__all__ = ["cell_content", "status_content"]

_STILL = {Language.JA: "現在", Language.BOTH: "現在", Language.EN: "present"}


def cell_content(asked: Item | Column, cell: Cell, checklist: Checklist, language: Language) -> CellValue:
    """Return the content of an input cell; what was not understood stays as it was written."""
    match cell.value:
        case str() if asked.type is Type.CHOICE:
            return choice_labels(checklist.choices_of(asked), language)[cell.value]
        case True if asked.type is Type.TICK:
            return TICKED
        case DateSpan() as span:
            return _date_content(span, asked.type, cell, language)
        case tuple() as names if cell.raw is None:
            return "; ".join(names)
    return _plain(cell.value if cell.raw is None else cell.raw)


def status_content(answer: Answer, checklist: Checklist, language: Language) -> CellValue:
    """Return the content of the state cell of a table item."""
    return choice_labels(checklist.choices["status"], language).get(answer.status.value)


def _date_content(span: DateSpan, kind: Type, cell: Cell, language: Language) -> CellValue:
    if span.first == FOREVER:
        return _STILL[language]
    whole_month = span.first.day == 1 and span.last == _month_end(span.first)
    if span.first == span.last or (kind is Type.MONTH and whole_month):
        return span.first
    if cell.raw is not None:
        return _plain(cell.raw)
    last = _STILL[language] if span.last == FOREVER else f"{span.last:%Y/%m/%d}"
    return f"{span.first:%Y/%m/%d}-{last}"


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _plain(value: object) -> CellValue:
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    return value if value is None or isinstance(value, (str, int, float, bool)) else str(value)
