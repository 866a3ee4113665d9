"""A screener with a memory answers as the real one does, and asks it for each query once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from xlsaddin.screening.model import Query, QueryResult, Screening
from xlsaddin.screening.remembering import RememberingScreener


class Counting:
    """A screener that keeps the names it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def screen_many(self, queries: Sequence[Query]) -> Screening:
        self.asked += [query.name for query in queries]
        return Screening(date(2026, 9, 1), (), tuple(QueryResult(query, ()) for query in queries))


def test_a_name_is_screened_once_and_every_row_gets_its_own_answer() -> None:
    real = Counting()
    screener = RememberingScreener(real)
    rows = [Query("東北大学", id="1"), Query("哈尔滨工业大学", id="2"), Query("東北大学", id="3")]
    assert [result.query for result in screener.screen_many(rows).results] == rows
    screener.screen_many(rows[:1])
    assert real.asked == ["東北大学", "哈尔滨工业大学"]


def test_the_same_name_elsewhere_or_of_another_kind_is_another_query() -> None:
    real = Counting()
    screener = RememberingScreener(real)
    screener.screen_many([Query("Beihang", country="CN"), Query("Beihang", country="JP")])
    assert len(real.asked) == 2


def test_what_is_forgotten_is_screened_again() -> None:
    real = Counting()
    screener = RememberingScreener(real)
    screener.screen_many([Query("東北大学")])
    screener.forget()
    screener.screen_many([Query("東北大学")])
    assert real.asked == ["東北大学"] * 2
