"""Screening in bulk: parts of a query, candidates from the index, comparison, hits best first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from xlsaddin.parameters import Parameters
from xlsaddin.screening.candidates import candidates
from xlsaddin.screening.comparison import Comparison
from xlsaddin.screening.index import Index
from xlsaddin.screening.matcher import Scored, band_of, explain, name_only, score_comparison
from xlsaddin.screening.model import Band, Hit, Query, QueryKind, QueryResult, Screening
from xlsaddin.screening.parts import Cut, Part, listed_variants, split_parts
from xlsaddin.screening.tuning import Tuning, tuning_of
from xlsaddin.screening.words import Name, Word, read_name
from xlsaddin.watchlist.model import EntryKind, ListEdition, ListEntry, ListUse
from xlsaddin.watchlist.store import ListStore

_Key = tuple[int, int]
_KEPT_ENTRIES = 20_000
_BATCH = 256  # queries looked up together


@dataclass(frozen=True, slots=True)
class Listed:
    """One usable list: its id, its edition and its entries, which may be read one by one as they are asked for."""

    id: str
    edition: str
    entries: Sequence[ListEntry]


@dataclass(frozen=True)
class ListScreener:
    """Screens names against a fixed set of editions.

    Attributes:
        lists: the usable lists, by id; uses: every list asked for, usable or not.
        as_of: the day; tuning: the matcher's numbers on that day.
        open_index: returns the index over the lists, in their order; called when the first name is screened.
    """

    lists: tuple[Listed, ...]
    uses: tuple[ListUse, ...]
    as_of: date
    tuning: Tuning
    open_index: Callable[[], Index]

    @cached_property
    def index(self) -> Index:
        """The search index."""
        return self.open_index()

    def screen_many(self, queries: Sequence[Query], cutoff: float | None = None) -> Screening:
        """Return the hits of each query, in the order asked; never raises for any text in a query.

        Args:
            queries: names with their facts; cutoff: 0 to 100, the parameter in force when not given.
        """
        tuning = self.tuning if cutoff is None else replace(self.tuning, cutoff=min(100.0, max(1.0, cutoff)))
        results: list[QueryResult] = []
        for start in range(0, len(queries), _BATCH):
            results.extend(self._screen_batch(queries[start : start + _BATCH], tuning))
        return Screening(self.as_of, self.uses, tuple(results))

    def screen_one(self, query: Query, cutoff: float | None = None) -> tuple[Hit, ...]:
        """Return the hits of one query, best first."""
        return self.screen_many((query,), cutoff).results[0].hits

    def _screen_batch(self, queries: Sequence[Query], tuning: Tuning) -> Iterator[QueryResult]:
        """Yield the results of some queries, whose parts are looked up together."""
        parts = [split_parts(query.name) for query in queries]
        names = [part.name for some in parts for part in some]
        found = iter(candidates(self.index, names, tuning.cutoff / 100.0) if names else ())
        for query, some in zip(queries, parts, strict=True):
            yield QueryResult(query, self._screen(query, [(part, next(found)) for part in some], tuning))

    def _screen(self, query: Query, parts: Sequence[tuple[Part, list[int]]], tuning: Tuning) -> tuple[Hit, ...]:
        """Return the hits of one query from its parts and the forms to compare with each."""
        best: dict[_Key, Scored] = {}
        affiliations = _Affiliations(self, query)
        beside = next((part.name for part, _ in parts[1:] if part.cut is Cut.WHOLE), None)
        for part, numbers in parts:
            body = self.index.is_body(part.name)
            for number in numbers:
                comparison = self._compare(query, part, number, body, tuning, affiliations, beside)
                if comparison is None:
                    continue
                scored = score_comparison(comparison)
                if scored.score >= tuning.cutoff:
                    _keep_best(best, self._key(number), scored)
        hits = [self._hit(key, scored, tuning) for key, scored in best.items()]
        return tuple(sorted(hits, key=_order)[: int(tuning.most_hits)])

    def _compare(
        self,
        query: Query,
        part: Part,
        number: int,
        body: bool,
        tuning: Tuning,
        affiliations: _Affiliations,
        beside: Name | None,
    ) -> Comparison | None:
        form = self.index.form(number)
        entry = self._entry(form.list, form.entry)
        if not _kinds_meet(query.kind, entry.kind):
            return None
        text = entry.name if form.alias < 0 else entry.aliases[form.alias].name
        return Comparison(
            query=query,
            asked=part.name,
            cut=part.cut,
            entry=entry,
            alias=form.alias,
            listed=read_name(listed_variants(text)[form.variant]),
            weigh=self._weighers[form.list],
            body=body,
            tuning=tuning,
            beside=beside if part.cut is Cut.BRACKET else None,
            listed_affiliations=affiliations.listed(form.list) if entry.kind is EntryKind.PERSON else frozenset(),
        )

    def _entry(self, list_number: int, entry_number: int) -> ListEntry:
        """Return an entry, remembered: stored ones are parsed when they are asked for."""
        key = (list_number, entry_number)
        if (entry := self._entries.get(key)) is None:
            if len(self._entries) >= _KEPT_ENTRIES:
                self._entries.clear()
            entry = self._entries[key] = self.lists[list_number].entries[entry_number]
        return entry

    @cached_property
    def _entries(self) -> dict[_Key, ListEntry]:
        return {}

    @cached_property
    def _weighers(self) -> tuple[Callable[[Word], float], ...]:
        return tuple(_weigher(self.index, number) for number in range(len(self.lists)))

    def _key(self, number: int) -> _Key:
        form = self.index.form(number)
        return form.list, form.entry

    def _hit(self, key: _Key, scored: Scored, tuning: Tuning) -> Hit:
        listed = self.lists[key[0]]
        comparison = scored.comparison
        return Hit(
            list_id=listed.id,
            edition=listed.edition,
            entry=comparison.entry,
            matched=_printed(comparison),
            compared=(comparison.asked.normal, comparison.listed.normal),
            score=round(scored.score, 1),
            band=band_of(scored, tuning),
            why=explain(scored),
            related=comparison.related,
            name_only=name_only(scored),
        )


class _Affiliations:
    """Which affiliations of a query are on a list themselves; looked up only when a person is compared."""

    def __init__(self, screener: ListScreener, query: Query) -> None:
        self._screener, self._query = screener, query

    def listed(self, list_number: int) -> frozenset[str]:
        """Return the affiliations with a `match` on one list."""
        return self._by_list.get(list_number, frozenset())

    @cached_property
    def _by_list(self) -> dict[int, frozenset[str]]:
        ids = {listed.id: number for number, listed in enumerate(self._screener.lists)}
        found: dict[int, set[str]] = {}
        asked = [Query(affiliation, kind=QueryKind.ORGANIZATION) for affiliation in self._query.affiliations]
        for result in self._screener.screen_many(asked).results:
            for hit in result.hits:
                if hit.band is Band.MATCH:
                    found.setdefault(ids[hit.list_id], set()).add(result.query.name)
        return {number: frozenset(names) for number, names in found.items()}


def open_screener(
    editions: Sequence[ListEdition], uses: Sequence[ListUse], as_of: date, parameters: Parameters
) -> ListScreener:
    """Return a screener over these editions; list failures stay in `uses` and make its results inconclusive."""
    lists = tuple(Listed(e.id, e.edition, e.entries) for e in sorted(editions, key=lambda edition: edition.id))
    return ListScreener(lists, tuple(uses), as_of, tuning_of(parameters), lambda: _build(lists))


def screener_for(store: ListStore, list_ids: Sequence[str], as_of: date, parameters: Parameters) -> ListScreener:
    """Return a screener over lists of the store as in force on a day, its index taken from the cache where possible.

    A list that cannot be used never stops the others: it stays in `uses` with the reason, and no result is conclusive.
    """
    uses = {list_id: store.use(list_id, as_of) for list_id in list_ids}
    opened = {list_id: store.open(list_id, as_of) for list_id, use in sorted(uses.items()) if use.usable}
    lists = tuple(Listed(list_id, it.record.edition, it.entries) for list_id, it in opened.items())
    parts = [f"{list_id} {it.record.edition} {it.record.entries_sha256}" for list_id, it in opened.items()]
    return ListScreener(lists, tuple(uses.values()), as_of, tuning_of(parameters), lambda: _cached(parts, lists))


def _build(lists: Sequence[Listed]) -> Index:
    """Build the index anew; what that needs is imported only then."""
    from xlsaddin.screening.index_build import build_index

    return build_index([listed.entries for listed in lists])


def _cached(parts: Sequence[str], lists: Sequence[Listed]) -> Index:
    """Return the index from the cache, else build it and keep it; a cache that cannot be written is no obstacle."""
    from xlsaddin.screening import index_store

    path = index_store.index_path(parts)
    if (index := index_store.read_index(path)) is None:
        index = _build(lists)
        with suppress(OSError):
            index_store.write_index(index, path)
    return index


def _weigher(index: Index, list_number: int) -> Callable[[Word], float]:
    """Return the weight function of one list, remembering what it was asked."""
    known: dict[str, float] = {}

    def weigh(word: Word) -> float:
        weight = known.get(word.text)
        if weight is None:
            weight = known[word.text] = index.weigh(word, list_number)
        return weight

    return weigh


def _keep_best(best: dict[_Key, Scored], key: _Key, scored: Scored) -> None:
    """Keep the better of two comparisons of one entry: a match before its mere acronym, then the higher score."""
    held = best.get(key)
    if held is None or _rank(scored) > _rank(held):
        best[key] = scored


def _rank(scored: Scored) -> tuple[bool, float, bool, bool, int]:
    c = scored.comparison
    matches = band_of(scored, c.tuning) is Band.MATCH
    return matches, scored.score, not scored.review_only, c.cut is Cut.WHOLE, -c.alias


def _order(hit: Hit) -> tuple[float, bool, str, int, str]:
    return -hit.score, hit.band is not Band.MATCH, hit.list_id, len(hit.entry.number), hit.entry.number


def _printed(comparison: Comparison) -> str:
    """Return the name or alias that matched, as printed."""
    entry = comparison.entry
    return entry.name if comparison.alias < 0 else entry.aliases[comparison.alias].name


def _kinds_meet(asked: QueryKind, listed: EntryKind) -> bool:
    """Return False where a query for a programme meets anything else, or the reverse."""
    if asked is QueryKind.ANY or listed is EntryKind.UNKNOWN:
        return True
    return (asked is QueryKind.PROGRAM) == (listed is EntryKind.PROGRAM)
