"""Sending a workbook on to the next desk in one go: stage entry, freeze, seal, encryption, mail draft.

Everything is made in a hidden folder first; the workbook and its draft are put in place only when all of it is there.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path

from xlsaddin.checklist.values import read_answers
from xlsaddin.errors import XlsAddinError
from xlsaddin.exchange.folders import clear_leftovers, sole_user
from xlsaddin.exchange.mail.draft import Draft, build_message
from xlsaddin.exchange.mail.journal import Journal
from xlsaddin.exchange.mail.texts import load_text
from xlsaddin.exchange.outbox.delivery import Delivery
from xlsaddin.exchange.outbox.distributing import GONE
from xlsaddin.exchange.outbox.requests import deadline_text, obtain_texts
from xlsaddin.exchange.protection.encryption import encrypt_workbook
from xlsaddin.exchange.release.audience import Grounds, load_audience
from xlsaddin.exchange.release.rebuilding import clean_book
from xlsaddin.exchange.release.redacting import filled_items, release_copy
from xlsaddin.exchange.routing.desks import Desks, Route, load_desks, load_route
from xlsaddin.exchange.routing.stages import check_stages, pass_stage, read_stages
from xlsaddin.exchange.seal.keys import KeyStore
from xlsaddin.exchange.seal.manifest import Manifest
from xlsaddin.exchange.seal.sealing import Remembers, seal_workbook
from xlsaddin.files import write_bytes
from xlsaddin.findings import Finding
from xlsaddin.parameters import Parameters
from xlsaddin.workbook.meta import Edition
from xlsaddin.workbook.read.book import ReadBook, read_workbook

__all__ = ["Order", "SentOn", "send_on"]


@dataclass(frozen=True, slots=True)
class Order:
    """How a workbook is to be sent on.

    Attributes:
        stage: key of the desk that passes it on. who: its officer. decision, remark: as the stage sheet keeps them.
        to: key of the desk it goes to; the next one that may receive the form when blank.
        question: what that desk is asked to decide. passphrase: encrypts the copy; blank lays it out as it is.
        officer: it goes to the officer named for ⑧. due: by when; some days from now when None.
    """

    stage: str
    who: str
    decision: str = ""
    remark: str = ""
    to: str = ""
    question: str = ""
    passphrase: str = ""
    officer: bool = False
    due: date | None = None


@dataclass(frozen=True, slots=True)
class SentOn:
    """What was made.

    Attributes:
        workbook: the sealed copy, encrypted where there was a passphrase. draft: the mail, an unsent `.eml`.
        to: name of the desk it goes to. manifest: of the seal. withheld: items left out, not that desk's to see.
        findings: what does not fit the record of earlier stages.
    """

    workbook: Path
    draft: Path
    to: str
    manifest: Manifest
    withheld: tuple[str, ...]
    findings: tuple[Finding, ...]


def send_on(source: Path, folder: Path, order: Order, *, keys: KeyStore, register: Remembers, at: datetime) -> SentOn:
    """Record the stage, freeze, seal, encrypt where asked, and draft the mail to the next desk; all of it or nothing.

    Args:
        source: a workbook of ours, never changed. folder: where copy and draft go, such as an outbox.
        order: to whom and how. keys, register: for the seal. at: the moment.

    Raises:
        WorkbookError: when the workbook is refused.
        XlsAddinError: for a stage there is not or that lies before the last one, a desk that may not see the
            workbook, no key to seal with, or another run that uses the folder.
    """
    if not order.who.strip():
        raise XlsAddinError("RS-STAGE-008")
    received, route = read_workbook(source), load_route()
    to = _destination(route, order, received)
    with sole_user(folder):
        clear_leftovers(folder)
        with (
            tempfile.TemporaryDirectory(prefix=".sending-", dir=folder) as place,
            clean_book(received, Path(place), at.date()) as book,
        ):
            part = _part_to_see(book, route, to, order, at.date(), Path(place) / "part.xlsx")
            passed, sealed = Path(place) / "passed.xlsx", Path(place) / "sealed.xlsx"
            pass_stage(part.path, passed, order.stage, order.who, at, decision=order.decision, remark=order.remark)
            manifest = seal_workbook(passed, sealed, keys, register, at)
            name = f"{book.checklist.key}-{book.meta.subject_id or manifest.root[:8]}-{len(read_stages(passed))}-{to}"
            ready = Path(place) / f"{_unsent(Journal(folder), name)}.xlsx"
            content = sealed.read_bytes()
            ready.write_bytes(encrypt_workbook(content, order.passphrase) if order.passphrase else content)
            draft = _draft(book, route, order, to, ready, load_desks(), at.date())
            _put_in_place(folder, ready, draft)
    findings = tuple(check_stages(received))
    shown = route.stage(to).shown
    return SentOn(folder / ready.name, folder / f"{ready.stem}.eml", shown, manifest, part.withheld, findings)


def _put_in_place(folder: Path, ready: Path, draft: Draft) -> None:
    """Put a copy and its draft where they belong, the draft last; one without addresses is sent by hand."""
    message = build_message(draft).as_bytes()
    write_bytes(folder / ready.name, ready.read_bytes())
    write_bytes(folder / f"{ready.stem}.eml", message)
    if draft.sender and draft.to:
        Journal(folder).add(draft.key, f"{ready.stem}.eml")


def _unsent(journal: Journal, name: str) -> str:
    """Return a name under which no mail has left yet: the name itself, or with a number."""
    gone = {record.key for record in journal.records() if record.state in GONE}
    names = (name if number == 1 else f"{name}-{number}" for number in count(1))
    return next(one for one in names if _key(one) not in gone)


def _key(name: str) -> str:
    return f"{name}/referral"


@dataclass(frozen=True, slots=True)
class _Part:
    """What of a workbook goes: the file, and the items that stay behind."""

    path: Path
    withheld: tuple[str, ...] = ()


def _destination(route: Route, order: Order, book: ReadBook) -> str:
    """Return the desk a workbook goes to; raises XlsAddinError when there is none, or none that may receive it."""
    stage, form = route.stage(order.stage), book.checklist.key
    results = book.meta.edition is Edition.OFFICE
    to = order.to or route.following(order.stage, form, results=results)
    if not to:
        raise XlsAddinError("RS-STAGE-005", stage=stage.shown)
    if not route.stage(to).may_see(form, results=results):
        raise XlsAddinError("RS-STAGE-006", form=book.checklist.title_ja, stage=route.stage(to).shown)
    return to


def _part_to_see(book: ReadBook, route: Route, to: str, order: Order, day: date, target: Path) -> _Part:
    """Return what a desk may see of a self-declaration; of an office edition nothing can be left out."""
    audience = load_audience()
    if book.checklist.key != "researcher" or to not in audience.recipients:
        return _Part(book.path)
    grounds = Grounds(officer=order.officer)
    filled = filled_items(read_answers(book.checklist, book.answers), audience.withheld(to, grounds))
    if not filled:
        return _Part(book.path)
    if book.meta.edition is Edition.OFFICE:
        raise XlsAddinError("RS-STAGE-007", stage=route.stage(to).shown, items=", ".join(filled), key=to)
    return _Part(target, release_copy(book.path, target, audience, to, grounds, day).withheld)


def _draft(book: ReadBook, route: Route, order: Order, to: str, file: Path, desks: Desks, day: date) -> Draft:
    """Return the mail to the next desk; without addresses it is a draft to be addressed by hand."""
    desk, parameters = route.stage(to), Parameters(day)
    how = Delivery.ENCRYPT if order.passphrase else Delivery.SHARE
    link_ja, link_en = obtain_texts(desks.share or file.parent.parent.name, file.name, how)
    due = order.due or day + timedelta(days=parameters.integer("routing_days"))
    facts = {
        "office": desks.office or route.stage(order.stage).ja,
        "case": book.meta.case_id or book.checklist.title_ja,
        "id": book.meta.subject_id or file.stem,
        "deadline": deadline_text(due, parameters),
        "recipient": f"{desk.ja} ご担当者様",
        "question": order.question or f"{book.checklist.title_ja}の確認",
        "question_en": order.question or f"the {book.checklist.title_en}",
        "link": link_ja,
        "link_en": link_en,
    }
    subject, body = load_text("referral").render(facts)
    address = desks.addresses.get(to, "")
    attached = [file] if order.passphrase else []
    return Draft(_key(file.stem), desks.sender, (address,) if address else (), subject, body, (), attached)
