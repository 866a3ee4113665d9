"""Partners and supporters: 3-3(1)(iii), 3-3(1)(iv); scenarios 7, 7b, 7c, 8a-8d. All desirable: never an error."""

from __future__ import annotations

import pytest

from tests.checks.answering import AS_OF, answer, check, codes
from xlsaddin.checklist.checks.parties import OUT_OF_SCOPE
from xlsaddin.checklist.loading import load_checklist
from xlsaddin.checklist.scope import AnswerScope, asked_items
from xlsaddin.findings import Severity
from xlsaddin.parameters import Parameters

MINATO = {
    "kind": "会社",
    "name_ja": "株式会社ミナト光学",
    "listed": "該当なし",
    "shareholders": [
        {"name_ja": "港ホールディングス", "share": 62},
        {"name_ja": "中国科学院長春光学精密機械与物理研究所", "share": 15},
        {"name_ja": "従業員持株会", "share": 23},
    ],
}


def test_shares_of_exactly_the_whole__ok() -> None:
    assert check("partner", **MINATO) == []


@pytest.mark.parametrize(("last", "found"), [(23, []), (23.5, []), (23.6, ["RS-PARTY-001"]), (60, ["RS-PARTY-001"])])
def test_direct_shares_over_the_whole_beyond_rounding(last: float, found: list[str]) -> None:
    rows = [*MINATO["shareholders"][:2], {"name_ja": "従業員持株会", "share": last}]
    assert codes(check("partner", **MINATO | {"shareholders": rows})) == found


def test_indirect_holdings_lie_on_top_of_direct_ones__ok() -> None:
    rows = [*MINATO["shareholders"], {"name_ja": "港グループ", "share": 62, "directness": "間接"}]
    assert check("partner", **MINATO | {"shareholders": rows}) == []


@pytest.mark.parametrize(
    "kind", ["公設試験研究機関", "我が国の大学", "大学共同利用機関", "高等専門学校", "国立研究開発法人"]
)
def test_partner_out_of_scope_is_asked_nothing_more(kind: str) -> None:
    assert check("partner", kind=kind) == []


def test_foreign_university_without_a_latin_name_cannot_be_searched() -> None:
    assert "RS-PARTY-004" in codes(check("partner", kind="外国の大学", name_original="دانشگاه تهران"))
    assert "RS-PARTY-004" not in codes(check("partner", kind="外国の大学", name_en="University of Tehran"))


def test_blank_listing_is_only_a_note() -> None:
    findings = check("partner", kind="会社", name_ja="株式会社ミナト光学")
    assert [(f.code, f.severity) for f in findings] == [("RS-PARTY-002", Severity.NOTE)]


def test_supporter_with_japanese_name_only__8a() -> None:
    found = check("supporter", kind="会社", name_ja="華為技術日本株式会社", foreign_affiliation="外資系", listed="なし")
    assert [(f.code, f.location.item, f.severity) for f in found] == [("RS-PARTY-003", "name_en", Severity.WARNING)]
    assert "外資系・外国法人は英語名称も記入" in found[0].message_ja


def test_whether_a_company_is_foreign_affiliated_must_be_known_before_the_warning_goes() -> None:
    company = {"kind": "法人", "name_ja": "みどり財団", "listed": "該当なし"}
    assert codes(check("supporter", **company)) == ["RS-PARTY-003"]
    assert codes(check("supporter", **company, foreign_affiliation="分からない")) == ["RS-PARTY-003"]
    assert check("supporter", **company, foreign_affiliation="該当しない") == []
    assert check("supporter", **company, name_en="Midori Foundation") == []


def test_english_name_typed_as_the_japanese_one_counts__ok() -> None:
    assert check("supporter", kind="会社", name_ja="Ｈｕａｗｅｉ Technologies Japan K.K.", listed="該当なし") == []


def test_public_body_of_japan_is_asked_nothing__8b() -> None:
    assert check("supporter", kind="我が国の国・地方公共団体等", name_ja="みどり県") == []


def test_foreign_public_body_is_not_exempt__8c() -> None:
    assert codes(check("supporter", kind="外国の公的機関", name_ja="エグザンプリア科学省")) == [
        "RS-PARTY-004",
        "RS-PARTY-002",
    ]


@pytest.mark.parametrize("key", ["partner", "supporter"])
def test_kinds_out_of_scope_are_those_the_definition_asks_nothing(key: str) -> None:
    checklist, parameters = load_checklist(key), Parameters(AS_OF)
    exempt = set()
    for choice in checklist.choices[f"{key}_kind"]:
        asked = {
            item.key for item in asked_items(checklist, AnswerScope(checklist, answer(key, kind=choice.ja), parameters))
        }
        if "purpose" not in asked:
            exempt.add(choice.key)
            assert all(not checklist.item(item).number for item in asked), asked
    assert exempt
    assert exempt == OUT_OF_SCOPE & {choice.key for choice in checklist.choices[f"{key}_kind"]}
