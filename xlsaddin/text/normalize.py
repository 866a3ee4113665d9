"""Spellings made comparable, in one fixed order.  Both sides of a comparison go through here; callers keep originals.

Order: 1 compatibility forms (NFKC: widths, ligatures, ㈱) · 2 invisible characters dropped · 3 case folded ·
4 diacritics of Latin, Greek, Cyrillic, Hebrew and Arabic dropped, never those of kana or Indic scripts · 5 letters
without a decomposition (ø, ł, ı, æ) and Arabic/Persian twins (ي/ی, ك/ک) · 6 digits of any script to 0-9 ·
7 hiragana to katakana, every dash that stands for a long vowel to ー · 8 Han characters to one form (OpenCC) ·
9 apostrophes dropped, & read as "and", single letters with dots or hyphens joined (U.S.A. -> usa) ·
10 other punctuation, middle dots too, to a space.

A text that is not blank never becomes empty: what holds no letter and no digit keeps its signs.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from xlsaddin.text.han import fold_han
from xlsaddin.text.scripts import Script, script_of

__all__ = ["join_letters", "normalize_name", "normalize_spaces", "normalize_width"]

_STRIPPED = frozenset({Script.LATIN, Script.GREEK, Script.CYRILLIC, Script.HEBREW, Script.ARABIC})
_APOSTROPHES = re.compile("['’‘`´ʼʻʹ′ʾʿ״׳\"“”″]")
_LONG_VOWEL = re.compile("(?<=[ァ-メモ-ヲヴ-ヺ])[-‐‑‒–—―−ｰ─](?=[ァ-ヺ]|$|\\s)")
_LETTERS = re.compile(r"(?<![^\W_])([^\W\d_](?:[.\-][^\W\d_])+)\.?(?![^\W_])")
_NOT_WORD = re.compile(r"[\W_]+")
_MOST_PASSES = 4
_SPACES = re.compile(r"\s+")
_FOLDED_LETTERS = str.maketrans(
    {
        "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "ŋ": "ng",
        "ə": "a", "ɑ": "a", "ƒ": "f", "ŧ": "t", "ĸ": "k", "ҹ": "ч", "қ": "к", "ғ": "г", "ң": "н", "ұ": "у", "ү": "у",
        "ө": "о", "һ": "х", "і": "и", "ї": "и", "є": "е", "ґ": "г", "ј": "й",
        "ى": "ي", "ی": "ي", "ې": "ي", "ے": "ي", "ئ": "ي", "ک": "ك", "ڪ": "ك", "ة": "ه", "ۀ": "ه", "ہ": "ه", "ە": "ه",
        "ھ": "ه", "ؤ": "و", "إ": "ا", "أ": "ا", "آ": "ا", "ٱ": "ا", "ـ": None, "ء": None,
    }
)  # fmt: skip


def normalize_width(text: str) -> str:
    """Return the text in compatibility composition (full-width Latin, half-width kana, ㈱), nothing else changed."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def normalize_spaces(text: str) -> str:
    """Return the text with every run of white space as one blank, none at the ends."""
    return _SPACES.sub(" ", text).strip()


@lru_cache(maxsize=65536)
def normalize_name(text: str) -> str:
    """Return the comparable form of a name; the same again for what it returned; empty only for a blank."""
    normalized = _normalize_once(text)
    for _ in range(_MOST_PASSES):  # a mark may come to stand on another letter when what lay between is dropped
        if normalized.isascii() or (again := _normalize_once(normalized)) == normalized:
            break
        normalized = again
    return normalized


def _normalize_once(text: str) -> str:
    """Apply the ten steps."""
    folded = text.lower() if text.isascii() else _fold(text)
    words = join_letters(_APOSTROPHES.sub("", folded).replace("&", " and "))
    words = _NOT_WORD.sub(" ", words) if words.isascii() else _drop_punctuation(words)
    return normalize_spaces(words) or normalize_spaces(folded) or normalize_spaces(normalize_width(text))


def join_letters(text: str) -> str:
    """Return the text with single letters joined that are held together by dots or hyphens (`A.B.C.` -> `ABC`)."""
    return _LETTERS.sub(lambda found: re.sub(r"[.\-]", "", found.group(1)), text)


def _fold(text: str) -> str:
    """Apply steps 1 to 8 to a text that is not plain ASCII."""
    folded = unicodedata.normalize("NFKC", text)
    folded = "".join(c for c in folded if unicodedata.category(c) not in ("Cf", "Cc", "Cs", "Co") or c.isspace())
    folded = unicodedata.normalize("NFKC", folded.casefold())
    folded = unicodedata.normalize("NFKC", _drop_diacritics(folded).translate(_FOLDED_LETTERS))
    folded = "".join(_fold_character(c) for c in folded)
    return fold_han(_LONG_VOWEL.sub("ー", folded))


def _drop_diacritics(text: str) -> str:
    """Return the text without the marks that sit on Latin, Greek, Cyrillic, Hebrew and Arabic letters."""
    kept: list[str] = []
    base = Script.COMMON
    for character in unicodedata.normalize("NFD", text):
        if unicodedata.category(character) == "Mn":
            if base in _STRIPPED:
                continue
        else:
            base = script_of(character)
        kept.append(character)
    return unicodedata.normalize("NFC", "".join(kept))


def _fold_character(character: str) -> str:
    """Return a digit as 0-9 and hiragana as katakana; anything else as it is."""
    if "ぁ" <= character <= "ゖ":
        return chr(ord(character) + 0x60)
    if not character.isascii() and unicodedata.category(character) == "Nd":
        return str(unicodedata.decimal(character))
    return character


def _drop_punctuation(text: str) -> str:
    """Return the text with everything that is neither letter, mark nor digit as a blank."""
    return "".join(c if c == "ー" or c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in text)
