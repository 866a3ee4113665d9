"""Decisions of the organisation that take two persons: level critical, exceptions, measures declined in spite of it.

One decides and says why, another approves; neither may have an interest in the case. Until then it is open.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from xlsaddin.assessment.model import Level
from xlsaddin.register.conflicts import find_conflict
from xlsaddin.register.ledger import Ledger, clean_text
from xlsaddin.register.opening import RegisterError
from xlsaddin.register.people import name_keys
from xlsaddin.register.tables import Decision, Result, Subject

__all__ = ["CRITICAL", "EXCEPTION", "approve_decision", "decide", "open_decisions", "undecided_critical"]

CRITICAL, EXCEPTION = "critical", "exception"


def decide(
    ledger: Ledger,
    subject: str,
    kind: str,
    *,
    outcome: str,
    reason: str,
    by: str,
    on: date,
    matter: str = "",
    case: str | None = None,
) -> Decision:
    """Record a decision, open until another person approves it.

    Args:
        subject: code; kind: `critical` or `exception`; matter: what it is about, such as an aspect of a contract.
        outcome: what is decided; reason: why; by, on: who and when.

    Raises:
        RegisterError: no reason, or a person with an interest in the case.
    """
    ledger.find(Subject, subject)
    if not (outcome.strip() and reason.strip() and by.strip()):
        raise RegisterError("RS-REG-007", body=matter or kind)
    _check_person(ledger.session, subject, by, matter or kind)
    newest = select(Result.id).where(Result.subject_code == subject, Result.newest).order_by(Result.id.desc())
    row = ledger.add(
        Decision(
            subject_code=subject,
            case_number=case,
            kind=kind,
            matter=matter,
            outcome=clean_text(outcome.strip()),
            reason=clean_text(reason.strip()),
            decided_by=clean_text(by.strip()),
            decided_on=on,
            result_id=ledger.session.scalars(newest).first(),
        )
    )
    said = {
        "kind": kind,
        "matter": matter,
        "outcome": row.outcome,
        "reason": row.reason,
        "by": row.decided_by,
        "on": on,
    }
    ledger.note("decision.record", f"{subject} {row.id}", said, subject)
    return row


def approve_decision(ledger: Ledger, decision: int, *, by: str, on: date) -> Decision:
    """Record the approval by a second person.

    Raises:
        RegisterError: the same person, one with an interest, an earlier day, or somebody approved it before.
    """
    row = ledger.find(Decision, decision)
    if row.approved_on is not None:
        raise RegisterError("RS-REG-029", number=row.id, person=row.approved_by, day=row.approved_on)
    if on < row.decided_on:
        raise RegisterError("RS-REG-030", number=row.id, day=on, decided=row.decided_on)
    if name_keys(by) & name_keys(row.decided_by) or not by.strip():
        raise RegisterError("RS-REG-008", person=by, body=row.matter or row.kind)
    _check_person(ledger.session, row.subject_code, by, row.matter or row.kind)
    row.approved_by, row.approved_on = clean_text(by.strip()), on
    ledger.note("decision.approve", f"{row.subject_code} {row.id}", {"by": row.approved_by, "on": on}, row.subject_code)
    return row


def open_decisions(session: Session) -> Iterator[Decision]:
    """Yield the decisions that wait for a second person."""
    yield from session.scalars(select(Decision).where(Decision.approved_on.is_(None)).order_by(Decision.id))


def undecided_critical(session: Session) -> Iterator[Result]:
    """Yield the newest results of level critical about which nobody has decided since that result."""
    critical = select(Result).where(Result.newest, Result.level == Level.CRITICAL.key).order_by(Result.id)
    for result in session.scalars(critical).all():
        decided = select(Decision.id).where(
            Decision.subject_code == result.subject_code,
            Decision.kind == CRITICAL,
            Decision.result_id >= result.id,
        )
        if session.scalars(decided).first() is None:
            yield result


def _check_person(session: Session, subject: str, person: str, matter: str) -> None:
    if found := find_conflict(session, person, subject):
        raise RegisterError("RS-REG-009", person=person, why_ja=found.ja, why_en=found.en, body=matter)
