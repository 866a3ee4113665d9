"""What a respondent is asked to mend: form and completeness of their own answers, each at a cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from xlsaddin.checklist.profiles import load_profile
from xlsaddin.checklist.validation import validate_answers
from xlsaddin.checklist.values import read_answers
from xlsaddin.codes import Severity
from xlsaddin.errors import DefinitionError
from xlsaddin.exchange.difference.version import STATUS, Version
from xlsaddin.findings import Finding
from xlsaddin.parameters import Parameters
from xlsaddin.workbook.read.book import ReadBook

__all__ = ["form_findings"]

_OF_FORM = "RS-READ-"
_NOT_THEIRS = frozenset({"RS-READ-001", "RS-READ-002", "RS-READ-014", "RS-READ-015", "RS-READ-017"})


def form_findings(book: ReadBook, version: Version, as_of: date) -> tuple[Finding, ...]:
    """Return the errors and warnings a respondent can mend, in the order of the form.

    Differences between items are asked of the person in an inquiry, not here; what the office fills in is its own.

    Args:
        book: the workbook as read. version: the same, taken apart. as_of: the day it is looked at.
    """
    try:
        overrides = load_profile(book.meta.profile).parameters
    except DefinitionError:
        overrides = {}
    answers = read_answers(book.checklist, book.answers)
    found = (*book.findings, *validate_answers(book.checklist, answers, Parameters(as_of, overrides)))
    return tuple(_placed(finding, version) for finding in _theirs(found, book))


def _theirs(findings: Iterable[Finding], book: ReadBook) -> Iterator[Finding]:
    office = {item.key for item in book.checklist.items if item.office}
    items = {item.key for item in book.checklist.items}
    for finding in findings:
        of_form = finding.location.item in items or (
            finding.code.startswith(_OF_FORM) and finding.code not in _NOT_THEIRS
        )
        mendable = finding.severity is not Severity.NOTE and not finding.difference
        if of_form and mendable and finding.location.item not in office and not finding.code.startswith("RS-HOSTILE"):
            yield finding


def _placed(finding: Finding, version: Version) -> Finding:
    """Return a finding with a cell to point at: that of the item where it names none."""
    if finding.location.cell or not finding.location.item:
        return finding
    place = version.places.get((finding.location.item, STATUS))
    if place is None or not place.cell:
        return finding
    return replace(finding, location=replace(finding.location, sheet=place.sheet, cell=place.cell))
