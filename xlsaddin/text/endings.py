"""What names in other scripts and Latin ones begin and end in, which tells more, or less, than their other letters."""

from __future__ import annotations

from xlsaddin.text.scripts import Script

OTHER_END = 0.7  # what the likeliness of a word is multiplied by where its beginning or end is another
_FINAL_I, _LATIN_I = ("ي", "ى"), ("i", "y", "ee", "ei", "aie", "ye")
_FINAL_A, _LATIN_A = ("ا", "ه"), ("a", "e", "o", "h", "at", "et")
_INITIAL_VOWELS = "اعيوه"
_RUSSIAN_VOWELS, _LATIN_VOWELS = tuple("аеиоуыэюя"), tuple("aeiouyj")
# Endings of Russian and Ukrainian family names and patronymics (й is и in normal form) and how they are written.
_FAMILY = {
    "енко": ("enko",), "скии": ("skiy", "skii", "skij", "sky", "ski"), "ская": ("skaya", "skaia", "skaja"),
    "ович": ("ovich", "ovych"), "евич": ("evich", "evych"), "овна": ("ovna",), "евна": ("evna",), "ова": ("ova",),
    "ева": ("yeva", "ieva", "eva"), "ина": ("ina",), "ов": ("ov",), "ев": ("yev", "iev", "ev"), "ин": ("in",),
}  # fmt: skip
_SHORTEST_STEM = 2


def ends_alike(text: str, script: Script, latin: str) -> bool:
    """Return False where a word and a Latin one begin or end with what both scripts would write.

    In Arabic a final ي makes another name (Saeed, Saeedi), so do ا and ه (Malik, Malika), and a vowel at the beginning
    is written; a Russian name ends in a vowel or not (Александр, Александра).
    """
    if script is Script.CYRILLIC:
        return text.endswith(_RUSSIAN_VOWELS) is latin.endswith(_LATIN_VOWELS)
    if script is not Script.ARABIC:
        return True
    if text.endswith(_FINAL_I) is not latin.endswith(_LATIN_I):
        return False
    if text.endswith(_FINAL_A) and not latin.endswith(_LATIN_A):
        return False
    return latin[0] not in "aeiou" or text[0] in _INITIAL_VOWELS


def family_stems(russian: str, latin: str) -> list[tuple[str, str]]:
    """Return what is left of two family names without the ending they share, in each way it may be cut off."""
    ending = next((ending for ending in _FAMILY if russian.endswith(ending)), None)
    if ending is None or len(russian) < len(ending) + _SHORTEST_STEM:
        return []
    return [
        (russian.removesuffix(ending), latin.removesuffix(spelling))
        for spelling in _FAMILY[ending]
        if latin.endswith(spelling) and len(latin) >= len(spelling) + _SHORTEST_STEM
    ]
