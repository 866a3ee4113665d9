"""The words of the lists that resemble words of a query: the same, of one meaning, spelled or sounding alike."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from xlsaddin.screening.runs import firsts
from xlsaddin.screening.sounding import Found, words_sounding
from xlsaddin.screening.vocabulary import Vocabulary
from xlsaddin.screening.words import Word


def words_resembling(listed: Vocabulary, words: Sequence[Word]) -> Found:
    """Return the words of the lists that resemble some words, each pair once, in the order of the words asked."""
    certain: list[tuple[int, int, float, bool]] = []
    for place, word in enumerate(words):
        if (same := listed.ids.get(word.text)) is not None:
            certain.append((place, same, 1.0, True))
        if word.number is None:
            certain.extend((place, *pair) for pair in listed.by_meaning(word))
    heard = words_sounding(listed, words)
    owners, numbers, alike, whole = (
        np.concatenate([np.array([pair[field] for pair in certain], values.dtype), values])
        for field, values in enumerate(heard)
    )
    if not len(owners):
        return heard
    keys = owners * len(listed.texts) + numbers
    order = np.argsort(keys, kind="stable")
    starts = np.flatnonzero(firsts(keys[order]))
    return Found(
        owners[order[starts]],
        numbers[order[starts]],
        np.maximum.reduceat(alike[order], starts),
        np.logical_or.reduceat(whole[order], starts),
    )
