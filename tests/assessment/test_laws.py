"""Laws of the assessment, on random declarations: more evidence never lowers, dismissing never raises, and the like.

Scenario laws 2, 3, 6; design 6.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.assessment.listed import ALPHA, BETA, FAILED, SAMPLE, USED, FewListed
from tests.assessment.reviewing import about, complete, review
from tests.scenarios.people import (
    Given,
    degree,
    grant,
    listed_body,
    nobody,
    paper,
    post,
    programme,
    support,
    tie,
)
from xlsaddin.assessment.model import Level, State
from xlsaddin.review_model import Ruling
from xlsaddin.screening.model import Disposition

LAWS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

BODIES = st.sampled_from([ALPHA, BETA, f"{ALPHA}?", "Midori University", "Tohoku University"])
SPANS = st.sampled_from(
    [("2010-04", "2015-03"), ("2024-09", "2025-03"), ("2025-04", "現在"), ("2023-04", "いつか"), ("2025-05", "2020-01")]
)


@st.composite
def rows(draw: st.DrawFn) -> tuple[str, Given]:
    """One row of one of the thirteen items, about a body that may be listed."""
    body, (since, until) = draw(BODIES), draw(SPANS)
    row: dict[str, Given] = {
        "education": degree(since, until, body, body),
        "career": post(since, until, body, body),
        "grants": grant(f"{since}-01", since, until, body, category=draw(st.sampled_from(["公募", "共同研究"]))),
        "other_support": support(since, draw(st.sampled_from(["給与・謝金", "旅費・滞在費"])), body, duration=until),
        "publications": paper(since, body, authors=draw(st.sampled_from([3, 50, 51, 2900]))),
        "patents": {"filed_on": f"{since}-01", "invention": "測定", "applicants": body, "patent_state": "公開"},
        "talent_programs": programme(f"{since} - {until}", "Gamma Programme", host=body),
        "listed_affiliations": listed_body(f"{since} - {until}", body),
        "listed_ties": tie(since, until, draw(st.sampled_from(["共同研究", "共著論文"])), body),
        "misconduct": {
            "decided_on": since, "reason": "不正使用", "decided_by": "機関", "since": since, "until": until,
        },
    }  # fmt: skip
    item = draw(st.sampled_from(sorted(row)))
    return item, row[item]


def with_rows(added: list[tuple[str, Given]]) -> Given:
    answers = nobody()
    for item, row in added:
        kept = answers[item] if isinstance(answers[item], list) else []
        answers[item] = [*kept, row]
    return answers


declarations = st.lists(rows(), max_size=6)


@LAWS
@given(declarations, rows())
def test_more_evidence_never_lowers_the_level(some: list[tuple[str, Given]], more: tuple[str, Given]) -> None:
    before, after = review(with_rows(some)), review(with_rows([*some, more]))
    assert after.assessment.level >= before.assessment.level


@LAWS
@given(declarations)
def test_the_score_stays_in_the_band_of_its_level(some: list[tuple[str, Given]]) -> None:
    assessment = review(with_rows(some)).assessment
    assert assessment.score // 25 == min(3, int(assessment.level))
    assert 0 <= assessment.score <= 100


@LAWS
@given(declarations, st.sampled_from([ALPHA, BETA]))
def test_judging_never_raises_a_pending_match(some: list[tuple[str, Given]], body: str) -> None:
    answers = with_rows([(item, row) for item, row in some if f"{ALPHA}?" not in str(row)])
    pending = review(answers)
    for disposition in (Disposition.TRUE_MATCH, Disposition.FALSE_POSITIVE, Disposition.INCONCLUSIVE):
        judged = review(answers, judgements=about(body, complete(disposition)))
        assert judged.assessment.level <= pending.assessment.level
        assert judged.assessment.score <= pending.assessment.score


@LAWS
@given(declarations)
def test_a_dismissed_body_counts_as_if_it_were_not_listed(some: list[tuple[str, Given]]) -> None:
    answers = with_rows(some)
    unlisted = review(answers, FewListed(entries=tuple(one for one in FewListed().entries if one.name != ALPHA)))
    dismissed = review(answers, judgements=about(ALPHA, complete(Disposition.FALSE_POSITIVE)))
    assert dismissed.assessment.level == unlisted.assessment.level
    assert dismissed.assessment.state == unlisted.assessment.state


@LAWS
@given(
    declarations,
    st.sampled_from([{"reason": " "}, {"reviewer": ""}, {"judged_on": None}]),
    st.sampled_from(Disposition),
)
def test_law_2_an_incomplete_judgement_moves_nothing(
    some: list[tuple[str, Given]], gap: dict[str, Any], disposition: Disposition
) -> None:
    answers = with_rows(some)
    before = review(answers)
    after = review(answers, judgements=about(ALPHA, complete(disposition, **gap)))
    assert (after.assessment.level, after.assessment.state) == (before.assessment.level, before.assessment.state)
    judged = [placed for placed in after.hits if placed.hit.entry.name == ALPHA]
    expected = Ruling.OPEN if disposition is Disposition.PENDING else Ruling.INCOMPLETE
    assert {placed.ruling for placed in judged} <= {expected}
    codes = {finding.code for finding in after.findings}
    assert ("RS-JUDGE-002" in codes) == bool(judged and expected is Ruling.INCOMPLETE)


@LAWS
@given(declarations)
def test_law_3_an_approver_who_is_the_reviewer_changes_nothing(some: list[tuple[str, Given]]) -> None:
    answers = with_rows([*some, ("career", post("2025-04", "現在", ALPHA, ALPHA))])
    for disposition in (Disposition.TRUE_MATCH, Disposition.FALSE_POSITIVE):
        same = complete(disposition, approver=" 輸出　花子".replace("　", " "))
        reviewed = review(answers, judgements=about(ALPHA, same))
        assert reviewed.assessment.state is State.PROVISIONAL
        assert any("職務の分離" in one.message_ja for one in reviewed.findings if one.severity == "error")


@LAWS
@given(declarations, st.sampled_from([(FAILED,), (USED, FAILED), (SAMPLE,), ()]))
def test_law_6_never_low_and_final_without_the_lists(some: list[tuple[str, Given]], lists: Any) -> None:
    reviewed = review(with_rows(some), FewListed(lists=lists))
    assert reviewed.assessment.state is not State.FINAL
    if lists != (SAMPLE,):
        assert reviewed.assessment.state is State.INCONCLUSIVE


@pytest.mark.parametrize("key", ["education", "career", "name", "listed", "residency", "grants", "role"])
def test_what_is_not_known_is_never_low_and_final(key: str) -> None:
    assert review(nobody()).assessment.state is State.FINAL
    answers = nobody()
    answers[key] = None
    reviewed = review(answers)
    assert reviewed.assessment.state is State.PROVISIONAL


@pytest.mark.parametrize("key", ["grants", "publications", "talent_programs", "listed_ties", "education"])
def test_not_obtainable_is_moderate(key: str) -> None:
    reviewed = review(nobody(**{key: {"status": "情報取得不可", "reason": "相手方の守秘"}}))
    assert reviewed.assessment.level is Level.MODERATE
    assert reviewed.assessment.state is State.FINAL
    unexplained = review(nobody(**{key: {"status": "情報取得不可"}}))
    assert unexplained.assessment.state is State.PROVISIONAL


@pytest.mark.parametrize("until", ["いつか", "#REF!", "05/06/2020x", None, "2024-01"])
def test_a_date_nobody_can_read_weighs_like_a_current_tie(until: object) -> None:
    row = post("2024-05", "現在", ALPHA, ALPHA)
    current = review(nobody(career=[row]))
    broken = review(nobody(career=[row | {"until": until}]))
    assert broken.assessment.level == current.assessment.level == Level.HIGH
    assert broken.assessment.state is State.PROVISIONAL


def test_nothing_screened_is_not_screened_rather_than_clean() -> None:
    reviewed = review(nobody(), FewListed(lists=(FAILED,)))
    assert {row.screened.value for row in reviewed.rows if row.compared} == {"not_screened"}
    assert {reason.key for reason in reviewed.assessment.state_reasons} == {"list_unusable", "not_screened"}
