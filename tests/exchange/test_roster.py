"""A roster is read as written, and what would send a wrong mail is found before anything is made."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.exchange.rosters import CASES, DAY, SAEKI, person, roster_of, write_roster
from xlsaddin.errors import XlsAddinError
from xlsaddin.exchange.roster import read_roster
from xlsaddin.findings import Severity
from xlsaddin.workbook.respondent.template import build_template


def codes_of(roster_findings: object) -> list[str]:
    return [f.code for f in roster_findings if f.severity is not Severity.NOTE]  # type: ignore[attr-defined]


def test_a_good_roster_has_nothing_to_mend(tmp_path: Path, home: Path) -> None:
    roster = roster_of(tmp_path, [SAEKI, person(2)])
    assert codes_of(roster.findings) == []
    assert roster.notice.institution == "みどり大学"
    assert [(s.id, s.form, s.case_text) for s in roster.subjects] == [
        ("P-001", "researcher", "C-03・C-07"),
        ("P-002", "researcher", "C-03"),
    ]
    assert roster.subjects[0].deadline == CASES[0]["deadline"]


def test_one_person_in_two_rows_is_one_subject_with_all_projects(tmp_path: Path, home: Path) -> None:
    rows = [{**SAEKI, "case_numbers": "C-03"}, {**SAEKI, "case_numbers": "C-07"}]
    roster = roster_of(tmp_path, rows)
    assert codes_of(roster.findings) == []
    assert [(s.id, s.case_text) for s in roster.subjects] == [("P-001", "C-03・C-07")]


def test_partners_supporters_and_contracts_get_forms_and_bodies_out_of_scope_none(tmp_path: Path, home: Path) -> None:
    roster = roster_of(
        tmp_path,
        partners=[
            {"subject_id": "A-001", "kind": "会社", "name_ja": "株式会社ミナト光学", "case_numbers": "C-03"},
            {"subject_id": "A-002", "kind": "我が国の大学", "name_ja": "ひかり大学", "case_numbers": "C-03"},
        ],
        supporters=[
            {"subject_id": "S-001", "kind": "我が国の国・地方公共団体等", "name_ja": "みどり県", "case_numbers": "C-03"}
        ],
        contracts=[{"contract_no": "K-001", "contract_kind": "MOU", "counterpart": "A; B", "case_numbers": "C-07"}],
    )
    assert [(s.id, s.form) for s in roster.subjects if s.form != "researcher"] == [
        ("A-001", "partner"),
        ("K-001", "contract"),
    ]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"subject_id": "佐伯"}, "RS-ROSTER-003"),
        ({"subject_id": "Saeki-1"}, "RS-ROSTER-003"),
        ({"subject_id": "P/001"}, "RS-ROSTER-003"),
        ({"subject_id": "P-002", "email": "other@midori-u.example.jp"}, "RS-ROSTER-004"),
        ({"case_numbers": "C-99"}, "RS-ROSTER-007"),
        ({"case_numbers": None}, "RS-ROSTER-011"),
        ({"email": "p2@midori-u.example.jp"}, "RS-ROSTER-008"),
    ],
)
def test_what_would_go_wrong_is_found__row(tmp_path: Path, home: Path, change: dict[str, object], code: str) -> None:
    roster = roster_of(tmp_path, [person(2), {**SAEKI, **change}])
    assert code in codes_of(roster.findings)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"deadline": None}, "RS-ROSTER-010"),
        ({"deadline": DAY.replace(month=8)}, "RS-ROSTER-005"),
        ({"profile": "nonsuch"}, "RS-ROSTER-006"),
        ({"case_number": "C-07"}, "RS-ROSTER-004"),
    ],
)
def test_what_would_go_wrong_is_found__project(
    tmp_path: Path, home: Path, change: dict[str, object], code: str
) -> None:
    roster = roster_of(tmp_path, [person(2, case_numbers="C-07")], cases=[{**CASES[0], **change}, CASES[1]])
    assert code in codes_of(roster.findings)


def test_another_form_is_no_roster(tmp_path: Path, home: Path) -> None:
    path = tmp_path / "partner.xlsx"
    path.write_bytes(build_template("partner", as_of=DAY))
    with pytest.raises(XlsAddinError) as refused:
        read_roster(path, DAY)
    assert refused.value.code == "RS-ROSTER-001"
    assert write_roster(tmp_path / "r.xlsx").exists()
