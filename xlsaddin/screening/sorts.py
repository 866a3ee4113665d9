"""What sort of body a name says it is: a school or institute, or a company."""

from __future__ import annotations

from xlsaddin.screening.words import Name

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
