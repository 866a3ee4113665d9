"""Comparing the values stored in a workbook with what a spreadsheet engine makes of its formulas."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl

from xlsaddin.libreoffice.office import Office
from xlsaddin.libreoffice.values import to_serial


def stale_cells(office: Office, path: Path) -> list[tuple[str, object, object]]:
    """Return every formula cell whose stored value is not what the engine calculates: place, stored, calculated."""
    with office.open(path) as document:
        document.calculate()
        shown = {name: document.read_sheet(name) for name in document.sheet_names}
    return [
        (place, stored, calculated)
        for place, row, column, stored in formula_cells(path)
        if stored != (calculated := _at(shown[place.partition("!")[0]], row, column))
    ]


def formula_cells(path: Path) -> Iterator[tuple[str, int, int, object]]:
    """Yield place, row, column and stored value of every formula cell; dates as day numbers, empty texts as None."""
    values = openpyxl.load_workbook(path, data_only=True)
    for sheet in openpyxl.load_workbook(path):
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    stored = values[sheet.title][cell.coordinate].value
                    plain = to_serial(stored) if isinstance(stored, date) else stored
                    yield (
                        f"{sheet.title}!{cell.coordinate}",
                        cell.row,
                        cell.column,
                        plain or (plain if plain == 0 else None),
                    )


def _at(rows: list[list[object]], row: int, column: int) -> object:
    try:
        return rows[row - 1][column - 1]
    except IndexError:
        return None
