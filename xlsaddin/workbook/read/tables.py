"""Reading one table of answers: rows under its header, whatever the table's own range says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xlsaddin.checklist.model import Item
from xlsaddin.checklist.raw import RawCell, RawRow
from xlsaddin.findings import Finding, Location, make_finding
from xlsaddin.workbook.areas import Area
from xlsaddin.workbook.read.book_cells import BookCells
from xlsaddin.workbook.read.frames import Frame
from xlsaddin.workbook.read.raw_cells import answer_place, check_formula, check_merged, read_cell

__all__ = ["TableRows", "read_rows"]

ROW_ID = "row_id"
"""Key under which the spellings of a frame name the column of row ids."""


@dataclass(frozen=True, slots=True)
class TableRows:
    """The filled rows of a table, and what was odd while they were read."""

    rows: tuple[RawRow, ...]
    findings: tuple[Finding, ...]


def read_rows(cells: BookCells, item: Item, frame: Frame) -> TableRows:
    """Return the rows of a table in which anything is answered."""
    rows: list[RawRow] = []
    findings: list[Finding] = []
    for number in _filled(cells, frame):
        row = _read_row(cells, item, frame, number, len(rows) + 1)
        if not all(_is_blank(cell) for cell in row.cells.values()):
            rows.append(row)
        findings.extend(_check_row(cells, frame, number, row))
    findings.extend(_check_frame(cells, frame, Location(item=item.key)))
    return TableRows(tuple(rows), tuple(findings))


def _is_blank(cell: RawCell) -> bool:
    content = cell.content
    return content is None or (isinstance(content, str) and not content.strip())


def _filled(cells: BookCells, frame: Frame) -> list[int]:
    """Return the rows in which a column of answers holds anything, a formula without a value included."""
    text = cells.sheet(frame.sheet.part)
    asked = _asked(frame)
    rows = (row for row in text.rows if frame.first_row <= row <= frame.last_row and row != frame.totals_row)
    return sorted(row for row in rows if text.holds(row, asked))


def _asked(frame: Frame) -> list[int]:
    return [column for key, column in frame.columns.items() if key != ROW_ID]


def _read_row(cells: BookCells, item: Item, frame: Frame, number: int, count: int) -> RawRow:
    text = cells.sheet(frame.sheet.part)
    stored, columns, sheet = text.row(number), frame.columns, frame.sheet.name
    read = {}
    for asked in item.columns:
        key = asked.key
        if column := columns.get(key):
            place = answer_place(item.key, sheet, number, column, key, count)
            read[key] = read_cell(cells, stored.get(column), place, asked.type)
    row_id = cells.text(frame.sheet.part, number, columns[ROW_ID]) if ROW_ID in columns else ""
    return RawRow(read, row_id, number in text.hidden_rows)


def _check_row(cells: BookCells, frame: Frame, number: int, row: RawRow) -> Iterator[Finding]:
    if row.hidden:
        yield make_finding("RS-READ-012", next(iter(row.cells.values())).location)
    formulas = cells.sheet(frame.sheet.part).formula_columns(number)
    for key, cell in row.cells.items() if formulas else ():
        if frame.columns[key] in formulas:
            yield check_formula(cell)


def _check_frame(cells: BookCells, frame: Frame, place: Location) -> Iterator[Finding]:
    asked = _asked(frame)
    if not asked:
        return
    body = Area(frame.first_row, min(asked), frame.last_row, max(asked))
    yield from check_merged(cells, frame.sheet, body, place)
    beyond = [row for row in cells.sheet(frame.sheet.part).rows if row > frame.last_row]
    for row in sorted(beyond):
        cell = next((c for c in asked if cells.value(frame.sheet.part, row, c) is not None), None)
        if cell is not None:
            found = answer_place(place.item, frame.sheet.name, row, cell)
            yield make_finding("RS-READ-008", found, rows=frame.last_row - frame.first_row + 1)
            return
