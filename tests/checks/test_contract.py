"""Contracts: 3-3(1)(v), 3-3(2)(iii); scenario 9."""

from __future__ import annotations

from typing import Any

import pytest

from tests.checks.answering import check, codes, places
from xlsaddin.checklist.loading import load_checklist
from xlsaddin.findings import Severity

CONTRACT = load_checklist("contract")
QUESTIONS = [item.key for item in CONTRACT.items if item.choices == "clause_present" and item.section != "cover"]
JUDGEMENTS = [item.key for item in CONTRACT.items if item.choices == "aspect_judgement"]


def adequate() -> dict[str, Any]:
    """C-001: every clause there with its number, every aspect judged adequate."""
    given: dict[str, Any] = {"contract_no": "C-001", "contract_kind": "共同研究"}
    for number, key in enumerate(QUESTIONS, 1):
        given |= {key: "有", f"{key}_number": f"第{number}条"}
    for key in JUDGEMENTS:
        given |= {key: "適切", f"{key}_by": "法務 太郎", f"{key}_on": "2026-08-20"}
    return given


def negotiated() -> dict[str, Any]:
    """C-002: four clauses missing, one of them without a proposal, three aspects to be amended."""
    given = adequate() | {"contract_no": "C-002", "contract_kind": "MOU", "contract_state": "交渉中"}
    for key in ("data_return", "foreground_ip", "survival", "export_control"):
        given |= {key: "無", f"{key}_number": None, f"{key}_proposal": "文言を提案中"}
    given["survival_proposal"] = None
    for key in ("access_judgement", "property_judgement", "secrecy_judgement"):
        given |= {key: "要修正", f"{key}_reason": "条項の追加を交渉中"}
    return given


def test_every_clause_there_and_judged_adequate__ok() -> None:
    assert check("contract", **adequate()) == []


def test_mou_under_negotiation_gives_four_warnings_and_no_error() -> None:
    findings = check("contract", **negotiated())
    assert sorted((f.code, f.location.item) for f in findings) == [
        ("RS-CONTRACT-002", "data_return"),
        ("RS-CONTRACT-002", "export_control"),
        ("RS-CONTRACT-002", "foreground_ip"),
        ("RS-CONTRACT-003", "survival"),
    ]
    assert {f.severity for f in findings} == {Severity.WARNING}


def test_accepted_with_reasons_leaves_nothing_but_the_missing_proposal() -> None:
    given = negotiated() | {"access_judgement": "適切", "property_judgement": "適切", "secrecy_judgement": "例外承認"}
    given["secrecy_judgement_approver"] = "部長 花子"
    assert codes(check("contract", **given)) == ["RS-CONTRACT-003"]


def test_adequate_in_spite_of_a_no_without_a_reason__warning() -> None:
    given = adequate() | {"use_limited": "無", "use_limited_number": None, "use_limited_proposal": "追加を提案"}
    findings = check("contract", **given)
    assert codes(findings) == ["RS-CONTRACT-002", "RS-CONTRACT-004"]
    assert findings[1].location.item == "cooperation_judgement"
    assert CONTRACT.item("use_limited").label_ja in findings[1].message_ja
    reasoned = given | {"cooperation_judgement_reason": "別契約で定めている"}
    assert check("contract", **reasoned) == []


def test_reason_for_an_exception_beside_the_question_is_enough() -> None:
    given = adequate() | {
        "use_limited": "無",
        "use_limited_number": None,
        "use_limited_exception": "基礎研究で対象なし",
    }
    assert check("contract", **given) == []


def test_yes_without_a_clause_number__note() -> None:
    findings = check("contract", **adequate() | {"breach_number": ""})
    assert [(f.code, f.severity, f.location.item) for f in findings] == [("RS-CONTRACT-001", Severity.NOTE, "breach")]


def test_not_applicable_needs_nothing_beside_it__ok() -> None:
    assert check("contract", **adequate() | {"students_free": "該当なし", "students_free_number": None}) == []


@pytest.mark.parametrize(
    ("judged", "missing", "expected"),
    [
        ("適切", "by", ["RS-CONTRACT-005"]),
        ("適切", "on", ["RS-CONTRACT-005"]),
        ("適切", "reason", []),
        ("要修正(交渉中)", "reason", ["RS-CONTRACT-005"]),
        ("不適切", "reason", ["RS-CONTRACT-005"]),
    ],
)
def test_judgement_is_complete_with_who_when_and_why(judged: str, missing: str, expected: list[str]) -> None:
    given = adequate() | {"access_judgement": judged, "access_judgement_reason": "理由"}
    assert codes(check("contract", **given | {f"access_judgement_{missing}": None})) == expected


def test_exception_needs_another_person_to_approve() -> None:
    given = adequate() | {"access_judgement": "例外承認", "access_judgement_reason": "代替措置あり"}
    assert codes(check("contract", **given)) == ["RS-CONTRACT-006"]
    same = check("contract", **given, access_judgement_approver="法務　太郎")
    assert [(f.code, f.severity) for f in same] == [("RS-CONTRACT-007", Severity.ERROR)]
    assert check("contract", **given, access_judgement_approver="部長 花子") == []


@pytest.mark.parametrize(
    ("amended", "found"), [("2026-08-19", 0), ("2026-08-20", 0), ("2026-08-21", 1), ("2026年9月", 1)]
)
def test_amended_after_the_review__warning(amended: str, found: int) -> None:
    findings = check("contract", **adequate(), amended_on=amended)
    assert codes(findings) == ["RS-CONTRACT-008"] * found
    assert places(findings, "RS-CONTRACT-008") == [("amended_on", 0, "")] * found


def test_month_of_the_review_says_nothing_about_the_order__ok() -> None:
    assert check("contract", **adequate(), amended_on="2026年8月") == []
