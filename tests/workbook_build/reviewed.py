"""Workbooks filled and checked through the product's own code, against the few listed bodies of the tests."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.assessment.listed import AS_OF, FewListed
from xlsaddin.checklist.loading import load_checklist
from xlsaddin.checklist.raw import raw_answers
from xlsaddin.checklist.values import read_answers
from xlsaddin.parameters import Parameters
from xlsaddin.review import review_answers
from xlsaddin.review_model import Review
from xlsaddin.workbook.changes import plan_changes
from xlsaddin.workbook.labels import Language
from xlsaddin.workbook.patch.apply import apply_changes
from xlsaddin.workbook.read.book import read_workbook
from xlsaddin.workbook.respondent import build_template

NOW = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)


def check_form(
    path: Path,
    given: dict[str, Any],
    *,
    key: str = "researcher",
    screener: FewListed | None = None,
    language: Language = Language.BOTH,
) -> tuple[Path, Review]:
    """Fill a template, check it, and return the office copy beside it with the review it shows."""
    checklist = load_checklist(key)
    filled = read_answers(checklist, raw_answers(checklist, given))
    path.write_bytes(build_template(key, "default", language, filled, as_of=AS_OF))
    copy = path.with_name(f"{path.stem}.reviewed.xlsx")
    return copy, review_file(path, copy, screener or FewListed())


def review_file(path: Path, target: Path, screener: FewListed) -> Review:
    """Check a workbook and write its office copy; return the review it shows."""
    book = read_workbook(path)
    review = review_answers(
        read_answers(book.checklist, book.answers),
        checklist=book.checklist,
        profile="default",
        parameters=Parameters(AS_OF),
        screener=screener,
        reviewed_at=NOW,
    )
    apply_changes(path, plan_changes(review, book.meta, book.tables), target)
    return review
