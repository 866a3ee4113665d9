"""Checks special to `partner` (3-3(1)(iii), desirable, so never an error)."""

from __future__ import annotations

from collections.abc import Iterator

from xlsaddin.checklist.answers import Answers
from xlsaddin.checklist.checks.parties import (
    OUT_OF_SCOPE,
    check_listed_answered,
    check_shares,
    has_latin_name,
    shown_name,
)
from xlsaddin.checklist.checks.places import item_place
from xlsaddin.checklist.model import Checklist
from xlsaddin.findings import Finding, make_finding
from xlsaddin.parameters import Parameters

_FOREIGN = frozenset({"foreign_university", "foreign_institute"})
_HOME = "JP"


def check_partner(checklist: Checklist, answers: Answers, parameters: Parameters) -> Iterator[Finding]:
    """Yield what keeps a partner from being looked into; nothing for a kind that is out of scope."""
    if answers.value("kind") in OUT_OF_SCOPE:
        return
    if answers.value("kind") == "company":
        yield from check_shares(answers, parameters)
    if _is_foreign(answers) and not has_latin_name(answers):
        yield make_finding("RS-PARTY-004", item_place(answers, "name_en"), name=shown_name(answers))
    yield from check_listed_answered(checklist, answers)


def _is_foreign(answers: Answers) -> bool:
    country = answers.value("country")
    return answers.value("kind") in _FOREIGN or (country is not None and country != _HOME)
