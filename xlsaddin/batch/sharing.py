"""Each distinct name is screened once a batch: the workers of one machine leave their answers in one file.

A worker that meets a name looks there first.  A name nobody has had yet it claims, screens, and writes down; a name
another worker is screening just now it waits for, having written its own answers first, so that no two wait for each
other.  A claim whose worker died is taken over when it is old.  Whatever goes wrong with the file, a worker goes on
without it.

Why a file, when the asking process could hand answers along: it would learn an answer only with the result of a whole
workbook, when the other worker has long screened the same name, and would have to hold all names in memory.  SQLite
keeps several writers apart on every system, with nothing to start or to stop.

Names are personal data.  The file holds digests and encrypted answers only, with a key that lives in the memory of
this batch; it is removed when the batch ends, after a crash by the next one.
"""

from __future__ import annotations

import hmac
import os
import pickle
import platform
import shutil
import sqlite3
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from xlsaddin import log
from xlsaddin.errors import XlsAddinError
from xlsaddin.exchange.folders import sole_user
from xlsaddin.screening.model import Hit, Query, QueryResult, Screener, Screening

__all__ = ["SharedAnswers", "SharingScreener", "sharing_answers"]

_PREFIX = "xlsaddin-answers-"
_OLD_CLAIM = 30.0
"""Seconds after which whoever claimed a name counts as dead; opening a large list takes a few."""
_BETWEEN_LOOKS = 0.02
_BUSY = 5.0
"""Seconds to wait for other writers of the file; each of them needs a few milliseconds."""
_NONCE = 12
_TABLE = "CREATE TABLE answer (query BLOB PRIMARY KEY, claimed REAL NOT NULL, hits BLOB) WITHOUT ROWID"


@dataclass(frozen=True, slots=True)
class SharedAnswers:
    """Where the answers of one batch are.

    Attributes:
        path: the file. machine: on which it is; workers elsewhere do without.
        key: of digests and answers.
    """

    path: Path
    machine: str
    key: bytes = field(repr=False)


@contextmanager
def sharing_answers() -> Iterator[SharedAnswers | None]:
    """Yield a place for the answers of one batch, gone when it ends; None where no file can be made."""
    _clear_leftovers()
    shared = None
    with ExitStack() as stack:
        try:
            folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
            stack.callback(shutil.rmtree, folder, ignore_errors=True)
            stack.enter_context(sole_user(folder))
            shared = _make_file(folder / "answers.sqlite")
        except (OSError, sqlite3.Error, XlsAddinError) as problem:
            log.note_error("sharing", problem)
        yield shared


