"""Screening in bulk: parts of a query, candidates from the index, comparison, hits best first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from xlsaddin.parameters import Parameters
from xlsaddin.screening.comparison import Comparison
from xlsaddin.screening.index import Index
from xlsaddin.screening.index_build import build_index
from xlsaddin.screening.matcher import Scored, band_of, explain, name_only, score_comparison
from xlsaddin.screening.model import Band, Hit, Query, QueryKind, QueryResult, Screening
from xlsaddin.screening.parts import Cut, Part, listed_variants, split_parts
from xlsaddin.screening.tuning import Tuning, tuning_of
from xlsaddin.screening.words import Word, read_name
from xlsaddin.watchlist.model import EntryKind, ListEdition, ListEntry, ListUse

_Key = tuple[int, int]


@dataclass(frozen=True)
class ListScreener:
    """Screens names against a fixed set of editions.

    Attributes:
        editions: the lists, usable ones only; uses: every list asked for, usable or not.
        as_of: the day; tuning: the matcher's numbers on that day; index: over the editions, in their order.
    """

    editions: tuple[ListEdition, ...]
    uses: tuple[ListUse, ...]
    as_of: date
    tuning: Tuning
    index: Index

    def screen_many(self, queries: Sequence[Query], cutoff: float | None = None) -> Screening:
        """Return the hits of each query, in the order asked; never raises for any text in a query.

        Args:
            queries: names with their facts; cutoff: 0 to 100, the parameter in force when not given.
        """
        tuning = self.tuning if cutoff is None else replace(self.tuning, cutoff=min(100.0, max(1.0, cutoff)))
        results = tuple(QueryResult(query, self._screen(query, tuning)) for query in queries)
        return Screening(self.as_of, self.uses, results)

    def screen_one(self, query: Query, cutoff: float | None = None) -> tuple[Hit, ...]:
        """Return the hits of one query, best first."""
        return self.screen_many((query,), cutoff).results[0].hits

    def _screen(self, query: Query, tuning: Tuning) -> tuple[Hit, ...]:
        best: dict[_Key, Scored] = {}
        parts = split_parts(query.name)
        affiliations = _Affiliations(self, query)
        for part in parts:
            body = self.index.is_body(part.name)
            for number in self.index.candidates(part.name.words, tuning.cutoff / 100.0):
                comparison = self._compare(query, part, number, body, tuning, affiliations)
                if comparison is None:
                    continue
                scored = score_comparison(comparison)
                if scored.score >= tuning.cutoff:
                    _keep_best(best, self._key(number), scored)
        hits = [self._hit(key, scored, tuning) for key, scored in best.items()]
        return tuple(sorted(hits, key=_order)[: int(tuning.most_hits)])

    def _compare(
        self, query: Query, part: Part, number: int, body: bool, tuning: Tuning, affiliations: _Affiliations
    ) -> Comparison | None:
        form = self.index.form(number)
        entry = self.editions[form.list].entries[form.entry]
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
            weigh=self._weigh(form.list),
            body=body,
            tuning=tuning,
            listed_affiliations=affiliations.listed(form.list) if entry.kind is EntryKind.PERSON else frozenset(),
        )

    def _weigh(self, list_number: int) -> Callable[[Word], float]:
        return self._weighers[list_number]

    @cached_property
    def _weighers(self) -> tuple[Callable[[Word], float], ...]:
        return tuple(_weigher(self.index, number) for number in range(len(self.editions)))

    def _key(self, number: int) -> _Key:
        form = self.index.form(number)
        return form.list, form.entry

    def _hit(self, key: _Key, scored: Scored, tuning: Tuning) -> Hit:
        edition = self.editions[key[0]]
        comparison = scored.comparison
        return Hit(
            list_id=edition.id,
            edition=edition.edition,
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
        ids = {edition.id: number for number, edition in enumerate(self._screener.editions)}
        found: dict[int, set[str]] = {}
        for affiliation in self._query.affiliations:
            hits = self._screener.screen_one(Query(affiliation, kind=QueryKind.ORGANIZATION))
            for hit in hits:
                if hit.band is Band.MATCH:
                    found.setdefault(ids[hit.list_id], set()).add(affiliation)
        return {number: frozenset(names) for number, names in found.items()}


def open_screener(
    editions: Sequence[ListEdition], uses: Sequence[ListUse], as_of: date, parameters: Parameters
) -> ListScreener:
    """Return a screener over these editions; list failures stay in `uses` and make its results inconclusive."""
    ordered = tuple(sorted(editions, key=lambda edition: edition.id))
    index = build_index([edition.entries for edition in ordered])
    return ListScreener(ordered, tuple(uses), as_of, tuning_of(parameters), index)


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
    """Keep the better of two comparisons of one entry: the higher score, then the one that may be a match."""
    held = best.get(key)
    if held is None or _rank(scored) > _rank(held):
        best[key] = scored


def _rank(scored: Scored) -> tuple[float, bool, bool, int]:
    c = scored.comparison
    return scored.score, not scored.review_only, c.cut is Cut.WHOLE, -c.alias


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


def entries_of(editions: Iterable[ListEdition]) -> list[Sequence[ListEntry]]:
    """Return the entries of each edition."""
    return [edition.entries for edition in editions]
