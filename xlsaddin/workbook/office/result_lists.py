"""The foot of the result page: lists used, versions, who decides, and what a level is and is not."""

from __future__ import annotations

from xlsaddin.watchlist.model import ListUse
from xlsaddin.workbook.labels import lines, pair, words
from xlsaddin.workbook.office.book import OfficeBook
from xlsaddin.workbook.office.rows import FIRST_COLUMN, WIDE, Rows

Places = dict[str, tuple[int, int]]
_BETWEEN = "\u3000"


def lists_block(book: OfficeBook, rows: Rows) -> Places:
    """Put the lists used and the versions of everything the result rests on."""
    rows.line(book.word("result.lists"), "small_heading")
    for offset, key, across in (
        (0, "list", 3),
        (3, "edition", 1),
        (4, "entries", 1),
        (5, "confirmed", 2),
        (7, "list_state", 1),
    ):
        rows.put(FIRST_COLUMN + offset, book.word(f"result.{key}"), "fact_name", across=across)
    rows.next()
    for use in book.review.lists:
        _list_row(book, rows, use)
    place = rows.put(FIRST_COLUMN, "; ".join(_list_text(use) for use in book.review.lists), "footer", across=WIDE)
    rows.next()
    facts = {
        "rules": book.review.rules_version,
        "form": book.review.answers.version or book.review.checklist.version,
        "engine": book.review.engine,
        "as_of": f"{book.review.as_of:%Y-%m-%d}",
        "profile": book.review.profile,
    }
    rows.line(lines(*words()["result.versions"], book.language)[0].format(**facts), "footer")
    return {"r_lists": place}


def signatures(book: OfficeBook, rows: Rows) -> None:
    """Put the fields for those who confirm and approve, and the footer."""
    rows.put(FIRST_COLUMN, book.word("result.reviewer"), "fact_name")
    rows.put(FIRST_COLUMN + 1, None, "input_any", across=3)
    rows.put(FIRST_COLUMN + 4, book.word("result.approver"), "fact_name")
    rows.put(FIRST_COLUMN + 5, None, "input_any", across=3)
    rows.next()
    for text in words()["note.footer"]:
        rows.line(text, "footer")


def _list_row(book: OfficeBook, rows: Rows, use: ListUse) -> None:
    rows.put(FIRST_COLUMN, pair(use.title_ja, use.title_en, book.language), "fact", across=3)
    rows.put(FIRST_COLUMN + 3, use.edition, "fact_center")
    rows.put(FIRST_COLUMN + 4, use.entries, "fact_center")
    rows.put(FIRST_COLUMN + 5, use.confirmed_on, "fact_date", across=2)
    rows.put(FIRST_COLUMN + 7, _list_state(book, use), "fact_center")
    rows.next()


def _list_state(book: OfficeBook, use: ListUse) -> str:
    """Return how far a list could be used, and how many of its entries it gave; that it gave none is said in words."""
    if not use.usable:
        return book.word("result.not_usable")
    key = "sample_list" if use.sample else "stale_list" if use.stale else "usable"
    given = {placed.hit.entry.number for placed in book.review.hits if placed.hit.list_id == use.id}
    ja, en = (text.format(count=len(given)) for text in words()["result.list_hits" if given else "result.list_no_hit"])
    return f"{book.word(f'result.{key}')}{_BETWEEN}{pair(ja, en, book.language)}"


def _list_text(use: ListUse) -> str:
    return f"{use.id} {use.edition} ({use.entries})" if use.usable else f"{use.id} ×"
