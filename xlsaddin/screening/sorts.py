"""What sort of name a name is: that of a school or institute, of a company, or nothing but an acronym."""

from __future__ import annotations

from xlsaddin.screening.words import Name, read_name
from xlsaddin.text.scripts import Script, main_script
from xlsaddin.watchlist.model import EntryKind, ListEntry

LONGEST_ACRONYM = 5

_ACADEMIC = frozenset(["university", "institute", "college", "school", "academy", "polytechnic", "faculty", "research"])
_SCHOOLS = frozenset(["university", "college", "school", "faculty"])
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


def unlike_sorts(asked: Name, listed: Name, entry: ListEntry, main: bool) -> bool:
    """Return True when one name is that of a school or institute, the other that of a company, a ship or the like.

    `main`: the listed name is the entry's main one.
    """
    if academic(asked) is academic(listed):
        return False
    other = listed if academic(asked) else asked
    if other.legal or commercial(other) or (other is listed and entry.kind is EntryKind.OTHER):
        return True
    return other is listed and not main and _alias_of_company(asked, read_name(entry.name))


def _alias_of_company(asked: Name, main: Name) -> bool:
    """Return True when a school is asked and a bare alias is listed of what its main name calls a company.

    An institute is left out: companies have research institutes.
    """
    company = bool(main.legal) or commercial(main)
    return says(asked, _SCHOOLS) and company and not academic(main)


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
