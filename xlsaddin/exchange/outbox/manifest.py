"""The manifest of an outbox: what was handed out to whom, by ids alone."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from xlsaddin.errors import XlsAddinError
from xlsaddin.files import write_bytes

__all__ = ["MANIFEST", "Entry", "read_manifest", "write_manifest"]

MANIFEST = "manifest.json"
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """One copy handed out.

    Attributes:
        subject_id, form, cases: for whom, which checklist, which projects.
        copy_id: as `_meta` of the copy has it; sha256: of the file as built.
        file: within the outbox; encrypted: the protected one, empty for none.
        profile, deadline: as asked (ISO day, empty for none). mail: key of its draft, empty for none.
        round: 1 for the first copy, counted up by each return for correction.
    """

    subject_id: str
    form: str
    cases: tuple[str, ...]
    copy_id: str
    sha256: str
    file: str
    profile: str
    deadline: str = ""
    encrypted: str = ""
    mail: str = ""
    round: int = 1


def write_manifest(folder: Path, entries: Iterable[Entry]) -> None:
    """Write the manifest of an outbox, whole or not at all."""
    listed = [asdict(entry) for entry in sorted(entries, key=lambda entry: (entry.subject_id, entry.form, entry.round))]
    content = {"version": _VERSION, "copies": listed}
    write_bytes(folder / MANIFEST, json.dumps(content, ensure_ascii=False, indent=1).encode())


def read_manifest(folder: Path) -> tuple[Entry, ...]:
    """Return what an outbox handed out, nothing where there is no manifest yet; raises XlsAddinError when damaged."""
    path = folder / MANIFEST
    if not path.exists():
        return ()
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return tuple(Entry(**{**entry, "cases": tuple(entry["cases"])}) for entry in content["copies"])
    except (ValueError, KeyError, TypeError) as problem:
        raise XlsAddinError("RS-OUTBOX-001", path=path, reason=f"{type(problem).__name__}: {problem}"[:120]) from None
