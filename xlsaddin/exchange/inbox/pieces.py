"""Everything that lies in an inbox, taken apart: files, attachments of mails, members of archives. Nothing is run,
nothing is written; the originals stay as they are.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import Path, PurePosixPath

from xlsaddin.parameters import Parameters

__all__ = ["Piece", "walk_inbox"]

_INSIDE = " › "
_SYSTEM = (".", "~$")
_SYSTEM_NAMES = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
_DEEPEST = 2  # a zip in a zip, a mail in a mail
_ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class Piece:
    """One file of an inbox, or of a mail or archive in it.

    Attributes:
        origin: path in the inbox, `mail.eml › forms.zip › P-001.xlsx` for what is inside another.
        name: of the file itself. content: its bytes, empty where `trouble` says why.
        sender, sent_at: of the mail it came with; sent_at is the file's own time where there is no mail.
        trouble: code of the message that says why it cannot be taken apart, empty for none.
        zips, mails: how many of each it lies in.
    """

    origin: str
    name: str
    content: bytes = b""
    sender: str = ""
    sent_at: datetime | None = None
    trouble: str = ""
    zips: int = 0
    mails: int = 0

    def inside(self, name: str, content: bytes = b"", trouble: str = "") -> Piece:
        """Return a piece that lies in this one."""
        return replace(self, origin=f"{self.origin}{_INSIDE}{name}", name=name, content=content, trouble=trouble)


def walk_inbox(folder: Path, skipped: Path | None = None) -> Iterator[Piece]:
    """Yield every piece of an inbox, by path.

    Args:
        folder: the inbox. skipped: a folder inside it that holds results, not received files.
    """
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not (skipped and path.is_relative_to(skipped)):
            yield from _Opened(Parameters(date.max)).open(_from_disk(folder, path))


def _from_disk(folder: Path, path: Path) -> Piece:
    piece = Piece(path.relative_to(folder).as_posix(), path.name)
    try:
        changed = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
        return replace(piece, content=path.read_bytes(), sent_at=changed)
    except OSError:
        return replace(piece, trouble="RS-COLLECT-006")


class _Opened:
    """One file of the inbox while it is taken apart, and what its inflated contents may still amount to."""

    def __init__(self, limits: Parameters) -> None:
        self._bytes = limits.integer("archive_max_bytes")
        self._files = limits.integer("archive_max_files")

    def open(self, piece: Piece) -> Iterator[Piece]:
        """Yield a piece itself, or what it holds."""
        suffix = PurePosixPath(piece.name).suffix.lower()
        if piece.trouble:
            yield piece
        elif suffix == ".eml":
            yield from self._open_mail(piece, message_from_bytes(piece.content, policy=policy.default))
        elif suffix == ".zip":
            yield from self._open_zip(piece)
        else:
            yield piece

    def _open_mail(self, piece: Piece, message: Message) -> Iterator[Piece]:
        if piece.mails >= _DEEPEST:
            yield replace(piece, content=b"", trouble="RS-COLLECT-005")
            return
        around = replace(piece, mails=piece.mails + 1, sender=_sender(message), sent_at=_sent_at(message))
        found = False
        for part in message.iter_attachments() if isinstance(message, EmailMessage) else ():
            found = True
            name = PurePosixPath((part.get_filename() or "").replace("\\", "/")).name
            if part.get_content_type() == "message/rfc822":
                yield from self._open_mail(around.inside(name or "mail.eml"), part.get_content())
            else:
                payload = part.get_payload(decode=True)
                content = payload if isinstance(payload, bytes) else b""
                yield from self.open(around.inside(name or "attachment", content))
        if not found:
            yield replace(piece, content=b"", trouble="RS-COLLECT-007")

    def _open_zip(self, piece: Piece) -> Iterator[Piece]:
        if piece.zips >= _DEEPEST:
            yield replace(piece, content=b"", trouble="RS-COLLECT-005")
            return
        around = replace(piece, zips=piece.zips + 1)
        try:
            with zipfile.ZipFile(io.BytesIO(piece.content)) as archive:
                for entry in archive.infolist():
                    if not entry.is_dir() and not is_system_file(_entry_name(entry)):
                        yield from self._open_entry(around, archive, entry)
        except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError):
            yield replace(piece, content=b"", trouble="RS-COLLECT-004")

    def _open_entry(self, piece: Piece, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[Piece]:
        name = _entry_name(entry)
        self._files -= 1
        self._bytes -= entry.file_size
        if entry.flag_bits & _ENCRYPTED:
            yield piece.inside(name, trouble="RS-COLLECT-008")
        elif self._files < 0 or self._bytes < 0:
            yield piece.inside(name, trouble="RS-COLLECT-009")
        else:
            with archive.open(entry) as stream:
                content = stream.read(entry.file_size)  # never more than the directory promised
            yield from self.open(piece.inside(name, content))


def is_system_file(name: str) -> bool:
    """Return True for what programs leave behind: lock files, folder pictures."""
    parts = PurePosixPath(name).parts
    last = parts[-1] if parts else ""
    return last.startswith(_SYSTEM) or any(part.lower() in _SYSTEM_NAMES for part in parts)


def _entry_name(entry: zipfile.ZipInfo) -> str:
    """Return the name of a member; Windows in Japan writes Shift_JIS without saying so."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("cp932")
    except UnicodeError:
        return entry.filename


def _sender(message: Message) -> str:
    return parseaddr(str(message.get("From", "")))[1].casefold()


def _sent_at(message: Message) -> datetime | None:
    try:
        found = parsedate_to_datetime(str(message.get("Date", "")))
    except ValueError:
        return None
    return found if found.tzinfo else found.astimezone()
