"""What a full check costs: its parts, two workers against one, how cost and memory grow.

    python -m bench batch [--count N] [--write]

Screens against METI's list when the folder of real list files is there, else against the fictional sample list; the
table says which.  All figures come from one run on the machine at hand.
"""

from __future__ import annotations

import multiprocessing
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from bench._pages import publish, table
from bench._parts import shares, timed_parts
from bench._state import state_folder
from bench.reading import AS_OF, copy_books
from xlsaddin.batch.gathering import Task
from xlsaddin.batch.pool import WorkerPool
from xlsaddin.batch.running import Plan, run_batch
from xlsaddin.batch.session import Session
from xlsaddin.watchlist.store import ListStore

COUNT = 192
GROWTH = ((1, 1), (4, 1), (16, 1), (16, 2))
"""How many sixteenths of the workbooks, with how many workers."""


def measure_parts(home: Path, paths: Sequence[Path], out: Path) -> dict[str, float]:
    """Return seconds a part over all files, in one process."""
    session = Session(AS_OF, store=ListStore(home))
    session.check(paths[0], out / "warm.xlsx")  # what is loaded once is not counted
    with timed_parts() as seconds:
        for path in paths:
            session.check(path, out / path.name)
    return seconds


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


def main(count: int = COUNT) -> None:
    base = count // 16
    with state_folder() as (home, lists), tempfile.TemporaryDirectory() as folder:
        paths = copy_books(Path(folder), 16 * base)
        out = Path(folder) / "out"
        out.mkdir()
        parts = measure_parts(home, paths[: 2 * base], out)
        found = {(times, workers): run_workers(home, paths[: times * base], out, workers) for times, workers in GROWTH}
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
        table(("part", "ms a book", "share"), shares(parts, 2 * base)),
        "Growth, start of the workers included; memory is the largest of the run:",
        table(("workbooks", "workers", "seconds", "ms a book", "MB of a worker"), growth),
        f"Two workers are {found[16, 1].seconds / found[16, 2].seconds:.2f} times as fast as one.",
    )


if __name__ == "__main__":
    main()
