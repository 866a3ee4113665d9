"""Lists over real TLS and through the institution's proxy, both on this machine."""

from __future__ import annotations

import select
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import trustme

from xlsaddin.errors import ListError
from xlsaddin.watchlist.fetching import Fetcher, Limits

HOST = "lists.example.ac.jp"
LIST = f"https://{HOST}/consolidated.xml"
CONTENT = b"<list/>"


class _Publisher(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(CONTENT)))
        self.end_headers()
        self.wfile.write(CONTENT)

    def log_message(self, *_: object) -> None:
        """Stay silent."""


class _Proxy(_Publisher):
    """Joins the two sides of a tunnel; every name leads to the publisher on this machine."""

    publisher: int
    asked: list[str]

    def do_CONNECT(self) -> None:
        self.asked.append(self.path)
        with socket.create_connection(("127.0.0.1", self.publisher)) as there:
            self.send_response(200)
            self.end_headers()
            here = self.connection
            while True:
                for side in select.select([here, there], [], [])[0]:
                    content = side.recv(1 << 16)
                    if not content:
                        return
                    (there if side is here else here).sendall(content)


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler], secured: ssl.SSLContext | None = None) -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    if secured:
        server.socket = secured.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> trustme.CA:
    """A certificate authority this installation trusts."""
    made = trustme.CA()
    made.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    return made


@pytest.fixture
def proxied(
    monkeypatch: pytest.MonkeyPatch, authority: trustme.CA, request: pytest.FixtureRequest
) -> Iterator[list[str]]:
    """The names a proxy was asked for; the publisher behind it shows a certificate of `authority` or of another one."""
    secured = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    issuer = authority if getattr(request, "param", True) else trustme.CA()
    issuer.issue_cert(HOST).configure_cert(secured)
    asked: list[str] = []
    with serving(_Publisher, secured) as publisher:
        handler = type("Proxy", (_Proxy,), {"publisher": publisher, "asked": asked})
        with serving(handler) as proxy:
            monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy}")
            monkeypatch.delenv("NO_PROXY", raising=False)
            monkeypatch.delenv("no_proxy", raising=False)
            yield asked


@pytest.fixture
def fetcher() -> Fetcher:
    return Fetcher(Limits(tries=2, wait=0, timeout=10, megabytes=1), sleep=lambda _: None)


def test_a_list_comes_through_the_proxy_of_the_environment(proxied: list[str], fetcher: Fetcher) -> None:
    fetched = fetcher.fetch(LIST)
    assert fetched is not None
    assert (fetched.content, fetched.url) == (CONTENT, LIST)
    assert proxied == [f"{HOST}:443"]


@pytest.mark.parametrize("proxied", [False], indirect=True)
def test_a_certificate_nobody_vouches_for_is_refused(proxied: list[str], fetcher: Fetcher) -> None:
    with pytest.raises(ListError) as refused:
        fetcher.fetch(LIST)
    assert refused.value.code == "RS-LIST-021"
    assert proxied
