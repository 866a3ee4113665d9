"""What a full check costs: its parts, two workers against one, how cost and memory grow.

    python -m bench batch [--write]

Screens against METI's list when the folder of real list files is there, else against the fictional sample list; the
table says which.  All figures come from one run on the machine at hand.
"""

from __future__ import annotations

import multiprocessing
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeVar

from bench._pages import publish, table
from bench._state import state_folder
from bench.reading import AS_OF, copy_books
from xlsaddin.batch.gathering import Task
from xlsaddin.batch.pool import WorkerPool
from xlsaddin.batch.running import Plan, run_batch
from xlsaddin.batch.session import Session
from xlsaddin.checklist.profiles import load_profile
from xlsaddin.checklist.validation import validate_answers
from xlsaddin.checklist.values import read_answers
from xlsaddin.review import review_answers
from xlsaddin.screening.model import Query, Screener, Screening
from xlsaddin.watchlist.store import ListStore
from xlsaddin.workbook.changes import plan_changes
from xlsaddin.workbook.patch.apply import apply_changes
from xlsaddin.workbook.read.book import read_workbook

BASE = 12
GROWTH = ((1, 1), (4, 1), (16, 1), (16, 2))
"""How many times the base, with how many workers."""
T = TypeVar("T")


class Clock:
    """Adds up seconds by part."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def time(self, part: str, call: Callable[[], T]) -> T:
        start = time.perf_counter()
        try:
            return call()
        finally:
            self.seconds[part] = self.seconds.get(part, 0.0) + time.perf_counter() - start


class TimedScreener:
    """Screens through another screener and notes the time."""

    def __init__(self, inner: Screener, clock: Clock) -> None:
        self._inner, self._clock = inner, clock

    def screen_many(self, queries: Sequence[Query]) -> Screening:
        return self._clock.time("screen", lambda: self._inner.screen_many(queries))


def measure_parts(home: Path, paths: Sequence[Path], out: Path) -> dict[str, float]:
    """Return seconds a part over all files, in one process."""
    clock, profile = Clock(), load_profile()
    Session(AS_OF, store=ListStore(home)).check(paths[0], out / "warm.xlsx")  # what is loaded once is not counted
    parameters, screener = Session(AS_OF, store=ListStore(home)).prepare(profile)
    timed = TimedScreener(screener, clock)
    for path in paths:
        book = clock.time("read", lambda: read_workbook(path))  # noqa: B023 - called at once
        answers = clock.time("read", lambda: read_answers(book.checklist, book.answers))  # noqa: B023
        clock.time("validate", lambda: list(validate_answers(book.checklist, answers, parameters)))  # noqa: B023
        review = clock.time(
            "review",
            lambda: review_answers(
                answers,  # noqa: B023
                checklist=book.checklist,  # noqa: B023
                profile=profile.key,
                parameters=parameters,
                screener=timed,
                reviewed_at=datetime.now(UTC),
            ),
        )
        clock.time(
            "write",
            lambda: apply_changes(path, plan_changes(review, book.meta, book.tables), out / path.name),  # noqa: B023
        )
    seconds = clock.seconds
    seconds["assess"] = seconds.pop("review") - seconds["screen"] - seconds["validate"]
    return {part: seconds[part] for part in ("read", "validate", "screen", "assess", "write")}


@dataclass(frozen=True, slots=True)
class Run:
    """What one batch took: seconds by the clock, MB of the largest worker."""

    seconds: float
    worker: int


def run_workers(home: Path, paths: Sequence[Path], out: Path, workers: int) -> Run:
    """Return what a whole batch takes, in a process of its own, pool start included."""
    context = multiprocessing.get_context("spawn")
    theirs, ours = context.Pipe()
    target = out / f"{workers}-{len(paths)}"
    process = context.Process(target=_run, args=(theirs, home, paths, target, workers))
    process.start()
    run: Run = ours.recv()
    process.join()
    return run


def _run(pipe: Connection, home: Path, paths: Sequence[Path], out: Path, workers: int) -> None:
    tasks = [Task(path, out / f"{path.stem}.reviewed.xlsx") for path in paths]
    start = time.perf_counter()
    with WorkerPool(workers) as pool:
        results = run_batch(Plan(AS_OF, home=home), tasks, executor=pool, workers=workers)
        states = Counter(result["status"] for result in results)
    seconds = time.perf_counter() - start
    if set(states) != {"ok"}:
        raise RuntimeError(f"not all could be checked: {states}")
    pipe.send(Run(seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024))


def main(base: int = BASE) -> None:
    with state_folder() as (home, lists), tempfile.TemporaryDirectory() as folder:
        paths = copy_books(Path(folder), 16 * base)
        out = Path(folder) / "out"
        out.mkdir()
        parts = measure_parts(home, paths[: 2 * base], out)
        found = {(times, workers): run_workers(home, paths[: times * base], out, workers) for times, workers in GROWTH}
    total = sum(parts.values())
    shares = [(part, f"{500 * spent / base:.1f}", f"{spent / total:.0%}") for part, spent in parts.items()]
    growth = [
        (
            books := times * base,
            workers,
            f"{run.seconds:.1f}",
            f"{1000 * run.seconds / books:.0f}",
            run.worker,
        )
        for (times, workers), run in found.items()
    ]
    publish(
        "batch",
        f"A full check of {2 * base} researcher workbooks against {lists}, in one process, by the clock:",
        table(("part", "ms a book", "share"), [*shares, ("all", f"{500 * total / base:.1f}", "")]),
        "Growth, start of the workers included; memory is the largest of the run:",
        table(("workbooks", "workers", "seconds", "ms a book", "MB of a worker"), growth),
        f"Two workers are {found[16, 1].seconds / found[16, 2].seconds:.2f} times as fast as one.",
    )


if __name__ == "__main__":
    main()
