"""What sort of name a name is: that of a school or institute, of a company, or nothing but an acronym."""

from __future__ import annotations

from xlsaddin.screening.words import Name
from xlsaddin.text.scripts import Script, main_script
from xlsaddin.watchlist.model import ListEntry

LONGEST_ACRONYM = 5

_ACADEMIC = frozenset(["university", "institute", "college", "school", "academy", "polytechnic", "faculty", "research"])
SCHOOLS = frozenset(["university", "college", "school", "faculty"])
_COMMERCIAL = frozenset(["company", "corporation", "enterprise", "group", "trading", "holding", "shipping"])


def says(name: Name, words: frozenset[str]) -> bool:
    """Return True when a name has one of some words, or a word of another script that means it."""
    return any(part in words for word in name.words if word.known for phrase in word.phrases[:1] for part in phrase)


def academic(name: Name) -> bool:
    """Return True when a word says school, university or institute."""
    return says(name, _ACADEMIC)


def commercial(name: Name) -> bool:
    """Return True when a word says company."""
    return says(name, _COMMERCIAL)


def may_stand_inside(name: Name) -> bool:
    """Return True for the name of a school or institute, of several words: affiliations hold such names."""
    return len(name.words) > 1 and academic(name)


def listed_as_acronym(entry: ListEntry, alias: int, name: Name) -> bool:
    """Return True for a name of a body, its main one (-1) or an alias, that is nothing but an acronym."""
    words = name.words
    if len(words) != 1 or name.legal or len(name.core) > LONGEST_ACRONYM:
        return False
    relation = entry.aliases[alias].relation if alias >= 0 else ""
    spelled_out = words[0].latin and main_script(name.original) is Script.KANA  # エム・アイ・ティー
    return relation == "acronym" or name.original.isupper() or spelled_out
