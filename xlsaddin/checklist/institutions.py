"""Whose reading of a declaration: the institution that asks for it, and the other one that checks a Co-PI too.

A Co-PI is checked twice: by the joint institution under 3-3(2)(i) and by the lead institution under 3-3(1)(i).  The
answers are the same; clause numbers, judgements and results are each institution's own.
"""

from __future__ import annotations

import re
from dataclasses import replace
from enum import StrEnum

from xlsaddin.checklist.answers import Answers
from xlsaddin.checklist.model import Checklist, Item

__all__ = ["INSTITUTION", "Institution", "clause_for", "institution_of", "other_institution", "read_as", "read_clauses"]

INSTITUTION = "institution_role"
"""Key of the item that says which institution asks."""

_ROLE, _CO_PI = "role", "co_pi"
_NUMBERS = re.compile(r"[①-⑳]+")


class Institution(StrEnum):
    """The two institutions of a project that the procedure binds; values are keys of choice `institution_role`."""

    LEAD = "lead"
    JOINT = "joint"

    @property
    def other(self) -> Institution:
        """The other of the two."""
        return Institution.JOINT if self is Institution.LEAD else Institution.LEAD


def institution_of(answers: Answers) -> Institution:
    """Return the institution that reads the answers.

    That is the one that asks, as stated, else the joint one for a Co-PI and the lead one for all others.
    """
    if answers.reader:
        return Institution(answers.reader)
    stated = answers.value(INSTITUTION)
    if stated in tuple(Institution):
        return Institution(str(stated))
    return Institution.JOINT if answers.value(_ROLE) == _CO_PI else Institution.LEAD


def other_institution(answers: Answers) -> Institution | None:
    """Return the institution that checks the same person too; None unless the person is a Co-PI."""
    return institution_of(answers).other if answers.value(_ROLE) == _CO_PI else None


def read_as(answers: Answers, institution: Institution) -> Answers:
    """Return the same answers as another institution reads them."""
    return replace(answers, reader=institution.value)


def clause_for(item: Item, institution: Institution) -> str:
    """Return the clause of an item as it binds an institution."""
    return item.clause_joint if institution is Institution.JOINT and item.clause_joint else item.clause


def read_clauses(text: str, checklist: Checklist, institution: Institution) -> str:
    """Return a reference with the clauses that bind an institution: 3-3(1)(i)③ is 3-3(2)(i)③ for a joint one."""
    if institution is Institution.LEAD:
        return text
    for lead, joint in _counterparts(checklist).items():
        text = text.replace(lead, joint)
    return text


def _counterparts(checklist: Checklist) -> dict[str, str]:
    """Return for each clause of the lead institution that of a joint one, without the numbers of items."""
    pairs = ((item.clause, item.clause_joint) for item in checklist.items if item.clause_joint)
    return {_NUMBERS.sub("", lead): _NUMBERS.sub("", joint) for lead, joint in pairs}
