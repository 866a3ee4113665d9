"""A person is erased whole, the chain stays whole, and the record says that something was deleted, never what."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.register.conftest import AS_OF, Desk, beside, judged, received
from tests.scenarios.people import Given, listed_body, nobody
from xlsaddin.register import erasure, follow_up, opening
from xlsaddin.register.erasure import Reason
from xlsaddin.register.opening import RegisterError
from xlsaddin.register.register import Register
from xlsaddin.register.tables import Base, Deletion, Membership, Result, SeenHit, Subject

MARK = "ZANGIEFSKY"
CASE = [{"case_number": "C-01", "case_title": "薄膜"}]


def marked(**answers: object) -> Given:
    """A declaration whose every personal text carries a mark that can be searched for."""
    body = listed_body("2025.4-2025.9", "Examplia Institute of Rocketry")
    own = {"name": f"{MARK} Taro", "email": f"{MARK}@midori.example", "name_ja": f"緑 {MARK}"}
    return nobody(listed_affiliations=[body], cases=CASE, **own | answers)


def filled(register: Register, desk: Desk) -> None:
    given = marked()
    desk.submit(register, given, subject="P-001", reviewed_copy=f"out/{MARK}.reviewed.xlsx")
    typed = beside(desk.review(given), judged(reason=f"{MARK} の在籍証明"))
    register.record_review(desk.review(given, placed=typed), received({"edition": 1}, subject="P-001"))
    with register.acting() as ledger:
        follow_up.record_correction(
            ledger, "C-01", "P-001", "career", before=MARK, after=MARK, cause=MARK, found_on=AS_OF
        )
        follow_up.plan(ledger, "interview", "research_office", f"{MARK} と面談", date(2026, 9, 9), subject="P-001")
    desk.submit(register, nobody(cases=CASE, email="k@midori.example"), subject="P-002")


def everything(register: Register) -> str:
    with register.looking() as session:
        return "\n".join(
            str(tuple(row)) for table in Base.metadata.sorted_tables for row in session.execute(select(table))
        )


def test_nothing_of_the_person_remains_and_the_chain_is_whole(register: Register, desk: Desk) -> None:
    filled(register, desk)
    before = everything(register)
    assert MARK in before
    erased = register.erase("P-001", Reason.REQUEST)
    after = everything(register)
    assert MARK not in after
    assert "KIMURA" not in after
    assert "k@midori.example" in after  # the others stay
    proof = register.verify()
    assert (proof.whole, proof.erased) == (True, erased.counts["audit"])
    assert register.judgements_for("P-001") == {}


def test_nothing_lingers_in_the_files(local: Register, desk: Desk, tmp_path: Path) -> None:
    filled(local, desk)
    local.erase("P-001", Reason.REQUEST)
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("local.sqlite*"))
    assert MARK.encode() not in kept


def test_the_deletion_is_recorded_without_what_was_deleted(register: Register, desk: Desk) -> None:
    filled(register, desk)
    register.erase("P-001", Reason.REQUEST)
    with register.looking() as session:
        deletion = session.scalars(select(Deletion)).one()
        assert (deletion.subject_code, deletion.reason, deletion.deleted_by) == ("P-001", "request", "office")
        assert deletion.counts["submission"] == 1
        assert session.scalars(select(SeenHit).where(SeenHit.subject_code == "P-001")).all() == []
        results = session.scalars(select(Result).where(Result.subject_code == "P-001")).all()
        assert results
        assert all(result.content is None and result.level for result in results)


def test_erasing_again_records_nothing_more(register: Register, desk: Desk) -> None:
    filled(register, desk)
    register.erase("P-001", Reason.REQUEST)
    lines = register.verify().entries
    register.erase("P-001", Reason.REQUEST)
    assert register.verify().entries == lines


def test_an_erased_person_is_on_nobodys_list(register: Register, desk: Desk) -> None:
    filled(register, desk)
    register.erase("P-001", Reason.REQUEST)
    about = {item.code for item in register.worklist(date(2026, 9, 20)) if item.subject == "P-001"}
    assert about <= {"RS-WORK-013"}  # that the funder must be told of the error stays
    assert [member.code for member in register.case("C-01", AS_OF).members] == ["P-002"]


def test_nothing_is_recorded_under_an_erased_id(register: Register, desk: Desk) -> None:
    filled(register, desk)
    register.erase("P-001", Reason.REQUEST)
    with pytest.raises(RegisterError) as refused:
        desk.submit(register, marked(), subject="P-001")
    assert refused.value.code == "RS-REG-006"
    anew = desk.submit(register, marked())
    assert anew.subject not in ("P-001", "P-002")


def test_the_declarations_of_others_that_name_the_person_are_pointed_out(register: Register, desk: Desk) -> None:
    filled(register, desk)
    paper = {"published_on": "2026-05", "title": "X", "venue": "Y", "position": "共著"}
    coauthor = paper | {"first_author": f"{MARK}  Taro", "authors": 2}
    desk.submit(register, nobody(publications=[coauthor], email="c@midori.example"), subject="P-003")
    erased = register.erase("P-001", Reason.REQUEST)
    assert erased.also_named_in == (("P-003", "researcher", 1),)


# --- recruitment


def candidate() -> Given:
    return marked(role="採用候補者")


def test_a_candidate_not_hired_is_erased(register: Register, desk: Desk) -> None:
    desk.submit(register, candidate(), subject="R-001")
    assert "RS-WORK-015" in {item.code for item in register.worklist(AS_OF)}
    register.close_recruitment("R-001", hired=False, on=date(2026, 9, 30))
    assert MARK not in everything(register)
    with register.looking() as session:
        assert session.scalars(select(Deletion)).one().reason == "not_hired"
        assert session.get_one(Membership, ("C-01", "R-001")).left_on == date(2026, 9, 30)
    assert register.verify().whole


def test_a_candidate_hired_becomes_a_participant(register: Register, desk: Desk) -> None:
    desk.submit(register, candidate(), subject="R-001")
    register.close_recruitment("R-001", hired=True, on=date(2026, 10, 1))
    desk.submit(register, candidate(), subject="R-001")  # the old file again changes nothing
    with register.looking() as session:
        member = session.get_one(Membership, ("C-01", "R-001"))
        assert (member.role, member.joined_on) == ("participant", date(2026, 10, 1))
        assert session.get_one(Subject, "R-001").recruitment is False


def test_only_candidates_are_closed_as_recruitment(register: Register, desk: Desk) -> None:
    filled(register, desk)
    with pytest.raises(RegisterError) as refused:
        register.close_recruitment("P-001", hired=False, on=AS_OF)
    assert refused.value.code == "RS-REG-016"


# --- retention


def test_no_period_is_assumed(register: Register) -> None:
    with pytest.raises(RegisterError) as refused, register.looking() as session:
        erasure.past_retention(session, AS_OF)
    assert refused.value.code == "RS-REG-017"


def test_what_is_past_the_period_is_found_once_all_its_cases_ended_long_ago(register: Register, desk: Desk) -> None:
    filled(register, desk)
    desk.submit(register, nobody(cases=[*CASE, {"case_number": "C-02"}], email="x@midori.example"), subject="P-005")
    with register.acting() as ledger:
        erasure.set_retention(ledger, 5)
    register.record_case("C-01", closed_on=date(2028, 3, 31))
    for day, due in ((date(2033, 3, 30), []), (date(2033, 3, 31), ["P-001", "P-002"])):
        with register.looking() as session:
            assert erasure.past_retention(session, day) == due


def named_elsewhere(register: Register, desk: Desk) -> None:
    """A register in which free texts, another's declaration and a decision name the person too."""
    filled(register, desk)
    said = {"outcome": f"{MARK} の参画を認める", "matter": f"{MARK} の見本案件", "reason": MARK, "by": "管理 次郎"}
    register.decide("P-001", "exception", on=AS_OF, **said)
    register.note_experience("C-01", "near_miss", f"{MARK.title()}  Taro の来訪記録の漏れ", AS_OF)
    register.plan_follow_up(f"{MARK} Taro に連絡", due=AS_OF, role="legal", case="C-01")
    desk.submit(
        register,
        {"case_number": "C-01", "roster": [{"person_id": "P-001", "name": f"{MARK} Taro", "role": "PI"}]},
        checklist="project",
    )


