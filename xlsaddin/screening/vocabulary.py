"""Every word of the loaded lists, and the ones among them that resemble a word of a query.

Arrays only, so that it loads from the cache without work; looked up by letters, by sound and by meaning.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA, Levenshtein
from rapidfuzz.process import cdist

from xlsaddin.screening.similar import (
    LEAST_ALIKE,
    LEAST_PART,
    LEAST_READING,
    LEAST_SOUND,
    LEAST_SPELLING,
    LEAST_VARIANT,
    LEAST_WRITTEN,
    PART_READ,
    SHORT_SOUND,
    SPELLED_BY_SOUND,
    compare_words,
    compare_written_many,
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
_LATIN, _HAN = SCRIPTS.index(Script.LATIN), SCRIPTS.index(Script.HAN)
_LEAST_SHARED = 0.30  # share of trigrams two words must have in common to be compared
_SHORT_WORD, _LEAST_SHARED_SHORT = 9, 0.2  # features of a short word, of which one slip destroys most
_SHORTEST = 4  # letters of a word that another short word may be a spelling of
_ROUNDING = 1e-6
_LEAST_NEAR = 1.3  # likeness of the sounds and of the consonants, added up, below which letters are not compared
# Quick likeness of sounds: before letters are compared, of other scripts, within Latin.
_LEAST_SHARED_SOUND, _LEAST_HEARD, _LEAST_SPELLED = 0.3, 0.5, 0.6

_Numbers = NDArray[np.int64]
_Values = NDArray[np.float64]
_Found = tuple[int, float, bool]  # number, how alike, whether only like a part


@dataclass(frozen=True, slots=True)
class Similar:
    """Words of the lists that resemble one word.

    Attributes:
        ids: their numbers; alike: how alike they are (0 to 1).
        whole: False for one that is like a part of what the word stands for and so is no partner alone.
    """

    ids: NDArray[np.int32]
    alike: NDArray[np.float32]
    whole: NDArray[np.bool_]


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

    def similar(self, word: Word) -> Similar:
        """Return the words that are the same as, mean, or are spelled or sound like a word."""
        found: dict[int, float] = {}
        whole: set[int] = set()
        if (same := self.ids.get(word.text)) is not None:
            found[same] = 1.0
            whole.add(same)
        if word.number is None:
            for number, alike, part in [*self._by_meaning(word), *self._by_sound(word)]:
                found[number] = max(alike, found.get(number, 0.0))
                if not part:
                    whole.add(number)
        size = len(found)
        return Similar(
            np.fromiter(found, np.int32, size),
            np.fromiter(found.values(), np.float32, size),
            np.fromiter((number in whole for number in found), np.bool_, size),
        )

    def _by_meaning(self, word: Word) -> Iterator[_Found]:
        """Yield words of which one is a meaning, or one possible spelling of a reading, of the other."""
        if word.latin:
            yield from ((int(number), 0.92, False) for number in self.meanings.get(word.text, ()))
            return
        for part in {part for phrase in word.phrases for part in phrase}:
            if (number := self.ids.get(part)) is not None:
                yield number, 0.92, (part,) not in word.phrases
            if word.known:
                yield from ((int(other), 0.85, False) for other in self.meanings.get(part, ()))
        if word.known and word.script is Script.HAN:
            spelled = (self.ids.get(phrase[0]) for phrase in readings(word.text, word.script) if len(phrase) == 1)
            yield from ((number, 0.85, False) for number in spelled if number is not None)

    def _by_sound(self, word: Word) -> Iterator[_Found]:
        """Yield words spelled or sounding alike; known words are never taken for misspelt ones."""
        if (word.latin and (is_known(word.text) or len(word.text) < 4)) or (word.known and not word.latin):
            return
        sounds = [word_sound(word.text)]
        if word.script is Script.KANA:
            sounds.extend(map(sound_key, likely_spellings(word.text, word.script)))
        if word.script is Script.ARABIC:  # و is a vowel as often as a consonant, and Latin names drop the article
            sounds.append(sound_key(romanize(without_article(word.text)).replace("w", "u")))
        if not word.latin:
            sounds.extend(word_sound(part) for phrase in word.phrases[1:] for part in phrase if len(part) > 2)
        for sound in dict.fromkeys(sounds):
            yield from self._sounding(word, sound)

    def _sounding(self, word: Word, sound: SoundKey) -> Iterator[_Found]:
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
        if word.latin:
            may = self._may_spell(word, sound, numbers, quick)
            numbers, quick = numbers[may], quick[may]
        elif word.script in LEARNED and not syllabic(word):
            plain = self.scripts[numbers] == _LATIN
            yield from self._written(word, sound, numbers[plain], quick[plain])
            numbers, quick = numbers[~plain], quick[~plain]
        elif not regular:
            plain = self.scripts[numbers] == _LATIN
            short = plain & ((self._lengths[numbers] <= SHORT_SOUND) | (len(sound.full) <= SHORT_SOUND))
            yield from self._heard(sound, numbers[plain & ~short], quick[plain & ~short])
            left = ~plain | (short & (self._skeletons[numbers] == sound.skeleton))
            numbers, quick = numbers[left], quick[left]
        else:
            yield from self._parts(word, numbers)
            may = self._may_read(word, numbers)
            numbers, quick = numbers[may], quick[may]
        if not word.latin and word.script is not Script.HAN:
            own = self.scripts[numbers] == SCRIPTS.index(word.script)
            numbers = numbers[~own | (self._sound(sound, numbers, quick) >= LEAST_VARIANT - _ROUNDING)]
        for number in numbers.tolist():
            if (alike := compare_words(word, self.word(number))) is not None:
                yield number, alike[0], False

    def _may_spell(self, word: Word, sound: SoundKey, numbers: _Numbers, full: _Values) -> NDArray[np.bool_]:
        """Return False where `compare_words` would find two Latin words not alike."""
        spelled = _likeness(word.text, self._texts, numbers, LEAST_ALIKE, OSA.normalized_similarity)
        may = (spelled >= LEAST_SPELLING) | self._meant[numbers]
        left = np.flatnonzero((spelled > 0) & ~may)
        may[left] = self._sound(sound, numbers[left], full[left]) >= SPELLED_BY_SOUND - _ROUNDING
        if len(word.text) <= _SHORTEST:  # one syllable: the same consonants, or an initial
            letters = self._letters[numbers]
            short = letters < _SHORTEST
            may[short] = (self._skeletons[numbers[short]] == sound.skeleton) | (letters[short] == 1)
        return may

    def _may_read(self, word: Word, numbers: _Numbers) -> NDArray[np.bool_]:
        """Return False where `compare_words` would find a word not like any reading of a Han or Korean one."""
        scripts, size = self.scripts[numbers], len(word.text)
        may: NDArray[np.bool_] = scripts != _LATIN
        if syllabic(word):
            return may | self._read_as(numbers, {korean_key(romanize(word.text))})
        letters = self._letters[numbers]
        may &= (scripts != _HAN) | (letters == 2 * size) | (2 * letters == size)  # contractions alone
        for phrase in word.phrases:
            if len(phrase) == 1:
                may |= _likeness(phrase[0], self._texts, numbers, LEAST_READING) > 0
        skeleton = word_sound("".join(korean_readings(word.text))).skeleton
        may |= self._skeletons[numbers] == skeleton
        return may

    def _parts(self, word: Word, numbers: _Numbers) -> Iterator[_Found]:
        """Yield the Latin words that a part of a Han or Korean name is read as, as the alignment does."""
        numbers = numbers[self.scripts[numbers] == _LATIN]
        parts = {part for phrase in word.phrases[1:] for part in phrase}
        if not parts or not len(numbers):
            return
        if syllabic(word):
            alike = self._read_as(numbers, set(map(korean_key, parts)))
        else:
            near = [_likeness(part, self._texts, numbers, LEAST_PART) for part in sorted(parts)]
            alike = np.max(near, axis=0) > 0
        yield from ((number, PART_READ, True) for number in numbers[alike].tolist())

    def _read_as(self, numbers: _Numbers, keys: Collection[str]) -> NDArray[np.bool_]:
        """Return True for words whose spelling in all systems is one of some Korean keys."""
        return np.fromiter((korean_key(text) in keys for text in self._texts[numbers].tolist()), np.bool_, len(numbers))

    def _heard(self, sound: SoundKey, numbers: _Numbers, full: _Values) -> Iterator[_Found]:
        """Yield Latin words with how alike they sound to a word in another script: `compare_words`, many at a time."""
        for number, alike in zip(numbers.tolist(), self._sound(sound, numbers, full).tolist(), strict=True):
            if alike >= LEAST_SOUND:
                yield number, scaled_sound(alike), False

    def _written(self, word: Word, sound: SoundKey, numbers: _Numbers, quick: _Values) -> Iterator[_Found]:
        """Yield the Latin words a word of another script may write, of those that sound alike.

        Consonants decide as well as the whole: Arabic writes few vowels.
        """
        near = quick + _likeness(sound.skeleton, self._skeletons, numbers)
        numbers = numbers[(near >= _LEAST_NEAR) & self._ascii[numbers]]
        if len(numbers):
            likely = compare_written_many(word, self._texts[numbers].tolist())
            enough = likely >= LEAST_WRITTEN
            yield from zip(numbers[enough].tolist(), likely[enough].tolist(), repeat(False))

    def _sound(self, sound: SoundKey, numbers: _Numbers, full: _Values) -> _Values:
        """Return how alike some words sound to one, given the likeness of the full keys."""
        if not len(numbers):
            return full
        reduced = _likeness(sound.reduced, self._reduced, numbers)
        return combine_sounds(full, reduced, _likeness(sound.skeleton, self._skeletons, numbers))

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
    def _letters(self) -> NDArray[np.int32]:
        return np.array([len(text) for text in self.texts], np.int32)

    @cached_property
    def _ascii(self) -> NDArray[np.bool_]:
        return np.fromiter(map(str.isascii, self.texts), np.bool_, len(self.texts))

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
