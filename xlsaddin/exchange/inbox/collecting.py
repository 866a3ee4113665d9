"""Collecting an inbox into a folder: copies by content hash, the accepted workbook of each subject, what is open.

Everything in the folder but the ledger and the copies is made anew from them, so a stopped run is simply run again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

from xlsaddin.errors import XlsAddinError
from xlsaddin.exchange.difference.merging import write_merged
from xlsaddin.exchange.difference.three_way import ThreeWay, compare_three
from xlsaddin.exchange.difference.three_way_table import plan_three_way
from xlsaddin.exchange.difference.version import Version, read_version
from xlsaddin.exchange.folders import clear_leftovers, sole_user
from xlsaddin.exchange.inbox.ledger import Ledger, Received
from xlsaddin.exchange.inbox.pieces import walk_inbox
from xlsaddin.exchange.inbox.reading import Reader, copy_path, likely_first
from xlsaddin.exchange.inbox.sorting import Line, Sorted, State, merged_name, sort_received, table_name
from xlsaddin.exchange.outbox.manifest import Entry, read_manifest
from xlsaddin.exchange.protection.passphrases import keyring_passphrase, read_passphrases
from xlsaddin.exchange.release.rebuilding import clean_book
from xlsaddin.exchange.seal.sealing import Remembers
from xlsaddin.files import write_bytes
from xlsaddin.workbook.build import build_book
from xlsaddin.workbook.read.book import read_workbook

__all__ = ["Collection", "Desk", "collect"]

COPIES, ACCEPTED, REVIEWED = "copies", "accepted", "reviewed"
MERGED, DIFFERENCES = "merged", "differences"
REPORT = "collected.json"


@dataclass(frozen=True, slots=True)
class Collection:
    """What a folder holds after a run.

    Attributes:
        folder: where. pieces: every piece with its state. entries: what was handed out, of all outboxes.
    """

    folder: Path
    pieces: tuple[Sorted, ...]
    entries: tuple[Entry, ...]

    @property
    def accepted(self) -> Mapping[tuple[str, str], Sorted]:
        """The accepted declarations by form and subject (without case)."""
        return self._accepted(office=False)

    @property
    def reviewed(self) -> Mapping[tuple[str, str], Sorted]:
        """The accepted office editions, judged by another desk, likewise."""
        return self._accepted(office=True)

    def _accepted(self, *, office: bool) -> Mapping[tuple[str, str], Sorted]:
        return {
            (piece.received.found.form, piece.received.found.subject_id.casefold()): piece
            for piece in self.pieces
            if piece.state is State.ACCEPTED and piece.received.found.office == office
        }

    def missing(self) -> tuple[Entry, ...]:
        """Return the copies handed out to which nothing that could be read came back."""
        answered = {
            (piece.received.found.form, piece.received.found.subject_id.casefold())
            for piece in self.pieces
            if piece.state in (State.ACCEPTED, State.CONFLICT) and not piece.received.found.office
        }
        first: dict[tuple[str, str], Entry] = {}
        for entry in self.entries:
            first.setdefault((entry.form, entry.subject_id.casefold()), entry)
        return tuple(entry for key, entry in first.items() if key not in answered)


@dataclass(frozen=True, slots=True)
class Desk:
    """What collecting may use beside the inbox.

    Attributes:
        outboxes: what was handed out. ask: asks for a passphrase. take: copies a person chose.
        register: remembers seals; None where there is no register.
    """

    outboxes: tuple[Path, ...] = ()
    ask: Callable[[str], str | None] = field(default=lambda _name: None)
    take: tuple[str, ...] = ()
    register: Remembers | None = None


def collect(inbox: Path, out: Path, desk: Desk) -> Collection:
    """Collect an inbox; what was collected before stays, and a second run over the same files changes nothing.

    Args:
        inbox: folder of received files, never changed. out: where results go. desk: what may be used beside.

    Raises:
        XlsAddinError: when another run holds the folder, or a copy to be taken is not there.
    """
    with sole_user(out):
        clear_leftovers(out, COPIES, ACCEPTED, REVIEWED, MERGED, DIFFERENCES)
        run = _Run(out, desk)
        run.read(inbox)
        run.choose(desk.take)
        return run.finish()


class _Run:
    """One run over one folder."""

    def __init__(self, out: Path, desk: Desk) -> None:
        self._out, self._desk = out, desk
        self._ledger = Ledger(out)
        self._entries = tuple(entry for outbox in desk.outboxes for entry in read_manifest(outbox))
        self.version = lru_cache(maxsize=64)(read_version)

    def read(self, inbox: Path) -> None:
        """Look at every piece that was not read before."""
        reader = Reader(self._out / COPIES, self._try, self._desk.register)
        for piece in walk_inbox(inbox, self._out):
            if self._ledger.usable(piece) is None:
                self._ledger.remember(piece, reader.look_at(piece))

    def choose(self, wanted: Iterable[str]) -> None:
        """Remember what a person chose, by the beginning of a copy's number."""
        known = {one.found.sha256 for one in self._ledger.received() if not one.found.code}
        for start in wanted:
            found = [sha for sha in known if len(start) >= 8 and sha.startswith(start.lower())]
            if len(found) != 1:
                raise XlsAddinError("RS-COLLECT-017", value=start)
            self._ledger.take(found[0])

    def finish(self) -> Collection:
        """Sort everything received and lay out the results."""
        rounds = {entry.copy_id: entry.round for entry in self._entries} if self._desk.outboxes else None
        pieces, lines = sort_received(self._ledger.received(), rounds, self._ledger.taken(), self._compare)
        collection = Collection(self._out, pieces, self._entries)
        wanted = {f"{ACCEPTED}/{form}-{self._name(one)}.xlsx": one for (form, _), one in collection.accepted.items()}
        wanted |= {
            f"{REVIEWED}/{form}-{self._name(one)}.reviewed.xlsx": one for (form, _), one in collection.reviewed.items()
        }
        for name, one in wanted.items():
            self._lay_out(name, one.received)
        made = {name for line in lines for name in self._show(line)}
        self._clear({*wanted, *made})
        report = json.dumps(render_collection(collection), ensure_ascii=False, indent=1)
        write_bytes(self._out / REPORT, report.encode())
        return collection

    def _try(self, name: str) -> Iterator[str]:
        """Yield the passphrases for a file: those handed out, those of the keyring, the one a person gives."""
        for outbox in self._desk.outboxes:
            yield from likely_first(read_passphrases(outbox), name)
        yield from filter(None, map(keyring_passphrase, self._subjects))
        if asked := self._desk.ask(name):
            yield asked

    @cached_property
    def _subjects(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(entry.subject_id for entry in self._entries))

    @staticmethod
    def _name(one: Sorted) -> str:
        return one.received.found.subject_id

    def _copy(self, one: Received) -> Path:
        return copy_path(self._out / COPIES, one.found.sha256)

    def _compare(self, first: Received, second: Received) -> ThreeWay | None:
        base = None if first.found.office else self._base(first.found.copy_id)  # answers alone would hide judgements
        if base is None or first.found.copy_id != second.found.copy_id:
            return None
        return compare_three(base, self.version(self._copy(first)), self.version(self._copy(second)))

    def _base(self, copy_id: str) -> Version | None:
        for outbox in self._desk.outboxes:
            for entry in read_manifest(outbox):
                if entry.copy_id == copy_id and (outbox / entry.file).exists():
                    return self.version(outbox / entry.file)
        return None

    def _lay_out(self, name: str, one: Received) -> None:
        copy = self._copy(one)
        if one.found.carries and not one.found.office:
            with clean_book(read_workbook(copy), self._out, date.fromisoformat(one.seen_at[:10])) as book:
                content = book.path.read_bytes()
        else:
            content = copy.read_bytes()
        target = self._out / name
        if not target.exists() or target.read_bytes() != content:
            write_bytes(target, content)

    def _show(self, line: Line) -> list[str]:
        """Write the three-way table of two workbooks edited apart, and their merged copy where there can be one."""
        made = [table_name(line.first)]
        write_bytes(self._out / made[0], build_book(plan_three_way(line.three, line.first.origin, line.second.origin)))
        if not line.three.conflicts:
            made.append(merged_name(line.first))
            write_merged(line.three, self._out / made[1])
        return made

    def _clear(self, wanted: set[str]) -> None:
        """Remove results of an earlier run that no longer hold."""
        for part in (ACCEPTED, REVIEWED, MERGED, DIFFERENCES):
            for path in (self._out / part).glob("*.xlsx"):
                if f"{part}/{path.name}" not in wanted:
                    path.unlink()


def render_collection(collection: Collection) -> dict[str, object]:
    """Return a collection as JSON-able content: ids and places, no names of people."""
    return {
        "files": [
            {
                "origin": piece.received.origin,
                "state": piece.state.value,
                "code": piece.code,
                "reason_ja": piece.reason[0],
                "reason_en": piece.reason[1],
                "form": piece.received.found.form or None,
                "subject": piece.received.found.subject_id or None,
                "copy": piece.received.found.sha256 or None,
                "edition": piece.received.found.edition or None,
                "seen_at": piece.received.seen_at,
                "findings": [asdict(note) for note in piece.received.found.notes],
            }
            for piece in collection.pieces
        ],
        "missing": [{"subject": entry.subject_id, "form": entry.form} for entry in collection.missing()],
    }
