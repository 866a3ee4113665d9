"""Laws of screening, for any text and any list."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.screening.conftest import make_edition, make_entry, screener_over
from xlsaddin.screening.engine import ListScreener
from xlsaddin.screening.model import Query

NAMES = (
    "Harbin Sunrise Optics",
    "王伟",
    "Иван Петров",
    "김철수",
    "Blue Falcon Trading Co., Ltd.",
    "シャリフ工科大学",
    "HIT",
)
SCREENER = screener_over(make_edition([make_entry(n, name) for n, name in enumerate(NAMES, 1)]))


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_answered(text: str) -> None:
    for hit in SCREENER.screen_one(Query(text), 1):
        assert 0 < hit.score <= 100
        assert hit.why


@settings(deadline=None, max_examples=40)
@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=30))
def test_any_listed_name_scores_100_for_itself(name: str) -> None:
    if name.strip():
        hits = screener_over(make_edition([make_entry(1, name)])).screen_one(Query(name))
        assert [hit.score for hit in hits] == [100.0]


def test_real_names_score_100_for_themselves(meti: ListScreener) -> None:
    entries = meti.lists[0].entries
    names = [name for entry in entries for name in (entry.name, *(alias.name for alias in entry.aliases))]
    for name in random.Random(3).sample(names, 300):
        assert max(hit.score for hit in meti.screen_one(Query(name))) == 100.0, name


def test_order_of_rows_and_of_queries_changes_nothing() -> None:
    queries = [Query(name) for name in (*NAMES, "Harbin Sunrise Optic", "ハルビン", "Blue Falcon")]
    backwards = screener_over(make_edition([make_entry(n, name) for n, name in enumerate(NAMES, 1)][::-1]))
    plain = {r.query: r.hits for r in SCREENER.screen_many(queries).results}
    assert {r.query: r.hits for r in SCREENER.screen_many(queries[::-1]).results} == plain
    assert {r.query: r.hits for r in backwards.screen_many(queries).results} == plain


def test_names_screened_together_or_one_by_one_have_the_same_hits(meti: ListScreener) -> None:
    entries = random.Random(7).sample(meti.lists[0].entries, 150)
    queries = [Query(name) for entry in entries for name in (entry.name, *(alias.name[:-1] for alias in entry.aliases))]
    assert len(queries) > 300
    together = meti.screen_many(queries).results
    assert [result.hits for result in together] == [meti.screen_one(query) for query in queries]


def test_adding_a_list_removes_no_hit() -> None:
    first = make_edition([make_entry(n, name) for n, name in enumerate(NAMES, 1)], "own_a")
    more = ("Harbin Optics", "Blue Falcon Shipping", "Ivan Petrov", "Sunrise", "Harbin Hit")
    second = make_edition([make_entry(n, name) for n, name in enumerate(more, 1)], "own_b")
    alone, both = screener_over(first), screener_over(first, second)
    for name in (*NAMES, "Harbin Sunrise Optic", "Blue Falcon"):
        before = {(h.entry.number, h.score) for h in alone.screen_one(Query(name))}
        after = {(h.entry.number, h.score) for h in both.screen_one(Query(name)) if h.list_id == "own_a"}
        assert before <= after, name
