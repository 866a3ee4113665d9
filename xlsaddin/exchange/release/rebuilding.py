"""A respondent edition built anew from its answers: nothing that was carried beside them goes along.

Blanking or unlinking would leave texts and links behind in other parts of the file.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from xlsaddin.checklist.answers import Answers
from xlsaddin.checklist.values import read_answers
from xlsaddin.errors import WorkbookError
from xlsaddin.exchange.difference.version import answers_digest, version_of
from xlsaddin.exchange.outbox.workbooks import with_copy_id
from xlsaddin.exchange.routing.stages import keep_stages
from xlsaddin.findings import Finding
from xlsaddin.workbook.build import build_book
from xlsaddin.workbook.labels import Language
from xlsaddin.workbook.meta import Edition
from xlsaddin.workbook.read.book import ReadBook, read_workbook
from xlsaddin.workbook.respondent.edition import plan_template
from xlsaddin.workbook.respondent.template import plan_respondent

__all__ = ["CARRIED", "build_anew", "carried_beside", "clean_book"]

CARRIED = "RS-HOSTILE"
"""Begin of the codes of what a workbook carries beside answers."""


def carried_beside(book: ReadBook) -> Sequence[Finding]:
    """Return what a workbook carries beside its answers: links, hidden sheets and names, large pictures."""
    return [finding for finding in book.findings if finding.code.startswith(CARRIED)]


@contextmanager
def clean_book(book: ReadBook, folder: Path, as_of: date) -> Iterator[ReadBook]:
    """Yield a workbook as it may travel on: itself, or one built anew in a folder where it carries more than answers.

    Args:
        book: the workbook. folder: where the new one lies meanwhile. as_of: the day.

    Raises:
        WorkbookError: when that cannot be done without losing something: an office edition, or answers that would
            not be the same.
    """
    carried = carried_beside(book)
    if not carried:
        yield book
        return
    with tempfile.TemporaryDirectory(prefix=".clean-", dir=folder) as place:
        path = Path(place) / f"{book.path.stem}.xlsx"
        if book.meta.edition is Edition.RESPONDENT:
            path.write_bytes(build_anew(book, read_answers(book.checklist, book.answers), as_of))
            keep_stages(book.path, path)
        if not path.exists() or not _say_the_same(book, fresh := read_workbook(path)):
            codes = ", ".join(dict.fromkeys(finding.code for finding in carried))
            raise WorkbookError("RS-RELEASE-004", path=book.path.name, codes=codes)
        yield fresh


def build_anew(book: ReadBook, answers: Answers, as_of: date) -> bytes:
    """Return a fresh copy of the form of a workbook with these answers, its ids and its copy id."""
    meta = book.meta
    template = plan_template(
        book.checklist.key,
        meta.profile,
        Language(meta.language),
        answers,
        as_of=as_of,
        subject_id=meta.subject_id,
        case_id=meta.case_id,
    )
    return build_book(with_copy_id(plan_respondent(template), template, meta.copy_id))


def _say_the_same(first: ReadBook, second: ReadBook) -> bool:
    return answers_digest(version_of(first)) == answers_digest(version_of(second))
