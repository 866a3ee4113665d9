"""Legal forms (Ltd, 株式会社, ООО, 有限公司 ...) found at the ends of a normalised name.

They are set aside, not thrown away: a name that is nothing but a legal form keeps it.
"""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from typing import NamedTuple

from xlsaddin import resources
from xlsaddin.text.normalize import normalize_name
from xlsaddin.text.scripts import script_runs

_GENERAL = ("总", "총")  # a general corporation (总公司, 총회사) is a kind of body, not a legal form
_LEADING = ("pt", "kk", "ao")  # short ones that do
_SPACED = range(3, 5)  # letters of an abbreviation that may be written apart
LONGEST = 10  # words in the longest legal form


class LegalForms(NamedTuple):
    """The tables: word sequences and glued substrings, each with its class (`limited`, `joint_stock` ...).

    `anywhere` are words that are legal forms wherever they stand in the name of a body.
    """

    words: dict[tuple[str, ...], str]
    glued: tuple[tuple[str, str], ...]
    anywhere: frozenset[str]


@cache
def load_legal_forms() -> LegalForms:
    """Return the tables of `data/names/legal_forms.toml`, longest glued form first."""
    tables = tomllib.loads(resources.package_path("names", "legal_forms.toml").read_text(encoding="utf-8"))
    words: dict[tuple[str, ...], str] = {}
    glued: dict[str, str] = {}
    anywhere = frozenset(tables.pop("anywhere"))
    for kind, table in tables.items():
        for spelling in table["words"]:
            parts = tuple(normalize_name(spelling).split())
            words[parts] = kind
            if len(parts) == 1 and parts[0].isascii() and len(parts[0]) in _SPACED:
                words.setdefault(tuple(parts[0]), kind)  # S A S
        for spelling in (*table["han"], *table["kana"]):
            form = normalize_name(spelling)
            words[(form,)] = kind
            if len(form) > 1:
                glued[form] = kind
    longest_first = tuple(sorted(glued.items(), key=lambda item: (-len(item[0]), item[0])))
    return LegalForms(words, longest_first, anywhere)


@lru_cache(maxsize=65536)
def split_legal_forms(normalized: str) -> tuple[str, tuple[str, ...]]:
    """Return a normalised name without the legal forms at its ends, and their classes in order found."""
    words, found = normalized.split(), []
    while words:
        if words[0] == "the" and len(words) > 1:
            words = words[1:]
        if (cut := _end_form(words)) is not None:
            start, stop, kind = cut
            if stop - start == len(words):
                break
            found.append(kind)
            words = words[stop:] if start == 0 else words[:start]
        elif (shorter := _glued_form(words)) is not None:
            words, kind = shorter
            found.append(kind)
        else:
            break
    return " ".join(words), tuple(found)


def _end_form(words: list[str]) -> tuple[int, int, str] | None:
    """Return where the longest word form at either end lies, and its class."""
    forms = load_legal_forms().words
    for length in range(min(LONGEST, len(words)), 0, -1):
        if kind := forms.get(tuple(words[-length:])):
            return len(words) - length, len(words), kind
        # At the front only forms that cannot be part of a name: "SE Asia", "AS Roma", "Co" are none of them.
        if (kind := forms.get(tuple(words[:length]))) and (length > 1 or _leads(words[0], kind)):
            return 0, length, kind
    return None


def _leads(word: str, kind: str) -> bool:
    """Return True for a one-word legal form that may stand before a name (JSC, ООО, 株, شركت)."""
    if word.isascii():
        return kind != "company" and (len(word) > 2 or word in _LEADING)
    return True


def _glued_form(words: list[str]) -> tuple[list[str], str] | None:
    """Return the words with a legal form cut off that is glued to the first or last of them (CJK has no spaces)."""
    first, last = words[0], words[-1]
    if first.isascii() and last.isascii():
        return None
    forms, (_, head), (_, tail) = load_legal_forms(), script_runs(first)[0], script_runs(last)[-1]
    if tail != last and (found := forms.words.get((tail,))):  # インテレクトLLC
        return [*words[:-1], last.removesuffix(tail)], found
    if head != first and (found := forms.words.get((head,))) and _leads(head, found):
        return [first.removeprefix(head), *words[1:]], found
    for form, kind in forms.glued:
        if len(last) > len(form) and last.endswith(form) and not last[: -len(form)].endswith(_GENERAL):
            return [*words[:-1], last[: -len(form)]], kind
        if len(first) > len(form) and first.startswith(form):
            return [first[len(form) :], *words[1:]], kind
    return None
