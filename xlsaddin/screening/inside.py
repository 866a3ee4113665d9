"""Whether a listed name stands whole inside a longer text, such as an affiliation written without commas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from xlsaddin.screening.parts import is_suffix, is_unit
from xlsaddin.screening.sorts import may_stand_inside
from xlsaddin.screening.words import Word, place_of

if TYPE_CHECKING:
    from xlsaddin.screening.comparison import Comparison


def stands_inside(c: Comparison) -> bool:
    """Return True when the listed name stands whole inside the query, with only a department or a place around it.

    `Department of Physics Sharif University of Technology Tehran Iran` holds one; `Nanjing University of Science` does
    not hold Nanjing University, nor 西安電子科技大学 電子科技大学.
    """
    pairs, listed, asked = c.alignment.pairs, c.listed.words, c.asked.words
    if c.person or c.alignment.only_listed or not c.alignment.only_query or not may_stand_inside(c.listed):
        return False
    places = sorted(place for pair in pairs for place in pair.query)
    start, stop = places[0], places[-1] + 1
    if not any(c.tells(word) or place_of(word) for word in listed):
        return False
    if stop - start != len(places) or any(pair.similarity < 0.9 for pair in pairs):
        return False
    before, after = asked[:start], asked[stop:]
    return _leads_in(before) and _leads_out(after)


def _leads_in(words: Sequence[Word]) -> bool:
    """Return True for nothing, or for a department or a parent body before the name."""
    return not words or (any(is_unit(word) for word in words) and place_of(words[-1]) is None)


def _leads_out(words: Sequence[Word]) -> bool:
    """Return True for nothing, or for places, numbers and departments after the name."""
    for number, word in enumerate(words):
        if word.number is None and place_of(word) is None:
            rest = words[number:]
            return is_unit(rest[0]) or (not rest[0].latin and is_suffix(rest[-1]))
    return True
