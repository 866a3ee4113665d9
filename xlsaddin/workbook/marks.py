"""Colour beside the words: which style is laid over a cell that shows a word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from xlsaddin.checklist.model import Choice
from xlsaddin.workbook.labels import Language, choice_label, word
from xlsaddin.workbook.plan import ConditionalPlan
from xlsaddin.workbook.references import quote_text

STATE_STYLES: Mapping[str, str] = {
    "filled": "is_good", "incomplete": "is_open", "empty": "is_open", "check": "is_check", "outside": "is_out",
    "not_asked": "is_out",
    "current": "is_plain", "ended": "is_plain", "before": "is_out", "unknown": "is_check",
}  # fmt: skip


def mark_states(area: str, language: Language, keys: Iterable[str]) -> list[ConditionalPlan]:
    """Return the formats of cells that show state words of ours (`state.*` of the fixed texts)."""
    return [mark_word(area, word(f"state.{key}", language), STATE_STYLES[key]) for key in keys]


def mark_choices(area: str, choices: Iterable[Choice], language: Language) -> list[ConditionalPlan]:
    """Return the formats of cells that show a computed choice by its label."""
    return [
        mark_word(area, choice_label(choice, language), STATE_STYLES[choice.key])
        for choice in choices
        if STATE_STYLES.get(choice.key, "is_plain") != "is_plain"
    ]


def mark_word(area: str, shown: str, style: str) -> ConditionalPlan:
    """Return the format of cells that show exactly this word."""
    return ConditionalPlan(area, f"{area.partition(':')[0]}={quote_text(shown)}", style)
