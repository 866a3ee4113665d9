"""A batch and the register: judged once is shown as judged, every result is kept once, trouble with it is said."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import func, select

from tests.batch.conftest import DAY, start_check
from tests.batch.test_running import judge
from xlsaddin.batch.gathering import gather_tasks
from xlsaddin.batch.pool import WorkerPool
from xlsaddin.batch.remembering import Keeper
from xlsaddin.batch.running import Plan, run_batch
from xlsaddin.cli import exits
from xlsaddin.cli.app import app
from xlsaddin.register.register import Register
from xlsaddin.register.tables import AuditEntry, Result, Submission
from xlsaddin.report.machine import Json


def counts() -> tuple[int, int]:
    """How many versions and results the register of the state folder holds."""
    with Register.open() as register, register.looking() as session:
        versions, results = (session.scalar(select(func.count()).select_from(one)) for one in (Submission, Result))
    return versions or 0, results or 0


def check(paths: Path, out: Path, jobs: int = 1) -> list[Json]:
    with Register.open() as register:
        address = register.address
        plan, keeper = Plan(DAY, register=address), Keeper(register)
        tasks = gather_tasks([paths], out)
        if jobs == 1:
            return list(run_batch(plan, tasks, keeper=keeper))
        with WorkerPool(jobs) as workers:
            return list(run_batch(plan, tasks, executor=workers, workers=jobs, keeper=keeper))


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code = exits.run(lambda: app([str(word) for word in words], standalone_mode=False))
    said = capsys.readouterr()
    return code, said.out, said.err


def test_judged_once_is_shown_as_judged_next_time_with_who_and_why(received: Path, tmp_path: Path) -> None:
    check(received / "03-lin.xlsx", tmp_path / "first")
    judge(tmp_path / "first" / "03-lin.reviewed.xlsx", "別", "確認 花子", "略歴で別機関と確認した")
    check(received / "03-lin.xlsx", tmp_path / "first")
    (again,) = check(received / "03-lin.xlsx", tmp_path / "elsewhere")
    judged = [hit for hit in again["hits"] if hit["disposition"] == "false_positive"]
    assert judged
    assert {hit["reviewer"] for hit in judged} == {"確認 花子"}
    texts = {
        str(cell)
        for sheet in openpyxl.load_workbook(tmp_path / "elsewhere" / "03-lin.reviewed.xlsx")
        for row in sheet.iter_rows(values_only=True)
        for cell in row
    }
    assert "略歴で別機関と確認した" in texts


def test_workers_and_one_process_record_the_same(received: Path, tmp_path: Path) -> None:
    worked = check(received, tmp_path / "a", jobs=2)
    assert counts() == (5, 5)
    alone = check(received, tmp_path / "b")
    assert counts() == (5, 5)
    assert [one["recorded"] for one in worked] == [one["recorded"] for one in alone]
    assert all(one["recorded"]["version"] == 1 for one in alone)
    json.dumps(worked)  # nothing in it that only recording needs
    with Register.open() as register:
        assert register.verify().whole
        assert len(register.entries()) == 5


def test_a_batch_killed_again_and_again_is_recorded_once(many: Callable[[int], Path], tmp_path: Path) -> None:
    Register.open().close()
    folder, out = many(10), tmp_path / "out"
    for kills in range(4):
        process = start_check(folder, "--out", out)
        deadline = time.monotonic() + 60
        while _recorded() <= kills and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    process = start_check(folder, "--out", out)
    output, _ = process.communicate(timeout=300)
    results = json.loads(output)["workbooks"]
    assert len(results) == 10
    assert all(result["recorded"] for result in results)
    assert counts() == (5, 5)  # ten files of five declarations
    with Register.open() as register:
        assert register.verify().whole


def _recorded() -> int:
    with Register.open() as register, register.looking() as session:
        return session.scalar(select(func.count()).select_from(AuditEntry)) or 0


def test_two_batches_at_once_share_one_register(many: Callable[[int], Path], tmp_path: Path) -> None:
    Register.open().close()
    folder = many(6)
    processes = [start_check(folder, "--out", tmp_path / name) for name in ("a", "b")]
    for process in processes:
        output, _ = process.communicate(timeout=300)
        assert all(result["recorded"] for result in json.loads(output)["workbooks"])
    assert counts() == (5, 5)
    with Register.open() as register:
        assert register.verify().whole


def test_nothing_is_recorded_unless_there_is_a_register_or_one_is_asked_for(
    received: Path, tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = received / "01-saeki.xlsx"
    run(capsys, "check", one, "--out", tmp_path / "out", "--json")
    assert not (home / "register.sqlite").exists()
    _, output, said = run(capsys, "check", one, "--out", tmp_path / "out", "--json", "--register")
    assert json.loads(output)["workbooks"][0]["recorded"]["version"] == 1
    assert "Recorded in the register: 1" in said
    run(capsys, "check", received / "02-kimura.xlsx", "--out", tmp_path / "out", "--json", "--no-register")
    assert counts() == (1, 1)


def test_a_register_that_cannot_be_used_is_said_and_the_check_goes_on(
    received: Path, tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home.mkdir(parents=True, exist_ok=True)
    (home / "register.sqlite").write_bytes(b"this is no database" * 300)
    code, output, said = run(capsys, "check", received / "01-saeki.xlsx", "--out", tmp_path / "out", "--json")
    (result,) = json.loads(output)["workbooks"]
    assert (code, result["status"]) == (exits.INCONCLUSIVE, "ok")
    assert "register.sqlite" in said
    assert "Traceback" not in said


def test_a_register_lost_in_mid_batch_is_a_finding_on_each_file_it_lacks(received: Path, tmp_path: Path) -> None:
    file = tmp_path / "lost.sqlite"
    address = f"sqlite:///{file}"
    with Register.open(address) as register:
        keeper = Keeper(register)
        found = run_batch(Plan(DAY, register="sqlite://"), gather_tasks([received], tmp_path / "out"), keeper=keeper)
        first = next(found)
        register.close()
        file.write_bytes(b"this is no database" * 300)
        rest = list(found)
    assert first["recorded"]
    assert [one["status"] for one in rest] == ["ok"] * 4
    assert all({"RS-REG-022"} <= {finding["code"] for finding in one["findings"]} for one in rest)


def test_a_file_of_an_erased_person_is_checked_and_not_recorded(received: Path, tmp_path: Path) -> None:
    (first,) = check(received / "01-saeki.xlsx", tmp_path / "out")
    with Register.open() as register:
        register.erase(first["recorded"]["subject"], "request")
    (again,) = check(received / "01-saeki.xlsx", tmp_path / "out")
    assert (again["status"], again["recorded"]) == ("ok", None)
    assert "RS-REG-006" in {finding["code"] for finding in again["findings"]}


def test_summaries_are_written_by_their_endings_and_an_unknown_one_is_refused_before_the_work(
    received: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, out = received / "01-saeki.xlsx", tmp_path / "out"
    wanted = [tmp_path / f"summary{ending}" for ending in (".xlsx", ".html", ".csv", ".json")]
    options = [word for target in wanted for word in ("--summary", target)]
    run(capsys, "check", one, "--out", out, *options)
    assert all(target.stat().st_size for target in wanted)
    code, _, said = run(capsys, "check", received, "--out", tmp_path / "later", "--summary", tmp_path / "summary.pdf")
    assert (code, (tmp_path / "later").exists()) == (exits.INCONCLUSIVE, False)
    assert "summary.pdf" in said
