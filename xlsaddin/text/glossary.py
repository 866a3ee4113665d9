"""What the words that bodies are named with mean in English: 大学 -> university, institute, college.

Meanings are alternatives, never a translation to be shown as the name of a body.  Places have their own table.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from xlsaddin.text.normalize import normalize_name
from xlsaddin.text.scripts import Script, main_script
from xlsaddin.text.words import STOP_WORDS, canonical_word, read_lines

Phrase = tuple[str, ...]
_SHORTEST_STEM = 3
# What may follow a stem: three letters at most, or a suffix of adjectives and nouns with its ending; пром does not.
_ENDING = re.compile(
    "[а-я]{0,3}|[а-я]*?(?:н|ск|ст|ел|ов|ев|ик|ац|яц|иц)"
    "(?:ый|ий|ой|ая|яя|ое|ее|ого|его|ому|ему|ым|им|ом|ем|ую|юю|ые|ие|ых|их|ыми|ими|ия|ии|ию|ть|ти|ств[аоу]?|ель|еля|ов|ев"
    "|ам|ами|ах|а|о|е|и|у|ы|ь|я|ю)?"
)
_ARTICLES = ("ال", "لل", "و", "وال")


class Glossary(NamedTuple):
    """Terms with their phrases; stems of inflected terms; both in normal form."""

    terms: dict[str, tuple[Phrase, ...]]
    stems: dict[str, tuple[Phrase, ...]]


@cache
def load_glossary() -> Glossary:
    """Return `data/names/glossary.txt` and `regions.txt`."""
    terms: dict[str, tuple[Phrase, ...]] = {}
    stems: dict[str, tuple[Phrase, ...]] = {}
    for name in ("glossary.txt", "regions.txt"):
        for left, right in read_lines(name):
            phrases = tuple(dict.fromkeys(english_phrase(text) for text in right.split("|")))
            for term in left.split():
                table = stems if term.endswith("-") else terms
                key = normalize_name(term.replace("_", " "))
                table[key] = tuple(dict.fromkeys((*table.get(key, ()), *phrases)))
    return Glossary(terms, stems)


def load_stems() -> tuple[tuple[str, tuple[Phrase, ...]], ...]:
    """Return the inflected terms as stems with plain English phrases, before they are made canonical."""
    found: list[tuple[str, tuple[Phrase, ...]]] = []
    for left, right in read_lines("glossary.txt"):
        phrases = tuple(tuple(normalize_name(text).split()) for text in right.split("|"))
        found.extend((normalize_name(term), phrases) for term in left.split() if term.endswith("-"))
    return tuple(found)


def english_phrase(text: str) -> Phrase:
    """Return the canonical words of an English phrase, without articles and prepositions."""
    return tuple(canonical_word(word) for word in normalize_name(text).split() if word not in STOP_WORDS)


@lru_cache(maxsize=65536)
def meanings(term: str) -> tuple[Phrase, ...]:
    """Return the English phrases a normalised term may stand for, none when it is not known."""
    glossary = load_glossary()
    if (known := glossary.terms.get(term)) is not None:
        return known
    script = main_script(term)
    if script is Script.CYRILLIC:
        return _by_stem(term, glossary)
    if script is Script.ARABIC:
        for article in _ARTICLES:
            if term.startswith(article) and (known := glossary.terms.get(term.removeprefix(article))) is not None:
                return known
    return ()


def _by_stem(term: str, glossary: Glossary) -> tuple[Phrase, ...]:
    """Return the phrases of the longest stem a term begins with."""
    for length in range(len(term), _SHORTEST_STEM - 1, -1):
        if (known := glossary.stems.get(term[:length])) is not None and _ENDING.fullmatch(term, length):
            return known
    return ()
