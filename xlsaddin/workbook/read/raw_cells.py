"""One answer cell as the checklist's room takes it, and what is odd about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xlsaddin.checklist.model import Type
from xlsaddin.checklist.raw import RawCell
from xlsaddin.findings import Finding, Location, make_finding
from xlsaddin.workbook.areas import Area, cell_name
from xlsaddin.workbook.read.book_cells import BookCells
from xlsaddin.workbook.read.numbers import DAYS_1904
from xlsaddin.workbook.structure import Sheet

__all__ = ["check_formula", "check_merged", "read_cell"]


def read_cell(
    cells: BookCells, sheet: Sheet, row: int, column: int, place: Location, asked: Type = Type.TEXT
) -> RawCell:
    """Return the content of an answer cell; a bare day number as Excel for Windows counts it.

    Args:
        cells: of the book. sheet, row, column: where the cell is.
        place: item, column and row of the answer. asked: type of the answer.
    """
    content: object = cells.value(sheet.part, row, column)
    error = isinstance(content, str) and content.startswith("#") and cells.is_error(sheet.part, row, column)
    if cells.starts_1904 and asked in (Type.DATE, Type.MONTH) and type(content) in (int, float):
        content = float(str(content)) + DAYS_1904
    return RawCell(content, Location(place.item, sheet.name, cell_name(row, column), place.column, place.row), error)


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
