"""A watched folder: what arrives is taken in, collected, checked, recorded and put away. Safe to stop at any time.

Each step leaves its result on disk before the next begins and is the same when done again: files taken in wait in
`taken`, collecting knows every piece, checking knows which workbook a result is of, the register counts nothing twice.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from time import sleep

from xlsaddin.batch.arrivals import Arrivals, move_file
from xlsaddin.batch.executors import open_executor
from xlsaddin.batch.gathering import Task
from xlsaddin.batch.model import Plan
from xlsaddin.batch.remembering import NOT_KEPT, Keeper
from xlsaddin.batch.running import run_batch
from xlsaddin.errors import XlsAddinError
from xlsaddin.exchange.folders import sole_user
from xlsaddin.exchange.inbox.collecting import ACCEPTED, Collection, Desk, collect
from xlsaddin.exchange.inbox.collecting import REVIEWED as JUDGED
from xlsaddin.exchange.inbox.sorting import Sorted, State
from xlsaddin.files import write_bytes
from xlsaddin.report.machine import Json
from xlsaddin.report.outcomes import Result
from xlsaddin.report.stored import StoredResults

__all__ = ["Pass", "Watch"]

TAKEN, COLLECTED, REVIEWED, RESULTS, DONE, ASIDE = (
    "taken", "collected", "reviewed", "results", "done", "set-aside",
)  # fmt: skip
_INSIDE = " › "
_GOOD = {State.ACCEPTED, State.DUPLICATE, State.SUPERSEDED}
_AGAIN = {NOT_KEPT, "RS-BATCH-012"}
"""Findings after which a workbook is checked again in the next pass: nothing was wrong with it."""


@dataclass(frozen=True, slots=True)
class Pass:
    """What one pass came to.

    Attributes:
        taken: files taken in, by their paths in the inbox. checked: results new in this pass.
        collection: what was ever received, None when nothing was to be done.
        waiting: a file was still being written.
    """

    taken: tuple[str, ...] = ()
    checked: Sequence[Result] = ()
    collection: Collection | None = None
    waiting: bool = False

    @property
    def open(self) -> tuple[Sorted, ...]:
        """Pieces of this pass that somebody must see to: forms that are unreadable, contradicting or nobody's."""
        pieces = self.collection.pieces if self.collection else ()
        return tuple(
            piece
            for piece in pieces
            if piece.received.found.ours and piece.state not in _GOOD and _file_of(piece) in self.taken
        )


