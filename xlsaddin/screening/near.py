"""Words of the lists near enough by their sound to be compared closer, and quick likenesses of many texts at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist, cpdist

from xlsaddin.screening.similar import syllabic
from xlsaddin.screening.trigrams import features
from xlsaddin.screening.vocabulary import READ_BY_LETTERS, SCRIPTS, Vocabulary
from xlsaddin.screening.words import Word
from xlsaddin.text.letter_costs import LEARNED
from xlsaddin.text.scripts import Script
from xlsaddin.text.sound import SoundKey, combine_sounds

LATIN = SCRIPTS.index(Script.LATIN)
# Quick likeness of sounds: before letters are compared, of other scripts, within Latin.
_LEAST_SHARED_SOUND, _LEAST_HEARD, _LEAST_SPELLED = 0.3, 0.5, 0.6
_ALIKE = Levenshtein.normalized_similarity

Numbers = NDArray[np.int64]
Values = NDArray[np.float64]
Marks = NDArray[np.bool_]


class Asked(NamedTuple):
    """A word asked and one of its sounds."""

    place: int
    word: Word
    sound: SoundKey


class Near(NamedTuple):
    """Pairs of what is asked, by its place, and a word of the lists; with the likeness of their full sounds."""

    owners: Numbers
    numbers: Numbers
    quick: Values

    def where(self, kept: Marks | Numbers) -> Near:
        """Return some of the pairs."""
        return Near(self.owners[kept], self.numbers[kept], self.quick[kept])


def near_words(listed: Vocabulary, asked: Sequence[Asked]) -> Near:
    """Return what is near enough by its sound to be compared closer."""
    rows = [listed.sharing(features(one.sound.full, one.sound.skeleton)) for one in asked]
    owners = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    numbers = np.concatenate([np.zeros(0, np.int64), *rows])
    least = np.array([_least_quick(one.word) for one in asked])
    sizes = np.array([len(one.sound.full) for one in asked])
    own = np.array([SCRIPTS.index(one.word.script) for one in asked], np.int8)[owners]
    latin, scripts = np.array([one.word.latin for one in asked], np.bool_)[owners], listed.scripts[numbers]
    # Latin words meet those that `sounding` reads by letters there.
    other = np.where(
        latin, listed.alone[numbers] & ~READ_BY_LETTERS[scripts], listed.alone[numbers] | (scripts == LATIN)
    )
    kept = np.flatnonzero(((scripts == own) | other) & (listed.sound_lengths[numbers] >= (least * sizes)[owners]))
    owners, numbers = owners[kept], numbers[kept]
    sounds, bounds = listed.sound_array[numbers].tolist(), owners.searchsorted(np.arange(len(rows) + 1)).tolist()
    quick = [np.zeros(0)]
    for one, low, start, stop in zip(asked, least.tolist(), bounds, bounds[1:], strict=False):
        if start < stop:
            quick.append(one_to_many(one.sound.full, sounds[start:stop], low))
    near = Near(owners, numbers, np.concatenate(quick))
    return near.where(near.quick > 0)


def _least_quick(word: Word) -> float:
    """Return the likeness of sound keys below which two words are not compared closer."""
    if word.latin or word.script is Script.HAN or syllabic(word):
        return _LEAST_SPELLED
    return _LEAST_SHARED_SOUND if word.script in LEARNED else _LEAST_HEARD


def sound_likeness(listed: Vocabulary, asked: Sequence[Asked], near: Near) -> Values:
    """Return how alike pairs sound by all three keys."""
    reduced = np.array([one.sound.reduced for one in asked], np.object_)[near.owners]
    skeleton = np.array([one.sound.skeleton for one in asked], np.object_)[near.owners]
    return combine_sounds(
        near.quick,
        pairwise(reduced, listed.reduced_array[near.numbers]),
        pairwise(skeleton, listed.skeleton_array[near.numbers]),
    )


def one_to_many(text: str, texts: Sequence[str], least: float = 0.0) -> Values:
    """Return how alike a text is to some others, 0 where it is less than `least`."""
    found: Values = cdist([text], texts, scorer=_ALIKE, score_cutoff=least, dtype=np.float64)[0]
    return found


def many_to_many(texts: Sequence[str], others: Sequence[str]) -> NDArray[np.float32]:
    """Return how alike each text is to each other one."""
    found: NDArray[np.float32] = cdist(texts, others, scorer=_ALIKE, dtype=np.float32)
    return found


def pairwise(
    texts: NDArray[np.object_], others: NDArray[np.object_], scorer: Callable[..., float] = _ALIKE, least: float = 0.0
) -> Values:
    """Return how alike each text is to the other in its place, 0 where it is less than `least`."""
    found: Values = cpdist(texts.tolist(), others.tolist(), scorer=scorer, score_cutoff=least, dtype=np.float64)
    return found
