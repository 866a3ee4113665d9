"""How fast and how large: bulk screening on one core, loading from the cache, memory, growth with lists and queries."""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Sequence

from bench.screening import peers
from bench.screening.material import edition_of, open_lists, read_cases
from bench.screening.tables import Page
from xlsaddin.screening.engine import ListScreener
from xlsaddin.screening.model import Query

_LOADING = """
import re, time
from datetime import date
from pathlib import Path
from xlsaddin.parameters import Parameters
from xlsaddin.screening.engine import screener_for
from xlsaddin.screening.model import Query
from xlsaddin.watchlist.store import ListStore
day = date(2026, 11, 23)
store = ListStore()
screener = screener_for(store, store.ids(), day, Parameters(day))
start = time.perf_counter()
index = screener.index
loaded = time.perf_counter() - start
screener.screen_one(Query("Harbin Institute of Technology"))
first = time.perf_counter() - start
screener.screen_many([Query(f"University {n} of Somewhere") for n in range(1000)])
# Not ru_maxrss: a process started from a larger one begins with the peak of that one.
peak = int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text()).group(1)) / 1024
print(loaded, first, peak)
"""


def queries(number: int, screener: ListScreener) -> list[str]:
    """Return a mix: universities, persons, listed names."""
    chance = random.Random(5)
    listed = [entry.name for one in screener.lists for entry in one.entries]
    mixed = [row["name"] for row in read_cases("universities")] + [
        r["full_name"] for r in read_cases("persons_synthetic")
    ]
    drawn = chance.sample(mixed, number * 9 // 10) + chance.sample(listed, number // 10)
    chance.shuffle(drawn)
    return drawn


def measure_speed(page: Page, screener: ListScreener) -> None:
    page.heading("Speed and size, one core, all lists")
    names = [name for one in screener.lists for e in one.entries for name in (e.name, *(a.name for a in e.aliases))]
    asked = queries(10_000, screener)
    rows = []
    for label, chosen in (
        ("ours, universities", [row["name"] for row in read_cases("universities")]),
        ("ours, universities, persons of many scripts, listed names", asked),
        ("ours, the same again (words remembered)", asked),
    ):
        _timed(rows, label, chosen, lambda chosen: screener.screen_many([Query(name) for name in chosen]))
    tfidf = peers.CharacterTfidf(names)
    _timed(rows, "character TF-IDF", asked[:500], tfidf.best)
    _timed(rows, "rapidfuzz token_sort cdist", asked[:400], lambda chosen: peers.token_sort(chosen, names))
    page.table(("engine", "queries", "seconds", "queries a second"), rows)
    rates = [float(row[3]) for row in rows]
    page.say(
        f"New mixed names against the two peers in this same run: {rates[1] / rates[3]:.2f} times character TF-IDF and "
        f"{rates[1] / rates[4]:.1f} times token_sort, which compare letters only."
    )
    page.say(f"Names in the lists: {len(names)}; forms in the index: {len(screener.index.form_list)}.")
    page.say("logic-v2 answers about 3, the fastest public engines 13 to 25 queries a second (figures of the issue).")
    done = subprocess.run([sys.executable, "-c", _LOADING], capture_output=True, text=True, check=True, env=os.environ)
    loaded, first, memory = map(float, done.stdout.split())
    page.table(
        ("what", "value"),
        [
            ("index loaded from the cache, seconds", loaded),
            ("first query after that, seconds", first),
            ("peak memory of that process, MB", f"{memory:.0f}"),
            (
                "peak memory of this run, index built, MB",
                f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}",
            ),
        ],
    )


def measure_growth(page: Page, screener: ListScreener) -> None:
    page.heading("How cost grows")
    asked = queries(4_000, screener)
    rows: list[tuple[object, ...]] = []
    for part in (16, 4, 1):
        editions = [edition_of(one.entries[::part], one.id) for one in screener.lists]
        smaller = open_lists(editions)
        start = time.perf_counter()
        forms = len(smaller.index.form_list)
        built = time.perf_counter() - start
        for number in (len(asked) // 16, len(asked) // 4, len(asked)):
            start = time.perf_counter()
            smaller.screen_many([Query(name) for name in asked[:number]])
            rows.append((forms, f"{built:.1f}", number, time.perf_counter() - start))
    page.table(("forms", "seconds to build", "queries", "seconds"), rows)


def _timed(rows: list, label: str, chosen: Sequence[str], run) -> None:
    start = time.process_time()
    run(chosen)
    spent = time.process_time() - start
    rows.append((label, len(chosen), f"{spent:.1f}", f"{len(chosen) / spent:.0f}"))
