"""Cities and countries in the scripts they are written in (`data/names/places.csv`, from GeoNames and CLDR)."""

from __future__ import annotations

import csv
import re
from functools import cache, lru_cache
from typing import NamedTuple

from xlsaddin import resources
from xlsaddin.text.words import read_lines

UNSPACED = ("han", "kana", "hangul")
_ADJECTIVE = re.compile("([а-я]{3,})ск(?:ии|ая|ое|ого|ои|ому|ую|ие|их|им|ом|ими)")  # й is и in normal form
_NOUN_ENDINGS = ("а", "я", "ь", "о", "ы", "и")


class Places(NamedTuple):
    """The tables, in normal form.

    Attributes:
        english: name in another script -> English name; codes: English name -> ISO alpha-2 code of its country.
        words: every word that is a one-word English place name.
        countries: English names of countries.
        unspaced: the names among `english` in scripts written without spaces.
    """

    english: dict[str, str]
    codes: dict[str, str]
    words: frozenset[str]
    countries: frozenset[str]
    unspaced: frozenset[str]


@cache
def load_places() -> Places:
    """Return the places, a country's name before a city's where both are written alike."""
    english: dict[str, str] = {}
    codes: dict[str, str] = {}
    unspaced: set[str] = set()
    with resources.package_path("names", "places.csv").open(encoding="utf-8", newline="") as stream:
        rows = sorted(csv.DictReader(stream), key=lambda row: row["kind"] != "country")
    for row in rows:
        codes.setdefault(row["english"], row["country"])
        for script in ("han", "kana", "hangul", "cyrillic", "arabic"):
            for other in filter(None, row[script].split("|")):
                english.setdefault(other, row["english"])
                if script in UNSPACED:
                    unspaced.add(other)
    regions = {english_name for _, english_name in read_lines("regions.txt")}
    bare = {name.removesuffix(" shi").removesuffix(" city") for name in {*codes, *regions}}
    words = frozenset(name for name in bare if " " not in name)
    countries = frozenset(row["english"] for row in rows if row["kind"] == "country")
    return Places(english, codes, words, countries, frozenset(unspaced))


@lru_cache(maxsize=65536)
def english_place(term: str) -> str | None:
    """Return the English name of a place written in another script, None when it is not one we know.

    In Cyrillic also for the adjective that names of bodies are made with (Харбинский, Казанского, Томская).
    """
    english = load_places().english
    if (known := english.get(term)) is not None:
        return known
    if (found := _ADJECTIVE.fullmatch(term)) is None:
        return None
    stem = found[1]
    places = (english.get(name) for name in (f"{stem}ск", stem, *(stem + ending for ending in _NOUN_ENDINGS)))
    return next((place for place in places if place is not None), None)


def is_place(word: str) -> bool:
    """Return True for a Latin word that is the name of a city, region or country."""
    return word in load_places().words
