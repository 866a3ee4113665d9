"""Readiness of an institution: 3-1 and 3-2."""

from __future__ import annotations

import pytest

from tests.checks.answering import check
from xlsaddin.checklist.loading import load_checklist
from xlsaddin.checklist.model import Duty, Item
from xlsaddin.findings import Severity

READINESS = [item for item in load_checklist("institution").items if item.choices == "readiness"]


@pytest.mark.parametrize("item", READINESS, ids=lambda item: item.key)
def test_gap_weighs_by_the_strength_of_its_clause(item: Item) -> None:
    must = item.duty is Duty.MUST
    for answer, expected in (("未実施", Severity.ERROR), ("一部実施", Severity.WARNING)):
        [finding] = check("institution", **{item.key: answer})
        assert finding.severity is (expected if must else Severity.NOTE)
        assert item.clause in finding.message_ja
        assert item.label_en in finding.message_en


def test_in_place_with_evidence__ok() -> None:
    given = {item.key: "実施済" for item in READINESS} | {f"{item.key}_evidence": "規程第3条" for item in READINESS}
    assert check("institution", **given) == []


def test_in_place_without_evidence__note() -> None:
    [finding] = check("institution", structure="実施済")
    assert (finding.code, finding.severity) == ("RS-INST-004", Severity.NOTE)


def test_structure_is_a_must_only_when_somebody_applies() -> None:
    [finding] = check("institution", application_expected="いいえ", structure="未実施")
    assert (finding.code, finding.severity) == ("RS-INST-005", Severity.NOTE)
    [other] = check("institution", application_expected="いいえ", declarations_collected="未実施")
    assert other.severity is Severity.ERROR


def test_not_knowing_whether_somebody_applies_keeps_the_must() -> None:
    [finding] = check("institution", application_expected="分からない", structure="未実施")
    assert finding.severity is Severity.ERROR
