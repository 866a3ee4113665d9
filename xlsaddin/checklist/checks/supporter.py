"""Checks special to `supporter` (3-3(1)(iv), desirable, so never an error)."""

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

_CORPORATE = frozenset({"company", "corporation"})
_KNOWN_FOREIGN = frozenset({"foreign", "affiliated"})


def check_supporter(checklist: Checklist, answers: Answers, parameters: Parameters) -> Iterator[Finding]:
    """Yield what keeps a supporter from being looked into; nothing for public bodies of Japan."""
    if answers.value("kind") in OUT_OF_SCOPE:
        return
    if answers.value("kind") == "company":
        yield from check_shares(answers, parameters)
    yield from _check_english_name(answers)
    yield from check_listed_answered(checklist, answers)


def _check_english_name(answers: Answers) -> Iterator[Finding]:
    """Ask for an English name unless the supporter is known to be neither foreign nor under foreign capital."""
    if has_latin_name(answers):
        return
    kind, affiliation = answers.value("kind"), answers.value("foreign_affiliation")
    place, name = item_place(answers, "name_en"), shown_name(answers)
    if kind == "foreign_public":
        yield make_finding("RS-PARTY-004", place, name=name)
    elif affiliation in _KNOWN_FOREIGN or (kind in _CORPORATE and affiliation != "domestic"):
        yield make_finding("RS-PARTY-003", place, name=name)
