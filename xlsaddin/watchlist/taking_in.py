"""Taking in a verified edition: compared with the one before it, stored beside it, never in its place."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path

from xlsaddin.watchlist import stored, verify
from xlsaddin.watchlist.diff import ListDiff, compare_editions
from xlsaddin.watchlist.entry_text import StoredEntries
from xlsaddin.watchlist.parsers.interface import PublishedFile
from xlsaddin.watchlist.sources import OWN_PREFIX
from xlsaddin.watchlist.stored import EditionRecord


class Outcome(StrEnum):
    """What taking in a file did."""

    ADDED = "added"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What came of a file.

    Attributes:
        list_id, edition, in_force_from, entries: of the edition it is; outcome: whether it is new here.
        diff: against the edition before it, None for the first one.
        notes: values kept as printed, and what was assumed.
    """

    list_id: str
    edition: str
    in_force_from: date
    entries: int
    outcome: Outcome
    diff: ListDiff | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Incoming:
    """An edition that was parsed and verified, not stored yet.

    Attributes:
        record: what is known of it; content: its entries in stored form; file: as published.
        accept_removals: take it in although much of the list is gone.
        dated_by_hand: its date was stated by a person, which corrects the date of the same file stored before.
    """

    record: EditionRecord
    content: bytes
    file: PublishedFile
    notes: tuple[str, ...] = ()
    accept_removals: bool = False
    dated_by_hand: bool = False


def apply(folder: Path, records: tuple[EditionRecord, ...], incoming: Incoming) -> ImportResult:
    """Store an edition in the folder of its list; the caller holds the lock. Raises `ListError`, storing nothing.

    Args:
        folder: of the list; records: its editions, oldest first; incoming: the new one.
    """
    known = records[-1:] if incoming.record.list_id.startswith(OWN_PREFIX) else records  # own lists may go back
    same = next((old for old in known if old.sha256 == incoming.record.sha256), None)
    redated = same is not None and incoming.dated_by_hand and same.edition[:10] != incoming.record.edition
    if same is not None and not redated:
        if same == records[-1]:
            confirm(folder, same, incoming.record.confirmed_on)
        return _result(same, Outcome.UNCHANGED, None, incoming.notes)
    records = tuple(old for old in records if old is not same)
    record = _with_free_name(incoming.record, {old.edition for old in records})
    before = [old for old in records if old.order < record.order]
    diff = _difference(folder, before[-1], record, incoming.content) if before else None
    if diff is not None and not incoming.accept_removals:
        verify.check_removals(diff, before[-1].in_force, record.confirmed_on)
    if len(before) < len(records):  # an older edition: nobody says it is the newest
        record = replace(record, confirmed_on=date.fromisoformat(record.edition[:10]))
    stored.write_edition(folder / record.edition, record, incoming.content, incoming.file)
    if same is not None:
        shutil.rmtree(folder / same.edition)
    return _result(record, Outcome.ADDED, diff, incoming.notes)


def confirm(folder: Path, newest: EditionRecord, on: date) -> None:
    """Record that the newest edition was confirmed to be the newest on a day."""
    if newest.confirmed_on < on:
        stored.write_record(folder / newest.edition, replace(newest, confirmed_on=on))


def _difference(folder: Path, older: EditionRecord, newer: EditionRecord, content: bytes) -> ListDiff:
    before = stored.read_entries(folder / older.edition, older)
    return compare_editions(newer.list_id, (older.edition, before), (newer.edition, StoredEntries(content)))


def _with_free_name(record: EditionRecord, taken: set[str]) -> EditionRecord:
    """Return the record, numbered when another file of its date is stored already."""
    day, number = record.edition, 1
    while record.edition in taken:
        number += 1
        record = replace(record, edition=f"{day}.{number}")
    return record


def _result(record: EditionRecord, outcome: Outcome, diff: ListDiff | None, notes: tuple[str, ...]) -> ImportResult:
    return ImportResult(record.list_id, record.edition, record.in_force_from, record.in_force, outcome, diff, notes)
