"""The project's own workbook (課題管理票) taken into the register: who is expected, what was agreed, what is due."""

from __future__ import annotations

from xlsaddin.findings import Finding
from xlsaddin.register.ledger import Ledger
from xlsaddin.register.project_follow_up import take_over_follow_up
from xlsaddin.register.project_members import take_over_case, take_over_members
from xlsaddin.register.subjects import CODE_LENGTH, cell_text
from xlsaddin.review_model import Review

__all__ = ["take_over_project"]

_PROJECT = "project"


def take_over_project(ledger: Ledger, subject: str, review: Review) -> list[Finding]:
    """Take over what a project's workbook says beside its own result; nothing for every other form.

    Args:
        subject: code of the workbook itself in the register. review: its newest one.
    """
    number = cell_text(review.answers.value("case_number"))[:CODE_LENGTH]
    if review.checklist.key != _PROJECT or not number:
        return []
    take_over_case(ledger, number, review)
    findings = list(take_over_members(ledger, number, review))
    return [*findings, *take_over_follow_up(ledger, number, subject, review)]
