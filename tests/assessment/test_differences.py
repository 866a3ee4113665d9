"""Differences between what is declared and what the lists show: one question a body, none where none is due."""

from __future__ import annotations

from typing import Any

import pytest

from tests.assessment.listed import ALPHA, BETA
from tests.assessment.reviewing import review
from tests.scenarios.people import Given, degree, grant, listed_body, nobody, paper, post, programme, support, tie
from xlsaddin.assessment.model import Level, State


def asked(**items: Any) -> list[str]:
    reviewed = review(nobody(**items))
    return [finding.location.item for finding in reviewed.findings if finding.difference]


@pytest.mark.parametrize(
    ("item", "row", "declared"),
    [
        ("career", post("2024-09", "2025-03", ALPHA, ALPHA), "listed_affiliations"),
        ("education", degree("2024-09", "2025-03", ALPHA, ALPHA), "listed_affiliations"),
        ("publications", paper("2025-05", ALPHA), "listed_ties"),
        ("grants", grant("2025-04-01", "2025-04", "2026-03", ALPHA, category="共同研究"), "listed_ties"),
        ("other_support", support("2025-05", "給与・謝金", ALPHA), "listed_affiliations"),
        ("other_support", support("2025-05", "人員の受入れ", ALPHA), "listed_ties"),
        (
            "patents",
            {"filed_on": "2025-05-01", "invention": "x", "applicants": ALPHA, "patent_state": "公開"},
            "listed_ties",
        ),
    ],
)
def test_a_tie_not_declared_where_it_is_asked(item: str, row: Given, declared: str) -> None:
    assert asked(**{item: [row]}) == [item]
    body = ALPHA
    ties = {
        "listed_affiliations": [listed_body("2024.4-2026.3", body)],
        "listed_ties": [tie("2024-04", "2026-03", "共同研究", body)],
    }
    assert asked(**{item: [row], declared: ties[declared]}) == []
    assert asked(**{item: [row], declared: None}) == [item]
    assert asked(**{item: [row], declared: {"status": "守秘義務により一部記載不可", "reason": "契約による"}}) == []
    other = {
        **ties,
        "listed_affiliations": [listed_body("2024.4-2026.3", BETA)],
        "listed_ties": [tie("2024-04", "2026-03", "共同研究", BETA)],
    }
    assert asked(**{item: [row], declared: other[declared]}) == [item]


@pytest.mark.parametrize(
    ("item", "row"),
    [
        ("career", post("2012-09", "2024-03", ALPHA, ALPHA)),
        ("publications", paper("2024-03", ALPHA)),
        ("publications", paper("2025-05", ALPHA, authors=51, doi="10.1000/x")),
        ("grants", grant("2025-04-01", "2025-04", "2026-03", ALPHA, category="公募")),
        ("other_support", support("2025-05", "旅費・滞在費", ALPHA)),
        ("career", post("2024-09", "2025-03", f"{ALPHA}?", f"{ALPHA}?")),
        ("talent_programs", programme("2024.9-2025.3", "Gamma Programme")),
    ],
)
def test_what_is_not_asked(item: str, row: Given) -> None:
    assert asked(**{item: [row]}) == []


def test_one_question_a_body_across_items() -> None:
    items = {
        "career": [post("2024-09", "2025-03", ALPHA, ALPHA)],
        "publications": [paper("2025-05", ALPHA), paper("2025-06", ALPHA)],
    }
    assert asked(**items) == ["career"]


def test_a_body_said_to_be_listed_that_no_list_has_is_asked_about_gently() -> None:
    row = listed_body("2024.9-2025.3", "University of Examplia", list_name="US Entity List")
    reviewed = review(nobody(listed_affiliations=[row]))
    (difference,) = [finding for finding in reviewed.findings if finding.difference]
    assert (difference.code, difference.severity) == ("RS-DIFF-002", "note")
    assert (reviewed.assessment.level, reviewed.assessment.state) == (Level.LOW, State.PROVISIONAL)
    unsure = review(nobody(listed_affiliations=[row | {"list_name": None, "related": "分からない"}]))
    assert (unsure.assessment.level, unsure.assessment.state) == (Level.LOW, State.FINAL)
