"""What a checklist asks, given some answers."""

from __future__ import annotations

from datetime import date
from typing import Any

from xlsaddin.checklist.loading import load_checklist
from xlsaddin.checklist.model import Item
from xlsaddin.checklist.raw import raw_answers
from xlsaddin.checklist.scope import AnswerScope, asked_items, is_required
from xlsaddin.checklist.values import read_answers
from xlsaddin.parameters import Parameters

AS_OF = date(2026, 9, 1)


def asked(key: str, **given: Any) -> dict[str, Item]:
    """Return the items a checklist asks after these answers, by key."""
    return {item.key: item for item in asked_items(load_checklist(key), _scope(key, given))}


def required(key: str, **given: Any) -> set[str]:
    """Return the keys of the items asked that need an answer."""
    scope = _scope(key, given)
    return {item.key for item in asked_items(load_checklist(key), scope) if is_required(item, scope)}


def _scope(key: str, given: dict[str, Any]) -> AnswerScope:
    checklist = load_checklist(key)
    return AnswerScope(checklist, read_answers(checklist, raw_answers(checklist, given)), Parameters(AS_OF))
