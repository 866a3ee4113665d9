"""The words of the lists that are spelled or sound like words of a query, many words at a time.

Trigrams of sounds find what may be near, quick likenesses of letters and sounds leave most of it out, and what is left
is compared word by word (`near`, `similar`, `letter_costs`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import OSA

from xlsaddin.screening.near import (
    LATIN,
    Asked,
    Marks,
    Near,
    Numbers,
    Values,
    many_to_many,
    near_words,
    one_to_many,
    pairwise,
    sound_likeness,
)
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
from xlsaddin.screening.vocabulary import SCRIPTS, Vocabulary
from xlsaddin.screening.words import Word, is_known
from xlsaddin.text.letter_costs import LEARNED
from xlsaddin.text.scripts import Script
from xlsaddin.text.sound import korean_key
from xlsaddin.text.transliterate import korean_readings, romanize

_HAN = SCRIPTS.index(Script.HAN)
_SHORTEST = 4  # letters of a word that another short word may be a spelling of
_ROUNDING = 1e-6
_LEAST_NEAR = 1.1  # likeness of the sounds and of the consonants, added up, below which letters are not compared

_Pair = tuple[int, int, float, bool]  # the fields of `Found`


class Found(NamedTuple):
    """Pairs of a word asked, by its place, and a word of the lists, by its number.

    Attributes:
        alike: 0 to 1; whole: False where it is like a part of what the word asked stands for.
    """

    owners: Numbers
    numbers: Numbers
    alike: Values
    whole: Marks


def words_sounding(listed: Vocabulary, words: Sequence[Word]) -> Found:
    """Return the words spelled or sounding like some words; known words are never taken for misspelt ones."""
    varied = [(place, word) for place, word in enumerate(words) if _may_vary(word)]
    asked = [Asked(place, word, sound) for place, word in varied for sound in sounds_of(word)]
    near = near_words(listed, asked)
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


def _latin(listed: Vocabulary, asked: Sequence[Asked], near: Near) -> Iterator[_Pair]:
    """Yield the words that Latin words are spellings of."""
    near = near.where(_may_spell(listed, asked, near) | (listed.scripts[near.numbers] != LATIN))
    for owner, number in zip(near.owners.tolist(), near.numbers.tolist(), strict=True):
        if (alike := compare_words(asked[owner].word, listed.word(number))) is not None:
            yield asked[owner].place, number, alike[0], True


def _may_spell(listed: Vocabulary, asked: Sequence[Asked], near: Near) -> Marks:
    """Return False where `compare_words` would find two Latin words not alike."""
    texts = np.array([one.word.text for one in asked], np.object_)[near.owners]
    spelled = pairwise(texts, listed.text_array[near.numbers], OSA.normalized_similarity, LEAST_ALIKE)
    may: Marks = (spelled >= LEAST_SPELLING) | listed.meant[near.numbers]
    left = np.flatnonzero((spelled > 0) & ~may)
    may[left] = sound_likeness(listed, asked, near.where(left)) >= SPELLED_BY_SOUND - _ROUNDING
    # A word of one syllable: the same consonants, or an initial.
    letters = listed.letters[near.numbers]
    short = np.array([len(one.word.text) <= _SHORTEST for one in asked], np.bool_)[near.owners] & (letters < _SHORTEST)
    skeletons = np.array([one.sound.skeleton for one in asked], np.object_)[near.owners]
    may[short] = (skeletons[short] == listed.skeleton_array[near.numbers[short]]) | (letters[short] == 1)
    return may


def _native_only(listed: Vocabulary, words: Sequence[Word]) -> Iterator[_Pair]:
    """Yield the words, of entries that are printed in no Latin name, that Latin words may be written for."""
    latin = [
        (place, word) for place, word in enumerate(words) if word.latin and word.number is None and len(word.text) > 1
    ]
    if listed.korean_parts:
        for place, word in latin:
            for number, whole in listed.korean_parts.get(korean_key(word.text), ()):
                yield place, number, PART_READ, whole
    sounds = listed.native_sounds
    latin = [(place, word) for place, word in latin if word.text.isascii()]
    if not latin or not len(sounds.numbers):
        return
    keys = [word_sound(word.text) for _, word in latin]
    near = many_to_many([key.full for key in keys], sounds.full) + many_to_many(
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


def _native(listed: Vocabulary, one: Asked, numbers: Numbers, quick: Values) -> Iterator[tuple[int, float, bool]]:
    """Yield the words that a word in another script, or a reading of it, sounds like."""
    word, scripts = one.word, listed.scripts[numbers]
    if word.script in LEARNED and not syllabic(word):
        yield from _written(listed, one, numbers[scripts == LATIN], quick[scripts == LATIN])
        left = scripts != LATIN
    elif word.script is Script.HAN or syllabic(word):
        yield from _parts(listed, word, numbers[scripts == LATIN])
        left = _may_read(listed, word, numbers)
    else:
        short = (listed.sound_lengths[numbers] <= SHORT_SOUND) | (len(one.sound.full) <= SHORT_SOUND)
        plain = (scripts == LATIN) & ~short
        yield from _heard(listed, one, numbers[plain], quick[plain])
        left = (scripts != LATIN) | (short & (listed.skeleton_array[numbers] == one.sound.skeleton))
    numbers, quick = numbers[left], quick[left]
    if word.script is not Script.HAN:
        other = listed.scripts[numbers] != SCRIPTS.index(word.script)
        numbers = numbers[other | (_sound_of(listed, one, numbers, quick) >= LEAST_VARIANT - _ROUNDING)]
    for number in numbers.tolist():
        if (alike := compare_words(word, listed.word(number))) is not None:
            yield number, alike[0], True


def _written(listed: Vocabulary, one: Asked, numbers: Numbers, quick: Values) -> Iterator[tuple[int, float, bool]]:
    """Yield the Latin words a word of another script may write, of those that sound alike.

    Consonants decide as well as the whole: Arabic writes few vowels.
    """
    near = quick + one_to_many(one.sound.skeleton, listed.skeleton_array[numbers].tolist())
    numbers = numbers[(near >= _LEAST_NEAR) & listed.ascii[numbers]]
    if len(numbers):
        likely = compare_written_many(one.word, listed.text_array[numbers].tolist())
        enough = likely >= LEAST_WRITTEN
        yield from (
            (n, alike, True) for n, alike in zip(numbers[enough].tolist(), likely[enough].tolist(), strict=True)
        )


def _heard(listed: Vocabulary, one: Asked, numbers: Numbers, quick: Values) -> Iterator[tuple[int, float, bool]]:
    """Yield Latin words with how alike they sound to a word in another script: `compare_words`, many at a time."""
    alike = _sound_of(listed, one, numbers, quick)
    enough = alike >= np.where(listed.meant[numbers], SPELLED_BY_SOUND, LEAST_SOUND)
    for number, sound in zip(numbers[enough].tolist(), alike[enough].tolist(), strict=True):
        yield number, scaled_sound(sound), True


def _may_read(listed: Vocabulary, word: Word, numbers: Numbers) -> Marks:
    """Return False where `compare_words` would find a word not like any reading of a Han or Korean one."""
    scripts, size = listed.scripts[numbers], len(word.text)
    may: Marks = scripts != LATIN
    if syllabic(word):
        return may | _read_as(listed, numbers, {korean_key(romanize(word.text))})
    letters, texts = listed.letters[numbers], listed.text_array[numbers].tolist()
    may &= (scripts != _HAN) | (letters == 2 * size) | (2 * letters == size)  # contractions alone
    for phrase in word.phrases:
        if len(phrase) == 1:
            may |= one_to_many(phrase[0], texts, LEAST_READING) > 0
    may |= listed.skeleton_array[numbers] == word_sound("".join(korean_readings(word.text))).skeleton
    return may


def _parts(listed: Vocabulary, word: Word, numbers: Numbers) -> Iterator[tuple[int, float, bool]]:
    """Yield the Latin words that a part of a Han or Korean name is read as, as the alignment does."""
    parts = {part for phrase in word.phrases[1:] for part in phrase}
    if not parts or not len(numbers):
        return
    if syllabic(word):
        alike = _read_as(listed, numbers, set(map(korean_key, parts)))
    else:
        texts = listed.text_array[numbers].tolist()
        alike = np.max([one_to_many(part, texts, LEAST_PART) for part in sorted(parts)], axis=0) > 0
    yield from ((number, PART_READ, False) for number in numbers[alike].tolist())


def _read_as(listed: Vocabulary, numbers: Numbers, keys: Collection[str]) -> Marks:
    """Return True for words whose spelling in all systems is one of some Korean keys."""
    texts = listed.text_array[numbers].tolist()
    return np.fromiter((korean_key(text) in keys for text in texts), np.bool_, len(numbers))


def _sound_of(listed: Vocabulary, one: Asked, numbers: Numbers, quick: Values) -> Values:
    """Return how alike some words sound to one by all three keys."""
    return sound_likeness(listed, (one,), Near(np.zeros(len(numbers), np.int64), numbers, quick))
