"""How a romanised name sounds, coarsely: one key for spellings that different scripts and systems give one name.

Measured on 7,500 pairs of name tokens in two scripts: the mean of the edit similarities of the three keys finds more
pairs at one false alert in a hundred or a thousand than any one key, than edit distance on letters, and than
Jaro-Winkler.  The keys find the words worth comparing; a word in kana, Arabic, Cyrillic or Hangul is then compared with
a Latin one letter by letter (`letter_costs`), which knows what stands for what.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from rapidfuzz.distance import Levenshtein

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Likeness = TypeVar("Likeness", "float", "NDArray[np.float64]")

_SOUNDS = tuple(
    (frozenset(letters), re.compile(spelling), sound)  # looked for only in words with one of the letters
    for letters, spelling, sound in (
        ("n", "tion|ssion|sion", "Son"),
        ("u", "ture$|ture(?=s)", "Car"),
        ("b", "bh", "b"),
        ("d", "dh", "d"),
        ("e", "ae|oe", "e"),
        ("xh", "x|^hs(?=[aeiouy])", "ks"),
        ("y", "ty(?=[aou])", "C"),
        ("c", "shch", "S"),
        ("ch", "tsch|tch|tsh|cz|ch", "C"),
        ("hz", "shch|sch|sh|sz", "S"),
        ("zj", "zh|dzh|dj|dz", "j"),
        ("c", "ck", "k"),
        ("p", "ph", "f"),
        ("g", "gh(?!t)", "k"),  # Ghasem, Qasem
        ("h", "kh|gh|h", "h"),
        ("h", "th", "t"),
        ("q", "qu|q", "k"),
        ("c", "c(?=[eiy])", "s"),
        ("c", "c", "k"),
        ("t", "ts|tz", "C"),
        ("g", "ng", "n"),
        ("w", "w(?=o)", ""),
        ("wv", "w|v", "b"),
        ("l", "l", "r"),
        ("z", "z", "j"),
        ("y", "y", "i"),
    )
)
_VOWELS = re.compile("[aeiouh]")
_KOREAN = tuple(
    (re.compile(spelling), sound)
    for spelling, sound in (
        ("eo|eu|oo|u", "o"),
        ("ee|ui|iy", "i"),
        ("ae", "e"),
        ("sh", "s"),
        ("ch|j|z", "c"),
        ("g(?!$|[bcdfghjklmnprst])|(?<![n])g|q", "k"),
        ("d", "t"),
        ("b", "p"),
        ("l", "r"),
        ("(?<=a)r(?=k)", ""),
        (r"(.)\1+", r"\1"),
    )
)
_INSERTED_O = re.compile("(?<=[td])o(?![aeiou])")
_VOWEL_RUN = re.compile("([aeio])[aeio]+")
_DOUBLED = re.compile(r"(.)\1+")
_NOT_FIRM = re.compile("[^lrbmn]")
VOICELESS = str.maketrans({"f": "b", "v": "b", "p": "b", "g": "k", "d": "t", "j": "C", "S": "s", "z": "C", "m": "n"})


class SoundKey(NamedTuple):
    """The keys of one token.

    `full` has all sounds; `reduced` lacks vowels that some scripts put in (kurasu, seuta) or double; `skeleton` is
    consonant classes, voiced as voiceless.
    """

    full: str
    reduced: str
    skeleton: str


@lru_cache(maxsize=131072)
def sound_key(latin: str) -> SoundKey:
    """Return the sound keys of a token in Latin letters (see `transliterate.romanize`)."""
    full, letters = latin, frozenset(latin)
    for needed, spelling, sound in _SOUNDS:
        if not letters.isdisjoint(needed):
            full = spelling.sub(sound, full)
    full = _DOUBLED.sub(r"\1", full)
    skeleton = _VOWELS.sub("", full).translate(VOICELESS)
    reduced = _VOWEL_RUN.sub(r"\1", _INSERTED_O.sub("", full).replace("eu", "").replace("u", ""))
    return SoundKey(full, _DOUBLED.sub(r"\1", reduced), _DOUBLED.sub(r"\1", skeleton))


@lru_cache(maxsize=65536)
def korean_key(latin: str) -> str:
    """Return one spelling of a romanised Korean word for all systems (Song, Sung, Seong; Kim, Gim)."""
    key = latin
    for spelling, sound in _KOREAN:
        key = spelling.sub(sound, key)
    return key


def compare_sounds(first: SoundKey, second: SoundKey) -> float:
    """Return how alike two tokens sound, 0 to 1."""
    alike = Levenshtein.normalized_similarity
    return combine_sounds(
        alike(first.full, second.full), alike(first.reduced, second.reduced), alike(first.skeleton, second.skeleton)
    )


@lru_cache(maxsize=65536)
def firm_consonants(latin: str) -> str:
    """Return the l, r, b, m and n of a word in Latin letters, in order: Cyrillic and Arabic tell them apart."""
    return _DOUBLED.sub(r"\1", _NOT_FIRM.sub("", latin.replace("p", "b")))


def combine_sounds(full: Likeness, reduced: Likeness, skeleton: Likeness) -> Likeness:
    """Return the mean likeness of the three keys, of one pair or of many at a time."""
    return 0.4 * full + 0.3 * reduced + 0.3 * skeleton
