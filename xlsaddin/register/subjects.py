"""Who or what a declaration is about, and in which cases: codes of the office, else what identifies the subject."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from xlsaddin.checklist.answers import FOREVER, Answers, DateSpan, Row, Value
from xlsaddin.checklist.model import Checklist, Kind, Type
from xlsaddin.register.ledger import Ledger, clean_text
from xlsaddin.register.opening import RegisterError
from xlsaddin.register.tables import AgreedMeasure, Case, Correction, FollowUp, Membership, Subject, Submission
from xlsaddin.text.normalize import normalize_name, normalize_width

__all__ = [
    "CODE_LENGTH",
    "CaseFacts",
    "SubjectFacts",
    "cell_text",
    "find_subject",
    "join_case",
    "read_cases",
    "read_subject",
    "save_case",
    "save_member",
    "save_subject",
]

_IDENTIFYING = (Type.ERAD, Type.ORCID, Type.CORPORATE_NUMBER, Type.EMAIL)
"""What tells a subject apart from all others, the surest first. The name of a person never does."""

CODE_LENGTH = 80


@dataclass(frozen=True, slots=True)
class SubjectFacts:
    """What a declaration says about its subject.

    Attributes:
        kind: `person`, else the key of the checklist; code: given by the office, empty when it gave none.
        names: all spellings, the first is shown;
            identities: what finds it without a code; role: in the case, a choice key; recruitment: not hired yet.
        department: as stated, of the main post a person holds now; empty when none is.
    """

    kind: str
    code: str
    names: tuple[str, ...]
    identities: tuple[str, ...]
    role: str = ""
    recruitment: bool = False
    department: str = ""


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What a declaration says about a case it serves."""

    number: str
    title: str = ""
    funder: str = ""
    deadline: date | None = None


def read_subject(checklist: Checklist, answers: Answers, code: str = "") -> SubjectFacts:
    """Return who a declaration is about; `code` is the one its workbook carries, which wins over the cell."""
    role = _value(checklist, answers, "role")
    return SubjectFacts(
        kind="person" if _is_personal(checklist) else checklist.key,
        code=(code.strip() or cell_text(_value(checklist, answers, "subject_id")))[:CODE_LENGTH],
        names=tuple(dict.fromkeys(_names(checklist, answers))),
        identities=tuple(_identities(checklist, answers)),
        role=cell_text(role)[:40],
        recruitment=role == "candidate",
        department=_department(checklist, answers),
    )


def read_cases(checklist: Checklist, answers: Answers) -> Iterator[CaseFacts]:
    """Yield the cases a declaration serves: the rows of its table `cases`, or the one number it names."""
    for row in answers.rows("cases"):
        if number := cell_text(row.value("case_number"))[:CODE_LENGTH]:
            title, funder = cell_text(row.value("case_title")), cell_text(row.value("funder"))
            yield CaseFacts(number, title, funder, first_day(row.value("deadline")))
    if number := cell_text(_value(checklist, answers, "case_number"))[:CODE_LENGTH]:
        title, funder = (cell_text(_value(checklist, answers, key)) for key in ("case_title", "funder"))
        yield CaseFacts(number, title, funder, first_day(_value(checklist, answers, "deadline")))


def find_subject(session: Session, facts: SubjectFacts) -> Subject | None:
    """Return the subject as registered, by the code of the office, else by what identifies it."""
    if facts.code:
        return session.get(Subject, facts.code)
    known = session.scalars(select(Subject).where(Subject.identity.in_(facts.identities))).all()
    by_identity = {subject.identity: subject for subject in known}
    return next((by_identity[identity] for identity in facts.identities if identity in by_identity), None)


def save_subject(ledger: Ledger, facts: SubjectFacts, department: str = "") -> Subject:
    """Return the subject of a declaration, registered now if it was not; raises RegisterError for an erased code."""
    subject = find_subject(ledger.session, facts)
    candidate = facts.recruitment and (subject is None or subject.recruitment)  # nobody is a candidate again
    if subject is None:
        subject = ledger.add(Subject(code=facts.code or _next_code(ledger.session), kind=facts.kind))
        ledger.note("subject.register", subject.code, {"kind": facts.kind}, subject.code)
        if facts.code:
            _take_place(ledger, subject, find_subject(ledger.session, replace(facts, code="")))
    if subject.erased_on is not None:
        raise RegisterError("RS-REG-006", subject=subject.code, day=subject.erased_on)
    if facts.names:
        subject.name, subject.names = facts.names[0], list(facts.names)
    if subject.identity is None and facts.identities and not _taken(ledger.session, facts.identities[0]):
        subject.identity = facts.identities[0]
    subject.recruitment = candidate if facts.role else subject.recruitment
    subject.department = department or subject.department or facts.department  # what the office says comes first
    return subject


def _take_place(ledger: Ledger, subject: Subject, expected: Subject | None) -> None:
    """Put a subject that came with a code in the place of the one that was only expected (see `project_members`)."""
    session = ledger.session
    if expected is None or expected is subject or expected.kind != subject.kind:
        return
    if session.scalar(select(Submission.id).where(Submission.subject_code == expected.code)) is not None:
        return
    for table in (Membership, AgreedMeasure, FollowUp, Correction):
        held = update(table).where(table.subject_code == expected.code)
        session.execute(held.values(subject_code=subject.code))
    ledger.note("subject.merge", f"{expected.code} {subject.code}", {}, subject.code)
    session.delete(expected)
    session.flush()


