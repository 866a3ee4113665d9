"""The thirteen items of 3-3(1)(i), as the procedure numbers them, with the reading of the look-back sentence."""

from __future__ import annotations

import pytest

from xlsaddin.checklist.loading import load_checklist
from xlsaddin.checklist.model import Duty, Lookback

RESEARCHER = load_checklist("researcher")
THIRTEEN = {
    "①": ("education", Lookback.WHOLE),
    "②": ("career", Lookback.WHOLE),
    "③": ("grants", Lookback.WINDOW),
    "④": ("other_support", Lookback.WINDOW),
    "⑤": ("publications", Lookback.WINDOW),
    "⑥": ("patents", Lookback.WINDOW),
    "⑦": ("talent_programs", Lookback.WINDOW),
    "⑧": ("misconduct", Lookback.WINDOW),
    "⑨": ("listed", Lookback.CURRENT),
    "⑩": ("listed_affiliations", Lookback.WINDOW),
    "⑪": ("listed_ties", Lookback.WINDOW),
    "⑫": ("residency", Lookback.CURRENT),
    "⑬": ("funder_items", None),
}


@pytest.mark.parametrize("number", THIRTEEN)
def test_item_is_declared_under_both_clauses_and_a_must(number: str) -> None:
    item = RESEARCHER.item(THIRTEEN[number][0])
    assert (item.number, item.duty) == (number, Duty.MUST)
    assert (item.clause, item.clause_joint) == (f"3-3(1)(i){number}", f"3-3(2)(i){number}")


@pytest.mark.parametrize("number", [number for number in THIRTEEN if number != "⑬"])
def test_look_back_reads_three_to_eight_ten_and_eleven(number: str) -> None:
    key, lookback = THIRTEEN[number]
    assert RESEARCHER.item(key).lookback is lookback
