"""One version of a form, taken apart for comparison: single contents and table rows, each with what it means."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from xlsaddin.checklist.answers import Cell
from xlsaddin.checklist.model import Checklist, Item, Kind
from xlsaddin.checklist.values import read_answers
from xlsaddin.exchange.seal.contents import canonical_text
from xlsaddin.findings import Location
from xlsaddin.workbook.meta import BookMeta
from xlsaddin.workbook.read.book import ReadBook, read_workbook
from xlsaddin.workbook.read.book_cells import CellContent

__all__ = ["REASON", "STATUS", "Held", "HeldRow", "Version", "answers_digest", "read_version", "version_of"]

STATUS, REASON = "", "_reason"
"""Columns under which the state and the reason of a table item stand beside its rows."""


@dataclass(frozen=True, slots=True)
class Held:
    """What one cell holds.

    Attributes:
        text: as a person reads it; content: as it stands in the cell.
        meaning: what is compared: `2013年10月` and the date 2013-10 mean the same.
        location: where.
    """

    text: str
    content: CellContent
    meaning: Hashable
    location: Location = field(default_factory=Location)


BLANK = Held("", None, None)


@dataclass(frozen=True, slots=True)
class HeldRow:
    """One filled row by column key; blank cells are left out. `places` holds every cell, blank ones too."""

    cells: Mapping[str, Held]
    places: Mapping[str, Location] = field(default_factory=dict)

    def held(self, column: str) -> Held:
        """Return what a column holds."""
        return self.cells.get(column, BLANK)


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a form.

    Attributes:
        path: its file; checklist, meta: of it.
        singles: by item and column (`STATUS` for a single item and the state of a table, `REASON` for its reason).
        rows: filled rows by item. places: of every single cell, blank ones too.
    """

    path: Path
    checklist: Checklist
    meta: BookMeta
    singles: Mapping[tuple[str, str], Held]
    rows: Mapping[str, tuple[HeldRow, ...]]
    places: Mapping[tuple[str, str], Location]

    def held(self, item: str, column: str) -> Held:
        """Return what stands in a single cell."""
        return self.singles.get((item, column), BLANK)


def read_version(path: Path) -> Version:
    """Return a workbook of ours taken apart; raises WorkbookError when it is refused."""
    return version_of(read_workbook(path))


def version_of(book: ReadBook) -> Version:
    """Return a workbook that was read, taken apart."""
    answers = read_answers(book.checklist, book.answers)
    singles: dict[tuple[str, str], Held] = {}
    places: dict[tuple[str, str], Location] = {}
    rows: dict[str, tuple[HeldRow, ...]] = {}
    for item in book.checklist.items:
        answer = answers.answer(item.key)
        for column, cell in _single_cells(book, item, answer.cell, answer.status_cell):
            places[item.key, column] = cell.location
            if not cell.blank:
                singles[item.key, column] = _held(cell)
        if item.kind is Kind.TABLE:
            rows[item.key] = tuple(_row(row.cells) for row in answer.rows)
    return Version(book.path, book.checklist, book.meta, singles, rows, places)


def answers_digest(version: Version) -> str:
    """Return the digest of everything answered in a version."""
    singles = sorted((item, column, repr(held.meaning)) for (item, column), held in version.singles.items())
    rows = [
        (item, sorted(sorted((column, repr(held.meaning)) for column, held in row.cells.items()) for row in listed))
        for item, listed in sorted(version.rows.items())
    ]
    return hashlib.sha256(repr((singles, rows)).encode()).hexdigest()


def _single_cells(book: ReadBook, item: Item, single: Cell, status: Cell) -> Iterator[tuple[str, Cell]]:
    if item.kind is not Kind.TABLE:
        yield STATUS, single
        return
    yield STATUS, status
    reason = book.answers.tables[item.key].reason if item.key in book.answers.tables else None
    if reason is not None:
        location = replace(reason.location, item=item.key, column=REASON)
        yield REASON, Cell(reason.content, None, location)


def _row(cells: Mapping[str, Cell]) -> HeldRow:
    filled = {key: _held(cell) for key, cell in cells.items() if not cell.blank}
    return HeldRow(filled, {key: cell.location for key, cell in cells.items()})


def _held(cell: Cell) -> Held:
    content = cell.raw if isinstance(cell.raw, CellContent) else str(cell.raw)
    text = canonical_text(content)
    meaning: Hashable = text if cell.value is None else cell.value
    return Held(_shown(content, text), content, meaning, cell.location)


def _shown(content: CellContent, text: str) -> str:
    """Return a content as people read it: a date as a date, everything else as it is compared."""
    return f"{content:%Y/%m/%d}" if isinstance(content, date) else text
