"""Sending a form back: the copy, its record, its place in the manifest, and the mail that names every point."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from xlsaddin.errors import XlsAddinError
from xlsaddin.exchange.difference.version import version_of
from xlsaddin.exchange.folders import clear_leftovers, sole_user
from xlsaddin.exchange.mail.draft import Draft, write_draft
from xlsaddin.exchange.mail.journal import Journal
from xlsaddin.exchange.mail.texts import load_text
from xlsaddin.exchange.outbox.delivery import Delivery
from xlsaddin.exchange.outbox.distributing import DRAFTS, ENCRYPTED, GONE
from xlsaddin.exchange.outbox.manifest import Entry, read_manifest, write_manifest
from xlsaddin.exchange.outbox.requests import deadline_text, mail_facts
from xlsaddin.exchange.protection.encryption import encrypt_workbook
from xlsaddin.exchange.protection.passphrases import passphrases_for
from xlsaddin.exchange.release.rebuilding import clean_book
from xlsaddin.exchange.returning.edition import build_returned, returned_copy_id
from xlsaddin.exchange.returning.findings import form_findings
from xlsaddin.exchange.returning.record import write_asked
from xlsaddin.exchange.roster.model import Roster, Subject
from xlsaddin.files import write_bytes
from xlsaddin.findings import Finding
from xlsaddin.parameters import Parameters
from xlsaddin.workbook.read.book import ReadBook, read_workbook

__all__ = ["RETURNS", "Returned", "return_form"]

RETURNS = "returns"


@dataclass(frozen=True, slots=True)
class Returned:
    """What goes back to a subject: the entry of the copy (None when there is nothing to mend), and the points."""

    entry: Entry | None
    findings: tuple[Finding, ...]


def return_form(
    source: Path, outbox: Path, roster: Roster, as_of: date, *, how: Delivery = Delivery.SHARE, due: date | None = None
) -> Returned:
    """Make the copy and the mail that send a form back; a second time the same copy is made again, not another.

    Args:
        source: the workbook as the person sent it. outbox: where it was handed out from. roster: for the mail.
        as_of: the day. how: it travels. due: when it is to be back, some days from now when not given.

    Raises:
        XlsAddinError: for an office edition, or a workbook the outbox or the roster does not know.
    """
    with sole_user(outbox):
        clear_leftovers(outbox, RETURNS, DRAFTS, ENCRYPTED)
        with clean_book(read_workbook(source), outbox, as_of) as book:
            return _send_back(book, outbox, roster, _Terms(as_of, how, due))


@dataclass(frozen=True, slots=True)
class _Terms:
    """The day, how a copy travels, and when it is to be back."""

    as_of: date
    how: Delivery
    due: date | None


def _send_back(book: ReadBook, outbox: Path, roster: Roster, terms: _Terms) -> Returned:
    entries = read_manifest(outbox)
    sent = _sent(entries, book)
    findings = form_findings(book, version_of(book), terms.as_of)
    if not findings:
        return Returned(None, ())
    earlier = _earlier_round(entries, sent, outbox)
    if earlier and earlier.copy_id != returned_copy_id(book.path.read_bytes(), findings):
        raise XlsAddinError("RS-RETURN-004", id=sent.subject_id, file=earlier.file)
    entry = _copy(book, sent, findings, outbox)
    subject = _subject(roster, sent)
    if subject.email:
        entry = _mail(_Letter(entry, subject, roster, book, findings, terms), outbox)
    write_manifest(outbox, [*(other for other in entries if other.file != entry.file), entry])
    return Returned(entry, findings)


def _sent(entries: Sequence[Entry], book: ReadBook) -> Entry:
    """Return the entry of the copy a workbook was written into."""
    for entry in entries:
        if entry.copy_id == book.meta.copy_id:
            return entry
    raise XlsAddinError("RS-RETURN-002", path=book.path.name, id=book.meta.subject_id or "-")


def _earlier_round(entries: Sequence[Entry], sent: Entry, outbox: Path) -> Entry | None:
    """Return the copy of this round whose mail has left: it is what the person works in now."""
    gone = {record.key for record in Journal(outbox).records() if record.state in GONE}
    same = (e for e in entries if (e.subject_id, e.form, e.round) == (sent.subject_id, sent.form, sent.round + 1))
    return next((entry for entry in same if entry.mail in gone), None)


def _subject(roster: Roster, sent: Entry) -> Subject:
    form = "researcher" if sent.form == "integrity" else sent.form
    for subject in roster.subjects:
        if (subject.form, subject.id) == (form, sent.subject_id):
            return subject
    raise XlsAddinError("RS-RETURN-003", id=sent.subject_id)


def _copy(book: ReadBook, sent: Entry, findings: Sequence[Finding], outbox: Path) -> Entry:
    """Put the copy and its record in place."""
    copy_id = returned_copy_id(book.path.read_bytes(), findings)
    number = sent.round + 1
    file = f"{RETURNS}/{sent.form}-{sent.subject_id}-{number}.xlsx"
    content = build_returned(book, findings, copy_id)
    write_bytes(outbox / file, content)
    write_asked((outbox / file).with_suffix(".json"), findings)
    sha256 = hashlib.sha256(content).hexdigest()
    return replace(sent, copy_id=copy_id, sha256=sha256, file=file, encrypted="", mail="", round=number)


@dataclass(frozen=True, slots=True)
class _Letter:
    """Everything the mail of a return is made of."""

    entry: Entry
    subject: Subject
    roster: Roster
    book: ReadBook
    findings: Sequence[Finding]
    terms: _Terms


def _mail(letter: _Letter, outbox: Path) -> Entry:
    """Write the draft of the mail and return the entry with it."""
    entry = letter.entry
    path = outbox / entry.file
    if letter.terms.how is Delivery.ENCRYPT:
        phrase = passphrases_for(outbox, [entry.subject_id])[entry.subject_id]
        entry = replace(entry, encrypted=f"{ENCRYPTED}/{path.name}")
        write_bytes(outbox / entry.encrypted, encrypt_workbook(path.read_bytes(), phrase))
    attached = {Delivery.ATTACH: entry.file, Delivery.ENCRYPT: entry.encrypted}.get(letter.terms.how, "")
    subject_line, body = load_text("return").render(_facts(letter, path.name))
    key = f"{entry.subject_id}/{entry.form}/return-{entry.round}"
    files = [outbox / attached] if attached else []
    notice = letter.roster.notice
    write_draft(
        Draft(key, notice.sender, (letter.subject.email,), subject_line, body, attachments=files),
        outbox / f"{DRAFTS}/{path.stem}.eml",
    )
    Journal(outbox).add(key, f"{DRAFTS}/{path.stem}.eml")
    return replace(entry, mail=key)


def _facts(letter: _Letter, file: str) -> dict[str, object]:
    parameters = Parameters(letter.terms.as_of)
    due = letter.terms.due or letter.terms.as_of + timedelta(days=parameters.integer("return_days"))
    checklist = letter.book.checklist
    return {
        **mail_facts(letter.subject, letter.roster.notice, checklist, file, letter.terms.how, letter.terms.as_of),
        "deadline": deadline_text(due, parameters),
        "count": len(letter.findings),
        "findings_ja": "\n".join(f"・{_place(finding)} {finding.message_ja}" for finding in letter.findings),
        "findings_en": "\n".join(f"- {_place(finding)} {finding.message_en}" for finding in letter.findings),
    }


def _place(finding: Finding) -> str:
    return "!".join(filter(None, (finding.location.sheet, finding.location.cell)))
