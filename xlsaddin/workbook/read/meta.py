"""Reading the hidden sheet `_meta` of a received book."""

from __future__ import annotations

from xlsaddin.workbook.meta import META_SHEET, BookMeta, parse_meta
from xlsaddin.workbook.read.book_cells import BookCells
from xlsaddin.workbook.structure import Structure

__all__ = ["read_meta"]


def read_meta(structure: Structure, cells: BookCells) -> BookMeta:
    """Return what `_meta` says; raises WorkbookError for a book that is not ours."""
    sheet = structure.sheet_by_name.get(META_SHEET)
    if sheet is None:
        raise structure.package.error("RS-FILE-010")
    rows = {cells.text(sheet.part, row, 1): cells.text(sheet.part, row, 2) for row in cells.sheet(sheet.part).rows}
    try:
        return parse_meta(rows)
    except ValueError:
        raise structure.package.error("RS-FILE-010") from None
