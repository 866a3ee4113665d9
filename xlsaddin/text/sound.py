"""How a romanised name sounds, coarsely: one key for spellings that different scripts and systems give one name.

Measured on 7,500 pairs of name tokens in two scripts: the mean of the edit similarities of the two keys finds more
pairs at one false alert in a thousand than either key, than plain edit distance on letters, and than Jaro-Winkler.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_SOUNDS = tuple(
    (re.compile(spelling), sound)
    for spelling, sound in (
        ("x", "ks"),
        ("tsch|tch|tsh|cz|ch", "C"),
        ("shch|sch|sh|sz", "S"),
        ("zh|dzh|dj|dz", "j"),
        ("ck", "k"),
        ("ph", "f"),
        ("kh|gh|h", "h"),
        ("th", "t"),
        ("qu|q", "k"),
        ("c(?=[eiy])", "s"),
        ("c", "k"),
        ("ts|tz", "C"),
        ("ng", "n"),
        ("w|v", "b"),
        ("l", "r"),
        ("z", "j"),
        ("y", "i"),
        (r"(.)\1+", r"\1"),
    )
)
_VOWELS = re.compile("[aeiouh]")
_DOUBLED = re.compile(r"(.)\1+")
_VOICELESS = str.maketrans({"f": "b", "v": "b", "p": "b", "g": "k", "d": "t", "j": "C", "S": "s", "z": "C", "m": "n"})


class SoundKey(NamedTuple):
    """The two keys of one token: `full` with vowels, `skeleton` of consonant classes (voiced as voiceless)."""

    full: str
    skeleton: str


@lru_cache(maxsize=131072)
def sound_key(latin: str) -> SoundKey:
    """Return the sound keys of a token in Latin letters (see `transliterate.romanize`)."""
    full = latin
    for spelling, sound in _SOUNDS:
        full = spelling.sub(sound, full)
    skeleton = _VOWELS.sub("", full).translate(_VOICELESS)
    return SoundKey(full, _DOUBLED.sub(r"\1", skeleton))


def compare_sounds(first: SoundKey, second: SoundKey) -> float:
    """Return how alike two tokens sound, 0 to 1."""
    from rapidfuzz.distance import Levenshtein

    whole = Levenshtein.normalized_similarity(first.full, second.full)
    return 0.5 * (whole + Levenshtein.normalized_similarity(first.skeleton, second.skeleton))
