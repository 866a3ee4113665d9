"""What a batch has finished, kept beside its reviewed copies until it ends: a broken run is taken up where it stopped.

One JSON line a file, written through to disk when the file is done.  A line counts only while the file's content and
everything the result rests on (day, profile, engine, list editions) are the same; a torn last line counts as nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from xlsaddin import __version__, files, log, resources
from xlsaddin.batch.gathering import Task
from xlsaddin.batch.model import Plan
from xlsaddin.report.machine import Json
from xlsaddin.watchlist.store import ListStore

__all__ = ["Journal", "basis_of", "file_digest", "keeping_journal"]


class Journal:
    """The journal of one folder of reviewed copies.

    Args:
        path: file of the journal. basis: what results rest on; another basis makes older lines count for nothing.
    """

    def __init__(self, path: Path, basis: Mapping[str, object]) -> None:
        self._path = path
        self._basis = hashlib.sha256(json.dumps(basis, sort_keys=True, default=str).encode()).hexdigest()
        self._done = self._read()  # where the line of each finished file begins, not the line: it may be long

    def find(self, path: Path, digest: str, target: Path | None) -> Json | None:
        """Return the result of a finished file, None when it is not there or its reviewed copy is gone."""
        start = self._done.get(f"{path}\0{digest}")
        if start is None:
            return None
        with self._path.open("rb") as stream:
            stream.seek(start)
            result: Json = json.loads(stream.readline())["result"]
        return None if target is not None and result["status"] == "ok" and not target.exists() else result

    def add(self, path: Path, digest: str, result: Json) -> None:
        """Note a finished file, durably; where the disk is full it is not noted, and a later run does it again."""
        line = json.dumps({"basis": self._basis, "key": f"{path}\0{digest}", "result": result}, ensure_ascii=False)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("ab") as stream:
                before = stream.tell()
                try:
                    stream.write(f"{line}\n".encode("utf-8", "surrogatepass"))  # names of files are not always text
                    stream.flush()
                    os.fsync(stream.fileno())
                except OSError:
                    os.ftruncate(stream.fileno(), before)  # no half line for the next one to grow onto
                    raise
        except OSError as problem:
            log.note_error("journal", problem)

    def finish(self) -> None:
        """Forget everything: the run came to its end, and a later one is to look anew."""
        self._path.unlink(missing_ok=True)
        self._done.clear()

    def _read(self) -> dict[str, int]:
        if not self._path.exists():
            return {}
        done: dict[str, int] = {}
        with self._path.open("r+b") as stream:
            start, line = 0, b""
            for line in stream:
                with suppress(ValueError):  # torn by a crash
                    entry = json.loads(line)
                    if isinstance(entry, dict) and entry.get("basis") == self._basis:
                        done[entry["key"]] = start
                start += len(line)
            if line and not line.endswith(b"\n"):  # later lines must not grow onto it
                stream.write(b"\n")
        return done


@contextmanager
def keeping_journal(plan: Plan, folder: Path | None, tasks: Iterable[Task]) -> Iterator[Journal | None]:
    """Yield the journal of a folder of reviewed copies, held by this run alone; forgotten when the run ends well.

    What a run that was killed left half-written is removed first.  None without a folder.

    Raises:
        XlsAddinError: when another run is checking into the folder.
    """
    from xlsaddin.exchange.folders import sole_user

    if folder is None:
        yield None
        return
    with sole_user(folder):
        journal = Journal(folder / ".xlsaddin-batch.jsonl", basis_of(plan))
        files.clear_leftovers(task.target for task in tasks)
        yield journal
        journal.finish()


def basis_of(plan: Plan) -> dict[str, object]:
    """Return what the results of a plan rest on here: day, profile, engine, lists and own definitions."""
    home = plan.home or resources.home()
    own = [path for part in ("checklists", "profiles", "rules") for path in sorted((home / part).glob("*.toml"))]
    return {
        "as_of": plan.as_of,
        "profile": plan.profile,
        "engine": __version__,
        "recorded": plan.register is not None,
        "lists": [(use.id, use.edition, use.sha256, use.usable) for use in ListStore(home).status(plan.as_of)],
        "definitions": [(path.name, file_digest(path)) for path in own],
    }


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file, empty for what is none or cannot be read."""
    if not path.is_file():  # opening a pipe would wait for its other end
        return ""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""
