"""Rules as data: computed columns, indicators, reasons for a state, level and score, as expressions with two back ends.

Files: `data/rules/common.toml` (for all checklists) and `data/rules/<checklist>.toml`.  `checklist.expression`
defines the language.  Python evaluates the expressions (`assess`), `workbook.formula` compiles the same ones.

Scope of expressions (both back ends provide exactly this):

- every single item of the checklist by key (choice keys); the state cell of every table item by its key (`given`,
  `none` ...) and the reason beside it by `<key>_reason`; `as_of`, `lookback_start`, `lead` (1 for the lead
  institution, 0 for a joint one); every numeric parameter named in `RuleSet.parameters`; every computed name of
  table `book` defined so far
- in a row: the columns of its table and the computed columns defined before (in table `items`: of its row)
- in a row of answers `<column>_unknown` of a number or date: 1 where the person says that they do not know it, else 0
- a cell that could not be read as its type is blank, in both back ends; texts have no blanks around them; a box is
  True, False when unticked by hand, else blank

Tables:

Each table item: its filled rows with its columns, `start`, `end`, `screened` where the table has screened columns, and
its computed columns.  An item without period columns has no `start`, `end` and `period`.  `start` is the first possible
day of the `from` (or `at`) cell, `end` the last possible day of the `to` (or `at`) cell, far in the future for 現在.
A `to` cell that may stay blank and is blank means: still running for an item asked about the present (look-back
`current`), else the last possible day of the `from` cell.  A date nobody can read leaves them blank.

`hits`: the placed hits with `number` (1, 2 ...), `item column kind list band row_id body` as text, `name_only note_only
related declared` 1/0, `period screened` joined from the answer row by `row_id` (for single items: `period` blank,
`screened` from table `items`), one column per `fact` of the checklist joined likewise (but none that has the name of
one of these), the judgement cells `disposition relation_judged reason reviewer judged_on approver`, and computed
columns: first `sign` and `gives` (made from the indicators), then those of `common.toml`.  `declared` is 0 for a tie
that the person has not declared where it is asked, at the time of the check; 1 also where nothing is asked.

`differences`: findings that are differences, with `code item body inquiry reason reviewer decided_on approver` and
computed columns.

`items`: every item of `item_rules.listed_items`, with `item duty` as constants, `screened` (single items that are
screened; blank for the others) and computed columns, an expression a row: `applies required` 1/0, `status state` and,
for tables, `rows in_window`.

`lists`: lists of the profile, with `list usable sample` (the last two 1/0).

`contributions`: one row an indicator, with `indicator`, `hits` (count), `level` (0 to 3; 0 while the count is 0 and
for an indicator that raises), `pending` (count).

`reasons`: one row a state rule, with `reason`, `state` and `number` (its count).

The score may also read `level`, the number the level expression gave.

Order of evaluation: computed columns and names as listed in `RuleSet.computed`, indicators, state rules, level,
score, state.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xlsaddin.assessment.model import Level, MeasureKind, State
from xlsaddin.checklist.expression import Expression
from xlsaddin.checklist.model import Choice

RESULT_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "hits": (
        "number", "item", "column", "kind", "list", "band", "row_id", "body", "name_only", "note_only", "related",
        "declared", "period", "screened", "disposition", "relation_judged", "reason", "reviewer", "judged_on",
        "approver",
    ),
    "differences": ("code", "item", "body", "inquiry", "reason", "reviewer", "decided_on", "approver"),
    "items": ("item", "duty", "screened"),
    "lists": ("list", "usable", "sample"),
    "contributions": ("indicator", "hits", "level", "pending"),
    "reasons": ("reason", "state", "number"),
}  # fmt: skip
"""Columns every result table has beside its computed ones (and `hits` beside the facts of the checklist)."""


@dataclass(frozen=True, slots=True)
class Computed:
    """A computed column or name.

    Attributes:
        table: a table item's key, `hits`, `differences`, `items`, or `book` for a name.
        key: of the column or name; label_ja, label_en: its header.
        expression: over the scope; choices: its closed values when it yields keys, shown in cells by label.
        item: in table `items`, the row this expression stands in.
    """

    table: str
    key: str
    label_ja: str
    label_en: str
    expression: Expression
    choices: tuple[Choice, ...] = ()
    item: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One observable sign and the level it gives.

    Attributes:
        key, label_ja, label_en: the sign. count: expression that counts the facts.
        pending: expression that counts those facts that wait for a judgement.
        level: given while count > 0. raises: True when it lifts the highest other level by one instead.
        measures: called for; offered: measures offered, not required.
        reason_ja, reason_en: sentence with `{count}`. reference: clause; origin: procedure, funder, house.
        cells: item keys whose places are shown as the cells of the contribution.
    """

    key: str
    label_ja: str
    label_en: str
    count: Expression
    pending: Expression
    level: Level
    raises: bool
    measures: tuple[MeasureKind, ...]
    offered: tuple[MeasureKind, ...]
    reason_ja: str
    reason_en: str
    reference: str
    origin: str
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StateRule:
    """One thing that keeps a result from being final: while `count` > 0, the state is at least `state`."""

    key: str
    state: State
    count: Expression
    ja: str
    en: str


@dataclass(frozen=True, slots=True)
class Declaration:
    """Where a tie found in one item must be declared too; if it is not, the person is asked (申告との差異).

    Attributes:
        when: condition on a placed hit. asked_in: items one of which should name the same body.
    """

    when: Expression
    asked_in: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleSet:
    """All rules of one checklist.

    Attributes:
        checklist, version: which. computed: in the order they build on each other.
        indicators, states: as above.
        level: expression giving 0 to 3 over `contributions`; score: 0 to 100; state: `final`, `provisional` ...
        parameters: numeric parameters the expressions read by name, resolved for the day and profile.
        declarations: first one that fits a hit holds; read when hits are placed, not in cells.
        affiliations: table items whose organisations are stated affiliations of the person screened.
    """

    checklist: str
    version: str
    computed: tuple[Computed, ...]
    indicators: tuple[Indicator, ...]
    states: tuple[StateRule, ...]
    level: Expression
    score: Expression
    state: Expression
    parameters: Mapping[str, float]
    declarations: tuple[Declaration, ...] = ()
    affiliations: tuple[str, ...] = ()
