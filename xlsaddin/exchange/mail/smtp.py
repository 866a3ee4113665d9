"""Sending the drafts of an outbox by SMTP, encrypted, at a polite rate, never twice by itself.

The password comes from the keyring (service `xlsaddin-smtp`) or the environment (`XLSADDIN_SMTP_PASSWORD`), never
from a file.
"""

from __future__ import annotations

import os
import smtplib
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from enum import StrEnum
from pathlib import Path

from xlsaddin.errors import XlsAddinError
from xlsaddin.exchange.mail.draft import read_message
from xlsaddin.exchange.mail.journal import Journal, Record, Sending

__all__ = ["Security", "Server", "Summary", "send_outbox"]

_SERVICE = "xlsaddin-smtp"
_REFUSALS = (
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPSenderRefused,
    smtplib.SMTPDataError,
    smtplib.SMTPNotSupportedError,
)


class Security(StrEnum):
    """How the connection is encrypted; `none` only for a server on this machine."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server.

    Attributes:
        host, port: where. security: how it is encrypted. user: login name, empty for none.
        per_minute: mails a minute at most. timeout: seconds for each step.
        trust: file of a certificate authority beside the system's, for servers of the institution's own.
    """

    host: str
    port: int = 587
    security: Security = Security.STARTTLS
    user: str = ""
    per_minute: float = 20
    timeout: float = 30
    trust: Path | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """What one run did: mails sent now, refused now, left `unknown` for a person, and sent earlier."""

    sent: tuple[str, ...]
    refused: tuple[Record, ...]
    unknown: tuple[Record, ...]
    earlier: tuple[str, ...]


def send_outbox(folder: Path, server: Server, *, wait: Callable[[float], None] = time.sleep) -> Summary:
    """Send every draft of an outbox that was not sent yet; a later run takes up where an earlier one stopped.

    Args:
        folder: outbox with drafts and journal; one sender at a time.
        server: where to send.
        wait: how to pause between mails, in seconds.

    Raises:
        XlsAddinError: when another sender holds the outbox, or the server cannot be reached or logged in to.
    """
    import filelock

    try:
        with filelock.FileLock(folder / ".sending.lock", timeout=0):
            return _send(folder, server, Journal(folder), wait)
    except filelock.Timeout:
        raise XlsAddinError("RS-MAIL-005", folder=folder.name) from None


def _send(folder: Path, server: Server, journal: Journal, wait: Callable[[float], None]) -> Summary:
    unknown = journal.settle()
    records = journal.records()
    earlier = tuple(record.key for record in records if record.state is Sending.SENT)
    waiting = [record for record in records if record.state in (Sending.DRAFT, Sending.REFUSED)]
    sent: list[str] = []
    if waiting:
        with _connect(server) as session:
            for number, record in enumerate(waiting):
                if number:
                    wait(60 / server.per_minute)
                if _send_one(session, journal, record, read_message(folder / record.file)):
                    sent.append(record.key)
    refused = tuple(record for record in journal.records() if record.state is Sending.REFUSED)
    return Summary(tuple(sent), refused, unknown, earlier)


def _send_one(session: smtplib.SMTP, journal: Journal, record: Record, message: EmailMessage) -> bool:
    del message["X-Unsent"]
    journal.mark(record.key, Sending.IN_FLIGHT)
    try:
        refused = session.send_message(message)
    except _REFUSALS as problem:
        journal.mark(record.key, Sending.REFUSED, _remark(problem))
        return False
    except (smtplib.SMTPException, OSError) as problem:
        journal.mark(record.key, Sending.UNKNOWN, _remark(problem))
        raise XlsAddinError("RS-MAIL-006", key=record.key, reason=_remark(problem)) from None
    remark = "" if not refused else f"refused for {len(refused)} recipient(s): {', '.join(sorted(refused))}"
    journal.mark(record.key, Sending.SENT, remark)
    return True


def _connect(server: Server) -> smtplib.SMTP:
    if server.security is Security.NONE and server.host not in ("localhost", "127.0.0.1", "::1"):
        raise XlsAddinError("RS-MAIL-007", host=server.host)
    context = ssl.create_default_context(cafile=str(server.trust) if server.trust else None)
    try:
        if server.security is Security.TLS:
            return _login(smtplib.SMTP_SSL(server.host, server.port, timeout=server.timeout, context=context), server)
        session = smtplib.SMTP(server.host, server.port, timeout=server.timeout)
        if server.security is Security.STARTTLS:
            session.starttls(context=context)
        return _login(session, server)
    except (smtplib.SMTPException, OSError) as problem:
        raise XlsAddinError("RS-MAIL-008", host=server.host, port=server.port, reason=_remark(problem)) from None


def _login(session: smtplib.SMTP, server: Server) -> smtplib.SMTP:
    if server.user:
        session.login(server.user, _password(server))
    return session


def _password(server: Server) -> str:
    found = os.environ.get("XLSADDIN_SMTP_PASSWORD")
    if not found:
        import keyring
        import keyring.errors

        try:
            found = keyring.get_password(_SERVICE, f"{server.user}@{server.host}")
        except keyring.errors.KeyringError:
            found = None
    if not found:
        raise XlsAddinError("RS-MAIL-009", user=server.user, host=server.host, service=_SERVICE)
    return found


def _remark(problem: Exception) -> str:
    return " ".join(str(problem).split())[:200]
