"""Loading the rules of a checklist: common ones, its own, and those that follow from its questions."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from operator import is_

from xlsaddin.assessment.consistency import find_rule_problems
from xlsaddin.assessment.definition import IndicatorEntry, RuleFile, StateEntry, read_rule_file
from xlsaddin.assessment.item_rules import Choices, item_columns, row_columns, screening_states, screens
from xlsaddin.assessment.model import Level
from xlsaddin.assessment.residency_rules import residency_names
from xlsaddin.assessment.rules import Computed, Declaration, Indicator, RuleSet, StateRule
from xlsaddin.checklist.expression import Expression, If, Literal, Name, OneOf, names_in, parse_expression
from xlsaddin.checklist.identity_cache import remember_by_identity
from xlsaddin.checklist.model import Checklist, Choice
from xlsaddin.errors import DefinitionError
from xlsaddin.parameters import Parameters, all_parameters

__all__ = ["load_rules"]

_NO_SIGN = "none"


def load_rules(checklist: Checklist, parameters: Parameters) -> RuleSet:
    """Return the rules of a checklist as in force on the day of the parameters; raises DefinitionError.

    Args:
        checklist: as the profile asks it.
        parameters: of the day, with the profile's own values laid over them.
    """
    common, own = read_rule_file("common"), read_rule_file(checklist.key)
    files = (common, own, *(read_rule_file(name) for name in own.include))
    known = next((one for one in _RECENT if one.fits(checklist, files)), None)
    if known is None:
        known = _Built(checklist, files, _build(checklist, files))
        _RECENT.append(known)
    rules = known.rules
    return _with_values(rules, values=tuple((key, parameters.number(key)) for key in rules.parameters))


@remember_by_identity(limit=64)
def _with_values(rules: RuleSet, *, values: tuple[tuple[str, float], ...]) -> RuleSet:
    return replace(rules, parameters=dict(values))


@dataclass(frozen=True, slots=True)
class _Built:
    """Rules built before, from these files for a checklist equal to this one; their parameters hold no values."""

    checklist: Checklist
    files: tuple[RuleFile, ...]
    rules: RuleSet

    def fits(self, checklist: Checklist, files: tuple[RuleFile, ...]) -> bool:
        """Return whether the rules are those of a checklist under the files as they are now."""
        same = len(files) == len(self.files) and all(map(is_, files, self.files))
        return same and (checklist is self.checklist or checklist == self.checklist)


_RECENT: deque[_Built] = deque(maxlen=32)


def _build(checklist: Checklist, files: tuple[RuleFile, ...]) -> RuleSet:
    common, own, *shared = files
    if common.result is None:
        raise DefinitionError("RS-RULE-001", path="common.toml", reason="[result] is missing")
    choices = {name: _choices(keys) for rules in (common, own) for name, keys in rules.choices.items()}
    indicators = [entry for rules in (*shared, own, common) for entry in rules.indicators]
    rules = RuleSet(
        checklist=checklist.key,
        version=own.version or common.version,
        computed=tuple(_all_computed(checklist, common, own, indicators, choices)),
        indicators=tuple(_indicator(entry) for entry in indicators),
        states=(
            *_states(common.states, screens(checklist)),
            *screening_states(checklist, common.totals),
            *_states(own.states, True),
        ),
        level=parse(common.result.level),
        score=parse(common.result.score),
        state=parse(common.result.state),
        parameters={},
        declarations=tuple(Declaration(parse(entry.when), entry.asked_in) for entry in own.declarations),
        affiliations=own.affiliations,
    )
    if problems := list(find_rule_problems(checklist, rules)):
        raise DefinitionError("RS-RULE-001", path=f"{checklist.key}.toml", reason="; ".join(problems[:5]))
    return replace(rules, parameters=dict.fromkeys(sorted(_parameters_in(rules)), 0.0))


def _all_computed(
    checklist: Checklist, common: RuleFile, own: RuleFile, indicators: list[IndicatorEntry], choices: Choices
) -> Iterator[Computed]:
    yield from row_columns(checklist, _one_line(common.periods["span"]), choices)
    yield from _computed(own, choices)
    if own.residency is not None:
        yield from residency_names(own.residency, checklist)
    yield from _signs(indicators)
    yield from _computed(common, choices)
    yield from item_columns(checklist, choices)


def _parameters_in(rules: RuleSet) -> frozenset[str]:
    expressions = [rules.level, rules.score, rules.state]
    expressions += [one.expression for one in rules.computed]
    expressions += [one.count for one in rules.indicators] + [one.count for one in rules.states]
    names = frozenset().union(*(names_in(expression) for expression in expressions))
    return names & set(all_parameters())


def parse(text: str) -> Expression:
    """Return the parsed expression of a text that may run over several lines."""
    return parse_expression(_one_line(text))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _choices(keys: dict[str, tuple[str, str]]) -> tuple[Choice, ...]:
    return tuple(Choice(key=key, ja=ja, en=en) for key, (ja, en) in keys.items())


def _computed(rules: RuleFile, choices: Choices) -> Iterator[Computed]:
    for entry in rules.computed:
        shown = choices[entry.choices] if entry.choices else ()
        yield Computed(entry.table, entry.key, entry.label_ja, entry.label_en, parse(entry.expression), shown)


def _signs(indicators: Iterable[IndicatorEntry]) -> Iterator[Computed]:
    """Yield the two columns that say which indicator a hit speaks for, and what level that gives."""
    counted = [entry for entry in indicators if entry.hits]
    sign: Expression = Literal(_NO_SIGN)
    for entry in reversed(counted):
        sign = If(parse(entry.hits), Literal(entry.key), sign)
    shown = [Choice(key=entry.key, ja=entry.label_ja, en=entry.label_en) for entry in counted]
    shown.append(Choice(key=_NO_SIGN, ja="なし", en="None"))
    gives: Expression = Literal(0)
    for level in (Level.MODERATE, Level.HIGH, Level.CRITICAL):
        keys = tuple(entry.key for entry in counted if entry.level == level.key)
        if keys:
            gives = If(OneOf(Name("sign"), keys, False), Literal(int(level)), gives)
    yield Computed("hits", "sign", "指標", "Indicator", sign, tuple(shown))
    yield Computed("hits", "gives", "指標の区分（0から3）", "Level of the indicator (0 to 3)", gives)


def _indicator(entry: IndicatorEntry) -> Indicator:
    if bool(entry.hits) == bool(entry.count):
        raise DefinitionError("RS-RULE-001", path=entry.key, reason="an indicator has either `hits` or `count`")
    counted, pending = entry.count, entry.pending
    if entry.hits:
        counted = f'count(hits, sign == "{entry.key}", weighs == 1)'
        pending = f'count(hits, sign == "{entry.key}", standing == "pending")'
    return Indicator(
        key=entry.key,
        label_ja=entry.label_ja,
        label_en=entry.label_en,
        count=parse(counted),
        pending=parse(pending),
        level=Level[entry.level.upper()],
        raises=entry.raises,
        measures=entry.measures,
        offered=entry.offered,
        reason_ja=entry.reason_ja,
        reason_en=entry.reason_en,
        reference=entry.reference,
        origin=entry.origin,
        cells=entry.cells,
    )


def _states(entries: Iterable[StateEntry], screened: bool) -> Iterator[StateRule]:
    for entry in entries:
        if screened or not entry.screens:
            yield StateRule(entry.key, entry.state, parse(entry.count), entry.ja, entry.en)
