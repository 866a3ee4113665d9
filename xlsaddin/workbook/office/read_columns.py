"""Columns of answers that rules count over, as Python read them: a key, number or day for whatever was typed.

COUNTIFS compares cells as they stand; a choice typed with a blank before it, or a number typed as text, would be
missed, and a level could come out too low.  So rules count over a column of ours beside the answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xlsaddin.assessment.rules import RuleSet
from xlsaddin.checklist.expression import Aggregate, Arithmetic, Call, Compare, Expression, If, Logic, Not, OneOf
from xlsaddin.checklist.model import Column, Type
from xlsaddin.workbook.contexts import currency_cell, this_row
from xlsaddin.workbook.guards import DATED, NUMERIC, guard_cell
from xlsaddin.workbook.labels import Language, word
from xlsaddin.workbook.places import Layout, TablePlace
from xlsaddin.workbook.references import ColumnRange, Spellings, ValueKind

__all__ = ["ReadColumn", "read_columns"]


@dataclass(frozen=True, slots=True)
class ReadColumn:
    """One column as read: of which column, under which header, by which formula."""

    column: Column
    header: str
    formula: str
    kind: ValueKind
    spellings: Spellings

    def range(self, area: str) -> ColumnRange:
        """Return the range rules count over."""
        return ColumnRange(area, self.kind, self.spellings, ours=True)


def read_columns(layout: Layout, rules: RuleSet) -> dict[str, list[ReadColumn]]:
    """Return the columns as read of each table of answers whose columns rules count over."""
    counted = {pair for expression in _expressions(rules) for pair in _counted(expression)}
    found: dict[str, list[ReadColumn]] = {}
    for place in layout.tables():
        for column in place.columns:
            if column.asked is not None and (place.item.key, column.key) in counted:
                read = _read(layout, place, column.asked, column.header)
                if read is not None:
                    found.setdefault(place.item.key, []).append(read)
    return found


def _read(layout: Layout, place: TablePlace, column: Column, header: str) -> ReadColumn | None:
    if column.type is not Type.CHOICE and column.type not in (*NUMERIC, *DATED):
        return None
    keys = [choice.key for choice in layout.checklist.choices_of(column)]
    made = guard_cell(this_row(place.name, header), column, keys, currency=currency_cell(place))
    formula = made.formula if made.kind is ValueKind.CHOICE else f'IFERROR({made.formula},"")'
    shown = word("growth.read", layout.language).format(label=_short(column, layout.language))
    return ReadColumn(column, shown, formula, made.kind, made.spellings)


def _short(column: Column, language: Language) -> str:
    return column.label_en if language is Language.EN else column.label_ja


def _expressions(rules: RuleSet) -> Iterator[Expression]:
    yield from (computed.expression for computed in rules.computed)
    for indicator in rules.indicators:
        yield from (indicator.count, indicator.pending)
    yield from (rule.count for rule in rules.states)
    yield from (rules.level, rules.score, rules.state)


def _counted(expression: Expression) -> Iterator[tuple[str, str]]:
    """Yield table and column of everything an expression counts, sums or compares over rows."""
    if isinstance(expression, Aggregate):
        if expression.column:
            yield expression.table, expression.column
        for column, _, _ in expression.conditions:
            yield expression.table, column
    for part in _parts(expression):
        yield from _counted(part)


def _parts(expression: Expression) -> tuple[Expression, ...]:
    match expression:
        case Compare(_, left, right) | Arithmetic(_, left, right):
            return left, right
        case OneOf(item, _, _) | Not(item):
            return (item,)
        case Logic(_, parts) | Call(_, parts):
            return parts
        case If(condition, then, otherwise):
            return condition, then, otherwise
        case Aggregate(_, _, _, conditions):
            return tuple(right for _, _, right in conditions)
        case _:
            return ()
