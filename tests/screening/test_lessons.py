"""Lessons of other engines' users, by their number in docs/screening.md."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.screening.conftest import AS_OF, Making, make_edition, make_entry, screener_over
from xlsaddin.screening.model import Band, Query, QueryKind
from xlsaddin.watchlist.model import Alias

FOUND = [
    (8, "GUANGZHOU HAIGE COMM GRP", "Guangzhou Haige Communications Group Incorporated Company"),
    (8, "CNOOC ENERGY TECH & SRVCES LTD", "CNOOC Energy Technology & Services Limited"),
    (11, "alqaeda", "Al Qaeda"),
    (11, "Hezbollah", "Hizballah"),
    (12, "JSCARGUMENT", "JSC Argument"),
    (13, "Almaz Antey Telecom", "Almaz-Antey Corporation"),
    (16, "株式会社トヨタ自動車", "トヨタ自動車"),
    (16, "㈱トヨタ自動車", "トヨタ自動車株式会社"),
    (16, "Huawei Technologies Japan", "Huawei Technologies Japan K.K."),
]

NOT_FOUND = [
    (1, "BELLETECH CORP", "11420 CORP."),
    (1, "Orion Company", "A-B-C Company"),
    (2, "สมชาย ใจดี", "Владимир Путин"),
    (3, "emma daniels", "EMMA LLC"),
    (14, "doe", "does"),
    (16, "주식회사 삼성전자", "주식회사 현대자동차"),
    (17, "CHU Rennes", "CHU Nantes"),
]


@pytest.mark.parametrize(("lesson", "query", "listed"), FOUND)
def test_lesson__found(listing: Making, lesson: int, query: str, listed: str) -> None:
    assert [hit.matched for hit in listing(listed).screen_one(Query(query))] == [listed]


@pytest.mark.parametrize(("lesson", "query", "listed"), NOT_FOUND)
def test_lesson__not_found(listing: Making, lesson: int, query: str, listed: str) -> None:
    assert listing(listed).screen_one(Query(query)) == ()


def test_lesson_4_a_weak_alias_is_found_and_never_more_than_review() -> None:
    entry = replace(make_entry(1, "Zarqa Trading House"), aliases=(Alias("Blue Falcon", weak=True),))
    hit = screener_over(make_edition([entry])).screen_one(Query("Blue Falcon"))[0]
    assert hit.band is Band.REVIEW
    assert "weak_alias" in {reason.feature for reason in hit.why}


def test_lesson_5_more_facts_in_an_entry_do_not_change_the_score() -> None:
    bare = make_entry(1, "Harbin Sunrise Optics")
    full = replace(bare, note="a long note", birth_dates=("1970",), identifiers={"imo": ("1",)})
    scores = [screener_over(make_edition([e])).screen_one(Query("Harbin Sunrise Optic"))[0].score for e in (bare, full)]
    assert scores[0] == scores[1]


def test_lesson_7_same_name_is_told_apart_from_a_confirmed_one() -> None:
    entry = make_entry(1, "Ivan Petrovich Sidorenko", "person", birth_dates=("1960-02-03",))
    screener = screener_over(make_edition([entry]))
    by_name = screener.screen_one(Query("Ivan Petrovich Sidorenko"))[0]
    confirmed = screener.screen_one(Query("Ivan Petrovich Sidorenko", birth_date="1960-02-03"))[0]
    assert (by_name.band, by_name.name_only) == (Band.REVIEW, True)
    assert (confirmed.band, confirmed.name_only) == (Band.MATCH, False)


def test_lesson_9_the_best_alias_is_the_one_explained() -> None:
    entry = make_entry(1, "Zarqa Trading House", aliases=("Blue Falcon Optics", "Blue Falcon Optical Works"))
    hit = screener_over(make_edition([entry])).screen_one(Query("Blue Falcon Optics"))[0]
    assert hit.matched == "Blue Falcon Optics"
    assert hit.compared == ("blue falcon optics", "blue falcon optics")


def test_lesson_10_a_shared_birth_date_never_makes_a_hit() -> None:
    entry = make_entry(1, "Ivan Petrovich Sidorenko", "person", birth_dates=("1960-02-03",))
    assert screener_over(make_edition([entry])).screen_one(Query("Maria Lopez", birth_date="1960-02-03")) == ()


def test_lesson_15_results_name_list_and_edition(listing: Making) -> None:
    screening = listing("Harbin Sunrise Optics").screen_many([Query("Harbin Sunrise Optics")])
    assert [(use.id, use.edition) for use in screening.lists] == [("own_test", "2026-01-01")]
    assert screening.results[0].hits[0].edition == "2026-01-01"
    assert screening.as_of == AS_OF


def test_lifted_entries_never_match() -> None:
    entry = make_entry(1, "Harbin Sunrise Optics", lifted=True)
    assert screener_over(make_edition([entry])).screen_one(Query("Harbin Sunrise Optics")) == ()


def test_a_programme_is_found_and_no_body_answers_for_it() -> None:
    screener = screener_over(make_edition([make_entry(1, "Thousand Talents Plan", "program")]))
    asked = Query("Thousand Talents Plan", kind=QueryKind.PROGRAM)
    assert screener.screen_one(asked)[0].band is Band.MATCH
    assert screener.screen_one(Query("Thousand Talents Plan", kind=QueryKind.ORGANIZATION)) == ()


def test_an_affiliation_on_the_same_list_is_a_second_fact() -> None:
    entries = [make_entry(1, "Ivan Petrovich Sidorenko", "person"), make_entry(2, "Blue Falcon Optics")]
    screener = screener_over(make_edition(entries))
    asked = Query("Ivan Petrovich Sidorenko", kind=QueryKind.PERSON, affiliations=("Blue Falcon Optics",))
    assert screener.screen_one(asked)[0].name_only is False


def test_a_han_name_against_an_english_entry_is_explained_and_only_reviewed(listing: Making) -> None:
    hit = listing("Harbin Institute of Technology").screen_one(Query("哈尔滨工业大学"))[0]
    assert hit.band is Band.REVIEW
    assert {"meaning", "translation_only"} <= {reason.feature for reason in hit.why}
