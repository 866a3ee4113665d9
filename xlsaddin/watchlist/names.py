"""Taking a printed name cell apart: main name, name in original script, acronym, other spelling.

What is printed in brackets after a name is a name of its own on METI's list; inside a name it belongs to it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from xlsaddin.watchlist.countries import country_code
from xlsaddin.watchlist.model import Alias

_EAST_ASIAN = re.compile(r"[\u3041-\u30fa\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_ACRONYM = re.compile(r"[A-Z0-9][A-Za-z0-9&./-]{0,9}(?: ?\d+)?")
# Bracketed words that belong to a name: legal forms, places, parts of a body.
_PART_OF_NAME = re.compile(r"(?i)\b(pvt|ltd|private|hk|ftz|branch|office|including)\b|^(group|limited partnership)$")
_STOP_WORDS = {"of", "the", "and", "for", "in", "on", "to", "&", "et", "de", "des", "d'"}


def clean(text: str) -> str:
    """Return text as one line: full-width letters and brackets to ordinary ones, white space to single spaces."""
    normal = unicodedata.normalize("NFKC", text)
    visible = (char for char in normal if char.isspace() or unicodedata.category(char) not in ("Cf", "Cc"))
    return " ".join("".join(visible).split()).rstrip("; ")


def unique(aliases: Iterable[Alias], name: str) -> tuple[Alias, ...]:
    """Return the aliases without repetitions of each other or of the main name, in order."""
    found: dict[str, Alias] = {}
    for alias in aliases:
        if alias.name and alias.name != name:
            found.setdefault(alias.name, alias)
    return tuple(found.values())


def relation_of(alias: str, name: str) -> str:
    """Return the relation of an alias printed on its own: `original_script`, `acronym` or plain `alias`.

    A short word in capitals is an acronym, unless the main name is printed in capitals throughout.
    """
    if has_east_asian(alias):
        return "original_script" if not has_east_asian(name) else "alias"
    short = len(alias) <= 6 and _is_acronym(alias)
    return "acronym" if short and not name.isupper() else "alias"


def has_east_asian(text: str) -> bool:
    """True when the text holds Han, kana or Hangul."""
    return _EAST_ASIAN.search(text) is not None


def split_name(printed: str) -> tuple[str, tuple[Alias, ...]]:
    """Return the main name of a printed cell and the names printed in brackets after it.

    `Harbin Institute of Technology (HIT)(哈爾浜工業大学)` gives the English name, an acronym and an original name.
    """
    name = clean(printed)
    aliases: list[Alias] = []
    if has_east_asian(_outside_brackets(name)):
        return _split_east_asian(name)
    for inner, start, end in reversed(list(bracket_groups(name))):
        before, after = name[:start].rstrip(), name[end:]
        alias = _alias_in_brackets(inner.strip(), before, after)
        if alias is None:
            continue
        name = clean(before + after if after.startswith(("'", ",", "-")) else f"{before} {after}")
        aliases[:0] = alias
    return (name or clean(printed)), tuple(aliases)


def _split_east_asian(name: str) -> tuple[str, tuple[Alias, ...]]:
    """Return a Han, kana or Hangul name without the acronym in brackets at its end, and that acronym."""
    groups = list(bracket_groups(name))
    if groups and groups[-1][2] == len(name) and groups[-1][1] and _is_acronym(groups[-1][0]):
        return name[: groups[-1][1]].rstrip(), (Alias(groups[-1][0], relation="acronym"),)
    return name, ()


def bracket_groups(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield content, start and end of each outermost bracket pair; an unclosed one runs to the end."""
    depth, start = 0, 0
    for position, char in enumerate(text):
        if char == "(":
            start = position if depth == 0 else start
            depth += 1
        elif char == ")" and depth:
            depth -= 1
            if depth == 0:
                yield text[start + 1 : position], start, position + 1
    if depth:
        yield text[start + 1 :], start, len(text)


