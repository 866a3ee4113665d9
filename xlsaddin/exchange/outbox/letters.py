"""Mails written by hand with facts: inquiry, notice of measures, report of an error to the funder, and the like.

Each is drafted once: the same facts give the same draft. Nothing is sent from here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from xlsaddin.checklist.loading import load_checklist
from xlsaddin.errors import XlsAddinError
from xlsaddin.exchange.folders import sole_user
from xlsaddin.exchange.mail.draft import Draft, write_draft
from xlsaddin.exchange.mail.journal import Journal
from xlsaddin.exchange.mail.texts import load_text
from xlsaddin.exchange.outbox.delivery import Delivery
from xlsaddin.exchange.outbox.distributing import DRAFTS
from xlsaddin.exchange.outbox.requests import deadline_text, mail_facts
from xlsaddin.exchange.roster.model import Roster, Subject
from xlsaddin.parameters import Parameters

__all__ = ["LETTERS", "Letter", "add_working_days", "draft_letter"]

LETTERS = ("inquiry", "measures", "error_report", "institution", "closing")
"""Kinds of mail whose facts a person states."""

_WEEKEND = 5


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter.

    Attributes:
        kind: of `LETTERS`. subject_id: whom it concerns. facts: what its text names, by field.
        to: address, the subject's own when blank. due: by when an answer is wanted.
    """

    kind: str
    subject_id: str
    facts: Mapping[str, str] = field(default_factory=dict)
    to: str = ""
    due: date | None = None


def draft_letter(letter: Letter, roster: Roster, outbox: Path, day: date) -> str:
    """Write the draft of a letter into an outbox and return its key.

    Raises:
        XlsAddinError: for a subject the roster does not have, or too little time for an answer.
        DefinitionError: when a fact its text names is missing.
    """
    subject = _subject(roster, letter.subject_id)
    checklist = load_checklist(subject.form)
    known = mail_facts(subject, roster.notice, checklist, "", Delivery.SHARE, day)
    known |= _deadline(letter, Parameters(day), day)
    english = {
        f"{name}_en": text for name, text in letter.facts.items()
    }  # one text serves both where only one is given
    subject_line, body = load_text(letter.kind).render({**known, **english, **letter.facts})
    digest = hashlib.sha256(f"{subject_line}\0{body}".encode()).hexdigest()[:8]
    key = f"{subject.id}/{subject.form}/{letter.kind}-{digest}"
    draft = Draft(key, roster.notice.sender, (letter.to or subject.email,), subject_line, body)
    file = f"{DRAFTS}/{key.replace('/', '-')}.eml"
    with sole_user(outbox):
        journal = Journal(outbox)
        if key not in {record.key for record in journal.records()}:
            write_draft(draft, outbox / file)
            journal.add(key, file)
    return key


def add_working_days(day: date, count: int) -> date:
    """Return the day that many working days (Monday to Friday) later; public holidays are not known here."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < _WEEKEND
    return day


def _deadline(letter: Letter, parameters: Parameters, day: date) -> dict[str, object]:
    """Return by when an answer is wanted; an inquiry leaves working days enough, or says why not."""
    if letter.kind != "inquiry":
        return {"deadline": deadline_text(letter.due, parameters)} if letter.due else {}
    days = parameters.integer("inquiry_working_days")
    earliest = add_working_days(day, days)
    due, hurry = letter.due or earliest, letter.facts.get("hurry", "")
    if due < earliest and not hurry:
        raise XlsAddinError("RS-MAIL-012", due=due, days=days)
    enough = due >= earliest
    return {
        "deadline": deadline_text(due, parameters),
        "time_given": f"{days}営業日以上" if enough else f"短くお願いする理由: {hurry}",
        "time_given_en": f"at least {days} working days" if enough else f"shorter because: {hurry}",
    }


def _subject(roster: Roster, subject_id: str) -> Subject:
    for subject in roster.subjects:
        if subject.id.casefold() == subject_id.casefold():
            return subject
    raise XlsAddinError("RS-MAIL-014", id=subject_id)
