"""A result table of the office edition as it stands in the open book: its rows by column key, wherever it was moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import xlwings as xw

from xlsaddin.assessment.loading import load_rules
from xlsaddin.checklist.loading import load_checklist
from xlsaddin.checklist.model import Choice
from xlsaddin.errors import WorkbookError
from xlsaddin.excel.boundary import as_grid
from xlsaddin.excel.writing.contents import as_content, write_grid
from xlsaddin.parameters import Parameters
from xlsaddin.workbook.labels import Language, spellings
from xlsaddin.workbook.office.columns import column_header
from xlsaddin.workbook.office.layers import OWN, Layer
from xlsaddin.workbook.plan import CellValue
from xlsaddin.workbook.read.headers import tidy_header


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One row: its number in the sheet and its contents by column key."""

    number: int
    cells: dict[str, object]

    def text(self, key: str) -> str:
        """Return a cell as text, empty when it is blank or the column is gone."""
        value = self.cells.get(key)
        return "" if value is None else str(value).strip()


class ResultTable:
    """An open result table.

    Args:
        book: the open book. name: of the table, such as `r_hits`. keys: columns that may be asked for.
        layer: whose result, where two institutions check the same Co-PI.

    Raises:
        WorkbookError: when the book has no such table (it is no office edition).
    """

    def __init__(self, book: xw.Book, name: str, keys: tuple[str, ...], layer: Layer = OWN) -> None:
        self.layer = layer
        self.sheet, self._table = _find(book, layer.named(name))
        self._columns = self._find_columns(name, keys)

    def rows(self) -> Iterator[ResultRow]:
        """Yield the filled rows, read in one call."""
        body = self._table.data_body_range
        if body is None:
            return
        for offset, values in enumerate(as_grid(body.options(ndim=2, err_to_str=True).value)):
            if any(value not in (None, "") for value in values):
                cells = {key: values[column - body.column] for key, column in self._columns.items()}
                yield ResultRow(body.row + offset, cells)

    def selected(self, selection: xw.Range | None) -> ResultRow | None:
        """Return the row the selection starts in, None when it lies elsewhere."""
        if selection is None or selection.sheet.name != self.sheet.name:
            return None
        return next((row for row in self.rows() if row.number == selection.row), None)

    def write(self, row: int, values: dict[str, CellValue]) -> None:
        """Write some cells of a row; columns that are gone are left out."""
        for key, value in values.items():
            if key in self._columns:
                write_grid(self.sheet, row, self._columns[key], [[as_content(value)]])

    def show(self, row: int, key: str) -> None:
        """Bring a cell of the table to the front."""
        self.sheet.activate()
        self.sheet.range((row, self._columns.get(key, self._table.range.column))).select()

    def _find_columns(self, name: str, keys: tuple[str, ...]) -> dict[str, int]:
        spelled = {tidy_header(column_header(name, key, language)): key for key in keys for language in Language}
        header = self._table.header_row_range
        if header is None:
            return {}
        shown = as_grid(header.options(ndim=2).value)[0]
        found = {spelled.get(tidy_header(str(text))): header.column + place for place, text in enumerate(shown)}
        return {key: column for key, column in found.items() if key is not None}


def _find(book: xw.Book, name: str) -> tuple[xw.Sheet, xw.main.Table]:
    for sheet in book.sheets:
        for table in sheet.tables:
            if table.name.casefold() == name:
                return sheet, table
    raise WorkbookError("RS-LIVE-056", book=book.name)


def shows(cell: str, choices: Iterable[Choice]) -> bool:
    """Return whether a cell shows one of some choices, in whatever language."""
    return cell.casefold() in {spelling.casefold() for choice in choices for spelling in spellings(choice)}


def hit_choices(column: str, *keys: str) -> tuple[Choice, ...]:
    """Return choices of a computed column of the hits, such as `ruling`, by key."""
    rules = load_rules(load_checklist("researcher"), Parameters(date.today()))
    computed = next(one for one in rules.computed if (one.table, one.key) == ("hits", column))
    return tuple(choice for choice in computed.choices if choice.key in keys)
