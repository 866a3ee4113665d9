"""Erasing a subject: content is deleted, codes, states, digests and dates stay, and the audit chain stays whole.

What remains proves that something was checked and deleted, and when; it tells nothing about the person.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import CursorResult, Delete, Update, delete, or_, select, update
from sqlalchemy.orm import Session

from xlsaddin.checklist.expression import months_after
from xlsaddin.register import audit
from xlsaddin.register.ledger import Ledger
from xlsaddin.register.opening import RegisterError
from xlsaddin.register.redaction import find_elsewhere, redact
from xlsaddin.register.tables import (
    AgreedMeasure,
    Base,
    Case,
    Correction,
    Decision,
    Deletion,
    FollowUp,
    Membership,
    Remembered,
    Result,
    SeenFinding,
    SeenHit,
    Setting,
    Subject,
    Submission,
)
from xlsaddin.text.normalize import normalize_width

__all__ = ["REDACTED", "Erased", "Reason", "close_recruitment", "erase", "past_retention", "set_retention"]

_DELETED: tuple[type[Base], ...] = (SeenHit, SeenFinding, Remembered)
"""Rows that go as a whole: what names a listed body beside a person."""

_EMPTIED: dict[type[Base], tuple[str, ...]] = {
    Submission: ("file_name", "answers"),
    Result: ("file_name", "reviewed_copy", "content"),
    Decision: ("reason",),
    AgreedMeasure: ("text", "reason", "evidence"),
    FollowUp: ("text",),
    Correction: ("before", "after", "cause", "effect"),
}
"""Columns with personal content, by table; the row stays with its codes, states and dates."""

_BLANKED: dict[type[Base], tuple[str, ...]] = {Decision: ("outcome", "matter")}
"""The same, where a column always holds a text: it becomes empty."""


_RETENTION = "retention_years"

REDACTED = "subject.redact"
"""Action of the log line that says that a name was blacked out everywhere."""


class Reason(StrEnum):
    """Why something is deleted."""

    REQUEST = "request"  # the person asked, and the institution agreed
    NOT_HIRED = "not_hired"  # 不採用・辞退
    RETENTION = "retention"  # the retention period is over
    MISTAKE = "mistake"  # received by mistake
    RESTORED = "restored"  # deleted before, and deleted again after an older backup was restored


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure did.

    Attributes:
        subject: code; counts: rows emptied by table, audit lines among them.
        also_named_in: declarations of others (subject, checklist, version) in which a name of the subject still stands.
        files: names and places of files that held its answers; they are outside the register, for people to delete.
        named_in_rows: rows of others or of nobody (`experience 3`) in which a name stands; redacted: how many rows and
            lines of the log had it blacked out. lingers: True while another program keeps the old file contents alive.
    """

    subject: str
    counts: dict[str, int]
    also_named_in: tuple[tuple[str, str, int], ...]
    files: tuple[str, ...] = ()
    named_in_rows: tuple[str, ...] = ()
    redacted: int = 0
    lingers: bool = False


def erase(ledger: Ledger, code: str, reason: Reason, *, everywhere: bool = False, names: Sequence[str] = ()) -> Erased:
    """Erase what is known of a subject; raises RegisterError for an unknown code. Again: nothing more happens.

    Args:
        everywhere: black the name out in rows of others and free texts too; names: further spellings to look for,
            all of them for a subject erased before.
    """
    session, subject = ledger.session, ledger.find(Subject, code)
    called = (*(subject.names or ()), *names)
    files = tuple(_files(session, code))
    counts = {table.__tablename__: _delete(session, table, code) for table in _DELETED}
    counts |= {table.__tablename__: _empty(session, table, columns, code) for table, columns in _EMPTIED.items()}
    for table, columns in _BLANKED.items():
        empty = dict.fromkeys(columns, "")
        session.execute(update(table).where(table.__table__.c.subject_code == code).values(empty))
    counts["audit"] = audit.erase_payloads(session, code)
    rows = list(find_elsewhere(session, code, called))
    redacted = redact(session, rows, called) if everywhere else 0
    elsewhere = () if everywhere else tuple(f"{one.name} {' '.join(map(str, key))}" for one, key, _ in rows)
    named = tuple(_elsewhere(session, subject))
    session.execute(
        update(FollowUp)
        .where(FollowUp.subject_code == code, FollowUp.done_on.is_(None))
        .values(done_on=ledger.now.date())
    )
    subject.name = subject.names = subject.identity = None
    subject.department, subject.recruitment = "", False
    subject.erased_on = subject.erased_on or ledger.now.date()
    session.flush()
    session.expire_all()
    if any(counts.values()):
        ledger.add(
            Deletion(
                subject_code=code, reason=reason.value, deleted_at=ledger.now, deleted_by=ledger.actor, counts=counts
            )
        )
        # no subject on this line: it is the record of the deletion and holds nothing personal
        ledger.note("subject.erase", code, {"reason": reason.value, "counts": counts})
    if redacted:
        ledger.note(REDACTED, code, {"rows_and_lines": redacted})
    return Erased(code, counts, named, files, elsewhere, redacted)


