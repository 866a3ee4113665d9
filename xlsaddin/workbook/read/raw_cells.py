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

__all__ = ["check_formula_cell", "check_merged", "read_cell"]


def read_cell(
    cells: BookCells, sheet: Sheet, row: int, column: int, place: Location, asked: Type = Type.TEXT
) -> RawCell:
    """Return the content of an answer cell with its place; a bare day number as Excel for Windows counts it."""
    content: object = cells.value(sheet.part, row, column)
    error = content is not None and cells.is_error(sheet.part, row, column)
    if cells.starts_1904 and asked in (Type.DATE, Type.MONTH) and type(content) in (int, float):
        content = float(str(content)) + DAYS_1904
    return RawCell(content, replace(place, sheet=sheet.name, cell=cell_name(row, column)), error)


def check_formula_cell(cells: BookCells, sheet: Sheet, row: int, column: int, cell: RawCell) -> Iterator[Finding]:
    """Yield a finding when somebody answered with a formula: its stored value counts, or there is none."""
    found = cells.sheet(sheet.part).cell(row, column)
    if found is not None and found.formula is not None:
        yield make_finding("RS-READ-010" if cell.content is None else "RS-READ-011", cell.location)


def check_merged(cells: BookCells, sheet: Sheet, answers: Area, place: Location) -> Iterator[Finding]:
    """Yield a finding for each merged area among answers: only its first cell holds a content."""
    for area in cells.sheet(sheet.part).merged:
        if area.meets(answers):
            yield make_finding(
                "RS-READ-009", replace(place, sheet=sheet.name, cell=cell_name(area.top, area.left)), area=area
            )
