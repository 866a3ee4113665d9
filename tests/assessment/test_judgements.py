"""What judgements and inquiries do: who decides, what stays open, what one judgement serves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.assessment.listed import ALPHA, AS_OF
from tests.assessment.reviewing import NOW, about, complete, review
from tests.scenarios.people import Given, copy, listed_body, nobody, post
from xlsaddin.assessment.model import Level, State
from xlsaddin.findings import Location
from xlsaddin.review_model import Inquiry, Judgements, Ruling
from xlsaddin.screening.model import Disposition


def asked() -> tuple[Given, Location]:
    answers = nobody(career=[post("2024-09", "2025-03", ALPHA, ALPHA)])
    (difference,) = [finding for finding in review(answers).findings if finding.difference]
    return answers, difference.location


@pytest.mark.parametrize(
    ("written", "level", "state"),
    [
        ({}, Level.MODERATE, State.PROVISIONAL),
        ({"status": "explained"}, Level.MODERATE, State.PROVISIONAL),
        ({"status": "explained", "reason": "書き忘れ"}, Level.MODERATE, State.FINAL),
        ({"status": "unexplained", "reason": "回答なし"}, Level.MODERATE, State.PROVISIONAL),
        ({"status": "unexplained", "reason": "回答なし", "approver": "輸出 花子"}, Level.MODERATE, State.PROVISIONAL),
        ({"status": "unexplained", "reason": "回答なし", "approver": "管理 次郎"}, Level.HIGH, State.FINAL),
    ],
)
def test_a_difference_keeps_the_facts_level_until_two_persons_decide(
    written: dict[str, Any], level: Level, state: State
) -> None:
    answers, place = asked()
    who: dict[str, Any] = {"reviewer": "輸出 花子", "decided_on": AS_OF}
    inquiry = Inquiry(**(who | written))
    known = about(ALPHA, complete(Disposition.TRUE_MATCH))
    reviewed = review(answers, judgements=known, inquiries={place: inquiry})
    assert (reviewed.assessment.level, reviewed.assessment.state) == (level, state)


def test_an_inquiry_is_found_again_when_only_the_sheet_moved() -> None:
    answers, place = asked()
    inquiry = Inquiry("explained", "書き忘れ", "輸出 花子", AS_OF)
    moved = replace(place, sheet="別の名前", cell="C12")
    reviewed = review(answers, judgements=about(ALPHA, complete(Disposition.TRUE_MATCH)), inquiries={moved: inquiry})
    assert reviewed.assessment.state is State.FINAL
    assert reviewed.inquiries == {place: inquiry}


def test_a_changed_list_entry_reopens_the_judgement() -> None:
    answers = nobody(
        career=[post("2024-09", "2025-03", ALPHA, ALPHA)], listed_affiliations=[listed_body("2024.9-2025.3", ALPHA)]
    )
    outdated = complete(Disposition.FALSE_POSITIVE, entry_digest="another")
    reviewed = review(answers, judgements=about(ALPHA, outdated))
    assert {placed.ruling for placed in reviewed.hits} == {Ruling.OPEN}
    assert reviewed.assessment.state is State.PROVISIONAL
    assert [finding.code for finding in reviewed.findings] == ["RS-JUDGE-003"]


def test_opposite_judgements_on_one_body_leave_it_pending() -> None:
    answers = nobody(
        career=[post("2024-09", "2025-03", ALPHA, ALPHA)], listed_affiliations=[listed_body("2024.9-2025.3", ALPHA)]
    )
    first, *_, last = review(answers).hits
    opposite = {
        (first.row_id, first.column, first.body): complete(Disposition.TRUE_MATCH),
        (last.row_id, last.column, last.body): complete(Disposition.FALSE_POSITIVE),
    }
    reviewed = review(answers, judgements=Judgements(placed=opposite))
    assert (reviewed.assessment.level, reviewed.assessment.state) == (Level.MODERATE, State.PROVISIONAL)


def test_dismissing_a_weak_resemblance_dismisses_no_match() -> None:
    answers = nobody(career=[post("2024-09", "2025-03", ALPHA, f"{ALPHA}?")])
    weak = next(placed for placed in review(answers).hits if placed.hit.band == "review")
    other = {(weak.row_id, weak.column, weak.body): complete(Disposition.FALSE_POSITIVE)}
    reviewed = review(answers, judgements=Judgements(placed=other))
    assert reviewed.assessment.level is Level.MODERATE


def test_a_resemblance_counts_once_a_person_judged_it_the_same() -> None:
    answers = nobody(career=[post("2025-04", "現在", f"{ALPHA}?", f"{ALPHA}?")])
    assert review(answers).assessment.level is Level.LOW
    reviewed = review(answers, judgements=about(ALPHA, complete(Disposition.TRUE_MATCH)))
    assert reviewed.assessment.level is Level.HIGH


def test_a_person_with_a_second_fact_is_critical_once_and_pending_before() -> None:
    answers = nobody(name="DELTA Dora", career=[post("2010-04", "2015-03", ALPHA, ALPHA)])
    pending = review(answers)
    assert (pending.assessment.level, pending.assessment.state) == (Level.CRITICAL, State.PROVISIONAL)
    person = "own_test:delta dora"
    unapproved = Judgements(remembered={person: complete(Disposition.TRUE_MATCH, approver="")})
    assert review(answers, judgements=unapproved).assessment.state is State.PROVISIONAL
    another = {
        person: complete(Disposition.FALSE_POSITIVE),
        "own_test:alpha institute": complete(Disposition.TRUE_MATCH),
    }
    cleared = review(answers, judgements=Judgements(remembered=another))
    assert (cleared.assessment.level, cleared.assessment.state) == (Level.LOW, State.FINAL)


def test_answers_are_left_as_given() -> None:
    answers = nobody(career=[post("2024-09", "2025-03", ALPHA, ALPHA)])
    kept = copy(answers)
    review(answers)
    assert answers == kept


def test_score_orders_the_undeclared_tie_before_the_declared_one() -> None:
    hidden = nobody(career=[post("2024-09", "2025-03", ALPHA, ALPHA)])
    declared = hidden | {"listed_affiliations": [listed_body("2024.9-2025.3", ALPHA)]}
    assert review(hidden).assessment.score > review(declared).assessment.score


def test_reviews_of_the_same_answers_are_equal() -> None:
    answers = nobody(career=[post("2024-09", "2025-03", ALPHA, ALPHA)])
    assert review(answers) == replace(review(answers), reviewed_at=NOW)


def test_day_of_review_decides_what_is_current() -> None:
    row = post("2025-04", "2026-08", ALPHA, ALPHA)
    reviewed = review(nobody(career=[row]))
    assert reviewed.assessment.level is Level.MODERATE
    assert reviewed.lookback_start == date(2024, 4, 1)
