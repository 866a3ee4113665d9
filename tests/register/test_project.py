"""The project's own workbook tells the register who is expected, what was agreed and what is due; twice is once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.register.conftest import AS_OF, Desk
from tests.scenarios.people import Given, nobody
from xlsaddin.register.opening import RegisterError
from xlsaddin.register.recording import Recorded
from xlsaddin.register.register import Register
from xlsaddin.register.roll_up import Gap
from xlsaddin.register.tables import AgreedMeasure, AuditEntry, Base, Case, Correction, Experience, FollowUp, Subject

ROSTER = [
    {"person_id": "P-001", "name": "MIDORI Taro", "role": "PI"},
    {"person_id": "P-002", "name": "KIMURA Ken", "role": "研究参画者(学生)", "joined_on": "2026-08-25"},
]


def project(**answers: Any) -> Given:
    given: Given = {
        "case_number": "C-01",
        "case_title": "薄膜",
        "funder": "JST",
        "deadline": "2026-09-18",
        "institution_role": "研究代表機関",
        "phase": "応募中",
        "roster": ROSTER,
    }
    return given | answers


def submit(register: Register, desk: Desk, given: Given, as_of: date = AS_OF) -> Recorded:
    return desk.submit(register, given, checklist="project", as_of=as_of)


def codes(recorded: Recorded) -> list[str]:
    return [finding.code for finding in recorded.findings]


def test_everyone_on_the_roster_is_expected(register: Register, desk: Desk) -> None:
    assert codes(submit(register, desk, project())) == []
    case = register.case("C-01", AS_OF)
    assert (case.title, case.funder, case.deadline, case.role) == ("薄膜", "JST", date(2026, 9, 18), "lead")
    people = [(member.code, member.name, member.role) for member in case.members if member.kind == "person"]
    assert people == [("P-001", "MIDORI Taro", "pi"), ("P-002", "KIMURA Ken", "student")]
    assert ("P-002", Gap.NO_DECLARATION) in case.gaps
    assert "RS-WORK-001" in {item.code for item in register.worklist(AS_OF) if item.subject == "P-001"}


def test_bodies_and_contracts_that_need_a_form_are_expected_and_found_again(register: Register, desk: Desk) -> None:
    given = project(
        partners=[
            {"name": "株式会社ミナト光学", "kind": "会社", "needed": "要"},
            {"name": "みどり大学", "kind": "大学", "needed": "否", "reason": "国内の大学"},
        ],
        contracts=[{"contract_no": "K-7", "name": "共同研究契約", "needed": "要"}],
    )
    submit(register, desk, given)
    members = register.case("C-01", AS_OF).members
    expected = {member.kind: member.name for member in members if member.kind not in ("person", "project")}
    assert expected == {"partner": "株式会社ミナト光学", "contract": "K-7"}
    form = {"case_number": "C-01", "name_ja": "株式会社ミナト光学", "name_en": "Minato Optics Inc."}
    desk.submit(register, form, checklist="partner")
    (partner,) = (member for member in register.case("C-01", AS_OF).members if member.kind == "partner")
    assert partner.result is not None


def test_a_form_with_a_code_of_the_office_takes_the_place_of_what_was_expected(register: Register, desk: Desk) -> None:
    submit(register, desk, project(partners=[{"name": "株式会社ミナト光学", "needed": "要"}]))
    form = {"case_number": "C-01", "name_ja": "株式会社ミナト光学"}
    desk.submit(register, form, checklist="partner", subject="B-001")
    partners = [member.code for member in register.case("C-01", AS_OF).members if member.kind == "partner"]
    assert partners == ["B-001"]
    assert register.verify().whole


def test_a_name_without_an_id_is_not_registered_and_said(register: Register, desk: Desk) -> None:
    recorded = submit(register, desk, project(roster=[*ROSTER, {"name": "NAKANO Aya", "role": "研究参画者"}]))
    assert codes(recorded) == ["RS-REG-024"]
    declared = nobody(name="NAKANO Aya", email="aya@midori.example", cases=[{"case_number": "C-01"}])
    desk.submit(register, declared)
    again = submit(register, desk, project(roster=[*ROSTER, {"name": "NAKANO Aya", "role": "研究参画者"}]), AS_OF)
    assert codes(again) == []


def test_who_declared_but_is_not_on_the_roster_is_pointed_out(register: Register, desk: Desk) -> None:
    desk.submit(register, nobody(cases=[{"case_number": "C-01"}]), subject="P-009")
    assert codes(submit(register, desk, project())) == ["RS-REG-025"]
    register.record_member("C-01", "P-009", left_on=date(2026, 8, 31))
    assert codes(submit(register, desk, project())) == []


def test_a_roster_never_changes_the_spellings_of_a_declaration(register: Register, desk: Desk) -> None:
    desk.submit(register, nobody(name="MIDORI Taro", name_ja="緑 太郎"), subject="P-001")
    submit(register, desk, project())
    with register.looking() as session:
        assert session.get_one(Subject, "P-001").names == ["MIDORI Taro", "緑 太郎"]


def test_an_erased_person_does_not_come_back_with_the_roster(register: Register, desk: Desk) -> None:
    submit(register, desk, project())
    register.erase("P-002", "request")
    changed = project(case_title="薄膜と計測")
    assert codes(submit(register, desk, changed)) == ["RS-REG-006"]
    with register.looking() as session:
        assert session.get_one(Subject, "P-002").name is None
        assert session.get_one(Case, "C-01").title == "薄膜と計測"


WORK = project(
    phase="開始後",
    started_on="2026-04-01",
    measures=[
        {
            "target": "P-002",
            "measure": "研究データ等の情報へのアクセス権限の管理",
            "content": "共有フォルダーの権限を分ける",
            "cause": "学外の計算機を使う",
            "owner": "理学部",
            "due_on": "2026-09-30",
            "state": "予定",
        }
    ],
    follow_ups=[
        {"checked_on": "2026-08-01", "target": "権限の分離", "state": "一部実施", "next_on": "2026-09-10"},
    ],
    funder_contacts=[
        {"kind": "要請", "received_on": "2026-08-20", "content": "参画者の追加の報告", "due_on": "2026-09-12"}
    ],
    corrections=[
        {
            "person": "MIDORI Taro",
            "item": "職歴",
            "found_on": "2026-08-28",
            "before": "なし",
            "after": "客員",
            "cause": "記入漏れ",
        }
    ],
    lessons=[
        {
            "kind": "ヒヤリハット",
            "happened_on": "2026-07",
            "content": "退職者の鍵が返っていなかった",
            "providable": "匿名化すれば可",
            "anonymized": "済",
        }
    ],
)


def test_work_agreed_on_is_in_the_worklist(register: Register, desk: Desk) -> None:
    assert codes(submit(register, desk, WORK)) == []
    work = [(item.code, item.subject, item.due) for item in register.worklist(AS_OF)]
    assert ("RS-WORK-012", "P-002", date(2026, 9, 30)) in work
    assert ("RS-WORK-013", "P-001", date(2026, 9, 4)) in work
    planned = [item.due for item in register.worklist(AS_OF) if item.code == "RS-WORK-016"]
    assert planned == [date(2026, 9, 10), date(2026, 9, 12)]
    with register.looking() as session:
        experience = session.scalars(select(Experience)).one()
        assert (experience.kind, experience.may_be_shared, experience.anonymous) == ("near_miss", True, True)


def test_the_same_rows_read_again_change_nothing(register: Register, desk: Desk) -> None:
    submit(register, desk, WORK)
    before = _counts(register)
    submit(register, desk, WORK)
    changed = project(**WORK, prepared_by="研究推進課 田中")
    submit(register, desk, changed)
    after = _counts(register)
    grown = {table for table in after if after[table] != before[table]}
    assert grown == {"submission", "result", "list_used", "audit"}
    assert after["audit"] - before["audit"] == 2  # the new version and its result


def _counts(register: Register) -> dict[str, int]:
    with register.looking() as session:
        return {
            name: session.scalar(select(func.count()).select_from(table)) or 0
            for name, table in Base.metadata.tables.items()
        }


def test_what_was_done_leaves_the_worklist(register: Register, desk: Desk) -> None:
    submit(register, desk, WORK)
    later = WORK | {
        "measures": [{**WORK["measures"][0], "state": "完了", "evidence": "設定記録"}],
        "follow_ups": [
            *WORK["follow_ups"],
            {"checked_on": "2026-09-09", "target": "権限の分離", "state": "実施されている"},
        ],
        "funder_contacts": [{**WORK["funder_contacts"][0], "answered_on": "2026-09-08"}],
        "corrections": [{**WORK["corrections"][0], "reported_on": "2026-09-01"}],
    }
    submit(register, desk, later, date(2026, 9, 10))
    left = {item.code for item in register.worklist(date(2026, 9, 10)) if item.subject in ("P-001", "P-002", "")}
    assert not {"RS-WORK-012", "RS-WORK-013", "RS-WORK-016"} & left
    assert "RS-WORK-014" in left
    with register.looking() as session:
        assert session.scalars(select(AgreedMeasure)).one().evidence == "設定記録"
        assert session.scalar(select(func.count()).select_from(FollowUp)) == 2


def test_due_diligence_is_not_redone_by_a_date_alone(register: Register, desk: Desk) -> None:
    submit(register, desk, WORK)
    claimed = WORK | {"corrections": [{**WORK["corrections"][0], "dd_redone_on": "2026-09-01"}]}
    assert codes(submit(register, desk, claimed)) == ["RS-REG-015"]
    with register.looking() as session:
        assert session.scalars(select(Correction)).one().redone_on is None


def test_a_target_nobody_knows_is_pointed_out(register: Register, desk: Desk) -> None:
    unknown = WORK | {"measures": [{**WORK["measures"][0], "target": "SATO Jiro"}]}
    assert codes(submit(register, desk, unknown)) == ["RS-REG-026"]


def test_a_project_that_is_over_asks_for_nothing_more(register: Register, desk: Desk) -> None:
    submit(register, desk, project(phase="不採択・取下げ"))
    assert [item.code for item in register.worklist(AS_OF) if item.case] == []


def test_all_of_it_is_in_the_audit_log(local: Register, desk: Desk) -> None:
    submit(local, desk, WORK)
    with local.looking() as session:
        actions = set(session.scalars(select(AuditEntry.action)))
    assert {"case.save", "case.join", "measure.stated", "follow_up.plan", "correction.record"} <= actions
    assert local.verify().whole


def test_a_roster_cannot_bring_a_case_under_another_number(local: Register, desk: Desk) -> None:
    submit(local, desk, project(case_number=""))
    with pytest.raises(RegisterError):
        local.case("C-01")
