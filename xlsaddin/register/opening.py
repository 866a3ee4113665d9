"""Opening a register: SQLite by default, PostgreSQL by address; schema checked; one writer at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import (
    ArgumentError,
    DataError,
    DBAPIError,
    IntegrityError,
    ProgrammingError,
    SQLAlchemyError,
)
from sqlalchemy.orm import Session

from xlsaddin import codes
from xlsaddin.errors import XlsAddinError
from xlsaddin.findings import Finding, Location
from xlsaddin.register.place import register_address
from xlsaddin.register.tables import SCHEMA_VERSION, Base, Setting

__all__ = ["RegisterError", "open_engine", "purge", "reading", "writing"]

_NETWORK_KINDS = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs", "webdav", "fuse.rclone"})
_BUSY, _PATIENCE = 60_000, 5_000  # milliseconds
# `secure_delete` overwrites what erasure removes, so that a person's data does not linger in the file.
_PRAGMAS = (
    "journal_mode = wal",
    "synchronous = full",
    "foreign_keys = on",
    f"busy_timeout = {_BUSY}",
    "secure_delete = on",
)
_OURS = (DataError, IntegrityError, ProgrammingError)
_AUDIT_LOCK = 0x786C7361  # key of PostgreSQL's advisory lock: writers of one register queue for it


class RegisterError(XlsAddinError):
    """The register cannot be opened or used as it is."""

    def at(self, location: Location) -> Finding:
        """Return the same as a finding at a place, where the rest goes on."""
        return Finding(self.code, codes.message(self.code).severity, location, self.ja, self.en)


def open_engine(url: str | None = None) -> Engine:
    """Return an engine on the register, made ready on first use.

    Args:
        url: SQLAlchemy URL; without one, `XLSADDIN_REGISTER`, else the file `register.sqlite` of the state folder.

    Raises:
        RegisterError: network folder, unknown address, newer schema, not reachable.
    """
    address = _address(url)
    if address.get_backend_name() == "sqlite":
        _prepare_file(Path(str(address.database)))
    try:
        engine = create_engine(address, connect_args=_arguments(address))
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _set_up_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
        _check_schema(engine)
    except (SQLAlchemyError, ModuleNotFoundError, AttributeError) as problem:  # pg8000 without a password asked for
        raise _unusable(address, problem) from None
    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """Yield a session whose transaction is the only writer; committed at the end, undone on an error."""
    with _told(engine), Session(engine, expire_on_commit=False) as session, session.begin():
        if engine.dialect.name == "postgresql":
            session.execute(text("select pg_advisory_xact_lock(:key)"), {"key": _AUDIT_LOCK})
        yield session


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """Yield a session that only reads."""
    reader = engine.execution_options(xlsaddin_reads=True)
    with _told(engine), Session(reader, expire_on_commit=False) as session:
        yield session


@contextmanager
def _told(engine: Engine) -> Iterator[None]:
    """Turn the trouble of a database (gone, full, damaged, locked) into one sentence; mistakes of ours stay visible."""
    try:
        yield
    except DBAPIError as problem:
        if isinstance(problem, _OURS):
            raise
        raise _unusable(engine.url, problem) from None


def purge(engine: Engine) -> bool:
    """Bring what was erased out of the database's files too; return False while another program keeps it there."""
    if engine.dialect.name == "sqlite":
        raw = engine.raw_connection()
        try:
            cursor = raw.cursor()
            cursor.execute(f"pragma busy_timeout = {_PATIENCE}")
            busy, *_ = cursor.execute("pragma wal_checkpoint(truncate)").fetchone()
            cursor.execute(f"pragma busy_timeout = {_BUSY}")
        finally:
            raw.close()
        return not busy
    tables = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
    with _told(engine), engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"vacuum full {tables}"))  # what was overwritten lies in old versions of the rows
    return True


def _address(url: str | None) -> URL:
    given = url or register_address()
    try:
        address = make_url(given)
    except (ArgumentError, ValueError):  # such as a port that is no number
        raise RegisterError("RS-REG-001", url=given.split("@")[-1]) from None
    if address.drivername in ("postgresql", "postgres"):
        address = address.set(drivername="postgresql+pg8000")  # the driver that comes with the extra
    in_memory = address.get_backend_name() == "sqlite" and address.database in (None, "", ":memory:")
    if address.get_backend_name() not in ("sqlite", "postgresql") or in_memory:  # nothing in memory is remembered
        raise RegisterError("RS-REG-001", url=_shown(address))
    return address


def _shown(address: URL) -> str:
    """Return an address without a password, wherever that stands."""
    hidden = {key: "***" for key in address.query if "pass" in key.casefold()}
    return address.update_query_dict(hidden).render_as_string(hide_password=True)


def _arguments(address: URL) -> dict[str, Any]:
    return {"timeout": 60} if address.get_backend_name() == "sqlite" else {"timeout": 15}


def _prepare_file(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if (kind := _file_system(path.parent)) in _NETWORK_KINDS or str(path).startswith("\\\\"):
        raise RegisterError("RS-REG-003", path=path, kind=kind)
    path.touch(mode=0o600)  # personal data: for this user alone; SQLite gives its side files the same mode


def _file_system(folder: Path) -> str:
    """Return the kind of file system a folder is on, empty where the system does not say."""
    mounts = Path("/proc/self/mounts")
    if not mounts.exists():
        return ""
    best, kind = "", ""
    place = f"{folder.resolve()}/"
    for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines():
        _, point, found, *_ = line.split(" ")
        point = point.encode().decode("unicode_escape").rstrip("/") + "/"
        if place.startswith(point) and len(point) >= len(best):
            best, kind = point, found
    return kind


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions are begun by `_begin_sqlite`
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"pragma {pragma}")
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    reads = connection.get_execution_options().get("xlsaddin_reads", False)
    connection.exec_driver_sql("begin" if reads else "begin immediate")


def _check_schema(engine: Engine) -> None:
    """Make the tables of a new register; refuse one of another schema. A register in use is only read."""
    with reading(engine) as session:
        if engine.dialect.has_table(session.connection(), "setting") and _schema_fits(session):
            return
    with writing(engine) as session:
        connection = session.connection()
        if engine.dialect.has_table(connection, "setting"):  # another process was quicker
            _schema_fits(session)
            return
        Base.metadata.create_all(connection)
        session.add(Setting(key="schema", value=str(SCHEMA_VERSION)))
        session.add(Setting(key="created", value=datetime.now(UTC).isoformat(timespec="seconds")))


def _schema_fits(session: Session) -> bool:
    found = session.get(Setting, "schema")
    if found is None or found.value != str(SCHEMA_VERSION):
        raise RegisterError("RS-REG-004", found=found.value if found else "-", expected=SCHEMA_VERSION)
    return True


def _reason(problem: Exception) -> str:
    """Return what a database said, without the wrapping of its driver."""
    told = getattr(problem, "orig", None) or problem
    if isinstance(told, AttributeError):  # what pg8000 makes of a server that asks for a password when none was given
        return "パスワードがありません / no password was given"
    if told.args and isinstance(told.args[0], dict):
        return str(told.args[0].get("M", told))[:200]
    return str(told).splitlines()[0][:200]


def _unusable(address: URL, problem: Exception) -> RegisterError:
    reason = _reason(problem)
    return RegisterError("RS-REG-002", url=_shown(address), reason=reason)
