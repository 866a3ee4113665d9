"""The index on disk: the same answers from it, and nothing lost when it is damaged or deleted."""

from __future__ import annotations

from pathlib import Path

from tests.screening.conftest import AS_OF
from xlsaddin.parameters import Parameters
from xlsaddin.screening.engine import ListScreener, screener_for
from xlsaddin.screening.model import Query
from xlsaddin.watchlist.store import ListStore

OWN = "entry,name,aliases,country,kind,note\n1,Blue Falcon Optics,藍隼光学 | ブルーファルコン,CN,organization,\n"
QUERIES = [Query("Blue Falcon Optic"), Query("ブルー・ファルコン"), Query("Nothing Alike")]


def opened(home: Path) -> ListScreener:
    store = ListStore(home)
    if not store.ids():
        file = home.parent / "own.csv"
        file.write_text(OWN, encoding="utf-8")
        store.import_file(file, list_id="own_test", title="試験", today=AS_OF)
    return screener_for(store, ["own_test"], AS_OF, Parameters(AS_OF))


def test_answers_from_the_cache_are_the_same(home: Path) -> None:
    built = opened(home).screen_many(QUERIES).results
    files = list((home / "index").iterdir())
    cached = opened(home).screen_many(QUERIES).results
    assert len(files) == 1
    assert cached == built
    assert cached[0].hits


def test_a_damaged_cache_is_built_anew(home: Path) -> None:
    built = opened(home).screen_many(QUERIES).results
    [file] = (home / "index").iterdir()
    file.write_bytes(file.read_bytes()[:500])
    assert opened(home).screen_many(QUERIES).results == built


def test_a_deleted_cache_is_built_anew(home: Path) -> None:
    built = opened(home).screen_many(QUERIES).results
    for file in (home / "index").iterdir():
        file.unlink()
    assert opened(home).screen_many(QUERIES).results == built


def test_a_list_that_is_not_there_makes_the_result_inconclusive(home: Path) -> None:
    store = ListStore(home)
    screening = screener_for(store, ["jp_meti_eul"], AS_OF, Parameters(AS_OF)).screen_many(QUERIES)
    assert not screening.conclusive
    assert all(result.hits == () for result in screening.results)
