"""Dates among themselves: order, dates that cannot lie ahead, periods without an end, rows before the look-back."""

from __future__ import annotations

from collections.abc import Iterator

from xlsaddin.checklist.answers import FOREVER, Answers, Cell, DateSpan, Row
from xlsaddin.checklist.checks.places import cell_place, item_place
from xlsaddin.checklist.checks.wording import name_place, shown, soften
from xlsaddin.checklist.dates import month_end, parse_date
from xlsaddin.checklist.model import Checklist, Column, Item
from xlsaddin.checklist.periods import column_of_period, lies_outside, row_span
from xlsaddin.checklist.scope import AnswerScope, asked_items
from xlsaddin.findings import Finding, Location, make_finding
from xlsaddin.parameters import Parameters

__all__ = ["check_timing"]


def check_timing(checklist: Checklist, answers: Answers, parameters: Parameters) -> Iterator[Finding]:
    """Yield what is odd about dates that could be read."""
    scope = AnswerScope(checklist, answers, parameters)
    for item in asked_items(checklist, scope):
        if item.past and _lies_ahead(answers.answer(item.key).cell, parameters):
            yield _ahead(item, answers.answer(item.key).cell, item_place(answers, item.key), parameters)
        for row in answers.rows(item.key):
            yield from _check_order(item, row)
            yield from _check_cells(item, row, parameters)
            if lies_outside(item, row, scope.lookback_start):
                place = cell_place(item.key, row, _period_key(item))
                start = scope.lookback_start.isoformat()
                yield make_finding("RS-DATE-007", place, start=start, **name_place(item, row))


def _check_order(item: Item, row: Row) -> Iterator[Finding]:
    first, last = row_span(item, row)
    if first is not None and last is not None and last < first:
        place = cell_place(item.key, row, _period_key(item))
        facts = {"begin": first.isoformat(), "end": last.isoformat(), **name_place(item, row)}
        yield soften(make_finding("RS-DATE-005", place, **facts), item)


def _check_cells(item: Item, row: Row, parameters: Parameters) -> Iterator[Finding]:
    for column in item.columns:
        if not (column.past or column.whole_period):
            continue
        cell, place = row.cell(column.key), cell_place(item.key, row, column.key)
        if column.past and _lies_ahead(cell, parameters):
            yield _ahead(item, cell, place, parameters, row, column)
        if column.whole_period and _is_one_date(cell):
            yield make_finding("RS-DATE-008", place, raw=shown(cell), **name_place(item, row, column))


def _lies_ahead(cell: Cell, parameters: Parameters) -> bool:
    return isinstance(cell.value, DateSpan) and cell.value.first > parameters.as_of and cell.value.first != FOREVER


def _is_one_date(cell: Cell) -> bool:
    """Say whether a cell names one day or month where a beginning and an end are asked."""
    if not isinstance(cell.value, DateSpan) or not isinstance(cell.raw, str):
        return isinstance(cell.value, DateSpan)
    span = parse_date(cell.raw)
    if not isinstance(span, DateSpan):
        return False
    return span.first == span.last != FOREVER or span == DateSpan(span.first.replace(day=1), month_end(span.first))


def _ahead(
    item: Item,
    cell: Cell,
    place: Location,
    parameters: Parameters,
    row: Row | None = None,
    column: Column | None = None,
) -> Finding:
    facts = name_place(item, row, column)
    return make_finding("RS-DATE-006", place, raw=shown(cell), as_of=parameters.as_of.isoformat(), **facts)


def _period_key(item: Item) -> str:
    column = column_of_period(item, "to") or column_of_period(item, "at")
    return column.key if column else ""
