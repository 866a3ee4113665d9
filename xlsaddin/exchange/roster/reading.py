"""Reading a roster workbook: rows become subjects, several rows of one ID become one subject with all its projects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

from xlsaddin.checklist.answers import Answers, DateSpan, Row
from xlsaddin.checklist.validation import validate_answers
from xlsaddin.checklist.values import read_answers
from xlsaddin.errors import XlsAddinError
from xlsaddin.exchange.roster.checking import check_roster
from xlsaddin.exchange.roster.model import Notice, ResearchCase, Roster, Subject
from xlsaddin.exchange.roster.rows import ID_COLUMNS, case_numbers, is_out_of_scope, plain, written
from xlsaddin.parameters import Parameters
from xlsaddin.workbook.read.book import read_workbook

__all__ = ["CHECKLIST", "read_roster"]

CHECKLIST = "roster"

_FORMS = {"persons": "researcher", "partners": "partner", "supporters": "supporter", "contracts": "contract"}
_NOT_FACTS = ("case_numbers", "form_language", "counterpart")


def read_roster(path: Path, as_of: date) -> Roster:
    """Return what a roster workbook says; raises WorkbookError or XlsAddinError when it is no roster.

    Args:
        path: the workbook. as_of: the day its dates are looked at from.
    """
    book = read_workbook(path)
    if book.checklist.key != CHECKLIST:
        raise XlsAddinError("RS-ROSTER-001", path=path.name, kind=book.checklist.title_ja)
    answers = read_answers(book.checklist, book.answers)
    notice = Notice(**{field.name: _text(answers, field.name) for field in fields(Notice)})
    cases = tuple(_case(row) for row in answers.rows("cases"))
    subjects = tuple(_merged(_subjects(answers, {case.number: case for case in cases}, notice)))
    findings = (*book.findings, *validate_answers(book.checklist, answers, Parameters(as_of)))
    findings += tuple(check_roster(answers, cases, subjects, as_of))
    return Roster(notice, cases, subjects, findings)


def _text(answers: Answers, key: str) -> str:
    return plain(answers.answer(key).cell.raw)


def _case(row: Row) -> ResearchCase:
    year, deadline = row.value("application_year"), row.value("deadline")
    return ResearchCase(
        number=written(row, "case_number"),
        title=written(row, "case_title"),
        programme=written(row, "programme"),
        funder=written(row, "funder"),
        application_year=int(year) if isinstance(year, (int, float)) else None,
        deadline=deadline.last if isinstance(deadline, DateSpan) else None,
        profile=written(row, "profile") or "default",
    )


def _subjects(answers: Answers, cases: Mapping[str, ResearchCase], notice: Notice) -> Iterator[Subject]:
    """Yield the subject of every row that gets a form."""
    for table, form in _FORMS.items():
        for row in answers.rows(table):
            if not is_out_of_scope(table, row):
                yield _subject(row, table, form, cases, notice)


def _subject(row: Row, table: str, form: str, cases: Mapping[str, ResearchCase], notice: Notice) -> Subject:
    own = tuple(cases[number] for number in case_numbers(row) if number in cases)
    language = row.value("form_language")
    id_column = ID_COLUMNS[table]
    return Subject(
        id=written(row, id_column),
        form=form,
        name=written(row, "name_ja") or written(row, "name") or written(row, "name_en"),
        email=written(row, "email"),
        language=language if isinstance(language, str) else "both",
        cases=own,
        facts={**_notice_facts(notice), **_row_facts(row), **_case_facts(own)},
        location=row.cell(id_column).location,
    )


def _row_facts(row: Row) -> dict[str, object]:
    facts = {key: cell.raw for key, cell in row.cells.items() if key not in _NOT_FACTS and not cell.blank}
    bodies = row.value("counterpart")
    if isinstance(bodies, tuple):
        facts["parties"] = [
            {"name_en" if body.isascii() else "name_ja": body, "party_role": "相手方"} for body in bodies
        ]
    return facts


def _notice_facts(notice: Notice) -> dict[str, object]:
    return {
        "institution_role": notice.institution_role,
        "institution_kind": notice.institution_kind,
        "notice_institution": notice.institution,
        "notice_recipients": notice.recipients,
        "notice_retention": notice.retention,
        "notice_contact": notice.contact,
        "recipient_abroad": notice.recipient_abroad,
    }


def _case_facts(cases: Iterable[ResearchCase]) -> dict[str, object]:
    listed = list(cases)
    years = [case.application_year for case in listed if case.application_year is not None]
    rows = [
        {
            "case_number": case.number,
            "case_title": case.title or None,
            "funder": case.funder or None,
            "application_year": case.application_year,
            "deadline": case.deadline,
        }
        for case in listed
    ]
    return {
        "case_number": "; ".join(case.number for case in listed),
        "application_year": min(years, default=None),
        "year": min(years, default=None),
        "cases": rows,
    }


def _merged(subjects: Iterable[Subject]) -> Iterator[Subject]:
    """Yield each subject once: rows with the same ID are one subject with the projects of all."""
    found: dict[tuple[str, str], Subject] = {}
    for subject in subjects:
        key = subject.form, subject.id.casefold()
        first = found.get(key)
        if first is None:
            found[key] = subject
            continue
        cases = tuple(dict.fromkeys((*first.cases, *subject.cases)))
        facts = {**subject.facts, **first.facts, **_case_facts(cases)}
        found[key] = replace(first, cases=cases, facts=facts)
    yield from found.values()
