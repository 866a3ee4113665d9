"""A screener of a few fictional listed bodies, for what does not depend on how names are compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from xlsaddin.screening.model import Band, Hit, Query, QueryKind, QueryResult, Screening
from xlsaddin.watchlist.model import EntryKind, ListEntry, ListUse

AS_OF = date(2026, 9, 1)
USED = ListUse("own_test", "試験リスト", "Test list", "2026-08-01", entries=4)
SAMPLE = ListUse("sample", "見本", "Sample", "2026-08-01", entries=4, sample=True)
FAILED = ListUse("us_csl", "米国CSL", "US CSL", failure_ja="版がありません", failure_en="no edition")

ALPHA, BETA = "Alpha Institute", "Beta Works"
ENTRIES = {
    ALPHA: ListEntry("1", ALPHA),
    BETA: ListEntry("2", BETA),
    "Gamma Programme": ListEntry("3", "Gamma Programme", kind=EntryKind.PROGRAM),
    "DELTA Dora": ListEntry("4", "DELTA Dora", kind=EntryKind.PERSON),
}


@dataclass(frozen=True)
class FewListed:
    """`Alpha Institute` is a match, `Alpha Institute?` a review hit; a person needs a listed affiliation as well."""

    lists: tuple[ListUse, ...] = (USED,)
    entries: tuple[ListEntry, ...] = tuple(ENTRIES.values())

    def screen_many(self, queries: Sequence[Query]) -> Screening:
        results = tuple(QueryResult(query, tuple(self._hits(query))) for query in queries)
        return Screening(AS_OF, self.lists, results if any(use.usable for use in self.lists) else self._none(queries))

    def _none(self, queries: Sequence[Query]) -> tuple[QueryResult, ...]:
        return tuple(QueryResult(query, ()) for query in queries)

    def _hits(self, query: Query) -> list[Hit]:
        return [self._hit(query, entry) for entry in self.entries if query.name.rstrip("?") == entry.name]

    def _hit(self, query: Query, entry: ListEntry) -> Hit:
        name_only = query.kind is QueryKind.PERSON and not set(query.affiliations) & {ALPHA, BETA}
        band = Band.REVIEW if name_only or query.name.endswith("?") else Band.MATCH
        compared = (query.name, entry.name)
        return Hit("own_test", "2026-08-01", entry, entry.name, compared, 95.0, band, (), name_only=name_only)