def balanced(text: str) -> str:
    """Return the text without closing brackets that were never opened, and without an opening one never closed."""
    kept: list[str] = []
    opened: list[int] = []
    for char in text:
        if char == ")" and not opened:
            continue
        if char == "(":
            opened.append(len(kept))
        elif char == ")":
            opened.pop()
        kept.append(char)
    return "".join(char for index, char in enumerate(kept) if index not in opened)


def _outside_brackets(text: str) -> str:
    rest = text
    for _, start, end in reversed(list(bracket_groups(text))):
        rest = rest[:start] + " " + rest[end:]
    return rest


def _alias_in_brackets(inner: str, before: str, after: str) -> list[Alias] | None:
    """Return the names a bracket holds, or None where the bracket is a part of the name."""
    if has_east_asian(inner):
        return [Alias(part.strip(), relation="original_script") for part in inner.split("、") if part.strip()]
    if not inner or not before:
        return None
    if any(map(str.isalpha, inner)) and not _LATIN.search(inner):
        return [Alias(inner, relation="original_script")]
    if len(several := inner.split(", ")) > 1 and len({part[:2] for part in several}) == 1:
        return [Alias(part) for part in several]
    latin = inner.removeprefix("Latin: ")
    if latin != inner:
        return [Alias(latin)]
    if _PART_OF_NAME.search(inner) or (len(inner) > 3 and country_code(inner)):
        return None
    at_end = not after.strip() or after.lstrip().startswith((",", "("))
    if _is_acronym(inner):
        return _acronym(inner, before, after, at_end)
    if not at_end or not (" " in inner or _is_short_form(inner, before)):
        return None
    return [Alias(inner)]


def _is_short_form(word: str, name: str) -> bool:
    """True for one word that begins like the name, as `Sytrol` of Syria Trading Oil Company; places do not count."""
    return len(word) >= 5 and word[:1] == name[:1]


def _is_acronym(text: str) -> bool:
    capitals = sum(char.isupper() or char.isdigit() for char in text)
    return _ACRONYM.fullmatch(text) is not None and capitals >= 2 and capitals * 2 > len(text)


def _acronym(acronym: str, before: str, after: str, at_end: bool) -> list[Alias] | None:
    """Return an acronym as the entry's own, or built into the name where it stands for a part of it only."""
    if any(char.isdigit() for char in acronym):
        return [Alias(acronym, relation="acronym")]
    if at_end:
        part_of = _aligned_part(acronym, before)
        if part_of is None:
            return [Alias(acronym, relation="acronym")]
        return [Alias(clean(f"{part_of}{acronym}"))]
    if len(acronym) < 3:
        return None
    gap = " " if after[:1].isalnum() else ""
    return [Alias(clean(f"{_lead(acronym, before)}{acronym}{gap}{after}"))]


def _aligned_part(acronym: str, before: str) -> str | None:
    """Return the text before the words an acronym abbreviates, when they are the name of a larger body.

    `12th Research Institute China Academy of Launch Vehicle Technology` + `CALT` gives `12th Research Institute `.
    """
    lead = _lead(acronym, before)
    names_part = re.search(r"\d", lead) or re.search(r"(?i)(,|\bof|\bof the) $", lead)
    return lead if lead and names_part else None


def _lead(acronym: str, before: str) -> str:
    """Return the text before the shortest run of words at the end whose initials spell the acronym, else ''."""
    letters = [char.lower() for char in acronym if char.isalpha()]
    words = list(re.finditer(r"\S+", before))
    for first in range(len(words) - 1, 0, -1):
        initials = [word[0].lstrip('"“(')[:1].lower() for word in words[first:] if word[0].lower() not in _STOP_WORDS]
        if initials and initials[0] == letters[0] and _is_subsequence(letters, initials):
            return before[: words[first].start()]
    return ""


def _is_subsequence(letters: list[str], initials: list[str]) -> bool:
    remaining = iter(initials)
    return len(initials) - len(letters) <= 2 and all(letter in remaining for letter in letters)
