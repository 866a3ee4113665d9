"""Residency and specific categories: the published exam cases, the procedure's own examples, every boundary.

Sources: domain reference 4.1-4.3, scenarios 0 and 4.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from xlsaddin.assessment.residency import Case, ResidencyResult, assess_residency

FOREIGN = {"japanese": False, "works_at_office_in_japan": False, "works_at_office_abroad": False}
JAPANESE = {"japanese": True, "works_at_office_in_japan": False, "works_at_office_abroad": False}
NO_ACT = {"acts_on_foreign_government_instruction": False}


def assess(as_of: str = "2026-09-01", **case: Any) -> ResidencyResult:
    return assess_residency(Case.model_validate({"id": "x", "as_of": as_of, **NO_ACT, **case}))


def contract(counterparty: str, kind: str = "employment", **terms: Any) -> dict[str, Any]:
    own = {"under_command_or_duty_of_care": True, "japanese_employer_takes_precedence": False}
    return {"kind": kind, "counterparty": counterparty, "group_voting_share_percent": 0, **own, **terms}


def benefit(source: str, percent: float | None) -> dict[str, Any]:
    return {"source": source, "share_of_annual_income_percent": percent}


def student(entered: str) -> dict[str, Any]:
    return {**FOREIGN, "entered_japan": entered}


EMPLOYED = {"japanese": False, "works_at_office_in_japan": True, "works_at_office_abroad": False}

EXAM = [
    ("US student, month 7, all costs from a US maker", student("2026-02-15"), [], [("foreign_corporation", 100)], []),
    ("student, month 9, all costs from a ministry", student("2025-12-15"), [], [("foreign_government", 100)], ["2"]),
    ("student, month 5, costs from a maker", student("2026-04-15"), [], [("foreign_corporation", 100)], None),
    ("student, month 7, costs from a Japanese maker", student("2026-02-15"), [], [("japanese_corporation", 100)], []),
    (
        "bank clerk, side job at the Tokyo branch of a US bank",
        {**JAPANESE, "works_at_office_in_japan": True},
        [contract("japan_branch_of_foreign_corporation")],
        [],
        [],
    ),
    (
        "student, month 9, contract work for a foreign central bank",
        student("2025-12-15"),
        [contract("foreign_government", "contract_work")],
        [],
        ["1"],
    ),
    ("Japanese graduate student employed by a foreign company", JAPANESE, [contract("foreign_corporation")], [], ["1"]),
    (
        "manager of the parent (60 %) of a Taiwan subsidiary, also its director",
        {**JAPANESE, "works_at_office_in_japan": True},
        [contract("foreign_corporation", "delegation", group_voting_share_percent=60)],
        [],
        [],
    ),
]


@pytest.mark.parametrize(
    ("person", "contracts", "benefits", "expected"), [case[1:] for case in EXAM], ids=[c[0] for c in EXAM]
)
def test_published_exam_cases(person: Any, contracts: Any, benefits: Any, expected: list[str] | None) -> None:
    result = assess(person=person, contracts=contracts, benefits=[benefit(*one) for one in benefits])
    if expected is None:
        assert (result.residency, result.specific_category) == ("non_resident", ())
    else:
        assert (result.residency, list(result.specific_category)) == ("resident", expected)


def test_procedure_example_temporary_return() -> None:
    person = {
        **JAPANESE,
        "works_at_office_abroad": True,
        "left_japan": "2023-04-01",
        "entered_japan": "2026-08-01",
        "returned_temporarily": True,
    }
    assert assess(person=person).residency == "non_resident"
    assert assess("2027-01-31", person=person).residency == "non_resident"
    assert assess("2027-02-01", person=person).residency == "resident"


def test_procedure_example_professor_with_a_professorship_abroad() -> None:
    for works_abroad in (False, True):
        for japanese in (False, True):
            person = {"japanese": japanese, "works_at_office_in_japan": True, "works_at_office_abroad": works_abroad}
            for share in (None, 0):
                terms = contract("foreign_corporation", group_voting_share_percent=share)
                result = assess(person=person, contracts=[terms])
                assert (result.residency, result.specific_category) == ("resident", ("1",))


def test_procedure_example_government_scholar() -> None:
    result = assess(person=student("2026-02-10"), benefits=[benefit("foreign_government", 100)])
    assert (result.residency, result.specific_category) == ("resident", ("2",))


def test_procedure_example_talent_programme() -> None:
    result = assess(person=EMPLOYED, benefits=[benefit("foreign_government", 40)])
    assert (result.residency, result.specific_category) == ("resident", ("2",))
    unknown = assess(person=EMPLOYED, benefits=[benefit("foreign_government", None)])
    assert (unknown.residency, unknown.specific_category) == ("resident", ())
    assert any(why.startswith("undetermined: ask the amount") for why in unknown.why_en)


@pytest.mark.parametrize(
    ("as_of", "employed", "expected"),
    [
        ("2026-09-01", False, ("non_resident", ())),
        ("2026-10-04", False, ("non_resident", ())),
        ("2026-10-05", False, ("resident", ("2",))),
        ("2026-09-16", True, ("resident", ("2",))),
    ],
)
def test_scenario_4_six_calendar_months_or_work(
    as_of: str, employed: bool, expected: tuple[str, tuple[str, ...]]
) -> None:
    person = {**student("2026-04-05"), "works_at_office_in_japan": employed}
    result = assess(as_of, person=person, benefits=[benefit("foreign_government", 100)])
    assert (result.residency, result.specific_category) == expected


@pytest.mark.parametrize(
    ("entered", "last_day_before", "first_day"),
    [
        ("2026-03-31", "2026-09-29", "2026-09-30"),
        ("2025-08-31", "2026-02-27", "2026-02-28"),
        ("2026-01-01", "2026-06-30", "2026-07-01"),
    ],
)
def test_months_are_calendar_months(entered: str, last_day_before: str, first_day: str) -> None:
    assert assess(last_day_before, person=student(entered)).residency == "non_resident"
    assert assess(first_day, person=student(entered)).residency == "resident"


@pytest.mark.parametrize(
    ("shares", "expected"),
    [([24.99], ()), ([25], ("2",)), ([12.5, 12.5], ("2",)), ([12, 12.9], ()), ([25, None], ("2",))],
)
def test_quarter_of_income(shares: list[float | None], expected: tuple[str, ...]) -> None:
    result = assess(person=EMPLOYED, benefits=[benefit("foreign_government", share) for share in shares])
    assert result.specific_category == expected


@pytest.mark.parametrize(("share", "expected"), [(49.9, ("1",)), (50, ()), (100, ())])
def test_group_company_exception_is_for_corporations_with_half_of_the_votes(
    share: float, expected: tuple[str, ...]
) -> None:
    result = assess(person=EMPLOYED, contracts=[contract("foreign_corporation", group_voting_share_percent=share)])
    assert result.specific_category == expected
    government = assess(person=EMPLOYED, contracts=[contract("foreign_government", group_voting_share_percent=share)])
    assert government.specific_category == ("1",)


def test_precedence_of_the_japanese_employer_excepts_corporations_and_governments() -> None:
    for party in ("foreign_corporation", "foreign_government"):
        terms = contract(party, japanese_employer_takes_precedence=True)
        assert assess(person=EMPLOYED, contracts=[terms]).specific_category == ()


def test_acting_on_instruction_is_category_3_for_residents_only() -> None:
    acting: dict[str, Any] = {"acts_on_foreign_government_instruction": True}
    assert assess(person=EMPLOYED, **acting).specific_category == ("3",)
    assert assess(person=student("2026-08-01"), **acting).specific_category == ()
    assert any(
        "undetermined" in why for why in assess(person=EMPLOYED, acts_on_foreign_government_instruction=None).why_en
    )


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ({**JAPANESE, "works_at_office_in_japan": True}, "resident"),
        (JAPANESE, "resident"),
        ({**JAPANESE, "left_japan": "2026-08-01", "planned_stay_abroad_months": 23}, "resident"),
        ({**JAPANESE, "left_japan": "2026-08-01", "planned_stay_abroad_months": 24}, "non_resident"),
        ({**JAPANESE, "left_japan": "2024-09-01", "planned_stay_abroad_months": 12}, "non_resident"),
        ({**JAPANESE, "left_japan": "2024-09-02", "planned_stay_abroad_months": 12}, "resident"),
        ({**JAPANESE, "left_japan": "2026-08-01"}, "undetermined"),
        ({**JAPANESE, "left_japan": "2026-08-01", "works_at_office_abroad": True}, "non_resident"),
        ({**JAPANESE, "left_japan": "2026-10-01", "planned_stay_abroad_months": 36}, "resident"),
        (
            {**JAPANESE, "left_japan": "2020-01-01", "entered_japan": "2026-08-01", "returned_temporarily": False},
            "resident",
        ),
        ({**JAPANESE, "left_japan": "2020-01-01", "entered_japan": "2026-08-01"}, "undetermined"),
        ({**JAPANESE, "official_duty": "diplomat"}, "resident"),
        ({**FOREIGN, "official_duty": "diplomat", "entered_japan": "2020-01-01"}, "non_resident"),
        ({**EMPLOYED, "official_duty": "foreign_forces"}, "non_resident"),
        ({"official_duty": "international_body"}, "undetermined"),
        (EMPLOYED, "resident"),
        ({**EMPLOYED, "entered_japan": "2026-08-31"}, "resident"),
        ({**EMPLOYED, "entered_japan": "2026-09-02"}, "non_resident"),
        ({**FOREIGN, "works_at_office_in_japan": None, "entered_japan": "2026-08-01"}, "undetermined"),
        ({**FOREIGN, "works_at_office_in_japan": None, "entered_japan": "2026-01-01"}, "resident"),
        (FOREIGN, "undetermined"),
        ({**FOREIGN, "works_at_office_abroad": True}, "non_resident"),
        ({"works_at_office_in_japan": True}, "resident"),
        ({"entered_japan": "2026-03-01"}, "resident"),
        ({"entered_japan": "2026-03-02"}, "undetermined"),
        ({}, "undetermined"),
    ],
)
def test_residency_table(person: dict[str, Any], expected: str) -> None:
    result = assess(person=person)
    assert result.residency == expected
    asks = any(why.startswith("undetermined: ask ") for why in result.why_en)
    assert asks == (expected == "undetermined")


def test_bodies_have_no_specific_category() -> None:
    branch = {"works_at_office_in_japan": True}
    result = assess(natural_person=False, person=branch, contracts=[contract("foreign_government")])
    assert (result.residency, result.specific_category) == ("resident", ())
    assert assess(natural_person=False, person={"works_at_office_abroad": True}).residency == "non_resident"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "xlsaddin", "residency", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_command_prints_the_contract(tmp_path: Path) -> None:
    path = tmp_path / "cases.json"
    case = {"id": "a", "as_of": "2026-09-01", "person": EMPLOYED, "benefits": [benefit("foreign_government", None)]}
    path.write_text(json.dumps({"cases": [case]}), encoding="utf-8")
    done = run(str(path), "--json")
    assert done.returncode == 0, done.stderr
    (result,) = json.loads(done.stdout)["results"]
    assert {key: result[key] for key in ("id", "residency", "specific_category")} == {
        "id": "a",
        "residency": "resident",
        "specific_category": [],
    }
    assert any("undetermined: ask the amount" in why for why in result["why"])


def test_command_refuses_a_misspelt_fact_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "cases.json"
    case = {"id": "a", "as_of": "2026-09-01", "person": {"entered": "2026-01-01"}}
    path.write_text(json.dumps({"cases": [case]}), encoding="utf-8")
    done = run(str(path), "--json")
    assert done.returncode == 2
    assert "cases.0.person.entered" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
