"""One open Calc document: type into cells, calculate, read back. Cells are addressed as a person would.

A place is `"シート!B3"`, `"シート!B3:D9"` or a defined name such as `"a_role"` or `"r_level"`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Self

from xlsaddin.libreoffice import runtime
from xlsaddin.libreoffice.values import CellError, error_of, to_number

CellValue = str | float | CellError | None
"""What a cell shows: a text, a number (dates and TRUE are numbers in Calc), an error, or None for an empty cell."""

FILTERS = {
    "xlsx": "Calc MS Excel 2007 XML",
    "xlsm": "Calc MS Excel 2007 VBA XML",
    "xlam": "Calc MS Excel 2007 VBA XML",
    "ods": "calc8",
    "pdf": "calc_pdf_Export",
    "png": "calc_png_Export",
    "html": "HTML (StarCalc)",
}


class Document:
    """A Calc document that is open in a headless office.

    Args:
        component: the UNO spreadsheet document; `api` gives it back for what this class does not offer.
    """

    def __init__(self, component: Any) -> None:
        self.api = component
        self._ranges: dict[str, Any] = {}

    @property
    def sheet_names(self) -> tuple[str, ...]:
        """Names of all sheets in order, hidden ones included."""
        return tuple(self.api.Sheets.ElementNames)

    @property
    def names(self) -> dict[str, str]:
        """Workbook-scoped defined names and their content, such as `$'シート'.$B$3`."""
        defined = self.api.NamedRanges
        return {name: defined.getByName(name).Content for name in defined.ElementNames}

    def range(self, place: str) -> Any:
        """Return the UNO range of a place; raises KeyError for an unknown sheet or name."""
        if place not in self._ranges:
            self._ranges[place] = self._find(place)
        return self._ranges[place]

    def set_cells(self, cells: Mapping[str, object]) -> None:
        """Type values into single cells: texts stay texts (also `=1+1`), None clears, dates get a date format.

        Formulas are set with `set_formula`. Nothing is recalculated until `calculate`.
        """
        self.api.enableAutomaticCalculation(False)
        for place, value in cells.items():
            self._set(self.range(place), value)

    def set_formula(self, place: str, formula: str) -> None:
        """Put a formula (English function names, `;` or `,` as Calc's grammar wants it) into a cell."""
        self.range(place).setFormula(formula)

    def calculate(self) -> None:
        """Recalculate everything, whatever the document believes to be up to date."""
        self.api.calculateAll()

    def read_cells(self, places: Iterable[str]) -> dict[str, CellValue]:
        """Return what single cells show, by place."""
        return {place: self.read(place)[0][0] for place in places}

    def read(self, place: str) -> list[list[CellValue]]:
        """Return what a range shows, row by row. Texts `""` of formulas read as None, as empty cells do."""
        return _read(self.range(place))

    def read_sheet(self, name: str) -> list[list[CellValue]]:
        """Return what a sheet shows, from A1 to its last used cell."""
        sheet = self.api.Sheets.getByName(name)
        cursor = sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        last = cursor.RangeAddress
        return _read(sheet.getCellRangeByPosition(0, 0, last.EndColumn, last.EndRow))

    def save_as(self, path: Path, kind: str = "") -> Path:
        """Store a copy as `kind` (default: by the suffix of `path`); the document stays what it is."""
        path.parent.mkdir(parents=True, exist_ok=True)
        chosen = FILTERS[kind or path.suffix.lstrip(".")]
        self.api.storeToURL(runtime.file_url(path), runtime.properties(FilterName=chosen))
        return path

    def close(self) -> None:
        """Close without saving; as a context manager it is closed at the end."""
        self._ranges.clear()
        self.api.close(True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _find(self, place: str) -> Any:
        sheet, mark, address = place.rpartition("!")
        if mark:
            name = sheet.strip("'")
            if not self.api.Sheets.hasByName(name):
                raise KeyError(f"no sheet {name!r}")
            return self.api.Sheets.getByName(name).getCellRangeByName(address.replace("$", ""))
        if not self.api.NamedRanges.hasByName(place):
            raise KeyError(f"no defined name {place!r}")
        referred = self.api.NamedRanges.getByName(place).getReferredCells()
        if referred is None:
            raise KeyError(f"{place!r} names no cells")
        return referred

    def _set(self, found: Any, value: object) -> None:
        cell = found.getCellByPosition(0, 0)
        if value is None:
            cell.setFormula("")
        elif (number := to_number(value)) is not None:
            cell.setValue(number)
            if kind := _format_kind(value):
                cell.NumberFormat = self._format(kind)
        else:
            cell.setString(str(value))

    def _format(self, kind: str) -> int:
        locale = runtime.load_uno().createUnoStruct("com.sun.star.lang.Locale")
        key = runtime.constant(f"util.NumberFormat.{kind}")
        return int(self.api.NumberFormats.getStandardFormat(key, locale))


def _format_kind(value: object) -> str:
    if isinstance(value, bool):
        return "LOGICAL"
    if isinstance(value, datetime):
        return "DATETIME"
    if isinstance(value, date):
        return "DATE"
    return "TIME" if isinstance(value, time) else ""


def _read(found: Any) -> list[list[CellValue]]:
    return [
        [_shown(found, value, row, column) for column, value in enumerate(values)]
        for row, values in enumerate(found.getDataArray())
    ]


def _shown(found: Any, value: object, row: int, column: int) -> CellValue:
    if value is None:  # an error cell has no value in the data array
        return error_of(found.getCellByPosition(column, row).getError())
    return None if value == "" else value  # type: ignore[return-value]
