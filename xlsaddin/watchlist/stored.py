"""One stored edition: a folder with the published file, the entries as JSON lines, and a record with both digests.

`<home>/lists/<list id>/<edition>/`: `edition.json`, `entries-<digest>.jsonl`, `original/<files as published>`.
A folder appears whole or not at all.  What is damaged later raises `ListError`, it never reads as an empty list.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

from xlsaddin import files
from xlsaddin.errors import ListError
from xlsaddin.watchlist.entry_text import StoredEntries, render_entry
from xlsaddin.watchlist.model import ListEntry
from xlsaddin.watchlist.parsers.interface import PublishedFile

# Raised whenever a parser would now give other entries for the same file: older editions are then parsed again.
GENERATION = 2


@dataclass(frozen=True, slots=True)
class EditionRecord:
    """What is known of a stored edition without reading its entries.

    Attributes:
        list_id, edition: identity; `2025-09-29.2` is a second file of the same date.
        in_force_from: first day it applies; in_force_to: last day where documented.
        sha256, file_names: of what was published; entries, entries_sha256: of what is stored.
        lifted: how many of the entries are no longer in force.
        imported_at: when; confirmed_on: last day it was confirmed to be the newest.
        title: of an own list; generation: of the parsers that made it.
    """

    list_id: str
    edition: str
    in_force_from: date
    sha256: str
    file_names: tuple[str, ...]
    entries: int
    entries_sha256: str
    imported_at: datetime
    confirmed_on: date
    in_force_to: date | None = None
    lifted: int = 0
    title: str = ""
    generation: int = GENERATION

    @property
    def in_force(self) -> int:
        """Number of entries in force, those that are screened."""
        return self.entries - self.lifted

    @property
    def order(self) -> tuple[date, str, int]:
        """Key to sort editions by: day in force, date, number of the file of that date."""
        day, _, number = self.edition.partition(".")
        return self.in_force_from, day, int(number or 1)


def entries_content(entries: Sequence[ListEntry]) -> bytes:
    """Return the stored form of the entries."""
    return "".join(f"{render_entry(entry)}\n" for entry in entries).encode()


def digest(content: bytes) -> str:
    """Return the SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def write_edition(folder: Path, record: EditionRecord, content: bytes, file: PublishedFile) -> None:
    """Write a whole new edition to `folder`; on an error nothing is left of it, of a new list not even its folder."""
    incoming = folder.parent / f".incoming-{uuid.uuid4().hex}"
    try:
        for name, part in file.parts.items():
            files.write_bytes(incoming / "original" / name, part)
        write_entries(incoming, record, content)
        incoming.rename(folder)
    finally:
        shutil.rmtree(incoming, ignore_errors=True)
        with suppress(OSError):  # it holds editions
            folder.parent.rmdir()


def write_entries(folder: Path, record: EditionRecord, content: bytes) -> None:
    """Write entries and then the record that names them: readers see the old ones or the new ones, never a mixture."""
    files.write_bytes(folder / _entries_name(record), content)
    write_record(folder, record)


def write_record(folder: Path, record: EditionRecord) -> None:
    """Write the record of an edition."""
    text = json.dumps(asdict(record), ensure_ascii=False, indent=1, default=lambda value: value.isoformat())
    files.write_bytes(folder / "edition.json", text.encode())


def read_record(folder: Path) -> EditionRecord:
    """Return the record of an edition; raises `ListError` when it is damaged."""
    try:
        fields = json.loads((folder / "edition.json").read_text(encoding="utf-8"))
        for key in ("in_force_from", "confirmed_on", "in_force_to"):
            fields[key] = date.fromisoformat(fields[key]) if fields[key] else None
        fields["imported_at"] = datetime.fromisoformat(fields["imported_at"])
        fields["file_names"] = tuple(fields["file_names"])
        return EditionRecord(**fields)
    except (OSError, ValueError, TypeError, KeyError) as problem:
        raise ListError("RS-LIST-010", list_id=folder.parent.name, edition=folder.name, path=folder) from problem


def read_original(folder: Path, record: EditionRecord) -> PublishedFile:
    """Return the published file of an edition; raises `ListError` when it is missing or was altered."""
    try:
        file = PublishedFile({name: (folder / "original" / name).read_bytes() for name in record.file_names})
    except OSError as problem:
        raise ListError("RS-LIST-010", list_id=record.list_id, edition=record.edition, path=folder) from problem
    if file.sha256 != record.sha256:
        raise ListError("RS-LIST-010", list_id=record.list_id, edition=record.edition, path=folder)
    return file


def read_entries(folder: Path, record: EditionRecord) -> StoredEntries:
    """Return the entries of an edition; raises `ListError` unless digest and count are those of the record."""
    try:
        content = (folder / _entries_name(record)).read_bytes()
    except OSError as problem:
        raise ListError("RS-LIST-010", list_id=record.list_id, edition=record.edition, path=folder) from problem
    entries = StoredEntries(content)
    if digest(content) != record.entries_sha256 or len(entries) != record.entries:
        raise ListError("RS-LIST-010", list_id=record.list_id, edition=record.edition, path=folder)
    return entries


def _entries_name(record: EditionRecord) -> str:
    return f"entries-{record.entries_sha256[:12]}.jsonl"
