"""What the measurements run on: the real lists through the real store, and the labelled cases."""

from __future__ import annotations

import csv
import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import blake2b
from pathlib import Path

from xlsaddin.errors import ListError
from xlsaddin.parameters import Parameters
from xlsaddin.screening.engine import ListScreener, open_screener, screener_for
from xlsaddin.watchlist.model import EntryKind, ListEdition, ListEntry, ListSource
from xlsaddin.watchlist.store import ListStore

AS_OF = date(2026, 11, 23)
FILES = (
    "jp_meti_eul/20250929_4.xlsx",
    "jp_mof/shisantouketsu20260305.xlsx",
    "jp_meti_russia/list_russia_tokutei.pdf",
    "jp_meti_russia/list_belarus_tokutei.pdf",
    "jp_meti_russia/list_daisangoku_tokutei.pdf",
    "us_ofac_sdn",
    "us_ofac_nonsdn",
    "un_sc/UN_consolidated.xml",
    "ca_nro/nro.json",
    "us_bis/dpl.txt",
    "us_bis/bis_entity_list.json",
    "us_bis/bis_meu.json",
    "us_bis/dow_1260h.json",
    "us_bis/dow_1286.json",
    "us_bis/state_nonproliferation.json",
)


def data_folder() -> Path:
    """Return the folder of real lists and cases, which are never part of the project."""
    configured = os.environ.get("XLSADDIN_TEST_DATA")
    return Path(configured) if configured else Path(__file__).parents[3] / "shared" / "data"


def load_store(home: Path) -> ListStore:
    """Return a store with every list of the data folder taken in."""
    store = ListStore(home)
    for name in FILES:
        path = data_folder() / "lists" / name
        try:
            store.import_file(path, today=AS_OF)
        except ListError as problem:
            print(f"not taken in: {name}: {problem.en}")
    return store


def open_all(store: ListStore) -> ListScreener:
    """Return a screener over every list of a store."""
    return screener_for(store, store.ids(), AS_OF, Parameters(AS_OF))


def read_cases(name: str) -> list[dict[str, str]]:
    """Return the rows of one file of cases."""
    with (data_folder() / "cases" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def share(text: str) -> float:
    """Return a number from 0 to 1 that depends on the text alone: cases are split by it, not by chance."""
    return int.from_bytes(blake2b(text.encode(), digest_size=4).digest(), "little") / 2**32


def make_edition(
    names: Sequence[str], kind: EntryKind = EntryKind.ORGANIZATION, list_id: str = "own_bench"
) -> ListEdition:
    """Return a list made of these names, numbered from 1."""
    entries = tuple(ListEntry(str(number), name, kind=kind) for number, name in enumerate(names, start=1))
    return edition_of(entries, list_id)


def edition_of(entries: Sequence[ListEntry], list_id: str) -> ListEdition:
    """Return an edition of entries."""
    source = ListSource(list_id, list_id, list_id, "bench", "", "")
    made = datetime(2026, 1, 1, tzinfo=UTC)
    return ListEdition(source, "2026-01-01", made.date(), list_id, list_id, tuple(entries), made, AS_OF)


def open_lists(editions: Sequence[ListEdition]) -> ListScreener:
    """Return a screener over editions that are in no store."""
    return open_screener(editions, [], AS_OF, Parameters(AS_OF))


def without(entry: ListEntry, alias: int) -> ListEntry:
    """Return an entry with one alias held out."""
    return replace(entry, aliases=entry.aliases[:alias] + entry.aliases[alias + 1 :])


def names_of(entry: ListEntry) -> tuple[str, ...]:
    """Return the name of an entry and its aliases."""
    return entry.name, *(alias.name for alias in entry.aliases)
