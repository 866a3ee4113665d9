"""What a full check costs: its parts, two workers against one, how cost and memory grow, a million names.

    python -m bench batch

Screens against METI's list when the folder of real list files is there, else against the fictional sample list; the
table says which.  All figures come from one run on the machine at hand.
"""

from __future__ import annotations

import os
import resource
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from rich.console import Console
from rich.table import Table

from bench.reading import AS_OF, fill_books
from xlsaddin.batch.gathering import Task
from xlsaddin.batch.pool import WorkerPool
from xlsaddin.batch.running import Plan, run_batch
from xlsaddin.batch.session import Session
from xlsaddin.checklist.profiles import load_profile
from xlsaddin.checklist.validation import validate_answers
from xlsaddin.checklist.values import read_answers
from xlsaddin.review import review_answers
from xlsaddin.screening.engine import screener_for
from xlsaddin.screening.model import Query, QueryKind, Screener, Screening
from xlsaddin.watchlist.store import ListStore
from xlsaddin.workbook.changes import plan_changes
from xlsaddin.workbook.patch.apply import apply_changes
from xlsaddin.workbook.read.book import read_workbook

BASE = 25
NAMES = 100_000
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


@contextmanager
def state_folder() -> Iterator[tuple[Path, str]]:
    """Yield a state folder with METI's list in it where the real file is at hand, and what is in it."""
    data = Path(os.environ.get("XLSADDIN_TEST_DATA", Path(__file__).parents[2] / "shared" / "data"))
    published = data / "lists" / "jp_meti_eul" / "20250929_4.xlsx"
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        if published.exists():
            ListStore(home).import_file(published, today=AS_OF)
        os.environ["XLSADDIN_HOME"] = folder
        yield home, "METI list" if published.exists() else "fictional sample list"


def measure_parts(home: Path, paths: Sequence[Path], out: Path) -> dict[str, float]:
    """Return seconds a part over all files, in one process."""
    clock, profile = Clock(), load_profile()
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


def run_workers(home: Path, paths: Sequence[Path], out: Path, workers: int) -> tuple[float, float]:
    """Return seconds for the whole batch and the largest memory of a worker in MB, pool start included."""
    tasks = [Task(path, out / f"{path.stem}.reviewed.xlsx") for path in paths]
    start = time.perf_counter()
    with WorkerPool(workers) as pool:
        results = list(run_batch(Plan(AS_OF, home=home), tasks, executor=pool, workers=workers))
    seconds = time.perf_counter() - start
    assert all(result["status"] == "ok" for result in results)
    return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def measure_names(home: Path) -> float:
    """Return names a second through one screener, every name different."""
    lists = ListStore(home).ids() or ListStore(home).default_lists()
    parameters, _ = Session(AS_OF, store=ListStore(home)).prepare(load_profile())
    screener = screener_for(ListStore(home), lists, AS_OF, parameters)
    words = (
        "Institute",
        "University",
        "Technology",
        "Physics",
        "North",
        "Harbor",
        "Optics",
        "Marine",
        "State",
        "Green",
    )
    queries = [
        Query(f"{words[n % 10]} {words[n // 10 % 10]} of {words[n // 100 % 10]} {n}", kind=QueryKind.ORGANIZATION)
        for n in range(NAMES)
    ]
    start = time.perf_counter()
    for first in range(0, NAMES, 1000):
        screener.screen_many(queries[first : first + 1000])
    return NAMES / (time.perf_counter() - start)


def main(base: int = BASE) -> None:
    console = Console()
    with state_folder() as (home, lists), tempfile.TemporaryDirectory() as folder:
        paths = fill_books(Path(folder), 16 * base)
        out = Path(folder) / "out"
        out.mkdir()
        parts = measure_parts(home, paths[: 4 * base], out)
        total = sum(parts.values())
        table = Table("part", "ms a book", "share", title=f"full check of {4 * base} researcher workbooks, {lists}")
        for part, seconds in parts.items():
            table.add_row(part, f"{1000 * seconds / (4 * base):.1f}", f"{seconds / total:.0%}")
        table.add_row("all", f"{1000 * total / (4 * base):.1f}", "")
        console.print(table)
        table = Table("workbooks", "workers", "seconds", "ms a book", "largest worker MB", title="growth")
        timings: dict[tuple[int, int], float] = {}
        for workers, count in ((1, base), (1, 4 * base), (1, 16 * base), (2, 16 * base)):
            seconds, memory = run_workers(home, paths[:count], out / f"{workers}-{count}", workers)
            timings[workers, count] = seconds
            table.add_row(str(count), str(workers), f"{seconds:.1f}", f"{1000 * seconds / count:.0f}", f"{memory:.0f}")
        console.print(table)
        gain = timings[1, 16 * base] / timings[2, 16 * base]
        console.print(f"two workers are {gain:.2f} times as fast as one on {16 * base} workbooks")
        speed = measure_names(home)
        console.print(
            f"{NAMES:,} different names: {speed:,.0f} a second a core; 1,000,000 on two cores in about "
            f"{1_000_000 / speed / 2 / 60:.1f} minutes"
        )


if __name__ == "__main__":
    main()
