"""The catalogue of messages: one stable id, one severity, one sentence in each language.

Messages live in `data/messages/*.toml`, a file per room.  A sentence names the place, the value and what to do.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from xlsaddin import log, resources
from xlsaddin.files import printable

_GIST = 24
"""Characters of a message that a chart has room for."""


class Severity(StrEnum):
    """How much a finding matters. `must` and `desirable` are the procedure's own strengths and another thing."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Message:
    """One catalogue entry.

    Attributes:
        code: stable id, such as `RS-DATE-001`.
        severity: error 誤り / warning 要確認 / note 参考.
        ja: sentence with `{fields}`; en: the same in English.
    """

    code: str
    severity: Severity
    ja: str
    en: str

    @property
    def gist(self) -> str:
        """What it is about, for a chart: the Japanese sentence up to its first stop, its fields left out."""
        return _gist(self.ja.split("。")[0].replace("{place}", "項目").removeprefix("項目: "), _GIST)

    @property
    def gist_en(self) -> str:
        """The same in English, twice as long: its letters are half as wide."""
        return _gist(self.en.split(". ")[0].rstrip(".").replace("{place}", "Item").removeprefix("Item: "), 2 * _GIST)

    def render_ja(self, **facts: object) -> str:
        """Return the Japanese sentence with its fields filled in; an unknown field stays as a dash."""
        return printable(self.ja.format_map(_Facts(facts, "ja")))

    def render_en(self, **facts: object) -> str:
        """Return the English sentence with its fields filled in; an unknown field stays as a dash."""
        return printable(self.en.format_map(_Facts(facts, "en")))


def _gist(sentence: str, most: int) -> str:
    text = re.sub(r"\{\w+\}", "…", re.sub(r" ?[(（][^)）]*[)）]", "", sentence))
    return text if len(text) <= most else text[: most - 1] + "…"


class _Facts(dict[str, object]):
    """Facts for a sentence: `{label}` takes `label_ja` or `label_en` where those are given."""

    def __init__(self, facts: Mapping[str, object], language: str) -> None:
        super().__init__(facts)
        self._language = language

    def __missing__(self, key: str) -> object:
        return self.get(f"{key}_{self._language}", "-")


@cache
def catalogue() -> Mapping[str, Message]:
    """Return every message of the package by its code; of a code that stands twice the first one counts."""
    messages: dict[str, Message] = {}
    for path in resources.package_files("messages", ".toml"):
        for code, entry in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if code in messages:
                log.note(f"message {code} stands twice, again in {path.name}")
                continue
            messages[code] = Message(code, Severity(entry["severity"]), entry["ja"], entry["en"])
    return messages


def message(code: str) -> Message:
    """Return the catalogue entry of a code; raises KeyError for a code that does not exist."""
    return catalogue()[code]
