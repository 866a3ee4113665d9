"""Mitigation measures (3-4) that the indicators call for, with their texts from `data/measures.toml`.

"Reasonable measures according to the degree of risk are enough": the texts are proposals; a person decides.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from pydantic import Field

from xlsaddin import resources
from xlsaddin.assessment.model import Contribution, Level, Measure, MeasureKind
from xlsaddin.assessment.rules import Indicator, RuleSet
from xlsaddin.assessment.scope import EvaluationScope
from xlsaddin.checklist.definition import build_model, read_toml
from xlsaddin.checklist.expression import evaluate, parse_expression
from xlsaddin.checklist.model import Definition


class MeasureText(Definition):
    """Text of one kind of measure.

    Attributes:
        ja, en: what to do. reference: clause. title_ja, title_en: the words of 3-4.
        only_for: checklist items that must exist and the condition on them under which the measure makes sense.
        by_indicator: text in place of the general one, by indicator.
    """

    title_ja: str
    title_en: str
    ja: str
    en: str
    reference: str = "手順書3-4"
    only_for: dict[str, str] = Field(default_factory=dict)
    by_indicator: dict[str, tuple[str, str]] = Field(default_factory=dict)


class MeasureTexts(Definition):
    """All measure texts by kind."""

    measures: dict[MeasureKind, MeasureText]


@cache
def load_measures() -> dict[MeasureKind, MeasureText]:
    """Return the texts of all measures; raises DefinitionError."""
    path = resources.package_path("measures.toml")
    return build_model(MeasureTexts, read_toml(path), path).measures


def propose_measures(
    rules: RuleSet, contributions: Iterable[Contribution], scope: EvaluationScope
) -> tuple[Measure, ...]:
    """Return the measures called for, required ones first; nothing is proposed at level low."""
    acting = {one.indicator for one in contributions if one.count and one.level > Level.LOW}
    indicators = [indicator for indicator in rules.indicators if indicator.key in acting]
    required = [_measure(kind, indicators, True) for kind in MeasureKind if _calling(kind, indicators, True)]
    taken = {measure.kind for measure in required}
    offered = [
        _measure(kind, indicators, False)
        for kind in MeasureKind
        if kind not in taken and _calling(kind, indicators, False) and _makes_sense(kind, rules.checklist, scope)
    ]
    return (*required, *offered)


def _calling(kind: MeasureKind, indicators: Iterable[Indicator], required: bool) -> list[str]:
    return [one.key for one in indicators if kind in (one.measures if required else one.offered)]


def _measure(kind: MeasureKind, indicators: Iterable[Indicator], required: bool) -> Measure:
    text, calling = load_measures()[kind], _calling(kind, indicators, required)
    own = [text.by_indicator[key] for key in calling if key in text.by_indicator]
    texts = tuple(dict.fromkeys(own)) or ((text.ja, text.en),)
    return Measure(
        kind=kind,
        text_ja=f"{text.title_ja}: " + " ".join(ja for ja, _ in texts),
        text_en=f"{text.title_en}: " + " ".join(en for _, en in texts),
        required=required,
        indicators=tuple(calling),
        reference=text.reference,
    )


def _makes_sense(kind: MeasureKind, checklist: str, scope: EvaluationScope) -> bool:
    condition = load_measures()[kind].only_for.get(checklist)
    return condition is None or evaluate(parse_expression(condition), scope) is True
