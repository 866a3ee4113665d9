"""The thirteen items of 3-3(1)(i), as the procedure numbers them, with the reading of the look-back sentence."""

from __future__ import annotations

from typing import Any

import pytest

from tests.checklist.sheets import validate
from xlsaddin.checklist.loading import load_checklist
from xlsaddin.checklist.model import Duty, Lookback
from xlsaddin.findings import Severity

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


TABLES = [THIRTEEN[number][0] for number in THIRTEEN if number not in "⑫⑬"]


def findings(**given: Any) -> list[tuple[str, Severity]]:
    """Return code and severity of what is found on the one item answered."""
    [item] = given
    return [(finding.code, finding.severity) for finding in validate(given) if finding.location.item == item]


@pytest.mark.parametrize("key", TABLES)
def test_blank_is_not_none_and_not_obtainable_is_neither(key: str) -> None:
    assert findings(**{key: None}) == [("RS-REQ-002", Severity.ERROR)]
    assert findings(**{key: "該当なし"}) == []
    unknown = {"status": "情報取得不可", "reason": "記録が残っていない"}
    assert findings(**{key: unknown}) == [("RS-REQ-009", Severity.WARNING)]
    assert findings(**{key: {"status": "情報取得不可"}}) == [("RS-REQ-006", Severity.ERROR)]


@pytest.mark.parametrize("key", [key for key in TABLES if RESEARCHER.item(key).lookback is Lookback.WINDOW])
def test_row_before_the_look_back_is_a_note_and_lacks_nothing(key: str) -> None:
    item = RESEARCHER.item(key)
    row = {column.key: "2023年1月" for column in item.columns if column.period in ("from", "to")}
    row |= {column.key: "2022.4-2023.3" for column in item.columns if column.period == "at" and column.whole_period}
    row |= {column.key: "2023年1月" for column in item.columns if column.period == "at" and not column.whole_period}
    assert findings(**{key: [row]}) == [("RS-DATE-007", Severity.NOTE)]


@pytest.mark.parametrize("key", ["education", "career"])
def test_whole_history_is_asked_without_a_look_back(key: str) -> None:
    assert "RS-DATE-007" not in {code for code, _ in findings(**{key: [{"since": "1990年4月", "until": "1994年3月"}]})}