def test_a_decision_about_the_person_is_emptied_and_off_the_worklist(register: Register, desk: Desk) -> None:
    named_elsewhere(register, desk)
    register.erase("P-001", Reason.REQUEST)
    assert "見本案件" not in everything(register)
    assert "RS-WORK-010" not in {item.code for item in register.worklist(date(2026, 9, 20))}


def test_where_the_name_stands_besides_is_told_and_blacked_out_when_decided(register: Register, desk: Desk) -> None:
    named_elsewhere(register, desk)
    erased = register.erase("P-001", Reason.REQUEST)
    assert {row.split()[0] for row in erased.named_in_rows} == {"experience", "follow_up", "submission", "result"}
    assert MARK in everything(register).upper()
    again = register.erase("P-001", Reason.REQUEST, everywhere=True, names=[f"{MARK} Taro", f"緑 {MARK}"])
    assert again.redacted
    assert MARK not in everything(register).upper()
    assert register.verify().whole
    assert "■■■ の来訪記録の漏れ" in [one.text for one in register.experiences()]


def test_a_namesake_keeps_the_own_name(register: Register, desk: Desk) -> None:
    filled(register, desk)
    desk.submit(register, nobody(name=f"{MARK} Taro", email="other@midori.example"), subject="P-009")
    register.erase("P-001", Reason.REQUEST, everywhere=True)
    assert [entry["subject"] for entry in register.entries() if "P-009" in entry["subject"]] == [f"P-009 {MARK} Taro"]
    assert register.verify().whole


def test_nothing_lingers_in_the_files_after_blacking_out(local: Register, desk: Desk, tmp_path: Path) -> None:
    named_elsewhere(local, desk)
    local.erase("P-001", Reason.REQUEST, everywhere=True)
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("local.sqlite*")).upper()
    assert MARK.encode() not in kept


def test_a_program_that_reads_meanwhile_is_named_as_the_reason_why_something_lingers(
    local: Register, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "_PATIENCE", 10)
    filled(local, desk)
    with local.looking() as session:
        session.execute(select(Subject)).all()
        assert local.erase("P-001", Reason.REQUEST).lingers
    assert not local.erase("P-001", Reason.REQUEST).lingers


def test_a_backup_does_not_bring_back_a_name_that_was_blacked_out(
    register: Register, desk: Desk, tmp_path: Path
) -> None:
    named_elsewhere(register, desk)
    register.back_up(tmp_path / "b.sqlite")
    register.erase("P-001", Reason.REQUEST, everywhere=True)
    assert register.restore(tmp_path / "b.sqlite").erased_again == ("P-001",)
    assert MARK not in everything(register).upper()
    assert register.verify().whole
