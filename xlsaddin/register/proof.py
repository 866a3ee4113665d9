"""Whether the rows still say what the audit log says of them: declarations, results, judgements, decisions.

What erasure emptied is not compared: the log no longer knows its content either.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from xlsaddin.register.answer_text import answers_digest
from xlsaddin.register.ledger import clean_text
from xlsaddin.register.result_text import content_digest
from xlsaddin.register.tables import AuditEntry, Base, Decision, Remembered, Result, Subject, Submission

__all__ = ["changed_rows"]

_APPROVED = "decision.approve"
_RECORDED: Mapping[str, type[Base]] = {
    "submission.record": Submission,
    "result.record": Result,
    "judgement.record": Remembered,
    "decision.record": Decision,
}


def changed_rows(session: Session) -> Iterator[str]:
    """Yield each row that is not as the log says, that the log does not know, or that is gone, as `table key`."""
    noted: dict[type[Base], set[str]] = {table: set() for table in _RECORDED.values()}
    approvals: dict[str, dict[str, Any]] = {}
    wanted = select(AuditEntry).where(AuditEntry.action.in_((*_RECORDED, _APPROVED))).order_by(AuditEntry.number)
    for entry in session.scalars(wanted.execution_options(yield_per=500)):
        payload = json.loads(entry.payload) if entry.payload else None
        if entry.action == _APPROVED:
            approvals[entry.target] = payload or {}
            continue
        table = _RECORDED[entry.action]
        noted[table].add(entry.target)
        row = _row(session, table, entry.target)
        if row is None:
            if table is not Remembered or payload is not None:  # judgements go as a whole when a person is erased
                yield f"{table.__tablename__} {entry.target}"
        elif payload is not None and not _FITS[table](row, payload):
            yield f"{table.__tablename__} {entry.target}"
        session.expunge_all()  # declarations are large
    for table, targets in noted.items():
        yield from _unknown(session, table, targets)
    yield from _otherwise_approved(session, approvals)
    yield from _standing_twice(session)


def _row(session: Session, table: type[Base], target: str) -> Any:
    if table is Submission:
        code, checklist, version = target.rsplit(" ", 2)
        wanted = select(Submission).where(Submission.subject_code == code, Submission.checklist == checklist)
        return session.scalars(wanted.where(Submission.version == int(version))).one_or_none()
    code, number = target.rsplit(" ", 1)
    row: Any = session.get(table, int(number))
    return row if row is not None and row.subject_code == code else None


def _submission_fits(row: Submission, payload: Mapping[str, Any]) -> bool:
    held = row.answers is not None and answers_digest(row.answers) == row.answers_digest
    return held and (row.sha256, row.answers_digest) == (payload["sha256"], payload["answers"])


def _result_fits(row: Result, payload: Mapping[str, Any]) -> bool:
    facts = {"digest": row.digest, "level": row.level, "state": row.state, "score": row.score}
    if row.content is None or any(payload[key] != value for key, value in facts.items()):
        return False
    rests_on = row.engine, row.rules_version, row.lookback_start
    return content_digest(row.content, *rests_on) == row.digest and str(row.as_of) == payload["as_of"]


def _judgement_fits(row: Remembered, payload: Mapping[str, Any]) -> bool:
    facts = ("body", "disposition", "relation", "reason", "reviewer", "approver", "entry_digest")
    same = all(clean_text(payload[key]).strip() == (getattr(row, key) or "").strip() for key in facts)
    return same and payload["names"] == row.names and payload["judged_on"] == str(row.judged_on)


def _decision_fits(row: Decision, payload: Mapping[str, Any]) -> bool:
    held = row.kind, row.matter, row.outcome, row.reason, row.decided_by, str(row.decided_on)
    return held == tuple(payload[key] for key in ("kind", "matter", "outcome", "reason", "by", "on"))


_FITS: Mapping[type[Base], Callable[[Any, Mapping[str, Any]], bool]] = {
    Submission: _submission_fits,
    Result: _result_fits,
    Remembered: _judgement_fits,
    Decision: _decision_fits,
}


def _unknown(session: Session, table: type[Base], noted: set[str]) -> Iterator[str]:
    """Yield the rows of a table that the log does not know."""
    columns = table.__table__.c
    last = (columns.checklist, columns.version) if table is Submission else (columns.id,)
    for row in session.execute(select(columns.subject_code, *last)):
        if (target := " ".join(map(str, row))) not in noted:
            yield f"{table.__tablename__} {target}"


def _otherwise_approved(session: Session, approvals: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    rows = select(Decision, Subject.erased_on).join(Subject, Subject.code == Decision.subject_code)
    for row, erased in session.execute(rows):
        target = f"{row.subject_code} {row.id}"
        said = approvals.get(target)
        held = (row.approved_by, str(row.approved_on)) if row.approved_on else None
        differs = (held is None) != (said is None) or (said and held != (said["by"], said["on"]))
        if differs and (said or erased is None):
            yield f"decision {target}"


def _standing_twice(session: Session) -> Iterator[str]:
    """Yield judgements that stand although a later one superseded them."""
    last = select(func.max(Remembered.id)).group_by(Remembered.subject_code, Remembered.body)
    stands = (Remembered.superseded_at.is_(None), Remembered.id.not_in(last))
    for code, number in session.execute(select(Remembered.subject_code, Remembered.id).where(*stands)):
        yield f"remembered {code} {number}"
