"""The words stay fair (law 5) and the catalogue is complete: both languages, a place, something to do."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from xlsaddin import codes, resources

FORBIDDEN_JA = ("疑い", "不正", "虚偽", "未申告")
FORBIDDEN_EN = re.compile(r"\b(suspicious|suspect(ed)?|undisclosed|fraud\w*|dishonest\w*)\b", re.IGNORECASE)
# ⑧ asks for the guideline's own grounds by their legal names; those names are choices, not our words on a person.
OURS = [
    *resources.package_files("messages", ".toml"),
    *resources.package_files("rules", ".toml"),
    *resources.package_files("mail", ".toml"),
    *resources.package_files("parameters", ".toml"),
]


def texts(node: object) -> list[str]:
    if isinstance(node, dict):
        return [text for value in node.values() for text in texts(value)]
    if isinstance(node, list):
        return [text for value in node for text in texts(value)]
    return [node] if isinstance(node, str) else []


@pytest.mark.parametrize("path", OURS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_word_that_accuses(path: Path) -> None:
    for text in texts(tomllib.loads(path.read_text(encoding="utf-8"))):
        assert not any(word in text for word in FORBIDDEN_JA), text
        assert not FORBIDDEN_EN.search(text), text


def test_every_message_speaks_both_languages_and_has_a_stable_id() -> None:
    for code, message in codes.catalogue().items():
        assert re.fullmatch(r"RS-[A-Z]+-\d{3}", code), code
        assert re.search(r"[ぁ-んァ-ヶ一-龠]", message.ja), code
        latin = sum(character.isascii() for character in message.en)
        assert latin > 0.7 * len(message.en), code  # Japanese terms may be quoted


def test_both_languages_name_the_same_facts() -> None:
    field = re.compile(r"{(\w+)(?:[.:!][^}]*)?}")
    for code, message in codes.catalogue().items():
        assert set(field.findall(message.ja)) == set(field.findall(message.en)), code
