"""Nothing that is due is forgotten: the worklist of each role, corrections, recruitment, the case as a whole."""

from __future__ import annotations

from datetime import date

import pytest

from tests.register.conftest import AS_OF, Desk, beside, judged, received
from tests.scenarios.people import Given, listed_body, nobody, post, suharsono
from xlsaddin.assessment.model import Level, State
from xlsaddin.register import decisions, follow_up
from xlsaddin.register.opening import RegisterError
from xlsaddin.register.register import Register
from xlsaddin.register.roll_up import DueDiligence, Gap
from xlsaddin.register.tables import Result
from xlsaddin.register.worklist import Role

CASE = [{"case_number": "C-01", "case_title": "薄膜", "funder": "JST", "deadline": "2026-09-18"}]


def visitor(**answers: object) -> Given:
    body = listed_body("2025.4-2025.9", "Examplia Institute of Rocketry")
    return nobody(listed_affiliations=[body], cases=CASE, **answers)


def codes(register: Register, as_of: date = AS_OF, role: Role | None = None, subject: str = "") -> list[str]:
    found = register.worklist(as_of, role)
    return [item.code for item in found if subject in ("", item.subject)]


def test_who_has_not_declared_is_asked_before_the_deadline(register: Register) -> None:
    register.record_case("C-01", title="薄膜", deadline=date(2026, 9, 18))
    register.record_member("C-01", "P-002", name="KIMURA Ken", role="participant")
    (item,) = register.worklist(AS_OF, Role.RESEARCH_OFFICE)
    assert (item.code, item.due, item.subject) == ("RS-WORK-001", date(2026, 9, 18), "P-002")
    assert "P-002 KIMURA Ken" in item.ja
    assert not item.overdue(AS_OF)
    assert item.overdue(date(2026, 9, 19))


def test_what_is_due_much_later_is_left_out(register: Register) -> None:
    register.record_case("C-01", deadline=date(2027, 3, 1))
    register.record_member("C-01", "P-002")
    assert codes(register) == []


def test_a_new_participant_needs_due_diligence(register: Register, desk: Desk) -> None:
    register.record_case("C-01", started_on=date(2026, 4, 1))
    register.record_member("C-01", "P-002", role="participant", joined_on=date(2026, 8, 25))
    (item,) = register.worklist(AS_OF)
    assert (item.code, item.overdue(AS_OF)) == ("RS-WORK-002", True)
    desk.submit(register, nobody(cases=[{"case_number": "C-01"}]), subject="P-002")
    assert codes(register) == []


def test_a_declaration_older_than_a_year_is_asked_anew_once_for_all_cases(register: Register, desk: Desk) -> None:
    cases = [{"case_number": number} for number in ("C-01", "C-02")]
    desk.submit(register, nobody(cases=cases, stated_on="2025-08-20"), subject="P-001")
    (item,) = register.worklist(AS_OF)
    assert (item.code, item.due) == ("RS-WORK-003", date(2026, 8, 20))


def test_judging_approving_and_agreeing_move_from_desk_to_desk(register: Register, desk: Desk) -> None:
    desk.submit(register, visitor(), subject="P-001", reviewed_copy="out/P-001.reviewed.xlsx")
    (item,) = register.worklist(AS_OF, Role.EXPORT_CONTROL)
    assert (item.code, item.link) == ("RS-WORK-004", "out/P-001.reviewed.xlsx")

    typed = beside(desk.review(visitor()), judged(approver=""))
    review = desk.review(visitor(), placed=typed)
    register.record_review(review, received({"edition": 1}, subject="P-001"))
    assert codes(register, role=Role.EXPORT_CONTROL) == []
    assert codes(register, role=Role.APPROVER) == ["RS-WORK-005"]

    register.approve_judgement("P-001", review.hits[0].body, "管理 次郎")
    desk.submit(register, visitor(), subject="P-001")
    assert codes(register, role=Role.APPROVER) == []
    assert set(codes(register)) == {"RS-WORK-011"}


