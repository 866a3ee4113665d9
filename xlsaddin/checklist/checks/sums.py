"""What adds up: parts of one whole, such as effort, that come to more than 100 % at a time."""

from __future__ import annotations

from collections.abc import Iterator

from xlsaddin.checklist.answers import Answers, Row
from xlsaddin.checklist.checks.places import Facts, cell_place, item_place
from xlsaddin.checklist.checks.wording import name_place
from xlsaddin.checklist.model import Checklist, Column, Item, Type
from xlsaddin.checklist.periods import row_span
from xlsaddin.checklist.scope import AnswerScope, asked_items
from xlsaddin.findings import Finding, make_finding
from xlsaddin.parameters import Parameters

__all__ = ["check_sums"]

_WHOLE = 100.0


def check_sums(checklist: Checklist, answers: Answers, parameters: Parameters) -> Iterator[Finding]:
    """Yield parts that exceed their whole on the day of the check, and percentages that may be meant as 100 %."""
    scope = AnswerScope(checklist, answers, parameters)
    for item in asked_items(checklist, scope):
        for column in item.columns:
            if column.parts:
                yield from _check_sum(item, column, answers, parameters)
            if column.type is Type.PERCENT:
                yield from _check_one_percent(item, column, answers)


def _check_sum(item: Item, column: Column, answers: Answers, parameters: Parameters) -> Iterator[Finding]:
    running = [row for row in answers.rows(item.key) if _is_running(item, row, parameters)]
    shares = [share for row in running if isinstance(share := row.value(column.key), (int, float))]
    total = sum(shares)
    if total > _WHOLE + parameters.number("share_sum_tolerance"):
        facts: Facts = {"column_ja": column.label_ja, "column_en": column.label_en, "day": parameters.as_of.isoformat()}
        place = item_place(answers, item.key)
        yield make_finding("RS-SUM-001", place, total=f"{total:g}", **facts, **name_place(item))


def _is_running(item: Item, row: Row, parameters: Parameters) -> bool:
    first, last = row_span(item, row)
    begun = first is None or first <= parameters.as_of
    return begun and (last is None or last >= parameters.as_of)


def _check_one_percent(item: Item, column: Column, answers: Answers) -> Iterator[Finding]:
    """A cell formatted as a percentage holds 1 for 100 %."""
    for row in answers.rows(item.key):
        cell = row.cell(column.key)
        if cell.value == 1 and not isinstance(cell.raw, str):
            yield make_finding("RS-NUM-004", cell_place(item.key, row, column.key), **name_place(item, row, column))
