"""What a batch has finished, kept beside its reviewed copies until it ends: a broken run is taken up where it stopped.

One JSON line a file, written through to disk when the file is done.  A line counts only while the file's content and
everything the result rests on (day, profile, engine, list editions) are the same; a torn last line counts as nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path

from xlsaddin.report.machine import Json

__all__ = ["Journal", "file_digest"]


class Journal:
    """The journal of one folder of reviewed copies.

    Args:
        path: file of the journal. basis: what results rest on; another basis makes older lines count for nothing.
    """

    def __init__(self, path: Path, basis: Mapping[str, object]) -> None:
        self._path = path
        self._basis = hashlib.sha256(json.dumps(basis, sort_keys=True, default=str).encode()).hexdigest()
        self._done = self._read()

    def find(self, path: Path, digest: str, target: Path | None) -> Json | None:
        """Return the result of a finished file, None when it is not there or its reviewed copy is gone."""
        result = self._done.get(f"{path}\0{digest}")
        if result is None or (target is not None and result["status"] == "ok" and not target.exists()):
            return None
        return result

    def add(self, path: Path, digest: str, result: Json) -> None:
        """Note a finished file, durably."""
        line = json.dumps({"basis": self._basis, "key": f"{path}\0{digest}", "result": result}, ensure_ascii=False)
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="utf-8") as stream:
            stream.write(f"{line}\n")
            stream.flush()
            os.fsync(stream.fileno())

    def finish(self) -> None:
        """Forget everything: the run came to its end, and a later one is to look anew."""
        self._path.unlink(missing_ok=True)
        self._done.clear()

    def _read(self) -> dict[str, Json]:
        if not self._path.exists():
            return {}
        done: dict[str, Json] = {}
        content = self._path.read_text(encoding="utf-8", errors="replace")
        if content and not content.endswith("\n"):  # torn by a crash: later lines must not grow onto it
            with self._path.open("a", encoding="utf-8") as stream:
                stream.write("\n")
        for line in content.splitlines():
            try:
                entry = json.loads(line)
            except ValueError:
                continue
            if isinstance(entry, dict) and entry.get("basis") == self._basis:
                done[entry["key"]] = entry["result"]
        return done


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file, empty for one that cannot be read."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""
