"""Checks special to `project`: nobody and nothing forgotten, and what was promised is on record."""

from __future__ import annotations

from collections.abc import Iterator

from xlsaddin.checklist.answers import Answers
from xlsaddin.checklist.checks.project.afterwards import check_afterwards
from xlsaddin.checklist.checks.project.completeness import check_completeness
from xlsaddin.checklist.checks.project.measures import check_measures
from xlsaddin.checklist.checks.project.people import check_people
from xlsaddin.checklist.model import Checklist
from xlsaddin.findings import Finding
from xlsaddin.parameters import Parameters

__all__ = ["check_project"]


def check_project(checklist: Checklist, answers: Answers, parameters: Parameters) -> Iterator[Finding]:
    """Yield what a project record still lacks (手順書3-2～3-5)."""
    yield from check_completeness(checklist, answers)
    yield from check_people(checklist, answers)
    yield from check_measures(checklist, answers, parameters)
    yield from check_afterwards(answers)
