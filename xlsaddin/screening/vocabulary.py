"""Every word of the loaded lists: arrays only, so that it loads from the cache without work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from xlsaddin.screening.similar import sounds_of, syllabic
from xlsaddin.screening.words import Word, is_known, native_word, readings
from xlsaddin.text.letter_costs import LEARNED
from xlsaddin.text.scripts import Script
from xlsaddin.text.sound import korean_key

SCRIPTS = tuple(Script)
READ_BY_LETTERS = np.array([script in LEARNED for script in SCRIPTS])
_LEAST_SHARED = 0.30  # share of trigrams two words must have in common to be compared
_SHORT_WORD, _LEAST_SHARED_SHORT = 9, 0.2  # features of a short word, of which one slip destroys most


class NativeSounds(NamedTuple):
    """Sounds of words in other scripts: the number of each word, and the keys of the sound."""

    numbers: NDArray[np.int64]
    full: Sequence[str]
    skeletons: Sequence[str]


@dataclass(frozen=True)
class Vocabulary:
    """The words of the lists.

    Attributes:
        texts: the words; sounds, reduced, skeletons: their sound keys.
        scripts: index into `SCRIPTS` of each; known: whether each has a meaning.
        alone: whether it stands in an entry that is printed in no Latin name.
        feature_starts, feature_ids: words by feature of their sound (compressed rows).
        feature_counts: number of features of each word.
        meanings: English word -> numbers of words of other scripts that may mean it.
    """

    texts: tuple[str, ...]
    sounds: tuple[str, ...]
    reduced: tuple[str, ...]
    skeletons: tuple[str, ...]
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
        known = bool(self.known[number])
        return native_word(text, script, known, body=known or script is not Script.KANA)

    def by_meaning(self, word: Word) -> Iterator[tuple[int, float, bool]]:
        """Yield words of which one is a meaning, or one possible spelling of a reading, of the other.

        Each by its number, with how alike they are and whether it stands for all of the word.
        """
        if word.latin:
            yield from ((int(number), 0.92, True) for number in self.meanings.get(word.text, ()))
            return
        for part in {part for phrase in word.phrases for part in phrase}:
            if (number := self.ids.get(part)) is not None:
                yield number, 0.92, (part,) in word.phrases
            if word.known:
                yield from ((int(other), 0.85, True) for other in self.meanings.get(part, ()))
        if word.known and word.script is Script.HAN:
            spelled = (self.ids.get(phrase[0]) for phrase in readings(word.text, word.script) if len(phrase) == 1)
            yield from ((number, 0.85, True) for number in spelled if number is not None)

    @cached_property
    def text_array(self) -> NDArray[np.object_]:
        """`texts`, for numbers of words to pick from."""
        return np.array(self.texts, np.object_)

    @cached_property
    def sound_array(self) -> NDArray[np.object_]:
        """`sounds`, likewise."""
        return np.array(self.sounds, np.object_)

    @cached_property
    def reduced_array(self) -> NDArray[np.object_]:
        """`reduced`, likewise."""
        return np.array(self.reduced, np.object_)

    @cached_property
    def skeleton_array(self) -> NDArray[np.object_]:
        """`skeletons`, likewise."""
        return np.array(self.skeletons, np.object_)

    @cached_property
    def meant(self) -> NDArray[np.bool_]:
        """Words that mean something of their own (`is_known`)."""
        return np.fromiter(map(is_known, self.texts), np.bool_, len(self.texts))

    @cached_property
    def letters(self) -> NDArray[np.int32]:
        """Letters of each word."""
        return np.array([len(text) for text in self.texts], np.int32)

    @cached_property
    def ascii(self) -> NDArray[np.bool_]:
        """Whether each word is plain ASCII."""
        return np.fromiter(map(str.isascii, self.texts), np.bool_, len(self.texts))

    @cached_property
    def sound_lengths(self) -> NDArray[np.int32]:
        """Letters of each sound."""
        return np.array([len(sound) for sound in self.sounds], np.int32)

    @cached_property
    def native_sounds(self) -> NativeSounds:
        """The sounds of words that stand for letters, of entries that are printed in no Latin name."""
        rows = [
            (number, sound)
            for number in self._native_only
            if not syllabic(word := self.word(number))
            for sound in sounds_of(word)
        ]
        return NativeSounds(
            np.array([number for number, _ in rows], np.int64),
            [sound.full for _, sound in rows],
            [sound.skeleton for _, sound in rows],
        )

    @cached_property
    def korean_parts(self) -> dict[str, list[tuple[int, bool]]]:
        """Korean key -> short Hangul words of such entries that it is a reading of, and whether of the whole word."""
        found: dict[str, list[tuple[int, bool]]] = {}
        for number in self._native_only:
            if syllabic(word := self.word(number)) and not word.known:
                for part in {part for phrase in word.phrases for part in phrase}:
                    found.setdefault(korean_key(part), []).append((number, (part,) in word.phrases))
        return found

    @property
    def _native_only(self) -> list[int]:
        numbers: list[int] = np.flatnonzero(self.alone & READ_BY_LETTERS[self.scripts]).tolist()
        return numbers

    def sharing(self, codes: list[int]) -> NDArray[np.int64]:
        """Return the numbers of words that share enough features with these."""
        starts = self.feature_starts
        rows = [self.feature_ids[starts[code] : starts[code + 1]] for code in codes]
        shared = np.bincount(np.concatenate(rows), minlength=len(self.texts)) if rows else np.zeros(0, np.int64)
        least = _LEAST_SHARED if len(codes) > _SHORT_WORD else _LEAST_SHARED_SHORT
        # No word has fewer features than it shares, so fewer than these can never be enough.
        touched = np.flatnonzero(shared >= max(2, int(least * len(codes) / (2 - least))))
        dice = 2.0 * shared[touched] / (self.feature_counts[touched] + len(codes))
        return touched[dice >= least]