class SharingScreener:
    """A screener that screens only what no other worker of the batch has screened.

    Args:
        screener: the real one. shared: where answers are.
        settings: what answers rest on beside the lists.
    """

    def __init__(self, screener: Screener, shared: SharedAnswers, settings: Mapping[str, object]) -> None:
        self._screener = screener
        self._empty = screener.screen_many(())
        self._key = shared.key
        self._basis = repr((sorted(settings.items()), self._empty.lists))
        self._cipher = AESGCM(shared.key)
        # an answer that is not conclusive is nobody's to keep
        self._file = _open(shared) if self._empty.conclusive else None

    def screen_many(self, queries: Sequence[Query]) -> Screening:
        """Return the hits of each query, in the order asked."""
        asked = {self._digest(query): query for query in queries}
        hits: dict[bytes, tuple[Hit, ...]] = {}
        if self._file:
            try:
                self._share(self._file, asked, hits)
            except Exception as problem:  # whatever is wrong with the file: no more of it in this batch
                log.note_error("sharing", problem)
                self._file = None
        self._screen(asked, [digest for digest in asked if digest not in hits], hits)
        found = tuple(QueryResult(query, hits[self._digest(query)]) for query in queries)
        return Screening(self._empty.as_of, self._empty.lists, found)

    def _share(self, file: _File, asked: Mapping[bytes, Query], hits: dict[bytes, tuple[Hit, ...]]) -> None:
        """Find the answer of each query, waiting for those that another worker is at."""
        while missing := [digest for digest in asked if digest not in hits]:
            known, ours = file.claim(missing)
            hits |= {digest: self._open_answer(digest, sealed) for digest, sealed in known.items()}
            self._screen(asked, ours, hits)
            file.add((digest, self._seal_answer(digest, hits[digest])) for digest in ours)
            if len(known) + len(ours) < len(missing):
                time.sleep(_BETWEEN_LOOKS)

    def _screen(
        self, asked: Mapping[bytes, Query], digests: Sequence[bytes], hits: dict[bytes, tuple[Hit, ...]]
    ) -> None:
        if digests:
            results = self._screener.screen_many([asked[digest] for digest in digests]).results
            hits.update(zip(digests, (result.hits for result in results), strict=True))

    def _digest(self, query: Query) -> bytes:
        facts = (query.name, query.country, query.kind.value, query.affiliations, query.birth_date)
        text = repr((self._basis, facts)).encode("utf-8", "surrogatepass")
        return hmac.digest(self._key, text, "sha256")

    def _seal_answer(self, digest: bytes, hits: tuple[Hit, ...]) -> bytes:
        nonce = os.urandom(_NONCE)
        return nonce + self._cipher.encrypt(nonce, pickle.dumps(hits), digest)

    def _open_answer(self, digest: bytes, sealed: bytes) -> tuple[Hit, ...]:
        """Return an answer; nothing is unpickled that was not sealed by a worker of this batch."""
        hits: tuple[Hit, ...] = pickle.loads(self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], digest))
        return hits


class _File:
    """The file of answers, open; threads of one process take turns."""

    def __init__(self, path: Path) -> None:
        place = f"{path.as_uri()}?mode=rw"
        self._connection = sqlite3.connect(
            place, uri=True, timeout=_BUSY, isolation_level=None, check_same_thread=False
        )
        self._connection.execute("PRAGMA synchronous = OFF")  # what a crash loses nobody misses
        self._lock = threading.Lock()

    def claim(self, digests: Iterable[bytes]) -> tuple[dict[bytes, bytes], list[bytes]]:
        """Return the answers that are there, and of the others those that are now ours to give."""
        known: dict[bytes, bytes] = {}
        ours: list[bytes] = []
        now = time.monotonic()  # the same for all processes of a machine
        with self._writing() as connection:
            for digest in digests:
                row = connection.execute("SELECT claimed, hits FROM answer WHERE query = ?", (digest,)).fetchone()
                if row and row[1] is not None:
                    known[digest] = row[1]
                elif not row or now - row[0] > _OLD_CLAIM:
                    ours.append(digest)
            connection.executemany("REPLACE INTO answer VALUES (?, ?, NULL)", ((digest, now) for digest in ours))
        return known, ours

    def add(self, answers: Iterable[tuple[bytes, bytes]]) -> None:
        """Write answers down."""
        rows = [(sealed, digest) for digest, sealed in answers]
        if rows:
            with self._writing() as connection:
                connection.executemany("UPDATE answer SET hits = ? WHERE query = ?", rows)

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._lock, self._connection:  # commits, or rolls back
            self._connection.execute("BEGIN IMMEDIATE")
            yield self._connection


def _make_file(path: Path) -> SharedAnswers:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(_TABLE)
    return SharedAnswers(path, platform.node(), os.urandom(32))


def _open(shared: SharedAnswers) -> _File | None:
    """Return the file, None on another machine or when it cannot be opened."""
    if shared.machine != platform.node():
        return None
    try:
        return _File(shared.path)
    except sqlite3.Error as problem:
        log.note_error("sharing", problem)
        return None


def _clear_leftovers() -> None:
    """Remove the files of batches that were killed; one that runs holds its own."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        if not folder.is_symlink():
            with suppress(OSError, XlsAddinError), sole_user(folder):
                shutil.rmtree(folder, ignore_errors=True)
