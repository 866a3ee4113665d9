"""Backups of a register: one SQLite file whatever the database, proved whole before it counts; and the way back.

What was erased since a backup was taken is erased again when it is restored: a backup brings nobody back.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, create_engine, delete, insert, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from xlsaddin.files import replacing
from xlsaddin.register import audit
from xlsaddin.register.erasure import REDACTED, Reason, erase
from xlsaddin.register.ledger import opened_ledger
from xlsaddin.register.opening import RegisterError, purge
from xlsaddin.register.proof import changed_rows
from xlsaddin.register.tables import SCHEMA_VERSION, AuditEntry, Base, Setting, Subject

__all__ = ["Backup", "back_up", "restore"]

_ROWS = 500


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup made or restored.

    Attributes:
        path: of the file; entries: audit lines in it; head: chain value of the last one, worth noting elsewhere.
        erased_again: subjects erased after it was taken, when it was restored.
    """

    path: Path
    entries: int
    head: str
    erased_again: tuple[str, ...] = ()


def back_up(engine: Engine, path: Path, actor: str) -> Backup:
    """Write a backup while others go on working, and prove it whole.

    Raises:
        RegisterError: the copy is damaged, or its audit log is broken; then no file is left.
    """
    with replacing(path) as temporary:
        if engine.dialect.name == "sqlite":
            _copy_file(engine, temporary)
        else:
            _copy_rows(engine, temporary)
        proof = _proved(temporary)
    path.chmod(0o600)  # as personal as the register itself
    with opened_ledger(engine, actor) as ledger:
        ledger.note("register.backup", path.name[:200], {"head": proof.head, "entries": proof.entries})
    return Backup(path, proof.entries, proof.head)


def restore(engine: Engine, path: Path, actor: str) -> Backup:
    """Put a backup in the place of what the register holds now, all or nothing.

    Raises:
        RegisterError: the backup is damaged or of another schema; nothing was changed.
    """
    proof = _proved(path)
    again = []
    with _opened(path) as kept, opened_ledger(engine, actor) as ledger:
        session = ledger.session
        replaced = session.scalars(select(AuditEntry).order_by(AuditEntry.number.desc()).limit(1)).first()
        erased = session.scalars(
            select(Subject.code).where(Subject.erased_on.is_not(None)).order_by(Subject.code)
        ).all()
        blacked = set(session.scalars(select(AuditEntry.target).where(AuditEntry.action == REDACTED)))
        _replace_rows(kept, session)
        log = {"head": proof.head, "entries": proof.entries, "replaced": replaced.chain if replaced else ""}
        ledger.note("register.restore", path.name[:200], log)
        for code in erased:
            known = session.get(Subject, code)
            if known is not None and known.erased_on is None:
                erase(ledger, code, Reason.RESTORED, everywhere=code in blacked)
                again.append(code)
    purge(engine)
    return Backup(path, proof.entries, proof.head, tuple(again))


def _copy_file(engine: Engine, target: Path) -> None:
    raw = engine.raw_connection()
    try:
        with closing(sqlite3.connect(target)) as copy:
            raw.driver_connection.backup(copy)  # type: ignore[union-attr]
            copy.execute("pragma journal_mode = delete")  # one file, without side files
    finally:
        raw.close()


def _copy_rows(engine: Engine, target: Path) -> None:
    copy = create_engine(f"sqlite:///{target}")
    Base.metadata.create_all(copy)
    with (
        engine.connect().execution_options(isolation_level="REPEATABLE READ") as kept,
        Session(kept) as session,
        Session(copy) as into,
        into.begin(),
    ):
        _insert_rows(session, into)
    copy.dispose()


def _replace_rows(kept: Session, session: Session) -> None:
    for table in reversed(Base.metadata.sorted_tables):
        session.execute(delete(table))
    session.expunge_all()
    _insert_rows(kept, session)
    if session.get_bind().dialect.name == "postgresql":
        for table in Base.metadata.sorted_tables:
            if "id" in table.c:  # the next row gets a number beyond those restored
                sequence = f"pg_get_serial_sequence('{table.name}', 'id')"
                session.execute(text(f"select setval({sequence}, coalesce(max(id), 0) + 1, false) from {table.name}"))


def _insert_rows(kept: Session, into: Session) -> None:
    for table in Base.metadata.sorted_tables:
        rows = kept.execute(select(table).execution_options(yield_per=_ROWS))
        for part in rows.mappings().partitions(_ROWS):
            into.execute(insert(table), [dict(row) for row in part])


def _proved(path: Path) -> audit.Verification:
    """Return the proof of a backup file; raises RegisterError when it is not whole."""
    try:
        with _opened(path) as session:
            sound = session.execute(text("pragma integrity_check")).scalar() == "ok"
            schema = session.get(Setting, "schema")
            if not sound or schema is None:
                raise RegisterError("RS-REG-018", path=path.name)
            if schema.value != str(SCHEMA_VERSION):
                raise RegisterError("RS-REG-004", found=schema.value, expected=SCHEMA_VERSION)
            proof = audit.verify_chain(session)
            changed = tuple(changed_rows(session)) if proof.whole else ()
    except SQLAlchemyError:
        raise RegisterError("RS-REG-018", path=path.name) from None
    if not proof.whole:
        raise RegisterError("RS-REG-019", path=path.name, line=proof.broken_at)
    if changed:
        raise RegisterError("RS-REG-027", path=path.name, rows=", ".join(changed[:5]), count=len(changed))
    return proof


@contextmanager
def _opened(path: Path) -> Iterator[Session]:
    """Yield a session on a backup file that cannot change it."""
    address = f"{path.resolve().as_uri()}?mode=ro"
    engine = create_engine("sqlite://", creator=lambda: sqlite3.connect(address, uri=True))
    try:
        with Session(engine) as session:
            yield session
    finally:
        engine.dispose()
