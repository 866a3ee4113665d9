"""Checks special to `integrity` (3-1(1)): answers that open a talk with the office; there is no level."""

from __future__ import annotations

from collections.abc import Iterator

from xlsaddin.checklist.answers import Answers
from xlsaddin.checklist.checks.places import choice_labels, item_place
from xlsaddin.checklist.model import Checklist
from xlsaddin.findings import Finding, make_finding
from xlsaddin.parameters import Parameters

__all__ = ["check_integrity"]

_CHOICES = "integrity_answer"
_OPENS_A_TALK = frozenset({"no", "consult"})


def check_integrity(checklist: Checklist, answers: Answers, parameters: Parameters) -> Iterator[Finding]:
    """Yield a note for each 「いいえ」 and 「相談したい」."""
    for item in checklist.items:
        answer = answers.value(item.key)
        if item.choices == _CHOICES and answer in _OPENS_A_TALK:
            japanese, english = choice_labels(checklist, _CHOICES, answer)
            place = item_place(answers, item.key)
            yield make_finding("RS-INTEG-001", place, number=item.number, answer_ja=japanese, answer_en=english)
