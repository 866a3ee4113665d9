"""Scenarios 7, 8, 9: a partner company, supporters, contracts, a project, against the real lists."""

from __future__ import annotations

from typing import Any

import pytest

from tests.scenarios.bodies import contract, judged, memorandum, minato, supporter
from tests.scenarios.conftest import Reviewing, judgement, judging, outcome
from xlsaddin.assessment.model import MeasureKind
from xlsaddin.findings import Severity
from xlsaddin.review_model import Review
from xlsaddin.screening.model import Band, Disposition


def found(review: Review, severity: Severity) -> list[str]:
    return [finding.code for finding in review.findings if finding.severity is severity]


def matches(review: Review) -> set[tuple[str, str]]:
    return {(placed.hit.list_id, placed.hit.entry.number) for placed in review.hits if placed.hit.band is Band.MATCH}


def required(review: Review) -> set[MeasureKind]:
    return {measure.kind for measure in review.assessment.measures if measure.required}


# --- 7: partner


def test_scenario_7_listed_shareholder_of_fifteen_percent(review: Reviewing) -> None:
    reviewed = review("partner", minato())
    assert matches(reviewed) == {("jp_meti_eul", "520")}
    assert [placed.row_id for placed in reviewed.hits] == ["shareholders-2"]
    assert found(reviewed, Severity.ERROR) == []
    assert [finding.location.item for finding in reviewed.findings if finding.severity is Severity.WARNING] == [
        "finance"
    ]
    assert outcome(reviewed) == ("high", "provisional")
    assert {MeasureKind.DATA_ACCESS, MeasureKind.FACILITY_ACCESS, MeasureKind.OTHER} <= required(reviewed)
    other = next(one for one in reviewed.assessment.measures if one.kind is MeasureKind.OTHER)
    assert "親会社への開示制限" in other.text_ja


@pytest.mark.parametrize(
    ("share", "level"),
    [
        (9.99, "moderate"),
        (10, "high"),
        (49.9, "high"),
        (50, "critical"),
        ("62%?", "critical"),
        (None, "critical"),
        ("#N/A", "critical"),
    ],
)
def test_share_decides_the_level_and_an_unknown_one_weighs_most(review: Reviewing, share: Any, level: str) -> None:
    given = minato()
    given["shareholders"][0]["share"] = 20
    given["shareholders"][1]["share"] = share
    reviewed = review("partner", given)
    assert outcome(reviewed) == (level, "provisional")
    confirmed = review("partner", given, judgements=judging(reviewed, judgement()))
    assert outcome(confirmed) == (level, "final" if isinstance(share, (int, float)) else "provisional")


def test_scenario_7b_public_laboratory_is_out_of_scope(review: Reviewing) -> None:
    reviewed = review("partner", {"kind": "公設試験研究機関", "name_ja": "みどり県工業技術センター"})
    assert reviewed.findings == ()
    assert outcome(reviewed) == ("low", "final")
    asked = [item.item for item in reviewed.items if item.applies]
    assert "shareholders" not in asked
    assert "finance" not in asked


def test_scenario_7c_listed_foreign_university_is_not_exempt(review: Reviewing) -> None:
    given = {"kind": "外国の大学", "name_en": "University of Tehran", "country": "イラン", "purpose": "共同研究"}
    reviewed = review("partner", given)
    assert ("jp_meti_eul", "282") in matches(reviewed)
    assert reviewed.assessment.level.key == "high"
    assert "shareholders" not in [item.item for item in reviewed.items if item.applies]
    assert not any("資本" in finding.message_ja for finding in reviewed.findings)


# --- 8: supporters


def test_scenario_8a_japanese_arm_of_a_listed_company(review: Reviewing) -> None:
    given = supporter("会社", name_en="Huawei Technologies Japan K.K.", name_ja="華為技術日本株式会社")
    reviewed = review("supporter", given)
    assert matches(reviewed) == {("own_demo", "2")}
    assert outcome(reviewed) == ("high", "provisional")
    assert {MeasureKind.CYBER, MeasureKind.FACILITY_ACCESS, MeasureKind.DATA_ACCESS} <= required(reviewed)
    assert found(reviewed, Severity.ERROR) == []
    assert {use.id for use in reviewed.lists if use.usable} >= {"jp_meti_eul", "own_demo"}
    texts = " ".join(measure.text_ja for measure in reviewed.assessment.measures)
    assert "日本法上の禁止ではないが、米国再輸出規制の確認が要る" in texts


def test_scenario_8a_japanese_name_only_is_never_final(review: Reviewing) -> None:
    given = supporter("会社", name_ja="華為技術日本株式会社", shareholders="該当なし", sources="該当なし")
    reviewed = review("supporter", given)
    assert "RS-PARTY-003" in found(reviewed, Severity.WARNING)
    assert matches(reviewed) == set()
    assert reviewed.assessment.state.value == "provisional"
    for disposition in Disposition:
        anew = review("supporter", given, judgements=judging(reviewed, judgement(disposition)))
        assert anew.assessment.state.value == "provisional"


