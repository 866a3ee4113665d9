"""The words of a workbook in its language: headers, choice labels, fixed texts. Japanese first, English beside it.

Fixed texts stand in `data/words/*.toml`.  Whatever language a template has, all spellings of a label are understood
when it is read and in its formulas.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache

from xlsaddin import resources
from xlsaddin.checklist.model import Bilingual, Choice, Column, Item

BESIDE = " / "
TICKED = "☑"


class Language(StrEnum):
    """Language of a template; `both` shows Japanese and English beside it."""

    BOTH = "both"
    JA = "ja"
    EN = "en"


def pair(ja: str, en: str, language: Language) -> str:
    """Return a short text in the language of a template."""
    if language is Language.JA or not en or ja == en:
        return ja
    return en if language is Language.EN else f"{ja}{BESIDE}{en}"


def lines(ja: str, en: str, language: Language) -> list[str]:
    """Return a longer text as one paragraph a language, Japanese first; empty texts are left out."""
    wanted = {Language.BOTH: (ja, en), Language.JA: (ja,), Language.EN: (en or ja,)}[language]
    return list(dict.fromkeys(text for text in wanted if text))


def label(shown: Bilingual, language: Language) -> str:
    """Return the label of an item, column or section."""
    return pair(shown.label_ja, shown.label_en, language)


def header(column: Column, language: Language) -> str:
    """Return the header text of a table column: the label, without line breaks."""
    return label(column, language)


def title(item: Item, language: Language) -> str:
    """Return the label of an item with its number in the procedure."""
    return f"{item.number} {label(item, language)}".strip()


def choice_label(choice: Choice, language: Language) -> str:
    """Return what a cell shows for a choice."""
    return pair(choice.ja, choice.en, language)


def choice_labels(choices: Iterable[Choice], language: Language) -> dict[str, str]:
    """Return what cells show for each choice key."""
    return {choice.key: choice_label(choice, language) for choice in choices}


def spellings(choice: Choice) -> tuple[str, ...]:
    """Return every spelling of a choice that is understood, those with full-width brackets included."""
    written = [choice_label(choice, language) for language in Language] + list(choice.aliases)
    brackets = str.maketrans("()", "（）")
    found = [form for text in written for form in (text, unicodedata.normalize("NFKC", text), text.translate(brackets))]
    unique: dict[str, str] = {}
    for text in found:
        unique.setdefault(text.casefold(), text)
    return tuple(unique.values())


@cache
def words() -> Mapping[str, tuple[str, str]]:
    """Return the fixed texts by key, each in Japanese and English."""
    found: dict[str, tuple[str, str]] = {}
    for path in resources.package_files("words", ".toml"):
        for group, entries in tomllib.loads(path.read_text(encoding="utf-8")).items():
            found |= {f"{group}.{key}": (ja, en) for key, (ja, en) in entries.items()}
    return found


def word(key: str, language: Language) -> str:
    """Return a short fixed text, such as `start.title`; raises KeyError for an unknown key."""
    return pair(*words()[key], language)


def word_lines(key: str, language: Language, **facts: object) -> list[str]:
    """Return a longer fixed text as one paragraph a language, with its `{fields}` filled in."""
    return [text.format(**facts) for text in lines(*words()[key], language)]
