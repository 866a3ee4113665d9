"""The forms of one date in text: a table of patterns, each with the reading it stands for."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from xlsaddin import resources
from xlsaddin.checklist.answers import FOREVER, DateSpan, Fault
from xlsaddin.checklist.definition import read_toml
from xlsaddin.text.numbers import parse_han_number

EARLIEST = date(1920, 1, 1)
LATEST = date(2199, 12, 31)
"""No answer lies before or after these days, but for periods that are still running."""

_FISCAL_FIRST_MONTH = 4  # 年度 in the words people write; the look-back has its own dated parameter
_WORD_LISTS = ("trailing", "leading", "opening_before", "opening_after", "ranges")
_WEEKDAY = re.compile(r"\((?:[月火水木金土日]|mon|tue|wed|thu|fri|sat|sun)(?:曜日?|day)?\)")
_BRACKETS = re.compile(r"[()\[\]「」]")
_HAN_NUMERAL = re.compile(r"[〇零一二三四五六七八九十]+(?=[年月日])")
_TIME = re.compile(r"[t ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?z?$")
_ENGLISH = re.compile(r"[\s,./\-]+")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")


@dataclass(frozen=True, slots=True)
class DateWords:
    """The words of `data/dates.toml`."""

    running: frozenset[str]
    trailing: tuple[str, ...]
    leading: tuple[str, ...]
    opening_before: tuple[str, ...]
    opening_after: tuple[str, ...]
    ranges: tuple[str, ...]
    eras: Mapping[str, date]
    months: Mapping[str, int]


@cache
def date_words() -> DateWords:
    """Return the words and eras in dates."""
    raw = read_toml(resources.package_path("dates.toml"))
    words = {name: tuple(sorted(raw[name], key=len, reverse=True)) for name in _WORD_LISTS}
    return DateWords(frozenset(raw["running"]), **words, eras=raw["eras"], months=raw["months"])


def month_end(day: date) -> date:
    """Return the last day of the month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def tidy(text: str) -> str:
    """Return the text as the patterns expect it: NFKC, lower case, single spaces, no weekdays, brackets and times."""
    tidied = " ".join(unicodedata.normalize("NFKC", text[:200]).casefold().split())
    tidied = _BRACKETS.sub("", _WEEKDAY.sub("", tidied))
    tidied = _HAN_NUMERAL.sub(lambda found: str(parse_han_number(found[0]) or found[0]), tidied)
    return _TIME.sub("", tidied).strip()


def parse_single(text: str) -> DateSpan | Fault:
    """Return the span of one date in tidied text: a day, a month, a year or a fiscal year."""
    stripped = _strip_words(text)
    compact = stripped.replace(" ", "")
    for pattern, read in _FORMS:
        if found := pattern.fullmatch(compact):
            return _within(read(*found.groups()))
    return _within(_english(stripped))


def _strip_words(text: str) -> str:
    """Return the text without the words that change no date, as often as they stand there (修了見込)."""
    words = date_words()
    before = None
    while text != before:
        before = text
        for word in words.trailing:
            text = text.removesuffix(word).strip()
        text = without_leading(text, words.leading)
    return text


def without_leading(text: str, words: tuple[str, ...]) -> str:
    """Return the text without the first of these words it begins with."""
    for word in words:
        if text.startswith(word) and not text[len(word) :][:1].isalpha():
            return text[len(word) :].strip()
    return text


def _within(found: DateSpan | Fault) -> DateSpan | Fault:
    if isinstance(found, DateSpan) and found.last == FOREVER:
        return DateSpan(FOREVER, FOREVER)  # 9999/12/31, as databases write it
    if isinstance(found, DateSpan) and not EARLIEST <= found.first <= found.last <= LATEST:
        return Fault.OUT_OF_RANGE
    return found


def _day(year: str, month: str, day: str) -> DateSpan | Fault:
    try:
        only = date(int(year), int(month), int(day))
    except ValueError:
        return Fault.UNREADABLE
    return DateSpan(only, only)


def _month(year: str | int, month: str) -> DateSpan | Fault:
    if not 1 <= int(month) <= 12 or not int(year):
        return Fault.UNREADABLE
    first = date(int(year), int(month), 1)
    return DateSpan(first, month_end(first))


