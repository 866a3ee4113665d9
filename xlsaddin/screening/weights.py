"""How much a word tells: rare words much, words that many bodies share little.

Learned, not listed: from the names of one list (counted once an entry, however many aliases it has) and from the names
of the world's universities and schools in `data/names/bodies.txt`.  Each list has its own weights, so that loading
another list changes nothing about the hits of this one.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from functools import cache

from xlsaddin import resources
from xlsaddin.screening.words import Word, is_generic, read_name
from xlsaddin.text.places import is_place

LEAST, MOST = 0.04, 1.0
GENERIC_COUNT = 120  # entries a generic word counts as at least: small own lists hold no company words to learn from
PLACE_COUNT = 12
_PERSON_COUNTS = {"given": 60, "family": 12}  # a given name tells less than a family name


@cache
def person_counts() -> dict[str, int]:
    """Return how common each word of persons' names is taken to be at least (`data/names/person_words.txt`)."""
    text = resources.package_path("names", "person_words.txt").read_text(encoding="utf-8")
    return {word: _PERSON_COUNTS[kind] for word, kind in (line.split() for line in text.splitlines())}


@cache
def body_counts() -> tuple[Counter[str], int]:
    """Return how many well-known bodies have each word in their name, and how many bodies there are."""
    lines = resources.package_path("names", "bodies.txt").read_text(encoding="utf-8").splitlines()
    return count_words([line] for line in lines), len(lines)


def count_words(entries: Iterable[Iterable[str]]) -> Counter[str]:
    """Return in how many entries each word occurs; an entry is all its names."""
    counts: Counter[str] = Counter()
    for names in entries:
        counts.update({word.text for name in names for word in read_name(name).words})
    return counts


class WordWeights:
    """Weights of words for one list.

    Args:
        counts: entries of the list with the word; entries: entries of the list.
    """

    def __init__(self, counts: Counter[str], entries: int) -> None:
        self._counts = counts
        self._bodies, bodies = body_counts()
        self._persons = person_counts()
        self._total = math.log(entries + bodies + 1)

    def text_weight(self, text: str) -> float:
        """Return the weight of a Latin word, `LEAST` to `MOST`."""
        count = self._counts[text] + self._bodies[text]
        if is_generic(text):
            count += GENERIC_COUNT
        elif is_place(text):
            count += PLACE_COUNT
        count = max(count, self._persons.get(text, 0))
        return min(MOST, max(LEAST, 1.0 - math.log(count + 1) / self._total))

    def weight(self, word: Word) -> float:
        """Return the weight of any word: one of another script weighs what its lightest meaning weighs."""
        if word.number is not None:
            return 0.6
        if word.latin or not word.known:
            return self.text_weight(word.text)
        return min(max(self.text_weight(part) for part in phrase) for phrase in word.phrases if phrase)
