"""Where rows of answers and result columns stand in the tables of a workbook as found."""

from __future__ import annotations

from collections.abc import Sequence

from xlsaddin.review_model import RowReview
from xlsaddin.workbook.areas import parse_area
from xlsaddin.workbook.office.book import OfficeBook
from xlsaddin.workbook.places import TablePlace
from xlsaddin.workbook.read.headers import tidy_header


def row_offset(book: OfficeBook, place: TablePlace, review: RowReview) -> int:
    """Return how far below the first body row an answer row stands."""
    row = book.review.answers.rows(place.item.key)[review.number - 1]
    for cell in row.cells.values():
        if cell.location.cell:
            return parse_area(cell.location.cell).top - place.first_row
    return review.number - 1


def growth_columns(book: OfficeBook, place: TablePlace, headers: Sequence[str]) -> dict[str, int]:
    """Return the sheet column of each result column: where it stands already, else after the table's last."""
    found = (book.tables or {}).get(place.name.casefold())
    known: dict[str, int] = {}
    right = max(column.column for column in place.columns)
    if found is not None:
        known = {tidy_header(text): number for number, text in enumerate(found.headers, start=found.area.left)}
        right = found.area.right
    elif book.tables is None:
        known = {tidy_header(column.header): column.column for column in place.columns}
    spots: dict[str, int] = {}
    for header in headers:
        number = known.get(tidy_header(header))
        if number is None:
            right += 1
            while found is not None and right in found.beside:  # the patcher makes these part of the table first
                right += 1
            number = right
        spots[header] = number
    return spots
