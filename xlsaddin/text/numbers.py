"""Numbers written in names: 第十四研究所, 14th, No. 14, fourteenth and XIV are all 14."""

from __future__ import annotations

import re

_DIGITS = {"〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_ONES = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
)
_ONES += " sixteenth seventeenth eighteenth nineteenth twentieth"
_ORDINALS = {word: number for number, word in enumerate(_ONES.split(), 1)} | {"thirtieth": 30, "fortieth": 40}
_CARDINALS_TEXT = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
)
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_CARDINALS = {word: number for number, word in enumerate(_CARDINALS_TEXT.split(), 1)} | _TENS
# Not vi and xi, which are names.
_ROMAN = {"ii": 2, "iii": 3, "iv": 4, "vii": 7, "viii": 8, "ix": 9, "xii": 12, "xiii": 13, "xiv": 14}
_SUFFIXED = re.compile(r"0*(\d+)(?:st|nd|rd|th|e|i|й|я|ый|ая|ои|ое)?$")

HAN_NUMBER = re.compile(
    "第([〇零一二两三四五六七八九十百千]+|[0-9]+)|([0-9]+)|([〇零一二三四五六七八九十百千]{2,})(?=所|院|厂|局|师|团|号|研)"
)


def parse_number_word(token: str) -> int | None:
    """Return the number a normalised token stands for (`14`, `14th`, `fourteenth`, `xiv`), None when it is a word."""
    if found := _SUFFIXED.match(token):
        return int(found.group(1)[:18])
    return _ORDINALS.get(token) or _CARDINALS.get(token) or _ROMAN.get(token)


def join_number_words(tokens: list[str]) -> list[str]:
    """Return tokens with tens in letters and the units behind them as one number (forty four -> 44)."""
    joined: list[str] = []
    for token in tokens:
        tens, units = _TENS.get(joined[-1] if joined else ""), parse_number_word(token)
        if tens is not None and units is not None and 0 < units < 10:
            joined[-1] = str(tens + units)
        else:
            joined.append(token)
    return joined


def parse_han_number(text: str) -> int | None:
    """Return the number written in Han numerals or digits (十四 -> 14, 二〇一 -> 201), None when it is none."""
    if text.isascii() and text.isdigit():
        return int(text[:18])
    if not text or any(c not in _DIGITS and c not in _UNITS for c in text):
        return None
    if not any(c in _UNITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text)[:18])
    total, current = 0, 0
    for character in text:
        if character in _UNITS:
            total += (current or 1) * _UNITS[character]
            current = 0
        else:
            current = _DIGITS[character]
    return total + current
