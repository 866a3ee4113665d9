"""A real mail server on loopback, encrypted and with login, for one test."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from xlsaddin.exchange.mail.smtp import Security, Server


@dataclass
class PostOffice:
    """Keeps what it receives; refuses recipients named in `refuses`; hangs up after `breaks_after` mails."""

    received: list[EmailMessage] = field(default_factory=list)
    refuses: set[str] = field(default_factory=set)
    breaks_after: int | None = None

    async def handle_RCPT(  # noqa: N802 - the name the server library calls
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refuses:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        message = message_from_bytes(envelope.content or b"", policy=policy.SMTP)
        assert isinstance(message, EmailMessage)
        self.received.append(message)
        if self.breaks_after is not None and len(self.received) > self.breaks_after:
            assert server.transport is not None
            server.transport.abort()  # the mail arrived, its acknowledgement does not
        return "250 kept"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def post_office() -> PostOffice:
    return PostOffice()


@pytest.fixture
def server(post_office: PostOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    authority = trustme.CA()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    trust = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(trust))

    def check(server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: LoginPassword) -> AuthResult:
        return AuthResult(success=(given.login, given.password) == (b"office", b"correct horse"))

    controller = Controller(
        post_office,
        hostname="127.0.0.1",
        port=free_port(),
        tls_context=context,
        require_starttls=True,
        authenticator=check,
        auth_required=True,
    )
    controller.start()
    monkeypatch.setenv("XLSADDIN_SMTP_PASSWORD", "correct horse")
    yield Server(
        "127.0.0.1", controller.port, Security.STARTTLS, user="office", per_minute=60_000, timeout=10, trust=trust
    )
    controller.stop()
