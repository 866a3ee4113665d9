"""Where a name stands outside what is kept of its subject, and blacking it out there when an officer decides so.

Free texts, declarations and results of others may name a person. The log no longer knows the content of rows that were
blacked out; its chain stays whole, and the act itself is a line in it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import JSON, Column, String, Table, or_, select, update
from sqlalchemy.orm import Session

from xlsaddin.register.tables import AuditEntry, Base, KeptText, ListUsed, Setting, Subject
from xlsaddin.text.normalize import normalize_width

__all__ = ["Elsewhere", "find_elsewhere", "redact"]

Elsewhere = tuple[Table, tuple[Any, ...], dict[str, Any]]
"""A row that holds a name: its table, primary key, and the columns with the name blacked out."""

_BLACK = "■■■"
_NEVER = frozenset(table.__tablename__ for table in (AuditEntry, KeptText, ListUsed, Setting))
_NOT_OURS = frozenset({"rests_on", "lists", "counts", "body", "listed", "entry_number"})
"""Columns whose words come from lists and definitions: a listed name stays a listed name."""


def find_elsewhere(session: Session, code: str, names: Sequence[str]) -> Iterator[Elsewhere]:
    """Yield the rows of others, and of nobody, in which a name of a subject stands; never those of a namesake."""
    pattern = _pattern(names)
    if pattern is None:
        return
    own = {code, *_namesakes(session, pattern)}
    for table in Base.metadata.sorted_tables:
        columns = [column for column in table.c if _is_text(column)]
        if table.name in _NEVER or not columns:
            continue
        keys = list(table.primary_key.columns)
        wanted = select(*keys, *columns)
        if "subject_code" in table.c:
            wanted = wanted.where(or_(table.c.subject_code.is_(None), table.c.subject_code.not_in(own)))
        for row in session.execute(wanted.execution_options(yield_per=200)):
            key, held = tuple(row[: len(keys)]), row[len(keys) :]
            found = {one.name: _black(pattern, value) for one, value in zip(columns, held, strict=True)}
            changed = {name: value for (name, value), old in zip(found.items(), held, strict=True) if value != old}
            if changed:
                yield table, key, changed


def _namesakes(session: Session, pattern: re.Pattern[str]) -> Iterator[str]:
    for code, names in session.execute(select(Subject.code, Subject.names).where(Subject.kind == "person")):
        if any(pattern.fullmatch(normalize_width(name)) for name in names or ()):
            yield code


def redact(session: Session, found: Sequence[Elsewhere], names: Sequence[str]) -> int:
    """Black a name out in the rows found and in the log's payloads; return how many rows and lines that were."""
    for table, key, changed in found:
        columns = zip(table.primary_key.columns, key, strict=True)
        session.execute(update(table).where(*(column == value for column, value in columns)).values(changed))
    lines = _lines_naming(session, names) | _lines_about(session, found)
    for number in lines:
        session.execute(update(AuditEntry).where(AuditEntry.number == number).values(payload=None, salt=None))
    session.expire_all()
    return len(found) + len(lines)


def _lines_naming(session: Session, names: Sequence[str]) -> set[int]:
    pattern = _pattern(names)
    rows = session.execute(select(AuditEntry.number, AuditEntry.payload).where(AuditEntry.payload.is_not(None)))
    return {number for number, payload in rows if pattern and payload and _holds(pattern, json.loads(payload))}


def _holds(pattern: re.Pattern[str], content: Any) -> bool:
    return bool(_black(pattern, content) != content)


def _lines_about(session: Session, found: Sequence[Elsewhere]) -> set[int]:
    """Return the lines that prove rows which now read otherwise."""
    lines: set[int] = set()
    for table, key, _ in found:
        if "subject_code" not in table.c:
            continue
        row = session.execute(select(table).where(table.primary_key.columns[0] == key[0])).mappings().one()
        last = f"{row['checklist']} {row['version']}" if table.name == "submission" else str(key[0])
        target = f"{row['subject_code']} {last}"
        lines |= set(session.scalars(select(AuditEntry.number).where(AuditEntry.target == target)))
    return lines


def _is_text(column: Column[Any]) -> bool:
    """Return whether people's words may stand in a column: not in codes, keys and digests."""
    free = isinstance(column.type, JSON) or (isinstance(column.type, String) and column.type.length is None)
    kept = column.primary_key or column.foreign_keys or column.name in _NOT_OURS
    return free and not kept and column.table.name != Subject.__tablename__


def _pattern(names: Sequence[str]) -> re.Pattern[str] | None:
    """Return what finds any of the names, with or without spaces, in any case and width of letters."""
    spelled = {r"\s*".join(map(re.escape, normalize_width(name).split())) for name in names if len(name.strip()) > 1}
    any_of = "|".join(sorted(spelled, key=len, reverse=True))
    return re.compile(rf"(?<![A-Za-z])(?:{any_of})(?![A-Za-z])", re.IGNORECASE) if spelled else None


def _black(pattern: re.Pattern[str], node: Any) -> Any:
    match node:
        case str():
            return pattern.sub(_BLACK, normalize_width(node)) if pattern.search(normalize_width(node)) else node
        case dict():
            return {key: _black(pattern, value) for key, value in node.items()}
        case list():
            return [_black(pattern, value) for value in node]
        case _:
            return node
