"""One answer cell as the checklist's room takes it, and what is odd about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from xlsaddin.checklist.model import Type
from xlsaddin.checklist.raw import RawCell
from xlsaddin.findings import Finding, Location, make_finding
from xlsaddin.workbook.areas import Area, cell_name
from xlsaddin.workbook.read.book_cells import BookCells
from xlsaddin.workbook.read.numbers import DAYS_1904
from xlsaddin.workbook.read.sheet_text import StoredCell
from xlsaddin.workbook.structure import Sheet

__all__ = ["answer_place", "check_formula", "check_merged", "read_cell"]


@lru_cache(maxsize=16384)  # the places of a form are the same in every copy of it
def answer_place(item: str, sheet: str, row: int, column: int, key: str = "", number: int = 0) -> Location:
    """Return the place of an answer: its item, the cell on its sheet, and in tables its column and row."""
    return Location(item, sheet, cell_name(row, column), key, number)


def read_cell(cells: BookCells, stored: StoredCell | None, place: Location, asked: Type = Type.TEXT) -> RawCell:
    """Return the content of an answer cell; a bare day number as Excel for Windows counts it.

    Args:
        cells: of the book. stored: the cell as it stands, None for a blank one.
        place: of the answer. asked: type of the answer.
    """
    if stored is None:
        return RawCell(None, place)
    content: object
    content, error = cells.read(stored)
    if error:
        error = isinstance(content, str) and content.startswith("#")
    elif cells.starts_1904 and asked in (Type.DATE, Type.MONTH) and type(content) in (int, float):
        content = float(str(content)) + DAYS_1904
    return RawCell(content, place, error)


def check_formula(cell: RawCell) -> Finding:
    """Return the finding on an answer that is a formula: its stored value counts, or there is none."""
    return make_finding("RS-READ-010" if cell.content is None else "RS-READ-011", cell.location)


def check_merged(cells: BookCells, sheet: Sheet, answers: Area, place: Location) -> Iterator[Finding]:
    """Yield a finding for each merged area among answers: only its first cell holds a content."""
    for area in cells.sheet(sheet.part).merged:
        if area.meets(answers):
            yield make_finding(
                "RS-READ-009", replace(place, sheet=sheet.name, cell=cell_name(area.top, area.left)), area=area
            )
