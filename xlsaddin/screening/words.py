"""A name taken apart into the words it is compared by.

A word keeps what it means in English where it is of another script, and how it is read; both sides of a comparison,
listed names and queries, go through here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from xlsaddin.text.glossary import Phrase, meanings
from xlsaddin.text.kana import join_letter_names, loanword
from xlsaddin.text.legal_forms import load_legal_forms, split_legal_forms
from xlsaddin.text.letter_costs import LEARNED
from xlsaddin.text.normalize import normalize_name
from xlsaddin.text.numbers import join_number_words, parse_number_word
from xlsaddin.text.person_words import TITLES, join_compounds, split_servant
from xlsaddin.text.places import english_place, is_place, load_places
from xlsaddin.text.scripts import Script, script_runs
from xlsaddin.text.segment import UNSPACED, segment
from xlsaddin.text.transliterate import han_readings, korean_readings, romanize
from xlsaddin.text.words import (
    STOP_WORDS,
    canonical_word,
    corrected_legal,
    expand_phrases,
    generic_words,
    load_phrases,
    load_words,
)
from xlsaddin.watchlist.model import EntryKind, ListEntry

_AMBIGUOUS_LENGTH = 3  # "min", "art", "gen" abbreviate only beside another word of an organisation
_SYLLABLES = frozenset(["to", "in", "on", "an", "na", "do"])  # stop words that are syllables of East Asian names
_LONGEST_PERSON = 4  # characters of a name of a person in Han or Hangul


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name.

    Attributes:
        text: normal form, for Latin the canonical word; script: what it is written in.
        phrases: English phrases it may stand for; for Latin the word itself.
        latin: True for Latin letters or digits.
        known: True when `phrases` come from the glossary or the table of places, False for a reading.
        number: the number it is, if one.
    """

    text: str
    script: Script
    phrases: tuple[Phrase, ...]
    known: bool = True
    number: int | None = None
    latin: bool = True


@dataclass(frozen=True, slots=True)
class Name:
    """A name and its words.

    Attributes:
        original: as written; normal: in normal form; core: without legal forms; legal: classes of the legal forms.
        words: in order, stop words left out; numbers: the numbers among them.
        head: how many of the words stand before the first comma of the name of a body; all of them otherwise.
        organised: True when a word says it names a body (university, 公司 ...) or it has a legal form.
    """

    original: str
    normal: str
    core: str
    legal: tuple[str, ...]
    words: tuple[Word, ...]
    head: int
    organised: bool

    @property
    def numbers(self) -> tuple[int, ...]:
        """Numbers in the name, in order."""
        return tuple(word.number for word in self.words if word.number is not None)

    @property
    def scripts(self) -> frozenset[Script]:
        """Scripts of its words; digits belong to none."""
        return frozenset(word.script for word in self.words if word.number is None)


@lru_cache(maxsize=65536)
def read_name(text: str) -> Name:
    """Return a name with its words; a name of nothing but stop words keeps them."""
    normal = normalize_name(text)
    core, legal = split_legal_forms(" ".join(corrected_legal(word) for word in join_letter_names(normal.split())))
    tokens = core.split()
    organised = bool(legal) or any(_says_body(token) for token in tokens if token not in STOP_WORDS)
    words = _read_words(tokens, organised)
    if not organised and any(word.known and not word.latin and place_of(word) is None for word in words):
        organised, words = True, _read_words(tokens, True)
    if not organised:
        words = tuple(_as_name(word) for word in words)
    head, comma, _ = text.partition(",")
    before = min(len(read_name(head).words), len(words)) if comma and organised else 0
    return Name(text, normal, core, legal, words, before or len(words), organised)


def _read_words(tokens: list[str], organised: bool) -> tuple[Word, ...]:
    """Return the words of the tokens of a name."""
    written = _written_out(_telling(tokens, organised), organised)
    return tuple(word for token in written for word in _words_of(token, organised))


def _as_name(word: Word) -> Word:
    """Return a word of a person's name by its sound: many a name is that of a place too (حسن: Hassan in India)."""
    if word.script not in LEARNED or not word.known or place_of(word) is None or meanings(word.text):
        return word
    return Word(word.text, word.script, readings(word.text, word.script) or ((word.text,),), known=False, latin=False)


def _telling(tokens: list[str], organised: bool) -> list[str]:
    """Return the tokens without stop words; of a person without titles, with initials at the ends, Abdul apart."""
    if organised:
        legal = load_legal_forms().anywhere
        return [token for token in tokens if token not in STOP_WORDS and token not in legal] or tokens
    last = len(tokens) - 1
    named = [
        token
        for place, token in enumerate(tokens)
        if token not in STOP_WORDS or token in _SYLLABLES or (len(token) == 1 and place in (0, last))
    ]
    if not any(len(token) > 1 or not token.isascii() for token in named):
        return tokens
    untitled = [token for token in named if token not in TITLES]
    kept = (
        untitled if len(untitled) > 1 else named
    )  # a title and one name: both, or every Hassan would be Sheikh Hassan
    return [part for token in join_compounds(kept) for part in split_servant(token)]


