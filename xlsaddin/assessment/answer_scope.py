"""Answers as rules see them: one value a name, one mapping a row. What could not be read is blank.

The workbook's formulas read the same values from the cells, so nothing is put right here that a formula cannot see.
"""

from __future__ import annotations

from datetime import date

from xlsaddin.assessment.item_rules import MEASURED, has_period, listed_items, tables, unknown_name
from xlsaddin.assessment.scope import TableRow
from xlsaddin.checklist.answers import FOREVER, Answers, AnswerStatus, DateSpan, Row
from xlsaddin.checklist.expression import Scalar
from xlsaddin.checklist.institutions import Institution, institution_of
from xlsaddin.checklist.model import Checklist, Item, Kind, Lookback
from xlsaddin.checklist.periods import column_of_period, row_span
from xlsaddin.checklist.scope import scalar_of
from xlsaddin.checklist.words import UNKNOWN


def answer_names(checklist: Checklist, answers: Answers) -> dict[str, Scalar]:
    """Return the value of every single item, and state and reason of every table item."""
    names: dict[str, Scalar] = {"lead": int(institution_of(answers) is Institution.LEAD)}
    for item in checklist.items:
        answer = answers.answer(item.key)
        if item.kind is Kind.SINGLE:
            names[item.key] = scalar_of(item, answer.cell.value)
        else:
            names[item.key] = None if answer.status is AnswerStatus.BLANK else answer.status.value
            names[f"{item.key}_reason"] = answer.reason.strip() or None
    return names


def answer_tables(checklist: Checklist, answers: Answers) -> dict[str, list[TableRow]]:
    """Return the rows of every table item, and the rows of table `items`."""
    found = {item.key: [row_values(item, row) for row in answers.rows(item.key)] for item in tables(checklist)}
    found["items"] = [{"item": item.key, "duty": item.duty.value} for item in listed_items(checklist)]
    return found


def row_values(item: Item, row: Row) -> TableRow:
    """Return one row by column, with `start` and `end` where the table has a period."""
    values: TableRow = {column.key: scalar_of(column, row.value(column.key)) for column in item.columns}
    values |= {
        unknown_name(column.key): int(row.value(column.key) == UNKNOWN)
        for column in item.columns
        if column.type in MEASURED
    }
    if has_period(item):
        values["start"], values["end"] = row_period(item, row)
    return values


def row_period(item: Item, row: Row) -> tuple[date | None, date | None]:
    """Return first and last day of a row's fact; an end that may stay blank is taken as `assessment.rules` says."""
    start, end = row_span(item, row)
    until, since = column_of_period(item, "to"), column_of_period(item, "from")
    if end is not None or until is None or until.required or not row.cell(until.key).blank:
        return start, end
    if item.lookback is Lookback.CURRENT:
        return start, FOREVER
    first = row.value(since.key) if since else None
    return start, first.last if isinstance(first, DateSpan) and first.last != FOREVER else None
