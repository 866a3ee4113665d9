"""Filling an outbox from a roster. Every step is whole or not at all, so a run that was stopped is simply run again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from xlsaddin.errors import WorkbookError, XlsAddinError
from xlsaddin.exchange.folders import clear_leftovers, sole_user
from xlsaddin.exchange.mail.draft import Draft, write_draft
from xlsaddin.exchange.mail.journal import Journal, Sending
from xlsaddin.exchange.outbox.delivery import Delivery
from xlsaddin.exchange.outbox.manifest import Entry, read_manifest, write_manifest
from xlsaddin.exchange.outbox.requests import passphrase_draft, request_draft
from xlsaddin.exchange.outbox.workbooks import Issue, build_issue, plan_issue
from xlsaddin.exchange.prefill.filling import Known
from xlsaddin.exchange.protection.encryption import decrypt_workbook, encrypt_workbook
from xlsaddin.exchange.protection.passphrases import passphrases_for
from xlsaddin.exchange.roster.model import Notice, Roster, Subject
from xlsaddin.exchange.settings import load_switches
from xlsaddin.files import write_bytes
from xlsaddin.findings import Severity
from xlsaddin.workbook.opening import open_package
from xlsaddin.workbook.read.book_cells import BookCells
from xlsaddin.workbook.read.meta import read_meta
from xlsaddin.workbook.structure import Structure

__all__ = ["DRAFTS", "ENCRYPTED", "GONE", "WORKBOOKS", "Distribution", "Terms", "distribute"]

WORKBOOKS, ENCRYPTED, DRAFTS = "workbooks", "encrypted", "drafts"
_NEEDED = ("institution", "retention", "office", "sender", "contact", "recipients", "return_way", "verify")
_LABELS = dict(zip(_NEEDED, ("機関の名称", "保存期間", "差出人の部署", "差出人のメール", "問い合わせの窓口", "提供先",
                             "返送方法", "本物か確かめられる場所"), strict=True))  # fmt: skip
GONE = (Sending.SENT, Sending.IN_FLIGHT, Sending.UNKNOWN, Sending.HANDED_OVER)
"""States of a mail that has left, or may have."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How a roster is handed out.

    Attributes:
        as_of: the day. how: share, attach or encrypt. known: what may be filled in beforehand.
        person_form: the form persons get, `researcher` or `integrity`.
    """

    as_of: date
    known: Known
    how: Delivery = Delivery.SHARE
    person_form: str = "researcher"


@dataclass(frozen=True, slots=True)
class Distribution:
    """What an outbox holds after a run: all copies, those made now, and those kept though the facts changed since."""

    entries: tuple[Entry, ...]
    made: tuple[Entry, ...]
    sent_before: tuple[Entry, ...]


def distribute(roster: Roster, out: Path, terms: Terms) -> Distribution:
    """Make workbook and mail draft of every subject of a roster; what was made before stays.

    A copy whose mail has left is never replaced: the subject is told in `sent_before` when the roster has changed.

    Raises:
        XlsAddinError: when the notice or the roster is incomplete, or another run uses the outbox.
    """
    check_notice(roster.notice)
    errors = [finding for finding in roster.findings if finding.severity is Severity.ERROR]
    if errors:
        raise XlsAddinError("RS-ROSTER-012", count=len(errors))
    with sole_user(out):
        clear_leftovers(out, WORKBOOKS, ENCRYPTED, DRAFTS)
        run = _Run(roster.notice, out, terms)
        passphrases = passphrases_for(out, run.protected(roster.subjects))
        entries = [run.hand_out(subject, passphrases) for subject in roster.subjects]
        earlier = [entry for entry in run.manifest if entry.round > 1]
        write_manifest(out, [*entries, *earlier])
    return Distribution(tuple(entries), tuple(run.made), tuple(run.sent_before))


def check_notice(notice: Notice) -> None:
    """Refuse to hand anything out while the notice does not say who asks and how long answers are kept."""
    if missing := [_LABELS[name] for name in _NEEDED if not getattr(notice, name)]:
        raise XlsAddinError("RS-ROSTER-002", fields="、".join(missing))


class _Run:
    """One run over one outbox."""

    def __init__(self, notice: Notice, out: Path, terms: Terms) -> None:
        self._notice, self._out, self._terms = notice, out, terms
        self._journal = Journal(out)
        self._mails = {record.key: record.state for record in self._journal.records()}
        self.manifest = read_manifest(out)
        self.made: list[Entry] = []
        self.sent_before: list[Entry] = []

    def protected(self, subjects: tuple[Subject, ...]) -> Iterator[str]:
        """Yield the ids of those whose copy travels encrypted."""
        if self._terms.how is Delivery.ENCRYPT:
            yield from (subject.id for subject in subjects if subject.email)

    def hand_out(self, subject: Subject, passphrases: Mapping[str, str]) -> Entry:
        """Return the entry of a subject after its workbook and draft are in place."""
        form = self._terms.person_form if subject.form == "researcher" else subject.form
        issue = plan_issue(subject, form, self._terms.as_of, self._terms.known)
        name = file_name(form, subject.id)
        entry = self._entry(issue, form, name)
        path = self._out / entry.file
        if self._mails.get(entry.mail) in GONE and path.exists() and read_copy_id(path) != issue.copy_id:
            entry = self._as_sent(entry, path)
            self.sent_before.append(entry)
            return entry
        fresh = not path.exists() or read_copy_id(path) != issue.copy_id
        if fresh:
            write_bytes(path, build_issue(issue))
        entry = replace(entry, sha256=hashlib.sha256(path.read_bytes()).hexdigest())
        if subject.id in passphrases:
            entry = replace(entry, encrypted=f"{ENCRYPTED}/{name}")
            self._protect(path, self._out / entry.encrypted, passphrases[subject.id])
        if fresh or (entry.mail and entry.mail not in self._mails):
            self._draft(subject, entry, issue)
            self.made.append(entry)
        if entry.encrypted and load_switches().passphrase_by_mail:
            self._draft_passphrase(issue, passphrases[subject.id])
        return entry

    def _entry(self, issue: Issue, form: str, name: str) -> Entry:
        subject = issue.subject
        mail = self._message(issue, name).key if subject.email else ""
        return Entry(
            subject_id=subject.id,
            form=form,
            cases=tuple(case.number for case in subject.cases),
            copy_id=issue.copy_id,
            sha256="",
            file=f"{WORKBOOKS}/{name}",
            profile=issue.template.profile,
            deadline=subject.deadline.isoformat() if subject.deadline else "",
            mail=mail,
        )

    def _as_sent(self, entry: Entry, path: Path) -> Entry:
        """Return the entry of the copy that went out earlier."""
        known = next((old for old in self.manifest if (old.file, old.round) == (entry.file, 1)), None)
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        return known or replace(entry, copy_id=read_copy_id(path), sha256=sha256)

    def _protect(self, path: Path, target: Path, passphrase: str) -> None:
        """Encrypt a copy unless the encrypted one already holds exactly it."""
        content = path.read_bytes()
        if target.exists() and decrypt_workbook(target.read_bytes(), [passphrase]) == content:
            return
        write_bytes(target, encrypt_workbook(content, passphrase))

    def _draft(self, subject: Subject, entry: Entry, issue: Issue) -> None:
        if not entry.mail:
            return
        message = self._message(issue, Path(entry.file).name)
        attached = {Delivery.ATTACH: entry.file, Delivery.ENCRYPT: entry.encrypted}.get(self._terms.how, "")
        file = f"{DRAFTS}/{Path(entry.file).stem}.eml"
        write_draft(replace(message, attachments=[self._out / attached] if attached else []), self._out / file)
        self._journal.add(entry.mail, file)

    def _draft_passphrase(self, issue: Issue, passphrase: str) -> None:
        checklist = issue.template.layout.checklist
        message = passphrase_draft(issue.subject, self._notice, checklist, passphrase, self._terms.as_of)
        file = f"{DRAFTS}/{checklist.key}-{issue.subject.id}-passphrase.eml"
        if message.key not in self._mails:
            write_draft(message, self._out / file)
            self._journal.add(message.key, file)

    def _message(self, issue: Issue, name: str) -> Draft:
        checklist = issue.template.layout.checklist
        return request_draft(issue.subject, self._notice, checklist, name, self._terms.how, self._terms.as_of)


def file_name(form: str, subject_id: str) -> str:
    """Return the neutral name of a workbook: form and id, no name, no level; every system can hold it."""
    return f"{form}-{subject_id}.xlsx"


def read_copy_id(path: Path) -> str:
    """Return the copy id of a workbook of ours, empty when it is damaged or has none."""
    try:
        structure = Structure(open_package(path))
        return read_meta(structure, BookCells(structure)).copy_id
    except WorkbookError:
        return ""
