"""What makes rules contradict a checklist: names, tables and columns that nobody provides.

A misspelt column would count nothing, and a level would be low for no reason; so it is refused when rules are loaded.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlsaddin.assessment.item_rules import MEASURED, has_period, screens, tables, unknown_name
from xlsaddin.assessment.rules import RESULT_COLUMNS, RuleSet
from xlsaddin.checklist.expression import Expression, names_in
from xlsaddin.checklist.expression_nodes import columns_in
from xlsaddin.checklist.model import Checklist, Kind
from xlsaddin.parameters import all_parameters

__all__ = ["find_rule_problems"]

_BOOK = frozenset({"as_of", "lookback_start", "lead"})

Known = dict[str, set[str]]
"""Columns by table; names of the workbook under `book`."""


def find_rule_problems(checklist: Checklist, rules: RuleSet) -> Iterator[str]:
    """Yield every name, table or column that an expression reads and the scope does not have."""
    known = _provided(checklist)
    for computed in rules.computed:
        own = known["book"] if computed.table == "book" else known["book"] | known[computed.table]
        yield from _unknown(f"{computed.table}.{computed.key}", computed.expression, own, known)
        known[computed.table].add(computed.key)
    for declaration in rules.declarations:
        yield from _unknown("declarations", declaration.when, known["book"] | known["hits"], known)
    counts = [(one.key, one.count) for one in rules.indicators] + [(one.key, one.count) for one in rules.states]
    counts += [(one.key, one.pending) for one in rules.indicators]
    for key, count in counts:
        yield from _unknown(key, count, known["book"], known)
    yield from _unknown("level", rules.level, known["book"], known)
    yield from _unknown("score", rules.score, known["book"] | {"level"}, known)
    yield from _unknown("state", rules.state, known["book"], known)
    keys = {item.key for item in checklist.items}
    for indicator in rules.indicators:
        yield from (f"{indicator.key}: no item {key}" for key in indicator.cells if key not in keys)


def _provided(checklist: Checklist) -> Known:
    read = [item for item in checklist.items if not item.unread]
    known: Known = {name: set(columns) for name, columns in RESULT_COLUMNS.items()}
    known["hits"] |= {column.fact for item in read for column in item.columns if column.fact}
    known["book"] = {*_BOOK, *all_parameters(), *(item.key for item in read)}
    known["book"] |= {f"{item.key}_reason" for item in read if item.kind is Kind.TABLE}
    for item in tables(checklist):
        known[item.key] = {column.key for column in item.columns} | {"row_id", "compared"}
        known[item.key] |= {unknown_name(column.key) for column in item.columns if column.type in MEASURED}
        known[item.key] |= {"start", "end"} if has_period(item) else set()
        known[item.key] |= {"screened"} if screens(checklist) else set()
    return known


def _unknown(place: str, expression: Expression, names: set[str], known: Known) -> Iterator[str]:
    yield from (f"{place}: no name {name}" for name in sorted(names_in(expression) - names))
    for table, column in sorted(columns_in(expression)):
        if table not in known or table == "book":
            yield f"{place}: no table {table}"
        elif column and column not in known[table]:
            yield f"{place}: no column {table}.{column}"
