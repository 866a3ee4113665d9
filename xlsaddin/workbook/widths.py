"""How wide the columns of a table of answers are, so that the sheet fits an A4 page and nothing is cut off.

Widths are in characters of the Normal font (a Japanese character takes two).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import zip_longest
from math import ceil

from xlsaddin.checklist.model import Column, Type

PORTRAIT_PIXELS = 751
"""Width of a form on A4 portrait at 88 %: its smallest text, of 10 points, prints at 8.8 points."""

LANDSCAPE_PIXELS = 1125
"""The same for A4 landscape."""

TABLE_PIXELS = 1269
"""Width of a table on A4 landscape at 78 %: its text, of 11 points, prints at 8.6 points."""

_BY_TYPE = {
    Type.TEXT: 17, Type.LONG_TEXT: 24, Type.DATE: 11, Type.MONTH: 9, Type.INTEGER: 8.5, Type.NUMBER: 10,
    Type.PERCENT: 8.5, Type.MONEY: 12, Type.CHOICE: 12, Type.TICK: 8, Type.NAMES: 20, Type.EMAIL: 22, Type.URL: 20,
    Type.COUNTRY: 11, Type.CURRENCY: 8.5, Type.ORCID: 19, Type.ERAD: 11, Type.CORPORATE_NUMBER: 15, Type.DOI: 16,
}  # fmt: skip
_GROWS = (Type.LONG_TEXT, Type.TEXT, Type.NAMES, Type.URL)
_AT_LEAST = {Type.TEXT: 12.0, Type.LONG_TEXT: 14.0, Type.NAMES: 13.0, Type.DATE: 11.0}
_NARROWEST = 7.5
_WIDE, _NARROW = 1.86, 0.93
_PADDING = 0.7
_HEADER_SCALE = 1.03  # 11 points, bold
_PIECES = re.compile(r"[!-~‘’“”]+ *|[^!-~‘’“”] *")
"""What a program does not break: a word of Latin letters, any other character."""
_BREAKS = re.compile(r"[\s/]+|(?<=[^\x00-\x7f])|(?=[^\x00-\x7f])")
_WIDEST = 44.0


def room_for(pixels: int, columns: int) -> float:
    """Return how many characters so many columns share; each column keeps five pixels for itself."""
    return (pixels - 5 * columns) / 8


@lru_cache(maxsize=16384)  # mostly single characters and common words
def text_width(text: str) -> float:
    """Return the width of a text in digits of 游ゴシック of the same size."""
    return sum(_WIDE if unicodedata.east_asian_width(mark) in "WFA" else _NARROW for mark in text)


@lru_cache(maxsize=16384)  # the texts of a form are the same in every copy of it
def line_count(text: str, width: float, scale: float = 1.0) -> int:
    """Return how many lines a wrapped text takes in a column; `scale` is its size relative to 11 points."""
    room = max(1.0, (width - _PADDING) / scale)
    return sum(_wrapped(part, room) for part in text.split("\n"))


def _wrapped(text: str, room: float) -> int:
    """Return how many lines a text without line breaks takes: words go to the next line whole where they fit there."""
    count, used = 1, 0.0
    for piece in _PIECES.findall(text):
        need = text_width(piece.rstrip())
        if used and used + need > room:
            count, used = count + 1, 0.0
        count += max(0, ceil(need / room) - 1)
        used += text_width(piece) if need <= room else need % room
    return count


def longest_word(text: str) -> float:
    """Return the width of the longest part of a text that a program will not break."""
    return max((text_width(part) for part in _BREAKS.split(text)), default=0.0)


def widest_type(types: Iterable[Type]) -> Type:
    """Return the type whose answers need most room."""
    return max(types, key=_BY_TYPE.__getitem__)


def wanted_width(columns: Iterable[Column]) -> float:
    """Return how wide columns would be if there were room enough."""
    return sum(float(column.width or _BY_TYPE[column.type]) for column in columns)


def table_widths(
    columns: Sequence[Column], headers: Sequence[str], room: float, choices: Sequence[str] = ()
) -> tuple[float, ...]:
    """Return the width of each column of a table, so that they fill `room` characters.

    No column is narrower than the longest word of its header, or of its choices (all labels of a column as one text).
    """
    words = [
        max(longest_word(text) * _HEADER_SCALE, longest_word(labels)) + _PADDING * 2
        for text, labels in zip_longest(headers, choices, fillvalue="")
    ]
    least = [max(word, _AT_LEAST.get(column.type, _NARROWEST)) for column, word in zip(columns, words, strict=True)]
    wanted = [
        max(float(column.width or _BY_TYPE[column.type]), low) for column, low in zip(columns, least, strict=True)
    ]
    growing = [column.type in _GROWS and not column.width for column in columns]
    spare = room - sum(wanted)
    if spare > 0 and any(growing):
        share = spare / sum(growing)
        wanted = [min(_WIDEST, width + share) if grows else width for width, grows in zip(wanted, growing, strict=True)]
    elif spare < 0:
        give = [width - low for width, low in zip(wanted, least, strict=True)]
        scale = min(1.0, -spare / sum(give)) if sum(give) else 0.0
        wanted = [width - room * scale for width, room in zip(wanted, give, strict=True)]
    return tuple(round(width, 1) for width in wanted)
