"""How likely a Latin spelling is behind a word in another script: ジェームズ and James, محمود and Mahmoud.

Each script writes how a name is heard in its own way, so one letter stands for many spellings (フ for f, v, hu, kh).
What each costs was learned from names in both scripts (`data/names/letter_costs.txt`); the cheapest way to read a word
as a spelling, a letter of it, is what it costs.  Of 1,500 tokens a script, sound keys alone and these costs recognise
at one false alert in a thousand: katakana .75 and .93, Arabic .63 and .88, Russian .88 and .94, Korean .66 and .79.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from xlsaddin import resources
from xlsaddin.text.scripts import Script
from xlsaddin.text.transliterate import hangul_letters

LEARNED = frozenset({Script.KANA, Script.ARABIC, Script.CYRILLIC, Script.HANGUL})
LONGEST = 4  # letters one sign may stand for
SKIPPED = 4.5  # cost of a sign or letter that stands for nothing: rarer than any spelling of the table
_NEARLY = 0.6  # a second spelling that costs less than so much more is nearly as usual as the first
_SMALL = frozenset("ァィゥェォャュョヮ")
_MARKS = frozenset("ーッン")


class Costs(NamedTuple):
    """What is known of one script.

    Attributes:
        spellings: sign -> Latin letters -> cost (minus the logarithm of their share), the usual ones first.
        sure, chance: cost a letter of half the true pairs, and of the likeliest in 500 random ones.
    """

    spellings: dict[str, dict[str, float]]
    sure: float
    chance: float


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
    costs = load_costs()[script]
    most = costs.chance * len(latin)
    cost = reading_cost(signs_of(text, script), latin, costs.spellings, most)
    return min(1.0, max(0.0, (most - cost) / (len(latin) * (costs.chance - costs.sure))))


@lru_cache(maxsize=32768)
def likely_spellings(text: str, script: Script) -> tuple[str, str]:
    """Return a word in the Latin letters its signs usually stand for, and in those that are nearly as usual."""
    spellings, none = load_costs()[script].spellings, {"": 0.0}
    likely = [tuple(spellings.get(sign, none).items())[:2] for sign in signs_of(text, script)]
    second = (found[-1] if found[-1][1] - found[0][1] < _NEARLY else found[0] for found in likely)
    return "".join(found[0][0] for found in likely), "".join(letters for letters, _ in second)


def reading_cost(signs: tuple[str, ...], latin: str, spellings: dict[str, dict[str, float]], most: float) -> float:
    """Return the cost of the cheapest way to read signs as letters, `most` where it is no less than that."""
    none = dict[str, float]()
    size = len(latin) + 1
    spans = _spans(latin)
    row = [SKIPPED * place for place in range(size)]
    for sign in signs:
        cost_of = spellings.get(sign, none).get
        after = [cost + SKIPPED for cost in row]
        for start, before in enumerate(row):
            if before < most:
                stop = start
                for span in spans[start]:
                    cost = cost_of(span)
                    if cost is not None and before + cost < after[stop]:
                        after[stop] = before + cost
                    stop += 1
        least = before = after[0]
        for place in range(1, size):
            before += SKIPPED
            if after[place] < before:
                before = after[place]
            else:
                after[place] = before
            if before < least:
                least = before
        if least >= most:
            return most
        row = after
    return min(row[-1], most)


@lru_cache(maxsize=65536)
def _spans(latin: str) -> tuple[tuple[str, ...], ...]:
    """Return the stretches of no to `LONGEST` letters that begin at each place."""
    size = len(latin)
    return tuple(
        tuple(latin[start : start + length] for length in range(min(LONGEST, size - start) + 1))
        for start in range(size + 1)
    )


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
