"""After the start: measures followed up, people added, calls closed, errors reported, examples passed on (3-5)."""

from __future__ import annotations

from collections.abc import Iterator

from xlsaddin.checklist.answers import Answers, Row
from xlsaddin.checklist.checks.places import Facts, cell_place, day_text, is_before, item_place, read_text
from xlsaddin.findings import Finding, make_finding

_IN_FORCE = ("running", "done")


def check_afterwards(answers: Answers) -> Iterator[Finding]:
    """Yield what clause 3-5 asks for and the record does not show."""
    if answers.value("phase") in ("started", "ended"):
        yield from _check_follow_up(answers)
        for row in answers.rows("additions"):
            yield from _check_addition(row)
    for row in answers.rows("corrections"):
        yield from _check_correction(row)
    for row in answers.rows("recruitment"):
        if row.value("result") == "not_hired" and row.cell("discarded_on").blank:
            place = cell_place("recruitment", row, "discarded_on")
            yield make_finding("RS-PROJECT-022", place, call=read_text(row, "call_no"))
    for row in answers.rows("lessons"):
        if _is_provided_too_early(row):
            place = cell_place("lessons", row, "anonymized")
            yield make_finding("RS-PROJECT-023", place, content=read_text(row, "content"))


def _check_follow_up(answers: Answers) -> Iterator[Finding]:
    in_force = [row for row in answers.rows("measures") if row.value("state") in _IN_FORCE]
    if in_force and not answers.rows("follow_ups"):
        yield make_finding("RS-PROJECT-024", item_place(answers, "follow_ups"), count=len(in_force))
    for row in answers.rows("follow_ups"):
        if row.value("state") == "not_kept" and not read_text(row, "action"):
            place = cell_place("follow_ups", row, "action")
            yield make_finding("RS-PROJECT-025", place, target=read_text(row, "target"))


def _check_addition(row: Row) -> Iterator[Finding]:
    person, done, joined = read_text(row, "person"), row.value("dd_on"), row.value("joined_on")
    place = cell_place("additions", row, "dd_on")
    if row.cell("dd_on").blank:
        yield make_finding("RS-PROJECT-017", place, person=person)
    elif is_before(joined, done):
        yield make_finding("RS-PROJECT-018", place, person=person, dd=day_text(done), joined=day_text(joined))


def _check_correction(row: Row) -> Iterator[Finding]:
    facts: Facts = {"person": read_text(row, "person"), "item": read_text(row, "item")}
    found = row.value("found_on")
    steps = (
        ("reported_on", "RS-PROJECT-014", "資金配分機関への報告日", "Day of the report to the funder"),
        ("dd_redone_on", "RS-PROJECT-015", "DD再実施日", "Day of the renewed due diligence"),
    )
    for column, missing, japanese, english in steps:
        place = cell_place("corrections", row, column)
        if row.cell(column).blank:
            yield make_finding(missing, place, **facts)
        elif is_before(row.value(column), found):
            days: Facts = {"day": day_text(row.value(column)), "found": day_text(found)}
            yield make_finding("RS-PROJECT-016", place, label_ja=japanese, label_en=english, **days)


def _is_provided_too_early(row: Row) -> bool:
    """Say whether an example left the institution although it may not, or before it was anonymised."""
    if row.cell("provided_on").blank:
        return False
    permitted = row.value("providable")
    return permitted == "no" or (permitted == "anonymized" and row.value("anonymized") != "done")
