"""Mitigation measures (3-4) of a subject in a case: proposed by results, agreed or declined by people, done.

"Reasonable measures according to the degree of risk are enough": a proposal binds nobody until a person agrees.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import select

from xlsaddin.register.ledger import Ledger, clean_text
from xlsaddin.register.opening import RegisterError
from xlsaddin.register.tables import AgreedMeasure, Membership
from xlsaddin.review_model import Review

__all__ = ["MeasureStatus", "agree", "complete", "decline", "propose"]


class MeasureStatus(StrEnum):
    """Where a measure stands."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    DECLINED = "declined"
    DONE = "done"
    DROPPED = "dropped"  # no result calls for it any more, and nobody had agreed to it


def propose(ledger: Ledger, subject: str, review: Review) -> None:
    """Take over the measures a result proposes, in every case of the subject; drop proposals it no longer makes."""
    proposed = {measure.kind.value: measure for measure in review.assessment.measures}
    cases = ledger.session.scalars(select(Membership.case_number).where(Membership.subject_code == subject))
    for case in cases.all():
        rows = ledger.session.scalars(
            select(AgreedMeasure).where(AgreedMeasure.case_number == case, AgreedMeasure.subject_code == subject)
        ).all()
        for row in rows:
            if row.status == MeasureStatus.PROPOSED and row.kind not in proposed:
                row.status = MeasureStatus.DROPPED
        known = {row.kind for row in rows if row.status != MeasureStatus.DROPPED}
        for kind, measure in proposed.items():
            if kind not in known:
                ledger.add(
                    AgreedMeasure(
                        case_number=case,
                        subject_code=subject,
                        kind=kind,
                        text=f"{measure.text_ja} / {measure.text_en}",
                        required=measure.required,
                        proposed_on=review.as_of,
                    )
                )


def agree(ledger: Ledger, measure: int, *, owner: str, due: date, reason: str = "") -> AgreedMeasure:
    """Record that a measure is agreed: who carries it out, by when, why this much."""
    row = _open(ledger, measure)
    row.status, row.owner, row.due = MeasureStatus.AGREED, clean_text(owner.strip()), due
    row.reason = clean_text(reason.strip())
    return _noted(ledger, row, "measure.agree", {"owner": row.owner, "due": due, "reason": row.reason})


def decline(ledger: Ledger, measure: int, *, reason: str) -> AgreedMeasure:
    """Record that a proposed measure is not taken, and why; raises RegisterError without a reason."""
    if not reason.strip():
        raise RegisterError("RS-REG-013", measure=measure)
    row = _open(ledger, measure)
    row.status, row.reason = MeasureStatus.DECLINED, clean_text(reason.strip())
    return _noted(ledger, row, "measure.decline", {"reason": row.reason})


def complete(ledger: Ledger, measure: int, *, on: date, evidence: str) -> AgreedMeasure:
    """Record that an agreed measure was carried out, with its evidence."""
    row = ledger.find(AgreedMeasure, measure)
    if row.status != MeasureStatus.AGREED:
        raise RegisterError("RS-REG-014", measure=measure, status=row.status)
    row.status, row.done_on, row.evidence = MeasureStatus.DONE, on, clean_text(evidence.strip())
    return _noted(ledger, row, "measure.complete", {"on": on, "evidence": row.evidence})


def _open(ledger: Ledger, measure: int) -> AgreedMeasure:
    row = ledger.find(AgreedMeasure, measure)
    if row.status in (MeasureStatus.DONE, MeasureStatus.DROPPED):
        raise RegisterError("RS-REG-014", measure=measure, status=row.status)
    return row


def _noted(ledger: Ledger, row: AgreedMeasure, action: str, payload: dict[str, object]) -> AgreedMeasure:
    ledger.note(action, f"{row.case_number} {row.subject_code} {row.id}", payload, row.subject_code)
    return row
