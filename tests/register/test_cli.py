"""The command line of the register: clear sentences, the exit codes, nothing personal without being asked."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import update

from tests.register.conftest import AS_OF, SECOND, Desk
from tests.register.test_erasure import MARK, marked
from tests.scenarios.people import nobody
from xlsaddin.cli import exits
from xlsaddin.cli.app import app
from xlsaddin.register.opening import writing
from xlsaddin.register.register import Register
from xlsaddin.register.tables import AuditEntry

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(desk: Desk, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `xlsaddin register ...` as the program does, and returns code, stdout, stderr."""

    def running(*words: str) -> tuple[int, str, str]:
        try:
            code = exits.run(lambda: app(["register", *words], standalone_mode=False))
        finally:
            said = capsys.readouterr()
        return code, said.out, said.err

    return running


@pytest.fixture
def office(desk: Desk) -> Register:
    """The register of the state folder, with one declaration to be judged and a clean one."""
    register = Register.open(actor="office")
    desk.submit(register, marked(), subject="P-001", reviewed_copy="out/P-001.reviewed.xlsx")
    desk.submit(register, nobody(email="b@midori.example", cases=[{"case_number": "C-01"}]), subject="P-002")
    return register


def test_verify_proves_and_names_a_changed_line(run: Run, office: Register) -> None:
    code, out, _ = run("verify")
    assert code == exits.CLEAN
    assert office.verify().head in out
    with writing(office.engine) as session:
        session.execute(update(AuditEntry).where(AuditEntry.number == 2).values(actor="x"))
    code, _, err = run("verify")
    assert code == exits.INCONCLUSIVE
    assert "2行目" in err


def test_verify_with_a_noted_value_finds_what_is_missing(run: Run, office: Register, tmp_path: Path) -> None:
    run("backup", str(tmp_path / "b.sqlite"))
    office.record_case("C-02")
    noted = office.verify().head
    assert run("restore", str(tmp_path / "b.sqlite"), "--yes")[0] == exits.CLEAN
    code, _, err = run("verify", "--head", noted)
    assert code == exits.INCONCLUSIVE
    assert "missing at its end" in err


def test_the_worklist_is_by_role_and_says_so_by_its_code(run: Run, office: Register) -> None:
    code, out, _ = run("worklist", "--role", "export_control", "--as-of", AS_OF.isoformat(), "--json")
    assert code == exits.LOOK
    assert [(item["code"], item["subject"]) for item in json.loads(out)] == [("RS-WORK-004", "P-001")]
    assert run("worklist", "--role", "legal", "--as-of", AS_OF.isoformat())[0] == exits.CLEAN


def test_a_case_is_shown_with_its_gaps(run: Run, office: Register) -> None:
    code, out, _ = run("case", "C-01", "--as-of", AS_OF.isoformat())
    assert code == exits.LOOK
    assert "to_judge" in out


def test_what_is_not_there_is_one_sentence(run: Run, office: Register) -> None:
    code, out, err = run("case", "C-99")
    assert (code, out) == (exits.INCONCLUSIVE, "")
    assert "C-99" in err
    assert "Traceback" not in err


def test_erasing_deletes_and_the_chain_holds(run: Run, office: Register) -> None:
    code, out, _ = run("erase", "P-001", "--yes")
    assert code == exits.CLEAN
    assert MARK not in out
    assert run("verify")[0] == exits.CLEAN
    assert [entry["subject"].split()[0] for entry in office.entries()] == ["P-002"]


def test_a_new_edition_shows_what_changed(run: Run, office: Register, desk: Desk) -> None:
    desk.import_list(SECOND, date(2026, 9, 10))
    code, out, _ = run("rescreen", "--as-of", "2026-09-11", "--json")
    assert code == exits.LOOK
    assert [(change["subject"], change["kind"]) for change in json.loads(out)] == [("P-001", "changed")]
    assert run("rescreen", "--as-of", "2026-09-12")[0] == exits.CLEAN


def test_a_result_of_an_earlier_day_is_replayed(run: Run, office: Register) -> None:
    code, out, _ = run("replay", "P-001", "--as-of", AS_OF.isoformat())
    assert code == exits.CLEAN
    again = json.loads(out)
    assert (again["same"], again["result"]["assessment"]["level"]) == (True, "moderate")
    assert again["lists"][0]["sha256"]


def test_reports_are_written_from_the_register(run: Run, office: Register, tmp_path: Path) -> None:
    assert run("export", str(tmp_path / "register.xlsx"))[0] == exits.CLEAN
    assert run("summary", str(tmp_path / "summary.xlsx"), "--as-of", AS_OF.isoformat())[0] == exits.CLEAN
    assert run("summary", str(tmp_path / "summary.html"), "--as-of", AS_OF.isoformat())[0] == exits.CLEAN
    assert openpyxl.load_workbook(tmp_path / "summary.xlsx")["一覧"].max_row == 3
    assert "P-001" in (tmp_path / "summary.html").read_text(encoding="utf-8")


def test_the_questionnaire_holds_declarations_only_when_asked(run: Run, office: Register, tmp_path: Path) -> None:
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    assert run("questionnaire", "C-01", str(first))[0] == exits.CLEAN
    assert len(openpyxl.load_workbook(first).sheetnames) == 1
    assert run("questionnaire", "C-01", str(second), "--asked-by", "JST")[0] == exits.INCONCLUSIVE
    assert not second.exists()
    assert run("questionnaire", "C-01", str(second), "--asked-by", "JST", "--asked-on", "2026-09-03")[0] == exits.CLEAN
    assert len(openpyxl.load_workbook(second).sheetnames) == 14


def test_no_retention_period_is_assumed(run: Run, office: Register) -> None:
    code, _, err = run("retention")
    assert code == exits.INCONCLUSIVE
    assert "RS-REG" not in err
    assert run("retention", "5")[0] == exits.CLEAN
    assert run("retention")[0] == exits.CLEAN


def test_a_candidate_not_hired_is_erased(run: Run, office: Register, desk: Desk) -> None:
    desk.submit(office, marked(role="採用候補者", email="c@midori.example"), subject="R-001")
    assert run("recruited", "R-001", "--not-hired", "--on", "2026-09-30")[0] == exits.CLEAN
    assert "R-001" not in {entry["subject"].split()[0] for entry in office.entries()}
