"""The names inside one text a person typed: the whole, what stands in brackets, and the segments of an affiliation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from xlsaddin.screening.similar import word_sound
from xlsaddin.screening.words import Name, Word, is_generic, place_of, read_name
from xlsaddin.text.normalize import normalize_spaces, normalize_width
from xlsaddin.text.places import load_places
from xlsaddin.text.scripts import Script, script_runs
from xlsaddin.text.segment import UNSPACED
from xlsaddin.text.sound import compare_sounds

_BRACKETS = re.compile(r"[(\[{〔【]([^()\[\]{}〔〕【】]*)[)\]}〕】]")
_BREAKS = re.compile(r"[,;|\n\r、，；]+|\s+[-–—/]\s+|(?<=\w)/(?=\w)")
_PARENT = re.compile(r"(.+),\s*[A-Z]{2,6}")
_UNITS = frozenset(
    ["school", "department", "faculty", "laboratory", "division", "office", "branch", "campus", "unit", "section"]
)
_SUFFIXES = _UNITS | {"college", "institute", "center"}
_MOST_PARTS = 12
_SHORTEST_SEGMENT = 3


class Cut(StrEnum):
    """How a part was cut out of the text."""

    WHOLE = "whole"
    BRACKET = "bracket"
    SCRIPT = "script"
    SEGMENT = "segment"


@dataclass(frozen=True, slots=True)
class Part:
    """One name to be compared, and how it was cut out of the query's text."""

    name: Name
    cut: Cut


@lru_cache(maxsize=16384)
def split_parts(text: str) -> tuple[Part, ...]:
    """Return the names inside a text, the whole text first; parts that name nothing are left out."""
    whole = read_name(text)
    parts: dict[str, Part] = {whole.normal: Part(whole, Cut.WHOLE)} if whole.words else {}
    for piece, cut in _pieces(normalize_width(text)):
        name = read_name(piece)
        if name.normal in parts or not _names_something(name, cut, whole):
            continue
        parts[name.normal] = Part(name, cut)
        if len(parts) >= _MOST_PARTS:
            break
    return tuple(parts.values())


def _pieces(text: str) -> Iterator[tuple[str, Cut]]:
    """Yield the text outside brackets, in them, by script, and between commas."""
    outside = normalize_spaces(_BRACKETS.sub(_kept_bracket, text))
    inside = _BRACKETS.findall(text)
    if inside and outside:
        yield outside, Cut.WHOLE
    yield from ((piece, Cut.BRACKET) for piece in inside)
    segments = [segment for segment in _BREAKS.split(outside) if segment.strip()]
    if len(segments) > 1:
        yield from ((segment, Cut.SEGMENT) for segment in segments)
    if not text.isascii():
        yield from ((piece, Cut.SCRIPT) for piece in _by_script(outside))


def _by_script(text: str) -> Iterator[str]:
    """Yield the Latin and the East Asian stretches of a text that holds both."""
    stretches: dict[bool, str] = {}
    for script, run in script_runs(text):
        if script is not Script.COMMON:
            east = script in UNSPACED
            stretches[east] = stretches.get(east, "") + run
    if len(stretches) == 2:
        yield from stretches.values()


def _names_something(name: Name, cut: Cut, whole: Name) -> bool:
    """Return True for a part that could be a name of its own, not a place, a postcode, a legal form or a department."""
    words = [word for word in name.words if word.number is None and place_of(word) is None]
    if not words or (cut is Cut.BRACKET and all(word.known and not word.latin for word in words)):
        return False
    if cut is Cut.SEGMENT:
        if name.core in load_places().codes or len(name.core) < _SHORTEST_SEGMENT:
            return False
        if is_unit(words[0]) and name.words[0] is words[0]:
            return False
        if len(name.words) == 1 and name.words[0].latin:
            return name.original.strip().isupper() or (whole.organised and not is_generic(words[0].text))
    return True


@lru_cache(maxsize=16384)
def listed_variants(text: str) -> tuple[str, ...]:
    """Return the ways a listed name may be meant: as printed, without its brackets, and as the brackets have it.

    `Aleksandr (Alexander) Bykadorov` is also Aleksandr Bykadorov and Alexander Bykadorov; what stands in brackets
    at the end is a name of its own when it names something.  `Changchun Institute of Optics, CAS` goes without its
    parent's initials where what is left still tells which body it is.
    """
    plain = normalize_width(text)
    found = {text: None}
    outside = normalize_spaces(_BRACKETS.sub(_kept_bracket, plain))
    for bracket in _BRACKETS.finditer(plain):
        found.setdefault(outside or text)
        before, inside, after = plain[: bracket.start()].split(), bracket.group(1), plain[bracket.end() :]
        for spelling in _BREAKS.split(inside):
            words = spelling.split()
            if len(words) == 1 and before and not spelling.isupper() and _like(words[0], before[-1]):
                found.setdefault(normalize_spaces(" ".join([*before[:-1], *words, _BRACKETS.sub(" ", after)])))
            elif not after.strip() and _stands_alone(spelling):
                found.setdefault(spelling.strip())
    parent = _PARENT.fullmatch(plain.strip())
    if parent and _tells_alone(parent.group(1)):
        found.setdefault(parent.group(1))
    return tuple(found)[:_MOST_PARTS]


def _tells_alone(spelling: str) -> bool:
    """Return True for a name of several words, without number, that a place or a distinctive word tells from others."""
    words = read_name(spelling).words
    if len(words) < 4 or any(word.number is not None for word in words):
        return False
    return any(place_of(word) is not None or not is_generic(word.text) for word in words)


def _kept_bracket(bracket: re.Match[str]) -> str:
    """Return a bracket that tells which body of a group it is (a place), nothing for any other."""
    words = read_name(bracket.group(1)).words
    places = words and all(place_of(word) is not None for word in words)
    return bracket.group() if places else " "


def _like(first: str, second: str) -> bool:
    """Return True for two spellings of one word."""
    return len(first) > 2 and compare_sounds(word_sound(first.casefold()), word_sound(second.casefold())) > 0.5


def _stands_alone(spelling: str) -> bool:
    """Return True for a bracket that holds a name: more than an acronym, a place or a legal form."""
    name = read_name(spelling)
    telling = [w for w in name.words if w.number is None and place_of(w) is None and not is_generic(w.text)]
    return bool(telling) and len(name.core) > 5 and (len(name.words) > 1 or name.words[0].latin)


def is_suffix(word: Word) -> bool:
    """Return True for a word that ends the name of a part where parts follow the body (学院, 研究所, 中心)."""
    return not word.latin and any(part in _SUFFIXES for phrase in word.phrases for part in phrase)


def is_unit(word: Word) -> bool:
    """Return True for a word that names a part of a body (school, department, laboratory ...)."""
    return any(len(phrase) == 1 and phrase[0] in _UNITS for phrase in word.phrases[:1])
