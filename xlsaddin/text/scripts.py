"""Which writing system a character or a text belongs to."""

from __future__ import annotations

import unicodedata
from collections import Counter
from enum import StrEnum
from functools import lru_cache


class Script(StrEnum):
    """Writing systems that are told apart; `other` is every further one, `common` digits and signs."""

    LATIN = "latin"
    HAN = "han"
    KANA = "kana"
    HANGUL = "hangul"
    CYRILLIC = "cyrillic"
    ARABIC = "arabic"
    GREEK = "greek"
    HEBREW = "hebrew"
    DEVANAGARI = "devanagari"
    THAI = "thai"
    OTHER = "other"
    COMMON = "common"


_BY_NAME = (
    ("LATIN", Script.LATIN),
    ("CJK", Script.HAN),
    ("KANGXI", Script.HAN),
    ("IDEOGRAPHIC", Script.HAN),
    ("HIRAGANA", Script.KANA),
    ("KATAKANA", Script.KANA),
    ("HALFWIDTH KATAKANA", Script.KANA),
    ("HANGUL", Script.HANGUL),
    ("HALFWIDTH HANGUL", Script.HANGUL),
    ("CYRILLIC", Script.CYRILLIC),
    ("ARABIC", Script.ARABIC),
    ("GREEK", Script.GREEK),
    ("HEBREW", Script.HEBREW),
    ("DEVANAGARI", Script.DEVANAGARI),
    ("THAI", Script.THAI),
)


@lru_cache(maxsize=65536)
def script_of(character: str) -> Script:
    """Return the script of one character; digits, signs and spaces are `common`."""
    if character.isascii():
        return Script.LATIN if character.isalpha() else Script.COMMON
    category = unicodedata.category(character)
    if character != "ー" and category[0] not in "LM":
        return Script.HAN if character == "々" else Script.COMMON
    name = unicodedata.name(character, "")
    for prefix, script in _BY_NAME:
        if name.startswith(prefix):
            return script
    return Script.OTHER


def scripts_in(text: str) -> Counter[Script]:
    """Return how many letters of each script a text holds, `common` left out."""
    found = Counter(script_of(character) for character in text)
    del found[Script.COMMON]
    return found


def main_script(text: str) -> Script:
    """Return the script most letters of a text belong to; `common` when it has no letter."""
    found = scripts_in(text)
    return min(found, key=lambda script: (-found[script], script)) if found else Script.COMMON


def script_runs(text: str) -> list[tuple[Script, str]]:
    """Return a text cut where the script changes; `common` characters stay with the run before them."""
    runs: list[tuple[Script, str]] = []
    for character in text:
        script = script_of(character)
        if runs and (script in (runs[-1][0], Script.COMMON) or runs[-1][0] is Script.COMMON):
            previous, held = runs[-1]
            runs[-1] = (script if previous is Script.COMMON else previous, held + character)
        else:
            runs.append((script, character))
    return runs
