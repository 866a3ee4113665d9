"""Who may not judge whom (利害関係): oneself, one's own case, one's own group, a co-author of the period.

The officer is asked once for each case and says 無 or what it is; what the register knows itself is added.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from xlsaddin.register.ledger import Ledger, clean_text
from xlsaddin.register.people import name_keys
from xlsaddin.register.tables import Case, Interest, Membership, Subject

__all__ = ["Conflict", "find_conflict", "state_interest", "unstated"]


class Conflict(StrEnum):
    """What an officer states, or the register knows, about a case or subject."""

    NONE = "none"
    SELF = "self"
    OWN_CASE = "own_case"
    OWN_GROUP = "own_group"
    COAUTHOR = "coauthor"
    OTHER = "other"

    @property
    def ja(self) -> str:
        """The words shown in Japanese."""
        return _WORDS[self][0]

    @property
    def en(self) -> str:
        """The words shown in English."""
        return _WORDS[self][1]


_WORDS = {
    Conflict.NONE: ("利害関係 無", "no conflict of interest"),
    Conflict.SELF: ("本人", "the person concerned"),
    Conflict.OWN_CASE: ("同じ課題の参画者", "takes part in the same case"),
    Conflict.OWN_GROUP: ("同じ研究室・部署", "same laboratory or group"),
    Conflict.COAUTHOR: ("対象期間の共著者", "co-author within the period"),
    Conflict.OTHER: ("その他の利害関係", "another conflict of interest"),
}


def state_interest(ledger: Ledger, officer: str, case: str, kind: Conflict, on: date, subject: str = "") -> None:
    """Record what an officer states about a case, or about one subject of it; a later statement replaces it."""
    ledger.find(Case, case)
    if subject:
        ledger.find(Subject, subject)
    row = Interest(
        officer=clean_text(officer.strip()),
        case_number=case,
        subject_code=subject or None,
        kind=kind.value,
        stated_on=on,
    )
    ledger.add(row)
    ledger.note("interest.state", f"{case} {subject}".strip(), {"officer": row.officer, "kind": row.kind})


def find_conflict(session: Session, officer: str, subject: str) -> Conflict | None:
    """Return why an officer may not judge a subject, None when nothing stands against it."""
    keys = name_keys(officer)
    known = session.get(Subject, subject)
    if known is not None and _is_named(known, keys):
        return Conflict.SELF
    cases = set(session.scalars(select(Membership.case_number).where(Membership.subject_code == subject)))
    if any(_is_named(other, keys) for other in _people_of(session, cases)):
        return Conflict.OWN_CASE
    stated = [row for row in _statements(session, cases, subject) if name_keys(row.officer) & keys]
    latest = {(row.case_number, row.subject_code): Conflict(row.kind) for row in stated}
    return next((kind for kind in latest.values() if kind is not Conflict.NONE), None)


def unstated(session: Session, officer: str, case: str) -> bool:
    """Return whether an officer was not asked about a case yet."""
    rows = session.scalars(select(Interest.officer).where(Interest.case_number == case))
    keys = name_keys(officer)
    return not any(name_keys(name) & keys for name in rows)


def _is_named(subject: Subject, keys: frozenset[str]) -> bool:
    return any(name_keys(name) & keys for name in subject.names or ())


def _people_of(session: Session, cases: set[str]) -> Iterator[Subject]:
    yield from session.scalars(
        select(Subject)
        .join(Membership, Membership.subject_code == Subject.code)
        .where(Membership.case_number.in_(cases), Subject.kind == "person")
    )


def _statements(session: Session, cases: set[str], subject: str) -> Iterator[Interest]:
    rows = session.scalars(select(Interest).where(Interest.case_number.in_(cases)).order_by(Interest.id))
    yield from (row for row in rows if row.subject_code in (None, subject))
