"""Letters of other scripts written in Latin ones, for comparing and not for reading.

Cyrillic, Arabic/Persian, Hangul and kana by small tables of sounds (`data/names/letters.toml`); Han by its Mandarin
readings (pypinyin) and its Korean ones (Unihan); every other script by anyascii.  A Japanese name in Han has no reading
here: it cannot be known from the characters.
"""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from typing import NamedTuple

from xlsaddin import resources
from xlsaddin.text.scripts import Script, script_runs

_SMALL_VOWELS = frozenset("ァィゥェォャュョ")
_VOICELESS_INITIALS = str.maketrans("gdb", "ktp")
_FIRST_SYLLABLE, _SYLLABLES = 0xAC00, 11172


class Letters(NamedTuple):
    """Sounds of letters: by letter for three scripts, by place in Unicode's order for Hangul; Latin letters by name."""

    kana: dict[str, str]
    cyrillic: dict[str, str]
    arabic: dict[str, str]
    hangul: tuple[list[str], list[str], list[str]]
    letter_names: dict[str, str]


@cache
def load_letters() -> Letters:
    """Return the tables of `data/names/letters.toml`."""
    tables = tomllib.loads(resources.package_path("names", "letters.toml").read_text(encoding="utf-8"))
    initials, vowels, finals = (
        [sound.replace("-", "") for sound in tables["hangul"][part].split()]
        for part in ("initials", "vowels", "finals")
    )
    return Letters(
        tables["kana"], tables["cyrillic"], tables["arabic"], (initials, vowels, finals), tables["letter_names"]
    )


@lru_cache(maxsize=65536)
def romanize(token: str) -> str:
    """Return a normalised token in Latin letters a-z and digits; unchanged when it is Latin already."""
    if token.isascii():
        return token
    return "".join(_romanize_run(script, run) for script, run in script_runs(token))


def _romanize_run(script: Script, run: str) -> str:
    """Return one run of a single script in Latin letters."""
    match script:
        case Script.KANA:
            return romanize_kana(run)
        case Script.HANGUL:
            return _devoiced("".join(_romanize_syllable(syllable) for syllable in run))
        case Script.CYRILLIC:
            return "".join(load_letters().cyrillic.get(letter, "") for letter in run)
        case Script.ARABIC:
            return "".join(load_letters().arabic.get(letter, "") for letter in run)
        case Script.HAN:
            return "".join(han_readings(run))
        case _:
            import anyascii

            return "".join(c for c in anyascii.anyascii(run).lower() if c.isalnum())


def romanize_kana(kana: str) -> str:
    """Return katakana in Latin letters; long vowels are not marked, ッ doubles nothing."""
    table, sounds = load_letters().kana, list[str]()
    for character in kana:
        sound = table.get(character, "" if character == "ー" else character)
        if character in _SMALL_VOWELS and sounds:
            sounds[-1] = _join_small(sounds[-1], sound)
        elif sound != "*":
            sounds.append(sound)
    return "".join(sounds)


def _join_small(before: str, small: str) -> str:
    """Return a syllable whose vowel a small kana replaces (フ+ァ -> fa, チ+ャ -> cha, デ+ュ -> du)."""
    if before in ("u", "i"):
        return ("w" if before == "u" else "y") + small
    if before in ("ku", "gu") and small != "u":
        return before[0] + "w" + small
    stem = before[:-1] or before
    if before.endswith(("shi", "chi", "ji")):
        return stem + small[-1]
    if small[0] == "y":
        return stem + (small if before.endswith("i") else small[1:])
    return stem + small


def _romanize_syllable(syllable: str) -> str:
    """Return one Hangul syllable in Latin letters, by its letters (no assimilation across syllables)."""
    if (places := hangul_letters(syllable)) is None:
        return ""
    return "".join(letters[place] for letters, place in zip(load_letters().hangul, places, strict=True))


def hangul_letters(syllable: str) -> tuple[int, int, int] | None:
    """Return initial, vowel and final of a Hangul syllable by place in Unicode's order, None for anything else."""
    index = ord(syllable) - _FIRST_SYLLABLE
    return (index // 588, index % 588 // 28, index % 28) if 0 <= index < _SYLLABLES else None


def _devoiced(romanized: str) -> str:
    """Return a Korean word with the voiceless initial its usual spellings begin with (Kim, Pak, Tongil)."""
    return romanized[:1].translate(_VOICELESS_INITIALS) + romanized[1:]


@lru_cache(maxsize=16384)
def han_readings(text: str) -> tuple[str, ...]:
    """Return the Mandarin reading of each Han character, without tones; empty where none is known."""
    return tuple(_reading(character) for character in text)


@lru_cache(maxsize=16384)
def korean_readings(text: str) -> tuple[str, ...]:
    """Return the Korean reading of each Han character in Latin letters; empty where none is known."""
    return tuple(romanize(_hanja().get(character, "")) for character in text)


@cache
def _hanja() -> dict[str, str]:
    """Return folded Han character -> Hangul syllable, from `data/names/hanja.txt` (Unihan)."""
    lines = resources.package_path("names", "hanja.txt").read_text(encoding="utf-8").splitlines()
    return {line[0]: line[1:] for line in lines}


@lru_cache(maxsize=16384)
def _reading(character: str) -> str:
    """Return the commonest Mandarin reading of one character."""
    from pypinyin import Style, pinyin

    found = pinyin(character, style=Style.NORMAL, errors="ignore", v_to_u=False)
    return str(found[0][0]) if found else ""
