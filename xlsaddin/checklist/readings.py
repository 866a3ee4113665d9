"""What formulas cannot read and we can: `令和8年5月20日` and `3,000千円` with their readings, for the workbook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from xlsaddin.checklist.answers import Answers, Cell, DateSpan
from xlsaddin.checklist.dates import parse_date, parse_serial
from xlsaddin.checklist.model import Checklist, Column, Kind, Type

__all__ = ["DateReading", "NumberReading", "date_readings", "number_readings"]

_NUMERIC = frozenset({Type.INTEGER, Type.NUMBER, Type.PERCENT, Type.MONEY})
_DATED = frozenset({Type.DATE, Type.MONTH})


@dataclass(frozen=True, slots=True)
class DateReading:
    """A date text as written (or a number that is no date of Excel, such as 2024), with its first and last day.

    In month columns a formula takes the end of the last day's month, as `values` does.
    """

    written: str | int | float
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class NumberReading:
    """A number written as text, with its value; None where a person wrote that they do not know."""

    written: str
    value: float | None


def date_readings(checklist: Checklist, answers: Answers) -> tuple[DateReading, ...]:
    """Return a reading for each distinct content of date cells that a formula cannot read by itself."""
    found: dict[str | int | float, DateReading] = {}
    for cell in _cells(checklist, answers, _DATED):
        written = cell.raw.strip() if isinstance(cell.raw, str) else cell.raw
        if isinstance(cell.value, DateSpan) and isinstance(written, (str, int, float)):
            span = parse_date(written) if isinstance(written, str) else parse_serial(written)
            plain = isinstance(written, str) or (isinstance(span, DateSpan) and span.first != span.last)
            if isinstance(span, DateSpan) and plain:
                key = written.casefold() if isinstance(written, str) else written
                found.setdefault(key, DateReading(written, span.first, span.last))
    return tuple(found.values())


def number_readings(checklist: Checklist, answers: Answers) -> tuple[NumberReading, ...]:
    """Return a reading for each distinct text in number cells."""
    found: dict[str, NumberReading] = {}
    for cell in _cells(checklist, answers, _NUMERIC):
        if isinstance(cell.raw, str) and not cell.blank and cell.fault is None:
            written = cell.raw.strip()
            value = float(cell.value) if isinstance(cell.value, (int, float)) else None
            found.setdefault(written.casefold(), NumberReading(written, value))
    return tuple(found.values())


def _cells(checklist: Checklist, answers: Answers, types: frozenset[Type]) -> Iterator[Cell]:
    for item in checklist.items:
        if item.kind is Kind.SINGLE and item.type in types:
            yield answers.answer(item.key).cell
        columns: list[Column] = [column for column in item.columns if column.type in types]
        for row in answers.rows(item.key):
            yield from (row.cell(column.key) for column in columns)
