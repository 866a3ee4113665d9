"""Validation of a whole checklist: all findings at once, in the order a person works through the sheets.

A finding is about form and completeness or about answers that do not fit each other.  Differences that need a list
hit are found in the room assessment.
"""

from __future__ import annotations

from xlsaddin.checklist.answers import Answers
from xlsaddin.checklist.checks import SPECIAL_CHECKS, SpecialCheck
from xlsaddin.checklist.checks.missing import check_missing
from xlsaddin.checklist.checks.sums import check_sums
from xlsaddin.checklist.checks.timing import check_timing
from xlsaddin.checklist.checks.unreadable import check_unreadable
from xlsaddin.checklist.model import Checklist
from xlsaddin.findings import Finding
from xlsaddin.parameters import Parameters

__all__ = ["validate_answers"]

_GENERAL: tuple[SpecialCheck, ...] = (check_missing, check_unreadable, check_timing, check_sums)


def validate_answers(checklist: Checklist, answers: Answers, parameters: Parameters) -> tuple[Finding, ...]:
    """Return all findings on the answers of one workbook, by item and row.

    Args:
        checklist: with the profile's additions.
        answers: as read.
        parameters: in force on the day of the check, with the profile's own values; their `as_of` is the day.
    """
    special = (SPECIAL_CHECKS[checklist.key],) if checklist.key in SPECIAL_CHECKS else ()
    found = [finding for check in (*_GENERAL, *special) for finding in check(checklist, answers, parameters)]
    order = {item.key: number for number, item in enumerate(checklist.items)}
    return tuple(sorted(found, key=lambda finding: (order.get(finding.location.item, -1), finding.location.row)))
