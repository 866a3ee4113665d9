"""Several names in one cell, separated by `;` `、` a line break, or by commas where a comma can only separate."""

from __future__ import annotations

import re

from xlsaddin.checklist.words import normalize_cell, words

__all__ = ["parse_names"]

_SEPARATORS = re.compile(r"[;；、\n\r|]|[,，](?=\s*(?:[;；]|$))")
_SURNAME_FIRST = re.compile(r"[A-Za-z][A-Za-z.'’\-]*, [A-Za-z][A-Za-z.'’\-]*")
_COMMA = re.compile(r"\s*[,，]\s*")


def parse_names(text: str, *, people: bool = False) -> tuple[str, ...]:
    """Return the names in a cell as written, without doubles.

    `A; B` keeps commas inside names (`Smith, John; Acme Co., Ltd.`).  Where only commas stand, they separate, but
    not before `Ltd.` or `Inc.`, and among people not in `Smith, John`: two single words are one name.
    """
    parts = [part for part in _SEPARATORS.split(text) if part.strip()]
    if len(parts) == 1 and not (people and _SURNAME_FIRST.fullmatch(parts[0].strip())):
        parts = _split_at_commas(parts[0].strip())
    names = (part.strip(" \t\u3000") for part in parts)
    return tuple(dict.fromkeys(name for name in names if name and normalize_cell(name) not in words("not_a_name")))


def _split_at_commas(text: str) -> list[str]:
    joined: list[str] = []
    for part in _COMMA.split(text):
        if joined and normalize_cell(part) in words("name_suffix"):
            joined[-1] = f"{joined[-1]}, {part}"
        else:
            joined.append(part)
    return joined
