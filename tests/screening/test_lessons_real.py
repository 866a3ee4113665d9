"""Lessons of other engines' users on the official files they were learned with (numbers as in docs/screening.md)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.screening.conftest import AS_OF
from xlsaddin.parameters import Parameters
from xlsaddin.screening.candidates import MOST_PER_LIST, candidates
from xlsaddin.screening.engine import ListScreener, open_screener
from xlsaddin.screening.model import Band, Query
from xlsaddin.screening.words import latin_word, read_name
from xlsaddin.watchlist.store import ListStore

FILES = ("us_ofac_sdn", "jp_meti_russia/list_russia_tokutei.pdf")
LISTS = ("jp_meti_russia", "us_ofac_sdn")


@pytest.fixture(scope="module")
def real(test_data: Path, tmp_path_factory: pytest.TempPathFactory) -> ListScreener:
    store = ListStore(tmp_path_factory.mktemp("lessons"))
    for file in FILES:
        store.import_file(test_data / "lists" / file, today=AS_OF)
    editions = [store.edition(list_id, AS_OF) for list_id in LISTS]
    return open_screener(editions, [store.use(list_id, AS_OF) for list_id in LISTS], AS_OF, Parameters(AS_OF))


@pytest.mark.parametrize(("lesson", "query"), [(1, "BELLETECH CORP"), (3, "emma daniels"), (14, "doe")])
def test_names_that_once_hit_something_else__no_match(real: ListScreener, lesson: int, query: str) -> None:
    assert [hit.matched for hit in real.screen_one(Query(query)) if hit.band is Band.MATCH] == []


def test_lesson_4_a_weak_alias_from_the_remarks_is_found_and_only_reviewed(real: ListScreener) -> None:
    hits = [hit for hit in real.screen_one(Query("Daniel Mohammad")) if "weak_alias" in {r.feature for r in hit.why}]
    assert hits
    assert all(hit.band is Band.REVIEW for hit in hits)


def test_lesson_6_rare_words_weigh_more_than_common_ones(real: ListScreener) -> None:
    number = [listed.id for listed in real.lists].index("us_ofac_sdn")
    rare, common, name = (real.index.weigh(latin_word(word, True), number) for word in ("hizballah", "trading", "ali"))
    assert rare > 2 * common
    assert rare > name


@pytest.mark.parametrize("query", ["Hezbollah", "Hizbollah", "Hizballah"])
def test_lesson_11_a_body_with_very_many_aliases_comes_first(real: ListScreener, query: str) -> None:
    first = real.screen_one(Query(query))[0].entry
    assert any("HIZBALLAH" in name.upper() for name in (first.name, *(alias.name for alias in first.aliases)))


def test_lesson_12_slips_are_found_in_a_long_list(real: ListScreener) -> None:
    assert any("MADURO" in hit.entry.name for hit in real.screen_one(Query("Nicolas Maduor Mors")))


@pytest.mark.parametrize("query", ["Mohammad Ali", "General Trading Company", "Kim Song Il"])
def test_lesson_19_few_names_are_compared_however_common_the_words(real: ListScreener, query: str) -> None:
    name = read_name(query)
    (compared,) = candidates(real.index, [name], 0.66)
    assert len(compared) <= MOST_PER_LIST * (len(LISTS) + 2 * len(name.words) + 3)
    assert len(compared) < len(real.index.form_list) / 100


@pytest.mark.parametrize("query", ["Kalashnikov Concern", "株式会社カラシニコフ・コンツェルン"])
def test_lesson_20_metis_export_ban_list_is_a_list_like_any_other(real: ListScreener, query: str) -> None:
    assert any(hit.list_id == "jp_meti_russia" for hit in real.screen_one(Query(query)))
