"""Answer rows and items as reviewed: ids, what was compared with the lists, states."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from xlsaddin.assessment.item_rules import has_period, tables
from xlsaddin.assessment.scope import EvaluationScope, TableRow
from xlsaddin.checklist.answers import Answers
from xlsaddin.checklist.model import Checklist, Item, Kind
from xlsaddin.findings import Finding
from xlsaddin.review.queries import compared_text, join_cells, row_ids
from xlsaddin.review_model import ItemReview, Period, RowReview, RowState, Screened

__all__ = ["Comparison", "item_reviews", "mark_rows", "row_reviews"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was compared with the lists.

    Attributes:
        done: False when no list could be used at all.
        earlier: texts compared earlier by item and row id, when the names were not screened anew; None when they were.
    """

    done: bool
    earlier: Mapping[tuple[str, str], str] | None = field(default=None)

    def state_of(self, item: str, row_id: str, text: str) -> Screened:
        """Return whether a text was compared as it stands now."""
        if not text:
            return Screened.NOT_NEEDED
        if not self.done:
            return Screened.NOT_SCREENED
        if self.earlier is None:
            return Screened.SCREENED
        before = self.earlier.get((item, row_id), "")
        if not before:
            return Screened.NOT_SCREENED
        return Screened.SCREENED if before == text else Screened.STALE


def mark_rows(checklist: Checklist, answers: Answers, scope: EvaluationScope, comparison: Comparison) -> None:
    """Set `row_id`, `compared` and `screened` in the rows of the answer tables and of table `items`."""
    for item in tables(checklist):
        rows = answers.rows(item.key)
        for row, row_id, values in zip(rows, row_ids(item, rows), scope.tables[item.key], strict=True):
            _mark(values, item, row_id, compared_text(item, row), comparison)
    for values in scope.tables["items"]:
        item = checklist.item(str(values["item"]))
        values["screened"] = None
        if item.kind is Kind.SINGLE and item.screen:
            _mark(values, item, f"{item.key}-0", join_cells([answers.answer(item.key).cell]), comparison)


def row_reviews(checklist: Checklist, answers: Answers, scope: EvaluationScope) -> Iterator[RowReview]:
    """Yield every answer row and every screened single item, in the order of the checklist."""
    singles = {str(row["item"]): row for row in scope.tables["items"] if row["screened"]}
    for item in checklist.items:
        if item.key in singles:
            yield _row_review(item, 0, singles[item.key])
        for row, values in zip(answers.rows(item.key), scope.tables.get(item.key, ()), strict=True):
            yield _row_review(item, row.number, values)


def item_reviews(
    checklist: Checklist, answers: Answers, scope: EvaluationScope, findings: Iterable[Finding]
) -> tuple[ItemReview, ...]:
    """Return every item as reviewed; one that no rule may read is seen as filled or empty only."""
    counted = Counter(finding.location.item for finding in findings)
    known = {str(row["item"]): row for row in scope.tables["items"]}
    return tuple(_item_review(item, known.get(item.key), answers, counted[item.key]) for item in checklist.items)


def _mark(values: TableRow, item: Item, row_id: str, text: str, comparison: Comparison) -> None:
    values |= {"row_id": row_id, "compared": text, "screened": comparison.state_of(item.key, row_id, text).value}


def _row_review(item: Item, number: int, values: TableRow) -> RowReview:
    state = values["row_state"] if number else values["state"]
    return RowReview(
        item=item.key,
        number=number,
        row_id=str(values["row_id"]),
        period=Period(str(values["period"])) if number and has_period(item) else Period.NONE,
        state=RowState(str(state)),
        screened=Screened(str(values["screened"])),
        compared=str(values["compared"]),
    )


def _item_review(item: Item, row: TableRow | None, answers: Answers, findings: int) -> ItemReview:
    if row is None:
        answer = answers.answer(item.key)
        given = bool(answer.rows) or not answer.cell.blank or not answer.status_cell.blank
        state = RowState.FILLED if given else RowState.EMPTY
        return ItemReview(item.key, "given" if given else "blank", state, len(answer.rows), len(answer.rows), findings)
    rows, inside = row.get("rows"), row.get("in_window")
    return ItemReview(
        item=item.key,
        status=str(row["status"]),
        state=RowState(str(row["state"])),
        rows=int(rows) if isinstance(rows, (int, float)) else 0,
        in_window=int(inside) if isinstance(inside, (int, float)) else 0,
        findings=findings,
        applies=row["applies"] == 1,
    )
