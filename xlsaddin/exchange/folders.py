"""Folders that one run at a time may change, and what a stopped run left in them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from xlsaddin.errors import XlsAddinError

__all__ = ["clear_leftovers", "sole_user"]

_LEFTOVER = re.compile(r"\..+-[a-z0-9_]{8}(\.[a-z]+)?")
"""Names of `files.replacing` before the replacement."""
_WORKSHOP = re.compile(r"\.(sending|sealing|clean|release|outlook)-[a-z0-9_]{8}")
"""Names of the hidden folders in which something is being made."""


@contextmanager
def sole_user(folder: Path) -> Iterator[None]:
    """Hold a folder for this run; raises XlsAddinError when another run holds it."""
    import filelock

    folder.mkdir(parents=True, exist_ok=True)
    lock = filelock.FileLock(folder / ".running.lock", timeout=0)
    try:
        lock.acquire()
    except filelock.Timeout:
        raise XlsAddinError("RS-OUTBOX-002", folder=folder.name) from None
    try:
        yield
    finally:
        lock.release()


def clear_leftovers(folder: Path, *parts: str) -> None:
    """Remove what a run that was stopped left half made; only the one run that holds the folder may call it."""
    for place in (folder, *(folder / part for part in parts)):
        for path in place.iterdir() if place.is_dir() else ():
            if path.is_dir() and _WORKSHOP.fullmatch(path.name):
                shutil.rmtree(path)
            elif path.is_file() and _LEFTOVER.fullmatch(path.name):
                path.unlink()
