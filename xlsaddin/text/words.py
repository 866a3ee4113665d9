"""One English word for its abbreviations, inflections and twins in other Latin-script languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from xlsaddin import resources
from xlsaddin.text.normalize import normalize_name

_STOP_TEXT = (
    "the a an of for and at in on to by with from de di da du del dei der des die das den la le les el los las l d e "
    "et y und i og och na ve va o do dos u v im zur zum fur pour per para von van al ul named after imeni"
)
_KANA_STOP_TEXT = "ノ ト ヤ ヲ オヨビ アンド エンド オブ ザ ジ フォー アル エル"
NAMED_AFTER = "名称"  # stands behind a person's name in Japanese names of Russian bodies
_CYRILLIC_STOP_TEXT = "и в во на по им имени для с со о об от при из к"
_ARABIC_STOP_TEXT = "و ال في من لل در از به براي"
STOP_WORDS = frozenset(
    f"{_STOP_TEXT} {_KANA_STOP_TEXT} {_CYRILLIC_STOP_TEXT} {_ARABIC_STOP_TEXT} {NAMED_AFTER}".split()
)
_LEGAL_WORDS = (
    "company",
    "corporation",
    "limited",
    "incorporated",
    "private",
    "public",
    "joint",
    "stock",
    "aktiengesellschaft",
    "obshchestvo",
    "ogranichennoi",
    "ogranichennoy",
    "otvetstvennostyu",
    "aktsionernoe",
)
_SHORTEST_STEM = 4
_SHORTEST_CORRECTED, _TWO_SLIPS = 6, 9
_LEAST_CONSONANTS = 5
_SHORTEST_RUSSIAN, _SHORTEST_LEGAL = 6, 5
# What may follow a Russian stem: three letters at most, or a suffix of adjectives and nouns with its ending.
_RUSSIAN_ENDING = re.compile(
    "[a-z]{0,3}|[a-z]*?(?:n|sk|st|el)(?:y|yi|yj|yy|iy|ii|oe|oye|oi|oy|aya|aia|ogo|ego|omu|ykh|ikh|ye|ie|iye|ia|iya|ya"
    "|a|o|e|i|u|ei|ey|iyu|iyam)?"
)


def read_lines(name: str) -> Iterator[tuple[str, str]]:
    """Yield the two sides of every `left = right` line of a file in `data/names/`."""
    for line in resources.package_path("names", name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            left, right = line.split("=", 1)
            yield left.strip(), right.strip()


@cache
def load_words() -> dict[str, str]:
    """Return spelling -> canonical word, from `data/names/abbreviations.txt`."""
    found: dict[str, str] = {}
    for word, spellings in read_lines("abbreviations.txt"):
        for spelling in spellings.split():
            found.setdefault(normalize_name(spelling), word)
    return found


@cache
def load_phrases() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return canonical words -> the words they are read as, from `data/names/phrases.txt`."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for words, others in read_lines("phrases.txt"):
        for other in others.split("|"):
            found[tuple(map(canonical_word, normalize_name(other).split()))] = tuple(words.split())
    return found


def expand_phrases(words: list[str]) -> list[str]:
    """Return canonical words with initials written out and phrases in their usual words, the longest first."""
    phrases = load_phrases()
    longest = max(map(len, phrases))
    written: list[str] = []
    place = 0
    while place < len(words):
        for length in range(min(longest, len(words) - place), 0, -1):
            if (phrase := phrases.get(tuple(words[place : place + length]))) is not None:
                written.extend(phrase)
                place += length
                break
        else:
            written.append(words[place])
            place += 1
    return written


@lru_cache(maxsize=65536)
def canonical_word(word: str) -> str:
    """Return the word a normalised Latin word stands for: itself when it is no known spelling of another."""
    words = load_words()
    if (known := words.get(word)) is not None:
        return known
    if len(word) > _SHORTEST_STEM and word.endswith("s") and not word.endswith("ss") and word[:-1] in words:
        return words[word[:-1]]
    for length in range(len(word), _SHORTEST_RUSSIAN - 1, -1):
        meaning = _romanized_stems().get(word[:length])
        if meaning is not None and _RUSSIAN_ENDING.fullmatch(word, length):
            return meaning
    return word


@cache
def _romanized_stems() -> dict[str, str]:
    """Return Russian stems in Latin letters -> English word: lists print names such as Konstruktorskoe Byuro."""
    from xlsaddin.text.glossary import load_stems
    from xlsaddin.text.transliterate import romanize

    found: dict[str, str] = {}
    for stem, phrases in load_stems():
        latin = romanize(stem)
        if len(latin) >= _SHORTEST_RUSSIAN and (single := [p[0] for p in phrases if len(p) == 1]):
            found.setdefault(latin, single[0])
    return found


@lru_cache(maxsize=65536)
def corrected_word(word: str) -> str | None:
    """Return the canonical word a misspelt one stands for (tecsnologies, cmpany), None when nothing is near enough."""
    if len(word) < _SHORTEST_CORRECTED or word in load_words() or word in generic_words():
        return None
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extractOne

    if (contracted := _contractions().get(_consonants(word))) is not None:
        return contracted
    most = 1 if len(word) < _TWO_SLIPS else 2
    near = _spellings_by_beginning()
    choices = [one for size in range(len(word) - most, len(word) + most + 1) for one in near.get((word[0], size), ())]
    found = extractOne(word, choices, scorer=OSA.distance, score_cutoff=most)
    return canonical_word(found[0]) if found else None


def corrected_legal(word: str) -> str:
    """Return a word, or the word of a legal form it is a slip of (compan, limitde, corporaton)."""
    if len(word) < _SHORTEST_LEGAL or not word.isascii() or word in load_words() or word in generic_words():
        return word
    return _nearest_legal(word) or word


@lru_cache(maxsize=65536)
def _nearest_legal(word: str) -> str | None:
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extractOne

    found = extractOne(word, _LEGAL_WORDS, scorer=OSA.distance, score_cutoff=1)
    return found[0] if found else None


def _consonants(word: str) -> str:
    return "".join(letter for letter in word if letter not in "aeiou")


@cache
def _contractions() -> dict[str, str]:
    """Return the consonants of generic words -> canonical word, where there are enough of them (srvcs, mnfctrng)."""
    found: dict[str, str] = {}
    for spelling in _spellings():
        if len(consonants := _consonants(spelling)) >= _LEAST_CONSONANTS:
            found.setdefault(consonants, canonical_word(spelling))
    return found


@cache
def _spellings_by_beginning() -> dict[tuple[str, int], list[str]]:
    """Return the spellings by first letter, which slips leave alone, and by length."""
    found: dict[tuple[str, int], list[str]] = {}
    for spelling in _spellings():
        found.setdefault((spelling[0], len(spelling)), []).append(spelling)
    return found


@cache
def generic_spellings() -> tuple[str, ...]:
    """Return every spelling of a word that bodies of every kind are named with."""
    return tuple(sorted({*load_words(), *generic_words()}))


def _spellings() -> tuple[str, ...]:
    """Return the spellings that are long enough to be recognised with a slip."""
    return tuple(word for word in generic_spellings() if len(word) >= _SHORTEST_CORRECTED)


@cache
def generic_words() -> frozenset[str]:
    """Return the canonical words that bodies of every kind are named with, from the glossary and abbreviations."""
    from xlsaddin.text.glossary import load_glossary

    translated = {word for phrases in load_glossary().terms.values() for phrase in phrases for word in phrase}
    return frozenset(translated | set(load_words().values()))
