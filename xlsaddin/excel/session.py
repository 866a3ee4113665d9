"""What stays in memory between two calls from Excel: the lists of each profile, opened once, and answers given before.

The memory is what makes a formula a row cheap: a command, or a function over a column, screens the whole column in one
go, and each cell is then answered from here.  Everything is dropped when the day or a stored list changes.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import zip_longest
from typing import Any

from xlsaddin.assessment.loading import load_rules
from xlsaddin.batch.session import Session
from xlsaddin.checklist.institutions import institution_of
from xlsaddin.checklist.profiles import Profile, load_profile, profile_names
from xlsaddin.checklist.values import read_answers
from xlsaddin.excel.boundary import text_of
from xlsaddin.excel.remembering import remembered_judgements
from xlsaddin.excel.settings import load_settings
from xlsaddin.excel.wrong_argument import ArgumentError
from xlsaddin.parameters import Parameters
from xlsaddin.review import reassess_review
from xlsaddin.review.queries import screened_texts
from xlsaddin.review_model import Review
from xlsaddin.screening.model import Query, QueryKind, QueryResult, Screener, Screening
from xlsaddin.screening.remembering import RememberingScreener
from xlsaddin.watchlist.store import ListStore
from xlsaddin.workbook.read.book import ReadBook

_LOOK_AGAIN_AFTER = 1.0  # seconds: a formula a row must not look through the folder of lists each time


class NoLists:
    """A screener against no list: nothing is compared, and nothing is said to be clean."""

    def __init__(self, as_of: date) -> None:
        self._as_of = as_of

    def screen_many(self, queries: Sequence[Query]) -> Screening:
        """Return no hits and no lists."""
        return Screening(self._as_of, (), tuple(QueryResult(query, ()) for query in queries))


@dataclass(frozen=True)
class LiveSession(Session):
    """A session of the add-in: like that of a batch, with screeners that remember.

    Attributes:
        reviews: the last review of each open book, by its full name.
    """

    reviews: dict[str, Review] = field(default_factory=dict)

    def recall(self) -> None:
        """Look again at what the register remembers."""
        if isinstance(self.remembered, dict):
            self.remembered.clear()
            self.remembered.update(remembered_judgements())

    def prepare(self, profile: Profile) -> tuple[Parameters, Screener]:
        """Return parameters and screener of a profile on the day, opened once."""
        parameters, screener = super().prepare(profile)
        if not isinstance(screener, (RememberingScreener, NoLists)):
            screener = RememberingScreener(screener)
            self._prepared[profile.key] = parameters, screener
        return parameters, screener

    def queries(self, book: ReadBook) -> list[Query]:
        """Return the names of a workbook that are to be screened, each once."""
        parameters, _ = self.prepare(load_profile(book.meta.profile))
        affiliations = load_rules(book.checklist, parameters).affiliations
        answers = read_answers(book.checklist, book.answers)
        texts = screened_texts(book.checklist, answers, affiliations, self.as_of)
        return list(dict.fromkeys(text.query for text in texts))

    def screen(self, book: ReadBook, queries: Sequence[Query]) -> None:
        """Screen some names of a workbook ahead of its review."""
        self.prepare(load_profile(book.meta.profile))[1].screen_many(queries)

    def reassess(self, review: Review, book: ReadBook) -> Review:
        """Return a review anew after judgements or answers changed, without screening."""
        parameters, _ = self.prepare(load_profile(review.profile))
        answers = read_answers(book.checklist, book.answers)
        institution = institution_of(answers)
        own = book.written_by(institution)
        return reassess_review(
            review,
            parameters=parameters,
            reviewed_at=datetime.now(UTC).astimezone(),
            answers=answers,
            judgements=own.judgements,
            inquiries=own.inquiries,
            other=book.written_by(institution.other, own=False),
        )

    def without_lists(self) -> Session:
        """Return a session of the same day that compares nothing."""
        empty = LiveSession(self.as_of, store=self.store)
        for name in profile_names():
            profile = load_profile(name)
            empty._prepared[name] = Parameters(self.as_of, profile.parameters), NoLists(self.as_of)
        return empty


@dataclass
class _Kept:
    """The session in use: for which folder, day and state of the lists, and when that was last looked at."""

    key: tuple[object, ...] = ()
    session: LiveSession | None = None
    looked_at: float = 0.0


_kept = _Kept()


def current_session() -> LiveSession:
    """Return the session of today and of the lists as they stand now (looked at again after a second)."""
    as_of, store = date.today(), ListStore()
    fresh = time.monotonic() - _kept.looked_at < _LOOK_AGAIN_AFTER and _kept.key[:2] == (store.folder, as_of)
    if _kept.session is None or not fresh:
        key = (store.folder, as_of, _stamp(store))
        if _kept.session is None or key != _kept.key:
            remembered = dict(remembered_judgements())
            _kept.key, _kept.session = key, LiveSession(as_of, store=store, remembered=remembered)
        _kept.looked_at = time.monotonic()
    return _kept.session


def current_screener() -> RememberingScreener:
    """Return the screener of the user's own profile."""
    screener = current_session().prepare(load_profile(load_settings().profile))[1]
    assert isinstance(screener, RememberingScreener)
    return screener


def queries_of(names: Sequence[Any], countries: Sequence[Any] = (), kinds: Sequence[Any] = ()) -> list[Query]:
    """Return the queries of cells; a country may be written as people write it. Raises ArgumentError."""
    cells = zip_longest(names, countries, kinds)
    return [Query(text_of(name), country=_country(country), kind=_kind(kind)) for name, country, kind in cells]


def _country(cell: Any) -> str:
    from xlsaddin.text.countries import country_code

    return country_code(text_of(cell)) or ""


def _kind(cell: Any) -> QueryKind:
    text = text_of(cell).casefold()
    if text and text not in list(QueryKind):
        raise ArgumentError("RS-LIVE-014", kind=text)
    return QueryKind(text) if text else QueryKind.ANY


def _stamp(store: ListStore) -> tuple[tuple[str, int], ...]:
    """Return what changes when a list is taken in, confirmed or removed."""
    files = sorted(path for path in store.folder.rglob("*") if path.is_file()) if store.folder.is_dir() else []
    return tuple((str(path), path.stat().st_mtime_ns) for path in files if not path.name.startswith("."))
