"""Desks pass a workbook on with who, when, decision, remark; answers changed on the way are told."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.exchange.forms import edit_form, write_form
from xlsaddin.errors import XlsAddinError
from xlsaddin.exchange.routing.stages import check_stages, pass_stage, read_stages
from xlsaddin.workbook.read.book import read_workbook

AT = datetime(2026, 9, 5, 10, 0, tzinfo=UTC)


@pytest.fixture
def form(tmp_path: Path, home: Path) -> Path:
    return write_form(tmp_path / "form.xlsx", {"name": "SAEKI Mariko", "email": "a@example.jp"}, subject_id="P-001")


def passed(source: Path, target: Path, *stages: str) -> Path:
    for number, stage in enumerate(stages):
        copy = target.with_name(f"{number}-{target.name}")
        pass_stage(source, copy, stage, f"担当{number}", AT, decision="可", remark="=1+1")
        source = copy
    return source


def test_each_desk_adds_a_row_and_nothing_is_found(form: Path, tmp_path: Path) -> None:
    path = passed(form, tmp_path / "f.xlsx", "researcher", "research_office", "export_control")
    assert [(p.stage, p.who, p.decision, p.remark) for p in read_stages(path)] == [
        ("研究者 / Researcher", "担当0", "可", "=1+1"),
        ("研究推進課 / Research office", "担当1", "可", "=1+1"),
        ("輸出管理 / Export control", "担当2", "可", "=1+1"),
    ]
    assert list(check_stages(path)) == []
    assert [f.code for f in read_workbook(path).findings if f.code.startswith(("RS-HOSTILE", "RS-READ-01"))] == []


def test_answers_changed_by_a_later_desk_are_told(form: Path, tmp_path: Path) -> None:
    path = passed(form, tmp_path / "f.xlsx", "researcher")
    touched = edit_form(path, tmp_path / "t.xlsx", {"email": "b@example.jp"})
    assert [finding.code for finding in check_stages(touched)] == ["RS-STAGE-003"]
    later = passed(touched, tmp_path / "l.xlsx", "export_control")
    (finding,) = check_stages(later)
    assert "輸出管理" in finding.message_ja


@pytest.mark.parametrize(("stage", "code"), [("nonsuch", "RS-STAGE-001"), ("department", "RS-STAGE-002")])
def test_a_workbook_does_not_go_backwards(form: Path, tmp_path: Path, stage: str, code: str) -> None:
    path = passed(form, tmp_path / "f.xlsx", "research_office")
    with pytest.raises(XlsAddinError) as refused:
        pass_stage(path, tmp_path / "x.xlsx", stage, "担当", AT)
    assert refused.value.code == code
