"""Everything a result is planned from: the review, its rules compiled for this workbook, values Python computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xlsaddin.assessment.loading import load_rules
from xlsaddin.assessment.rules import Computed, RuleSet
from xlsaddin.assessment.scope import EvaluationScope
from xlsaddin.checklist.expression import Expression, Scalar, evaluate
from xlsaddin.checklist.identity_cache import remember_by_identity
from xlsaddin.checklist.model import Checklist
from xlsaddin.checklist.profiles import load_profile
from xlsaddin.parameters import Parameters
from xlsaddin.review_model import Review
from xlsaddin.workbook.labels import Language, word, words
from xlsaddin.workbook.layout import plan_layout
from xlsaddin.workbook.meta import BookMeta
from xlsaddin.workbook.office.compiled import Compiled, compile_rules
from xlsaddin.workbook.office.found_layout import find_layout, outline_tables
from xlsaddin.workbook.office.layers import Layer
from xlsaddin.workbook.office.scope import review_scope
from xlsaddin.workbook.places import Layout
from xlsaddin.workbook.plan import CellValue
from xlsaddin.workbook.respondent.edition import Template
from xlsaddin.workbook.structure import Table

__all__ = ["OfficeBook", "open_office_book"]


@dataclass(frozen=True)
class OfficeBook:
    """One workbook's result before it is planned.

    Attributes:
        review: what `check` found. rules: it rests on. meta: of the workbook. compiled: rules in its cells.
        scope: values Python computed. tables: of the workbook by name, None for one just built.
        parameters: in force on the day, for what they say of themselves.
    """

    review: Review
    rules: RuleSet
    meta: BookMeta
    compiled: Compiled
    scope: EvaluationScope
    tables: Mapping[str, Table] | None
    parameters: Parameters

    @property
    def layout(self) -> Layout:
        """Layout of the answers as found."""
        return self.compiled.layout

    @property
    def language(self) -> Language:
        """Language of the result sheets."""
        return self.compiled.language

    @property
    def layer(self) -> Layer:
        """Whose result it is."""
        return self.compiled.layer

    @property
    def layered(self) -> bool:
        """True where two institutions check the same person, so that each result says whose it is."""
        return self.review.other is not None or not self.layer.own

    @property
    def template(self) -> Template:
        """The same as a template, for what both editions show."""
        review = self.review
        return Template(
            layout=self.layout,
            rules=self.rules,
            profile=review.profile,
            answers=review.answers,
            context=self.compiled.context,
            scope=self.scope,
            as_of=review.as_of,
            lookback_start=review.lookback_start,
            subject_id=self.meta.subject_id,
            case_id=self.meta.case_id,
        )

    def sheet_name(self, key: str) -> str:
        """Return the name of a result sheet; one that the form itself uses gets another."""
        name = words()[f"result_sheet.{key}"][0]
        taken = {section.sheet for section in self.review.checklist.sections}
        return self.layer.sheet(name if name not in taken else words()["result_sheet.taken"][0].format(name=name))

    def title(self, key: str) -> str:
        """Return the title of a result sheet, with the institution where two check the same person."""
        institution = f"（{self.word(f'institution.{self.layer.institution.value}')}）" if self.layered else ""
        return f"{self.word(key)}{institution}"

    def cell(self, table: str, key: str) -> str:
        """Return the reference to a column of a result table in the row at hand."""
        return self.layer.cell(table, key, self.language)

    def body(self, table: str, key: str) -> str:
        """Return the reference to all rows of a column of a result table."""
        return self.layer.body(table, key, self.language)

    def word(self, key: str) -> str:
        """Return a fixed text in the language of the result sheets."""
        return word(key, self.language)

    def show(self, computed: Computed, value: Scalar) -> CellValue:
        """Return what a cell shows for a computed value."""
        shown = self.compiled.shown(computed)
        return shown.get(value, "") if shown is not None and isinstance(value, str) else value

    def evaluate(self, expression: Expression) -> Scalar:
        """Return the value of an expression over the book."""
        return evaluate(expression, self.scope)


def open_office_book(
    review: Review, meta: BookMeta, tables: Mapping[str, Table] | None, *, own: bool = True
) -> OfficeBook:
    """Return everything a result is planned from.

    Args:
        review: of the workbook. meta: as read from it. tables: its tables by name, None for one just built.
        own: False for the result of the other institution that checks the same person.
    """
    parameters = Parameters(review.as_of, load_profile(review.profile).parameters)
    rules = load_rules(review.checklist, parameters)
    language = Language(meta.language) if meta.language in tuple(Language) else Language.BOTH
    compiled = _compile(
        review.checklist,
        rules,
        language=language,
        row_range=parameters.integer("workbook_row_range"),
        places=None if tables is None else outline_tables(tables),
        layer=Layer(review.institution, own),
    )
    return OfficeBook(review, rules, meta, compiled, review_scope(review, rules), tables, parameters)


@remember_by_identity(limit=16)  # the tables of a form stand in the same places in most copies that come back
def _compile(
    checklist: Checklist,
    rules: RuleSet,
    *,
    language: Language,
    row_range: int,
    places: tuple[tuple[str, Table], ...] | None,
    layer: Layer,
) -> Compiled:
    layout = plan_layout(checklist, rules, language, row_range)
    # people of the office read the results: Japanese, with English beside it where the form is in English
    shown = Language.BOTH if language is Language.EN else Language.JA
    return compile_rules(find_layout(layout, None if places is None else dict(places)), rules, shown, layer)
