"""Which cell formats show dates, and the dates that day numbers stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from lxml import etree

from xlsaddin.workbook.structure import MAIN

__all__ = ["DAYS_1904", "date_styles", "parse_serial"]

DAYS_1904 = 1462
"""Days between the two ways of counting."""

_BUILT_IN = frozenset((*range(14, 18), 22, *range(27, 32), *range(34, 37), *range(50, 59)))
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_DATE_LETTER = re.compile(r"[yYdDgGrRbB]|[eE](?![+-])")
_LAST = 2_958_465  # 9999-12-31
_FALSE_LEAP_DAY = 60  # Excel counts a 29 February 1900


def date_styles(styles: etree._Element) -> frozenset[int]:
    """Return the indexes of the cell formats that show a day, month or year (times of day alone do not)."""
    codes = {node.get("numFmtId"): node.get("formatCode", "") for node in styles.iter(f"{MAIN}numFmt")}
    return frozenset(_date_formats(styles, codes))


def _date_formats(styles: etree._Element, codes: dict[str, str]) -> Iterator[int]:
    for index, node in enumerate(styles.iterfind(f"{MAIN}cellXfs/{MAIN}xf")):
        number = node.get("numFmtId", "0")
        if number in codes:
            if _shows_date(codes[number]):
                yield index
        elif number.isdecimal() and int(number) in _BUILT_IN:
            yield index


def _shows_date(code: str) -> bool:
    first = _LITERAL.sub("", code.partition(";")[0])
    return first.casefold() != "general" and _DATE_LETTER.search(first.replace("General", "")) is not None


def parse_serial(number: float, *, starts_1904: bool = False) -> date | datetime | float:
    """Return the day (or moment) a day number stands for; a number outside the calendar comes back as it is."""
    counted = number + DAYS_1904 if starts_1904 else number
    if not 1 <= counted < _LAST + 1 or int(counted) == _FALSE_LEAP_DAY:
        return number
    base = date(1899, 12, 31) if counted < _FALSE_LEAP_DAY else date(1899, 12, 30)
    moment = datetime.combine(base, datetime.min.time()) + timedelta(seconds=round(counted * 86400))
    return moment.date() if moment == datetime.combine(moment.date(), datetime.min.time()) else moment
