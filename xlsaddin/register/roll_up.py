"""A case as a whole: who takes part, who has declared, the overall level, what is still missing, which measures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from xlsaddin.assessment.model import Level, State
from xlsaddin.register.opening import RegisterError
from xlsaddin.register.tables import AgreedMeasure, Case, Membership, Result, Subject, Submission

__all__ = ["CaseOverview", "DueDiligence", "Member", "case_overview", "members_of"]

_STATES = (State.FINAL, State.PROVISIONAL, State.INCONCLUSIVE)
_DECLARATION = "researcher"


class DueDiligence(StrEnum):
    """How far due diligence on a subject has come, in the words funders ask for."""

    DONE = "done"  # 実施した
    PARTIAL = "partial"  # 実施したが一部の情報は取得できなかった
    NOT_DONE = "not_done"  # 実施していない


@dataclass(frozen=True, slots=True)
class Member:
    """One subject of a case with its newest result, None where nothing came in.

    Attributes:
        code, kind, name, department, role: who; joined_on, left_on: when.
        version, declared_on: of the newest declaration, 0 and None without one.
        result: newest; due_diligence: how far.
    """

    code: str
    kind: str
    name: str | None
    department: str
    role: str
    recruitment: bool
    joined_on: date | None
    left_on: date | None
    version: int
    declared_on: date | None
    result: Result | None
    due_diligence: DueDiligence

    @property
    def layers(self) -> tuple[tuple[str, str, str], ...]:
        """Institution, level and state of each result, where two institutions check the same Co-PI; else empty."""
        found = (self.result.content or {}).get("layers", ()) if self.result else ()
        return tuple((one["layer"], one["level"], one["state"]) for one in found)

    def waiting(self, role: str) -> int:
        """Return how many listed bodies wait for a judgement of an institution of this role."""
        layers = (self.result.content or {}).get("layers", ()) if self.result else ()
        own = self.result.to_judge if self.result else 0
        return next((int(one["to_judge"]) for one in layers if one["layer"] == role), own)

    def standing(self, role: str) -> tuple[str, str] | None:
        """Return level and state as an institution of this role (`lead`, `joint`) has them, None without a result."""
        if self.result is None:
            return None
        own = (self.result.level, self.result.state)
        return next(((level, state) for layer, level, state in self.layers if layer == role), own)

    @property
    def shown(self) -> str:
        """The code and, while it is kept, the name."""
        return f"{self.code} {self.name}" if self.name else self.code


@dataclass(frozen=True, slots=True)
class CaseOverview:
    """One case as of a day.

    Attributes:
        number, title, funder, role, deadline: of the case; days_left: to the deadline, None without one.
        members: everyone and everything checked in it who has not left; missing: those without a declaration.
        level: the highest of all results, None while there is none; state: the least certain one, provisional while
            somebody is missing. gaps: what a must clause still asks for, as (subject, what), see `Gap`.
        measures: proposed and agreed ones.
    """

    number: str
    title: str
    funder: str
    role: str
    deadline: date | None
    days_left: int | None
    members: tuple[Member, ...]
    level: Level | None
    state: State
    gaps: tuple[tuple[str, Gap], ...]
    measures: tuple[AgreedMeasure, ...]

    @property
    def missing(self) -> tuple[Member, ...]:
        """Members of whom no declaration came in."""
        return tuple(member for member in self.members if member.result is None)


class Gap(StrEnum):
    """What a must clause still asks for."""

    NO_DECLARATION = "no_declaration"
    REQUIRED_BLANK = "required_blank"
    TO_JUDGE = "to_judge"
    DIFFERENCE_OPEN = "difference_open"
    INCONCLUSIVE = "inconclusive"
    MEASURE_OPEN = "measure_open"


def case_overview(session: Session, number: str, as_of: date) -> CaseOverview:
    """Return a case as of a day; raises RegisterError for one that is not registered."""
    case = session.get(Case, number)
    if case is None:
        raise RegisterError("RS-REG-005", kind="case", key=number)
    members = tuple(members_of(session, number, as_of))
    measures = session.scalars(
        select(AgreedMeasure).where(AgreedMeasure.case_number == number).order_by(AgreedMeasure.id)
    ).all()
    standing = [member.standing(case.role) for member in members]
    levels = [Level[found[0].upper()] for found in standing if found]
    return CaseOverview(
        number=case.number,
        title=case.title,
        funder=case.funder,
        role=case.role,
        deadline=case.deadline,
        days_left=(case.deadline - as_of).days if case.deadline else None,
        members=members,
        level=max(levels, default=None),
        state=_state(standing),
        gaps=tuple((member.code, gap) for member in members for gap in _gaps(member, measures, case.role)),
        measures=tuple(measures),
    )


def members_of(session: Session, number: str, as_of: date) -> Iterable[Member]:
    """Yield who and what is checked in a case on a day, by code; those who left or were erased are not."""
    rows = session.execute(
        select(Membership, Subject)
        .join(Subject, Subject.code == Membership.subject_code)
        .where(Membership.case_number == number, Subject.erased_on.is_(None))
        .order_by(Subject.code)
    )
    for membership, subject in rows.all():
        if membership.left_on is None or membership.left_on > as_of:
            yield _member(session, membership, subject)


def _member(session: Session, membership: Membership, subject: Subject) -> Member:
    checklist = _DECLARATION if subject.kind == "person" else subject.kind
    result = session.scalars(
        select(Result).where(Result.subject_code == subject.code, Result.checklist == checklist, Result.newest)
    ).first()
    submission = session.get(Submission, result.submission_id) if result else None
    return Member(
        code=subject.code,
        kind=subject.kind,
        name=subject.name,
        department=subject.department,
        role=membership.role,
        recruitment=subject.recruitment,
        joined_on=membership.joined_on,
        left_on=membership.left_on,
        version=submission.version if submission else 0,
        declared_on=(submission.stated_on or submission.received_at.date()) if submission else None,
        result=result,
        due_diligence=_due_diligence(result),
    )


def _due_diligence(result: Result | None) -> DueDiligence:
    if result is None or result.state != State.FINAL:
        return DueDiligence.NOT_DONE
    items = (result.content or {}).get("items", ())
    missing = any(status in ("not_obtainable", "partly") for _, status, *_ in items)
    return DueDiligence.PARTIAL if missing else DueDiligence.DONE


def _state(standing: Iterable[tuple[str, str] | None]) -> State:
    states = [State(found[1]) if found else State.PROVISIONAL for found in standing]
    return max(states, key=_STATES.index, default=State.PROVISIONAL)


def _gaps(member: Member, measures: Iterable[AgreedMeasure], role: str) -> Iterable[Gap]:
    result = member.result
    if result is None:
        yield Gap.NO_DECLARATION
        return
    if result.must_filled < result.must_total:
        yield Gap.REQUIRED_BLANK
    if member.waiting(role):
        yield Gap.TO_JUDGE
    if result.differences:
        yield Gap.DIFFERENCE_OPEN
    if result.state == State.INCONCLUSIVE:  # the same lists serve both institutions
        yield Gap.INCONCLUSIVE
    if any(one.subject_code == member.code and one.required and one.status == "proposed" for one in measures):
        yield Gap.MEASURE_OPEN
