"""Checks of a roster that its columns alone cannot make: IDs, projects, the same person under two IDs."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from xlsaddin.checklist.answers import Answers, Row
from xlsaddin.checklist.profiles import profile_names
from xlsaddin.exchange.roster.model import ResearchCase, Subject
from xlsaddin.exchange.roster.rows import ID_COLUMNS, case_numbers, is_out_of_scope, written
from xlsaddin.findings import Finding, Location, make_finding

__all__ = ["check_roster"]

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
"""What may become part of a file name and of the subject of a mail: safe on Windows, readable everywhere."""

_TELLING = ("email", "orcid", "erad")


def check_roster(
    answers: Answers, cases: Sequence[ResearchCase], subjects: Iterable[Subject], as_of: date
) -> Iterator[Finding]:
    """Yield what must be mended before anything can be sent, and what should be looked at."""
    yield from _check_cases(answers.rows("cases"), cases, as_of)
    known = {case.number for case in cases}
    for table, column in ID_COLUMNS.items():
        for row in answers.rows(table):
            if not is_out_of_scope(table, row):
                yield from _check_row(row, column, known)
    persons = answers.rows("persons")
    yield from _check_names_in_ids(persons)
    yield from _check_same_id(persons)
    yield from _check_same_person(persons)
    yield from _check_across_forms(subjects)


def _check_cases(rows: Sequence[Row], cases: Sequence[ResearchCase], as_of: date) -> Iterator[Finding]:
    counts = Counter(case.number for case in cases)
    for row, case in zip(rows, cases, strict=True):
        place = row.cell("case_number").location
        if not _ID.fullmatch(case.number):
            yield make_finding("RS-ROSTER-003", place, value=case.number)
        elif counts[case.number] > 1:
            yield make_finding("RS-ROSTER-004", place, value=case.number)
        if case.deadline is None:
            yield make_finding("RS-ROSTER-010", row.cell("deadline").location, case=case.number)
        elif case.deadline < as_of:
            yield make_finding("RS-ROSTER-005", row.cell("deadline").location, deadline=case.deadline, day=as_of)
        if case.profile not in profile_names():
            known = ", ".join(profile_names())
            yield make_finding("RS-ROSTER-006", row.cell("profile").location, value=case.profile, known=known)


def _check_row(row: Row, id_column: str, known: set[str]) -> Iterator[Finding]:
    if not _ID.fullmatch(written(row, id_column)):
        yield make_finding("RS-ROSTER-003", row.cell(id_column).location, value=written(row, id_column))
    place = row.cell("case_numbers").location
    numbers = case_numbers(row)
    if not numbers:
        yield make_finding("RS-ROSTER-011", row.cell(id_column).location, id=written(row, id_column))
    for number in numbers:
        if number not in known:
            yield make_finding("RS-ROSTER-007", place, value=number)


def _check_names_in_ids(rows: Iterable[Row]) -> Iterator[Finding]:
    """Yield IDs that hold a part of the person's name: they stand in file names that others see."""
    for row in rows:
        code = written(row, "subject_id").casefold()
        words = re.findall(r"[a-z]{3,}", f"{written(row, 'name')} {written(row, 'email').partition('@')[0]}".casefold())
        if any(word in code for word in words):
            yield make_finding("RS-ROSTER-003", row.cell("subject_id").location, value=written(row, "subject_id"))


def _check_same_id(rows: Iterable[Row]) -> Iterator[Finding]:
    """Yield rows that use the ID of another person: the same ID is right only for one and the same address."""
    first: dict[str, str] = {}
    for row in rows:
        code, email = written(row, "subject_id").casefold(), written(row, "email").casefold()
        if code and first.setdefault(code, email) != email:
            yield make_finding("RS-ROSTER-004", row.cell("subject_id").location, value=written(row, "subject_id"))


def _check_same_person(rows: Iterable[Row]) -> Iterator[Finding]:
    """Yield rows with another ID that share an address or number: one person gets one workbook."""
    seen: dict[tuple[str, str], str] = {}
    for row in rows:
        code = written(row, "subject_id")
        for key in _TELLING:
            value = row.value(key)
            if isinstance(value, str) and value and row.cell(key).fault is None:
                other = seen.setdefault((key, value.casefold()), code)
                if other.casefold() != code.casefold() and _is_number(key, value):
                    yield make_finding("RS-ROSTER-008", row.cell(key).location, id=code, other=other, value=value)


def _is_number(key: str, value: str) -> bool:
    """Return False for what many share: 「なし」 in the column of a number."""
    return key == "email" or any(character.isdigit() for character in value)


def _check_across_forms(subjects: Iterable[Subject]) -> Iterator[Finding]:
    """Yield IDs that a person and a body, say, have in common: one ID is one subject in the register."""
    places: defaultdict[str, dict[str, Location]] = defaultdict(dict)
    for subject in subjects:
        places[subject.id.casefold()][subject.form] = subject.location
    for code, found in places.items():
        if code and len(found) > 1:
            yield make_finding("RS-ROSTER-009", list(found.values())[-1], value=code)
