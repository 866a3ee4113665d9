"""Putting the drafts of an outbox into Outlook's folder of drafts (Windows), where a person looks at and sends them."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from xlsaddin.errors import XlsAddinError
from xlsaddin.exchange.mail.draft import read_message
from xlsaddin.exchange.mail.journal import Journal, Record, Sending

__all__ = ["draft_in_outlook"]

_MAIL_ITEM = 0


def draft_in_outlook(folder: Path, application: Any | None = None) -> tuple[str, ...]:
    """Save every waiting draft of an outbox in Outlook; return their keys. None is saved twice.

    Args:
        folder: the outbox. application: Outlook; the running one when not given.

    Raises:
        XlsAddinError: when there is no Outlook here.
    """
    outlook = application or _outlook()
    journal = Journal(folder)
    waiting = [record for record in journal.records() if record.state is Sending.DRAFT]
    for record in waiting:
        _save(outlook, folder, record)
        journal.mark(record.key, Sending.HANDED_OVER, "Outlook")
    return tuple(record.key for record in waiting)


def _save(outlook: Any, folder: Path, record: Record) -> None:
    message = read_message(folder / record.file)
    body = message.get_body(("plain",))
    item = outlook.CreateItem(_MAIL_ITEM)
    item.To, item.CC = str(message["To"] or ""), str(message["Cc"] or "")
    item.Subject = str(message["Subject"])
    item.Body = body.get_content() if body else ""
    with tempfile.TemporaryDirectory(prefix=".outlook-", dir=folder) as place:  # Outlook takes files, and copies them
        for part in message.iter_attachments():
            path = Path(place) / Path(part.get_filename() or "attachment").name
            path.write_bytes(part.get_content())
            item.Attachments.Add(str(path))
        item.Save()


def _outlook() -> Any:
    try:
        from win32com.client import Dispatch

        return Dispatch("Outlook.Application")
    except Exception as problem:  # no package, no Outlook, no profile: each raises its own kind
        raise XlsAddinError("RS-MAIL-010", reason=type(problem).__name__) from None
