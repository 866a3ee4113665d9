"""Writing to the register: one transaction, the actor, the time, and an audit line for every act."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeVar

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from xlsaddin.register import audit
from xlsaddin.register.opening import RegisterError, writing
from xlsaddin.register.tables import Base

__all__ = ["Ledger", "clean_text", "opened_ledger"]

Row = TypeVar("Row", bound=Base)


@dataclass(frozen=True, slots=True)
class Ledger:
    """One writing transaction.

    Attributes:
        session: of the transaction, the only writer while it lasts. actor: who acts; now: when.
    """

    session: Session
    actor: str
    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    def note(self, action: str, target: str, payload: Mapping[str, object], subject: str | None = None) -> None:
        """Append the audit line of an act; `target` holds codes only, whatever is personal stands in the payload."""
        audit.append(self.session, self.actor, action, target, payload, subject)

    def add(self, row: Row) -> Row:
        """Add a row and give it its id."""
        self.session.add(row)
        self.session.flush()
        return row

    def find(self, table: type[Row], key: object) -> Row:
        """Return a row by its key; raises RegisterError when there is none."""
        row = self.session.get(table, key)
        if row is None:
            raise RegisterError("RS-REG-005", kind=table.__tablename__, key=key)
        return row


@contextmanager
def opened_ledger(engine: Engine, actor: str) -> Iterator[Ledger]:
    """Yield a ledger; everything written in it is kept together or not at all."""
    with writing(engine) as session:
        yield Ledger(session, actor)


def clean_text(text: str) -> str:
    """Return a text that every database takes: without NUL and lone surrogates, which damaged files may hold."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
