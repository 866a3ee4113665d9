"""Mails after the request: reminders to those who have not answered, receipts to those who have. Each is made once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from xlsaddin.checklist.loading import load_checklist
from xlsaddin.errors import XlsAddinError
from xlsaddin.exchange.folders import sole_user
from xlsaddin.exchange.mail.clock import JAPAN
from xlsaddin.exchange.mail.draft import Draft, write_draft
from xlsaddin.exchange.mail.journal import Journal
from xlsaddin.exchange.mail.texts import load_text
from xlsaddin.exchange.outbox.delivery import Delivery
from xlsaddin.exchange.outbox.distributing import DRAFTS, GONE
from xlsaddin.exchange.outbox.manifest import Entry, read_manifest
from xlsaddin.exchange.outbox.requests import mail_facts
from xlsaddin.exchange.roster.model import Roster, Subject
from xlsaddin.parameters import Parameters
from xlsaddin.workbook.meta import Edition

__all__ = ["draft_follow_ups"]

_REPORT = "collected.json"
_UNTOUCHED = "RS-COLLECT-018"
"""A form that came back as it was handed out is no answer to thank for."""


def draft_follow_ups(roster: Roster, outbox: Path, collected: Path, day: date) -> tuple[str, ...]:
    """Make the reminders and receipts that are due on a day; return the keys of the new drafts.

    Reminders go only to those who were sent a request, have not answered, and are 7, 3 or 1 days from their deadline.

    Args:
        roster: names, addresses, notice. outbox: where the forms were handed out from.
        collected: folder of what came back. day: today.

    Raises:
        XlsAddinError: when nothing was collected there yet.
    """
    with sole_user(outbox):
        journal = Journal(outbox)
        known = {record.key: record.state for record in journal.records()}
        sent = {key for key, state in known.items() if state in GONE}
        report = _read_report(collected)
        drafts = [*_reminders(roster, outbox, report, day, sent), *_receipts(roster, outbox, report, day)]
        fresh = [draft for draft in drafts if draft.key not in known]
        for draft in fresh:
            file = f"{DRAFTS}/{draft.key.replace('/', '-')}.eml"
            write_draft(draft, outbox / file)
            journal.add(draft.key, file)
    return tuple(draft.key for draft in fresh)


def _read_report(collected: Path) -> Mapping[str, Any]:
    try:
        content: Mapping[str, Any] = json.loads((collected / _REPORT).read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise XlsAddinError("RS-OUTBOX-003", path=collected, reason=type(problem).__name__) from None
    return content


def _reminders(roster: Roster, outbox: Path, report: Mapping[str, Any], day: date, sent: set[str]) -> Iterator[Draft]:
    missing = {(one["subject"], one["form"]) for one in report["missing"]}
    wanted = {int(text) for text in Parameters(day).texts("reminder_days")}
    for entry, subject in _asked(roster, outbox):
        days = (subject.deadline - day).days if subject.deadline else 0
        if (entry.subject_id, entry.form) in missing and entry.mail in sent and days in wanted:
            yield _draft(roster, entry, subject, day, "reminder", f"reminder-{days}", {"days": days})


def _receipts(roster: Roster, outbox: Path, report: Mapping[str, Any], day: date) -> Iterator[Draft]:
    accepted = {
        (one["subject"], one["form"]): one
        for one in report["files"]
        if one["state"] == "accepted" and one["edition"] == Edition.RESPONDENT and one["code"] != _UNTOUCHED
    }
    for entry, subject in _asked(roster, outbox):
        if one := accepted.get((entry.subject_id, entry.form)):
            number = one["copy"][:8]
            seen_at = datetime.fromisoformat(one["seen_at"]).astimezone(JAPAN)
            version = _version(report, entry)
            facts = {"receipt": number, "received_at": f"{seen_at:%Y/%m/%d %H:%M} JST", "version": version}
            yield _draft(roster, entry, subject, day, "receipt", f"receipt-{number}", facts)


def _version(report: Mapping[str, Any], entry: Entry) -> int:
    """Return which version of its form a subject has handed in: 1 for the first, counted up by each that differs."""
    versions = {
        one["copy"]
        for one in report["files"]
        if (one["subject"], one["form"], one["edition"]) == (entry.subject_id, entry.form, Edition.RESPONDENT)
        and one["state"] in ("accepted", "superseded")
    }
    return len(versions)


def _asked(roster: Roster, outbox: Path) -> Iterator[tuple[Entry, Subject]]:
    """Yield each first copy handed out, with its subject as the roster has it and an address to write to."""
    for entry in read_manifest(outbox):
        form = "researcher" if entry.form == "integrity" else entry.form
        subject = next((one for one in roster.subjects if (one.form, one.id) == (form, entry.subject_id)), None)
        if entry.round == 1 and subject is not None and subject.email:
            yield entry, subject


def _draft(
    roster: Roster, entry: Entry, subject: Subject, day: date, text: str, suffix: str, more: Mapping[str, object]
) -> Draft:
    checklist = load_checklist(entry.form)
    facts = mail_facts(subject, roster.notice, checklist, Path(entry.file).name, Delivery.SHARE, day)
    subject_line, body = load_text(text).render({**facts, **more})
    key = f"{entry.subject_id}/{entry.form}/{suffix}"
    return Draft(key, roster.notice.sender, (subject.email,), subject_line, body)
