"""How likely a Latin spelling is behind a word in katakana: ジェームズ and James, フセイン and Hussein.

Katakana writes how a foreign name is heard, so one syllable stands for many spellings (フ for f, v, hu, kh).  What each
costs was learned from the names of a dictionary (`data/names/kana_letters.txt`); the cheapest way to read a word as a
spelling is what it costs.  Of 1,500 katakana tokens .98 are recognised at one false alert in a hundred and .93 at one
in a thousand, by sound keys alone .93 and .75.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import groupby

from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import extract

from xlsaddin.text.sound import sound_key
from xlsaddin.text.transliterate import load_letters, romanize
from xlsaddin.text.words import canonical_word, generic_spellings, read_lines

LONGEST = 4  # letters one syllable may stand for
_SMALL = frozenset("ァィゥェォャュョヮ")
_MARKS = frozenset("ーッン")
_SKIPPED = 4.5  # cost of a syllable or letter that stands for nothing: rarer than any spelling of the table
_LEAST_LOAN, _LEAST_LOAN_SOUND, _SHORTEST_LOAN, _MOST_LOANS = 0.9, 0.45, 4, 12
_SURE, _CHANCE = 0.5, 1.7  # cost a sign: half of true pairs are below the one, 99 % of random ones above the other


@lru_cache(maxsize=16384)
def kana_syllables(kana: str) -> tuple[str, ...]:
    """Return the syllables of a katakana word; ー, ッ and ン are syllables of their own (シャ|ー|キ|ッ|ト)."""
    found: list[str] = []
    for sign in kana:
        if sign in _SMALL and found and found[-1] not in _MARKS:
            found[-1] += sign
        else:
            found.append(sign)
    return tuple(found)


@cache
def load_costs() -> dict[str, dict[str, float]]:
    """Return syllable -> Latin letters -> cost (minus the logarithm of their share), from the table."""
    table: dict[str, dict[str, float]] = {}
    for syllable, spellings in read_lines("kana_letters.txt"):
        costs = (spelling.split(":") for spelling in spellings.split())
        table[syllable] = {letters: float(cost) for letters, cost in costs}
    return table


@lru_cache(maxsize=131072)
def compare_kana(kana: str, latin: str) -> float:
    """Return how likely a Latin word is what a katakana word writes: 0 as by chance, 1 as most names.

    Args:
        kana: a normalised word in katakana; latin: one in letters a-z, several words written together maybe.
    """
    syllables = kana_syllables(kana)
    cost = _reading_cost(syllables, latin) / (len(syllables) + len(latin))
    return min(1.0, max(0.0, (_CHANCE - cost) / (_CHANCE - _SURE)))


def _reading_cost(syllables: tuple[str, ...], latin: str) -> float:
    """Return the cost of the cheapest way to read syllables as letters (dynamic programming over both)."""
    table, none = load_costs(), dict[str, float]()
    size = len(latin) + 1
    spans = [[latin[start : start + length] for length in range(min(LONGEST, size - 1 - start) + 1)]
             for start in range(size)]  # fmt: skip
    row = [_SKIPPED * place for place in range(size)]
    for syllable in syllables:
        costs = table.get(syllable, none)
        after = [cost + _SKIPPED for cost in row]
        for start, before in enumerate(row):
            for length, span in enumerate(spans[start]):
                cost = costs.get(span)
                if cost is not None and before + cost < after[start + length]:
                    after[start + length] = before + cost
        for place in range(1, size):
            after[place] = min(after[place], after[place - 1] + _SKIPPED)
        row = after
    return row[-1]


def join_letter_names(tokens: Sequence[str]) -> list[str]:
    """Return tokens with names of letters in katakana, two or more in a row, as Latin initials (ケー・ジー -> kg)."""
    names, joined = load_letters().letter_names, list[str]()
    for spelled, run in groupby(tokens, key=names.__contains__):
        found = list(run)
        joined.extend(["".join(names[name] for name in found)] if spelled and len(found) > 1 else found)
    return joined


@lru_cache(maxsize=65536)
def loanword(kana: str) -> str | None:
    """Return the canonical English word that bodies are named with and a katakana word writes, None where none is."""
    keys, spellings = _generic_sounds()
    sound = sound_key(romanize(kana)).full
    near = extract(
        sound, keys, scorer=Levenshtein.normalized_similarity, limit=_MOST_LOANS, score_cutoff=_LEAST_LOAN_SOUND
    )
    found = [(compare_kana(kana, spellings[place]), spellings[place]) for _, _, place in near]
    likely = max(found, default=(0.0, ""))
    return canonical_word(likely[1]) if likely[0] >= _LEAST_LOAN else None


@cache
def _generic_sounds() -> tuple[list[str], list[str]]:
    """Return the sound keys of the spellings of generic words, and the spellings."""
    spellings = [word for word in generic_spellings() if len(word) >= _SHORTEST_LOAN]
    return [sound_key(word).full for word in spellings], spellings
