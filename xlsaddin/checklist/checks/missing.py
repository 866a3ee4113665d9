"""What is missing: items, states, reasons and cells that are needed, and what is there though it does not apply."""

from __future__ import annotations

from collections.abc import Iterator

from xlsaddin.checklist.answers import Answers, AnswerStatus, Row
from xlsaddin.checklist.checks.places import cell_place, choice_labels, item_place
from xlsaddin.checklist.checks.wording import name_place, soften
from xlsaddin.checklist.model import Checklist, Item, Kind, Type
from xlsaddin.checklist.periods import lies_outside
from xlsaddin.checklist.scope import AnswerScope, asked_items, is_required
from xlsaddin.findings import Finding, make_finding
from xlsaddin.parameters import Parameters

__all__ = ["check_missing"]

_EXPLAINED = frozenset({AnswerStatus.NOT_OBTAINABLE, AnswerStatus.PARTLY})


def check_missing(checklist: Checklist, answers: Answers, parameters: Parameters) -> Iterator[Finding]:
    """Yield everything that is needed and not there, in the order of the checklist."""
    scope = AnswerScope(checklist, answers, parameters)
    asked = {item.key for item in asked_items(checklist, scope)}
    for item in checklist.items:
        if item.key not in asked:
            yield from _check_not_asked(item, answers)
        elif item.kind is Kind.SINGLE:
            yield from _check_single(item, answers, scope)
        else:
            yield from _check_table(checklist, item, answers, scope)


def _check_not_asked(item: Item, answers: Answers) -> Iterator[Finding]:
    answer = answers.answer(item.key)
    if answer.rows or (item.kind is Kind.SINGLE and not answer.cell.blank):
        yield make_finding("RS-REQ-008", item_place(answers, item.key), **name_place(item))


def _check_single(item: Item, answers: Answers, scope: AnswerScope) -> Iterator[Finding]:
    cell, place = answers.answer(item.key).cell, item_place(answers, item.key)
    if is_required(item, scope):
        if item.type is Type.TICK and (cell.blank or cell.value is False):
            yield soften(make_finding("RS-REQ-010", place, **name_place(item)), item)
        elif cell.blank:
            yield soften(make_finding("RS-REQ-001", place, **name_place(item)), item)
    if item.choices == "status" and cell.value == AnswerStatus.NOT_OBTAINABLE:
        reason = scope.reason_of(item) or "-"
        yield make_finding("RS-REQ-009", place, reason=reason, **name_place(item))


def _check_table(checklist: Checklist, item: Item, answers: Answers, scope: AnswerScope) -> Iterator[Finding]:
    answer = answers.answer(item.key)
    place, words = item_place(answers, item.key), name_place(item)
    japanese, english = choice_labels(checklist, "status", answer.status)
    facts = {**words, "status_ja": japanese, "status_en": english, "count": len(answer.rows)}
    needed = is_required(item, scope)
    match answer.status:
        case AnswerStatus.BLANK if answer.rows and needed:
            yield soften(make_finding("RS-REQ-005", place, **facts), item)
        case AnswerStatus.BLANK if needed and answer.status_cell.blank:
            yield soften(make_finding("RS-REQ-002", place, **facts), item)
        case AnswerStatus.GIVEN if not answer.rows:
            yield soften(make_finding("RS-REQ-003", place, **facts), item)
        case AnswerStatus.NONE if answer.rows:
            yield make_finding("RS-REQ-004", place, **facts)
        case AnswerStatus.NOT_OBTAINABLE if answer.reason:
            yield make_finding("RS-REQ-009", place, reason=answer.reason, **words)
    if answer.status in _EXPLAINED and not answer.reason:
        yield soften(make_finding("RS-REQ-006", place, **facts), item)
    if answer.status is not AnswerStatus.PARTLY and not item.office:
        for row in answer.rows:
            yield from _check_row(item, row, scope)


def _check_row(item: Item, row: Row, scope: AnswerScope) -> Iterator[Finding]:
    """Yield the cells a row lacks; a row before the period asked may lack what it likes."""
    if lies_outside(item, row, scope.lookback_start):
        return
    blank = [column for column in item.columns if row.cell(column.key).blank]
    in_row = scope.of_row(item, row) if any(column.required_if for column in blank) else scope
    for column in blank:
        if is_required(column, in_row):
            place = cell_place(item.key, row, column.key)
            yield soften(make_finding("RS-REQ-007", place, **name_place(item, row, column)), item)
