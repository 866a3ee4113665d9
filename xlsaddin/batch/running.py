"""Running a batch: each task to its result as the JSON object of one workbook, in the order given.

A worker opens lists and rules once and keeps them; results stream, so that memory does not grow with the batch.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from xlsaddin import __version__, resources
from xlsaddin.batch.gathering import Task
from xlsaddin.batch.journal import Journal, file_digest
from xlsaddin.batch.model import Outcome
from xlsaddin.batch.session import Session
from xlsaddin.findings import Location, make_finding
from xlsaddin.report.machine import Json, render_unreadable, render_workbook
from xlsaddin.review_model import Review
from xlsaddin.watchlist.store import ListStore

__all__ = ["Plan", "check_task", "open_journal", "run_batch"]

_AHEAD = 4
"""Tasks handed out beyond the one whose result is due, for each worker."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What every worker of a batch must know: the day, the profile (None: each workbook's own), the state folder."""

    as_of: date
    profile: str | None = None
    home: Path | None = None


def open_journal(plan: Plan, folder: Path) -> Journal:
    """Return the journal of a folder of reviewed copies; its lines hold for this day, engine, lists and definitions."""
    store = ListStore(plan.home)
    uses = store.status(plan.as_of)
    home = plan.home or resources.home()
    own = [path for part in ("checklists", "profiles", "rules") for path in sorted((home / part).glob("*.toml"))]
    basis = {
        "as_of": plan.as_of,
        "profile": plan.profile,
        "engine": __version__,
        "lists": [(use.id, use.edition, use.sha256, use.usable) for use in uses],
        "definitions": [(path.name, file_digest(path)) for path in own],
    }
    return Journal(folder / ".xlsaddin-batch.jsonl", basis)


def check_task(plan: Plan, task: Task, write: bool = True) -> Json:
    """Check one file in this process; sessions are opened once a process and plan."""
    return render_outcome(_session(plan).check(task.path, task.target if write else None))


def render_outcome(outcome: Outcome) -> Json:
    """Return the JSON object of one file, with the path of its reviewed copy."""
    found = outcome.found
    path = str(outcome.path)
    shown = render_workbook(path, found) if isinstance(found, Review) else render_unreadable(path, found)
    return {**shown, "reviewed": str(outcome.reviewed) if outcome.reviewed else None}


def run_batch(
    plan: Plan,
    tasks: Iterable[Task],
    *,
    executor: Executor | None = None,
    workers: int = 1,
    journal: Journal | None = None,
    write: bool = True,
) -> Iterator[Json]:
    """Yield the result of each task, in the order given.

    Args:
        plan, tasks: what to do. executor: any executor, None to work in this process; workers: how many it has.
        journal: finished files are taken from it and noted in it. write: False for results without reviewed copies.
    """
    waiting: deque[tuple[Task, str, Json | Future[Json]]] = deque()
    for task in tasks:
        digest = file_digest(task.path) if journal else ""
        known = journal.find(task.path, digest, task.target) if journal else None
        if known is None and executor is not None:
            waiting.append((task, digest, executor.submit(check_task, plan, task, write)))
        else:
            waiting.append((task, digest, known if known is not None else check_task(plan, task, write)))
        while len(waiting) > (_AHEAD * workers if executor else 0):
            yield _finish(*waiting.popleft(), journal)
    while waiting:
        yield _finish(*waiting.popleft(), journal)


def _finish(task: Task, digest: str, result: Json | Future[Json], journal: Journal | None) -> Json:
    if isinstance(result, Future):
        try:
            result = result.result()
        except Exception as failure:  # the worker died or hung: this file is one row, the others go on
            kind = type(failure).__name__
            found = make_finding("RS-BATCH-003", Location(), path=task.path.name, kind=kind)
            return {**render_unreadable(str(task.path), found), "reviewed": None}
    if journal and journal.find(task.path, digest, task.target) is None:
        journal.add(task.path, digest, result)
    return result


@lru_cache(maxsize=2)
def _session(plan: Plan) -> Session:
    return Session(as_of=plan.as_of, profile=plan.profile, store=ListStore(plan.home))
