"""Words people write instead of a value, and how texts of cells are compared with them (`data/words.toml`)."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Any

from xlsaddin import resources
from xlsaddin.checklist.definition import read_toml
from xlsaddin.checklist.identity_cache import remember_by_identity
from xlsaddin.checklist.model import Choice

__all__ = ["UNKNOWN", "find_choice", "is_unknown", "normalize_cell", "word_map", "words"]

UNKNOWN = "unknown"
"""Value of a number or date cell where a person says that they do not know."""


def normalize_cell(text: str) -> str:
    """Return a short text as choices and words are compared: NFKC, lower case, no spaces."""
    return "".join(unicodedata.normalize("NFKC", text[:400]).casefold().replace("’", "'").split())


@cache
def words(name: str) -> Mapping[str, None]:
    """Return one list of words, normalised, the longest first; it tells quickly whether a word is in it."""
    listed = {normalize_cell(word) for word in _raw()[name]}
    return dict.fromkeys(sorted(listed, key=len, reverse=True))


@cache
def word_map(name: str) -> Mapping[str, float]:
    """Return one table of words with their numbers, normalised, the longest first."""
    numbers = {normalize_cell(word): number for word, number in _raw()[name].items()}
    return dict(sorted(numbers.items(), key=lambda entry: len(entry[0]), reverse=True))


def is_unknown(text: str) -> bool:
    """Return whether a text says "I do not know"."""
    return normalize_cell(text) in words("unknown")


def find_choice(text: str, choices: tuple[Choice, ...]) -> Choice | None:
    """Return the choice a text stands for, in any language and spelling; None when it is none of them."""
    spellings = _by_spelling(choices)
    return spellings.get(text) or spellings.get(normalize_cell(text))


@remember_by_identity(limit=1024)
def _by_spelling(choices: tuple[Choice, ...]) -> Mapping[str, Choice]:
    """Return the choices by every spelling as it is compared, and by those that are shown as they are written."""
    found: dict[str, Choice] = {}
    shown = [(text, choice) for choice in choices for text in (choice.ja, choice.en, f"{choice.ja} / {choice.en}")]
    others = [(text, choice) for choice in choices for text in (choice.key, *choice.aliases)]
    for text, choice in shown + others:
        found.setdefault(normalize_cell(text), choice)
    return {text: found[normalize_cell(text)] for text, _ in shown} | found


@cache
def _raw() -> Mapping[str, Any]:
    return read_toml(resources.package_path("words.toml"))
