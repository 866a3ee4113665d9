"""Running a batch: each task to its result as the JSON object of one workbook, in the order given.

A worker opens lists and rules once and keeps them; results stream, so that memory does not grow with the batch.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from time import monotonic

from xlsaddin import resources
from xlsaddin.batch.gathering import Task
from xlsaddin.batch.journal import Journal, file_digest
from xlsaddin.batch.model import Outcome, Plan
from xlsaddin.batch.pool import TaskTimedOutError
from xlsaddin.batch.remembering import NOT_KEPT, Keeper, Memory
from xlsaddin.batch.session import Session
from xlsaddin.batch.sharing import sharing_answers
from xlsaddin.files import printable
from xlsaddin.findings import Location, make_finding
from xlsaddin.report.machine import Json, render_unreadable, render_workbook
from xlsaddin.review_model import Review
from xlsaddin.watchlist.store import ListStore

__all__ = ["Plan", "check_task", "run_batch"]

_AHEAD = 4
"""Tasks handed out beyond the one whose result is due, for each worker."""
_UNEXPECTED, _TOO_LONG = "RS-BATCH-003", "RS-BATCH-011"
_PASSING = {_UNEXPECTED, _TOO_LONG, "RS-BATCH-012", NOT_KEPT}
"""Why a file could not be checked or recorded, where that says nothing about the file: otherwise next time, perhaps."""


def check_task(plan: Plan, task: Task, write: bool = True) -> Json:
    """Check one file in this process; sessions are opened once a process and plan.

    With a register, what recording needs goes along: the review itself and the facts of the file.
    """
    folder = plan.folder or Path()
    digest = file_digest(folder / task.path) if plan.register else ""
    with resources.using_home(plan.home) if plan.home else nullcontext():
        outcome = _session(plan).check(folder / task.path, folder / task.target if write else None)
    reviewed = task.target if outcome.reviewed else None
    result = render_outcome(replace(outcome, path=task.path, reviewed=reviewed))
    if plan.register and outcome.meta:
        file = {"sha256": digest, "subject": outcome.meta.subject_id, "case": outcome.meta.case_id}
        result |= {"review": outcome.found, "file": file}
    return result


def render_outcome(outcome: Outcome) -> Json:
    """Return the JSON object of one file, with the path of its reviewed copy."""
    found = outcome.found
    path = printable(str(outcome.path))
    shown = render_workbook(path, found) if isinstance(found, Review) else render_unreadable(path, found)
    return {**shown, "reviewed": printable(str(outcome.reviewed)) if outcome.reviewed else None}


def run_batch(
    plan: Plan,
    tasks: Iterable[Task],
    *,
    executor: Executor | None = None,
    workers: int = 1,
    journal: Journal | None = None,
    write: bool = True,
    patience: float | None = None,
    keeper: Keeper | None = None,
) -> Iterator[Json]:
    """Yield the result of each task, in the order given.

    Args:
        plan, tasks: what to do. executor: any executor, None to work in this process; workers: how many it has.
        journal: finished files are taken from it and noted in it. write: False for results without reviewed copies.
        patience: seconds to wait for a result once all before it are there, for executors that end no task themselves.
        keeper: records each new result in the register before it counts as finished, in this process alone.
    """
    waiting: deque[_Asked] = deque()
    with sharing_answers() if executor else nullcontext() as shared:
        sent = replace(plan.anywhere(), shared=shared) if executor else plan
        for task in tasks:
            asked = _Asked(task, file_digest(task.path) if journal else "", journal, keeper)
            if not asked.find():
                if executor:
                    asked.future = executor.submit(check_task, sent, task, write)
                else:
                    asked.note(check_task(sent, task, write))
            waiting.append(asked)
            while len(waiting) > (_AHEAD * workers if executor else 0):
                yield _next(waiting, patience)
        while waiting:
            yield _next(waiting, patience)


@dataclass(slots=True)
class _Asked:
    """One task that was asked for: its result once it is there, until then the promise of one."""

    task: Task
    digest: str
    journal: Journal | None
    keeper: Keeper | None = None
    result: Json | None = None
    future: Future[Json] | None = None

    def find(self) -> bool:
        """Take the result from the journal; return False when it is not there."""
        if self.journal:
            self.result = self.journal.find(self.task.path, self.digest, self.task.target)
        return self.result is not None

    def note(self, result: Json) -> None:
        """Take a result, and note it unless the next run had better try again."""
        self.result = result = self.keeper.keep(self.task, result) if self.keeper else result
        if self.journal and not any(finding["code"] in _PASSING for finding in result["findings"]):
            self.journal.add(self.task.path, self.digest, result)

    def collect(self) -> None:
        """Take the result of the promise when it has come; of one that failed, the row that says so."""
        if self.future and self.future.done() and self.result is None:
            try:
                self.note(self.future.result())
            except TaskTimedOutError as failure:
                self.result = self._lost(_TOO_LONG, seconds=failure.seconds)
            except Exception as failure:  # whatever became of the worker: this file is one row, the others go on
                self.result = self._lost(_UNEXPECTED, kind=type(failure).__name__)

    def give_up(self, seconds: float) -> None:
        """Wait no longer."""
        if self.future and self.result is None:
            self.future.cancel()
            self.result = self._lost(_TOO_LONG, seconds=seconds)

    def _lost(self, code: str, **facts: object) -> Json:
        found = make_finding(code, Location(), difference=False, path=self.task.path.name, **facts)
        recorded = {"recorded": None} if self.keeper else {}
        return {**render_unreadable(printable(str(self.task.path)), found), "reviewed": None, **recorded}


def _next(waiting: deque[_Asked], patience: float | None) -> Json:
    """Return the result that is due; what else is finished while it is waited for is noted at once."""
    due = waiting[0]
    end = monotonic() + patience if patience else None
    while due.result is None:
        running = [asked.future for asked in waiting if asked.future and asked.result is None]
        wait(running, None if end is None else max(0.0, end - monotonic()), FIRST_COMPLETED)
        for asked in waiting:
            asked.collect()
        if patience and end is not None and monotonic() >= end:
            due.give_up(patience)
    waiting.popleft()
    return due.result


@lru_cache(maxsize=2)
def _session(plan: Plan) -> Session:
    memory = Memory(plan.register) if plan.register else None
    return Session(plan.as_of, plan.profile, ListStore(plan.home), memory=memory, shared=plan.shared)
