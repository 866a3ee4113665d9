"""The scope of rules as a review left it: every computed value that cells show, evaluated again in Python."""

from __future__ import annotations

from xlsaddin.assessment.answer_scope import answer_names, answer_tables
from xlsaddin.assessment.assess import assess, build_scope
from xlsaddin.assessment.rules import RuleSet
from xlsaddin.assessment.scope import EvaluationScope
from xlsaddin.review.judging import difference_rows
from xlsaddin.review.placing import FoundHit, hit_rows
from xlsaddin.review.queries import ScreenedText
from xlsaddin.review_model import PlacedHit, Review
from xlsaddin.screening.model import Query

_LAST = ("hits", "differences")


def review_scope(review: Review, rules: RuleSet) -> EvaluationScope:
    """Return the computed scope of a review; `contributions` and `reasons` are among its tables."""
    tables = answer_tables(review.checklist, review.answers)
    tables["lists"] = [{"list": use.id, "usable": int(use.usable), "sample": int(use.sample)} for use in review.lists]
    names = answer_names(review.checklist, review.answers)
    scope = build_scope(rules, names, tables, review.as_of, review.lookback_start)
    _mark_screened(review, scope)
    for computed in rules.computed:
        if computed.table not in _LAST:
            scope.compute(computed)
    found = [_found(placed) for placed in review.hits]
    rows = hit_rows(review.checklist, found, [placed.judgement for placed in review.hits], scope)
    for row, placed in zip(rows, review.hits, strict=True):
        row["declared"] = int(placed.declared)
    scope.tables["hits"] = rows
    scope.tables["differences"] = difference_rows(review.findings, review.inquiries)
    for computed in rules.computed:
        if computed.table in _LAST:
            scope.compute(computed)
    assess(rules, scope, lambda _item: ())
    return scope


def _mark_screened(review: Review, scope: EvaluationScope) -> None:
    """Set what was compared, as the review has it, in the rows of answers and items."""
    for values in scope.tables["items"]:
        values |= {"screened": None, "sheet": review.checklist.item(str(values["item"])).section}
    singles = {str(row["item"]): row for row in scope.tables["items"]}
    for row in review.rows:
        if row.number and row.item in scope.tables:
            values = scope.tables[row.item][row.number - 1]
        elif row.item in singles:
            values = singles[row.item]
        else:
            continue
        values |= {"row_id": row.row_id, "compared": row.compared, "screened": row.screened.value}


def _found(placed: PlacedHit) -> FoundHit:
    text = ScreenedText(
        placed.item, placed.column, placed.row_id, placed.location, Query(placed.query), placed.note_only
    )
    return FoundHit(text, placed.hit, placed.body)
