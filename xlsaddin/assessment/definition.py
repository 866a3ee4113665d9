"""The TOML form of rules, read strictly; `loading` makes a `RuleSet` of it.

- `include`: files of indicators that several checklists share
- `[choices.<name>]`: `key = ["日本語", "English"]`
- `[[computed]]`: a column of `hits`, `differences` or a table item, or a name of table `book`
- `[[indicators]]`: `hits` (a condition on a placed hit; the first indicator that fits takes the hit) or `count`
- `[[states]]`: what keeps a result from being final; `screens = true` only where a checklist is screened at all
- `[[declarations]]`: where a tie should be declared too; `affiliations`: items that state a person's affiliations
- `[residency]`: the facts of `residency.toml` in terms of the checklist
- `[periods] span`, `[totals]`, `[result] level score state`: in `common.toml` alone
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from xlsaddin import resources
from xlsaddin.assessment.model import MeasureKind, State
from xlsaddin.assessment.residency_tables import DecisionRow
from xlsaddin.checklist.definition import build_model, read_toml
from xlsaddin.checklist.model import Definition, Key


class ComputedEntry(Definition):
    """A `[[computed]]` block."""

    table: Key
    key: Key
    label_ja: str
    label_en: str
    expression: str
    choices: str = ""


class IndicatorEntry(Definition):
    """An `[[indicators]]` block with either `hits` or `count`."""

    key: Key
    level: Literal["low", "moderate", "high", "critical"]
    hits: str = ""
    count: str = ""
    pending: str = "0"
    raises: bool = False
    measures: tuple[MeasureKind, ...] = ()
    offered: tuple[MeasureKind, ...] = ()
    label_ja: str
    label_en: str
    reason_ja: str
    reason_en: str
    reference: str
    origin: Literal["procedure", "law", "funder", "house"] = "house"
    cells: tuple[Key, ...] = ()


class StateEntry(Definition):
    """A `[[states]]` block."""

    key: Key
    state: State
    count: str
    ja: str
    en: str
    screens: bool = False


class DeclarationEntry(Definition):
    """A `[[declarations]]` block: a tie that should be named in other items too."""

    when: str
    asked_in: tuple[Key, ...]


class ResultEntry(Definition):
    """The `[result]` block: expressions of level, score and state."""

    level: str
    score: str
    state: str


class ResidencyEntry(Definition):
    """The `[residency]` block: the facts of the residency tables in terms of this checklist.

    Attributes:
        contracts: table item with a contract a row, its columns named as in the tables.
        stated: choice items by fact; facts: expressions by fact, in order.
        none: the row that decides when the person answered that nothing applies.
    """

    contracts: Key
    stated: dict[Key, Key]
    facts: dict[Key, str]
    none: DecisionRow


class RuleFile(Definition):
    """One file of rules; `include` names files whose indicators come first."""

    version: str = ""
    include: tuple[Key, ...] = ()
    choices: dict[str, dict[str, tuple[str, str]]] = Field(default_factory=dict)
    periods: dict[Literal["span"], str] = Field(default_factory=dict)
    totals: dict[str, str] = Field(default_factory=dict)
    computed: tuple[ComputedEntry, ...] = ()
    indicators: tuple[IndicatorEntry, ...] = ()
    states: tuple[StateEntry, ...] = ()
    declarations: tuple[DeclarationEntry, ...] = ()
    affiliations: tuple[Key, ...] = ()
    residency: ResidencyEntry | None = None
    result: ResultEntry | None = None


def read_rule_file(name: str) -> RuleFile:
    """Return the rules of one file, the institution's own version first; an empty one where there is none."""
    for path in (resources.home() / "rules" / f"{name}.toml", resources.package_path("rules", f"{name}.toml")):
        if path.is_file():
            return _read(path, path.stat().st_mtime_ns)
    return _NONE


_NONE = RuleFile()


@cache
def _read(path: Path, _changed: int) -> RuleFile:
    return build_model(RuleFile, read_toml(path), path)
