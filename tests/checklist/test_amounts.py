"""Numbers, percentages, amounts and names as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.checklist.tables import cases
from xlsaddin.checklist.amounts import (
    Money,
    currency_codes,
    parse_currency,
    parse_integer,
    parse_money,
    parse_number,
    parse_percent,
)
from xlsaddin.checklist.answers import Fault
from xlsaddin.checklist.names import parse_names


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    cases("""
    | text | amount | currency |
    |---|---|---|
    | 3,000千円 | 3000000 | JPY |
    | ３，０００千円 | 3000000 | JPY |
    | 300万円 | 3000000 | JPY |
    | 2百万円 | 2000000 | JPY |
    | 3千万円 | 30000000 | JPY |
    | 1億2,000万円 | 120000000 | JPY |
    | 約1.5億円 | 150000000 | JPY |
    | ¥3,000,000 | 3000000 | JPY |
    | 10,000円(税込) | 10000 | JPY |
    | 年額 120万円程度 | 1200000 | JPY |
    | USD 3,000 | 3000 | USD |
    | $5k | 5000 | USD |
    | 3,000米ドル | 3000 | USD |
    | 100 US$ | 100 | USD |
    | 5万ユーロ | 50000 | EUR |
    | 3000元 | 3000 | CNY |
    | 2 million won | 2000000 | KRW |
    | 1500000 | 1500000 | |
    """),
)
def test_money(text: str, amount: str, currency: str) -> None:
    assert parse_money(text) == Money(float(amount), currency)


@pytest.mark.parametrize(
    ("text", "fault"),
    cases("""
    | text | fault |
    |---|---|
    | 3,5 | ambiguous |
    | 3.000,00 | ambiguous |
    | 3,0000 | ambiguous |
    | 300~400万円 | unreadable |
    | 百万円くらい | unreadable |
    | 応相談 | unreadable |
    | 1e5 | unreadable |
    """),
)
def test_money_asked(text: str, fault: str) -> None:
    assert parse_money(text) is Fault(fault)


@pytest.mark.parametrize(
    ("text", "number"),
    cases("""
    | text | number |
    |---|---|
    | 2,900名 | 2900 |
    | ２９００ | 2900 |
    | 12か月 | 12 |
    | 約50 | 50 |
    | 2026 | 2026 |
    | 2026年度 | 2026 |
    | 令和8年度 | 2026 |
    | R8 | 2026 |
    | FY2026 | 2026 |
    """),
)
def test_whole_numbers(text: str, number: str) -> None:
    assert parse_integer(text) == int(number)


@pytest.mark.parametrize(("text", "percent"), [("30%", 30), ("３０％", 30), ("30 percent", 30), ("12.5", 12.5)])
def test_percentages(text: str, percent: float) -> None:
    assert parse_percent(text) == percent


@pytest.mark.parametrize(
    ("text", "code"),
    [("円", "JPY"), ("米ドル", "USD"), ("us$", "USD"), ("rmb", "CNY"), ("ＥＵＲ", "EUR"), ("pln", "PLN")],
)
def test_currencies(text: str, code: str) -> None:
    assert parse_currency(text) == code


def test_currencies_offered_begin_with_yen_and_are_read_back() -> None:
    assert currency_codes()[0] == "JPY"
    assert [parse_currency(code) for code in currency_codes()] == list(currency_codes())


@given(st.integers(0, 10**14))
def test_a_number_with_thousands_separators_is_read_back(number: int) -> None:
    assert parse_number(f"{number:,}") == number
    assert parse_money(f"{number:,}円") == Money(number, "JPY")


@given(st.text() | st.text("0123456789,.万千億百円$%約~-", max_size=15))
def test_any_text_is_a_number_or_a_fault(text: str) -> None:
    for parse in (parse_number, parse_integer, parse_percent, parse_money):
        assert isinstance(parse(text), (int, float, Money, Fault))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Sato T.; Mori K.；Ito S.", ("Sato T.", "Mori K.", "Ito S.")),
        ("髙橋 花子、山﨑 太郎", ("髙橋 花子", "山﨑 太郎")),
        ("Sato\nMori", ("Sato", "Mori")),
        ("Smith, John; Doe, Jane", ("Smith, John", "Doe, Jane")),
        (
            "Harbin Institute of Technology, Beihang University",
            ("Harbin Institute of Technology", "Beihang University"),
        ),
        ("HIT, BUAA", ("HIT", "BUAA")),
        ("Acme Co., Ltd.", ("Acme Co., Ltd.",)),
        ("Acme, Inc., Beta GmbH", ("Acme, Inc.", "Beta GmbH")),
        ("Li Wei, Wang Fang, et al.", ("Li Wei", "Wang Fang")),
        ("A; A; B", ("A", "B")),
        ("；、", ()),
    ],
)
def test_names_in_one_cell(text: str, names: tuple[str, ...]) -> None:
    assert parse_names(text) == names


def test_two_single_words_with_a_comma_are_one_person() -> None:
    assert parse_names("Smith, John", people=True) == ("Smith, John",)
    assert parse_names("Smith, John") == ("Smith", "John")


@given(
    st.lists(
        st.from_regex(r"[A-Za-z髙﨑山川][A-Za-z髙﨑山川 .]{1,12}[A-Za-z髙﨑山川]", fullmatch=True),
        max_size=6,
        unique=True,
    )
)
def test_names_joined_by_semicolons_are_read_back(names: list[str]) -> None:
    people = tuple(name for name in names if name.replace(" ", "").casefold() not in ("et.al", "none"))
    assert parse_names("; ".join(people)) == people
