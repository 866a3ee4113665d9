"""The append-only audit log: each line is chained to the one before over a salted digest of its payload.

Erasing a person deletes payload and salt; the digest stays, so the chain still proves that nothing else changed,
and without the salt nobody can try out what the payload may have been.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from xlsaddin.register.tables import AuditEntry

__all__ = ["Verification", "append", "erase_payloads", "verify_chain"]

_GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Verification:
    """Whether the log is unbroken.

    Attributes:
        entries: how many lines; erased: how many of them had their payload erased.
        broken_at: number of the first line that does not fit, None when all fit; head: chain value of the last line.
        holds_head: False when a chain value noted earlier is not in the log: lines were cut off at its end.
        changed: rows that are not as the log says, as `table key` (see `proof`).
    """

    entries: int
    erased: int
    broken_at: int | None
    head: str
    holds_head: bool = True
    changed: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """True when nothing was changed and nothing is missing."""
        return self.broken_at is None and self.holds_head and not self.changed


def append(
    session: Session, actor: str, action: str, target: str, payload: Mapping[str, object], subject: str | None = None
) -> AuditEntry:
    """Add one line within the caller's transaction and return it.

    Args:
        session: open session; its transaction must be the only writer (see `opening.writing`).
        actor: who; action: what, such as `judgement.record`; target: on what.
        payload: facts, JSON-able; subject: code of the person they are about, for erasure.
    """
    last = session.scalars(select(AuditEntry).order_by(AuditEntry.number.desc()).limit(1)).first()
    salt = secrets.token_hex(16)
    content = json.dumps(payload, ensure_ascii=False, sort_keys=True, default=str)
    entry = AuditEntry(
        number=last.number + 1 if last else 1,
        at=datetime.now(UTC).isoformat(timespec="microseconds"),
        actor=actor[:120],
        action=action,
        target=target[:200],
        subject_code=subject,
        salt=salt,
        payload=content,
        digest=_digest(salt, content),
        previous=last.chain if last else _GENESIS,
        chain="",
    )
    entry.chain = _chain(entry)
    session.add(entry)
    session.flush()
    return entry


def erase_payloads(session: Session, subject: str) -> int:
    """Delete payload and salt of every line about a subject; return how many lines that were."""
    lines = AuditEntry.subject_code == subject, AuditEntry.payload.is_not(None)
    count = session.scalar(select(func.count()).select_from(AuditEntry).where(*lines)) or 0
    session.execute(update(AuditEntry).where(*lines).values(payload=None, salt=None))
    return count


def verify_chain(session: Session, head: str = "") -> Verification:
    """Walk the whole log and return whether every line fits the one before.

    Args:
        session: open session; head: chain value noted earlier (on paper, with a backup), which must occur in the log.
    """
    previous, number, erased, broken = _GENESIS, 0, 0, None
    seen = not head
    for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.number).execution_options(yield_per=1000)):
        number += 1
        erased += entry.payload is None
        if broken is None and not _fits(entry, number, previous):
            broken = number
        previous = entry.chain
        seen = seen or entry.chain == head
    return Verification(number, erased, broken, previous, seen)


def _fits(entry: AuditEntry, number: int, previous: str) -> bool:
    if (entry.number, entry.previous) != (number, previous) or entry.chain != _chain(entry):
        return False
    if entry.payload is None or entry.salt is None:
        return entry.payload is None and entry.salt is None
    return entry.digest == _digest(entry.salt, entry.payload)


def _digest(salt: str, content: str) -> str:
    return hashlib.sha256(f"{salt}\0{content}".encode()).hexdigest()


def _chain(entry: AuditEntry) -> str:
    parts = entry.previous, str(entry.number), entry.at, entry.actor, entry.action, entry.target
    return hashlib.sha256("\0".join((*parts, entry.subject_code or "", entry.digest)).encode()).hexdigest()
