"""Three years later a result comes out as it was, on the editions, rules and profile of its day; or says why not."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from tests.register.conftest import LIST, PROFILE, SECOND, Desk, beside, judged, received
from tests.register.test_judging import record_judged
from tests.scenarios.people import Given, listed_body, nobody, post
from xlsaddin import resources
from xlsaddin.register.opening import RegisterError
from xlsaddin.register.register import Register
from xlsaddin.register.tables import Result

THEN, LATER = date(2026, 9, 1), date(2029, 9, 1)


def visitor(**answers: object) -> Given:
    body = listed_body("2025.4-2025.9", "Examplia Institute of Rocketry")
    return nobody(listed_affiliations=[body], **answers)


def judged_result(register: Register, desk: Desk) -> None:
    given = visitor()
    desk.submit(register, given, subject="P-001")
    review = desk.review(given, placed=beside(desk.review(given), judged(judged_on=THEN)))
    register.record_review(review, received({"edition": 1}, subject="P-001"))


def test_it_comes_out_as_it_was(register: Register, desk: Desk) -> None:
    judged_result(register, desk)
    again = register.replay("P-001", THEN, desk.store)
    assert (again.same, again.differences, again.causes) == (True, (), ())


def test_it_names_everything_it_rests_on(register: Register, desk: Desk) -> None:
    judged_result(register, desk)
    recorded = register.replay("P-001", THEN, desk.store).recorded
    (used,) = recorded["lists"]
    assert (used["id"], used["edition"], used["confirmed_on"]) == (LIST, "2026-08-01", "2026-08-01")
    assert len(used["sha256"]) == 64
    (judgement,) = recorded["judgements"]
    assert (judgement["reviewer"], judgement["approver"]) == ("輸出 花子", "管理 次郎")
    assert all(recorded[key] for key in ("engine", "rules", "template", "profile", "file_sha256"))
    assert {"checklists/researcher.toml", "rules/common.toml", "profiles/desk.toml"} <= set(recorded["definitions"])


def test_newer_editions_profiles_and_rules_change_nothing(register: Register, desk: Desk) -> None:
    judged_result(register, desk)
    desk.import_list(SECOND, date(2026, 9, 1))  # in force that very day, but taken in afterwards
    (desk.home / "profiles" / "desk.toml").write_text(PROFILE + "\n[parameters]\nlookback_years_before = 0\n", "utf-8")
    (desk.home / "rules").mkdir()
    rules = resources.package_path("rules", "researcher.toml").read_text(encoding="utf-8")
    (desk.home / "rules" / "researcher.toml").write_text(rules.replace('level = "moderate"', 'level = "high"'), "utf-8")
    assert desk.review(visitor()).assessment.level.key != "moderate"  # today's definitions do weigh otherwise
    again = register.replay("P-001", LATER, desk.store)
    assert again.same, again.differences
    assert again.content["assessment"]["level"] == "moderate"


def test_the_result_of_the_day_is_taken_not_the_newest(register: Register, desk: Desk) -> None:
    desk.submit(register, visitor(), subject="P-001")
    desk.submit(register, nobody(), subject="P-001", as_of=date(2026, 12, 1))
    assert register.replay("P-001", date(2026, 10, 1), desk.store).version == 1
    assert register.replay("P-001", date(2026, 12, 1), desk.store).version == 2


def test_what_was_altered_in_the_register_shows(register: Register, desk: Desk) -> None:
    judged_result(register, desk)
    with register.acting() as ledger:
        for result in ledger.session.scalars(select(Result)).all():
            content = dict(result.content or {})
            result.content = {**content, "assessment": {**content["assessment"], "level": "low"}}
    again = register.replay("P-001", THEN, desk.store)
    assert not again.same
    assert again.differences == ("assessment.level: low -> moderate",)


def test_an_edition_no_longer_kept_is_named_and_nothing_is_called_the_same(register: Register, desk: Desk) -> None:
    judged_result(register, desk)
    folder = desk.store.folder / LIST / "2026-08-01"
    folder.rename(desk.home / "elsewhere")
    desk.import_list(SECOND, date(2026, 8, 2))
    again = register.replay("P-001", THEN, desk.store)
    assert not again.same
    assert any("2026-08-01" in ja and LIST in ja for ja, _ in again.causes)


def test_nothing_is_replayed_of_a_day_before_or_of_an_erased_person(register: Register, desk: Desk) -> None:
    judged_result(register, desk)
    with pytest.raises(RegisterError) as early:
        register.replay("P-001", date(2026, 8, 1), desk.store)
    register.erase("P-001", "request")
    with pytest.raises(RegisterError) as erased:
        register.replay("P-001", THEN, desk.store)
    assert (early.value.code, erased.value.code) == ("RS-REG-020", "RS-REG-006")


def test_who_judged_and_why_is_named_once_for_all_places(local: Register, desk: Desk) -> None:
    listed = "Examplia Institute of Rocketry"
    record_judged(local, desk, judged(), visitor(career=[post("2024-04", "現在", listed, listed)]))
    again = local.replay("P-001", date(2099, 1, 1), desk.store)
    (said,) = again.recorded["judgements"]
    assert (said["reviewer"], said["approver"], said["reason"]) == ("輸出 花子", "管理 次郎", "在籍証明で確認")
