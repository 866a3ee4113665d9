"""English written in katakana: names of letters, and the words that bodies of every kind are named with."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import groupby

from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import extract

from xlsaddin.text.letter_costs import compare_many
from xlsaddin.text.scripts import Script
from xlsaddin.text.sound import sound_key
from xlsaddin.text.transliterate import load_letters, romanize
from xlsaddin.text.words import canonical_word, generic_spellings

_LEAST_LOAN, _LEAST_LOAN_SOUND, _SHORTEST_LOAN, _MOST_LOANS = 0.9, 0.45, 4, 12


def join_letter_names(tokens: Sequence[str]) -> list[str]:
    """Return tokens with names of letters in katakana, two or more in a row, as Latin initials (ケー・ジー -> kg)."""
    names, joined = load_letters().letter_names, list[str]()
    if names.keys().isdisjoint(tokens):
        return list(tokens)
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
    words = [spellings[place] for _, _, place in near]
    likely = max(zip(compare_many(kana, Script.KANA, words), words, strict=True)) if words else (0.0, "")
    return canonical_word(likely[1]) if likely[0] >= _LEAST_LOAN else None


@cache
def _generic_sounds() -> tuple[list[str], list[str]]:
    """Return the sound keys of the spellings of generic words, and the spellings."""
    spellings = [word for word in generic_spellings() if len(word) >= _SHORTEST_LOAN]
    return [sound_key(word).full for word in spellings], spellings
