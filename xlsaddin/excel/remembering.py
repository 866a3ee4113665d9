"""Judgements typed into an open workbook, kept in the register: for subjects the institution already registered."""

from __future__ import annotations

from collections.abc import Mapping

from xlsaddin.findings import Finding
from xlsaddin.register.place import has_register
from xlsaddin.review_model import Review
from xlsaddin.screening.model import Judgement


def remembered_judgements() -> Mapping[str, Mapping[str, Judgement]]:
    """Return what the register remembers of every subject; nothing where there is no register."""
    if not has_register():
        return {}
    from xlsaddin.register.register import Register

    with Register.open() as register:
        return register.all_judgements()


def remember_review(review: Review, subject_id: str) -> list[Finding] | None:
    """Keep the complete judgements of a review in the register; None for a subject that is not registered.

    Args:
        review: of an office edition. subject_id: code of the subject its workbook carries.

    Returns:
        What could not be kept, each as a finding.
    """
    if not has_register():
        return None
    from xlsaddin.register.judging import take_over
    from xlsaddin.register.register import Register
    from xlsaddin.register.subjects import find_subject, read_subject

    facts = read_subject(review.checklist, review.answers, subject_id)
    with Register.open() as register, register.acting() as ledger:
        known = find_subject(ledger.session, facts)
        return take_over(ledger, known.code, review) if known is not None else None
