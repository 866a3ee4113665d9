"""How likely a Latin spelling is behind a word in another script: ジェームズ and James, محمود and Mahmoud.

Each script writes how a name is heard in its own way, so one letter stands for many spellings (フ for f, v, hu, kh).
What each costs was learned from names in both scripts (`data/names/letter_costs.txt`); the cheapest way to read a word
as a spelling, a letter of it, is what it costs.  Of 1,500 tokens a script, sound keys alone and these costs recognise
at one false alert in a thousand: katakana .75 and .93, Arabic .64 and .93, Russian .88 and .95, Korean .66 and .77.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from xlsaddin import resources
from xlsaddin.text.endings import OTHER_END, ends_alike, family_stems
from xlsaddin.text.scripts import Script
from xlsaddin.text.transliterate import hangul_letters

LEARNED = frozenset({Script.KANA, Script.ARABIC, Script.CYRILLIC, Script.HANGUL})
LONGEST = 4  # letters one sign may stand for
SKIPPED = 4.5  # cost of a sign or letter that stands for nothing: rarer than any spelling of the table
_OTHER = 27  # what is no letter
_SYMBOLS = _OTHER + 1
_NEARLY = 0.6  # a second spelling that costs less than so much more is nearly as usual as the first
_SMALL = frozenset("ァィゥェォャュョヮ")
_MARKS = frozenset("ーッン")
_DOUBLE = re.compile(r"([b-df-hj-np-tv-z])\1")


@dataclass(frozen=True)
class Costs:
    """What is known of one script.

    Attributes:
        spellings: sign -> Latin letters -> cost (minus the logarithm of their share), the usual ones first.
        sure, chance: cost a letter of half the true pairs, and of the likeliest in 500 random ones.
    """

    spellings: dict[str, dict[str, float]]
    sure: float = 0.0
    chance: float = math.inf

    @cached_property
    def numbers(self) -> NDArray[np.int16]:
        """Number of each spelling by its code (`_codes`); the last number for every stretch that is none."""
        found = sorted({letters for costs in self.spellings.values() for letters in costs})
        numbers = np.full(_SYMBOLS**LONGEST, len(found), np.int16)
        for number, letters in enumerate(found):
            numbers[_code(letters)] = number
        return numbers

    @cached_property
    def saved(self) -> dict[str, NDArray[np.float64]]:
        """Sign -> what each spelling, by its number, costs more than its letters skipped; infinite for any other."""
        found = {}
        for sign, costs in self.spellings.items():
            saved = found[sign] = np.full(int(self.numbers[-1]) + 1, np.inf)
            for letters, cost in costs.items():
                saved[self.numbers[_code(letters)]] = cost - SKIPPED * len(letters)
        return found


@cache
def load_costs() -> dict[Script, Costs]:
    """Return the tables of `data/names/letter_costs.txt`."""
    found: dict[Script, Costs] = {}
    spellings: dict[str, dict[str, float]] = {}
    for line in resources.package_path("names", "letter_costs.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            script, sure, chance = line.strip("[]").split()
            spellings = {}
            found[Script(script)] = Costs(spellings, float(sure), float(chance))
        elif line and not line.startswith("#"):
            sign, _, letters = line.partition(" = ")
            costs = (spelling.split(":") for spelling in letters.split())
            spellings[sign] = {spelling: float(cost) for spelling, cost in costs}
    return found


@lru_cache(maxsize=131072)
def compare_letters(text: str, script: Script, latin: str) -> float:
    """Return how likely a Latin word is what a word in another script writes: 0 as by chance, 1 as most names.

    Args:
        text: a normalised word; script: the one of `LEARNED` it is written in.
        latin: letters a-z, several words written together maybe.
    """
    return float(compare_many(text, script, (latin,))[0])


def compare_many(text: str, script: Script, latin: Sequence[str]) -> NDArray[np.float64]:
    """Return `compare_letters` of one word and each of several Latin ones."""
    likely = _likely(text, script, latin)
    if script is Script.CYRILLIC:  # what so many family names end in tells nothing
        stems = [(place, *pair) for place, word in enumerate(latin) for pair in family_stems(text, word)]
        if stems:
            places = [place for place, *_ in stems]
            likely[places] = 0.0
            np.maximum.at(likely, places, _likely(stems[0][1], script, [stem for *_, stem in stems]))
    likely[[not ends_alike(text, script, word) for word in latin]] *= OTHER_END
    return likely


def _likely(text: str, script: Script, latin: Sequence[str]) -> NDArray[np.float64]:
    costs = load_costs()[script]
    written = [single_letters(word) for word in latin] if script is Script.ARABIC else latin
    lengths = np.fromiter(map(len, written), np.int64, len(written))
    saved = costs.chance * lengths - reading_costs(signs_of(text, script), written, costs)
    found: NDArray[np.float64] = np.clip(saved / (lengths * (costs.chance - costs.sure)), 0.0, 1.0)
    return found


@lru_cache(maxsize=65536)
def single_letters(latin: str) -> str:
    """Return a Latin word with each double consonant once: Arabic does not write them twice."""
    return _DOUBLE.sub(r"\1", latin)


@lru_cache(maxsize=32768)
def likely_spellings(text: str, script: Script) -> tuple[str, str]:
    """Return a word in the Latin letters its signs usually stand for, and in those that are nearly as usual."""
    spellings, none = load_costs()[script].spellings, {"": 0.0}
    likely = [tuple(spellings.get(sign, none).items())[:2] for sign in signs_of(text, script)]
    second = (found[-1] if found[-1][1] - found[0][1] < _NEARLY else found[0] for found in likely)
    return "".join(found[0][0] for found in likely), "".join(letters for letters, _ in second)


def reading_costs(signs: Sequence[str], latin: Sequence[str], costs: Costs) -> NDArray[np.float64]:
    """Return the cost of the cheapest way to read signs as each of several words.

    One row a place between two letters, one column a word; sign by sign, all words at a time.
    """
    symbols = _symbols(latin)
    spans = costs.numbers.take(_codes(symbols))
    size = spans.shape[1]
    row = np.zeros(spans.shape[1:])  # what a place costs more than all letters before it skipped
    for sign in signs:
        after = row + SKIPPED
        if (saved := costs.saved.get(sign)) is not None:
            read = saved.take(spans)
            for length in range(min(LONGEST, size - 1) + 1):
                np.minimum(after[length:], row[: size - length] + read[length, : size - length], out=after[length:])
        row = np.minimum.accumulate(after, axis=0)
    lengths = np.fromiter(map(len, latin), np.int64, len(latin))
    found: NDArray[np.float64] = row[lengths, np.arange(len(latin))] + SKIPPED * lengths
    return found


def _symbols(words: Sequence[str]) -> NDArray[np.int64]:
    """Return the letters of some words, one column a word, as 1 to 26; `_OTHER` for all else and behind their ends."""
    width = max(map(len, words)) + LONGEST
    joined = "".join(word.ljust(width) for word in words).encode("ascii", "replace")
    symbols = np.frombuffer(joined, np.uint8).reshape(len(words), width).T.astype(np.int64) - (ord("a") - 1)
    symbols[(symbols < 1) | (symbols >= _OTHER)] = _OTHER
    return symbols


def _codes(symbols: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the codes of the stretches of no to `LONGEST` letters that begin at each place: length, place, word."""
    size = len(symbols) - LONGEST + 1
    codes = np.zeros((LONGEST + 1, size, symbols.shape[1]), np.int64)
    for length in range(1, LONGEST + 1):
        codes[length] = codes[length - 1] * _SYMBOLS + symbols[length - 1 : length - 1 + size]
    return codes


def _code(letters: str) -> int:
    """Return the code of one spelling."""
    return int(_codes(_symbols((letters,)))[len(letters), 0, 0])


@lru_cache(maxsize=32768)
def signs_of(text: str, script: Script) -> tuple[str, ...]:
    """Return what is read as one: katakana syllables (シャ|ー|キ|ッ|ト), the letters of Hangul, letters elsewhere."""
    if script is Script.KANA:
        return _kana_syllables(text)
    if script is Script.HANGUL:
        return tuple(part for syllable in text for part in _hangul_letters(syllable))
    return tuple(text)


def _kana_syllables(kana: str) -> tuple[str, ...]:
    found: list[str] = []
    for sign in kana:
        if sign in _SMALL and found and found[-1] not in _MARKS:
            found[-1] += sign
        else:
            found.append(sign)
    return tuple(found)


def _hangul_letters(syllable: str) -> tuple[str, ...]:
    """Return initial, vowel and final of a syllable as signs of their own, by their place in Unicode's order."""
    if (places := hangul_letters(syllable)) is None:
        return (syllable,)
    initial, vowel, final = places
    return (f"i{initial}", f"v{vowel}", *([f"f{final}"] if final else []))