def test_measures_are_agreed_carried_out_and_then_off_the_list(register: Register, desk: Desk) -> None:
    desk.submit(register, visitor(), subject="P-001")
    measures = register.case("C-01", AS_OF).measures
    required = [measure for measure in measures if measure.required]
    assert required
    first, *others = required
    for measure in others:
        register.decline_measure(measure.id, reason="より軽い措置で足りる")
    register.agree_measure(first.id, owner="理学部", due=date(2026, 9, 10), reason="中のため")
    (item,) = register.worklist(date(2026, 9, 11), Role.MEASURE_OWNER)
    assert (item.owner, item.overdue(date(2026, 9, 11))) == ("理学部", True)
    register.complete_measure(first.id, on=date(2026, 9, 11), evidence="入退室記録 2026-09")
    assert "RS-WORK-012" not in codes(register, date(2026, 9, 11))
    assert "RS-WORK-011" not in codes(register, date(2026, 9, 11))


def test_a_measure_is_not_declined_without_a_reason(register: Register, desk: Desk) -> None:
    desk.submit(register, visitor(), subject="P-001")
    (measure, *_) = register.case("C-01", AS_OF).measures
    with pytest.raises(RegisterError) as refused:
        register.decline_measure(measure.id, reason=" ")
    assert refused.value.code == "RS-REG-013"


def test_an_agreed_measure_stays_when_results_no_longer_call_for_it(register: Register, desk: Desk) -> None:
    desk.submit(register, visitor(), subject="P-001")
    measures = register.case("C-01", AS_OF).measures
    register.agree_measure(measures[0].id, owner="理学部", due=date(2026, 12, 1))
    desk.submit(register, nobody(cases=CASE), subject="P-001", as_of=date(2026, 9, 5))
    left = {measure.id: measure.status for measure in register.case("C-01", AS_OF).measures}
    assert left[measures[0].id] == "agreed"
    assert set(left.values()) - {"agreed"} <= {"dropped"}


# --- corrections (3-5)


def test_a_correction_is_reported_and_due_diligence_redone(register: Register, desk: Desk) -> None:
    desk.submit(register, nobody(cases=CASE), subject="P-001")
    with register.acting() as ledger:
        correction = follow_up.record_correction(
            ledger,
            "C-01",
            "P-001",
            "listed_affiliations",
            before="該当なし",
            after="客員 2025年4月から9月",
            found_on=date(2026, 9, 7),
            cause="記入漏れ",
        ).id
    work = [(item.code, item.due) for item in register.worklist(date(2026, 9, 8))]
    assert work == [("RS-WORK-013", date(2026, 9, 14)), ("RS-WORK-014", date(2026, 9, 14))]

    with register.acting() as ledger:
        facts = follow_up.correction_facts(ledger, correction)
        follow_up.report_correction(ledger, correction, date(2026, 9, 9))
    assert (facts.case, facts.funder, facts.item, facts.before) == ("C-01", "JST", "listed_affiliations", "該当なし")
    assert codes(register, date(2026, 9, 9)) == ["RS-WORK-014"]

    with pytest.raises(RegisterError) as refused, register.acting() as ledger:
        follow_up.redo_due_diligence(ledger, correction, date(2026, 9, 10))
    assert refused.value.code == "RS-REG-015"

    desk.submit(register, visitor(), subject="P-001", as_of=date(2026, 9, 10))
    with register.acting() as ledger:
        row = follow_up.redo_due_diligence(ledger, correction, date(2026, 9, 10))
    assert row.submission_id is not None
    assert not {"RS-WORK-013", "RS-WORK-014"} & set(codes(register, date(2026, 9, 10)))


# --- ⑫: a non-resident becomes a resident


def test_residency_is_looked_at_again_on_the_day_it_changes(register: Register, desk: Desk) -> None:
    desk.submit(register, suharsono(), subject="P-004")
    plans = [item for item in register.worklist(date(2026, 9, 10)) if item.code == "RS-WORK-016"]
    assert [(item.role, item.due) for item in plans] == [(Role.EXPORT_CONTROL, date(2026, 10, 5))]
    desk.submit(register, suharsono(), subject="P-004", as_of=date(2026, 10, 5))
    assert [item.due for item in register.worklist(date(2026, 10, 6)) if item.code == "RS-WORK-016"] == [
        date(2026, 10, 5)
    ]


