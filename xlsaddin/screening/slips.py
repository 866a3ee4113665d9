"""Names that differ by one slip of the hand: a letter or a blank too many, too few, wrong, or two of them swapped.

Such a slip may join two words, cut one in two or spoil a legal form, so names are taken letter by letter, without
blanks.  Two names one slip apart are equal after leaving out one letter of each; that is how the index finds them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from zlib import crc32

from rapidfuzz.distance import OSA

from xlsaddin.screening.words import Name

SHORTEST = 6  # letters; in shorter names one letter makes another name


def joined_names(name: Name) -> tuple[str, ...]:
    """Return a Latin name without blanks, with and without its legal form; none for short ones and other scripts."""
    return _joined(name.normal, name.core)


@lru_cache(maxsize=65536)
def _joined(normal: str, core: str) -> tuple[str, ...]:
    texts = {normal.replace(" ", ""), core.replace(" ", "")}
    return tuple(text for text in sorted(texts) if len(text) >= SHORTEST and text.isascii())


def slip_keys(text: str) -> set[int]:
    """Return the checksums of a text and of the text with any one letter left out."""
    letters = text.encode()
    keys = {crc32(letters[:place] + letters[place + 1 :]) for place in range(len(letters))}
    return keys | {crc32(letters)}


def slip_of(asked: Name, listed: Name) -> tuple[str, str] | None:
    """Return the joined names that differ by one slip, None when there are none; a figure is no slip."""
    for first, second in _pairs(asked, listed):
        if first != second and OSA.distance(first, second, score_cutoff=1) == 1 and _figures(first) == _figures(second):
            return first, second
    return None


def _pairs(asked: Name, listed: Name) -> Iterator[tuple[str, str]]:
    others = joined_names(listed)
    for first in joined_names(asked):
        for second in others:
            if abs(len(first) - len(second)) <= 1:
                yield first, second


def _figures(text: str) -> list[str]:
    return [letter for letter in text if letter.isdigit()]
