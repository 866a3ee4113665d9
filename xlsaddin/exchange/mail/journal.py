"""What became of each mail of an outbox: kept on disk before and after every attempt.

A mail that was in flight when the machine stopped is `unknown`: it may have been sent.  It is put before a person
and never sent again by itself.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from xlsaddin.errors import XlsAddinError
from xlsaddin.exchange.mail.clock import now_in_japan

__all__ = ["Journal", "Record", "Sending"]

_SCHEMA = """
create table if not exists mail (
    key text primary key, file text not null, state text not null, changed text not null, remark text not null
) strict
"""


class Sending(StrEnum):
    """State of one mail."""

    DRAFT = "draft"
    IN_FLIGHT = "in_flight"
    SENT = "sent"
    REFUSED = "refused"  # the server said no: it was certainly not sent
    UNKNOWN = "unknown"  # it may have been sent
    HANDED_OVER = "handed_over"  # it lies among the drafts of a mail program


@dataclass(frozen=True, slots=True)
class Record:
    """One mail of the outbox: key, file of its draft, state, when that changed (ISO, Japan), remark of the server."""

    key: str
    file: str
    state: Sending
    changed: str
    remark: str


class Journal:
    """The journal of one outbox folder.

    Args:
        folder: the outbox; the journal is its file `mail.sqlite`.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / "mail.sqlite"
        folder.mkdir(parents=True, exist_ok=True)
        with self._open() as store:
            store.execute(_SCHEMA)

    def add(self, key: str, file: str) -> None:
        """Note a draft; one that is known already keeps its state."""
        with self._open() as store:
            store.execute(
                "insert into mail values (?, ?, ?, ?, '') on conflict (key) do update set file = excluded.file",
                (key, file, Sending.DRAFT, _stamp()),
            )

    def mark(self, key: str, state: Sending, remark: str = "") -> None:
        """Write the new state of a mail durably before returning."""
        with self._open() as store:
            store.execute(
                "update mail set state = ?, changed = ?, remark = ? where key = ?", (state, _stamp(), remark, key)
            )

    def settle(self) -> tuple[Record, ...]:
        """Turn mails that were in flight when a sender stopped into `unknown`; return those now unknown.

        Only the one sender that holds the outbox may call it.
        """
        with self._open() as store:
            store.execute("update mail set state = ? where state = ?", (Sending.UNKNOWN, Sending.IN_FLIGHT))
        return tuple(record for record in self.records() if record.state is Sending.UNKNOWN)

    def resolve(self, key: str, *, sent: bool) -> None:
        """Record what a person found out about an unknown mail: it arrived, or it is to be sent again.

        Raises:
            XlsAddinError: when there is no unknown mail of this key.
        """
        if not any(record.key == key and record.state is Sending.UNKNOWN for record in self.records()):
            raise XlsAddinError("RS-MAIL-011", key=key)
        self.mark(key, Sending.SENT if sent else Sending.DRAFT, "decided by a person")

    def records(self) -> tuple[Record, ...]:
        """Return all mails by key."""
        with self._open() as store:
            rows = store.execute("select key, file, state, changed, remark from mail order by key").fetchall()
        return tuple(Record(key, file, Sending(state), changed, remark) for key, file, state, changed, remark in rows)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.path, timeout=30)) as store:
            store.execute("pragma synchronous = full")
            with store:
                yield store


def _stamp() -> str:
    return now_in_japan().isoformat()
