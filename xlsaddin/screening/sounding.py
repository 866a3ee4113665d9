"""The words of the lists that are spelled or sound like words of a query, many words at a time.

Trigrams of sounds find what may be near, quick likenesses of letters and sounds leave most of it out, and what is left
is compared word by word (`similar`, `letter_costs`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA, Levenshtein
from rapidfuzz.process import cdist, cpdist

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
    SURE_WRITTEN,
    compare_words,
    compare_written_many,
    scaled_sound,
    sounds_of,
    syllabic,
    word_sound,
)
from xlsaddin.screening.trigrams import features
from xlsaddin.screening.vocabulary import READ_BY_LETTERS, SCRIPTS, Vocabulary
from xlsaddin.screening.words import Word, is_known
from xlsaddin.text.letter_costs import LEARNED
from xlsaddin.text.scripts import Script
from xlsaddin.text.sound import SoundKey, combine_sounds, korean_key
from xlsaddin.text.transliterate import korean_readings, romanize

_LATIN, _HAN = SCRIPTS.index(Script.LATIN), SCRIPTS.index(Script.HAN)
_SHORTEST = 4  # letters of a word that another short word may be a spelling of
_ROUNDING = 1e-6
_LEAST_NEAR = 1.1  # likeness of the sounds and of the consonants, added up, below which letters are not compared
# Quick likeness of sounds: before letters are compared, of other scripts, within Latin.
_LEAST_SHARED_SOUND, _LEAST_HEARD, _LEAST_SPELLED = 0.3, 0.5, 0.6

_ALIKE = Levenshtein.normalized_similarity

_Pair = tuple[int, int, float, bool]  # the fields of `Found`
_Numbers = NDArray[np.int64]
_Values = NDArray[np.float64]
_Marks = NDArray[np.bool_]


class Found(NamedTuple):
    """Pairs of a word asked, by its place, and a word of the lists, by its number.

    Attributes:
        alike: 0 to 1; whole: False where it is like a part of what the word asked stands for.
    """

    owners: _Numbers
    numbers: _Numbers
    alike: _Values
    whole: _Marks


class _Asked(NamedTuple):
    """A word asked and one of its sounds."""

    place: int
    word: Word
    sound: SoundKey


class _Near(NamedTuple):
    """Pairs of what is asked, by its place, and a word of the lists; with the likeness of their full sounds."""

    owners: _Numbers
    numbers: _Numbers
    quick: _Values

    def where(self, kept: _Marks | _Numbers) -> _Near:
        """Return some of the pairs."""
        return _Near(self.owners[kept], self.numbers[kept], self.quick[kept])


def words_sounding(listed: Vocabulary, words: Sequence[Word]) -> Found:
    """Return the words spelled or sounding like some words; known words are never taken for misspelt ones."""
    varied = [(place, word) for place, word in enumerate(words) if _may_vary(word)]
    asked = [_Asked(place, word, sound) for place, word in varied for sound in sounds_of(word)]
    near = _near(listed, asked)
    latin = np.array([one.word.latin for one in asked], np.bool_)[near.owners]
    found = [*_latin(listed, asked, near.where(latin)), *_native_only(listed, words)]
    near = near.where(~latin)
    bounds = near.owners.searchsorted(np.arange(len(asked) + 1)).tolist()
    for one, start, stop in zip(asked, bounds, bounds[1:], strict=False):
        if start < stop:
            pairs = _native(listed, one, near.numbers[start:stop], near.quick[start:stop])
            found.extend((one.place, *pair) for pair in pairs)
    owners, numbers, alike, whole = zip(*found, strict=True) if found else ((), (), (), ())
    return Found(np.array(owners, np.int64), np.array(numbers, np.int64), np.array(alike), np.array(whole, np.bool_))


def _may_vary(word: Word) -> bool:
    """Return True for a word that may be spelled in other ways; two words joined are as they are."""
    if word.latin:
        return word.known and word.number is None and len(word.text) >= _SHORTEST and not is_known(word.text)
    return not word.known


def _near(listed: Vocabulary, asked: Sequence[_Asked]) -> _Near:
    """Return what is near enough by its sound to be compared closer."""
    rows = [listed.sharing(features(one.sound.full, one.sound.skeleton)) for one in asked]
    owners = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    numbers = np.concatenate([np.zeros(0, np.int64), *rows])
    least = np.array([_least_quick(one.word) for one in asked])
    sizes = np.array([len(one.sound.full) for one in asked])
    own = np.array([SCRIPTS.index(one.word.script) for one in asked], np.int8)[owners]
    latin, scripts = np.array([one.word.latin for one in asked], np.bool_)[owners], listed.scripts[numbers]
    # Latin words meet those that `_native_only` reads by letters there.
    other = np.where(
        latin, listed.alone[numbers] & ~READ_BY_LETTERS[scripts], listed.alone[numbers] | (scripts == _LATIN)
    )
    kept = np.flatnonzero(((scripts == own) | other) & (listed.sound_lengths[numbers] >= (least * sizes)[owners]))
    owners, numbers = owners[kept], numbers[kept]
    sounds, bounds = listed.sound_array[numbers].tolist(), owners.searchsorted(np.arange(len(rows) + 1)).tolist()
    quick = [np.zeros(0)]
    for one, low, start, stop in zip(asked, least.tolist(), bounds, bounds[1:], strict=False):
        if start < stop:
            quick.append(_one_to_many(one.sound.full, sounds[start:stop], low))
    near = _Near(owners, numbers, np.concatenate(quick))
    return near.where(near.quick > 0)


def _least_quick(word: Word) -> float:
    """Return the likeness of sound keys below which two words are not compared closer."""
    if word.latin or word.script is Script.HAN or syllabic(word):
        return _LEAST_SPELLED
    return _LEAST_SHARED_SOUND if word.script in LEARNED else _LEAST_HEARD


def _latin(listed: Vocabulary, asked: Sequence[_Asked], near: _Near) -> Iterator[_Pair]:
    """Yield the words that Latin words are spellings of."""
    near = near.where(_may_spell(listed, asked, near) | (listed.scripts[near.numbers] != _LATIN))
    for owner, number in zip(near.owners.tolist(), near.numbers.tolist(), strict=True):
        if (alike := compare_words(asked[owner].word, listed.word(number))) is not None:
            yield asked[owner].place, number, alike[0], True


def _may_spell(listed: Vocabulary, asked: Sequence[_Asked], near: _Near) -> _Marks:
    """Return False where `compare_words` would find two Latin words not alike."""
    texts = np.array([one.word.text for one in asked], np.object_)[near.owners]
    spelled = _pairwise(texts, listed.text_array[near.numbers], OSA.normalized_similarity, LEAST_ALIKE)
    may: _Marks = (spelled >= LEAST_SPELLING) | listed.meant[near.numbers]
    left = np.flatnonzero((spelled > 0) & ~may)
    may[left] = _sound(listed, asked, near.where(left)) >= SPELLED_BY_SOUND - _ROUNDING
    # A word of one syllable: the same consonants, or an initial.
    letters = listed.letters[near.numbers]
    short = np.array([len(one.word.text) <= _SHORTEST for one in asked], np.bool_)[near.owners] & (letters < _SHORTEST)
    skeletons = np.array([one.sound.skeleton for one in asked], np.object_)[near.owners]
    may[short] = (skeletons[short] == listed.skeleton_array[near.numbers[short]]) | (letters[short] == 1)
    return may


def _sound(listed: Vocabulary, asked: Sequence[_Asked], near: _Near) -> _Values:
    """Return how alike pairs sound by all three keys."""
    reduced = np.array([one.sound.reduced for one in asked], np.object_)[near.owners]
    skeleton = np.array([one.sound.skeleton for one in asked], np.object_)[near.owners]
    return combine_sounds(
        near.quick,
        _pairwise(reduced, listed.reduced_array[near.numbers]),
        _pairwise(skeleton, listed.skeleton_array[near.numbers]),
    )


def _native_only(listed: Vocabulary, words: Sequence[Word]) -> Iterator[_Pair]:
    """Yield the words, of entries that are printed in no Latin name, that Latin words may be written for."""
    latin = [
        (place, word) for place, word in enumerate(words) if word.latin and word.number is None and len(word.text) > 1
    ]
    for place, word in latin:
        for number, whole in listed.korean_parts.get(korean_key(word.text), ()) if listed.korean_parts else ():
            yield place, number, PART_READ, whole
    sounds = listed.native_sounds
    latin = [(place, word) for place, word in latin if word.text.isascii()]
    if not latin or not len(sounds.numbers):
        return
    keys = [word_sound(word.text) for _, word in latin]
    near = _many_to_many([key.full for key in keys], sounds.full) + _many_to_many(
        [key.skeleton for key in keys], sounds.skeletons
    )
    rows, columns = np.nonzero(near >= _LEAST_NEAR)
    numbers = sounds.numbers[columns]
    for number in np.unique(numbers).tolist():
        native = listed.word(number)
        chosen = np.unique(rows[numbers == number]).tolist()
        likely = compare_written_many(native, [latin[row][1].text for row in chosen]).tolist()
        for row, alike in zip(chosen, likely, strict=True):
            if alike >= (SURE_WRITTEN if native.known else LEAST_WRITTEN):
                yield latin[row][0], number, alike, True


def _native(listed: Vocabulary, one: _Asked, numbers: _Numbers, quick: _Values) -> Iterator[tuple[int, float, bool]]:
    """Yield the words that a word in another script, or a reading of it, sounds like."""
    word, scripts = one.word, listed.scripts[numbers]
    if word.script in LEARNED and not syllabic(word):
        yield from _written(listed, one, numbers[scripts == _LATIN], quick[scripts == _LATIN])
        left = scripts != _LATIN
    elif word.script is Script.HAN or syllabic(word):
        yield from _parts(listed, word, numbers[scripts == _LATIN])
        left = _may_read(listed, word, numbers)
    else:
        short = (listed.sound_lengths[numbers] <= SHORT_SOUND) | (len(one.sound.full) <= SHORT_SOUND)
        plain = (scripts == _LATIN) & ~short
        yield from _heard(listed, one, numbers[plain], quick[plain])
        left = (scripts != _LATIN) | (short & (listed.skeleton_array[numbers] == one.sound.skeleton))
    numbers, quick = numbers[left], quick[left]
    if word.script is not Script.HAN:
        other = listed.scripts[numbers] != SCRIPTS.index(word.script)
        numbers = numbers[other | (_sound_of(listed, one, numbers, quick) >= LEAST_VARIANT - _ROUNDING)]
    for number in numbers.tolist():
        if (alike := compare_words(word, listed.word(number))) is not None:
            yield number, alike[0], True


def _written(listed: Vocabulary, one: _Asked, numbers: _Numbers, quick: _Values) -> Iterator[tuple[int, float, bool]]:
    """Yield the Latin words a word of another script may write, of those that sound alike.

    Consonants decide as well as the whole: Arabic writes few vowels.
    """
    near = quick + _one_to_many(one.sound.skeleton, listed.skeleton_array[numbers].tolist())
    numbers = numbers[(near >= _LEAST_NEAR) & listed.ascii[numbers]]
    if len(numbers):
        likely = compare_written_many(one.word, listed.text_array[numbers].tolist())
        enough = likely >= LEAST_WRITTEN
        yield from (
            (n, alike, True) for n, alike in zip(numbers[enough].tolist(), likely[enough].tolist(), strict=True)
        )


def _heard(listed: Vocabulary, one: _Asked, numbers: _Numbers, quick: _Values) -> Iterator[tuple[int, float, bool]]:
    """Yield Latin words with how alike they sound to a word in another script: `compare_words`, many at a time."""
    for number, alike in zip(numbers.tolist(), _sound_of(listed, one, numbers, quick).tolist(), strict=True):
        if alike >= LEAST_SOUND:
            yield number, scaled_sound(alike), True


def _may_read(listed: Vocabulary, word: Word, numbers: _Numbers) -> _Marks:
    """Return False where `compare_words` would find a word not like any reading of a Han or Korean one."""
    scripts, size = listed.scripts[numbers], len(word.text)
    may: _Marks = scripts != _LATIN
    if syllabic(word):
        return may | _read_as(listed, numbers, {korean_key(romanize(word.text))})
    letters, texts = listed.letters[numbers], listed.text_array[numbers].tolist()
    may &= (scripts != _HAN) | (letters == 2 * size) | (2 * letters == size)  # contractions alone
    for phrase in word.phrases:
        if len(phrase) == 1:
            may |= _one_to_many(phrase[0], texts, LEAST_READING) > 0
    may |= listed.skeleton_array[numbers] == word_sound("".join(korean_readings(word.text))).skeleton
    return may


def _parts(listed: Vocabulary, word: Word, numbers: _Numbers) -> Iterator[tuple[int, float, bool]]:
    """Yield the Latin words that a part of a Han or Korean name is read as, as the alignment does."""
    parts = {part for phrase in word.phrases[1:] for part in phrase}
    if not parts or not len(numbers):
        return
    if syllabic(word):
        alike = _read_as(listed, numbers, set(map(korean_key, parts)))
    else:
        texts = listed.text_array[numbers].tolist()
        alike = np.max([_one_to_many(part, texts, LEAST_PART) for part in sorted(parts)], axis=0) > 0
    yield from ((number, PART_READ, False) for number in numbers[alike].tolist())


def _read_as(listed: Vocabulary, numbers: _Numbers, keys: Collection[str]) -> _Marks:
    """Return True for words whose spelling in all systems is one of some Korean keys."""
    texts = listed.text_array[numbers].tolist()
    return np.fromiter((korean_key(text) in keys for text in texts), np.bool_, len(numbers))


def _sound_of(listed: Vocabulary, one: _Asked, numbers: _Numbers, quick: _Values) -> _Values:
    """Return how alike some words sound to one by all three keys."""
    return _sound(listed, (one,), _Near(np.zeros(len(numbers), np.int64), numbers, quick))


def _one_to_many(text: str, texts: Sequence[str], least: float = 0.0) -> _Values:
    """Return how alike a text is to some others, 0 where it is less than `least`."""
    found: _Values = cdist([text], texts, scorer=_ALIKE, score_cutoff=least, dtype=np.float64)[0]
    return found


def _many_to_many(texts: Sequence[str], others: Sequence[str]) -> NDArray[np.float32]:
    """Return how alike each text is to each other one."""
    found: NDArray[np.float32] = cdist(texts, others, scorer=_ALIKE, dtype=np.float32)
    return found


def _pairwise(
    texts: NDArray[np.object_], others: NDArray[np.object_], scorer: Callable[..., float] = _ALIKE, least: float = 0.0
) -> _Values:
    """Return how alike each text is to the other in its place, 0 where it is less than `least`."""
    found: _Values = cpdist(texts.tolist(), others.tolist(), scorer=scorer, score_cutoff=least, dtype=np.float64)
    return found
