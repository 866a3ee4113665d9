"""A mail before it is sent: built once, kept as an `.eml` that any mail program opens as an unsent draft."""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from xlsaddin.errors import XlsAddinError
from xlsaddin.exchange.mail.clock import now_in_japan
from xlsaddin.files import write_bytes

__all__ = ["Draft", "build_message", "read_message", "write_draft"]


@dataclass(frozen=True, slots=True)
class Draft:
    """What one mail says and to whom.

    Attributes:
        key: stable id within its outbox, such as `P-001/researcher/request`; the Message-ID is made of it and the
            subject, which names project and deadline.
        sender, to, cc: addresses, blank where a person fills them in before sending.
        subject, body: as rendered; attachments: files, by their safe names.
    """

    key: str
    sender: str
    to: tuple[str, ...]
    subject: str
    body: str
    cc: tuple[str, ...] = ()
    attachments: Sequence[Path] = ()


def build_message(draft: Draft) -> EmailMessage:
    """Return the mail (RFC 5322, UTF-8) with a Message-ID that stays the same for the same key and sender."""
    message = EmailMessage(policy=policy.SMTP)
    if draft.sender:
        message["From"] = _address(draft.sender)
    if draft.to:
        message["To"] = tuple(_address(text) for text in draft.to)
    if draft.cc:
        message["Cc"] = tuple(_address(text) for text in draft.cc)
    message["Subject"] = draft.subject
    message["Date"] = format_datetime(now_in_japan())
    message["Message-ID"] = message_id(draft)
    message["X-Unsent"] = "1"  # mail programs open the file as a draft to be sent
    message.set_content(draft.body, cte="base64")
    for path in draft.attachments:
        kind, _ = mimetypes.guess_type(path.name)
        main, _, sub = (kind or "application/octet-stream").partition("/")
        message.add_attachment(path.read_bytes(), maintype=main, subtype=sub, filename=path.name)
    return message


def message_id(draft: Draft) -> str:
    """Return the stable Message-ID of a draft: a repeated attempt can be recognised by everyone along the way."""
    address = draft.sender and _address(draft.sender).addr_spec
    digest = hashlib.sha256("\0".join((draft.key, draft.subject, address, *draft.to)).encode()).hexdigest()[:32]
    return f"<{digest}@{address.rpartition('@')[2] or 'draft.invalid'}>"


def write_draft(draft: Draft, path: Path) -> None:
    """Write the draft as an `.eml`, whole or not at all."""
    write_bytes(path, build_message(draft).as_bytes())


def read_message(path: Path) -> EmailMessage:
    """Return a mail read from an `.eml`."""
    from email import message_from_bytes

    message = message_from_bytes(path.read_bytes(), policy=policy.SMTP)
    if not isinstance(message, EmailMessage):  # pragma: no cover - the policy always builds one
        raise TypeError(path.name)
    return message


def _address(text: str) -> Address:
    """Return a plain address; raises XlsAddinError for anything that is not one (a line break above all)."""
    try:
        address = Address(addr_spec=text.strip())
    except (ValueError, IndexError):
        raise XlsAddinError("RS-MAIL-004", address=text.strip()[:80]) from None
    if not address.domain or any(character in text for character in "\r\n"):
        raise XlsAddinError("RS-MAIL-004", address=text.strip()[:80])
    return address
