"""Whatever happens to a batch, nothing is lost, nothing counts twice, and every file is accounted for."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import signal
import sqlite3
import subprocess
import time
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.batch.broken import write_broken
from tests.batch.conftest import DAY, Started, start_check
from xlsaddin.batch.gathering import gather_tasks
from xlsaddin.batch.journal import keeping_journal
from xlsaddin.batch.model import Plan
from xlsaddin.batch.running import run_batch

Json = dict[str, Any]
JOURNAL = ".xlsaddin-batch.jsonl"
COUNTED = ("subject", "membership", "submission", "result")
"""Tables of the register with one row a declaration here."""


def finish(started: Started) -> tuple[int, list[Json], str]:
    """Wait for a run; return exit code, rows and what was said."""
    output, errors = started.communicate()
    said = errors.decode()
    assert "Traceback" not in said
    return started.returncode, json.loads(output)["workbooks"] if output else [], said


def by_name(rows: list[Json]) -> dict[str, Json]:
    found = {Path(row["path"]).name: row for row in rows}
    assert len(found) == len(rows), "a file counts twice"
    return found


def noted(out: Path) -> list[str]:
    """Return the names of the files that a run has noted as finished."""
    journal = out / JOURNAL
    lines = journal.read_bytes().split(b"\n")[:-1] if journal.exists() else []
    return [Path(json.loads(line)["result"]["path"]).name for line in lines]


def wait_until(true: Callable[[], bool], running: Callable[[], bool]) -> None:
    while not true():
        assert running(), "the run ended before its time"
        time.sleep(0.01)


def copies(out: Path) -> dict[str, tuple[int, int]]:
    """Return when each reviewed copy was written; each must be whole."""
    for path in out.rglob("*.reviewed.xlsx"):
        with zipfile.ZipFile(path) as archive:
            assert archive.testzip() is None
    return {path.name: (path.stat().st_ino, path.stat().st_mtime_ns) for path in out.rglob("*.reviewed.xlsx")}


def run_alone(received: Path, out: Path) -> list[Json]:
    plan, tasks = Plan(DAY), gather_tasks([received], out)
    with keeping_journal(plan, out, tasks) as journal:
        return list(run_batch(plan, tasks, journal=journal))


def test_twenty_kills_lose_nothing_count_nothing_twice_and_redo_nothing(
    many: Callable[[int], Path], tmp_path: Path
) -> None:
    """The runs are forked from a process that is warm, so that each kill falls into the work."""
    received, out, rng = many(45), tmp_path / "out", random.Random(1)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.batch.warm"])
    finished: dict[str, tuple[int, int]] = {}
    for _ in range(20):
        done = len(noted(out))
        run = context.Process(target=run_alone, args=(received, out))
        run.start()
        wait_until(lambda: len(noted(out)) > done, run.is_alive)  # noqa: B023 - called at once
        time.sleep(rng.random() / 8)
        run.kill()
        run.join()
        assert run.exitcode == -signal.SIGKILL
        there = copies(out)
        assert {name: there[name] for name in finished} == finished, "a finished file was done again"
        finished = {name: there[name] for name in (f"{Path(one).stem}.reviewed.xlsx" for one in noted(out))}
    rows = run_alone(received, out)
    assert list(by_name(rows)) == [f"{number:03}.xlsx" for number in range(45)]
    assert all(row["status"] == "ok" for row in rows)
    assert len(copies(out)) == 45
    assert {name: copies(out)[name] for name in finished} == finished
    assert {path.name for path in out.iterdir() if not path.name.endswith(".reviewed.xlsx")} <= {".running.lock"}


def test_a_killed_run_of_two_workers_takes_them_with_it(many: Callable[[int], Path], tmp_path: Path) -> None:
    received, out = many(14), tmp_path / "out"
    for more in (2, 4):
        started = start_check(received, "--out", out, "--jobs", 2)
        wait_until(lambda: len(noted(out)) > more, lambda: started.poll() is None)  # noqa: B023 - called at once
        started.kill()
        started.communicate()  # returns when the last of its processes has let go of the pipe
        finished = {name: copies(out)[name] for name in (f"{Path(one).stem}.reviewed.xlsx" for one in noted(out))}
    _, rows, _ = finish(start_check(received, "--out", out, "--jobs", 2))
    assert len(by_name(rows)) == len(copies(out)) == 14
    assert {name: copies(out)[name] for name in finished} == finished


def test_an_interruption_ends_at_once_and_the_next_run_goes_on(many: Callable[[int], Path]) -> None:
    """Without `--out` the journal stands in the folder that is checked."""
    received = many(14)
    started = start_check(received, "--jobs", 2)
    wait_until(lambda: len(noted(received)) > 2, lambda: started.poll() is None)
    os.killpg(started.pid, signal.SIGINT)  # as a terminal does: to the workers too
    code, rows, said = finish(started)
    assert (code, rows) == (2, [])
    assert "中断しました" in said
    before = {f"{Path(name).stem}.reviewed.xlsx" for name in noted(received)}
    kept = {name: written for name, written in copies(received).items() if name in before}
    code, rows, _ = finish(start_check(received, "--jobs", 2))
    assert len(by_name(rows)) == 14
    assert {name: copies(received)[name] for name in kept} == kept
    assert not (received / JOURNAL).exists()


def test_a_file_that_hangs_the_reader_is_one_row(received: Path, tmp_path: Path) -> None:
    """A pipe nobody writes to: opening it never returns."""
    pipe = tmp_path / "pipe.xlsx"
    os.mkfifo(pipe)
    files = sorted(received.iterdir())
    given = [*files[:2], pipe, *files[2:]]
    code, rows, _ = finish(start_check(*given, "--timeout", 40, "--out", tmp_path / "out"))
    assert code == 1
    assert [row["status"] for row in rows] == ["ok", "ok", "unreadable", "ok", "ok", "ok"]
    assert [finding["code"] for finding in rows[2]["findings"]] == ["RS-BATCH-011"]


def test_a_full_disk_is_said_of_each_file_and_the_next_run_has_all(many: Callable[[int], Path], tmp_path: Path) -> None:
    """On a disk of 1 MB where one may be mounted, else with a limit on the size of a file."""
    received, out = many(12), tmp_path / "disk"
    out.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(out)], check=False).returncode == 0
    limited = [] if mounted else ["prlimit", "--fsize=100000"]
    try:
        code, rows, _ = finish(start_check(received, "--out", out, "--jobs", 2, before=limited))
        assert code in (1, 2)
        full = [row for row in by_name(rows).values() if row["status"] == "unreadable"]
        assert len(rows) == 12 and full
        assert {finding["code"] for row in full for finding in row["findings"]} == {"RS-BATCH-012"}
        assert len(copies(out)) == 12 - len(full)
        assert [path for path in out.iterdir() if path.name.startswith(".") and path.suffix == ".xlsx"] == []
        if mounted:
            subprocess.run(["mount", "-o", "remount,size=64m", str(out)], check=True)
        code, rows, _ = finish(start_check(received, "--out", out, "--jobs", 2))
        assert [row["status"] for row in by_name(rows).values()] == ["ok"] * 12
        assert len(copies(out)) == 12
    finally:
        if mounted:
            subprocess.run(["umount", str(out)], check=True)


def test_as_many_broken_files_as_good_ones(many: Callable[[int], Path], filled: Path, tmp_path: Path) -> None:
    received = many(20)
    broken = {path.name for path in write_broken(sorted(filled.iterdir())[0], received, 30)}
    code, rows, _ = finish(start_check(received, "--out", tmp_path / "out", "--jobs", 2))
    assert code == 1
    found = by_name(rows)
    assert set(found) == {path.name for path in received.glob("*.xlsx")}
    assert {found[name]["status"] for name in set(found) - broken} == {"ok"}
    assert all(row["findings"] for name, row in found.items() if name in broken and row["status"] != "ok")
    unexpected = [name for name, row in found.items() if any(one["code"] == "RS-BATCH-003" for one in row["findings"])]
    assert unexpected == []


def test_of_two_runs_into_one_folder_the_second_is_refused(many: Callable[[int], Path], tmp_path: Path) -> None:
    received, out = many(8), tmp_path / "out"
    first = start_check(received, "--out", out)
    wait_until(lambda: bool(noted(out)), lambda: first.poll() is None)
    code, rows, said = finish(start_check(received, "--out", out))
    assert (code, rows) == (2, [])
    assert "out" in said and len(said.splitlines()) == 2
    code, rows, _ = finish(first)
    assert len(by_name(rows)) == len(copies(out)) == 8


def test_two_runs_at_once_over_the_same_files_each_have_all(many: Callable[[int], Path], tmp_path: Path) -> None:
    received = many(5)
    both = [start_check(received, "--out", tmp_path / place) for place in ("one", "other")]
    results = [finish(run)[1] for run in both]
    shown = [[{**row, "reviewed": None} for row in rows] for rows in results]
    assert len(by_name(results[0])) == 5
    assert shown[0] == shown[1]


def test_two_runs_at_once_on_one_register_lose_nothing_and_count_nothing_twice(
    many: Callable[[int], Path], tmp_path: Path
) -> None:
    """Both record the same five declarations: five subjects come of it, each with one version and one result."""
    received = many(5)
    both = [start_check(received, "--out", tmp_path / place, "--register") for place in ("one", "other")]
    results = [finish(run)[1] for run in both]
    recorded = [{row["path"]: row["recorded"] for row in rows} for rows in results]
    assert recorded[0] == recorded[1]
    assert all(recorded[0].values()) and len(recorded[0]) == 5
    with closing(sqlite3.connect(tmp_path / "home" / "register.sqlite")) as register:
        counts = {name: register.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in COUNTED}
    assert counts == dict.fromkeys(COUNTED, 5)
