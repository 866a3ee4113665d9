"""Files that arrive in a watched folder: which are written to the end, and moving them without losing any."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from xlsaddin.files import replacing

__all__ = ["Arrivals", "move_file"]

_UNFINISHED = {".part", ".crdownload", ".download", ".tmp", ".filepart"}
"""Suffixes that programs give a file while it comes in."""


@dataclass
class Arrivals:
    """What was seen in a folder, and since when each file has not changed.

    Attributes:
        folder: watched. settle: seconds without a change after which a file counts as written to the end.
        clock: seconds that only go up.
    """

    folder: Path
    settle: float
    clock: Callable[[], float] = monotonic
    _seen: dict[Path, tuple[tuple[int, int], float]] = field(default_factory=dict)

    def look(self) -> list[Path]:
        """Look once more and return the files that are written to the end, by path."""
        now, before = self.clock(), self._seen
        self._seen = {}
        for path in self._files():
            try:
                state = path.stat()
            except OSError:  # taken away meanwhile
                continue
            mark = (state.st_size, state.st_mtime_ns)
            known = before.get(path)
            self._seen[path] = known if known and known[0] == mark else (mark, now)
        return [path for path, (_, since) in self._seen.items() if now - since >= self.settle]

    @property
    def waiting(self) -> bool:
        """True while there is a file of which it is not known yet whether it is written to the end."""
        return any(self.clock() - since < self.settle for _, since in self._seen.values())

    def _files(self) -> Iterator[Path]:
        paths = sorted(path for path in self.folder.rglob("*") if path.is_file())
        names = {path.parent / path.name.removeprefix("~$") for path in paths if path.name.startswith("~$")}
        for path in paths:
            hidden = path.name.startswith((".", "~$")) or path.suffix.lower() in _UNFINISHED
            # Excel names its lock file after the workbook, without the first two letters where the name is long
            in_use = path in names or path.with_name(path.name[2:]) in names
            if not hidden and not in_use:
                yield path


def move_file(source: Path, target: Path) -> bool:
    """Move a file to a place that is free; return False when another file lies there.

    Across file systems it is copied whole before it goes; stopped in between, the next call sees the copy and only
    removes what was left.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        if target.read_bytes() != source.read_bytes():
            return False
        source.unlink()
        return True
    try:
        source.rename(target)
    except OSError as problem:
        if problem.errno != errno.EXDEV:
            raise
        with replacing(target) as temporary:
            temporary.write_bytes(source.read_bytes())
        source.unlink()
    return True
