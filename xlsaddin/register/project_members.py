"""Who and what a project's workbook names: its case, roster, partners, supporters, contracts, people added since.

They are expected from then on, whether or not anything came in from them. Nobody leaves because a row is gone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from xlsaddin.checklist.answers import Row
from xlsaddin.findings import Finding, make_finding
from xlsaddin.register.ledger import Ledger
from xlsaddin.register.opening import RegisterError
from xlsaddin.register.people import name_keys
from xlsaddin.register.subjects import (
    CaseFacts,
    SubjectFacts,
    cell_text,
    find_subject,
    first_day,
    join_case,
    save_case,
    save_subject,
)
from xlsaddin.register.tables import Case, Membership, Subject
from xlsaddin.review_model import Review
from xlsaddin.text.normalize import normalize_name

__all__ = ["find_member", "take_over_case", "take_over_members"]

_BODIES = {
    "partners": ("partner", "name"),
    "supporters": ("supporter", "name"),
    "contracts": ("contract", "contract_no"),
}
"""Tables of the project form: kind of the subject, column that identifies it within the case."""

_OVER = frozenset({"ended", "rejected"})


def take_over_case(ledger: Ledger, number: str, review: Review) -> None:
    """Take over what the cover says about the case; only what differs is written."""
    answers = review.answers
    phase = str(answers.value("phase") or "")
    stated = {
        "title": cell_text(answers.value("case_title")),
        "funder": cell_text(answers.value("funder")),
        "role": str(answers.value("institution_role") or ""),
        "profile": review.profile,
        "deadline": first_day(answers.value("deadline")),
        "started_on": first_day(answers.value("started_on")),
    }
    case = ledger.session.get(Case, number) or save_case(ledger, number)
    facts: dict[str, object] = {key: value for key, value in stated.items() if value and getattr(case, key) != value}
    if phase in _OVER and case.closed_on is None:
        facts["closed_on"] = review.as_of  # the day it was known here: the form asks for no other
    if facts:
        save_case(ledger, number, **facts)


def take_over_members(ledger: Ledger, number: str, review: Review) -> Iterator[Finding]:
    """Register everyone and everything a project's workbook names; yield what cannot be, and who is not on the roster.

    A name never identifies a person: somebody without an ID who has not declared cannot be registered.
    """
    people = [*_rows(review, "roster"), *_rows(review, "additions")]
    for row, table in people:
        yield from _join_person(ledger, number, row, table)
    for table, (kind, column) in _BODIES.items():
        for row, _ in _rows(review, table):
            if row.value("needed") != "no" and (name := cell_text(row.value(column))):
                _join_body(ledger, number, kind, name, cell_text(row.value("name")))
    if review.answers.rows("roster"):
        named = [find_member(ledger.session, number, _person(row, table)) for row, table in people]
        yield from _not_on_roster(ledger.session, number, {one.code for one in named if one}, review)


def find_member(session: Session, number: str, text: str) -> Subject | None:
    """Return the member of a case that a cell names: by code, else by the only name that fits."""
    members = session.scalars(
        select(Subject)
        .join(Membership, Membership.subject_code == Subject.code)
        .where(Membership.case_number == number, Subject.erased_on.is_(None))
    ).all()
    by_code = {member.code.casefold(): member for member in members}
    if text.casefold() in by_code:
        return by_code[text.casefold()]
    found = [member for member in members if _is_called(member, text)]
    return found[0] if len(found) == 1 else None


def _rows(review: Review, table: str) -> list[tuple[Row, str]]:
    return [(row, table) for row in review.answers.rows(table)]


def _person(row: Row, table: str) -> str:
    if table == "additions":
        return cell_text(row.value("person"))
    return cell_text(row.value("person_id")) or cell_text(row.value("name"))


def _join_person(ledger: Ledger, number: str, row: Row, table: str) -> Iterator[Finding]:
    code, name = cell_text(row.value("person_id")), cell_text(row.value("name"))
    known = find_member(ledger.session, number, _person(row, table)) or ledger.session.get(Subject, code)
    if not code and known is None:
        place = row.cell("name" if table == "roster" else "person").location
        if table == "roster" or _person(row, table):
            yield make_finding("RS-REG-024", place, name=name or _person(row, table))
        return
    try:
        called = (name,) if name and known is None else ()  # spellings in a declaration are more than a roster has
        subject = save_subject(ledger, SubjectFacts("person", known.code if known else code, called, ()))
    except RegisterError as refused:
        yield refused.at(row.cell("person_id").location)
        return
    role = str(row.value("role") or "")
    member = join_case(ledger, subject, CaseFacts(number), role)
    subject.recruitment = subject.recruitment or (known is None and role == "candidate")
    _set_joined(ledger, member, first_day(row.value("joined_on")))


def _set_joined(ledger: Ledger, member: Membership, joined: date | None) -> None:
    if joined and member.joined_on != joined:
        member.joined_on = joined
        code = member.subject_code
        ledger.note("case.member", f"{member.case_number} {code}", {"joined_on": joined}, code)


def _join_body(ledger: Ledger, number: str, kind: str, key: str, name: str) -> None:
    known = find_member(ledger.session, number, key)
    if known is None or known.kind != kind:
        identity = f"{kind}:{normalize_name(number)}/{normalize_name(key)}"
        names = tuple(dict.fromkeys(filter(None, (key, name))))
        facts = SubjectFacts(kind, "", names, (identity,))
        known = find_subject(ledger.session, facts) or save_subject(ledger, facts)
    if known.erased_on is None:
        join_case(ledger, known, CaseFacts(number))


def _not_on_roster(session: Session, number: str, named: set[str], review: Review) -> Iterator[Finding]:
    rows = session.execute(
        select(Membership, Subject)
        .join(Subject, Subject.code == Membership.subject_code)
        .where(Membership.case_number == number, Subject.kind == "person", Subject.erased_on.is_(None))
        .order_by(Subject.code)
    )
    place = review.answers.answer("roster").status_cell.location
    for member, subject in rows:
        left = member.left_on is not None and member.left_on <= review.as_of
        if subject.code not in named and not left:
            yield make_finding("RS-REG-025", place, subject=subject.code, case=number)


def _is_called(member: Subject, text: str) -> bool:
    if member.kind == "person":
        return any(name_keys(name) & name_keys(text) for name in member.names or ())
    return normalize_name(text) in {normalize_name(name) for name in member.names or ()}