def _year(year: str | int) -> DateSpan | Fault:
    return DateSpan(date(int(year), 1, 1), date(int(year), 12, 31)) if int(year) else Fault.UNREADABLE


def _fiscal_year(year: str | int) -> DateSpan | Fault:
    if not 1 <= int(year) < LATEST.year:
        return Fault.OUT_OF_RANGE
    begin, end = date(int(year), _FISCAL_FIRST_MONTH, 1), date(int(year) + 1, _FISCAL_FIRST_MONTH, 1)
    return DateSpan(begin, date.fromordinal(end.toordinal() - 1))


def _day_or_month_first(first: str, second: str, year: str) -> DateSpan | Fault:
    """Read 25/06/2026 and 06/25/2026; ask where both numbers may be a month."""
    if int(first) <= 12 and int(second) <= 12 and first.lstrip("0") != second.lstrip("0"):
        return Fault.AMBIGUOUS
    return _day(year, second, first) if int(first) > 12 else _day(year, first, second)


def _era_year(era: str, year: str) -> int | Fault:
    begin = date_words().eras[era]
    number = 1 if year == "元" else int(year)
    later = [day for day in date_words().eras.values() if day > begin]
    last = min(later).year if later else LATEST.year
    western = begin.year + number - 1
    return western if number >= 1 and western <= last + 1 else Fault.OUT_OF_RANGE  # R1 was called H31, H1 S64


def _in_era(read: Callable[..., DateSpan | Fault]) -> Callable[..., DateSpan | Fault]:
    def of(era: str, year: str, *rest: str) -> DateSpan | Fault:
        western = _era_year(era, year)
        return western if isinstance(western, Fault) else read(str(western), *rest)

    return of


def _ask(*_: str) -> DateSpan | Fault:
    return Fault.AMBIGUOUS


def _english(text: str) -> DateSpan | Fault:
    """Read `May 2024`, `5 May 2024`, `May 5th, 2024`, `2024-Apr`."""
    months = date_words().months
    words = [word for word in _ENGLISH.split(_ORDINAL.sub("", text)) if word]
    named = [months[word] for word in words if word in months]
    years = [word for word in words if word.isdecimal() and len(word) == 4]
    days = [word for word in words if word.isdecimal() and len(word) <= 2]
    if len(named) != 1 or len(years) != 1 or len(days) > 1 or len(words) != 2 + len(days):
        return Fault.UNREADABLE
    return _day(years[0], str(named[0]), days[0]) if days else _month(years[0], str(named[0]))


_Y, _N, _E = r"([0-9]{4})", r"([0-9]{1,2})", r"(令和|平成|昭和|[rhs])\.?([0-9]{1,2}|元)"
_FORMS: tuple[tuple[re.Pattern[str], Callable[..., DateSpan | Fault]], ...] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (rf"{_Y}年{_N}月{_N}日?", _day),
        (rf"{_Y}/{_N}/{_N}", _day),
        (rf"{_Y}-{_N}-{_N}", _day),
        (rf"{_Y}\.{_N}\.{_N}", _day),
        (r"((?:19|2[01])[0-9]{2})([0-9]{2})([0-9]{2})", _day),
        (rf"{_Y}[年/.\-]{_N}月?", _month),
        (r"((?:19|2[01])[0-9]{2})([0-9]{2})", _month),
        (rf"{_N}[/.\-]{_Y}", lambda month, year: _month(year, month)),
        (rf"{_Y}年?", _year),
        (rf"{_Y}(?:年度|fy)", _fiscal_year),
        (rf"fy{_Y}", _fiscal_year),
        (rf"{_E}[年./\-]{_N}[月./\-]{_N}日?", _in_era(_day)),
        (rf"{_E}[年./\-]{_N}月?", _in_era(_month)),
        (rf"{_E}年度", _in_era(_fiscal_year)),
        (rf"{_E}年?", _in_era(_year)),
        (rf"{_N}/{_N}/{_Y}", _day_or_month_first),
        (rf"{_N}\.{_N}\.{_Y}", _day_or_month_first),
        (rf"{_N}-{_N}-{_Y}", _day_or_month_first),
        (r"[0-9]{2}[./\-年][0-9]{1,2}(?:[./\-月][0-9]{1,2}日?)?月?", _ask),  # whose two-digit year?
    )
)
