"""After the start (3-5): things planned with a due date, corrections of declarations, experience to share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from xlsaddin.checklist.expression import months_after
from xlsaddin.parameters import Parameters
from xlsaddin.register.ledger import Ledger, clean_text
from xlsaddin.register.opening import RegisterError
from xlsaddin.register.subjects import first_day
from xlsaddin.register.tables import Case, Correction, Experience, FollowUp, Membership, Result, Subject, Submission
from xlsaddin.review_model import Review

__all__ = [
    "CorrectionFacts",
    "Noted",
    "correction_facts",
    "experiences",
    "finish",
    "note_experience",
    "plan",
    "plan_residency",
    "record_correction",
    "redo_due_diligence",
    "report_correction",
]

RESIDENCY = "residency"
_ENTERED = ("res_entered_japan", "res_returned_on")
"""Days after which, six months later, a non-resident becomes a resident."""


@dataclass(frozen=True, slots=True)
class CorrectionFacts:
    """What the report of a correction to the funder says (手順書3-5); dates not known yet are None."""

    case: str
    funder: str
    subject: str
    item: str
    before: str
    after: str
    cause: str
    effect: str
    found_on: date
    reported_on: date | None
    redone_on: date | None


@dataclass(frozen=True, slots=True)
class Noted:
    """A near miss or good example as noted: of which case, what kind, whether it may be provided to others."""

    case: str
    kind: str
    text: str
    noted_on: date
    may_be_shared: bool
    anonymous: bool


def plan(
    ledger: Ledger, kind: str, role: str, text: str, due: date, case: str | None = None, subject: str | None = None
) -> FollowUp:
    """Plan something to be done by a day, and by which role; raises RegisterError for an unknown case or subject."""
    if case:
        ledger.find(Case, case)
    if subject:
        ledger.find(Subject, subject)
    row = ledger.add(
        FollowUp(case_number=case, subject_code=subject, kind=kind, role=role, text=clean_text(text), due=due)
    )
    ledger.note("follow_up.plan", f"{case or '-'} {subject or '-'} {row.id}", {"text": text, "due": due}, subject)
    return row


def finish(ledger: Ledger, follow_up: int, on: date) -> FollowUp:
    """Record that something planned was done."""
    row = ledger.find(FollowUp, follow_up)
    row.done_on = on
    ledger.note("follow_up.finish", str(row.id), {"on": on}, row.subject_code)
    return row


def plan_residency(ledger: Ledger, subject: str, review: Review) -> None:
    """Plan to look again on the day a non-resident becomes a resident; what was planned on other facts falls."""
    keys = {item.key for item in review.checklist.items}
    months = Parameters(review.as_of).integer("residency_return_months")
    days = [first_day(review.answers.value(key)) for key in _ENTERED if key in keys]
    due = {months_after(day, months) for day in days if day} if review.residency == "non_resident" else set()
    wanted = {day for day in due if isinstance(day, date) and day > review.as_of}
    planned = ledger.session.scalars(
        select(FollowUp).where(FollowUp.subject_code == subject, FollowUp.kind == RESIDENCY, FollowUp.done_on.is_(None))
    ).all()
    for row in planned:
        if row.due not in wanted and row.due > review.as_of:
            finish(ledger, row.id, review.as_of)
    for day in sorted(wanted - {row.due for row in planned}):
        text = "居住性・特定類型の再確認 / Residency and specific category to be looked at again"
        plan(ledger, RESIDENCY, "export_control", text, day, subject=subject)


def record_correction(
    ledger: Ledger,
    case: str,
    subject: str,
    item: str,
    *,
    before: str,
    after: str,
    found_on: date,
    cause: str = "",
    effect: str = "",
) -> Correction:
    """Record an error found in a declaration: it must be reported promptly, and due diligence done again."""
    if ledger.session.get(Membership, (case, subject)) is None:
        raise RegisterError("RS-REG-005", kind="membership", key=f"{case} {subject}")
    said = {"before": before, "after": after, "cause": cause, "effect": effect}
    row = ledger.add(
        Correction(
            case_number=case,
            subject_code=subject,
            item=item,
            found_on=found_on,
            **{key: clean_text(text.strip()) for key, text in said.items()},
        )
    )
    ledger.note(
        "correction.record", f"{case} {subject} {row.id}", {"item": item, "found_on": found_on, **said}, subject
    )
    return row


def report_correction(ledger: Ledger, correction: int, on: date) -> Correction:
    """Record that the funder was told; raises RegisterError for a day before the error was found."""
    row = ledger.find(Correction, correction)
    _check_day(row, on)
    row.reported_on = on
    ledger.note("correction.report", _target(row), {"on": on}, row.subject_code)
    return row


def redo_due_diligence(ledger: Ledger, correction: int, on: date) -> Correction:
    """Record that due diligence was done again.

    Raises:
        RegisterError: no declaration received since the error was found has been reviewed, or an earlier day.
    """
    row = ledger.find(Correction, correction)
    _check_day(row, on)
    newer = (
        select(Submission)
        .join(Result, Result.submission_id == Submission.id)
        .where(Submission.subject_code == row.subject_code, Result.newest, Result.as_of >= row.found_on)
        .order_by(Submission.id.desc())
    )
    corrected = [one for one in ledger.session.scalars(newer) if one.received_at.date() >= row.found_on]
    if not corrected:
        raise RegisterError("RS-REG-015", subject=row.subject_code, day=row.found_on)
    row.redone_on, row.submission_id = on, corrected[0].id
    ledger.note("correction.redo", _target(row), {"on": on, "version": corrected[0].version}, row.subject_code)
    return row


def correction_facts(ledger: Ledger, correction: int) -> CorrectionFacts:
    """Return the facts for the report to the funder; its words are the mail's."""
    row = ledger.find(Correction, correction)
    case, subject = ledger.find(Case, row.case_number), ledger.find(Subject, row.subject_code)
    return CorrectionFacts(
        case=case.number,
        funder=case.funder,
        subject=subject.code,
        item=row.item,
        before=row.before or "",
        after=row.after or "",
        cause=row.cause or "",
        effect=row.effect or "",
        found_on=row.found_on,
        reported_on=row.reported_on,
        redone_on=row.redone_on,
    )


def note_experience(
    ledger: Ledger, case: str, kind: str, text: str, on: date, *, may_be_shared: bool = False, anonymous: bool = False
) -> Experience:
    """Note a near miss (`near_miss`) or good example (`good_example`)."""
    ledger.find(Case, case)
    row = ledger.add(
        Experience(
            case_number=case,
            kind=kind,
            text=clean_text(text),
            noted_on=on,
            may_be_shared=may_be_shared,
            anonymous=anonymous,
        )
    )
    ledger.note("experience.note", f"{case} {row.id}", {"kind": kind})
    return row


def experiences(session: Session, case: str = "", *, shareable: bool = False) -> list[Noted]:
    """Return near misses and good examples, oldest first: of a case or all, all or what may be provided as it is."""
    wanted = select(Experience).order_by(Experience.noted_on, Experience.id)
    if case:
        wanted = wanted.where(Experience.case_number == case)
    if shareable:
        wanted = wanted.where(Experience.may_be_shared, Experience.anonymous)
    return [
        Noted(row.case_number, row.kind, row.text, row.noted_on, row.may_be_shared, row.anonymous)
        for row in session.scalars(wanted)
    ]


def _check_day(row: Correction, on: date) -> None:
    if on < row.found_on:
        raise RegisterError("RS-REG-028", number=row.id, day=on, found=row.found_on)


def _target(row: Correction) -> str:
    return f"{row.case_number} {row.subject_code} {row.id}"
