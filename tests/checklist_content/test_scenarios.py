"""Scenarios 7, 8 and 9 as far as form goes, through the whole validation."""

from __future__ import annotations

from typing import Any

import pytest

from tests.checklist.sheets import validate
from tests.checks.test_contract import adequate, negotiated
from tests.checks.test_parties import MINATO
from xlsaddin.findings import Severity

COMPANY: dict[str, Any] = MINATO | {
    "purpose": "光学部品の評価",
    "achievements": [
        {"achieved_on": "2024年6月", "content": "論文", "published_in": "J. Optics"},
        {"achieved_on": "2025/3", "content": "共同開発", "counterpart": "みどり大学"},
        {"achieved_on": "令和8年2月", "content": "特許出願"},
    ],
    "finance": {
        "status": "情報取得不可",
        "reason": "非上場",
        "rows": [{"document": "決算公告", "url": "https://minato.example/kessan"}],
    },
    "officers": [{"name": "MINATO Taro", "post": "代表取締役"}, {"name": "KAIGAN Jiro", "post": "取締役"}],
}
SUPPORTER: dict[str, Any] = {
    "filled_by": "研究推進課 山田",
    "sources": [{"source": "機関HP", "title": "会社概要", "checked_on": "2026-08-20", "checked_by": "山田"}],
    "listed": "該当なし",
}
LOAN: dict[str, Any] = SUPPORTER | {
    "supports": [{"support_kind": "機器の無償貸与", "content": "測定器1台"}],
    "purpose": "研究の支援",
    "conditions": "謝辞への記載",
}
PARTIES = [{"name_ja": "みどり大学", "party_role": "当機関"}, {"name_ja": "株式会社あおば計測", "party_role": "相手方"}]


def findings(key: str, given: dict[str, Any]) -> list[tuple[str, str, Severity]]:
    """Return code, item and severity of everything the validation finds."""
    return [(f.code, f.location.item, f.severity) for f in validate(given, key)]


def test_7_company_for_the_first_time_has_one_warning() -> None:
    assert findings("partner", COMPANY) == [("RS-REQ-009", "finance", Severity.WARNING)]


def test_7b_public_testing_institute_is_out_of_scope() -> None:
    assert findings("partner", {"kind": "公設試験研究機関", "name_ja": "みどり県工業技術センター"}) == []
    assert findings("partner", {"kind": "公設試験研究機関"}) == []


def test_7c_foreign_university_is_not_exempt_and_capital_is_not_asked() -> None:
    found = findings("partner", {"kind": "外国の大学", "name_en": "University of Tehran"})
    assert {item for _, item, _ in found} == {"purpose", "achievements", "finance", "listed"}
    assert Severity.ERROR not in {severity for _, _, severity in found}


@pytest.mark.parametrize("kind", ["会社", "法人"])
def test_8a_japanese_arm_with_japanese_name_only_is_asked_for_the_english_name(kind: str) -> None:
    given = LOAN | {"kind": kind, "name_ja": "華為技術日本株式会社", "finance": "情報取得不可"}
    found = findings("supporter", given | {"finance": {"status": "情報取得不可", "reason": "非上場"}})
    assert ("RS-PARTY-003", "name_en", Severity.WARNING) in found
    assert Severity.ERROR not in {severity for _, _, severity in found}
    named = findings("supporter", given | {"name_en": "Huawei Technologies Japan K.K."})
    assert "RS-PARTY-003" not in {code for code, _, _ in named}


def test_8b_prefecture_is_out_of_scope() -> None:
    assert findings("supporter", {"kind": "我が国の国・地方公共団体等", "name_ja": "みどり県"}) == []


def test_8c_foreign_ministry_is_asked_all() -> None:
    found = findings("supporter", {"kind": "外国の公的機関", "name_en": "Ministry of Science of Examplia"})
    assert {"supports", "purpose", "conditions", "listed"} <= {item for _, item, _ in found}
    assert Severity.ERROR not in {severity for _, _, severity in found}


def test_8d_individual_without_affiliation_is_a_warning() -> None:
    person = LOAN | {"kind": "個人", "person_name": "SUZUKI Hanako", "person_name_ja": "鈴木花子"}
    assert findings("supporter", person) == [("RS-REQ-002", "affiliations", Severity.WARNING)]
    assert findings("supporter", person | {"affiliations": "該当なし"}) == []


def test_9_adequate_contract_has_no_finding() -> None:
    assert findings("contract", adequate() | {"parties": PARTIES}) == []


def test_9_mou_has_four_warnings_and_no_error() -> None:
    found = findings("contract", negotiated() | {"parties": PARTIES})
    assert [severity for _, _, severity in found] == [Severity.WARNING] * 4


def test_9_blank_judgement_is_an_error_and_a_blank_question_a_warning() -> None:
    found = findings("contract", adequate() | {"parties": PARTIES, "access_judgement": None, "use_limited": None})
    assert ("RS-REQ-001", "access_judgement", Severity.ERROR) in found
    assert ("RS-REQ-001", "use_limited", Severity.WARNING) in found


def test_9_nda_without_a_review_is_an_error_of_the_project() -> None:
    rows = [{"contract_no": f"C-00{number}", "workbook": f"C-00{number}.xlsx"} for number in (1, 2)]
    found = findings("project", {"institution_role": "研究代表機関", "contracts": [*rows, {"contract_no": "C-003"}]})
    assert ("RS-PROJECT-001", "contracts", Severity.ERROR) in found


def test_joint_project_has_no_error_for_what_binds_the_lead_institution() -> None:
    found = findings("project", {"institution_role": "共同研究機関"})
    assert not {item for _, item, _ in found} & {"partners", "supporters", "partners_complete", "supporters_complete"}