def join_case(ledger: Ledger, subject: Subject, facts: CaseFacts, role: str = "") -> Membership:
    """Make a subject part of a case, the case being registered if it is not; later facts fill what was blank."""
    case = ledger.session.get(Case, facts.number)
    if case is None:
        case = ledger.add(Case(number=facts.number))
        ledger.note("case.register", case.number, {"title": facts.title, "funder": facts.funder})
    case.title, case.funder = case.title or facts.title, case.funder or facts.funder
    case.deadline = case.deadline or facts.deadline
    member = ledger.session.get(Membership, (case.number, subject.code))
    if member is None:
        member = ledger.add(Membership(case_number=case.number, subject_code=subject.code, role=role))
        ledger.note("case.join", f"{case.number} {subject.code}", {"role": role}, subject.code)
    if role != "candidate" or not member.role:
        member.role = role or member.role
    return member


def save_case(ledger: Ledger, number: str, **facts: Any) -> Case:
    """Register a case or change its facts, given as the columns of `Case`; raises TypeError for another name."""
    case = ledger.session.get(Case, number) or ledger.add(Case(number=number))
    _set(ledger, case, "case.save", number, facts, None)
    return case


def save_member(
    ledger: Ledger,
    case: str,
    code: str,
    *,
    kind: str = "person",
    name: str = "",
    department: str = "",
    **facts: Any,
) -> Membership:
    """Make a subject part of a case, or change its part: role, joined_on, left_on."""
    ledger.find(Case, case)
    known = SubjectFacts(kind, code, (clean_text(name),) if name else (), ())
    subject = save_subject(ledger, known, department)
    member = ledger.session.get(Membership, (case, subject.code))
    member = member or ledger.add(Membership(case_number=case, subject_code=subject.code))
    subject.recruitment = subject.recruitment or facts.get("role") == "candidate"
    _set(ledger, member, "case.member", f"{case} {code}", facts, code)
    return member


def _set(ledger: Ledger, row: Case | Membership, action: str, target: str, facts: Any, subject: str | None) -> None:
    if unknown := set(facts) - set(row.__table__.columns.keys()):
        raise TypeError(f"{type(row).__name__} has no {', '.join(sorted(unknown))}")
    for key, value in facts.items():
        setattr(row, key, clean_text(value) if isinstance(value, str) else value)
    ledger.note(action, target, facts, subject)


def first_day(value: Value) -> date | None:
    """Return the first day of a date as answered."""
    return value.first if isinstance(value, DateSpan) else None


def _names(checklist: Checklist, answers: Answers) -> Iterator[str]:
    for key in (checklist.subject, *checklist.subject_else):
        yield from _spellings(answers.value(key))
    for item in checklist.items:
        if item.kind is Kind.SINGLE and item.screen:
            yield from _spellings(answers.value(item.key))


def _spellings(value: Value) -> Iterator[str]:
    for name in value if isinstance(value, tuple) else (value,):
        if text := cell_text(name):
            yield text


def _department(checklist: Checklist, answers: Answers) -> str:
    if stated := cell_text(_value(checklist, answers, "department")):
        return stated
    posts = [row for row in answers.rows("career") if _goes_on(row) and row.value("department")]
    posts.sort(key=lambda row: row.value("capacity") != "main")
    return cell_text(posts[0].value("department")) if posts else ""


def _goes_on(row: Row) -> bool:
    until = row.value("until")
    return isinstance(until, DateSpan) and until.last == FOREVER


def _identities(checklist: Checklist, answers: Answers) -> Iterator[str]:
    singles = [item for item in checklist.items if item.kind is Kind.SINGLE]
    for kind in _IDENTIFYING:
        for item in singles:
            if item.type is kind and (value := cell_text(answers.value(item.key))) and value != "none":
                yield f"{kind.value}:{value.casefold()}"
    if not _is_personal(checklist):  # a body or paper is known by its name and case
        parts = [cell_text(_value(checklist, answers, "case_number")), *list(_names(checklist, answers))[:1]]
        if name := "/".join(normalize_name(part) for part in parts if part):
            yield f"{checklist.key}:{name}"


def _is_personal(checklist: Checklist) -> bool:
    """Return whether a checklist is a person's own statement: those carry the declarant's ID."""
    return any(item.key == "subject_id" for item in checklist.items)


def _taken(session: Session, identity: str) -> bool:
    return session.scalar(select(Subject.code).where(Subject.identity == identity)) is not None


def _next_code(session: Session) -> str:
    numbers = [code[2:] for code in session.scalars(select(Subject.code).where(Subject.code.like("S-%")))]
    highest = max((int(number) for number in numbers if number.isdigit()), default=0)
    return f"S-{highest + 1:06d}"


def _value(checklist: Checklist, answers: Answers, key: str) -> Value:
    return answers.value(key) if any(item.key == key for item in checklist.items) else None


def cell_text(value: object) -> str:
    """Return a cell as text, cleaned; empty for a blank one."""
    return "" if value is None else clean_text(normalize_width(str(value))).strip()
