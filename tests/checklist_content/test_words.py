"""Every checklist in both languages, every binding item with its clause, nothing asked that must not be."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from xlsaddin.checklist.loading import checklist_keys, load_checklist
from xlsaddin.checklist.model import Column, Duty, Item

KEYS = ["contract", "institution", "integrity", "partner", "project", "researcher", "roster", "supporter"]
JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")
LAW_ASKS = "res_japanese"
"""Residency under the Foreign Exchange Act depends on it, and only that table reads it."""


def questions(key: str) -> Iterator[Item | Column]:
    """Yield every item and column of a checklist."""
    for item in load_checklist(key).items:
        yield item
        yield from item.columns


def test_seven_checklists_and_the_roster_ship(home: object) -> None:
    assert list(checklist_keys()) == KEYS


@pytest.mark.parametrize("key", KEYS)
def test_every_question_speaks_both_languages(key: str) -> None:
    for asked in questions(key):
        assert asked.label_ja, asked.key
        assert asked.label_en, asked.key
        assert not JAPANESE.search(asked.label_en), asked.key
        assert bool(asked.help_ja) == bool(asked.help_en), asked.key
        assert not asked.help_ja or JAPANESE.search(asked.help_ja), asked.key


@pytest.mark.parametrize("key", KEYS)
def test_what_binds_names_its_clause(key: str) -> None:
    checklist = load_checklist(key)
    cover = checklist.sections[0].key
    nameless = [i.key for i in checklist.items if i.duty is not Duty.HOUSE and not i.clause and i.section != cover]
    assert nameless == []


@pytest.mark.parametrize("key", KEYS)
def test_nobody_is_asked_who_they_are_by_birth(key: str) -> None:
    forbidden = re.compile(r"生年月日|性別|出生地|国籍(?!は)|写真|住所|date of birth|birthplace", re.IGNORECASE)
    for asked in questions(key):
        found = forbidden.search(f"{asked.label_ja} {asked.label_en}")
        assert not found or asked.key == LAW_ASKS, asked.key


@pytest.mark.parametrize("key", KEYS)
def test_no_question_accuses(key: str) -> None:
    for asked in questions(key):
        for text in (asked.help_ja, asked.help_en, asked.label_ja, asked.label_en):
            assert not re.search(r"疑い|未申告|suspicious|undisclosed", text), (asked.key, text)
