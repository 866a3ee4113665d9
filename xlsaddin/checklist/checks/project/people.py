"""Was everybody looked at: the roster by role, due diligence on each, its log, differences asked of the person."""

from __future__ import annotations

from collections.abc import Iterator

from xlsaddin.checklist.answers import Answers, Row
from xlsaddin.checklist.checks.places import (
    Facts,
    cell_place,
    choice_labels,
    clause_of,
    day_text,
    item_place,
    names_anyone,
    read_text,
)
from xlsaddin.checklist.model import Checklist
from xlsaddin.findings import Finding, make_finding


def check_people(checklist: Checklist, answers: Answers) -> Iterator[Finding]:
    """Yield who is missing from the roster and whose due diligence is not on record (3-3(1)(i), 3-3(2)(i))."""
    yield from _check_roles(checklist, answers)
    for row in answers.rows("roster"):
        yield from _check_due_diligence(checklist, answers, row)
    yield from _check_differences(answers)
    yield from _check_inquiries(answers)


def _check_roles(checklist: Checklist, answers: Answers) -> Iterator[Finding]:
    rows = answers.rows("roster")
    roles = [row.value("role") for row in rows]
    joint = answers.value("institution_role") == "joint"
    leader = "co_pi" if joint else "pi"
    if rows and leader not in roles:
        japanese, english = choice_labels(checklist, "person_role", leader)
        clause = clause_of(checklist.item("roster"), answers)
        place = item_place(answers, "roster")
        yield make_finding("RS-PROJECT-005", place, role_ja=japanese, role_en=english, clause=clause)
    if rows and not joint and answers.rows("partners") and "co_pi" not in roles:
        yield make_finding("RS-PROJECT-006", item_place(answers, "roster"), count=len(answers.rows("partners")))
    for row in rows:
        if joint and row.value("role") == "pi":
            yield make_finding("RS-PROJECT-007", cell_place("roster", row, "role"), name=_name(row))


def _check_due_diligence(checklist: Checklist, answers: Answers, row: Row) -> Iterator[Finding]:
    clause = clause_of(checklist.item("roster"), answers)
    state, name = row.value("dd_state"), _name(row)
    if state not in ("done", "partial"):
        yield make_finding("RS-PROJECT-004", cell_place("roster", row, "dd_state"), name=name, clause=clause)
        return
    if not _is_named(row, answers, "dd_log", "person"):
        yield make_finding("RS-PROJECT-028", cell_place("roster", row, "dd_state"), name=name)
    measured = _is_named(row, answers, "measures", "target")
    excused = row.value("measures_needed") == "no" and read_text(row, "remarks")
    if state == "partial" and not measured and not excused:
        yield make_finding("RS-PROJECT-008", cell_place("roster", row, "dd_state"), name=name, clause=clause)
    if row.value("measures_needed") == "yes" and not measured:
        yield make_finding("RS-PROJECT-009", cell_place("roster", row, "measures_needed"), name=name)


def _check_differences(answers: Answers) -> Iterator[Finding]:
    asked = [read_text(row, "person") for row in answers.rows("inquiries")]
    for row in answers.rows("dd_log"):
        person = read_text(row, "person")
        if row.value("difference") == "found" and not names_anyone(asked, [person]):
            yield make_finding("RS-PROJECT-019", cell_place("dd_log", row, "difference"), person=person)


def _check_inquiries(answers: Answers) -> Iterator[Finding]:
    for row in answers.rows("inquiries"):
        if not read_text(row, "answer", "judgement"):
            facts: Facts = {"person": read_text(row, "person"), "asked": day_text(row.value("asked_on"))}
            yield make_finding("RS-PROJECT-020", cell_place("inquiries", row, "answer"), **facts)


def _name(row: Row) -> str:
    return read_text(row, "name", "person_id")


def _is_named(row: Row, answers: Answers, table: str, column: str) -> bool:
    """Say whether a row of another table names this person of the roster, by id or name."""
    texts = [read_text(other, column) for other in answers.rows(table)]
    return names_anyone(texts, [read_text(row, "person_id"), read_text(row, "name")])
