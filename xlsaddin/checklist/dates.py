"""Dates as people type them: eras, fiscal years, months, whole periods in one cell; what is ambiguous is asked.

`05/06/2026` has two readings and gets none.  `現在` and its like are `FOREVER`.  One date is read by `date_forms`;
this module adds periods, lists of dates and Excel's serial numbers.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from xlsaddin.checklist.answers import FOREVER, DateSpan, Fault
from xlsaddin.checklist.date_forms import EARLIEST, LATEST, date_words, month_end, parse_single, tidy, without_leading

__all__ = [
    "EARLIEST",
    "FIRST_SERIAL",
    "LAST_SERIAL",
    "LATEST",
    "month_end",
    "parse_date",
    "parse_serial",
    "running_words",
]

_EPOCH = date(1899, 12, 30)
FIRST_SERIAL = (EARLIEST - _EPOCH).days
LAST_SERIAL = (LATEST - _EPOCH).days
"""A number from `FIRST_SERIAL` to `LAST_SERIAL` is a date of Excel; 2024 and 202405 are typed years and months."""

_FOREVER_SERIAL = (FOREVER - _EPOCH).days

_SEVERAL = re.compile(r"[;,、\n]")
_MONTH = re.compile(r"(\d{1,2})月?")
_MONTH_AND_DAY = re.compile(r"(\d{1,2})[月/.](\d{1,2})日?")
_YEAR_OF_ERA = re.compile(r"\d{1,2}[年.]\d{1,2}.*")
_ERA = re.compile(r"[^\d元]+")


def running_words() -> frozenset[str]:
    """Return the words that mean "still running", in lower case."""
    return date_words().running


@lru_cache(maxsize=8192)  # the same dates stand in workbook after workbook
def parse_date(text: str) -> DateSpan | Fault:
    """Return the day, month, year or period a text names, or why it names none. Never raises."""
    tidied = tidy(text)
    if tidied in running_words():
        return DateSpan(FOREVER, FOREVER)
    if tidied.isdecimal() and len(tidied) == 5:
        return parse_serial(int(tidied))
    found = parse_single(tidied)
    if found is Fault.UNREADABLE:
        found = _parse_opening(tidied)
    if found is Fault.UNREADABLE:
        found = _parse_period(tidied)
    if found is Fault.UNREADABLE and _names_several(tidied):
        return Fault.MULTIPLE
    return found


def parse_serial(number: float) -> DateSpan | Fault:
    """Return the day of an Excel serial number, or the year, month or day somebody typed as a plain number."""
    if number == _FOREVER_SERIAL:
        return DateSpan(FOREVER, FOREVER)
    if FIRST_SERIAL <= number < LAST_SERIAL + 1:
        day = _EPOCH + timedelta(days=int(number))
        return DateSpan(day, day)
    if number % 1 == 0:
        found = parse_single(str(int(number)))
        return Fault.OUT_OF_RANGE if found is Fault.UNREADABLE else found
    return Fault.AMBIGUOUS  # 2024.1 may have been typed as 2024.10


def _parse_opening(text: str) -> DateSpan | Fault:
    """Read `2024年4月から` and `since 2024`: begun and not said to have ended."""
    rest = without_leading(text, date_words().opening_before)
    for word in date_words().opening_after:
        rest = rest.removesuffix(word).strip()
    begin = parse_single(rest) if rest != text else Fault.UNREADABLE
    return DateSpan(begin.first, FOREVER) if isinstance(begin, DateSpan) else begin


def _parse_period(text: str) -> DateSpan | Fault:
    for separator in date_words().ranges:
        for found in re.finditer(re.escape(separator), text):
            left = without_leading(text[: found.start()].strip(), date_words().opening_before)
            span = _join(left, text[found.end() :].strip())
            if isinstance(span, DateSpan):
                return span
    return Fault.UNREADABLE


def _join(left: str, right: str) -> DateSpan | Fault:
    """Return the period from `left` to `right`; nothing on the right means it is still running."""
    begin = parse_single(left) if left else parse_single(right)
    if isinstance(begin, Fault):
        return begin
    if not right or right in running_words():
        return DateSpan(begin.first, FOREVER)
    end = _parse_end(right, left, begin)
    if isinstance(end, Fault):
        return end
    return DateSpan(begin.first, end.last) if begin.first <= end.last else Fault.UNREADABLE


def _parse_end(right: str, left: str, begin: DateSpan) -> DateSpan | Fault:
    """Read the end of a period, which may leave out the year or the era that the beginning has."""
    full = parse_single(right)
    if isinstance(full, DateSpan):
        return full
    year = begin.first.year
    if found := _MONTH.fullmatch(right):
        return parse_single(f"{year}/{found[1]}")
    if (found := _MONTH_AND_DAY.fullmatch(right)) and begin.first == begin.last:
        return parse_single(f"{year}/{found[1]}/{found[2]}")
    if _YEAR_OF_ERA.fullmatch(right) and (era := _ERA.match(left)):
        return parse_single(era[0] + right)
    return full


def _names_several(text: str) -> bool:
    parts = [part.strip() for part in _SEVERAL.split(text) if part.strip()]
    return len(parts) > 1 and all(isinstance(parse_single(part), DateSpan) for part in parts)
