"""What is to be done, by whom and until when: found anew each time from what the register knows on a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from xlsaddin import codes
from xlsaddin.assessment.model import MeasureKind, State
from xlsaddin.checklist.expression import months_after
from xlsaddin.checklist.loading import load_checklist
from xlsaddin.errors import DefinitionError
from xlsaddin.parameters import Parameters
from xlsaddin.register.decisions import open_decisions, undecided_critical
from xlsaddin.register.measures import MeasureStatus
from xlsaddin.register.roll_up import DueDiligence, Member, members_of
from xlsaddin.register.tables import AgreedMeasure, Case, Correction, FollowUp, Result, SeenHit, Subject
from xlsaddin.review_model import Ruling
from xlsaddin.workbook.labels import words

__all__ = ["Role", "WorkItem", "worklist"]

_ASPECTS = ("aspect_open", "amended_after_review")
"""Reasons of a contract's state that wait for its judge."""


class Role(StrEnum):
    """Who does something."""

    RESEARCH_OFFICE = "research_office"
    EXPORT_CONTROL = "export_control"
    APPROVER = "approver"
    MANAGEMENT = "management"
    MEASURE_OWNER = "measure_owner"
    LEGAL = "legal"


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One thing to do.

    Attributes:
        code: of the sentence; role: who; due: until when, None for at once; case, subject: codes, may be empty.
        ja, en: the sentence; owner: name of a person, where one is responsible; link: reviewed copy, where known.
        number: of the measure, decision, correction or plan, by which it is answered; 0 for none.
    """

    code: str
    role: Role
    due: date | None
    case: str
    subject: str
    ja: str
    en: str
    owner: str = ""
    link: str = ""
    number: int = 0

    def overdue(self, as_of: date) -> bool:
        """Return whether the day is past."""
        return self.due is not None and self.due < as_of


def worklist(session: Session, as_of: date, role: Role | None = None) -> list[WorkItem]:
    """Return everything to do as of a day, the most urgent first; what is due later than the parameter is left out."""
    parameters = Parameters(as_of)
    found = [
        *_of_cases(session, as_of, parameters),
        *_of_results(session),
        *_of_decisions(session),
        *_of_measures(session),
        *_of_corrections(session, parameters),
        *_of_recruitment(session),
        *_of_plans(session),
    ]
    horizon = as_of + timedelta(days=parameters.integer("worklist_days_ahead"))
    wanted = (one for one in found if role in (None, one.role) and (one.due is None or one.due <= horizon))
    return sorted(wanted, key=lambda one: (one.due or as_of, one.role, one.code, one.case, one.subject))


def _of_cases(session: Session, as_of: date, parameters: Parameters) -> Iterator[WorkItem]:
    asked: set[str] = set()  # one declaration serves all cases of a person: a new one is asked for once
    for case in session.scalars(select(Case).where(Case.closed_on.is_(None)).order_by(Case.number)).all():
        for member in members_of(session, case.number, as_of):
            yield from _of_member(case, member)
            if member.declared_on and member.kind == "person" and member.code not in asked:
                asked.add(member.code)
                until = months_after(member.declared_on, parameters.integer("declaration_valid_months"))
                assert isinstance(until, date)  # for the type checker
                facts = {"subject": member.shown, "day": member.declared_on}
                yield _item("RS-WORK-003", Role.RESEARCH_OFFICE, facts, due=until, subject=member.code)


def _of_member(case: Case, member: Member) -> Iterator[WorkItem]:
    facts: dict[str, object] = {"subject": member.shown}
    place: dict[str, Any] = {"case": case.number, "subject": member.code}
    joined = member.joined_on if case.started_on else None
    if joined and member.due_diligence is DueDiligence.NOT_DONE:
        yield _item("RS-WORK-002", Role.RESEARCH_OFFICE, {**facts, "day": joined}, due=joined, **place)
    elif member.result is None:
        facts |= _form("researcher" if member.kind == "person" else member.kind)
        yield _item("RS-WORK-001", Role.RESEARCH_OFFICE, facts, due=case.deadline, **place)


def _of_results(session: Session) -> Iterator[WorkItem]:
    rows = session.execute(
        select(Result, Subject)
        .join(Subject, Subject.code == Result.subject_code)
        .where(Result.newest, Subject.erased_on.is_(None))
        .order_by(Result.id)
    )
    awaiting = _bodies_awaiting(session)
    for result, subject in rows.all():
        for code, role, facts in _open_in(result, awaiting.get(result.id, 0)):
            facts = {"subject": _shown(subject), **_form(result.checklist), **facts}
            yield _item(code, role, facts, subject=subject.code, link=result.reviewed_copy or "")


def _open_in(result: Result, awaiting: int) -> Iterator[tuple[str, Role, dict[str, object]]]:
    """Yield what one result leaves open: message, who, how many."""
    if result.to_judge > awaiting:
        yield "RS-WORK-004", Role.EXPORT_CONTROL, {"count": result.to_judge - awaiting}
    if awaiting:
        yield "RS-WORK-005", Role.APPROVER, {"count": awaiting}
    if result.differences:
        yield "RS-WORK-006", Role.RESEARCH_OFFICE, {"count": result.differences}
    if result.must_filled < result.must_total:
        yield "RS-WORK-007", Role.RESEARCH_OFFICE, {"filled": result.must_filled, "total": result.must_total}
    if result.state == State.INCONCLUSIVE:
        yield "RS-WORK-008", Role.EXPORT_CONTROL, {}
    if result.checklist == "contract" and (aspects := _aspects_open(result)):
        yield "RS-WORK-017", Role.LEGAL, {"count": aspects}


def _aspects_open(result: Result) -> int:
    reasons = (result.content or {}).get("assessment", {}).get("state_reasons", ())
    return sum(reason["count"] for reason in reasons if reason["key"] in _ASPECTS)


def _bodies_awaiting(session: Session) -> dict[int, int]:
    """Return by result how many bodies are judged and wait for an approver."""
    rows = session.execute(
        select(SeenHit.result_id, func.count(func.distinct(SeenHit.body)))
        .where(SeenHit.ruling == Ruling.AWAITING.value)
        .group_by(SeenHit.result_id)
    )
    return {row[0]: row[1] for row in rows}


def _of_decisions(session: Session) -> Iterator[WorkItem]:
    for result in undecided_critical(session):
        subject = session.get_one(Subject, result.subject_code)
        if subject.erased_on is None:
            link = result.reviewed_copy or ""
            facts = {"subject": _shown(subject)}
            yield _item("RS-WORK-009", Role.MANAGEMENT, facts, subject=subject.code, link=link)
    for decision in open_decisions(session):
        subject = session.get_one(Subject, decision.subject_code)
        if subject.erased_on is not None:
            continue
        facts = {"subject": _shown(subject), "matter": decision.matter or decision.kind}
        yield _item(
            "RS-WORK-010", Role.APPROVER, facts, case=decision.case_number, subject=subject.code, number=decision.id
        )


def _of_measures(session: Session) -> Iterator[WorkItem]:
    rows = session.execute(
        select(AgreedMeasure, Subject)
        .join(Subject, Subject.code == AgreedMeasure.subject_code)
        .join(Case, Case.number == AgreedMeasure.case_number)
        .where(Subject.erased_on.is_(None), Case.closed_on.is_(None))
        .order_by(AgreedMeasure.id)
    )
    for measure, subject in rows.all():
        facts = {"subject": _shown(subject), "measure_ja": _word(measure, 0), "measure_en": _word(measure, 1)}
        case, code = measure.case_number, subject.code
        if measure.status == MeasureStatus.AGREED:
            due, owner = measure.due, measure.owner
            yield _item(
                "RS-WORK-012",
                Role.MEASURE_OWNER,
                facts,
                case=case,
                subject=code,
                due=due,
                owner=owner,
                number=measure.id,
            )
        elif measure.status == MeasureStatus.PROPOSED and measure.required:
            yield _item("RS-WORK-011", Role.RESEARCH_OFFICE, facts, case=case, subject=code, number=measure.id)


def _of_corrections(session: Session, parameters: Parameters) -> Iterator[WorkItem]:
    open_ones = select(Correction).where(Correction.reported_on.is_(None) | Correction.redone_on.is_(None))
    soon = timedelta(days=parameters.integer("correction_report_days"))
    for correction in session.scalars(open_ones.order_by(Correction.id)).all():
        subject = session.get_one(Subject, correction.subject_code)
        facts = {"subject": _shown(subject), "item": correction.item, "day": correction.found_on}
        place: dict[str, Any] = {
            "case": correction.case_number,
            "subject": subject.code,
            "number": correction.id,
        }
        due = correction.found_on + soon
        if correction.reported_on is None:
            yield _item("RS-WORK-013", Role.RESEARCH_OFFICE, facts, due=due, **place)
        if correction.redone_on is None and subject.erased_on is None:
            yield _item("RS-WORK-014", Role.RESEARCH_OFFICE, facts, due=due, **place)


def _of_recruitment(session: Session) -> Iterator[WorkItem]:
    candidates = select(Subject).where(Subject.recruitment, Subject.erased_on.is_(None)).order_by(Subject.code)
    for subject in session.scalars(candidates).all():
        yield _item("RS-WORK-015", Role.RESEARCH_OFFICE, {"subject": _shown(subject)}, subject=subject.code)


def _of_plans(session: Session) -> Iterator[WorkItem]:
    for plan in session.scalars(select(FollowUp).where(FollowUp.done_on.is_(None)).order_by(FollowUp.id)).all():
        subject = session.get(Subject, plan.subject_code) if plan.subject_code else None
        shown = _shown(subject) if subject else plan.case_number or "-"
        facts = {"text": plan.text or plan.kind, "subject": shown}
        case, code = plan.case_number, plan.subject_code
        yield _item("RS-WORK-016", Role(plan.role), facts, case=case, subject=code, due=plan.due, number=plan.id)


def _item(
    code: str,
    role: Role,
    facts: Mapping[str, object],
    *,
    case: str | None = "",
    subject: str | None = "",
    due: date | None = None,
    owner: str = "",
    link: str = "",
    number: int = 0,
) -> WorkItem:
    message = codes.message(code)
    ja, en = message.render_ja(**facts), message.render_en(**facts)
    return WorkItem(code, role, due, case or "", subject or "", ja, en, owner, link, number)


def _form(checklist: str) -> dict[str, object]:
    """Return the title of a form; its key where this installation has it no longer."""
    try:
        form = load_checklist(checklist)
    except DefinitionError:
        return {"form": checklist}
    return {"form_ja": form.title_ja, "form_en": form.title_en}


def _word(measure: AgreedMeasure, language: int) -> str:
    if measure.kind == MeasureKind.OTHER and measure.text:
        texts = measure.text.split(" / ")
        return texts[language] if len(texts) == 2 else measure.text
    return words()[f"measure_kind.{measure.kind}"][language]


def _shown(subject: Subject) -> str:
    return f"{subject.code} {subject.name}" if subject.name else subject.code