def test_scenario_8b_public_body_of_japan_is_out_of_scope(review: Reviewing) -> None:
    reviewed = review("supporter", {"kind": "我が国の国・地方公共団体等", "name_ja": "みどり県"})
    assert reviewed.findings == ()
    assert outcome(reviewed) == ("low", "final")


def test_scenario_8c_foreign_ministry_is_asked(review: Reviewing) -> None:
    reviewed = review("supporter", supporter("外国の公的機関", name_en="Ministry of Science of Examplia"))
    asked = {item.item for item in reviewed.items if item.applies}
    assert {"supports", "purpose", "conditions", "finance", "listed", "affiliations"} <= asked
    assert found(reviewed, Severity.ERROR) == []


def test_scenario_8d_individual_is_asked_for_affiliations(review: Reviewing) -> None:
    reviewed = review("supporter", supporter("個人", person_name="AOKI Ume"))
    blank = [finding for finding in reviewed.findings if finding.location.item == "affiliations"]
    assert [finding.severity for finding in blank] == [Severity.WARNING]
    assert found(reviewed, Severity.ERROR) == []
    assert reviewed.assessment.state.value == "provisional"


# --- 9: contracts


def test_scenario_9_adequate_contract(review: Reviewing) -> None:
    reviewed = review("contract", contract("C-001"))
    assert reviewed.findings == ()
    assert outcome(reviewed) == ("low", "final")


def test_scenario_9_memorandum_under_negotiation(review: Reviewing) -> None:
    reviewed = review("contract", memorandum())
    assert len(found(reviewed, Severity.WARNING)) == 4
    assert found(reviewed, Severity.ERROR) == []
    assert outcome(reviewed) == ("moderate", "provisional")
    assert review("contract", memorandum() | judged("property", "不適切")).assessment.level.key == "high"


def test_scenario_9_settled_aspects_are_final(review: Reviewing) -> None:
    settled = memorandum()
    for aspect in ("cooperation", "access", "property"):
        settled |= judged(aspect, "適切")
    settled |= judged("secrecy", "例外承認", approver="管理 次郎")
    assert outcome(review("contract", settled)) == ("low", "final")
    for part in ("by", "on", "reason", "approver"):
        assert outcome(review("contract", settled | {f"secrecy_judgement_{part}": ""})) == ("low", "provisional")
    same = review("contract", settled | {"secrecy_judgement_approver": "法務 太郎"})
    assert same.assessment.state.value == "provisional"
    assert len(found(same, Severity.ERROR)) == 1


def test_amendment_after_the_judgement_reopens_it(review: Reviewing) -> None:
    assert outcome(review("contract", contract("C-001", amended_on="2026-08-19"))) == ("low", "final")
    reviewed = review("contract", contract("C-001", amended_on="2026-08-21"))
    assert outcome(reviewed) == ("low", "provisional")
    assert found(reviewed, Severity.WARNING) == ["RS-CONTRACT-008"]


def test_listed_party_to_a_contract(review: Reviewing) -> None:
    given = contract("C-004")
    given["parties"].append({"name_en": "University of Tehran", "country": "IR", "party_role": "相手方"})
    assert outcome(review("contract", given)) == ("high", "provisional")


# --- project


def project(**answers: Any) -> dict[str, Any]:
    given: dict[str, Any] = {
        "case_number": "C-2026-03",
        "institution_role": "研究代表機関",
        **dict.fromkeys(("scope_public", "scope_technology", "scope_designated"), "はい"),
        **dict.fromkeys(("operators_named", "operators_bound", "emergency_contact"), "済"),
        "roster": [{"name": "P-001", "role": "PI", "dd_state": "実施した"}],
        "partners": "該当なし",
        "supporters": "該当なし",
        "contracts": [{"contract_no": "C-001", "workbook": "C-001.xlsx"}],
        **dict.fromkeys(("partners_complete", "supporters_complete", "contracts_complete"), "はい"),
        **dict.fromkeys(("dmp", "samples_policy", "systems_policy", "facilities_policy"), "適切"),
    }
    return given | answers


def test_project_that_looked_at_everything_is_final(review: Reviewing) -> None:
    assert outcome(review("project", project())) == ("low", "final")


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"dmp": "未整備", "systems_policy": "未整備", "facilities_policy": "未整備"}, ("moderate", "final")),
        ({"contracts": [{"contract_no": "C-003"}]}, ("low", "provisional")),
        ({"scope_designated": "資金配分機関に確認中"}, ("low", "provisional")),
        ({"roster": [{"name": "P-001", "role": "PI", "dd_state": "実施していない"}]}, ("low", "provisional")),
        ({"partners_complete": "いいえ"}, ("low", "provisional")),
    ],
)
def test_project_gaps(review: Reviewing, answers: dict[str, Any], expected: tuple[str, str]) -> None:
    assert outcome(review("project", project(**answers))) == expected
