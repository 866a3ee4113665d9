"""The command line of the register: clear sentences, the exit codes, nothing personal without being asked."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import date
from email import message_from_bytes, policy
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import update
from typer.testing import CliRunner

from tests.exchange.rosters import SAEKI, person, write_roster
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
    assert "Hits to judge" in out
    office.record_member("C-01", "P-003", name="NAKANO Aya")
    case = json.loads(run("case", "C-01", "--as-of", AS_OF.isoformat(), "--json")[1])
    assert (case["missing"], case["level"]) == (["P-003"], "moderate")
    assert "P-003 NAKANO Aya" in run("case", "C-01", "--as-of", AS_OF.isoformat())[1]
    assert run("case")[1].startswith("C-01")


def test_what_is_not_there_is_one_sentence(run: Run, office: Register) -> None:
    code, out, err = run("case", "C-99")
    assert (code, out) == (exits.INCONCLUSIVE, "")
    assert "C-99" in err
    assert "Traceback" not in err


def test_erasing_deletes_and_the_chain_holds(run: Run, office: Register) -> None:
    code, out, err = run("erase", "P-001", "--yes")
    assert code == exits.CLEAN
    assert "out/P-001.reviewed.xlsx" in err  # the file is outside the register: a person deletes it
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
    sheet = openpyxl.load_workbook(tmp_path / "summary.xlsx")["一覧"]
    assert sheet.max_row == 3
    # to reviewed copies alone: where the declarations lie the register does not know
    assert {cell.hyperlink.target.replace("\\", "/") for row in sheet for cell in row if cell.hyperlink} == {
        _link(tmp_path)
    }
    assert "P-001" in (tmp_path / "summary.html").read_text(encoding="utf-8")


def _link(folder: Path) -> str:
    return os.path.relpath("out/P-001.reviewed.xlsx", folder)


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


def test_a_hit_is_judged_and_approved_from_the_command_line(run: Run, office: Register) -> None:
    code, out, _ = run("hits", "P-001", "--json")
    assert code == exits.LOOK
    (hit,) = json.loads(out)
    assert (hit["subject"], hit["must"], hit["entry"]) == ("P-001", True, "1")
    named = f"{hit['list_id']}:{hit['entry']}"
    said = ("--by", "輸出 花子", "--reason", "在籍証明で確認", "--on", "2026-09-02")
    code, out, _ = run("judge", "P-001", named, "same", *said)
    assert code == exits.CLEAN
    assert "to judge 1" in out  # a match takes a second person
    assert [item.code for item in office.worklist(AS_OF, "approver")] == ["RS-WORK-005"]
    assert run("approve", "P-001", named, "--by", "輸出 花子")[0] == exits.INCONCLUSIVE
    code, out, _ = run("approve", "P-001", named, "--by", "管理 次郎")
    assert "to judge 0" in out
    assert run("hits", "P-001")[0] == exits.CLEAN
    assert office.judgements_for("P-001")[hit["body"]].approver == "管理 次郎"


def test_who_has_an_interest_does_not_judge(run: Run, office: Register) -> None:
    body = office.open_hits("P-001")[0].body
    assert run("interest", "C-01", "輸出 花子", "coauthor", "--on", "2026-09-01")[0] == exits.CLEAN
    code, _, err = run("judge", "P-001", body, "not_same", "--by", "輸出 花子", "--reason", "別の機関")
    assert code == exits.INCONCLUSIVE
    assert "co-author" in err
    assert office.judgements_for("P-001") == {}


def test_nobody_judges_a_hit_that_is_not_there(run: Run, office: Register) -> None:
    code, _, err = run("judge", "P-002", "own_watch:1", "same", "--by", "輸出 花子", "--reason", "確認")
    assert (code, "own_watch:1" in err) == (exits.INCONCLUSIVE, True)


def test_a_correction_is_drafted_reported_and_redone(run: Run, office: Register, desk: Desk, tmp_path: Path) -> None:
    stated = ("--before", "該当なし", "--after", "客員 2025年", "--found-on", "2026-09-05", "--cause", "記入漏れ")
    code, number, _ = run("correction", "add", "C-01", "P-002", "職歴", *stated)
    assert code == exits.CLEAN
    numbers = {item.number for item in office.worklist(date(2026, 9, 6)) if item.code == "RS-WORK-013"}
    assert numbers == {int(number)}
    draft = tmp_path / "report.eml"
    told = ("--institution", "みどり大学", "--contact", "03-0000-0000", "--to", "desk@funder.example")
    assert run("correction", "draft", number.strip(), str(draft), *told)[0] == exits.CLEAN
    text = message_from_bytes(draft.read_bytes(), policy=policy.default).get_content()  # type: ignore[attr-defined]
    assert "客員 2025年" in text
    assert run("correction", "reported", number.strip(), "--on", "2026-09-07")[0] == exits.CLEAN
    assert run("correction", "redone", number.strip(), "--on", "2026-09-08")[0] == exits.INCONCLUSIVE
    corrected = nobody(email="b@midori.example", cases=[{"case_number": "C-01"}], stated_on="2026-09-08")
    desk.submit(office, corrected, subject="P-002", as_of=date(2026, 9, 8))
    assert run("correction", "redone", number.strip(), "--on", "2026-09-08")[0] == exits.CLEAN
    assert not {"RS-WORK-013", "RS-WORK-014"} & {item.code for item in office.worklist(date(2026, 9, 9))}


def test_cases_members_measures_and_plans_are_kept_from_the_command_line(run: Run, office: Register) -> None:
    assert run("add-case", "C-02", "--title", "計測", "--deadline", "2026-09-20")[0] == exits.CLEAN
    assert run("member", "C-02", "P-009", "--name", "NAKANO Aya", "--role", "participant")[0] == exits.CLEAN
    assert [one.code for one in office.case("C-02", AS_OF).missing] == ["P-009"]
    measure = next(one for one in office.case("C-01", AS_OF).measures if one.required)
    assert run("measure", "decline", str(measure.id), "--reason", " ")[0] == exits.INCONCLUSIVE
    agreed = ("--owner", "理学部", "--due", "2026-09-10")
    assert run("measure", "agree", str(measure.id), *agreed)[0] == exits.CLEAN
    assert run("measure", "done", str(measure.id), "--evidence", "設定記録", "--on", "2026-09-09")[0] == exits.CLEAN
    _, number, _ = run("plan", "研修の確認", "--due", "2026-09-12", "--case", "C-01")
    assert "RS-WORK-016" in {item.code for item in office.worklist(AS_OF)}
    assert run("done", number.strip(), "--on", "2026-09-11")[0] == exits.CLEAN
    assert "RS-WORK-016" not in {item.code for item in office.worklist(AS_OF)}
    noted = ("experience", "C-01", "near_miss", "--on", "2026-09-01")
    assert run(*noted, "鍵の返し忘れ")[0] == exits.CLEAN
    assert run(*noted, "共有設定の誤り", "--may-be-shared", "--anonymous")[0] == exits.CLEAN
    shareable = json.loads(run("experiences", "--shareable", "--json")[1])
    assert [one["text"] for one in shareable] == ["共有設定の誤り"]


def test_a_roster_says_who_is_expected_and_from_which_department(run: Run, tmp_path: Path) -> None:
    saeki = {**SAEKI, "department": "工学研究科"}
    path = write_roster(tmp_path / "roster.xlsx", (saeki, person(2)))
    assert run("roster", str(path))[0] == exits.CLEAN
    case = json.loads(run("case", "C-03", "--as-of", AS_OF.isoformat(), "--json")[1])
    members = [(one["subject"], one["role"], one["department"]) for one in case["members"]]
    assert members == [("P-001", "pi", "工学研究科"), ("P-002", "participant", "")]
    assert (case["missing"], case["deadline"]) == (["P-001", "P-002"], "2026-09-11")
    assert run("roster", str(tmp_path / "none.xlsx"))[0] == exits.INCONCLUSIVE


@pytest.mark.parametrize(
    "words",
    [
        ("member", "C-01", "P-010", "--role", "boss"),
        ("member", "C-01", "P-010", "--kind", "company"),
        ("add-case", "C-09", "--role", "leader"),
        ("erase", "P-001", "--reason", "because", "--yes"),
        ("erase", "P-001", "--reason", "restored", "--yes"),
    ],
)
def test_a_word_nobody_knows_is_refused_with_those_that_are(office: Register, words: tuple[str, ...]) -> None:
    lines = office.verify().entries
    said = CliRunner().invoke(app, ["register", *words])
    assert said.exit_code == exits.INCONCLUSIVE
    assert " | " in said.output
    assert office.verify().entries == lines


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://office:s3cret@127.0.0.1:1/db",
        "postgresql+pg8000://office:s3c@ret@127.0.0.1:port/db",
        "postgresql+pg8000://127.0.0.1:1/db?user=office&password=s3cret",
        "mysql://office:s3cret@127.0.0.1/db",
        "sqlite:///",
    ],
)
def test_an_address_that_cannot_be_used_is_said_without_its_password(
    run: Run, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("XLSADDIN_REGISTER", address)
    code, out, err = run("verify")
    assert (code, out) == (exits.INCONCLUSIVE, "")
    assert "登録簿" in err
    assert "unexpected" not in err
    assert "s3c" not in err


@pytest.mark.parametrize("answer", ["n\n", ""])
def test_without_a_yes_nothing_is_erased_and_that_is_said(office: Register, answer: str) -> None:
    said = CliRunner().invoke(app, ["register", "erase", "P-001"], input=answer)
    assert said.exit_code == exits.INCONCLUSIVE
    assert "何も変えていません" in said.output
    assert office.open_hits("P-001")
