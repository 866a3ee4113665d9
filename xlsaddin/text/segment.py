"""Names written without spaces (Han, Hangul, kana) cut into known words, places, numbers and the rest.

The rest is what tells a body apart: 金策|工業|総合|大学.  The cut that leaves the least rest in the fewest pieces wins.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from xlsaddin.text.glossary import load_glossary
from xlsaddin.text.numbers import HAN_NUMBER, parse_han_number
from xlsaddin.text.places import load_places
from xlsaddin.text.scripts import Script, main_script
from xlsaddin.text.words import NAMED_AFTER, STOP_WORDS

UNSPACED = frozenset({Script.HAN, Script.HANGUL, Script.KANA})
_PARTICLES = frozenset("与和及的之및")
_SUFFIXES = frozenset("所院部省厂局庁厅党军系园区市县州国室社法부성국청당군소원시도")
_UNIVERSITY = "大学"
_LONGEST = 10
_SHORTEST_KANA, _SHORTEST_REST = 5, 3
_KNOWN_COST, _SUFFIX_COST, _REST_COST, _REST_START = 1.0, 1.7, 1.0, 1.5


class Segment(NamedTuple):
    """One piece of a name: its text, whether it is a known word or place, and its number if it is one."""

    text: str
    known: bool
    number: int | None = None


@cache
def _terms() -> frozenset[str]:
    """Return every known term of an unspaced script, of two characters or more."""
    words = (term for term in load_glossary().terms if len(term) > 1 and main_script(term) in UNSPACED)
    return load_places().unspaced.union(words, [NAMED_AFTER])


@lru_cache(maxsize=65536)
def segment(word: str) -> tuple[Segment, ...]:
    """Return the pieces of one normalised word of an unspaced script, particles (与, の) left out."""
    pieces: list[Segment] = []
    for text, number in _by_number(word):
        if number is not None:
            pieces.append(Segment(str(number), True, number))
        elif text:
            pieces.extend(_cut_kana(text) if main_script(text) is Script.KANA else _cut(text))
    kept = (piece for piece in pieces if piece.text not in _PARTICLES and piece.text not in STOP_WORDS)
    return _written_out(tuple(kept)) or (Segment(word, False),)


def _written_out(pieces: tuple[Segment, ...]) -> tuple[Segment, ...]:
    """Return the pieces with 大 behind a known word or place as the university it stands for (西北工業大)."""
    if len(pieces) > 1 and pieces[-1].text == _UNIVERSITY[0] and pieces[-2].known:
        return (*pieces[:-1], Segment(_UNIVERSITY, True))
    return pieces


def _cut_kana(text: str) -> list[Segment]:
    """Return a kana word whole, or with one long known word cut off at its beginning or end."""
    terms = _terms()
    if text in terms:
        return [Segment(text, True)]
    for length in range(len(text) - _SHORTEST_REST, _SHORTEST_KANA - 1, -1):
        if text[-length:] in terms:
            return [Segment(text[:-length], False), Segment(text[-length:], True)]
        if text[:length] in terms:
            return [Segment(text[:length], True), Segment(text[length:], False)]
    return [Segment(text, False)]


def _by_number(word: str) -> Iterator[tuple[str, int | None]]:
    """Yield the stretches between numbers and the numbers, in order."""
    start = 0
    for found in HAN_NUMBER.finditer(word):
        number = parse_han_number(next(filter(None, found.groups())))
        if number is not None:
            yield word[start : found.start()], None
            yield found.group(), number
            start = found.end()
    yield word[start:], None


def _cut(text: str) -> list[Segment]:
    """Return the cheapest cut of a stretch (dynamic programming over its characters)."""
    terms = _terms()
    best: list[tuple[float, int, bool]] = [(0.0, 0, True)]
    for end in range(1, len(text) + 1):
        before, _, was_known = best[end - 1]
        character = text[end - 1]
        if character in _PARTICLES:
            options = [(before, end - 1, True)]
        else:
            options = [(before + _REST_COST + (_REST_START if was_known else 0.0), end - 1, False)]
        if character in _SUFFIXES and end > 1:
            options.append((before + _SUFFIX_COST, end - 1, True))
        for start in range(max(0, end - _LONGEST), end - 1):
            if text[start:end] in terms:
                options.append((best[start][0] + _KNOWN_COST, start, True))
        best.append(min(options, key=lambda option: (option[0], option[1])))
    return _read_back(text, best)


def _read_back(text: str, best: list[tuple[float, int, bool]]) -> list[Segment]:
    """Return the pieces of the best cut, neighbouring characters of the rest joined."""
    pieces: list[Segment] = []
    end = len(text)
    while end:
        _, start, known = best[end]
        piece = text[start:end]
        if not known and pieces and not pieces[-1].known:
            pieces[-1] = Segment(piece + pieces[-1].text, False)
        else:
            pieces.append(Segment(piece, known))
        end = start
    return pieces[::-1]
