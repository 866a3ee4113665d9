"""`xlsaddin residency`: the procedure's own examples, the published exam cases, the edges of months and shares."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.product import Product

AS_OF = "2026-09-01"
ORDINARY: dict[str, Any] = {
    "japanese": False,
    "works_at_office_in_japan": False,
    "works_at_office_abroad": False,
    "entered_japan": None,
    "left_japan": None,
    "planned_stay_abroad_months": None,
    "returned_temporarily": False,
    "official_duty": "none",
}


def case(key: str, person: dict[str, Any], **facts: Any) -> dict[str, Any]:
    made: dict[str, Any] = {"id": key, "as_of": AS_OF, "person": ORDINARY | person, "contracts": [], "benefits": []}
    return made | {"acts_on_foreign_government_instruction": False, "natural_person": True} | facts


def contract(kind: str, counterparty: str, **facts: Any) -> dict[str, Any]:
    made = {"kind": kind, "counterparty": counterparty, "under_command_or_duty_of_care": True}
    return made | {"japanese_employer_takes_precedence": False, "group_voting_share_percent": None} | facts


def benefit(source: str, share: float | None) -> dict[str, Any]:
    return {"source": source, "share_of_annual_income_percent": share}


STAFF = {"works_at_office_in_japan": True}
JAPANESE = STAFF | {"japanese": True}
PROFESSOR = contract("employment", "foreign_corporation")
ALL_COSTS = benefit("foreign_government", 100)

EXAMPLES = [
    (
        case(
            "back for three months",
            {
                "japanese": True,
                "works_at_office_abroad": True,
                "left_japan": "2023-04-01",
                "returned_temporarily": True,
            },
        ),
        "non_resident",
        [],
    ),
    (case("professor at two", JAPANESE, contracts=[PROFESSOR]), "resident", ["1"]),
    (case("scholar", {"entered_japan": "2026-02-10"}, benefits=[ALL_COSTS]), "resident", ["2"]),
    (case("talent programme", STAFF, benefits=[benefit("foreign_government", 40)]), "resident", ["2"]),
    (case("share unknown", STAFF, benefits=[benefit("foreign_government", None)]), "resident", []),
]
EXAM = [
    (case("US maker", {"entered_japan": "2026-02-15"}, benefits=[benefit("foreign_corporation", 100)]), "resident", []),
    (case("MOFCOM", {"entered_japan": "2025-12-15"}, benefits=[ALL_COSTS]), "resident", ["2"]),
    (
        case("nuclear maker", {"entered_japan": "2026-04-15"}, benefits=[benefit("foreign_corporation", 100)]),
        "non_resident",
        [],
    ),
    (
        case("Japanese maker", {"entered_japan": "2026-02-15"}, benefits=[benefit("japanese_corporation", 100)]),
        "resident",
        [],
    ),
    (
        case("side job", JAPANESE, contracts=[contract("employment", "japan_branch_of_foreign_corporation")]),
        "resident",
        [],
    ),
    (
        case(
            "people's bank",
            {"entered_japan": "2025-12-15"},
            contracts=[contract("contract_work", "foreign_government")],
        ),
        "resident",
        ["1"],
    ),
    (case("graduate student", {"japanese": True}, contracts=[PROFESSOR]), "resident", ["1"]),
    (
        case(
            "parent's manager",
            JAPANESE,
            contracts=[contract("delegation", "foreign_corporation", group_voting_share_percent=60)],
        ),
        "resident",
        [],
    ),
]
EDGES = [
    (case("day before six months", {"entered_japan": "2026-03-02"}), "non_resident", []),
    (case("six months", {"entered_japan": "2026-03-01"}), "resident", []),
    (case("share 24.9", STAFF, benefits=[benefit("foreign_government", 24.9)]), "resident", []),
    (case("share 25", STAFF, benefits=[benefit("foreign_government", 25)]), "resident", ["2"]),
    (
        case("votes 49.9", JAPANESE, contracts=[PROFESSOR | {"group_voting_share_percent": 49.9}]),
        "resident",
        ["1"],
    ),
    (case("votes 50", JAPANESE, contracts=[PROFESSOR | {"group_voting_share_percent": 50}]), "resident", []),
    (
        case(
            "government never excused by votes",
            JAPANESE,
            contracts=[contract("employment", "foreign_government", group_voting_share_percent=60)],
        ),
        "resident",
        ["1"],
    ),
    (
        case("agreed precedence", JAPANESE, contracts=[PROFESSOR | {"japanese_employer_takes_precedence": True}]),
        "resident",
        [],
    ),
    (case("instruction", STAFF, acts_on_foreign_government_instruction=True), "resident", ["3"]),
    (case("forces", STAFF | {"official_duty": "foreign_forces"}), "non_resident", []),
    (case("diplomat", STAFF | {"official_duty": "diplomat"}), "non_resident", []),
    (
        case("no category abroad", {"entered_japan": "2026-08-01"}, benefits=[ALL_COSTS], contracts=[PROFESSOR]),
        "non_resident",
        [],
    ),
    (
        case(
            "all three", STAFF, contracts=[PROFESSOR], benefits=[ALL_COSTS], acts_on_foreign_government_instruction=True
        ),
        "resident",
        ["1", "2", "3"],
    ),
]
CASES = EXAMPLES + EXAM + EDGES


@pytest.fixture(scope="module")
def answers(product: Product, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    path = tmp_path_factory.mktemp("residency") / "cases.json"
    path.write_text(json.dumps({"cases": [one[0] for one in CASES]}, ensure_ascii=False), encoding="utf-8")
    run = product.run("residency", path, "--json", expect=0)
    return {one["id"]: one for one in run.json["results"]}


@pytest.mark.parametrize(("asked", "residency", "categories"), CASES, ids=[one[0]["id"] for one in CASES])
def test_case(answers: dict[str, dict[str, Any]], asked: dict[str, Any], residency: str, categories: list[str]) -> None:
    answer = answers[asked["id"]]
    assert (answer["residency"], answer["specific_category"]) == (residency, categories)
    assert answer["why"]


def test_unknown_share_asks_the_amount(answers: dict[str, dict[str, Any]]) -> None:
    assert any("undetermined: ask the amount" in why for why in answers["share unknown"]["why"])


def test_unknown_entry_is_undetermined_and_says_what_to_ask(product: Product, tmp_path: Path) -> None:
    path = tmp_path / "one.json"
    path.write_text(json.dumps({"cases": [case("x", {"japanese": False})]}), encoding="utf-8")
    (answer,) = product.run("residency", path, "--json").json["results"]
    assert answer["residency"] == "undetermined"
    assert any("undetermined: ask" in why for why in answer["why"])


@pytest.mark.parametrize(
    "content", ["{", "[]", '{"cases": [{"id": "x"}]}', '{"cases": [{"id": "x", "as_of": "soon"}]}']
)
def test_unreadable_cases_are_one_sentence(product: Product, tmp_path: Path, content: str) -> None:
    path = tmp_path / "bad.json"
    path.write_text(content, encoding="utf-8")
    run = product.run("residency", path, "--json", expect=2)
    assert run.out == ""
    assert run.err.strip()


def test_missing_file(product: Product, tmp_path: Path) -> None:
    run = product.run("residency", tmp_path / "nowhere.json", "--json", expect=2)
    assert "nowhere.json" in run.err
