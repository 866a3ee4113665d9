"""2,000 researcher workbooks checked in full by two workers, as `xlsaddin check --jobs 2` does it.

    python -m bench full [--count N] [--write]

Time by part is taken inside the workers; memory is the most that the process that asks, and the largest worker, had
needed when so many workbooks were done.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from bench._pages import publish, table
from bench._parts import shares, timed_parts
from bench._state import state_folder
from bench.reading import AS_OF, DISTINCT, copy_books
from xlsaddin.batch.gathering import gather_tasks
from xlsaddin.batch.journal import keeping_journal
from xlsaddin.batch.pool import WorkerPool
from xlsaddin.batch.running import Plan, run_batch
from xlsaddin.report.outcomes import Result, Tally, counted, render_results
from xlsaddin.report.stored import StoredResults

COUNT, WORKERS = 2000, 2
Memory = dict[int, tuple[int, int]]
"""By workbooks done: MB of the process that asks and of the largest worker."""


class Timed(Executor):
    """Passes calls on to a pool; each notes the time of its parts in a file of its process."""

    def __init__(self, pool: Executor, folder: Path) -> None:
        self._pool, self._folder = pool, folder

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        return self._pool.submit(time_call, self._folder, fn, *args, **kwargs)


def time_call(folder: Path, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    with timed_parts() as seconds:
        found = fn(*args, **kwargs)
    with (folder / f"{os.getpid()}.jsonl").open("a", encoding="utf-8") as stream:
        stream.write(f"{json.dumps(seconds)}\n")
    return found


def peak(process: int) -> int:
    """Return the most MB a process has held until now."""
    told = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return int(told.partition("VmHWM:")[2].split()[0]) // 1024


def watched(results: Iterator[Result], count: int, memory: Memory) -> Iterator[Result]:
    """Yield the results and look at the memory when a twentieth, half and all of them are done."""
    for done, result in enumerate(results, 1):
        if done in {count // 20, count // 2, count}:
            workers = max(peak(process.pid or 0) for process in multiprocessing.active_children())
            memory[done] = peak(os.getpid()), workers
        yield result


def check_all(pipe: Connection, home: Path, received: Path, out: Path, times: Path) -> None:
    """Check a folder as the command line does; tell seconds, memory and how many could be read."""
    start, plan, tally = time.perf_counter(), Plan(AS_OF, home=home), Tally()
    memory: Memory = {}
    tasks = gather_tasks([received], out)
    with keeping_journal(plan, out, tasks) as journal, WorkerPool(WORKERS) as pool:
        found = run_batch(plan, tasks, executor=Timed(pool, times), workers=WORKERS, journal=journal)
        results = StoredResults(counted(watched(found, len(tasks), memory), tally))
    with (out / "results.json").open("w", encoding="utf-8") as stream:
        stream.writelines(render_results(AS_OF, tally.lists, results))
    printed = peak(os.getpid())
    pipe.send((time.perf_counter() - start, memory, printed, tally.readable))


def added_up(folder: Path) -> dict[str, float]:
    seconds: dict[str, float] = {}
    for path in folder.glob("*.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            for part, spent in json.loads(line).items():
                seconds[part] = seconds.get(part, 0.0) + spent
    return seconds


def main(count: int = COUNT) -> None:
    context = multiprocessing.get_context("spawn")
    with state_folder() as (home, lists), tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        received = copy_books(folder, count)[0].parent
        (folder / "times").mkdir()
        theirs, ours = context.Pipe()
        process = context.Process(target=check_all, args=(theirs, home, received, folder / "out", folder / "times"))
        process.start()
        theirs.close()
        seconds, memory, printed, readable = ours.recv()
        process.join()
        parts = added_up(folder / "times")
    if readable != count:
        raise RuntimeError(f"only {readable} of {count} could be read")
    grown = [(f"{done:,}", asking, worker) for done, (asking, worker) in memory.items()]
    publish(
        "full",
        f"{count:,} researcher workbooks ({min(count, DISTINCT)} fillings) checked in full against {lists} by "
        f"{WORKERS} workers, start and output included: {seconds / 60:.1f} minutes, {1000 * seconds / count:.0f} ms a "
        "book by the clock.  In a worker:",
        table(("part", "ms a book", "share"), shares(parts, count)),
        "The most memory held until then:",
        table(("workbooks done", "MB of the asking process", "MB of the largest worker"), grown),
        f"Until all results were printed the asking process held {printed} MB.",
    )


if __name__ == "__main__":
    main()
