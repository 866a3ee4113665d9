"""Dates as people type them. First and last day of what was written, `forever` for what still runs."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.checklist.tables import cases
from xlsaddin.checklist.answers import FOREVER, DateSpan, Fault
from xlsaddin.checklist.dates import EARLIEST, LATEST, parse_date, parse_serial, running_words


def day(text: str) -> date:
    return FOREVER if text == "forever" else date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    cases("""
    | text | first | last |
    |---|---|---|
    | 2026/5 | 2026-05-01 | 2026-05-31 |
    | 2026年5月 | 2026-05-01 | 2026-05-31 |
    | ２０２６年５月 | 2026-05-01 | 2026-05-31 |
    | 2026·年·5·月 | 2026-05-01 | 2026-05-31 |
    | 2026.5 | 2026-05-01 | 2026-05-31 |
    | 2026-05 | 2026-05-01 | 2026-05-31 |
    | 5/2026 | 2026-05-01 | 2026-05-31 |
    | 令和8年5月20日 | 2026-05-20 | 2026-05-20 |
    | 令和八年五月二十日 | 2026-05-20 | 2026-05-20 |
    | R8.5.20 | 2026-05-20 | 2026-05-20 |
    | r8/5/20 | 2026-05-20 | 2026-05-20 |
    | H31.4 | 2019-04-01 | 2019-04-30 |
    | H22.4 | 2010-04-01 | 2010-04-30 |
    | S63年3月 | 1988-03-01 | 1988-03-31 |
    | 令和元年5月 | 2019-05-01 | 2019-05-31 |
    | 2024年度 | 2024-04-01 | 2025-03-31 |
    | 令和6年度 | 2024-04-01 | 2025-03-31 |
    | FY2024 | 2024-04-01 | 2025-03-31 |
    | 2024 | 2024-01-01 | 2024-12-31 |
    | 2024-05-01 | 2024-05-01 | 2024-05-01 |
    | 2024-05-01T00:00:00 | 2024-05-01 | 2024-05-01 |
    | 2024年5月1日（水） | 2024-05-01 | 2024-05-01 |
    | 20240501 | 2024-05-01 | 2024-05-01 |
    | 202405 | 2024-05-01 | 2024-05-31 |
    | 45413 | 2024-05-01 | 2024-05-01 |
    | May 2024 | 2024-05-01 | 2024-05-31 |
    | 1st May, 2024 | 2024-05-01 | 2024-05-01 |
    | Sept. 2024 | 2024-09-01 | 2024-09-30 |
    | 25/06/2026 | 2026-06-25 | 2026-06-25 |
    | 06/25/2026 | 2026-06-25 | 2026-06-25 |
    | 05/05/2026 | 2026-05-05 | 2026-05-05 |
    | 2027年3月修了見込 | 2027-03-01 | 2027-03-31 |
    | 2028/3(予定) | 2028-03-01 | 2028-03-31 |
    | 2024年5月上旬 | 2024-05-01 | 2024-05-31 |
    | 2024.4-2025.3 | 2024-04-01 | 2025-03-31 |
    | 2024-04-2025-03 | 2024-04-01 | 2025-03-31 |
    | 2024年4月～2025年3月 | 2024-04-01 | 2025-03-31 |
    | 2024年4月～9月 | 2024-04-01 | 2024-09-30 |
    | 2024/4/1-9/30 | 2024-04-01 | 2024-09-30 |
    | 令和6年4月から7年3月まで | 2024-04-01 | 2025-03-31 |
    | 自2024年4月至2025年3月 | 2024-04-01 | 2025-03-31 |
    | from April 2024 to March 2025 | 2024-04-01 | 2025-03-31 |
    | 2024/4～現在 | 2024-04-01 | forever |
    | 2024.4- | 2024-04-01 | forever |
    | 2024年4月から | 2024-04-01 | forever |
    | since May 2024 | 2024-05-01 | forever |
    | 1 Apr 2024 – present | 2024-04-01 | forever |
    | 現在 | forever | forever |
    | Present | forever | forever |
    | ＴＯ ＤＡＴＥ | forever | forever |
    | 継続中 | forever | forever |
    | 9999/12/31 | forever | forever |
    """),
)
def test_read(text: str, first: str, last: str) -> None:
    assert parse_date(text) == DateSpan(day(first), day(last))


@pytest.mark.parametrize(
    ("text", "fault"),
    cases("""
    | text | fault |
    |---|---|
    | 05/06/2026 | ambiguous |
    | 05.06.2026 | ambiguous |
    | 24/5/1 | ambiguous |
    | 24.5 | ambiguous |
    | 2024/4、2025/4 | multiple |
    | 2024/4; 2025/4 | multiple |
    | 2024/13 | unreadable |
    | 2024/2/30 | unreadable |
    | 2025.3-2024.4 | unreadable |
    | 2024年春 | unreadable |
    | 学部のころ | unreadable |
    | - |unreadable |
    | 3024年 | out_of_range |
    | 1849/1 | out_of_range |
    | H40.1 | out_of_range |
    """),
)
def test_asked(text: str, fault: str) -> None:
    assert parse_date(text) is Fault(fault)


@pytest.mark.parametrize("word", sorted(running_words()))
def test_every_word_for_still_running(word: str) -> None:
    assert parse_date(word) == DateSpan(FOREVER, FOREVER)
    assert parse_date(f"2024/4〜{word}") == DateSpan(date(2024, 4, 1), FOREVER)


@pytest.mark.parametrize(
    ("number", "first", "last"),
    [
        (45413, date(2024, 5, 1), date(2024, 5, 1)),
        (45413.75, date(2024, 5, 1), date(2024, 5, 1)),
        (2024, date(2024, 1, 1), date(2024, 12, 31)),  # a typed year, not a day of 1905
        (202405, date(2024, 5, 1), date(2024, 5, 31)),
        (20240501, date(2024, 5, 1), date(2024, 5, 1)),
        (2958465, FOREVER, FOREVER),
    ],
)
def test_numbers_in_date_cells(number: float, first: date, last: date) -> None:
    assert parse_serial(number) == DateSpan(first, last)


def test_a_decimal_year_and_month_is_asked() -> None:
    assert parse_serial(2024.1) is Fault.AMBIGUOUS  # October, typed as 2024.10


DAYS = st.dates(EARLIEST, LATEST)
STYLES = (
    lambda d: d.isoformat(),
    lambda d: f"{d.year}/{d.month}/{d.day}",
    lambda d: f"{d.year}.{d.month:02}.{d.day:02}",
    lambda d: f"{d.year}年{d.month}月{d.day}日",
    lambda d: f"{d:%d %B %Y}",
    lambda d: f"{d:%b} {d.day}, {d.year}",
    lambda d: f"{d:%Y%m%d}",
    lambda d: f" {d.year} 年 {d.month} 月 {d.day} 日 ",
)


@given(DAYS, st.sampled_from(STYLES))
def test_a_day_rendered_in_any_style_is_read_back(day: date, style) -> None:  # type: ignore[no-untyped-def]
    assert parse_date(style(day)) == DateSpan(day, day)


@given(st.dates(date(2019, 5, 1), date(2099, 12, 31)))
def test_an_era_date_is_read_back(day: date) -> None:
    assert parse_date(f"令和{day.year - 2018}年{day.month}月{day.day}日") == DateSpan(day, day)
    assert parse_date(f"R{day.year - 2018}.{day.month}.{day.day}") == DateSpan(day, day)


@given(DAYS, st.integers(0, 9000), st.sampled_from(["-", "～", "〜", " to ", "から", " – "]))
def test_a_period_is_read_back(day: date, days: int, between: str) -> None:
    last = min(day + timedelta(days), LATEST) if days < (LATEST - day).days else LATEST
    assert parse_date(f"{day:%Y/%m/%d}{between}{last:%Y/%m/%d}") == DateSpan(day, last)


@given(st.text() | st.text("0123456789年月日度./-～〜現在RHS令和平成 至から", max_size=20))
def test_any_text_has_a_reading_in_order_or_a_fault(text: str) -> None:
    read = parse_date(text)
    assert isinstance(read, Fault) or EARLIEST <= read.first <= read.last <= FOREVER


@given(st.floats(allow_nan=False) | st.integers())
def test_any_number_has_a_reading_or_a_fault(number: float) -> None:
    assert isinstance(parse_serial(number), (DateSpan, Fault))
