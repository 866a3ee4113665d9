"""Which files a batch is about: the files named, and the workbooks in the folders named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from xlsaddin.errors import XlsAddinError

__all__ = ["REVIEWED", "gather_workbooks", "reviewed_path"]

REVIEWED = ".reviewed"
_SUFFIXES = {".xlsx", ".xlsm"}  # a macro workbook is read far enough to be refused by name


def gather_workbooks(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return the workbooks to check, each once, in a stable order.

    A file named is taken whatever it is called.  In a folder, lock files of open programs, hidden files and reviewed
    copies are left out.

    Raises:
        XlsAddinError: for a path that does not exist, and when there is no workbook at all.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        if not path.exists():
            raise XlsAddinError("RS-BATCH-001", path=path)
        for workbook in _in_folder(path) if path.is_dir() else (path,):
            found.setdefault(workbook.resolve(), workbook)
    if not found:
        raise XlsAddinError("RS-BATCH-002", paths=", ".join(str(path) for path in paths))
    return tuple(found.values())


def reviewed_path(original: Path, folder: Path | None) -> Path:
    """Return where the reviewed copy goes: `<stem>.reviewed.xlsx` in the folder, else beside the original.

    The review of a reviewed copy keeps that name; a number keeps it from ever replacing what was read.
    """
    stem = original.stem.removesuffix(REVIEWED)
    target = (folder or original.parent) / f"{stem}{REVIEWED}.xlsx"
    number = 2
    while target.exists() and target.samefile(original):
        target = target.with_name(f"{stem}{REVIEWED}-{number}.xlsx")
        number += 1
    return target


def _in_folder(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        hidden = path.name.startswith(("~$", ".")) or path.stem.endswith(REVIEWED)
        if path.is_file() and path.suffix.lower() in _SUFFIXES and not hidden:
            yield path
