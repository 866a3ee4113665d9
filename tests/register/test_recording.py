"""What is received is kept as versions; what is recorded twice is counted once."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.register.conftest import LIST, SECOND, Desk, received
from tests.scenarios.people import listed_body, nobody
from xlsaddin.register.answer_text import parse_answers, render_answers
from xlsaddin.register.opening import RegisterError
from xlsaddin.register.register import Register
from xlsaddin.register.tables import Case, ListUsed, Membership, Result, SeenHit, Subject, Submission

CASES = [{"case_number": "C-01", "case_title": "薄膜", "funder": "JST", "deadline": "2026-09-18"}]


def visited(**answers: object) -> dict[str, object]:
    body = listed_body("2025.4-2025.9", "Examplia Institute of Rocketry")
    return nobody(listed_affiliations=[body], **answers)


def test_one_declaration_becomes_a_subject_a_version_and_a_result(register: Register, desk: Desk) -> None:
    recorded = desk.submit(register, visited(cases=CASES), subject="P-001", department="理学部")
    assert (recorded.subject, recorded.version, recorded.new_version, recorded.new_result) == ("P-001", 1, True, True)
    with register.looking() as session:
        subject = session.get_one(Subject, "P-001")
        assert (subject.name, subject.kind, subject.department) == ("MIDORI Taro", "person", "理学部")
        case = session.get_one(Case, "C-01")
        assert (case.title, case.funder, case.deadline) == ("薄膜", "JST", date(2026, 9, 18))
        assert session.get(Membership, ("C-01", "P-001")) is not None
        result = session.scalars(select(Result)).one()
        assert (result.level, result.state, result.to_judge) == ("moderate", "provisional", 1)
        used = session.scalars(select(ListUsed)).one()
        assert (used.list_id, used.entries, used.usable, len(used.sha256)) == (LIST, 2, True, 64)
        assert used.confirmed_on == date(2026, 8, 1)
        assert session.scalars(select(SeenHit)).one().listed == "Examplia Institute of Rocketry"
    assert register.verify().whole


def test_the_same_file_twice_is_one_version_and_one_result(register: Register, desk: Desk) -> None:
    first = desk.submit(register, visited())
    again = desk.submit(register, visited())
    assert (again.subject, again.version, again.result) == (first.subject, first.version, first.result)
    assert (again.new_version, again.new_result) == (False, False)
    with register.looking() as session:
        assert session.scalar(select(func.count()).select_from(Result)) == 1
        assert session.scalar(select(func.count()).select_from(Submission)) == 1


def test_every_version_is_kept_and_the_hits_are_those_of_the_newest(register: Register, desk: Desk) -> None:
    first = desk.submit(register, visited())
    second = desk.submit(register, nobody(), as_of=date(2026, 9, 3))
    assert (second.subject, second.version) == (first.subject, 2)
    with register.looking() as session:
        versions = session.scalars(select(Submission).order_by(Submission.version)).all()
        assert [version.answers is not None for version in versions] == [True, True]
        assert session.scalars(select(SeenHit)).all() == []
        newest = session.scalars(select(Result).where(Result.newest)).one()
        assert newest.id == second.result


def test_an_old_version_sent_again_is_recognised(register: Register, desk: Desk) -> None:
    desk.submit(register, visited())
    desk.submit(register, nobody(), as_of=date(2026, 9, 3))
    again = desk.submit(register, visited(), as_of=date(2026, 9, 4))
    assert (again.version, again.new_version) == (1, False)


def test_the_answers_stay_one_version_when_only_the_file_differs(register: Register, desk: Desk) -> None:
    review = desk.review(visited())
    first = register.record_review(review, received(visited()))
    reviewed_copy = received({"other": "bytes"})
    again = register.record_review(review, reviewed_copy)
    assert (again.version, again.result) == (first.version, first.result)


def test_a_later_day_with_the_same_outcome_confirms_the_result(register: Register, desk: Desk) -> None:
    first = desk.submit(register, visited())
    later = desk.submit(register, visited(), as_of=date(2026, 9, 20))
    assert later.result == first.result
    with register.looking() as session:
        result = session.get_one(Result, first.result)
        assert (result.as_of, result.confirmed_on) == (date(2026, 9, 1), date(2026, 9, 20))


def test_without_a_code_the_subject_is_found_by_what_identifies_it(register: Register, desk: Desk) -> None:
    one = desk.submit(register, nobody(name="MIDORI Taro", email="a@midori.example"))
    married = desk.submit(register, nobody(name="AOI Taro", email="A@midori.example"))
    namesake = desk.submit(register, nobody(name="MIDORI Taro", email="b@midori.example"))
    assert one.subject == married.subject != namesake.subject
    assert [finding.code for finding in married.findings] == []


def test_a_file_that_does_not_say_whose_it_is_is_one_subject_however_often_it_comes(
    register: Register, desk: Desk
) -> None:
    first = desk.submit(register, nobody(email=None))
    again = desk.submit(register, nobody(email=None))
    another = desk.submit(register, nobody(email=None, name="AOI Taro"))
    assert (again.subject, again.version, again.new_version) == (first.subject, 1, False)
    assert another.subject != first.subject
    assert [finding.code for finding in again.findings] == ["RS-REG-011"]


def test_a_changed_name_under_an_office_code_is_pointed_out(register: Register, desk: Desk) -> None:
    desk.submit(register, nobody(name="MIDORI Taro"), subject="P-001")
    other = desk.submit(register, nobody(name="KONDO Jiro", email="k@midori.example"), subject="P-001")
    assert [finding.code for finding in other.findings] == ["RS-REG-012"]


def test_three_cases_in_one_workbook_all_show_it(register: Register, desk: Desk) -> None:
    cases = [{"case_number": number} for number in ("C-03", "C-07", "C-11")]
    recorded = desk.submit(register, nobody(cases=cases))
    with register.looking() as session:
        members = session.scalars(select(Membership).where(Membership.subject_code == recorded.subject)).all()
    assert sorted(member.case_number for member in members) == ["C-03", "C-07", "C-11"]


def test_answers_come_back_as_they_were(desk: Desk) -> None:
    given = visited(cases=CASES, stated_on=date(2026, 8, 20))
    review = desk.review(given)
    kept = render_answers(review.checklist, review.answers)
    assert parse_answers(review.checklist, deepcopy(kept)) == review.answers


def test_what_no_database_takes_is_left_out(register: Register, desk: Desk) -> None:
    recorded = desk.submit(register, nobody(name_ja="緑\x00太郎\ud83d"))
    with register.looking() as session:
        subject = session.get_one(Subject, recorded.subject)
    assert "緑太郎?" in (subject.names or [])


def test_an_old_version_sent_again_changes_nothing_that_holds(register: Register, desk: Desk) -> None:
    desk.submit(register, visited(cases=CASES))
    second = desk.submit(register, nobody(cases=CASES), as_of=date(2026, 9, 3))
    again = desk.submit(register, visited(cases=CASES), as_of=date(2026, 9, 4))
    assert [finding.code for finding in again.findings] == ["RS-REG-021"]
    with register.looking() as session:
        newest = session.scalars(select(Result).where(Result.newest)).one()
        assert newest.id == second.result
        assert session.scalars(select(SeenHit)).all() == []
    assert register.case("C-01").members[0].version == 2


def test_a_look_at_an_earlier_day_is_kept_beside_the_newest_result(register: Register, desk: Desk) -> None:
    desk.import_list(SECOND, date(2026, 9, 10))
    newest = desk.submit(register, visited(), as_of=date(2026, 9, 20))
    earlier = desk.submit(register, visited(), as_of=date(2026, 9, 2))
    assert [finding.code for finding in earlier.findings] == ["RS-REG-021"]
    assert (earlier.new_result, earlier.result != newest.result) == (True, True)
    with register.looking() as session:
        assert session.scalars(select(Result).where(Result.newest)).one().id == newest.result
        assert {hit.result_id for hit in session.scalars(select(SeenHit))} == {newest.result}


def test_the_cases_a_copy_was_handed_out_for_are_joined(local: Register, desk: Desk) -> None:
    desk.submit(local, nobody(), subject="P-001", case="C-01・C-02")
    assert local.cases() == ("C-01", "C-02")


def test_a_database_in_trouble_is_one_sentence(local: Register, desk: Desk, tmp_path: Path) -> None:
    local.close()
    (tmp_path / "local.sqlite").write_bytes(b"not a database at all" * 400)
    with pytest.raises(RegisterError) as refused:
        desk.submit(local, nobody(), subject="P-001")
    assert refused.value.code == "RS-REG-002"