@dataclass
class Watch:
    """One watched folder and the folder its work goes to.

    Attributes:
        inbox: watched; files are moved out of it. out: holds everything else.
        keeper: records results, None for none. desk: what collecting may use.
        settle: seconds a file must not have changed. jobs, timeout: of checking. profile: None for each workbook's own.
    """

    inbox: Path
    out: Path
    keeper: Keeper | None = None
    desk: Desk = field(default_factory=Desk)
    settle: float = 5
    jobs: int = 1
    timeout: float = 120
    profile: str | None = None

    def __post_init__(self) -> None:
        self._arrivals = Arrivals(self.inbox, self.settle)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the folder for this watch alone; raises XlsAddinError when another one does, or it lies in the inbox."""
        if self.out.resolve().is_relative_to(self.inbox.resolve()):
            raise XlsAddinError("RS-WATCH-001", out=self.out, inbox=self.inbox)
        with sole_user(self.out):
            yield

    def once(self, as_of: date, wait: Callable[[float], None] = sleep) -> Pass:
        """Do one pass over what lies there, waiting until it is known which files are written to the end."""
        self._arrivals.look()
        if self._arrivals.waiting:
            wait(self.settle)
        return self.step(as_of)

    def step(self, as_of: date) -> Pass:
        """Take in what is written to the end, and do what is left to do, of an earlier run too."""
        taken = tuple(self._take())
        waiting = self._arrivals.waiting
        if not taken and not any(_files(self.out / TAKEN)) and not self._unfinished():
            return Pass(waiting=waiting)
        collection = collect(self.out / TAKEN, self.out / COLLECTED, self.desk)
        checked = StoredResults(self._check(collection, as_of))
        self._put_away(collection)
        return Pass(taken, checked, collection, waiting)

    def _take(self) -> Iterator[str]:
        """Move what is written to the end out of the inbox, under the name it came with."""
        for path in self._arrivals.look():
            name = path.relative_to(self.inbox)
            if move_file(path, self.out / TAKEN / name):  # else an earlier one of this name is still to be put away
                yield name.as_posix()

    def _unfinished(self) -> bool:
        """Return whether a collected workbook has no result yet: a run was stopped, or could not record."""
        parts = (self.out / COLLECTED / part for part in (ACCEPTED, JUDGED))
        return any(not self._has_result(path) for part in parts for path in part.glob("*.xlsx"))

    def _has_result(self, path: Path) -> bool:
        """Return whether there is a result of a collected workbook as it is now."""
        try:
            result = json.loads(self._result_path(path).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return False
        return bool(result.get("sha256") == _sha256(path))

    def _result_path(self, path: Path) -> Path:
        return self.out / RESULTS / f"{path.stem}.json"

    def _check(self, collection: Collection, as_of: date) -> Iterator[Json]:
        """Check what has no result yet: declarations first, then what another desk judged on them."""
        for part, found in ((ACCEPTED, collection.accepted), (JUDGED, collection.reviewed)):
            ending = ".reviewed.xlsx" if part == JUDGED else ".xlsx"
            names = {(form, one.received.found.subject_id): one.received.origin for (form, _), one in found.items()}
            origins = {collection.folder / part / f"{form}-{name}{ending}": at for (form, name), at in names.items()}
            yield from self._check_some({path: at for path, at in origins.items() if not self._has_result(path)}, as_of)

    def _check_some(self, origins: Mapping[Path, str], as_of: date) -> Iterator[Json]:
        """Check workbooks; a result is written once it is recorded, and only then counts as done."""
        if not origins:
            return
        plan = Plan(as_of, self.profile, register=self.keeper.address if self.keeper else None)
        keeper = self.keeper.naming(origins) if self.keeper else None
        tasks = [Task(path, self.out / REVIEWED / f"{_stem(path)}.reviewed.xlsx") for path in sorted(origins)]
        digests = {task.path: _sha256(task.path) for task in tasks}
        with open_executor(None, plan, jobs=min(self.jobs, len(tasks)), timeout=self.timeout) as (pool, workers):
            found = run_batch(plan, tasks, executor=pool, workers=workers, patience=self.timeout, keeper=keeper)
            for task, result in zip(tasks, found, strict=True):
                if not any(finding["code"] in _AGAIN for finding in result["findings"]):
                    kept = {**result, "origin": origins[task.path], "sha256": digests[task.path]}
                    content = json.dumps(kept, ensure_ascii=False, indent=1)
                    write_bytes(self._result_path(task.path), content.encode())
                yield result

    def _put_away(self, collection: Collection) -> None:
        """Move what was taken in to where it is kept: apart what somebody must look at."""
        states: dict[str, set[State]] = {}
        for piece in collection.pieces:
            states.setdefault(_file_of(piece), set()).add(piece.state)
        for path in list(_files(self.out / TAKEN)):
            name = path.relative_to(self.out / TAKEN)
            good = states.get(name.as_posix(), set()) <= _GOOD
            _move_apart(path, self.out / (DONE if good else ASIDE) / name)


def _files(folder: Path) -> Iterable[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file()) if folder.is_dir() else ()


def _move_apart(path: Path, target: Path) -> None:
    """Move a file beside others of its name: `P-001.xlsx`, `P-001 (2).xlsx` ..."""
    number, place = 1, target
    while not move_file(path, place):
        number += 1
        place = target.with_name(f"{target.stem} ({number}){target.suffix}")


def _file_of(piece: Sorted) -> str:
    """Return the file a piece came in, by its path in the inbox."""
    return piece.received.origin.split(_INSIDE)[0]


def _stem(path: Path) -> str:
    return path.stem.removesuffix(".reviewed")


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
