"""Looking at one piece: is it a workbook of ours, whose, and what does it hold; else why not."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

from xlsaddin import codes as catalogue
from xlsaddin.codes import Severity
from xlsaddin.errors import WorkbookError
from xlsaddin.exchange.difference.version import answers_digest, version_of
from xlsaddin.exchange.inbox.pieces import Piece, is_system_file
from xlsaddin.exchange.protection.encryption import decrypt_workbook, is_encrypted
from xlsaddin.exchange.release.rebuilding import CARRIED, carried_beside, clean_book
from xlsaddin.exchange.routing.stages import check_stages
from xlsaddin.exchange.seal.keys import KeyStore
from xlsaddin.exchange.seal.sealing import Remembers, SealState, verify_workbook
from xlsaddin.findings import Finding, Location, make_finding
from xlsaddin.workbook.meta import Edition
from xlsaddin.workbook.read.book import ReadBook, read_workbook

__all__ = ["Found", "Note", "Passphrases", "Reader"]

_WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".xltx", ".ods")
_FOREIGN = frozenset({"RS-FILE-002", "RS-FILE-010"})
_SEALS = {
    SealState.VALID: "RS-COLLECT-020",
    SealState.UNTRUSTED: "RS-COLLECT-022",
    SealState.BROKEN: "RS-COLLECT-023",
    SealState.REMOVED: "RS-COLLECT-024",
}
_SHOWN = 20
"""Most changed cells a finding names; `xlsaddin verify` names all."""
Passphrases = Callable[[str], Iterator[str]]
"""Yields the passphrases to try for a file of this name, the likeliest first."""


@dataclass(frozen=True, slots=True)
class Note:
    """One finding beside a usable workbook: code, place, and what is said about it."""

    code: str
    place: str
    ja: str
    en: str


@dataclass(frozen=True, slots=True)
class Found:
    """What one piece is.

    Attributes:
        ours: it is a workbook of ours. code, ja, en: why it cannot be used, empty where it can.
        sha256: of the opened workbook; book: what it holds.
        form, subject_id, copy_id, edition: as the workbook says.
        answers: digest of what is answered, the same for the same answers however they were saved.
        notes: what is to be looked at though it can be used: things carried beside answers, changes by other desks.
    """

    ours: bool
    code: str = ""
    ja: str = ""
    en: str = ""
    sha256: str = ""
    form: str = ""
    subject_id: str = ""
    copy_id: str = ""
    edition: str = ""
    answers: str = ""
    notes: tuple[Note, ...] = ()

    @property
    def office(self) -> bool:
        """True for an office edition: it holds results and judgements."""
        return self.edition == Edition.OFFICE

    @property
    def carries(self) -> bool:
        """True when it holds more than answers: such a copy is not passed on as it is."""
        return any(note.code.startswith(CARRIED) for note in self.notes)

    @classmethod
    def of_json(cls, content: Mapping[str, Any]) -> Found:
        """Return what was remembered as plain content."""
        return cls(**{**content, "notes": tuple(Note(**note) for note in content.get("notes", ()))})


class Reader:
    """Reads pieces and keeps a copy of every usable workbook under its content hash.

    Args:
        copies: folder of the copies. passphrases: what to try on protected files.
        register: remembers seals; None where there is no register.
    """

    def __init__(self, copies: Path, passphrases: Passphrases, register: Remembers | None = None) -> None:
        self._copies = copies
        self._passphrases = passphrases
        self._register = register

    def look_at(self, piece: Piece) -> Found:
        """Return what a piece is; of a usable workbook a copy is in place before this returns."""
        if piece.trouble:
            return _refused(piece.trouble, ours=piece.trouble != "RS-COLLECT-007", name=piece.name)
        if is_system_file(piece.name):
            return _refused("RS-COLLECT-003", ours=False, name=piece.name)
        if not _may_be_workbook(piece):
            return _refused("RS-COLLECT-002", ours=False, name=piece.name)
        content: bytes | None = piece.content
        if is_encrypted(piece.content):
            content = decrypt_workbook(piece.content, self._passphrases(piece.name))
        if content is None:
            return _refused("RS-COLLECT-010", ours=True, name=piece.name)
        return self._read(content, piece.name)

    def _read(self, content: bytes, name: str) -> Found:
        sha256 = hashlib.sha256(content).hexdigest()
        target = self._copies / f"{sha256}.xlsx"
        with _staged(self._copies, content) as staged:
            try:
                book = read_workbook(staged)
                active = [finding.code for finding in carried_beside(book) if finding.severity is Severity.ERROR]
                if active:
                    return _refused("RS-COLLECT-011", ours=True, name=name, codes=", ".join(dict.fromkeys(active)))
                if book.meta.edition is Edition.RESPONDENT:
                    with clean_book(book, self._copies, date.today()):
                        pass  # refused before it is accepted where it carries more and cannot be built anew
            except WorkbookError as refusal:
                ja, en = (text.replace(staged.name, name) for text in (refusal.ja, refusal.en))
                return Found(refusal.code not in _FOREIGN, refusal.code, ja, en, sha256)
            found = _describe(book, sha256, tuple(map(_note, _look_beside(book, self._register))))
            staged.replace(target)
        return found


def copy_path(copies: Path, sha256: str) -> Path:
    """Return where the copy of a workbook lies."""
    return copies / f"{sha256}.xlsx"


def _describe(book: ReadBook, sha256: str, notes: tuple[Note, ...]) -> Found:
    meta = book.meta
    # an office edition differs by its judgements too
    answers = sha256 if meta.edition is Edition.OFFICE else answers_digest(version_of(book))
    return Found(
        ours=True,
        sha256=sha256,
        form=book.checklist.key,
        subject_id=meta.subject_id,
        copy_id=meta.copy_id,
        edition=meta.edition.value,
        answers=answers,
        notes=notes,
    )


def _look_beside(book: ReadBook, register: Remembers | None) -> Iterator[Finding]:
    """Yield what is to be looked at of a usable workbook: what it carries, what other desks changed, its seal."""
    carried, office = carried_beside(book), book.meta.edition is Edition.OFFICE
    yield from carried
    if carried and not office:
        codes = ", ".join(dict.fromkeys(finding.code for finding in carried))
        yield make_finding("RS-COLLECT-025", Location(), codes=codes)
    yield from check_stages(book)
    verdict = verify_workbook(book.path, KeyStore(), register if office else None)
    facts: dict[str, Any] = {
        "owner": verdict.owner or "-",
        "sealed_at": verdict.sealed_at or "-",
        "key": verdict.key_id or "-",
    }
    if verdict.state is SealState.CHANGED:
        places = [change.place or change.address for change in verdict.changes]
        yield make_finding("RS-COLLECT-021", Location(), **facts, count=len(places), cells=", ".join(places[:_SHOWN]))
    elif verdict.state is not SealState.NEVER:
        yield make_finding(_SEALS[verdict.state], Location(), **facts)


def _note(finding: Finding) -> Note:
    place = "!".join(filter(None, (finding.location.sheet, finding.location.cell)))
    return Note(finding.code, place, finding.message_ja, finding.message_en)


def _may_be_workbook(piece: Piece) -> bool:
    suffix = PurePosixPath(piece.name).suffix.lower()
    return suffix in _WORKBOOKS or (piece.content.startswith(b"PK\x03\x04") and b"xl/workbook.xml" in piece.content)


def _refused(code: str, *, ours: bool, **facts: object) -> Found:
    message = catalogue.message(code)
    return Found(ours, code, message.render_ja(**facts), message.render_en(**facts))


@contextmanager
def _staged(folder: Path, content: bytes) -> Iterator[Path]:
    """Yield a hidden file beside the copies with this content; it is gone afterwards unless it became a copy."""
    folder.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=".received-", suffix=".xlsx", dir=folder)
    path = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
        yield path
    finally:
        path.unlink(missing_ok=True)


def likely_first(known: Mapping[str, str], name: str) -> Iterator[str]:
    """Yield passphrases by subject id for a file: those of the subjects its name holds, then the others."""
    named = [code for code in known if re.search(rf"(?<![A-Za-z0-9]){re.escape(code)}(?![A-Za-z0-9])", name)]
    yield from (known[code] for code in (*named, *known))