# --- decisions of two persons


def test_critical_needs_a_decision_by_two_persons(register: Register, desk: Desk) -> None:
    recorded = desk.submit(register, nobody(), subject="P-001")
    with register.acting() as ledger:
        ledger.find(Result, recorded.result).level = "critical"
    assert codes(register, role=Role.MANAGEMENT) == ["RS-WORK-009"]
    with register.acting() as ledger:
        decision = decisions.decide(
            ledger,
            "P-001",
            decisions.CRITICAL,
            outcome="参画を見合わせる",
            reason="本人確認中",
            by="部長 一郎",
            on=AS_OF,
        ).id
    assert codes(register, role=Role.MANAGEMENT) == []
    assert codes(register, role=Role.APPROVER) == ["RS-WORK-010"]
    with pytest.raises(RegisterError) as refused, register.acting() as ledger:
        decisions.approve_decision(ledger, decision, by="部長一郎", on=AS_OF)
    assert refused.value.code == "RS-REG-008"
    with register.acting() as ledger:
        decisions.approve_decision(ledger, decision, by="理事 二郎", on=AS_OF)
    assert codes(register, role=Role.APPROVER) == []


# --- the case as a whole


def test_the_case_shows_who_is_missing_what_is_missing_and_the_highest_level(register: Register, desk: Desk) -> None:
    register.record_case("C-01", title="薄膜", funder="JST", deadline=date(2026, 9, 18))
    register.record_member("C-01", "P-003", name="NAKANO Aya", role="participant")
    register.record_member("C-01", "P-004", role="participant", left_on=date(2026, 8, 1))
    desk.submit(register, visitor(role="PI"), subject="P-001")
    desk.submit(register, nobody(cases=CASE, email="k@midori.example"), subject="P-002")
    case = register.case("C-01", AS_OF)
    assert [member.code for member in case.members] == ["P-001", "P-002", "P-003"]
    assert [member.code for member in case.missing] == ["P-003"]
    assert (case.level, case.state, case.days_left) == (Level.MODERATE, State.PROVISIONAL, 17)
    assert set(case.gaps) == {
        ("P-001", Gap.TO_JUDGE),
        ("P-001", Gap.MEASURE_OPEN),
        ("P-003", Gap.NO_DECLARATION),
    }
    done = {member.code: member.due_diligence for member in case.members}
    assert done == {
        "P-001": DueDiligence.NOT_DONE,
        "P-002": DueDiligence.DONE,
        "P-003": DueDiligence.NOT_DONE,
    }


def test_information_not_obtainable_is_partial_due_diligence(register: Register, desk: Desk) -> None:
    given = nobody(cases=CASE, patents={"status": "情報取得不可", "reason": "前機関が開示しない"})
    desk.submit(register, given, subject="P-001")
    (member,) = register.case("C-01", AS_OF).members
    assert member.due_diligence is DueDiligence.PARTIAL


def test_a_case_nobody_knows_is_refused_in_a_sentence(register: Register) -> None:
    with pytest.raises(RegisterError) as refused:
        register.case("C-99")
    assert refused.value.code == "RS-REG-005"


def test_a_co_pi_shows_the_level_of_both_institutions(local: Register, desk: Desk) -> None:
    desk.submit(local, visitor(role="Co-PI"), subject="P-001")
    desk.submit(local, nobody(cases=CASE, email="b@midori.example"), subject="P-002")
    layers = {member.code: member.layers for member in local.case("C-01", AS_OF).members}
    assert {(layer, level) for layer, level, _ in layers["P-001"]} == {("lead", "moderate"), ("joint", "moderate")}
    assert layers["P-002"] == ()


