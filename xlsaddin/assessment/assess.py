"""Evaluating the rules of one workbook: indicators, state reasons, level, score, state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from xlsaddin.assessment.measures import propose_measures
from xlsaddin.assessment.model import Assessment, Contribution, Level, State, StateReason
from xlsaddin.assessment.rules import Indicator, RuleSet
from xlsaddin.assessment.scope import EvaluationScope, TableRow
from xlsaddin.checklist.expression import Expression, Scalar, evaluate

__all__ = ["Places", "assess", "build_scope"]

Places = Callable[[str], tuple[str, ...]]
"""Where the answer to an item stands, as `sheet!cell`."""


def build_scope(
    rules: RuleSet,
    names: Mapping[str, Scalar],
    tables: Mapping[str, list[TableRow]],
    as_of: date,
    lookback_start: date,
) -> EvaluationScope:
    """Return the scope of a workbook before anything is computed.

    Args:
        rules: for its parameters.
        names, tables: answers (`answer_scope`); hits, differences and lists are empty unless given.
        as_of, lookback_start: the two days everything is seen from.
    """
    days: dict[str, Scalar] = {"as_of": as_of, "lookback_start": lookback_start}
    empty: dict[str, list[TableRow]] = {"hits": [], "differences": [], "lists": []}
    return EvaluationScope({**rules.parameters, **days, **names}, {**empty, **tables})


def assess(rules: RuleSet, scope: EvaluationScope, places: Places) -> Assessment:
    """Return the assessment; the scope must be computed and afterwards holds `contributions` and `reasons` too."""
    contributions = tuple(_contribution(indicator, scope, places) for indicator in rules.indicators)
    scope.tables["contributions"] = [
        {"indicator": one.indicator, "hits": one.count, "level": int(one.level), "pending": pending}
        for one, pending in zip(contributions, _pending(rules, scope), strict=True)
    ]
    reasons = [StateReason(rule.key, rule.state, _count(rule.count, scope), rule.ja, rule.en) for rule in rules.states]
    scope.tables["reasons"] = [
        {"reason": reason.key, "state": reason.state.value, "number": reason.count} for reason in reasons
    ]
    level = Level(_count(rules.level, scope))
    scope.names["level"] = int(level)
    return Assessment(
        level=level,
        score=_count(rules.score, scope),
        state=State(str(evaluate(rules.state, scope))),
        state_reasons=tuple(reason for reason in reasons if reason.count),
        contributions=contributions,
        measures=propose_measures(rules, contributions, scope),
    )


def _contribution(indicator: Indicator, scope: EvaluationScope, places: Places) -> Contribution:
    count = _count(indicator.count, scope)
    hits = [row for row in scope.tables["hits"] if row["sign"] == indicator.key and row["weighs"] == 1]
    cells = [str(row["place"]) for row in hits] if hits else [one for key in indicator.cells for one in places(key)]
    return Contribution(
        indicator=indicator.key,
        label_ja=indicator.label_ja,
        label_en=indicator.label_en,
        level=indicator.level if count and not indicator.raises else Level.LOW,
        count=count,
        provisional=_count(indicator.pending, scope) > 0,
        reason_ja=indicator.reason_ja.format(count=count),
        reason_en=indicator.reason_en.format(count=count),
        cells=tuple(dict.fromkeys(cells)) if count else (),
        reference=indicator.reference,
        origin=indicator.origin,
    )


def _pending(rules: RuleSet, scope: EvaluationScope) -> list[int]:
    return [_count(indicator.pending, scope) for indicator in rules.indicators]


def _count(expression: Expression, scope: EvaluationScope) -> int:
    value = evaluate(expression, scope)
    return int(value) if isinstance(value, (int, float)) else 0
