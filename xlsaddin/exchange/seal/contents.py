"""What a seal covers: every answer, result and judgement of a workbook, in a form that survives a save elsewhere.

Calc and Excel rewrite workbooks: TRUE becomes =TRUE(), numbers keep 15 digits, line breaks change, styles move.
So values are compared, not bytes: numbers to 15 digits, dates as day numbers, line breaks as LF, blanks left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from xlsaddin.workbook.areas import cell_name
from xlsaddin.workbook.read.book_cells import BookCells, CellContent
from xlsaddin.workbook.structure import Structure

__all__ = ["Content", "canonical_text", "read_contents"]

_EPOCH = datetime(1899, 12, 30)
_SINGLES = ("a_", "r_")
_TABLES = ("t_", "r_")
SEAL_NAME = "r_seal"
"""Name on the sheet of the manifest, by which it is known as ours; it is no content."""


@dataclass(frozen=True, slots=True)
class Content:
    """One sealed content: its canonical text and where it stands now (`sheet!cell`)."""

    text: str
    place: str


def read_contents(structure: Structure, cells: BookCells) -> Mapping[str, Content]:
    """Return every content of a workbook of ours by its stable address.

    Addresses are `a_role` for a named cell and `t_education[2].入学年月` for a cell of a table: row among the filled
    rows under the header (rows typed below the table included), and column header.
    """
    found: dict[str, Content] = {}
    found.update(_named(structure, cells))
    found.update(_tabled(structure, cells))
    return dict(sorted(found.items()))


def canonical_text(value: CellContent) -> str:
    """Return a value as text that is the same after a save in another program; blank is empty."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case datetime():
            return _number((value.replace(tzinfo=None) - _EPOCH).total_seconds() / 86400)
        case date():
            return _number(float((datetime(value.year, value.month, value.day) - _EPOCH).days))
        case int() | float():
            return _number(float(value))
        case _:
            return value.replace("\r\n", "\n").replace("\r", "\n").strip()


def _number(value: float) -> str:
    return f"{value:.15g}"


def _named(structure: Structure, cells: BookCells) -> Iterator[tuple[str, Content]]:
    for name in structure.names:
        place = structure.place(name) if name.startswith(_SINGLES) and name != SEAL_NAME else None
        if place is None:
            continue
        sheet, area = place
        if (area.top, area.left) != (area.bottom, area.right):
            continue
        if text := canonical_text(cells.value(sheet.part, area.top, area.left)):
            yield name, Content(text, f"{sheet.name}!{area}")


def _tabled(structure: Structure, cells: BookCells) -> Iterator[tuple[str, Content]]:
    for name, table in structure.tables.items():
        sheet = structure.sheet_by_name.get(table.sheet.casefold())
        if sheet is None or not name.startswith(_TABLES):
            continue
        number = 0
        for row in sorted(row for row in cells.sheet(sheet.part).rows if row > table.area.top):
            texts = [
                (header, column, canonical_text(cells.value(sheet.part, row, column)))
                for column, header in enumerate(table.headers, table.area.left)
            ]
            if not any(text for _, _, text in texts):
                continue
            number += 1
            for header, column, text in texts:
                if text:
                    yield f"{name}[{number}].{header}", Content(text, f"{table.sheet}!{cell_name(row, column)}")
