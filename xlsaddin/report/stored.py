"""Results of a run kept outside memory: written as they come in, read again one by one, as often as wanted.

A temporary file without a name holds them, so that nothing of it is left behind, however the run ends.  Where no
file can be had, or the disk is full, what does not fit stays in memory: a result is never lost for want of room.
"""

from __future__ import annotations

import json
import tempfile
import zlib
from array import array
from collections.abc import Iterable, Sequence
from typing import BinaryIO, overload

from xlsaddin.report.outcomes import Result

__all__ = ["StoredResults"]


class StoredResults(Sequence[Result]):
    """The results of a run, in the order they were added; each reading gives an object of its own.

    Args:
        results: taken in one after another.
    """

    def __init__(self, results: Iterable[Result] = ()) -> None:
        self._file = _open_file()
        self._ends = array("Q", [0])
        self._kept: list[bytes] = []
        for result in results:
            self.append(result)

    def append(self, result: Result) -> None:
        """Add one result."""
        packed = zlib.compress(json.dumps(result).encode(), 1)
        if self._kept or not self._write(packed):
            self._kept.append(packed)

    def __len__(self) -> int:
        return len(self._ends) - 1 + len(self._kept)

    @overload
    def __getitem__(self, index: int) -> Result: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Result]: ...
    def __getitem__(self, index: int | slice) -> Result | Sequence[Result]:
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self)))]
        found: Result = json.loads(zlib.decompress(self._read(range(len(self))[index])))
        return found

    def __reduce__(self) -> tuple[type[StoredResults], tuple[list[Result]]]:
        return StoredResults, (list(self),)  # a copy, or one in another process, has a file of its own

    def _write(self, packed: bytes) -> bool:
        """Write to the file behind the last whole result; return False when there is no room."""
        start = self._ends[-1]
        try:
            if self._file is None or self._file.seek(start) != start or self._file.write(packed) != len(packed):
                return False
        except OSError:
            return False
        self._ends.append(start + len(packed))
        return True

    def _read(self, number: int) -> bytes:
        filed = len(self._ends) - 1
        if self._file is None or number >= filed:
            return self._kept[number - filed]
        start, end = self._ends[number : number + 2]
        self._file.seek(start)
        return self._file.read(end - start)


def _open_file() -> BinaryIO | None:
    try:
        return tempfile.TemporaryFile(prefix="xlsaddin-", buffering=0)
    except OSError:
        return None
