"""What names mean while an expression over answers is evaluated: items, columns of a row, as-of, parameters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import copy
from datetime import date
from functools import cached_property

from xlsaddin.checklist.answers import Answers, DateSpan, Row, Value
from xlsaddin.checklist.expression import Scalar, evaluate, parse_expression
from xlsaddin.checklist.institutions import Institution, institution_of
from xlsaddin.checklist.model import Checklist, Column, Item, Kind, Type
from xlsaddin.checklist.periods import application_year, lookback_start
from xlsaddin.parameters import Parameters, all_parameters

_NO_TEXT = frozenset({Type.DATE, Type.MONTH, Type.INTEGER, Type.NUMBER, Type.PERCENT, Type.MONEY})

__all__ = ["AnswerScope", "asked_items", "is_required", "scalar_of"]


def scalar_of(asked: Item | Column, value: Value) -> Scalar:
    """Return a value as rules and formulas see it: dates by their first day, names joined, an unticked box as blank.

    A number or date that could not be read, or that a person does not know, is blank.
    """
    match value:
        case DateSpan(first, _):
            return first
        case tuple():
            return "; ".join(value) or None
        case str():
            return None if asked.type in _NO_TEXT else value.strip() or None
        case bool():
            return True if value else None
        case _:
            return value


class AnswerScope:
    """Names over the answers of one checklist; `of_row` adds the columns of a row. Items no rule may read have no name.

    Args:
        checklist, answers: what was asked and answered.
        parameters: in force; their `as_of` is the day.
    """

    def __init__(self, checklist: Checklist, answers: Answers, parameters: Parameters) -> None:
        self._checklist = checklist
        self._answers = answers
        self._parameters = parameters
        self._row: Mapping[str, Scalar] = {}
        self._items = {item.key: item for item in checklist.items if not item.unread}

    @cached_property
    def lookback_start(self) -> date:
        """First day asked of items with a look-back window."""
        year = application_year(self._checklist, self._answers, self._parameters)
        return lookback_start(year, self._parameters)

    def of_row(self, item: Item, row: Row) -> AnswerScope:
        """Return this scope with the columns of a row before everything else."""
        scope = copy(self)
        scope._row = {column.key: scalar_of(column, row.value(column.key)) for column in item.columns}
        return scope

    def value(self, name: str) -> Scalar:
        """Return the value of a name; raises KeyError for an unknown one."""
        if name in self._row:
            return self._row[name]
        if name in self._items:
            return self._item(self._items[name])
        match name:
            case "as_of":
                return self._parameters.as_of
            case "lookback_start":
                return self.lookback_start
            case "lead":
                return int(institution_of(self._answers) is Institution.LEAD)
        if name in all_parameters():
            return self._parameters.number(name)
        raise KeyError(name)

    def rows(self, table: str) -> Iterator[Mapping[str, Scalar]]:
        """Yield the rows of a table item; raises KeyError for an unknown one."""
        item = self._items[table]
        for row in self._answers.rows(item.key):
            yield {column.key: scalar_of(column, row.value(column.key)) for column in item.columns}

    def holds(self, condition: str) -> bool:
        """Return whether a condition of the definition is true."""
        return evaluate(parse_expression(condition), self) is True

    def reason_of(self, item: Item) -> str:
        """Return the reason written beside an item that is answered by a state (`<key>_reason`), empty when none is."""
        reason = self._answers.value(f"{item.key}_reason")
        return reason if isinstance(reason, str) else self._answers.answer(item.key).reason

    def _item(self, item: Item) -> Scalar:
        if item.kind is Kind.SINGLE:
            return scalar_of(item, self._answers.value(item.key))
        return scalar_of(item, self._answers.answer(item.key).status_cell.value)


def asked_items(checklist: Checklist, scope: AnswerScope) -> Iterator[Item]:
    """Yield the items that apply to these answers."""
    return (item for item in checklist.items if not item.applies_if or scope.holds(item.applies_if))


def is_required(asked: Item | Column, scope: AnswerScope) -> bool:
    """Return whether an answer is needed here, given the other answers."""
    office = isinstance(asked, Item) and asked.office
    return not office and (asked.required or bool(asked.required_if and scope.holds(asked.required_if)))
