"""What was received, remembered beside the copies: every piece once, with what it was found to be."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from xlsaddin.exchange.inbox.pieces import Piece
from xlsaddin.exchange.inbox.reading import Found

__all__ = ["Ledger", "Received"]

_SCHEMA = (
    """create table if not exists piece (
        origin text not null, sha256 text not null, found text not null, code text not null, sender text not null,
        sent_at text not null, seen_at text not null, primary key (origin, sha256)
    ) strict""",
    "create table if not exists decision (taken text primary key, decided_at text not null) strict",
)


@dataclass(frozen=True, slots=True)
class Received:
    """One piece as remembered.

    Attributes:
        origin: where in the inbox; found: what it is.
        sender: address of the mail it came with, empty for none; sent_at: when (ISO, UTC), empty where unknown.
        seen_at: when it was first collected (ISO, UTC).
    """

    origin: str
    found: Found
    sender: str
    sent_at: str
    seen_at: str


class Ledger:
    """The ledger of one folder of collected workbooks, its file `collected.sqlite`."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "collected.sqlite"
        folder.mkdir(parents=True, exist_ok=True)
        with self._open() as store:
            for statement in _SCHEMA:
                store.execute(statement)

    def usable(self, piece: Piece) -> Found | None:
        """Return what an unchanged piece was found to be earlier, None when it is to be looked at (again)."""
        with self._open() as store:
            row = store.execute(
                "select found from piece where origin = ? and sha256 = ?", (piece.origin, _sha256(piece))
            ).fetchone()
        found = Found.of_json(json.loads(row[0])) if row else None
        return found if found and not found.code else None

    def remember(self, piece: Piece, found: Found) -> None:
        """Write down what a piece was found to be, durably before returning."""
        sent_at = piece.sent_at.astimezone(UTC).isoformat(timespec="seconds") if piece.sent_at else ""
        now = datetime.now(UTC).isoformat(timespec="microseconds")
        content = json.dumps(asdict(found), ensure_ascii=False)
        values = (piece.origin, _sha256(piece), content, found.code, piece.sender, sent_at)
        with self._open() as store:
            # what was of no use is forgotten once another file lies in its place
            store.execute("delete from piece where origin = ? and sha256 <> ? and code <> ''", values[:2])
            store.execute(
                "insert into piece values (?, ?, ?, ?, ?, ?, ?) "
                "on conflict do update set found = excluded.found, code = excluded.code",
                (*values, now),
            )

    def received(self) -> tuple[Received, ...]:
        """Return everything received so far, in the order it was sent, then by origin."""
        with self._open() as store:
            rows = store.execute("select origin, found, sender, sent_at, seen_at from piece").fetchall()
        listed = (Received(origin, Found.of_json(json.loads(found)), *rest) for origin, found, *rest in rows)
        return tuple(sorted(listed, key=lambda one: (one.sent_at, one.origin, one.found.sha256)))

    def take(self, sha256: str) -> None:
        """Remember that a person chose this copy among those that contradict each other."""
        with self._open() as store:
            now = datetime.now(UTC).isoformat(timespec="microseconds")
            store.execute("insert or replace into decision values (?, ?)", (sha256, now))

    def taken(self) -> tuple[tuple[str, str], ...]:
        """Return the copies a person chose and when, the latest decision first."""
        with self._open() as store:
            return tuple(store.execute("select taken, decided_at from decision order by decided_at desc").fetchall())

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._path, timeout=30)) as store:
            store.execute("pragma synchronous = full")
            with store:
                yield store


def _sha256(piece: Piece) -> str:
    return hashlib.sha256(piece.content).hexdigest()
