"""What a review says about the subject and about residency, read from the computed names."""

from __future__ import annotations

from collections.abc import Iterator

from xlsaddin.assessment.rules import RuleSet
from xlsaddin.assessment.scope import EvaluationScope
from xlsaddin.checklist.answers import Answers
from xlsaddin.checklist.model import Checklist
from xlsaddin.review.placing import place_text

__all__ = ["answer_places", "residency_why", "specific_categories", "subject_text"]


def subject_text(checklist: Checklist, answers: Answers) -> str:
    """Return the name of the subject as written, the first of the items that may name it; empty when blank."""
    for key in (checklist.subject, *checklist.subject_else):
        cell = answers.answer(key).cell
        if not cell.blank:
            return str(cell.raw).strip()
    return ""


def specific_categories(scope: EvaluationScope) -> tuple[str, ...]:
    """Return the specific categories that apply; they concern residents only."""
    if scope.names.get("residency_result") != "resident":
        return ()
    return tuple(number for number in ("1", "2", "3") if scope.names[f"category_{number}"] == 1)


def residency_why(rules: RuleSet, scope: EvaluationScope) -> tuple[str, ...]:
    """Return the rows of the residency tables that decided, as `日本語 / English`."""
    return tuple(dict.fromkeys(_reasons(rules, scope)))


def answer_places(answers: Answers, item: str) -> tuple[str, ...]:
    """Return where the answer to an item stands: its rows, else its cell."""
    answer = answers.answer(item)
    cells = [next(iter(row.cells.values())) for row in answer.rows if row.cells]
    cells = cells or [cell for cell in (answer.status_cell, answer.cell) if cell.location.item]
    return tuple(place_text(cell.location) for cell in cells)


def _reasons(rules: RuleSet, scope: EvaluationScope) -> Iterator[str]:
    settled = (
        scope.names.get("residency_row") == "declared_none" or scope.names.get("residency_result") == "non_resident"
    )
    for computed in rules.computed:
        if not computed.key.endswith("_row") or (settled and computed.key != "residency_row"):
            continue
        shown = {choice.key: f"{choice.ja} / {choice.en}" for choice in computed.choices}
        rows = [scope.names] if computed.table == "book" else scope.tables[computed.table]
        yield from (shown[str(row[computed.key])] for row in rows)
