"""Last year's declarations: their rows are carried over into the new form, to be confirmed by the person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from xlsaddin.checklist.answers import FOREVER, Answers, Cell, DateSpan
from xlsaddin.checklist.model import Checklist, Kind
from xlsaddin.checklist.values import read_answers
from xlsaddin.errors import WorkbookError
from xlsaddin.exchange.prefill.record import Record
from xlsaddin.workbook.read.book import read_workbook

__all__ = ["Earlier", "EarlierForms"]

_SINGLES = ("name_single", "name_other")


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier declaration of a subject: its rows, single facts, and the day it was stated on."""

    record: Record
    facts: Mapping[str, object]
    stated_on: date | None


class EarlierForms:
    """The declarations of a folder by form and subject; of several the one stated last.

    Args:
        folder: with the workbooks, None for none.

    Attributes:
        left_out: why a file could not be read: nothing of it is carried over, and the office is told.
    """

    def __init__(self, folder: Path | None) -> None:
        self.left_out: list[WorkbookError] = []
        self._forms: dict[tuple[str, str], Earlier] = {}
        for path in sorted(folder.rglob("*.xlsx")) if folder else ():
            if not path.name.startswith(("~$", ".")):
                self._take(path)

    def of(self, form: str, subject_id: str) -> Earlier | None:
        """Return the last declaration of a subject."""
        return self._forms.get((form, subject_id.casefold()))

    def _take(self, path: Path) -> None:
        try:
            book = read_workbook(path)
        except WorkbookError as refused:
            self.left_out.append(refused)
            return
        key = book.checklist.key, book.meta.subject_id.casefold()
        answers = read_answers(book.checklist, book.answers)
        found = _earlier(book.checklist, answers)
        known = self._forms.get(key)
        if key[1] and (known is None or (known.stated_on or date.min) <= (found.stated_on or date.min)):
            self._forms[key] = found


def _earlier(checklist: Checklist, answers: Answers) -> Earlier:
    record = Record()
    for item in checklist.items:
        # what concerns a person most closely (⑧, ⑬) is asked anew each time and never carried by the office
        if item.kind is Kind.TABLE and not (item.office or item.confidential):
            for row in answers.rows(item.key):
                record.add(item.key, {key: _content(cell) for key, cell in row.cells.items()})
    facts = {key: answers.answer(key).cell.raw for key in _SINGLES if not answers.answer(key).cell.blank}
    stated = answers.value("stated_on")
    return Earlier(record, facts, stated.first if isinstance(stated, DateSpan) else None)


def _content(cell: Cell) -> object:
    """Return a content as it was written, a date of Excel as its ISO text so that sources can be compared with it."""
    match cell.value:
        case DateSpan(first, last) if last != FOREVER and first.replace(day=1) == last.replace(day=1):
            return first.isoformat() if first == last else first.isoformat()[:7]
    return cell.raw
