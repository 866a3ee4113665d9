"""Which files a batch is about, and where their reviewed copies go."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from xlsaddin.errors import XlsAddinError

__all__ = ["Task", "gather_tasks", "journal_folder"]

_REVIEWED = ".reviewed"
_SUFFIXES = {".xlsx", ".xlsm"}  # a macro workbook is read far enough to be refused by name


@dataclass(frozen=True, slots=True)
class Task:
    """One workbook to check and the place of its reviewed copy."""

    path: Path
    target: Path


def gather_tasks(paths: Iterable[Path], out: Path | None = None) -> tuple[Task, ...]:
    """Return the workbooks to check, each once, in a stable order.

    A file named is taken whatever it is called.  In a folder, lock files of open programs, hidden files and reviewed
    copies are left out; a link that leads nowhere is not, so that somebody learns of it.  Reviewed copies are
    `<stem>.reviewed.xlsx`, in `out` (subfolders kept) or beside the original.

    Raises:
        XlsAddinError: a path that does not exist, no workbook at all, or two that would give the same copy.
        OSError: a folder that cannot be read.
    """
    given = tuple(paths)
    found: dict[str, Task] = {}
    for path in given:
        if not path.exists():
            raise XlsAddinError("RS-BATCH-001", path=path)
        for workbook in _in_folder(path) if path.is_dir() else (path,):
            inner = workbook.parent.relative_to(path) if path.is_dir() else Path()
            folder = out / inner if out else workbook.parent
            found.setdefault(os.path.realpath(workbook), Task(workbook, _target(workbook, folder)))
    if not found:
        raise XlsAddinError("RS-BATCH-002", paths=", ".join(str(path) for path in given))
    tasks = tuple(found.values())
    _check_targets(tasks)
    return tasks


def journal_folder(paths: Iterable[Path], out: Path | None = None) -> Path | None:
    """Return the folder whose run can be taken up where it stopped: `out`, else the one folder that is checked."""
    if out is not None:
        return out
    given = tuple(paths)
    return given[0] if len(given) == 1 and given[0].is_dir() else None


def _target(original: Path, folder: Path) -> Path:
    """Return the place of a reviewed copy; that of a reviewed copy is numbered rather than replace what was read."""
    stem = original.stem.removesuffix(_REVIEWED)
    target = folder / f"{stem}{_REVIEWED}.xlsx"
    return target.with_name(f"{stem}{_REVIEWED}-2.xlsx") if _same(target, original) else target


def _check_targets(tasks: Iterable[Task]) -> None:
    # compared without case: Windows and macOS keep one file of two names that differ in case alone
    counts = Counter(str(task.target).casefold() for task in tasks)
    clashing = [task for task in tasks if counts[str(task.target).casefold()] > 1]
    if clashing:
        names = ", ".join(str(task.path) for task in clashing)
        raise XlsAddinError("RS-BATCH-004", name=clashing[0].target.name, paths=names)


def _in_folder(folder: Path) -> Iterator[Path]:
    for path in sorted(Path(place, name) for place, _, names in os.walk(folder, onerror=_raise) for name in names):
        hidden = path.name.startswith(("~$", ".")) or path.stem.endswith(_REVIEWED)
        if path.suffix.lower() in _SUFFIXES and not hidden:
            yield path


def _raise(problem: OSError) -> NoReturn:
    raise problem


def _same(one: Path, other: Path) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)
