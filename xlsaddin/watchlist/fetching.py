"""Fetching published files over HTTPS: proxies of the environment, limits, retries, conditional requests."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from xlsaddin.errors import ListError

if TYPE_CHECKING:
    import httpx

_LONGEST_WAIT = 60.0
_TRY_AGAIN = {408, 429, 500, 502, 503, 504}
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Fetched:
    """One fetched file.

    Attributes:
        url: where it came from in the end; content: its bytes.
        etag, last_modified: what the server calls this version, empty when it says nothing.
    """

    url: str
    content: bytes
    etag: str = ""
    last_modified: str = ""

    @property
    def name(self) -> str:
        """File name at the end of the address."""
        return unquote(PurePosixPath(urlsplit(self.url).path).name) or "download"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a download may cost: tries, seconds before the second try, seconds without an answer, megabytes."""

    tries: int
    wait: float
    timeout: float
    megabytes: float


class Fetcher:
    """Fetches files, patiently and within limits.

    Args:
        limits: see `Limits`; mirror: address of a copy of the publishers' sites inside the institution, such as
            `https://mirror.example.ac.jp/lists`; `https://www.meti.go.jp/x` is then asked for as `…/www.meti.go.jp/x`.
        sleep: waits between tries; `time.sleep` when not given.
    """

    def __init__(self, limits: Limits, mirror: str = "", sleep: Callable[[float], None] | None = None) -> None:
        self._limits = limits
        self._mirror = mirror.rstrip("/")
        self._sleep = sleep or time.sleep

    def fetch(self, url: str, known: Mapping[str, str] | None = None) -> Fetched | None:
        """Return the file at an address, None when it is still the version `known`; raises `ListError`.

        Args:
            url: of the publisher; known: `etag` and `last_modified` of the version at hand.
        """
        import httpx  # imported here: only an update needs it

        address = self._address(url)
        reason = ""
        for attempt in range(self._limits.tries):
            try:
                with self._client() as client, client.stream("GET", address, headers=_conditions(known)) as response:
                    if response.status_code == httpx.codes.NOT_MODIFIED:
                        return None
                    if response.status_code not in _TRY_AGAIN:
                        return self._read(response, url)
                    reason = f"HTTP {response.status_code}"
                    wait = _retry_after(response)
            except httpx.TransportError as problem:
                reason, wait = f"{type(problem).__name__}: {problem}", None
            except (httpx.InvalidURL, httpx.TooManyRedirects) as problem:
                raise ListError("RS-LIST-021", url=url, reason=str(problem)) from problem
            if attempt + 1 < self._limits.tries:
                self._sleep(wait if wait is not None else min(self._limits.wait * 2**attempt, _LONGEST_WAIT))
        raise ListError("RS-LIST-021", url=url, reason=reason)

    def _client(self) -> httpx.Client:
        import httpx

        return httpx.Client(
            follow_redirects=True,
            timeout=self._limits.timeout,
            headers={"User-Agent": "xlsaddin (list update)", "Accept-Encoding": "gzip, deflate"},
        )

    def _address(self, url: str) -> str:
        return f"{self._mirror}/{url.split('://', 1)[1]}" if self._mirror else url

    def _read(self, response: httpx.Response, url: str) -> Fetched:
        """Return the body; refuses an error page, an address without TLS, a body that is too large or cut short."""
        if not response.is_success:
            raise ListError("RS-LIST-021", url=url, reason=f"HTTP {response.status_code}")
        if not self._mirror and response.url.scheme != "https":
            raise ListError("RS-LIST-021", url=url, reason=f"redirected to {response.url.scheme}")
        largest = int(self._limits.megabytes * 2**20)
        content = bytearray()
        for chunk in response.iter_bytes(_CHUNK):
            content += chunk
            if len(content) > largest:
                raise ListError("RS-LIST-022", url=url, megabytes=f"{self._limits.megabytes:g}")
        target = url if self._mirror else str(response.url)
        return Fetched(
            target, bytes(content), response.headers.get("etag", ""), response.headers.get("last-modified", "")
        )


def _conditions(known: Mapping[str, str] | None) -> dict[str, str]:
    """Return the headers that ask for the file only if it has changed."""
    names = {"etag": "If-None-Match", "last_modified": "If-Modified-Since"}
    return {header: known[key] for key, header in names.items() if known and known.get(key)}


def _retry_after(response: httpx.Response) -> float | None:
    """Return the seconds the server asks to wait, bounded; None when it does not say."""
    text = response.headers.get("retry-after", "")
    return min(float(text), _LONGEST_WAIT) if text.isdigit() else None
