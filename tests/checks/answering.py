"""Answers given as plain values, checked by the special checks of their checklist."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from xlsaddin.checklist.answers import Answers
from xlsaddin.checklist.checks import SPECIAL_CHECKS
from xlsaddin.checklist.loading import load_checklist
from xlsaddin.checklist.raw import raw_answers
from xlsaddin.checklist.values import read_answers
from xlsaddin.findings import Finding
from xlsaddin.parameters import Parameters

AS_OF = date(2026, 9, 1)
"""The day of the scenarios."""


def answer(key: str, **given: Any) -> Answers:
    """Read plain values as the answers of a checklist."""
    checklist = load_checklist(key)
    return read_answers(checklist, raw_answers(checklist, given))


def check(key: str, **given: Any) -> list[Finding]:
    """Return what the special checks of a checklist find in these answers."""
    return check_on(AS_OF, key, **given)


def check_on(as_of: date, key: str, **given: Any) -> list[Finding]:
    """Return what the special checks of a checklist find in these answers on a day."""
    return list(SPECIAL_CHECKS[key](load_checklist(key), answer(key, **given), Parameters(as_of)))


def codes(findings: Sequence[Finding]) -> list[str]:
    """Return the codes, in the order found."""
    return [finding.code for finding in findings]


def places(findings: Sequence[Finding], code: str) -> list[tuple[str, int, str]]:
    """Return item, row and column of every finding of a code."""
    return [(f.location.item, f.location.row, f.location.column) for f in findings if f.code == code]