def close_recruitment(ledger: Ledger, code: str, *, hired: bool, on: date) -> Erased | None:
    """Record the outcome of a recruitment; what was collected of a candidate not hired is erased.

    A candidate hired becomes a participant, whose full declaration (⑧ and ⑬ too) is then due.
    """
    subject = ledger.find(Subject, code)
    if not subject.recruitment:
        raise RegisterError("RS-REG-016", subject=code)
    if not hired:
        members = ledger.session.scalars(select(Membership).where(Membership.subject_code == code))
        for member in members:
            member.left_on = member.left_on or on
        return erase(ledger, code, Reason.NOT_HIRED)
    subject.recruitment = False
    for member in ledger.session.scalars(select(Membership).where(Membership.subject_code == code)):
        member.role, member.joined_on = "participant", member.joined_on or on
    ledger.note("recruitment.hire", code, {"on": on}, code)
    return None


def set_retention(ledger: Ledger, years: int) -> None:
    """Set how many years after the end of its cases a subject's records are kept."""
    ledger.session.merge(Setting(key=_RETENTION, value=str(years)))
    ledger.note("retention.set", str(years), {"years": years})


def past_retention(session: Session, as_of: date) -> list[str]:
    """Return the subjects whose cases all ended longer ago than the institution keeps records.

    Raises:
        RegisterError: the institution has not set a period; no source names one, so none is assumed.
    """
    held = session.get(Setting, _RETENTION)
    if held is None:
        raise RegisterError("RS-REG-017")
    years = int(held.value)
    due = []
    for code in session.scalars(select(Subject.code).where(Subject.erased_on.is_(None)).order_by(Subject.code)):
        ended = select(Case.closed_on).join(Membership).where(Membership.subject_code == code)
        days = session.scalars(ended).all()
        if days and all(day is not None and _years_after(day, years) <= as_of for day in days):
            due.append(code)
    return due


def _years_after(day: date, years: int) -> date:
    ended = months_after(day, 12 * years)
    assert isinstance(ended, date)  # for the type checker
    return ended


def _delete(session: Session, table: type[Base], code: str) -> int:
    return _changed(session, delete(table).where(table.__table__.c.subject_code == code))


def _empty(session: Session, table: type[Base], columns: tuple[str, ...], code: str) -> int:
    held = or_(*(table.__table__.c[column].is_not(None) for column in columns))
    statement = update(table).where(table.__table__.c.subject_code == code, held)
    return _changed(session, statement.values(dict.fromkeys(columns)))


def _changed(session: Session, statement: Delete | Update) -> int:
    result = session.execute(statement)
    return result.rowcount if isinstance(result, CursorResult) else 0


def _files(session: Session, code: str) -> list[str]:
    rows = session.execute(select(Result.file_name, Result.reviewed_copy).where(Result.subject_code == code))
    return sorted({name for row in rows for name in row if name})


def _elsewhere(session: Session, subject: Subject) -> Iterator[tuple[str, str, int]]:
    names = [_folded(name) for name in subject.names or () if len(name) > 1]
    others = select(Submission).where(Submission.subject_code != subject.code, Submission.answers.is_not(None))
    for submission in session.scalars(others.execution_options(yield_per=200)) if names else ():
        text = _folded("\n".join(_texts(submission.answers)))
        if any(name in text for name in names):
            yield submission.subject_code, submission.checklist, submission.version


def _folded(text: str) -> str:
    return "".join(normalize_width(text).casefold().split())


def _texts(node: object) -> Iterator[str]:
    match node:
        case str():
            yield node
        case dict():
            yield from (text for value in node.values() for text in _texts(value))
        case list():
            yield from (text for value in node for text in _texts(value))
