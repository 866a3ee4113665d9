"""Names of countries and regions, as people and lists write them, to ISO 3166-1 alpha-2 codes.

CLDR's names (English and Japanese, from Babel) with what people write otherwise, in `data/names/countries.csv`, and
what lists print, in `data/lists/countries.csv`.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Mapping
from functools import cache

from xlsaddin import resources

_SPELLINGS = ("names", "lists")
"""Folders with further spellings; where they differ, the later one wins."""


def country_code(name: str) -> str | None:
    """Return the code of a country named in English or Japanese, or of an alpha-2 code itself; None if not known."""
    key = _key(name)
    return _codes().get(key) if key else None


def _key(name: str) -> str:
    """Return letters and digits only, in lower case, without diacritics and a leading article."""
    text = unicodedata.normalize("NFKD", name).casefold().strip().removeprefix("the ")
    bare = "".join(char for char in text if not "\u0300" <= char <= "\u036f")
    return "".join(char for char in unicodedata.normalize("NFC", bare) if char.isalnum())


@cache
def _codes() -> Mapping[str, str]:
    from babel import Locale  # imported here: not every caller of this room needs it

    found: dict[str, str] = {}
    for language in ("en", "ja"):
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha():
                found.setdefault(_key(name), code)
                found.setdefault(code.lower(), code)
    for folder in _SPELLINGS:
        with resources.package_path(folder, "countries.csv").open(encoding="utf-8", newline="") as stream:
            found |= {_key(row["name"]): row["code"] for row in csv.DictReader(stream)}
    return found
