"""The project record: 3-3 (roster, partners, contracts), 3-4 (measures), 3-5 (afterwards); scenarios 7 and 9."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.checks.answering import check, check_on, codes, places
from xlsaddin.findings import Finding, Severity

ROSTER = [
    {"person_id": "P-001", "name": "SAEKI Mariko", "role": "PI", "dd_state": "実施した"},
    {"person_id": "P-002", "name": "LIN Haoran", "role": "研究参画者", "dd_state": "実施した"},
]
LOG = [{"person": "P-001", "source": "自己申告"}, {"person": "LIN Haoran", "source": "リスト照合"}]


def lead(**more: Any) -> list[Finding]:
    return check("project", institution_role="研究代表機関", **more)


def joint(**more: Any) -> list[Finding]:
    return check("project", institution_role="共同研究機関", **more)


def started(**more: Any) -> list[Finding]:
    return lead(phase="開始後", **more)


# --- contracts, partners, supporters


def test_contract_without_a_review__error() -> None:
    rows = [
        {"contract_no": "C-001", "workbook": "C-001.xlsx", "state": "点検済"},
        {"contract_no": "C-002", "workbook": "C-002.xlsx"},
        {"contract_no": "C-003", "kind": "NDA"},
    ]
    findings = lead(contracts=rows)
    assert [(f.code, f.severity) for f in findings] == [("RS-PROJECT-001", Severity.ERROR)]
    assert places(findings, "RS-PROJECT-001") == [("contracts", 3, "workbook")]
    assert findings[0].message_ja.startswith("C-003 の契約確認がない（3-3(1)(v) 必要）")


def test_joint_institution_reads_its_own_clause() -> None:
    [finding] = joint(contracts=[{"contract_no": "C-003"}])
    assert "3-3(2)(iii)" in finding.message_ja
    assert "3-3(2)(iii)" in finding.message_en


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ({"needed": "否", "reason": "本課題に及ばない"}, 0),
        ({"needed": "否"}, 1),
        ({"needed": "要", "reason": "確認予定"}, 1),
        ({"state": "判断済"}, 0),
        ({"state": "依頼中"}, 1),
    ],
)
def test_contract_is_excused_only_with_a_reason(row: dict[str, str], found: int) -> None:
    assert codes(lead(contracts=[{"contract_no": "C-009", **row}])) == ["RS-PROJECT-001"] * found


def test_partner_and_supporter_are_desirable_so_never_errors() -> None:
    findings = lead(
        partners=[{"name": "株式会社ミナト光学", "kind": "会社", "needed": "要"}],
        supporters=[{"name": "Huawei Technologies Japan K.K.", "kind": "会社", "needed": "否"}],
    )
    assert [(f.code, f.location.item, f.severity) for f in findings] == [
        ("RS-PROJECT-002", "partners", Severity.WARNING),
        ("RS-PROJECT-003", "supporters", Severity.WARNING),
    ]


def test_kind_out_of_scope_is_reason_enough__ok() -> None:
    assert lead(partners=[{"name": "みどり大学", "kind": "大学", "needed": "否"}]) == []
    assert lead(supporters=[{"name": "みどり県", "kind": "地方公共団体", "needed": "否"}]) == []


def test_joint_institution_does_not_look_into_partners_or_supporters__ok() -> None:
    assert joint(partners=[{"name": "会社", "needed": "要"}], supporters=[{"name": "会社", "needed": "否"}]) == []


def test_saying_that_something_is_left_out_counts_by_the_strength_of_its_clause() -> None:
    findings = lead(contracts_complete="いいえ", partners_complete="いいえ", supporters_complete="はい")
    assert sorted((f.code, f.location.item) for f in findings) == [
        ("RS-PROJECT-026", "contracts_complete"),
        ("RS-PROJECT-027", "partners_complete"),
    ]


def test_outside_the_procedure_the_work_is_for_reference() -> None:
    findings = lead(scope_public="はい", scope_technology="資金配分機関に確認中", scope_designated="いいえ")
    assert [(f.code, f.location.item, f.severity) for f in findings] == [
        ("RS-PROJECT-021", "scope_designated", Severity.NOTE)
    ]
    assert "参考実施" in findings[0].message_ja


# --- people


def test_everybody_looked_at__ok() -> None:
    assert lead(roster=ROSTER, dd_log=LOG) == []


@pytest.mark.parametrize("state", [None, "実施していない"])
def test_nobody_without_due_diligence(state: str | None) -> None:
    rows = [ROSTER[0], ROSTER[1] | {"dd_state": state}]
    findings = lead(roster=rows, dd_log=LOG)
    assert places(findings, "RS-PROJECT-004") == [("roster", 2, "dd_state")]
    assert codes(findings) == ["RS-PROJECT-004"]


def test_due_diligence_without_a_source_on_record__warning() -> None:
    assert places(lead(roster=ROSTER, dd_log=LOG[:1]), "RS-PROJECT-028") == [("roster", 2, "dd_state")]


def test_person_is_found_in_the_log_by_id_or_name_however_written() -> None:
    log = [{"person": "ｐ－００１ 佐伯", "source": "自己申告"}, {"person": "LIN  Haoran（P-002）", "source": "KAKEN"}]
    assert lead(roster=ROSTER, dd_log=log) == []


def test_id_inside_another_id_is_another_person() -> None:
    log = [LOG[0], {"person": "P-0021", "source": "自己申告"}]
    assert codes(lead(roster=ROSTER, dd_log=log)) == ["RS-PROJECT-028"]


@pytest.mark.parametrize(
    ("roles", "of", "found"),
    [
        (["PI"], lead, []),
        (["研究参画者"], lead, ["RS-PROJECT-005"]),
        (["Co-PI"], joint, []),
        (["研究参画者"], joint, ["RS-PROJECT-005"]),
        (["PI", "Co-PI"], joint, ["RS-PROJECT-007"]),
    ],
)
def test_roster_holds_the_leader_of_this_institution(roles: list[str], of: Any, found: list[str]) -> None:
    rows = [{"name": f"Person {role}", "role": role, "dd_state": "実施した"} for role in roles]
    log = [{"person": row["name"]} for row in rows]
    assert codes(of(roster=rows, dd_log=log)) == found


def test_lead_institution_looks_at_every_co_pi() -> None:
    partners = [{"name": "みどり工業大学", "kind": "大学", "needed": "否"}]
    assert codes(lead(roster=ROSTER, dd_log=LOG, partners=partners)) == ["RS-PROJECT-006"]
    rows = [*ROSTER, {"name": "KIM Seo", "role": "Co-PI", "dd_state": "実施した"}]
    assert lead(roster=rows, dd_log=[*LOG, {"person": "KIM Seo"}], partners=partners) == []


def test_information_not_obtainable_calls_for_a_measure_or_a_reason() -> None:
    partial = ROSTER[1] | {"dd_state": "実施したが一部の情報は取得できなかった"}
    findings = lead(roster=[ROSTER[0], partial], dd_log=LOG)
    assert [(f.code, f.severity) for f in findings] == [("RS-PROJECT-008", Severity.WARNING)]
    measures = [{"target": "LIN Haoran", "measure": "研修の受講", "cause": "経歴の一部を確認できない"}]
    assert lead(roster=[ROSTER[0], partial], dd_log=LOG, measures=measures) == []
    excused = partial | {"measures_needed": "否", "remarks": "公開情報で足りる"}
    assert lead(roster=[ROSTER[0], excused], dd_log=LOG) == []


def test_measures_needed_but_none_recorded__error() -> None:
    rows = [ROSTER[0] | {"measures_needed": "要"}, ROSTER[1]]
    findings = lead(roster=rows, dd_log=LOG)
    assert [(f.code, f.severity, f.location.row) for f in findings] == [("RS-PROJECT-009", Severity.ERROR, 1)]


def test_difference_is_asked_of_the_person_first() -> None:
    log = [LOG[0], LOG[1] | {"difference": "あり"}]
    findings = lead(roster=ROSTER, dd_log=log)
    assert places(findings, "RS-PROJECT-019") == [("dd_log", 2, "difference")]
    inquiry = {"person": "LIN Haoran", "asked_on": "2026-08-20", "content": "②と⑩の違いについて"}
    waiting = lead(roster=ROSTER, dd_log=log, inquiries=[inquiry])
    assert [(f.code, f.severity) for f in waiting] == [("RS-PROJECT-020", Severity.NOTE)]
    assert lead(roster=ROSTER, dd_log=log, inquiries=[inquiry | {"answer": "客員であり給与なし"}]) == []


# --- 3-4


@pytest.mark.parametrize(
    ("found_on", "started_on", "code"),
    [
        ("2026-08-01", "2026-08-01", []),
        ("2026-08-02", "2026-08-01", ["RS-PROJECT-010"]),
        ("2026年8月", "2026-08-01", []),
        ("2026年9月", "2026-08-31", ["RS-PROJECT-010"]),
        (None, "2026-08-01", []),
    ],
)
def test_no_measure_before_its_cause(found_on: str | None, started_on: str, code: list[str]) -> None:
    row = {"target": "P-001", "cause_on": found_on, "started_on": started_on, "state": "予定"}
    assert codes(lead(measures=[row])) == code


def test_measure_that_runs_shows_evidence__note() -> None:
    row = {"target": "P-001", "content": "入退室権限の見直し", "state": "実施中"}
    assert codes(lead(measures=[row])) == ["RS-PROJECT-011"]
    assert lead(measures=[row | {"evidence": "権限表 2026-08"}]) == []


@pytest.mark.parametrize(
    ("due", "code"),
    [("2026-08-31", "RS-PROJECT-012"), ("2026-09-01", "RS-PROJECT-013"), (None, "RS-PROJECT-013")],
)
def test_request_of_the_funder_is_answered_in_time(due: str | None, code: str) -> None:
    row = {"kind": "追加措置の要請", "received_on": "2026-08-10", "content": "入室管理", "due_on": due}
    assert codes(lead(funder_contacts=[row])) == [code]
    assert lead(funder_contacts=[row | {"response": "実施した"}]) == []


def test_consultation_needs_no_response__ok() -> None:
    assert lead(funder_contacts=[{"kind": "相談", "received_on": "2026-08-10", "content": "措置の程度"}]) == []


# --- 3-5

CORRECTION = {"person": "P-002", "item": "② 職歴", "found_on": "2026-08-10"}


def test_error_found_is_reported_and_due_diligence_redone() -> None:
    findings = lead(corrections=[CORRECTION])
    assert [(f.code, f.severity, f.location.column) for f in findings] == [
        ("RS-PROJECT-014", Severity.ERROR, "reported_on"),
        ("RS-PROJECT-015", Severity.ERROR, "dd_redone_on"),
    ]
    assert lead(corrections=[CORRECTION | {"reported_on": "2026-08-12", "dd_redone_on": "2026-08-20"}]) == []


def test_nothing_is_redone_before_the_error_was_found() -> None:
    row = CORRECTION | {"reported_on": "2026-08-12", "dd_redone_on": "2026-08-01"}
    assert places(lead(corrections=[row]), "RS-PROJECT-016") == [("corrections", 1, "dd_redone_on")]


@pytest.mark.parametrize(
    ("dd_on", "found"),
    [("2026-08-01", []), ("2026-08-15", []), ("2026-08-16", ["RS-PROJECT-018"]), (None, ["RS-PROJECT-017"])],
)
def test_nobody_joins_without_due_diligence(dd_on: str | None, found: list[str]) -> None:
    row = {"person": "NGUYEN An", "joined_on": "2026-08-15", "dd_on": dd_on}
    assert codes(started(additions=[row])) == found


def test_measures_in_force_are_followed_up_after_the_start() -> None:
    measures = [{"target": "P-001", "state": "実施中", "evidence": "権限表"}, {"target": "P-002", "state": "予定"}]
    findings = started(measures=measures)
    assert [(f.code, f.location.item) for f in findings] == [("RS-PROJECT-024", "follow_ups")]
    assert lead(phase="応募中", measures=measures) == []
    followed = {"checked_on": "2026-08-30", "target": "P-001", "state": "実施されていない"}
    assert codes(started(measures=measures, follow_ups=[followed])) == ["RS-PROJECT-025"]
    assert started(measures=measures, follow_ups=[followed | {"action": "権限を停止した"}]) == []


def test_information_on_people_not_hired_is_discarded() -> None:
    row = {"call_no": "R8-12", "collected": "①～⑦", "result": "不採用・辞退"}
    assert codes(lead(recruitment=[row])) == ["RS-PROJECT-022"]
    assert lead(recruitment=[row | {"discarded_on": "2026-08-01"}]) == []
    assert lead(recruitment=[row | {"result": "採用"}]) == []


@pytest.mark.parametrize(
    ("providable", "anonymized", "found"),
    [("可", None, 0), ("匿名化すれば可", "済", 0), ("匿名化すれば可", "未", 1), ("不可", "済", 1)],
)
def test_examples_leave_only_as_agreed(providable: str, anonymized: str | None, found: int) -> None:
    row = {"kind": "ヒヤリハット", "content": "誤送信", "providable": providable, "anonymized": anonymized}
    assert lead(lessons=[row]) == []
    assert codes(lead(lessons=[row | {"provided_on": "2026-08-01"}])) == ["RS-PROJECT-023"] * found


def test_as_of_decides_what_is_overdue() -> None:
    row = {"kind": "要請", "received_on": "2026-08-10", "content": "入室管理", "due_on": "2026-08-31"}
    assert codes(check_on(date(2026, 8, 31), "project", funder_contacts=[row])) == ["RS-PROJECT-013"]
