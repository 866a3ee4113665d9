"""The decision tables of residency and specific categories, from `data/rules/residency.toml`.

The first row whose condition holds decides and is the reason.  The conditions are rule expressions, so the same tables
are evaluated here and compiled into cells (`residency_rules`).
"""

from __future__ import annotations

from functools import cache
from typing import Literal

from xlsaddin import resources
from xlsaddin.checklist.definition import build_model, read_toml
from xlsaddin.checklist.expression import Expression, Scope, evaluate, parse_expression
from xlsaddin.checklist.model import Definition, Key


class DecisionRow(Definition):
    """One row: its condition, what it decides, and the reason in words.

    For `undetermined`, `ask` and `yes_ask` the English text says what to ask, without a capital or a full stop.
    """

    key: Key
    when: str
    result: Literal["resident", "non_resident", "undetermined", "yes", "yes_ask", "ask", "no"]
    ja: str
    en: str

    @property
    def condition(self) -> Expression:
        """The parsed condition."""
        return parse_expression(" ".join(self.when.split()))

    @property
    def asks(self) -> bool:
        """True when something is not known and has to be asked."""
        return self.result in ("undetermined", "ask", "yes_ask")

    @property
    def reason_ja(self) -> str:
        """The reason as a Japanese sentence."""
        return f"判断未定: {self.ja}" if self.asks else self.ja

    @property
    def reason_en(self) -> str:
        """The reason as an English sentence; `undetermined: ask …` where something is not known."""
        return f"undetermined: ask {self.en}" if self.asks else self.en


class ResidencyTables(Definition):
    """All tables. `facts` are expressions the tables read beside the facts stated, in order."""

    version: str
    facts: dict[str, str]
    residency: tuple[DecisionRow, ...]
    contract: tuple[DecisionRow, ...]
    benefit: tuple[DecisionRow, ...]
    instruction: tuple[DecisionRow, ...]


@cache
def load_residency_tables() -> ResidencyTables:
    """Return the tables; raises DefinitionError."""
    path = resources.package_path("rules", "residency.toml")
    return build_model(ResidencyTables, read_toml(path), path)


def decide(rows: tuple[DecisionRow, ...], scope: Scope) -> DecisionRow:
    """Return the first row whose condition holds; the last row of every table always holds."""
    return next(row for row in rows if evaluate(row.condition, scope) is True)
