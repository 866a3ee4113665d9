"""Screeners over the real METI list and over small lists made for a test."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from xlsaddin.parameters import Parameters
from xlsaddin.screening.engine import ListScreener, open_screener
from xlsaddin.watchlist.model import Alias, EntryKind, ListEdition, ListEntry, ListSource, ListUse
from xlsaddin.watchlist.store import ListStore

AS_OF = date(2026, 9, 1)
Making = Callable[..., ListScreener]


def make_edition(entries: Sequence[ListEntry], list_id: str = "own_test") -> ListEdition:
    source = ListSource(list_id, list_id, list_id, "test", "", "")
    made = datetime(2026, 1, 1, tzinfo=UTC)
    return ListEdition(source, "2026-01-01", made.date(), list_id, "test.csv", tuple(entries), made, AS_OF)


def make_entry(number: int, name: str, kind: str = "organization", aliases: Sequence[str] = (), **facts) -> ListEntry:
    return ListEntry(str(number), name, tuple(Alias(a) for a in aliases), EntryKind(kind), **facts)


def screener_over(*editions: ListEdition) -> ListScreener:
    uses = [ListUse(e.id, e.id, e.id, e.edition, len(e.entries), e.sha256) for e in editions]
    return open_screener(editions, uses, AS_OF, Parameters(AS_OF))


@pytest.fixture(scope="session")
def listing() -> Making:
    """Makes a screener from names: `listing("A", "B", kind="person")`."""

    def making(*names: str, kind: str = "organization") -> ListScreener:
        return screener_over(make_edition([make_entry(n, name, kind) for n, name in enumerate(names, 1)]))

    return making


@pytest.fixture(scope="session")
def meti(test_data: Path, tmp_path_factory: pytest.TempPathFactory) -> ListScreener:
    """Screens against METI's real list."""
    store = ListStore(tmp_path_factory.mktemp("meti"))
    store.import_file(test_data / "lists" / "jp_meti_eul" / "20250929_4.xlsx", today=AS_OF)
    return open_screener(
        [store.edition("jp_meti_eul", AS_OF)], [store.use("jp_meti_eul", AS_OF)], AS_OF, Parameters(AS_OF)
    )
