"""A new list edition: only what is new or changed is put before people, with the reason; the rest stands."""

from __future__ import annotations

import shutil
from datetime import date

from sqlalchemy import func, select

from tests.register.conftest import FIRST, LIST, PROFILE, SECOND, Desk, beside, judged, received
from tests.scenarios.people import Given, listed_body, nobody
from xlsaddin.register.register import Register
from xlsaddin.register.rescreen_reasons import Kind
from xlsaddin.register.tables import ListUsed, Result, ScreenedAgain
from xlsaddin.review_model import Ruling

LATER = date(2026, 9, 11)


def at(*bodies: str, **answers: object) -> Given:
    return nobody(listed_affiliations=[listed_body("2025.4-2025.9", body) for body in bodies], **answers)


def submit_and_judge(register: Register, desk: Desk, given: Given, subject: str) -> None:
    copy = f"{subject}.reviewed.xlsx"
    desk.submit(register, given, subject=subject, reviewed_copy=copy)
    typed = beside(desk.review(given), judged())
    register.record_review(
        desk.review(given, placed=typed), received({"edition": subject}, subject=subject, reviewed_copy=copy)
    )


def office(register: Register, desk: Desk) -> None:
    submit_and_judge(register, desk, at("Examplia Institute of Rocketry"), "P-001")
    submit_and_judge(register, desk, at("Northern Sample Optics Laboratory", email="b@midori.example"), "P-002")
    desk.submit(register, at("Western Imaginary Polytechnic", email="c@midori.example"), subject="P-003")
    desk.submit(register, nobody(email="d@midori.example"), subject="P-004")


def test_only_what_is_new_or_changed_comes_back(register: Register, desk: Desk) -> None:
    office(register, desk)
    desk.import_list(SECOND, date(2026, 9, 10))
    found = register.rescreen(desk.store, LATER)
    assert (found.screened, found.unchanged, found.left_out, found.conclusive) == (4, 2, 0, True)
    changes = {change.subject: change for change in found.changes}
    assert {subject: change.kind for subject, change in changes.items()} == {"P-001": Kind.CHANGED, "P-003": Kind.ADDED}
    assert "別名" in changes["P-001"].ja
    assert changes["P-003"].listed == "Western Imaginary Polytechnic"
    assert changes["P-003"].level == "moderate"


def test_judgements_stand_where_nothing_changed_and_fall_where_it_did(register: Register, desk: Desk) -> None:
    office(register, desk)
    desk.import_list(SECOND, date(2026, 9, 10))
    register.rescreen(desk.store, LATER)
    work = {(item.code, item.subject) for item in register.worklist(LATER) if item.code == "RS-WORK-004"}
    assert work == {("RS-WORK-004", "P-001"), ("RS-WORK-004", "P-003")}
    same = desk.review(at("Northern Sample Optics Laboratory"), register=register, subject="P-002", as_of=LATER)
    assert {placed.ruling for placed in same.hits} == {Ruling.SAME}


def test_every_result_names_the_edition_it_holds_on(register: Register, desk: Desk) -> None:
    office(register, desk)
    desk.import_list(SECOND, date(2026, 9, 10))
    register.rescreen(desk.store, LATER)
    with register.looking() as session:
        renewed = session.scalars(select(Result).where(Result.subject_code == "P-001", Result.newest)).one()
        used = session.get_one(ListUsed, (renewed.id, LIST))
        assert (used.edition, renewed.as_of) == ("2026-09-10", LATER)
        assert renewed.reviewed_copy == "P-001.reviewed.xlsx"
        stands = session.scalars(select(Result).where(Result.subject_code == "P-002", Result.newest)).one()
        again = session.scalars(select(ScreenedAgain).where(ScreenedAgain.result_id == stands.id)).one()
        assert (again.lists[LIST][0], stands.confirmed_on) == ("2026-09-10", LATER)
    assert register.verify().whole


def test_again_on_the_same_edition_nothing_is_put_before_people(register: Register, desk: Desk) -> None:
    office(register, desk)
    desk.import_list(SECOND, date(2026, 9, 10))
    register.rescreen(desk.store, LATER)
    again = register.rescreen(desk.store, date(2026, 9, 12))
    assert (again.changes, again.unchanged) == ((), 4)
    with register.looking() as session:
        assert session.scalar(select(func.count()).select_from(Result).where(Result.newest)) == 4


def test_what_is_no_longer_listed_is_told_too(register: Register, desk: Desk) -> None:
    office(register, desk)
    desk.import_list(
        FIRST.replace("2,Northern Sample Optics Laboratory,,FR,organization,first\n", "2,Else,,FR,organization,x\n"),
        date(2026, 9, 10),
    )
    found = register.rescreen(desk.store, LATER)
    assert [(change.subject, change.kind, change.level) for change in found.changes] == [("P-002", Kind.REMOVED, "low")]


def test_a_list_that_cannot_be_used_concludes_nothing(register: Register, desk: Desk) -> None:
    office(register, desk)
    for path in (desk.store.folder / LIST).rglob("entries-*.jsonl"):
        path.write_text("", encoding="utf-8")
    desk.store = type(desk.store)(desk.home)
    found = register.rescreen(desk.store, LATER)
    assert (found.conclusive, found.left_out, found.changes, found.screened) == (False, 4, (), 0)
    with register.looking() as session:
        assert session.scalars(select(ScreenedAgain)).all() == []
        assert session.scalar(select(func.count()).select_from(Result).where(Result.state == "inconclusive")) == 0


def test_an_erased_person_is_not_screened(register: Register, desk: Desk) -> None:
    office(register, desk)
    register.erase("P-003", "request")
    desk.import_list(SECOND, date(2026, 9, 10))
    found = register.rescreen(desk.store, LATER)
    assert {change.subject for change in found.changes} == {"P-001"}


def test_a_list_that_is_gone_from_the_store_never_means_no_change(local: Register, desk: Desk) -> None:
    desk.submit(local, nobody(), subject="P-001")
    shutil.rmtree(desk.store.folder / LIST)
    other = desk.home / "other.csv"
    other.write_text(FIRST, encoding="utf-8")
    desk.store.import_file(other, list_id="own_other", title="別のリスト", today=LATER, edition=LATER)
    (desk.home / "profiles" / "desk.toml").write_text(PROFILE.replace(LIST, "own_other"), encoding="utf-8")
    found = local.rescreen(desk.store, LATER)
    assert not found.conclusive
    assert (found.left_out, found.missing) == (1, (LIST,))
