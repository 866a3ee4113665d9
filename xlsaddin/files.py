"""Writing files so that nobody ever sees half of one."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

_RANDOM = 8
"""Letters with which `tempfile` tells temporary files apart."""


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Yield a temporary path beside `target`; on success it replaces `target`, on an error nothing changes.

    The folder is made when it is missing.  The bytes are flushed to disk before the replacement.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=_prefix(target), suffix=target.suffix, dir=target.parent)
    os.close(descriptor)
    temporary = Path(name)
    try:
        yield temporary
        with temporary.open("rb+") as stream:
            os.fsync(stream.fileno())
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def clear_leftovers(targets: Iterable[Path]) -> None:
    """Remove the temporary files that a writer of these targets left when it was killed; nobody may be writing them."""
    prefixes: dict[Path, set[str]] = {}
    for target in targets:
        prefixes.setdefault(target.parent, set()).add(_prefix(target))
    for folder, known in prefixes.items():
        for path in folder.glob(".*-*") if folder.is_dir() else ():
            if len(path.stem) - path.stem.rindex("-") == _RANDOM + 1 and path.stem[:-_RANDOM] in known:
                path.unlink(missing_ok=True)


def write_bytes(target: Path, content: bytes) -> None:
    """Write `content` to `target` whole or not at all."""
    with replacing(target) as temporary:
        temporary.write_bytes(content)


def printable(text: str) -> str:
    """Return a text that can be written anywhere: a file's name may hold bytes that are no letters (`\\udce9`)."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _prefix(target: Path) -> str:
    return f".{target.stem[:40]}-"


def _umask() -> int:
    """Return the process's umask; reading it means setting it, so it is put back at once."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
