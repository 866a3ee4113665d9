"""A screener that is asked each query once: a formula a row, or a register full of names, is answered from memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from xlsaddin.screening.model import Hit, Query, QueryResult, Screener, Screening
from xlsaddin.watchlist.model import ListUse

__all__ = ["RememberingScreener"]

_MOST_ANSWERS = 100_000


class RememberingScreener:
    """A screener over another one, with a memory.

    Args:
        screener: the real one.

    Attributes:
        lists: the lists it rests on, usable or not.
    """

    def __init__(self, screener: Screener) -> None:
        self._screener = screener
        empty = screener.screen_many(())
        self.lists: tuple[ListUse, ...] = empty.lists
        self._as_of = empty.as_of
        self._hits: dict[Query, tuple[Hit, ...]] = {}

    def screen_many(self, queries: Sequence[Query]) -> Screening:
        """Return the hits of each query, in the order asked; those asked before are not screened again."""
        keys = [replace(query, id="") for query in queries]
        new = [key for key in dict.fromkeys(keys) if key not in self._hits]
        if len(self._hits) + len(new) > _MOST_ANSWERS:
            self._hits.clear()
            new = list(dict.fromkeys(keys))
        results = self._screener.screen_many(new).results if new else ()
        self._hits.update(zip(new, (result.hits for result in results), strict=True))
        found = tuple(QueryResult(query, self._hits[key]) for query, key in zip(queries, keys, strict=True))
        return Screening(self._as_of, self.lists, found)

    def forget(self) -> None:
        """Drop all answers given before."""
        self._hits.clear()
