"""Differences between what is declared and what the lists show, asked of the person before anything is concluded.

One finding a listed body, whatever the number of rows; nothing for facts before the period asked, for names judged to
be another body, or where the person already declared the tie.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from xlsaddin.assessment.rules import Declaration, RuleSet
from xlsaddin.assessment.scope import EvaluationScope, RowScope, TableRow
from xlsaddin.checklist.answers import Answers
from xlsaddin.checklist.expression import evaluate
from xlsaddin.checklist.model import Checklist, Item
from xlsaddin.findings import Finding, Location, make_finding

__all__ = ["find_differences", "find_unlisted", "mark_declared"]

_UNDISCLOSED = ("not_obtainable", "partly")


def mark_declared(rules: RuleSet, scope: EvaluationScope) -> None:
    """Set `declared` and `asked_in` in the rows of `hits`: 0 where a tie is not named in an item it should be in."""
    rows = scope.tables["hits"]
    for row in rows:
        rule = _declaration(rules.declarations, row, scope)
        row["asked_in"] = rule.asked_in[0] if rule else None
        row["declared"] = int(rule is None or _is_declared(rule, row, rows, scope))


def find_differences(checklist: Checklist, scope: EvaluationScope, places: Sequence[Location]) -> Iterator[Finding]:
    """Yield one difference for each body that has hits to be asked about; the scope's hits are computed.

    Args:
        checklist: for numbers and labels. scope: after `compute`.
        places: where each hit stands.
    """
    seen: set[str] = set()
    for row, place in zip(scope.tables["hits"], places, strict=True):
        body = str(row["body"])
        if row["asks"] == 1 and body not in seen:
            seen.add(body)
            source, target = checklist.item(str(row["item"])), checklist.item(str(row["asked_in"]))
            facts = {
                "name": row["query"],
                "listed": row["listed"],
                **_labels("source", source),
                **_labels("target", target),
            }
            finding = make_finding("RS-DIFF-001", place, difference=True, **facts)
            yield replace(finding, body=body)


def find_unlisted(checklist: Checklist, answers: Answers, scope: EvaluationScope) -> Iterator[Finding]:
    """Yield a difference for each row that names a list and a body which none of the lists used has."""
    found = {row["row_id"] for row in scope.tables["hits"]}
    for item in checklist.items:
        if {"body", "list_name"} <= {column.key for column in item.columns}:
            for row, values in zip(answers.rows(item.key), scope.tables[item.key], strict=True):
                if values["body"] and values["list_name"] and values["row_id"] not in found:
                    facts = {"name": values["body"], "list_name": values["list_name"], "source": _number(item)}
                    yield make_finding("RS-DIFF-002", row.cell("body").location, difference=True, **facts)


def _declaration(declarations: Iterable[Declaration], row: TableRow, scope: EvaluationScope) -> Declaration | None:
    return next((rule for rule in declarations if evaluate(rule.when, RowScope(row, scope)) is True), None)


def _is_declared(rule: Declaration, row: TableRow, rows: Iterable[TableRow], scope: EvaluationScope) -> bool:
    if any(scope.names[item] in _UNDISCLOSED for item in rule.asked_in):
        return True
    return any(other["item"] in rule.asked_in and other["body"] == row["body"] for other in rows)


def _labels(name: str, item: Item) -> dict[str, str]:
    return {name: _number(item), f"{name}_label_ja": item.label_ja, f"{name}_label_en": item.label_en}


def _number(item: Item) -> str:
    return item.number or item.label_ja