def test_the_department_is_that_of_the_main_post_unless_the_office_says_otherwise(local: Register, desk: Desk) -> None:
    posts = [
        {**post("2010-04", "2015-03", "みどり大学", "Midori University"), "department": "教養部"},
        {**post("2020-04", "現在", "あおい社", "Aoi Inc."), "department": "顧問室", "capacity": "兼業・兼務"},
        {**post("2015-04", "現在", "みどり大学", "Midori University"), "department": "工学研究科", "capacity": "本務"},
    ]
    desk.submit(local, nobody(cases=CASE, career=posts), subject="P-001")
    assert [member.department for member in local.case("C-01", AS_OF).members] == ["工学研究科"]
    local.record_member("C-01", "P-001", department="量子機構")
    desk.submit(local, nobody(cases=CASE, career=posts, stated_on="2026-08-28"), subject="P-001")
    assert [member.department for member in local.case("C-01", AS_OF).members] == ["量子機構"]


def test_what_is_planned_or_noted_for_nothing_registered_is_refused(register: Register) -> None:
    with pytest.raises(RegisterError, match="C-9"):
        register.plan_follow_up("面談", due=date(2026, 9, 9), role="legal", case="C-9")
    with pytest.raises(RegisterError, match="P-9"):
        register.plan_follow_up("面談", due=date(2026, 9, 9), role="legal", subject="P-9")
    with pytest.raises(RegisterError, match="C-9"):
        register.note_experience("C-9", "near_miss", "来訪者の記録漏れ", date(2026, 9, 9))


def test_a_correction_is_not_reported_before_the_error_was_found(local: Register, desk: Desk) -> None:
    desk.submit(local, nobody(cases=[{"case_number": "C-01"}]), subject="P-001")
    said = {"before": "無", "after": "有", "found_on": date(2026, 9, 3)}
    number = local.record_correction("C-01", "P-001", "grants", **said)
    with pytest.raises(RegisterError, match="2026-09-03"):
        local.report_correction(number, date(2026, 9, 2))
    with pytest.raises(RegisterError, match="2026-09-03"):
        local.redo_due_diligence(number, date(2026, 9, 2))
    assert local.correction(number).reported_on is None


def test_an_approval_stands_and_never_lies_before_the_decision(local: Register, desk: Desk) -> None:
    desk.submit(local, nobody(cases=[{"case_number": "C-01"}]), subject="P-001")
    said = {"outcome": "認める", "reason": "理由", "by": "管理 次郎", "on": date(2026, 9, 3)}
    number = local.decide("P-001", "exception", **said)
    with pytest.raises(RegisterError, match="2026-09-03"):
        local.approve_decision(number, by="学長 三郎", on=date(2026, 9, 2))
    local.approve_decision(number, by="学長 三郎", on=date(2026, 9, 3))
    with pytest.raises(RegisterError, match="学長 三郎"):
        local.approve_decision(number, by="別の 四郎", on=date(2026, 9, 4))


def test_work_on_a_form_names_the_form(local: Register, desk: Desk) -> None:
    desk.submit(local, {"subject_id": "P-001", "name": "MIDORI Taro", "year": "2026"}, checklist="integrity")
    (item,) = (one for one in local.worklist(AS_OF) if one.code == "RS-WORK-007")
    assert "研究インテグリティ チェックリスト" in item.ja
    assert "Research integrity checklist" in item.en


def test_a_hit_is_a_gap_until_the_institution_of_the_cases_role_judged_it(local: Register, desk: Desk) -> None:
    given = nobody(
        role="Co-PI",
        institution_role="研究代表機関",
        cases=[{"case_number": "C-01"}],
        listed_affiliations=[listed_body("2025.4-2025.9", "Examplia Institute of Rocketry")],
    )
    desk.submit(local, given, subject="P-001")
    (hit,) = local.open_hits("P-001")
    local.record_judgement("P-001", hit.body, judged())
    local.rescreen(desk.store, AS_OF, "P-001")
    assert local.open_hits("P-001") == []
    case = local.case("C-01", AS_OF)
    (member,) = case.members
    assert {layer: state for layer, _, state in member.layers} == {"lead": "final", "joint": "provisional"}
    assert ("P-001", Gap.TO_JUDGE) not in case.gaps
    local.record_case("C-01", role="joint")
    assert ("P-001", Gap.TO_JUDGE) in local.case("C-01", AS_OF).gaps
