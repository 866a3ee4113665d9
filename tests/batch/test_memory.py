"""The process that asks stays as small as it was, however many workbooks there are, on a run taken up again too."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

from tests.batch.conftest import DAY
from tests.report.entries import entry, finding
from xlsaddin.batch.gathering import Task
from xlsaddin.batch.journal import keeping_journal
from xlsaddin.batch.running import Plan, run_batch
from xlsaddin.report.outcomes import Tally, counted, render_results
from xlsaddin.report.stored import StoredResults

A_RESULT = 20_000
"""Bytes of one result as JSON: some hundred findings."""


class Instant(Executor):
    """Gives a long result at once."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        _, task, *_ = args
        future: Future[Any] = Future()
        findings = [finding(cell=f"C{number}") for number in range(A_RESULT // 200)]
        future.set_result({**entry(str(task.path), findings=findings), "status": "unreadable", "reviewed": None})
        return future


class StoppedError(Exception):
    """The run is broken off before it ends well."""


def run(folder: Path, count: int) -> int:
    """Return the most memory a run held at any time, from the first file to the last letter of its output."""
    paths = [folder / f"{number:04}.xlsx" for number in range(count)]
    for path in paths:
        path.write_bytes(path.name.encode())
    tracemalloc.start()
    try:
        tasks, tally = [Task(path, path.with_suffix(".reviewed.xlsx")) for path in paths], Tally()
        with keeping_journal(Plan(DAY), folder, tasks) as journal:
            found = run_batch(Plan(DAY), tasks, executor=Instant(), workers=2, journal=journal)
            results = StoredResults(counted(found, tally))
            size = sum(len(text) for text in render_results(DAY, tally.lists, results))
            assert size > count * A_RESULT / 2
            most = tracemalloc.get_traced_memory()[1]
            raise StoppedError
    except StoppedError:
        return most
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_the_batch(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("few", "many")]
    for folder in folders:
        folder.mkdir()
    run(folders[0], 1)  # what is loaded once
    for _ in ("new", "taken up again"):
        few, many = (run(folder, count) for folder, count in zip(folders, (20, 120), strict=True))
        assert many - few < 100 * A_RESULT / 20
