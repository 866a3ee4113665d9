"""Every word of the loaded lists, and the ones among them that resemble a word of a query.

Arrays only, so that it loads from the cache without work; looked up by letters, by sound and by meaning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA, Levenshtein
from rapidfuzz.process import cdist

from xlsaddin.screening.similar import (
    LEAST_ALIKE,
    LEAST_READING,
    LEAST_SOUND,
    LEAST_SPELLING,
    LEAST_WRITTEN,
    SHORT_SOUND,
    SPELLED_BY_SOUND,
    compare_words,
    compare_written,
    scaled_sound,
    syllabic,
    without_article,
    word_sound,
)
from xlsaddin.screening.trigrams import features
from xlsaddin.screening.words import Word, is_known, native_word, readings
from xlsaddin.text.letter_costs import LEARNED, likely_spellings
from xlsaddin.text.scripts import Script
from xlsaddin.text.sound import SoundKey, combine_sounds, korean_key, sound_key
from xlsaddin.text.transliterate import korean_readings, romanize

SCRIPTS = tuple(Script)
_LATIN = SCRIPTS.index(Script.LATIN)
_LEAST_SHARED = 0.30  # share of trigrams two words must have in common to be compared
_SHORT_WORD, _LEAST_SHARED_SHORT = 9, 0.2  # features of a short word, of which one slip destroys most
_LEAST_PART = 0.66  # likeness of a part of a reading
_SHORTEST = 4  # letters of a word that another short word may be a spelling of
_ROUNDING = 1e-6
_LEAST_NEAR = 1.3  # likeness of the sounds and of the consonants, added up, below which letters are not compared
# Quick likeness of sounds: before letters are compared, of other scripts, within Latin.
_LEAST_SHARED_SOUND, _LEAST_HEARD, _LEAST_SPELLED = 0.3, 0.5, 0.6

_Numbers = NDArray[np.int64]
_Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Similar:
    """Words of the lists that resemble one word: their numbers and how alike they are (0 to 1)."""

    ids: NDArray[np.int32]
    alike: NDArray[np.float32]


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
        if word.script is Script.KANA:
            sounds.extend(map(sound_key, likely_spellings(word.text, word.script)))
        if word.script is Script.ARABIC:  # و is a vowel as often as a consonant, and Latin names drop the article
            sounds.append(sound_key(romanize(without_article(word.text)).replace("w", "u")))
        if not word.latin:
            sounds.extend(word_sound(part) for phrase in word.phrases[1:] for part in phrase if len(part) > 2)
        found: list[tuple[int, float]] = []
        for sound in dict.fromkeys(sounds):
            found.extend(self._sounding(word, sound))
        return found

    def _sounding(self, word: Word, sound: SoundKey) -> Iterator[tuple[int, float]]:
        """Yield the words that sound like a word, or like one reading of it."""
        numbers = self._sharing(features(sound.full, sound.skeleton))
        comparable = (self.scripts[numbers] == SCRIPTS.index(word.script)) | self.alone[numbers]
        numbers = numbers[comparable if word.latin else comparable | (self.scripts[numbers] == _LATIN)]
        regular = word.latin or word.script is Script.HAN or syllabic(word)
        least = _least_quick(word, regular)
        numbers = numbers[self._lengths[numbers] >= least * len(sound.full)]
        if not len(numbers):
            return
        quick = _likeness(sound.full, self._sounds, numbers, least)
        numbers, quick = numbers[quick > 0], quick[quick > 0]
        if word.latin and len(word.text) > _SHORTEST:
            may = self._may_spell(word, sound, numbers, quick)
            numbers, quick = numbers[may], quick[may]
        elif word.script in LEARNED and not syllabic(word):
            plain = self.scripts[numbers] == _LATIN
            yield from self._written(word, sound, numbers[plain], quick[plain])
            numbers, quick = numbers[~plain], quick[~plain]
        elif not regular and len(sound.full) > SHORT_SOUND:
            plain = (self.scripts[numbers] == _LATIN) & (self._lengths[numbers] > SHORT_SOUND)
            yield from self._heard(sound, numbers[plain], quick[plain])
            numbers, quick = numbers[~plain], quick[~plain]
        elif syllabic(word) or (word.script is Script.HAN and not word.known):
            read = self._may_read(word, numbers)
            yield from self._parts(word, numbers[~read], quick[~read])
            numbers, quick = numbers[read], quick[read]
        for number, likeness in zip(numbers.tolist(), quick.tolist(), strict=True):
            if (alike := self._compare(word, self.word(number), likeness)) > 0:
                yield number, alike

    def _may_spell(self, word: Word, sound: SoundKey, numbers: _Numbers, full: _Values) -> NDArray[np.bool_]:
        """Return False where `compare_words` would find two Latin words not alike."""
        spelled = _likeness(word.text, self._texts, numbers, LEAST_ALIKE, OSA.normalized_similarity)
        may = (spelled >= LEAST_SPELLING) | self._meant[numbers]
        left = np.flatnonzero((spelled > 0) & ~may)
        may[left] = self._sound(sound, numbers[left], full[left]) >= SPELLED_BY_SOUND - _ROUNDING
        return may

    def _may_read(self, word: Word, numbers: _Numbers) -> NDArray[np.bool_]:
        """Return False where `compare_words` would find a Latin word not like any reading of a Han or Korean word."""
        may: NDArray[np.bool_] = self.scripts[numbers] != _LATIN
        if syllabic(word):
            key = korean_key(romanize(word.text))
            alike = (korean_key(text) == key for text in self._texts[numbers].tolist())
            may |= np.fromiter(alike, np.bool_, len(numbers))
            return may
        for phrase in word.phrases:
            if len(phrase) == 1:
                may |= _likeness(phrase[0], self._texts, numbers, LEAST_READING) > 0
        skeleton = word_sound("".join(korean_readings(word.text))).skeleton
        may |= self._skeletons[numbers] == skeleton
        return may

    def _heard(self, sound: SoundKey, numbers: _Numbers, full: _Values) -> Iterator[tuple[int, float]]:
        """Yield Latin words with how alike they sound to a word in another script: `compare_words`, many at a time."""
        for number, alike in zip(numbers.tolist(), self._sound(sound, numbers, full).tolist(), strict=True):
            if alike >= LEAST_SOUND:
                yield number, scaled_sound(alike)

    def _written(self, word: Word, sound: SoundKey, numbers: _Numbers, quick: _Values) -> Iterator[tuple[int, float]]:
        """Yield the Latin words a word of another script may write, of those that sound alike.

        Consonants decide as well as the whole: Arabic writes few vowels.
        """
        near = quick + _likeness(sound.skeleton, self._skeletons, numbers)
        for number in numbers[near >= _LEAST_NEAR].tolist():
            likely = compare_written(word, self.word(number))
            if likely is not None and likely >= LEAST_WRITTEN:
                yield number, likely

    def _sound(self, sound: SoundKey, numbers: _Numbers, full: _Values) -> _Values:
        """Return how alike some words sound to one, given the likeness of the full keys."""
        if not len(numbers):
            return full
        reduced = _likeness(sound.reduced, self._reduced, numbers)
        return combine_sounds(full, reduced, _likeness(sound.skeleton, self._skeletons, numbers))

    def _parts(self, word: Word, numbers: _Numbers, quick: _Values) -> Iterator[tuple[int, float]]:
        """Yield Latin words that a part of a reading sounds like; it counts by its sound alone."""
        if len(word.phrases) > 1:
            for number, alike in zip(numbers.tolist(), quick.tolist(), strict=True):
                if alike >= _LEAST_PART:
                    yield number, scaled_sound(alike)

    def _compare(self, word: Word, listed: Word, quick: float) -> float:
        """Return how alike two words are; a part of a reading counts by its sound alone."""
        alike = compare_words(word, listed)
        if alike is not None:
            return alike[0]
        part = not word.latin and not word.known and len(word.phrases) > 1
        return scaled_sound(quick) if part and listed.latin and quick >= _LEAST_PART else 0.0

    @cached_property
    def _texts(self) -> NDArray[np.object_]:
        return np.array(self.texts, np.object_)

    @cached_property
    def _sounds(self) -> NDArray[np.object_]:
        return np.array(self.sounds, np.object_)

    @cached_property
    def _reduced(self) -> NDArray[np.object_]:
        return np.array(self.reduced, np.object_)

    @cached_property
    def _skeletons(self) -> NDArray[np.object_]:
        return np.array(self.skeletons, np.object_)

    @cached_property
    def _meant(self) -> NDArray[np.bool_]:
        """Words that mean something of their own (`is_known`)."""
        return np.fromiter(map(is_known, self.texts), np.bool_, len(self.texts))

    @cached_property
    def _lengths(self) -> NDArray[np.int32]:
        return np.array([len(sound) for sound in self.sounds], np.int32)

    def _sharing(self, codes: list[int]) -> _Numbers:
        """Return the numbers of words that share enough features with these."""
        starts = self.feature_starts
        rows = [self.feature_ids[starts[code] : starts[code + 1]] for code in codes]
        shared = np.bincount(np.concatenate(rows), minlength=len(self.texts)) if rows else np.zeros(0, np.int64)
        least = _LEAST_SHARED if len(codes) > _SHORT_WORD else _LEAST_SHARED_SHORT
        # No word has fewer features than it shares, so fewer than these can never be enough.
        touched = np.flatnonzero(shared >= max(2, int(least * len(codes) / (2 - least))))
        dice = 2.0 * shared[touched] / (self.feature_counts[touched] + len(codes))
        return touched[dice >= least]


def _least_quick(word: Word, regular: bool) -> float:
    """Return the likeness of sound keys below which two words are not compared closer."""
    if word.script in LEARNED and not syllabic(word):
        return _LEAST_SHARED_SOUND
    return _LEAST_SPELLED if regular else _LEAST_HEARD


def _likeness(
    text: str,
    among: NDArray[np.object_],
    numbers: _Numbers,
    least: float = 0.0,
    scorer: Callable[..., float] = Levenshtein.normalized_similarity,
) -> _Values:
    """Return how alike a text is to some of many, 0 where it is less than `least`."""
    if not len(numbers):
        return np.zeros(0)
    found: _Values = cdist([text], among[numbers].tolist(), scorer=scorer, score_cutoff=least, dtype=np.float64)[0]
    return found
