"""How alike two words are: the same, misspelt, abbreviated, the same sound or the same meaning."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA, Levenshtein

from xlsaddin.screening.words import Word, is_known, readings
from xlsaddin.text.letter_costs import LEARNED, compare_letters, compare_many, likely_spellings
from xlsaddin.text.person_words import ARTICLE, OF_FAITH
from xlsaddin.text.scripts import Script
from xlsaddin.text.sound import VOICELESS, SoundKey, compare_sounds, firm_consonants, korean_key, sound_key
from xlsaddin.text.transliterate import korean_readings, romanize
from xlsaddin.text.words import corrected_word, generic_words

LEAST_SPELLING = 0.72  # below it two Latin spellings are two words
LEAST_SOUND = 0.52  # below it a word in another script is another word
LEAST_ALIKE = 0.5  # below it they are two words, however they sound
LEAST_VARIANT = 0.75  # below it a word in the same script, not Latin, is another word
ONE_VOWEL = 0.85  # one vowel in such a word (Qaeda, Qaida)
ONE_SLIP = 0.65  # one letter in a word of four or five: a slip where the rest of the name agrees
LEAST_KNOWN = 0.8  # the same where one of them is a word of its own
SPELLED_BY_SOUND = 0.85  # Latin spellings this alike in sound are variants (Yusuf, Youssef)
LEAST_WRITTEN, SURE_WRITTEN = 0.25, 0.75  # likeliness of a spelling below which it is no other word, no known one
LEAST_PART, PART_READ = 0.8, 0.9  # a syllable of a Mandarin name and its spelling; what names read by parts are worth
LEAST_READING = 0.80  # readings of Han are regular: little is left to chance
_SHORT = 4
_LONGEST_ELSEWHERE = 5  # letters of an Arabic word that may begin with ال without an article (الینا: Alina)
SHORT_SOUND = 3
OTHER_CONSONANTS = 0.8  # what a likeness of sound is multiplied by where l, r, b, m or n differ
_FIRM = frozenset({Script.CYRILLIC, Script.ARABIC})
_ARABIC_SOUNDS = str.maketrans("ضظذثق", "دددتغ")  # as Arabs say what Persians and Turks say otherwise
_NOT_NASAL = re.compile("[^mn]")
_CHANCE, _SURE = 0.4, 0.95


class How(StrEnum):
    """In what way two words are alike."""

    SAME = "same"
    SPELLING = "spelling"
    ABBREVIATION = "abbreviation"
    SOUND = "sound"
    MEANING = "meaning"
    READING = "reading"
    JOINED = "joined"
    INITIAL = "initial"


@lru_cache(maxsize=131072)
def word_sound(text: str) -> SoundKey:
    """Return the sound keys of a word in any script."""
    return sound_key(romanize(text))


def sounds_of(word: Word) -> tuple[SoundKey, ...]:
    """Return the sounds a word may have: as romanised, as its letters are usually spelled, by the parts of a name."""
    sounds = [word_sound(word.text)]
    if word.script is Script.KANA:
        sounds.extend(map(sound_key, likely_spellings(word.text, word.script)))
    if word.script is Script.ARABIC:  # و is a vowel as often as a consonant, and Latin names drop the article
        bare = without_article(word.text)
        sounds.append(sound_key(romanize(bare).replace("w", "u")))
        sounds.append(sound_key(romanize(bare.translate(_ARABIC_SOUNDS))))
    if not word.latin:
        sounds.extend(word_sound(part) for phrase in word.phrases[1:] for part in phrase if len(part) > 2)
    return tuple(dict.fromkeys(sounds))


def compare_words(first: Word, second: Word) -> tuple[float, How] | None:
    """Return how alike two single words are (0 to 1) and in what way, None when they are two words.

    Symmetric.  Phrases of several words are the alignment's business.
    """
    if first.text == second.text:
        return 1.0, How.SAME
    if first.number is not None or second.number is not None:
        return None
    if first.latin and second.latin:
        return compare_spellings(*sorted((first.text, second.text)))
    if first.script is second.script is Script.HAN and contracts(first.text, second.text):
        return 0.95, How.ABBREVIATION
    if first.script == second.script and first.known and second.known and first.script is not Script.CYRILLIC:
        return None  # two known words of one script are two words, whatever they share in English
    return _compare_scripts(first, second)


@lru_cache(maxsize=65536)
def compare_spellings(first: str, second: str) -> tuple[float, How] | None:
    """Return how alike two Latin words are."""
    known = is_known(first) or is_known(second)
    if known and is_known(first) and is_known(second):
        return None
    shorter, longer = sorted((first, second), key=len)
    if len(shorter) == 1 and longer.startswith(shorter) and shorter.isalpha():
        return 0.6, How.INITIAL
    if len(shorter) < _SHORT and len(longer) <= _SHORT and shorter.isalpha() and longer.isalpha():
        alike = len(shorter) > 1 and same_syllable(sound_key(first), sound_key(second))
        return (0.85, How.SPELLING) if alike else None
    if len(shorter) < _SHORT or not (first.isalpha() and second.isalpha()):
        return None
    if known and longer in generic_words() and not is_known(shorter) and abbreviates(shorter, longer):
        return 0.85, How.ABBREVIATION
    if known and (corrected_word(first) == second or corrected_word(second) == first):
        return 0.92, How.SPELLING
    if len(longer) > 2 * len(shorter):
        return None  # less than half alike, however they are spelled
    spelling = 1.0 - (slips := OSA.distance(first, second)) / len(longer)
    if known:
        return (spelling, How.SPELLING) if spelling >= LEAST_KNOWN else None
    if spelling < LEAST_ALIKE:
        return None
    if len(longer) <= _SHORT + 1 or spelling < LEAST_SPELLING:
        sound = compare_sounds(sound_key(first), sound_key(second))
        begins = first[0] == second[0] or sorted(first[:2]) == sorted(second[:2])
        vowels = sound_key(first).skeleton == sound_key(second).skeleton
        slip = (ONE_VOWEL if vowels else ONE_SLIP) if slips == 1 and begins else 0.0
        heard = sound >= SPELLED_BY_SOUND and _same_liquids(first, second)
        spelling = max(slip, 0.95 * sound if heard else 0.0)
    return (spelling, How.SPELLING) if spelling >= min(LEAST_SPELLING, ONE_SLIP) else None


def _same_liquids(first: str, second: str) -> bool:
    """Return True unless one word has an l where the other has an r: in Latin letters they are two sounds."""
    return [c for c in first.replace("ll", "l") if c in "lr"] == [c for c in second.replace("ll", "l") if c in "lr"]


def abbreviates(short: str, word: str) -> bool:
    """Return True for the beginning of a word (aeron) or its consonants in order (mnfctrng), first letter kept."""
    if len(short) < 3 or len(short) > len(word) - 2 or short[0] != word[0]:
        return False
    if word.startswith(short):
        return True
    rest = iter(word)
    return all(letter in rest for letter in short) and not set(short[1:]) & set("aeiou")


def contracts(first: str, second: str) -> bool:
    """Return True when one Han word takes every second character of the other (科技, 科学技术)."""
    shorter, longer = sorted((first, second), key=len)
    return len(shorter) > 1 and longer[::2] == shorter and len(longer) == 2 * len(shorter)


def _compare_scripts(first: Word, second: Word) -> tuple[float, How] | None:
    """Return how alike two words of different scripts (or two unknown words of one) are."""
    if first.known and second.known and not (first.latin and second.latin):
        shared = {p for p in first.phrases if len(p) == 1} & {p for p in second.phrases if len(p) == 1}
        if shared:
            return (0.97 if first.script == second.script else 0.92), How.MEANING
        if not (first.latin or second.latin):
            return None
    return _compare_readings(first, second)


def _compare_readings(first: Word, second: Word) -> tuple[float, How] | None:
    """Return how alike two words sound."""
    pair = (first, second)
    if any(word.script is Script.HAN for word in pair):
        if first.script == second.script:
            return None
        return _compare_han(first, second)
    if syllabic(first) or syllabic(second):
        same = korean_key(romanize(first.text)) == korean_key(romanize(second.text))
        return (0.95, How.READING) if same else None
    if (likely := compare_written(first, second)) is not None:
        known = any(not word.latin and word.known for word in pair)
        return (likely, How.SOUND) if likely >= (SURE_WRITTEN if known else LEAST_WRITTEN) else None
    sound = compare_sounds(left := word_sound(first.text), right := word_sound(second.text))
    sound *= firmness(first, second)
    short = min(len(left.full), len(right.full)) <= SHORT_SOUND
    if short and not same_syllable(left, right):
        return None
    least = LEAST_SOUND
    if first.script == second.script:
        least = LEAST_VARIANT
    elif any(is_known(word.text) if word.latin else word.known for word in pair):
        least = SPELLED_BY_SOUND
    return (scaled_sound(sound), How.SOUND) if sound >= least else None


def compare_written(first: Word, second: Word) -> float | None:
    """Return how likely a Latin word is what the other writes (0 to 1), None for two words of any other scripts."""
    native, other = (second, first) if first.latin else (first, second)
    if native.script not in LEARNED or not other.latin or not other.text.isascii():
        return None
    return max(compare_letters(text, native.script, other.text) for text in written_forms(native.text))


def compare_written_many(native: Word, latin: Sequence[str]) -> NDArray[np.float64]:
    """Return `compare_written` of a word in a script of `LEARNED` with each of several Latin words."""
    likely = [compare_many(text, native.script, latin) for text in written_forms(native.text)]
    return np.asarray(np.max(likely, axis=0))


def written_forms(text: str) -> tuple[str, ...]:
    """Return a word, and without its Arabic article or the one inside a compound (صلاح الدين: Salahuddin)."""
    bare = without_article(text)
    if bare.endswith(OF_FAITH) and len(bare) > len(OF_FAITH):
        bare = bare.removesuffix(OF_FAITH) + OF_FAITH.removeprefix(ARTICLE)
    return (text,) if bare == text else (text, bare)


def without_article(text: str) -> str:
    """Return an Arabic word without the article that Latin spellings write apart or not at all (Al-Duri)."""
    return text.removeprefix(ARTICLE) if len(text) > _LONGEST_ELSEWHERE else text


def tells_firmly(word: Word) -> bool:
    """Return True for a word in a script that tells l, r, b, m and n apart as Latin letters do."""
    return word.script in _FIRM


def firmness(first: Word, second: Word) -> float:
    """Return by what the likeness of sound is multiplied: less than 1 when a firm script has other consonants."""
    if not (tells_firmly(first) or tells_firmly(second)) or firm_of(first.text) == firm_of(second.text):
        return 1.0
    return OTHER_CONSONANTS


def firm_of(text: str) -> str:
    """Return the firm consonants of a word in any script, its Arabic article left out."""
    return firm_consonants(romanize(without_article(text)))


def _compare_han(first: Word, second: Word) -> tuple[float, How] | None:
    """Return how alike a Han word, by its Mandarin and Korean readings, and a word of another script are."""
    han, other = (first, second) if first.script is Script.HAN else (second, first)
    written = romanize(other.text)
    best = 0.0
    for phrase in readings(han.text, Script.HAN) if han.known else han.phrases:
        if len(phrase) == 1 and min(len(phrase[0]), len(written)) > 2:
            reading = Levenshtein.normalized_similarity(phrase[0], written)
            korean = phrase == ("".join(korean_readings(han.text)),)
            if korean and same_syllable(word_sound(phrase[0]), word_sound(written)):
                reading = 0.95  # Mandarin readings are spelled one way, Korean ones in several
            best = max(best, reading)
    return (0.9 * best, How.READING) if best >= (_SURE if han.known else LEAST_READING) else None


def same_syllable(first: SoundKey, second: SoundKey) -> bool:
    """Return True for two romanisations of one short word: the same consonants, vowels that may be written alike."""
    if first.skeleton != second.skeleton or _NOT_NASAL.sub("", first.full) != _NOT_NASAL.sub("", second.full):
        return False
    return _near_vowels(first.full, second.full) or _near_vowels(first.reduced, second.reduced)


def _near_vowels(first: str, second: str) -> bool:
    if abs(len(first) - len(second)) > min(len(first), len(second)) // 4:
        return False
    return Levenshtein.normalized_similarity(first.translate(VOICELESS), second.translate(VOICELESS)) >= 0.6


def syllabic(word: Word) -> bool:
    """Return True for a short word in Hangul: a Korean name, whose syllables are regular."""
    return word.script is Script.HANGUL and len(word.text) <= SHORT_SOUND


def scaled_sound(sound: float) -> float:
    """Return what a likeness of sound is worth: half alike is what chance gives, so it is worth next to nothing."""
    return min(1.0, max(0.0, (sound - _CHANCE) / (_SURE - _CHANCE)))
