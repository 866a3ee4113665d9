"""States of rows as validation sees them: what lies before the period, what nobody knows, what an NDA holds back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.assessment.listed import ALPHA, AS_OF, FewListed
from tests.scenarios.people import nobody, post
from tests.workbook_build.reviewed import NOW
from xlsaddin.checklist.answers import Answers
from xlsaddin.checklist.loading import load_checklist
from xlsaddin.checklist.raw import raw_answers
from xlsaddin.checklist.values import read_answers
from xlsaddin.parameters import Parameters
from xlsaddin.review import reassess_review, review_answers
from xlsaddin.review_model import Review, RowState, Standing

CHECKLIST = load_checklist("researcher")
BENEFIT = {"body": "Example Foundation", "source": "外国法人", "since": "2025-04", "until": "現在"}


def answers_of(given: dict[str, Any]) -> Answers:
    return read_answers(CHECKLIST, raw_answers(CHECKLIST, given))


def reviewed(given: dict[str, Any]) -> Review:
    return review_answers(
        answers_of(given),
        checklist=CHECKLIST,
        profile="default",
        parameters=Parameters(AS_OF),
        screener=FewListed(),
        reviewed_at=NOW,
    )


def states(review: Review, item: str) -> list[RowState]:
    return [row.state for row in review.rows if row.item == item and row.number]


def required_findings(review: Review, item: str) -> list[str]:
    return [found.code for found in review.findings if found.location.item == item and found.code == "RS-REQ-007"]


def test_a_row_before_the_period_is_outside_whatever_it_lacks() -> None:
    old = {"since": "2019-04", "until": "2021-03"}
    review = reviewed(nobody(grants={"status": "あり", "rows": [old]}))
    assert states(review, "grants") == [RowState.OUTSIDE]
    assert required_findings(review, "grants") == []
    assert review.assessment.state == "final"


def test_a_row_inside_the_period_lacks_what_it_lacks() -> None:
    review = reviewed(nobody(grants={"status": "あり", "rows": [{"since": "2025-04", "until": "2026-03"}]}))
    assert states(review, "grants") == [RowState.INCOMPLETE]
    assert required_findings(review, "grants")


@pytest.mark.parametrize(
    ("status", "state"), [("あり", RowState.INCOMPLETE), ("守秘義務により一部記載不可", RowState.FILLED)]
)
def test_rows_of_an_item_under_nda_may_stay_partly_blank(status: str, state: RowState) -> None:
    table = {"status": status, "reason": "共同研究先との契約", "rows": [{"since": "2025-04", "until": "2026-03"}]}
    review = reviewed(nobody(grants=table))
    assert states(review, "grants") == [state]
    assert bool(required_findings(review, "grants")) == (state is RowState.INCOMPLETE)


@pytest.mark.parametrize(
    ("amount", "state"), [("分からない", RowState.FILLED), ("Unknown", RowState.FILLED), (None, RowState.INCOMPLETE)]
)
def test_an_amount_nobody_knows_is_an_answer(amount: str | None, state: RowState) -> None:
    table = {"status": "あり", "rows": [BENEFIT | {"amount": amount}]}
    review = reviewed(nobody(residency="あり", res_benefits=table))
    assert states(review, "res_benefits") == [state]
    assert bool(required_findings(review, "res_benefits")) == (state is RowState.INCOMPLETE)


def test_a_date_nobody_knows_is_to_be_checked_not_blank() -> None:
    review = reviewed(nobody(career=[post("分からない", "現在", "みどり大学", "Midori")]))
    assert states(review, "career") == [RowState.FILLED]  # it still runs: where it begins moves nothing
    review = reviewed(nobody(career=[post("2012-04", "分からない", "みどり大学", "Midori")]))
    assert states(review, "career") == [RowState.CHECK]


@pytest.mark.parametrize("name", [None, "分からない"])
@pytest.mark.parametrize("gone", [True, False])
def test_a_row_emptied_after_its_hit_raises_nothing_and_counts_no_more(name: str | None, gone: bool) -> None:
    """The row may be gone altogether, or its names alone."""
    now, tie = post("2025-04", "現在", "みどり大学", "Midori"), post("2024-09", "2025-03", ALPHA, ALPHA, "CN")
    before = reviewed(nobody(career=[tie, now]))
    assert {placed.standing for placed in before.hits} == {Standing.PENDING}
    rows = [now] if gone else [tie | {"body": name, "body_en": name}, now]
    edited = answers_of(nobody(career=rows))
    ids = ["career-2"] if gone else ["career-1", "career-2"]
    known = tuple(replace(row, row_id=row_id) for row, row_id in zip(edited.rows("career"), ids, strict=True))
    career = replace(edited.answer("career"), rows=known)
    edited = replace(edited, items={**edited.items, "career": career})
    again = reassess_review(before, parameters=Parameters(AS_OF), reviewed_at=NOW, answers=edited)
    assert {placed.standing for placed in again.hits} == {Standing.STALE}
    assert again.assessment.level.key == "low"
