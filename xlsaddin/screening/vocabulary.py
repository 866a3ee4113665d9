"""Every word of the loaded lists, and the ones among them that resemble a word of a query.

Arrays only, so that it loads from the cache without work; looked up by letters, by sound and by meaning.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from xlsaddin.screening.similar import compare_words, scaled_sound, syllabic, word_sound
from xlsaddin.screening.words import Word, is_known, native_word, readings
from xlsaddin.text.scripts import Script
from xlsaddin.text.sound import SoundKey

SCRIPTS = tuple(Script)
FEATURES = 1 << 16
_LATIN = SCRIPTS.index(Script.LATIN)
_SYMBOLS = {symbol: code for code, symbol in enumerate("abcdefghijklmnopqrstuvwxyzCS^$")}
_OTHER = 31
_LEAST_SHARED = 0.30  # share of trigrams two words must have in common to be compared
_SHORT_WORD, _LEAST_SHARED_SHORT = 9, 0.2  # features of a short word, of which one slip destroys most
_LEAST_PART = 0.66  # likeness of a part of a reading
_LEAST_ALIKE, _LEAST_SPELLED = 0.5, 0.6  # quick likeness of sounds, across scripts and within Latin


@dataclass(frozen=True, slots=True)
class Similar:
    """Words of the lists that resemble one word: their numbers and how alike they are (0 to 1)."""

    ids: NDArray[np.int32]
    alike: NDArray[np.float32]


@dataclass(frozen=True)
class Vocabulary:
    """The words of the lists.

    Attributes:
        texts: the words; sounds: their full sound keys.
        scripts: index into `SCRIPTS` of each; known: whether each has a meaning.
        alone: whether it stands in an entry that is printed in no Latin name.
        feature_starts, feature_ids: words by feature of their sound (compressed rows).
        feature_counts: number of features of each word.
        meanings: English word -> numbers of words of other scripts that may mean it.
    """

    texts: tuple[str, ...]
    sounds: tuple[str, ...]
    scripts: NDArray[np.int8]
    known: NDArray[np.bool_]
    alone: NDArray[np.bool_]
    feature_starts: NDArray[np.int32]
    feature_ids: NDArray[np.int32]
    feature_counts: NDArray[np.int32]
    meanings: Mapping[str, NDArray[np.int32]]

    @cached_property
    def ids(self) -> dict[str, int]:
        """Number of each word."""
        return {text: number for number, text in enumerate(self.texts)}

    @cached_property
    def _words(self) -> dict[int, Word]:
        """Words asked for so far."""
        return {}

    def word(self, number: int) -> Word:
        """Return the word with a number."""
        if (word := self._words.get(number)) is None:
            word = self._words[number] = self._read_word(number)
        return word

    def _read_word(self, number: int) -> Word:
        script = SCRIPTS[self.scripts[number]]
        text = self.texts[number]
        if script is Script.COMMON and text.isdigit():
            return Word(text, script, ((text,),), number=int(text))
        if script in (Script.LATIN, Script.COMMON):
            return Word(text, script, ((text,),))
        return native_word(text, script, bool(self.known[number]))

    def similar(self, word: Word) -> Similar:
        """Return the words that are the same as, mean, or are spelled or sound like a word."""
        found: dict[int, float] = {}
        if (same := self.ids.get(word.text)) is not None:
            found[same] = 1.0
        if word.number is None:
            for number, alike in [*self._by_meaning(word), *self._by_sound(word)]:
                found[number] = max(alike, found.get(number, 0.0))
        return Similar(np.fromiter(found, np.int32, len(found)), np.fromiter(found.values(), np.float32, len(found)))

    def _by_meaning(self, word: Word) -> list[tuple[int, float]]:
        """Return words of which one is a meaning, or one possible spelling of a reading, of the other."""
        found: list[tuple[int, float]] = []
        if word.latin:
            found.extend((int(number), 0.92) for number in self.meanings.get(word.text, ()))
            return found
        for part in {part for phrase in word.phrases for part in phrase}:
            if (number := self.ids.get(part)) is not None:
                found.append((number, 0.92))
            if word.known:
                found.extend((int(other), 0.85) for other in self.meanings.get(part, ()))
        if word.known and word.script is Script.HAN:
            spelled = (self.ids.get(phrase[0]) for phrase in readings(word.text, word.script) if len(phrase) == 1)
            found.extend((number, 0.85) for number in spelled if number is not None)
        return found

    def _by_sound(self, word: Word) -> list[tuple[int, float]]:
        """Return words spelled or sounding alike; known words are never taken for misspelt ones."""
        if (word.latin and (is_known(word.text) or len(word.text) < 4)) or (word.known and not word.latin):
            return []
        sounds = [word_sound(word.text)]
        if not word.latin:
            sounds.extend(word_sound(part) for phrase in word.phrases[1:] for part in phrase if len(part) > 2)
        found: list[tuple[int, float]] = []
        for sound in sounds:
            found.extend(self._sounding(word, sound))
        return found

    def _sounding(self, word: Word, sound: SoundKey) -> Iterator[tuple[int, float]]:
        """Yield the words that sound like a word, or like one reading of it."""
        numbers = self._sharing(features(sound.full, sound.skeleton))
        comparable = (self.scripts[numbers] == SCRIPTS.index(word.script)) | self.alone[numbers]
        numbers = numbers[comparable if word.latin else comparable | (self.scripts[numbers] == _LATIN)]
        fulls = [self.sounds[number] for number in numbers.tolist()]
        if not fulls:
            return
        regular = word.latin or word.script is Script.HAN or syllabic(word)
        least = _LEAST_SPELLED if regular else _LEAST_ALIKE
        quick = cdist([sound.full], fulls, scorer=Levenshtein.normalized_similarity, score_cutoff=least)[0]
        for place in np.flatnonzero(quick).tolist():
            number = int(numbers[place])
            if (alike := self._compare(word, self.word(number), float(quick[place]))) > 0:
                yield number, alike

    def _compare(self, word: Word, listed: Word, quick: float) -> float:
        """Return how alike two words are; a part of a reading counts by its sound alone."""
        alike = compare_words(word, listed)
        if alike is not None:
            return alike[0]
        part = not word.latin and not word.known and len(word.phrases) > 1
        return scaled_sound(quick) if part and listed.latin and quick >= _LEAST_PART else 0.0

    def _sharing(self, codes: list[int]) -> NDArray[np.int64]:
        """Return the numbers of words that share enough features with these."""
        starts = self.feature_starts
        rows = [self.feature_ids[starts[code] : starts[code + 1]] for code in codes]
        shared = np.bincount(np.concatenate(rows), minlength=len(self.texts)) if rows else np.zeros(0, np.int64)
        touched = np.flatnonzero(shared > 1)
        dice = 2.0 * shared[touched] / (self.feature_counts[touched] + len(codes))
        return touched[dice >= (_LEAST_SHARED if len(codes) > _SHORT_WORD else _LEAST_SHARED_SHORT)]


def features(full: str, skeleton: str) -> list[int]:
    """Return the codes of the trigrams of a word's sound and of its skeleton, below `FEATURES`."""
    codes = set(_trigrams(full, 0))
    codes.update(_trigrams(skeleton, 1))
    return sorted(codes)


def _trigrams(text: str, kind: int) -> list[int]:
    symbols = [_SYMBOLS.get(symbol, _OTHER) for symbol in f"^{text}$"]
    return [kind << 15 | symbols[i] << 10 | symbols[i + 1] << 5 | symbols[i + 2] for i in range(len(symbols) - 2)]
