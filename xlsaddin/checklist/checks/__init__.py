"""Checks special to single checklists; what holds for every checklist is in `validation`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from xlsaddin.checklist.answers import Answers
from xlsaddin.checklist.checks.contract import check_contract
from xlsaddin.checklist.checks.institution import check_institution
from xlsaddin.checklist.checks.integrity import check_integrity
from xlsaddin.checklist.checks.partner import check_partner
from xlsaddin.checklist.checks.project import check_project
from xlsaddin.checklist.checks.researcher import check_researcher
from xlsaddin.checklist.checks.supporter import check_supporter
from xlsaddin.checklist.model import Checklist
from xlsaddin.findings import Finding
from xlsaddin.parameters import Parameters

__all__ = ["SPECIAL_CHECKS", "SpecialCheck"]

SpecialCheck = Callable[[Checklist, Answers, Parameters], Iterator[Finding]]
"""Yields findings from the answers of one checklist, with the parameters (and as-of day) in force."""

SPECIAL_CHECKS: Mapping[str, SpecialCheck] = {
    "contract": check_contract,
    "institution": check_institution,
    "integrity": check_integrity,
    "partner": check_partner,
    "project": check_project,
    "researcher": check_researcher,
    "supporter": check_supporter,
}
"""The special checks by key of the checklist."""
