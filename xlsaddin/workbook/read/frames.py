"""Where a table of answers stands in a received book: by its table, or by its headers when the table is gone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from xlsaddin.workbook.read.book_cells import BookCells
from xlsaddin.workbook.read.headers import find_columns
from xlsaddin.workbook.structure import Sheet, Structure, Table

__all__ = ["Frame", "find_frame", "search_frame"]


@dataclass(frozen=True, slots=True)
class Frame:
    """A table of answers as it stands.

    Attributes:
        sheet: where; first_row: of the body; last_row: last row that is read.
        columns: sheet column of each column key found.
        totals_row: row of totals inside the table, 0 when there is none.
    """

    sheet: Sheet
    first_row: int
    last_row: int
    columns: Mapping[str, int]
    totals_row: int = 0


def find_frame(
    structure: Structure, cells: BookCells, table: Table, spellings: Mapping[str, str], row_range: int
) -> Frame:
    """Return the frame of a table that is there.

    Args:
        structure, cells: of the book. table: the table.
        spellings: column key by tidied header. row_range: rows under the header that are read.
    """
    sheet = structure.sheet_by_name[table.sheet.casefold()]
    inside = dict(enumerate(table.headers, start=table.area.left))
    if table.header_rows:  # columns dragged out of the table still stand in its header row
        inside = _texts(cells, sheet, table.area.top) | {c: t for c, t in inside.items() if t}
    first = table.area.top + table.header_rows
    totals = table.area.bottom if table.totals_rows else 0
    return Frame(sheet, first, first + row_range - 1, find_columns(inside, spellings), totals)


def search_frame(
    cells: BookCells, sheets: Iterator[Sheet], spellings: Mapping[str, str], row_range: int
) -> Frame | None:
    """Return a frame found by its header row alone: the row that holds most headers, at least two and half of them."""
    needed = max(2, len(set(spellings.values())) // 2)
    best: Frame | None = None
    for sheet in sheets:
        for row in cells.sheet(sheet.part).rows:
            columns = find_columns(_texts(cells, sheet, row), spellings)
            if len(columns) >= max(needed, len(best.columns) + 1 if best else 0):
                best = Frame(sheet, row + 1, row + row_range, columns)
    return best


def _texts(cells: BookCells, sheet: Sheet, row: int) -> dict[int, str]:
    return {column: cells.text(sheet.part, row, column) for column in cells.sheet(sheet.part).row(row)}
