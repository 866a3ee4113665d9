"""Measures and the funder's requests: never before their cause, shown by evidence, answered in time (3-4)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from xlsaddin.checklist.answers import Answers, DateSpan, Row
from xlsaddin.checklist.checks.places import cell_place, choice_labels, day_text, is_before, read_text
from xlsaddin.checklist.model import Checklist
from xlsaddin.findings import Finding, make_finding
from xlsaddin.parameters import Parameters


def check_measures(checklist: Checklist, answers: Answers, parameters: Parameters) -> Iterator[Finding]:
    """Yield measures that do not fit their facts, and requests of the funder without a response."""
    for row in answers.rows("measures"):
        yield from _check_measure(checklist, row)
    for row in answers.rows("funder_contacts"):
        yield from _check_request(row, parameters.as_of)


def _check_measure(checklist: Checklist, row: Row) -> Iterator[Finding]:
    started, found = row.value("started_on"), row.value("cause_on")
    if is_before(started, found):
        place = cell_place("measures", row, "started_on")
        yield make_finding("RS-PROJECT-010", place, started=day_text(started), found=day_text(found))
    if row.value("state") in ("running", "done") and not read_text(row, "evidence"):
        japanese, english = choice_labels(checklist, "measure_state", row.value("state"))
        content = read_text(row, "content", "measure")
        place = cell_place("measures", row, "evidence")
        yield make_finding("RS-PROJECT-011", place, content=content, state_ja=japanese, state_en=english)


def _check_request(row: Row, as_of: date) -> Iterator[Finding]:
    if row.value("kind") != "request" or read_text(row, "response"):
        return
    due = row.value("due_on")
    overdue = isinstance(due, DateSpan) and due.last < as_of
    yield make_finding(
        "RS-PROJECT-012" if overdue else "RS-PROJECT-013",
        cell_place("funder_contacts", row, "response"),
        received=day_text(row.value("received_on")),
        due=day_text(due),
    )
