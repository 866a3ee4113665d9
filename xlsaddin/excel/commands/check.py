"""Check: form, screening, assessment of the workbook in front, in the same steps as for a file.

The open book is saved as a copy; the copy goes the way of every file (read, review, plan of changes); the changes are
set in the open book.  So a check in the live book and `xlsaddin check` on the saved file cannot differ.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Generator
from dataclasses import replace
from pathlib import Path

from xlsaddin.errors import WorkbookError
from xlsaddin.excel import live
from xlsaddin.excel.commands.new_book import show_table
from xlsaddin.excel.commands.selection import CHUNK, screen_selection
from xlsaddin.excel.session import LiveSession, current_session
from xlsaddin.excel.steps import Desk, Steps
from xlsaddin.excel.writing.changes import apply_live
from xlsaddin.findings import Severity
from xlsaddin.review_model import Review
from xlsaddin.screening.model import Band
from xlsaddin.workbook.changes import plan_changes
from xlsaddin.workbook.labels import words
from xlsaddin.workbook.layout import FINDINGS_SHEET
from xlsaddin.workbook.meta import Edition
from xlsaddin.workbook.office.columns import FINDING_SHOWN
from xlsaddin.workbook.plan import Changes, TablePlan
from xlsaddin.workbook.read.book import ReadBook, read_workbook

NOT_OURS = "RS-FILE-010"
_ACTIVE = "RS-FILE-016"

Reviewing = Generator[str, None, Review]
"""A step-wise review: yields progress, returns the review."""


def check_all(desk: Desk) -> Steps:
    """Validate, screen and assess the workbook in front."""
    return (yield from _check(desk, _review_anew))


def screen_book(desk: Desk) -> Steps:
    """Screen the workbook in front; in a workbook that is not ours, the selected cells."""
    try:
        return (yield from _check(desk, _review_anew))
    except WorkbookError as refused:
        if refused.code != NOT_OURS:
            raise
    return (yield from screen_selection(desk))


def score_book(desk: Desk) -> Steps:
    """Assess again after judgements were typed; names are not screened again when they were in this session."""
    return (yield from _check(desk, _review_again))


def check_form(desk: Desk) -> Steps:
    """Validate the workbook in front: findings only, hits and level stay as they are."""
    return (yield from _check(desk, _review_form, _findings_only))


def _check(
    desk: Desk,
    review_book: Callable[[Desk, LiveSession, ReadBook], Reviewing],
    choose: Callable[[Changes, ReadBook], Changes] = lambda changes, _: changes,
) -> Steps:

    book = desk.book
    yield desk.say("RS-LIVE-061", book=book.name)
    with tempfile.TemporaryDirectory() as folder:
        copy = live.save_copy(book, Path(folder) / f"{Path(book.name).stem}.xlsx")
        read = read_workbook(copy)
        review = yield from review_book(desk, current_session(), read)
        yield desk.say("RS-LIVE-062", book=book.name)
        try:
            apply_live(book, copy, read.meta, choose(plan_changes(review, read.meta, read.tables), read))
        except WorkbookError as refused:
            if refused.code != _ACTIVE:
                raise
            desk.tell(desk.settings.say(refused.ja, refused.en))
            _show_findings(desk, review)
    return _summary(desk, review)


def _show_findings(desk: Desk, review: Review) -> None:
    """Show findings in a new workbook: into one with active content nothing is written."""
    say = desk.settings.say
    headers = {
        say("重要度", "Severity"): (12.0, "cell_center"),
        say("場所", "Place"): (24.0, "cell"),
        say("内容と直し方", "What to do"): (100.0, "cell"),
        say("番号", "Code"): (18.0, "cell"),
    }
    rows = [
        (
            say(*words()[f"severity.{found.severity.value}"]),
            "!".join(part for part in (found.location.sheet, found.location.cell) if part),
            say(found.message_ja, found.message_en),
            found.code,
        )
        for found in review.findings
    ]
    show_table(desk.app, FINDINGS_SHEET, headers, rows)


def _review_anew(desk: Desk, session: LiveSession, read: ReadBook) -> Reviewing:
    """Review a book; its names are screened beforehand, chunk by chunk, into the session's memory."""
    queries = session.queries(read)
    for start in range(0, len(queries), CHUNK):
        yield desk.say("RS-LIVE-040", done=start, total=len(queries))
        session.screen(read, queries[start : start + CHUNK])
    review = session.review(read)
    session.reviews[_place(desk)] = review
    return review


def _review_again(desk: Desk, session: LiveSession, read: ReadBook) -> Reviewing:
    """Review a book without screening again; anew when it was not screened in this session."""
    earlier = session.reviews.get(_place(desk))
    if earlier is None:
        return (yield from _review_anew(desk, session, read))
    review = session.reassess(earlier, read)
    session.reviews[_place(desk)] = review
    return review


def _review_form(desk: Desk, session: LiveSession, read: ReadBook) -> Reviewing:
    """Review a book against no list at all."""
    yield desk.say("RS-LIVE-063", book=desk.book.name)
    return session.without_lists().review(read)


def _place(desk: Desk) -> str:
    return str(desk.book.fullname)


def _findings_only(changes: Changes, read: ReadBook) -> Changes:
    """Return the part of the changes that shows findings; a respondent edition gets no columns for the office."""
    (sheet,) = (sheet for sheet in changes.sheets if sheet.name == FINDINGS_SHEET)
    if read.meta.edition is Edition.RESPONDENT:
        tables = tuple(_first_columns(table, len(FINDING_SHOWN)) for table in sheet.tables)
        sheet = replace(sheet, tables=tables, validations=(), conditionals=())
    return Changes(sheets=(sheet,), active_sheet=FINDINGS_SHEET)


def _first_columns(table: TablePlan, count: int) -> TablePlan:
    rows = tuple(row[:count] for row in table.rows)
    return replace(
        table, columns=table.columns[:count], rows=rows, formulas=tuple(row[:count] for row in table.formulas)
    )


def _summary(desk: Desk, review: Review) -> str:
    counted = {severity: sum(one.severity is severity for one in review.findings) for severity in Severity}
    matches = sum(placed.hit.band is Band.MATCH for placed in review.hits)
    return desk.say(
        "RS-LIVE-060",
        errors=counted[Severity.ERROR],
        warnings=counted[Severity.WARNING],
        matches=matches,
        others=len(review.hits) - matches,
    )