def _written_out(tokens: list[str], organised: bool) -> list[str]:
    """Return the tokens of the name of a body with its initials and phrases written out (NPO, OKB, 275 ARZ)."""
    tokens = join_number_words(tokens)
    if not organised or len(tokens) < 2:
        return tokens
    return expand_phrases([canonical_word(token) if token.isascii() else token for token in tokens])


def _says_body(token: str) -> bool:
    """Return True for a Latin word that names bodies, long enough to be nothing else."""
    if not token.isascii() or len(token) < _AMBIGUOUS_LENGTH:
        return False
    return (token,) in load_phrases() or (len(token) > _AMBIGUOUS_LENGTH and canonical_word(token) in generic_words())


def _words_of(token: str, organised: bool) -> tuple[Word, ...]:
    """Return the words of one token: cut where the script changes and where unspaced scripts have words."""
    if token.isascii():
        return (latin_word(token, organised),)
    words: list[Word] = []
    for script, run in script_runs(token):
        if script in UNSPACED:
            pieces = segment(run)
            body = organised or any(piece.known for piece in pieces)
            words.extend(native_word(p.text, script, p.known, p.number, body) for p in pieces)
        elif script in (Script.LATIN, Script.COMMON):
            words.extend(latin_word(part, organised) for part in expand_phrases([run]))
        else:
            words.append(native_word(run, script, True, parse_number_word(run)))
    return tuple(words)


@lru_cache(maxsize=65536)
def latin_word(token: str, organised: bool) -> Word:
    """Return the word of a Latin token; short abbreviations are read as such only in the name of a body."""
    number = parse_number_word(token)
    if number is not None:
        return Word(str(number), Script.COMMON, ((str(number),),), number=number)
    text = canonical_word(token) if organised or len(token) > _AMBIGUOUS_LENGTH else token
    return Word(text, Script.LATIN, ((text,),))


@lru_cache(maxsize=65536)
def native_word(text: str, script: Script, known: bool, number: int | None = None, body: bool = True) -> Word:
    """Return the word of a token in another script, with its meanings or else its readings.

    Args:
        body: True in the name of a body; names of persons in Han are not read as Korean, too many would look alike.
    """
    if number is not None:
        return Word(str(number), Script.COMMON, ((str(number),),), number=number)
    if known and (phrases := meaning_phrases(text)):
        if script is Script.KANA and (number := parse_number_word(" ".join(phrases[0]))) is not None:
            return native_word(text, script, known, number)  # セカンド: second
        return Word(text, script, phrases, latin=False)
    if script is Script.KANA and body and (generic := loanword(text)) is not None:
        return Word(text, script, ((generic,),), latin=False)
    return Word(text, script, readings(text, script, body) or ((text,),), known=False, latin=False)


def meaning_phrases(text: str) -> tuple[Phrase, ...]:
    """Return the English phrases of a known word or place, none when it is neither."""
    place = english_place(text)
    phrases = meanings(text)
    return ((tuple(place.split()), *phrases)) if place else phrases


@lru_cache(maxsize=65536)
def readings(text: str, script: Script, korean: bool = True) -> tuple[Phrase, ...]:
    """Return how an unknown word may be written in Latin: joined first, then as family and given name, by syllable."""
    if script is Script.HAN:
        more = _spellings(korean_readings(text)) if korean else ()
        return tuple(dict.fromkeys((*_spellings(han_readings(text)), *more)))
    if script is Script.HANGUL:
        return _spellings(tuple(romanize(character) for character in text))
    return ((romanize(text) or text,),)


def _spellings(syllables: tuple[str, ...]) -> tuple[Phrase, ...]:
    """Return syllables joined; a short word also in the ways a name is divided."""
    if not (joined := "".join(syllables)):
        return ()
    spellings: list[Phrase] = [(joined,)]
    if 2 <= len(syllables) <= _LONGEST_PERSON and all(syllables):
        spellings.extend(((syllables[0], "".join(syllables[1:])), syllables))
    return tuple(dict.fromkeys(spellings))


def names_person(entry: ListEntry, name: Name) -> bool:
    """Return True for a name of a person; where the list does not say, of an entry that no name calls a body."""
    if entry.kind in (EntryKind.UNKNOWN, EntryKind.OTHER):
        return len(name.words) > 1 and not (name.organised or _names_body(entry))
    return entry.kind is EntryKind.PERSON


def _names_body(entry: ListEntry) -> bool:
    return any(read_name(text).organised for text in (entry.name, *(alias.name for alias in entry.aliases)))


@lru_cache(maxsize=65536)
def is_generic(text: str) -> bool:
    """Return True for a canonical word that bodies of every kind are named with."""
    return text in generic_words() and text not in load_places().words


@lru_cache(maxsize=65536)
def is_known(text: str) -> bool:
    """Return True for a Latin word that means something of its own: a generic word, its spelling, or a place."""
    return text in generic_words() or text in load_words() or is_place(text)


@lru_cache(maxsize=65536)
def place_of(word: Word) -> str | None:
    """Return the English name of the place a word is, None when it is none."""
    if word.latin:
        return word.text if is_place(word.text) else None
    return english_place(word.text)
