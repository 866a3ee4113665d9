"""The merged copy of two versions that do not contradict each other: mine, with what theirs changed written into it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from xlsaddin.exchange.difference.three_way import ThreeWay, ThreeWayCell, Verdict
from xlsaddin.exchange.difference.version import Version
from xlsaddin.findings import Location
from xlsaddin.workbook.areas import parse_area
from xlsaddin.workbook.opening import open_package
from xlsaddin.workbook.patch.apply import apply_changes
from xlsaddin.workbook.plan import CellValue, CellWrite, Changes
from xlsaddin.workbook.read.headers import column_spellings, find_columns
from xlsaddin.workbook.structure import Structure

__all__ = ["FreeRows", "write_merged"]


@dataclass(frozen=True, slots=True)
class FreeRows:
    """Where new rows of a table go: sheet, first free row, sheet column of each column key."""

    sheet: str
    row: int
    columns: Mapping[str, int]


def write_merged(three: ThreeWay, target: Path) -> None:
    """Write the merged copy; every part of mine that nobody changed stays byte for byte.

    Raises:
        ValueError: when the two contradict each other.
        WorkbookError: when a place of the merged contents is missing in mine.
    """
    if three.conflicts:
        raise ValueError("versions that contradict each other are not merged")
    apply_changes(three.mine.path, Changes(writes=tuple(_writes(three))), target)


def free_rows(version: Version) -> dict[str, FreeRows]:
    """Return where the next row of each table of a workbook goes, by item."""
    structure = Structure(open_package(version.path))
    found: dict[str, FreeRows] = {}
    for item in version.checklist.items:
        table = structure.tables.get(f"t_{item.key}")
        if table is not None:
            headers = dict(enumerate(table.headers, start=table.area.left))
            columns = find_columns(headers, column_spellings(item.columns))
            last = max((_row_number(row.places) for row in version.rows[item.key]), default=table.area.top)
            found[item.key] = FreeRows(table.sheet, last + 1, columns)
    return found


def _writes(three: ThreeWay) -> Iterator[CellWrite]:
    free = free_rows(three.mine)
    added: dict[tuple[str, int], int] = {}
    for cell in three.cells:
        if cell.verdict is not Verdict.THEIRS:
            continue
        place = _place(three.mine, cell)
        if place is not None:
            area = parse_area(place.cell)
            yield CellWrite(place.sheet, area.top, area.left, _value(cell))
        elif cell.rows[2] is not None and cell.item in free:
            rows = free[cell.item]
            number = added.setdefault((cell.item, cell.rows[2]), len([key for key in added if key[0] == cell.item]))
            yield CellWrite(rows.sheet, rows.row + number, rows.columns[cell.column], _value(cell))


def _place(mine: Version, cell: ThreeWayCell) -> Location | None:
    """Return the cell of mine a content belongs into, None for a row mine does not have."""
    if cell.rows == (None, None, None):
        return mine.places[cell.item, cell.column]
    row = cell.rows[1]
    return None if row is None else mine.rows[cell.item][row].places[cell.column]


def _value(cell: ThreeWayCell) -> CellValue:
    return cell.theirs.content


def _row_number(places: Mapping[str, Location]) -> int:
    return max(parse_area(place.cell).top for place in places.values() if place.cell)
