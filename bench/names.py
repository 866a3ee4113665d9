"""A million different names through the batch path: a pool of two processes that share what they have screened.

    python -m bench names [--write]

Screens against METI's list where the real file is at hand; the text says which list it was.
"""

from __future__ import annotations

import resource
import time
from functools import cache, partial
from pathlib import Path

from bench._pages import publish, table
from bench._state import state_folder
from bench.reading import AS_OF
from xlsaddin.batch.pool import WorkerPool
from xlsaddin.batch.session import Session
from xlsaddin.batch.sharing import SharedAnswers, sharing_answers
from xlsaddin.checklist.profiles import load_profile
from xlsaddin.screening.model import Query, QueryKind, Screener
from xlsaddin.watchlist.store import ListStore

NAMES, CHUNK, WORKERS = 1_000_000, 2_000, 2
_WORDS = ("Institute", "University", "Technology", "Physics", "North", "Harbor", "Optics", "Marine", "State", "Green")
_LISTED = "Beihang University"
"""Every thousandth name: what is listed must be found among all the others."""


def name_of(number: int) -> str:
    """Return the name of a number; every number has its own."""
    if number % 1000 == 0:
        return f"{_LISTED} {number // 1000}" if number else _LISTED
    first, second, third = (_WORDS[number // 10**place % 10] for place in (0, 1, 2))
    return f"{first} {second} of {third} {number}"


@cache
def _screener(home: Path, shared: SharedAnswers | None) -> Screener:
    return Session(AS_OF, store=ListStore(home), shared=shared).prepare(load_profile())[1]


def screen_chunk(home: Path, shared: SharedAnswers | None, first: int) -> tuple[int, int]:
    """Screen the names from one number on; return how many were screened and how many had a hit."""
    queries = [Query(name_of(number), kind=QueryKind.ORGANIZATION) for number in range(first, first + CHUNK)]
    results = _screener(home, shared).screen_many(queries).results
    return len(results), sum(bool(result.hits) for result in results)


def main(names: int = NAMES) -> None:
    with state_folder() as (home, lists), sharing_answers() as shared, WorkerPool(WORKERS) as pool:
        start = time.perf_counter()
        counted = list(pool.map(partial(screen_chunk, home, shared), range(0, names, CHUNK)))
        seconds = time.perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = used.ru_utime + used.ru_stime
    screened, hit = (sum(column) for column in zip(*counted, strict=True))
    a_core = screened / cpu
    rows = [(f"{cores}", f"{1_000_000 / a_core / cores:,.0f}") for cores in (1, 2, 16, 64, 256)]
    publish(
        "names",
        f"{screened:,} different names against {lists} on {WORKERS} processes: {seconds / 60:.1f} minutes by the "
        f"clock, {cpu / 60:.1f} minutes of processor time, {a_core:,.0f} names a second of a core; {hit:,} names had "
        f"a hit; largest process {used.ru_maxrss / 1024:,.0f} MB.",
        "Projection: names are screened one by one, so the time falls with the cores; reading the index takes each "
        "process about a second.",
        table(("cores", "seconds for 1,000,000 names"), rows),
    )


if __name__ == "__main__":
    main()
