"""Judgements are made once, shown again, re-opened when something changed; nobody judges alone or in an own case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from tests.register.conftest import SECOND, Desk, beside, judged, received
from tests.scenarios.people import Given, listed_body, nobody
from xlsaddin.register.conflicts import Conflict
from xlsaddin.register.opening import RegisterError
from xlsaddin.register.register import Register
from xlsaddin.register.tables import AuditEntry, Remembered
from xlsaddin.review_model import Review, Ruling, Standing
from xlsaddin.screening.model import Band, Disposition, Judgement

CASE = [{"case_number": "C-01"}]


def visitor(name: str = "Examplia Institute of Rocketry", **answers: object) -> Given:
    return nobody(listed_affiliations=[listed_body("2025.4-2025.9", name)], cases=CASE, **answers)


def record_judged(register: Register, desk: Desk, judgement: Judgement, given: Given | None = None) -> Review:
    """The declaration comes in, an officer judges its hits in the office edition, the edition comes in again."""
    given = given or visitor()
    desk.submit(register, given, subject="P-001")
    typed = beside(desk.review(given), judgement)
    review = desk.review(given, register=register, subject="P-001", placed=typed)
    register.record_review(review, received({"edition": "office"}, subject="P-001"))
    return review


def test_judged_once_is_shown_as_judged_next_time(register: Register, desk: Desk) -> None:
    record_judged(register, desk, judged())
    next_year = visitor(stated_on="2027-04-01")
    review = desk.review(next_year, register=register, subject="P-001", as_of=date(2027, 4, 2))
    (placed,) = review.hits
    assert (placed.judgement.disposition, placed.ruling) == (Disposition.TRUE_MATCH, Ruling.SAME)
    assert (placed.judgement.reviewer, placed.judgement.reason) == ("輸出 花子", "在籍証明で確認")
    assert review.assessment.state.value == "final"


def test_a_judgement_of_somebody_else_is_not_used(register: Register, desk: Desk) -> None:
    record_judged(register, desk, judged())
    other = desk.review(visitor(email="other@midori.example"), register=register, subject="P-002")
    assert other.hits[0].ruling is Ruling.OPEN


def test_a_changed_entry_opens_it_again(register: Register, desk: Desk) -> None:
    record_judged(register, desk, judged())
    desk.import_list(SECOND, date(2026, 9, 10))
    review = desk.review(visitor(), register=register, subject="P-001", as_of=date(2026, 9, 11))
    assert review.hits[0].ruling is Ruling.OPEN
    assert "RS-JUDGE-003" in {finding.code for finding in review.findings}
    assert review.assessment.state.value == "provisional"


def test_a_changed_name_opens_it_again(register: Register, desk: Desk) -> None:
    record_judged(register, desk, judged(Disposition.FALSE_POSITIVE, reason="別の同名機関"))
    review = desk.review(visitor("EIR, Examplia Institute of Rocketry Main Campus"), register=register, subject="P-001")
    assert review.hits
    assert {placed.ruling for placed in review.hits} == {Ruling.OPEN}
    assert "RS-JUDGE-003" in {finding.code for finding in review.findings}


def with_post(body: str, country: str) -> Given:
    given = visitor()
    given["career"] = [*given["career"], {**given["career"][0], "body": body, "body_en": body, "country": country}]
    return given


def test_a_new_name_beside_the_judged_one_opens_the_pair(register: Register, desk: Desk) -> None:
    record_judged(register, desk, judged(Disposition.FALSE_POSITIVE, reason="別の同名機関"))
    given = with_post("Examplia Institute of Rocketry, School of Engines", "ドイツ")
    review = desk.review(given, register=register, subject="P-001")
    assert len({placed.query for placed in review.hits}) == 2
    assert {placed.ruling for placed in review.hits} == {Ruling.OPEN}


def test_a_weaker_likeness_follows_what_was_judged(register: Register, desk: Desk) -> None:
    record_judged(register, desk, judged(Disposition.FALSE_POSITIVE, reason="別の同名機関"))
    review = desk.review(with_post("EIR", "日本"), register=register, subject="P-001")
    assert {placed.hit.band for placed in review.hits} == {Band.MATCH, Band.REVIEW}
    assert {placed.standing for placed in review.hits} == {Standing.DISMISSED}


def test_the_same_name_written_otherwise_stays_judged(register: Register, desk: Desk) -> None:
    record_judged(register, desk, judged())
    review = desk.review(visitor("ＥＸＡＭＰＬＩＡ Institute  of Rocketry"), register=register, subject="P-001")
    assert {placed.ruling for placed in review.hits} == {Ruling.SAME}


def test_a_later_judgement_supersedes_and_nothing_is_overwritten(register: Register, desk: Desk) -> None:
    review = record_judged(register, desk, judged(Disposition.INCONCLUSIVE, reason="資料待ち"))
    body = review.hits[0].body
    known = register.judgements_for("P-001")[body]
    register.record_judgement("P-001", body, replace(known, disposition=Disposition.TRUE_MATCH, reason="資料で確認"))
    assert register.judgements_for("P-001")[body].reason == "資料で確認"
    with register.looking() as session:
        rows = session.scalars(select(Remembered).order_by(Remembered.id)).all()
    assert [(row.reason, row.superseded_at is None) for row in rows] == [("資料待ち", False), ("資料で確認", True)]
    assert register.judgements_for("P-001", at=rows[0].recorded_at)[body].reason == "資料待ち"


def test_the_same_judgement_again_is_no_new_one(register: Register, desk: Desk) -> None:
    record_judged(register, desk, judged())
    record_judged(register, desk, judged())
    with register.looking() as session:
        assert len(session.scalars(select(Remembered)).all()) == 1


def test_a_match_waits_for_a_second_person(register: Register, desk: Desk) -> None:
    review = record_judged(register, desk, judged(approver=""))
    assert (review.hits[0].ruling, review.hits[0].standing) == (Ruling.AWAITING, Standing.PENDING)
    register.approve_judgement("P-001", review.hits[0].body, "管理 次郎")
    approved = desk.review(visitor(), register=register, subject="P-001")
    assert (approved.hits[0].ruling, approved.assessment.state.value) == (Ruling.SAME, "final")


def test_nobody_approves_an_own_judgement(register: Register, desk: Desk) -> None:
    review = record_judged(register, desk, judged(approver=""))
    with pytest.raises(RegisterError) as refused:
        register.approve_judgement("P-001", review.hits[0].body, "輸出花子")
    assert refused.value.code == "RS-REG-008"


@pytest.mark.parametrize("missing", [{"reason": " "}, {"reviewer": ""}, {"judged_on": None}])
def test_who_when_and_why_are_needed(register: Register, desk: Desk, missing: dict[str, object]) -> None:
    desk.submit(register, visitor(), subject="P-001")
    with pytest.raises(RegisterError) as refused:
        register.record_judgement("P-001", "own_watch:x", judged(**missing))
    assert refused.value.code == "RS-REG-007"
    assert register.judgements_for("P-001") == {}


def test_two_different_judgements_of_one_body_are_not_remembered(register: Register, desk: Desk) -> None:
    given = visitor()
    given["career"] = [*given["career"], {**given["career"][0], "body_en": "Examplia Institute of Rocketry"}]
    desk.submit(register, given, subject="P-001")
    typed = beside(desk.review(given), judged())
    last = list(typed)[-1]
    typed[last] = judged(Disposition.FALSE_POSITIVE, reason="別")
    review = desk.review(given, placed=typed)
    recorded = register.record_review(review, received({"edition": "office"}, subject="P-001"))
    assert "RS-REG-010" in {finding.code for finding in recorded.findings}
    assert register.judgements_for("P-001") == {}


# --- 利害関係


def test_nobody_judges_oneself(register: Register, desk: Desk) -> None:
    given = visitor(name_ja="緑 太郎")
    desk.submit(register, given, subject="P-001")
    typed = beside(desk.review(given), judged(reviewer="緑太郎"))
    review = desk.review(given, register=register, subject="P-001", placed=typed)
    assert {placed.ruling for placed in review.hits} == {Ruling.OPEN}
    assert register.conflict_of("Taro Midori", "P-001") is Conflict.SELF


def test_nobody_judges_in_a_case_of_ones_own(register: Register, desk: Desk) -> None:
    desk.submit(register, visitor(), subject="P-001")
    desk.submit(register, nobody(name="SAEKI Mariko", email="s@midori.example", cases=CASE), subject="P-009")
    assert register.conflict_of("Mariko Saeki", "P-001") is Conflict.OWN_CASE
    with pytest.raises(RegisterError) as refused:
        register.record_judgement("P-001", "own_watch:x", judged(approver="SAEKI MARIKO"))
    assert refused.value.code == "RS-REG-009"


def test_a_stated_interest_bars_and_a_later_statement_lifts_it(register: Register, desk: Desk) -> None:
    desk.submit(register, visitor(), subject="P-001")
    register.state_interest("輸出 花子", "C-01", "own_group", date(2026, 9, 1))
    assert register.conflict_of("輸出花子", "P-001") is Conflict.OWN_GROUP
    typed = beside(desk.review(visitor()), judged())
    review = desk.review(visitor(), register=register, subject="P-001", placed=typed)
    assert {placed.ruling for placed in review.hits} == {Ruling.OPEN}
    register.state_interest("輸出 花子", "C-01", "none", date(2026, 9, 5))
    assert register.conflict_of("輸出花子", "P-001") is None


def test_a_judgement_without_standing_is_named(register: Register, desk: Desk) -> None:
    desk.submit(register, visitor(), subject="P-001")
    register.state_interest("輸出 花子", "C-01", "coauthor", date(2026, 9, 1))
    review = desk.review(visitor())
    admitted, findings = register.judgements(review.checklist, review.answers, "P-001", beside(review, judged()))
    assert admitted.placed == {}
    (finding,) = findings
    assert (finding.code, "対象期間の共著者" in finding.message_ja) == ("RS-REG-009", True)


def test_every_act_leaves_a_line_in_the_log(register: Register, desk: Desk) -> None:
    review = record_judged(register, desk, judged(approver=""))
    register.approve_judgement("P-001", review.hits[0].body, "管理 次郎")
    register.state_interest("輸出 花子", "C-01", "none", date(2026, 9, 5))
    with register.looking() as session:
        lines = session.scalars(select(AuditEntry.action).order_by(AuditEntry.number)).all()
    assert lines.count("judgement.record") == 2
    assert {"subject.register", "case.register", "case.join", "submission.record", "result.record"} <= set(lines)
    assert lines[-1] == "interest.state"
    assert register.verify().whole


def test_an_old_copy_never_takes_a_later_judgement_back(local: Register, desk: Desk) -> None:
    first = record_judged(local, desk, judged(Disposition.INCONCLUSIVE, reason="資料を請求中"))
    later = judged(Disposition.FALSE_POSITIVE, reason="別の同名機関", judged_on=date(2026, 9, 9))
    local.record_judgement("P-001", first.hits[0].body, later)
    typed = beside(desk.review(visitor()), judged(Disposition.INCONCLUSIVE, reason="資料を請求中"))
    again = desk.review(visitor(), register=local, subject="P-001", placed=typed)
    assert again.hits[0].judgement.disposition is Disposition.FALSE_POSITIVE
    local.record_review(again, received({"edition": "office"}, subject="P-001"))
    assert local.judgements_for("P-001")[first.hits[0].body].reason == "別の同名機関"
