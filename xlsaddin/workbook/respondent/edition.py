"""Everything a template is made of, before any sheet is planned: layout, rules, answers filled in, computed values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from xlsaddin.assessment.answer_scope import answer_names, answer_tables
from xlsaddin.assessment.assess import build_scope
from xlsaddin.assessment.loading import load_rules
from xlsaddin.assessment.rules import Computed, RuleSet
from xlsaddin.assessment.scope import EvaluationScope, TableRow
from xlsaddin.checklist.answers import Answers
from xlsaddin.checklist.expression import Scalar, evaluate, parse_expression
from xlsaddin.checklist.loading import load_checklist
from xlsaddin.checklist.periods import application_year, lookback_start
from xlsaddin.checklist.profiles import load_profile
from xlsaddin.parameters import Parameters
from xlsaddin.workbook import labels
from xlsaddin.workbook.contexts import BookContext
from xlsaddin.workbook.formula import compile_once
from xlsaddin.workbook.labels import Language
from xlsaddin.workbook.layout import plan_layout
from xlsaddin.workbook.places import Layout
from xlsaddin.workbook.plan import CellValue
from xlsaddin.workbook.references import Context


@dataclass(frozen=True)
class Template:
    """A template of one checklist, profile and language, with the answers filled in beforehand.

    Attributes:
        layout, rules: of the checklist. profile: its key. answers: prefilled, perhaps none.
        context: where names stand. scope: what Python computed for these answers.
        as_of, lookback_start: the two days everything is seen from. year: fiscal year of the application.
        subject_id, case_id: of the office, perhaps empty.
    """

    layout: Layout
    rules: RuleSet
    profile: str
    answers: Answers
    context: BookContext
    scope: EvaluationScope
    as_of: date
    lookback_start: date
    subject_id: str = ""
    case_id: str = ""

    @property
    def language(self) -> Language:
        """Language of the template."""
        return self.layout.language

    def computed(self, table: str, key: str, item: str = "") -> Computed:
        """Return a computed column of the rules; raises KeyError."""
        for one in self.rules.computed:
            if (one.table, one.key, one.item) == (table, key, item):
                return one
        raise KeyError((table, key, item))

    def item_row(self, key: str) -> TableRow:
        """Return the computed row of an item in table `items`."""
        return next(row for row in self.scope.tables["items"] if row["item"] == key)

    def show(self, computed: Computed, value: Scalar) -> CellValue:
        """Return what a cell shows for a computed value: the label of a choice, else the value."""
        if computed.choices and isinstance(value, str):
            return labels.choice_labels(computed.choices, self.language).get(value, "")
        return value

    def formula(self, computed: Computed, context: Context) -> str:
        """Return the formula of a computed cell, choices shown by label."""
        shown = labels.choice_labels(computed.choices, self.language) if computed.choices else None
        return compile_once(computed.expression, context, shown)

    def calculate(self, text: str, shown: dict[str, str] | None = None) -> tuple[str, CellValue]:
        """Return formula and value of an expression over the book."""
        expression = parse_expression(text)
        value = evaluate(expression, self.scope)
        return compile_once(expression, self.context, shown), (shown or {}).get(str(value), value)


def plan_template(
    kind: str,
    profile: str = "default",
    language: Language = Language.BOTH,
    prefill: Answers | None = None,
    *,
    as_of: date,
    subject_id: str = "",
    case_id: str = "",
) -> Template:
    """Return what a template of a checklist is made of.

    Args:
        kind: key of the checklist. profile: name of the funder profile. prefill: answers filled in beforehand.
        as_of: the look-back is reckoned from its fiscal year where the answers name no year.
        subject_id, case_id: ids the office gives.
    """
    chosen = load_profile(profile)
    checklist = load_checklist(kind, chosen)
    parameters = Parameters(as_of, chosen.parameters)
    rules = load_rules(checklist, parameters)
    answers = prefill or Answers(checklist.key, {}, checklist.version, profile, language.value)
    start = lookback_start(application_year(checklist, answers, parameters), parameters)
    layout = plan_layout(checklist, rules, language, parameters.integer("workbook_row_range"))
    tables = answer_tables(checklist, answers)
    for row in tables["items"]:
        row["sheet"] = checklist.item(str(row["item"])).section
    scope = build_scope(rules, answer_names(checklist, answers), tables, as_of, start)
    for computed in rules.computed:
        scope.compute(computed)
    context = BookContext(layout, rules, strict=False)
    return Template(layout, rules, profile, answers, context, scope, as_of, start, subject_id, case_id)
