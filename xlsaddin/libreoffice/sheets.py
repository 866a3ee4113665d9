"""Sheets as xlwings sees them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from xlsaddin.libreoffice.notes import CalcNote
from xlsaddin.libreoffice.ranges import CalcRange
from xlsaddin.libreoffice.tables import CalcTables

if TYPE_CHECKING:
    from xlsaddin.libreoffice.books import CalcBook


class CalcSheets(base_classes.Sheets):
    """The sheets of a book in order."""

    def __init__(self, book: CalcBook) -> None:
        self.book = book

    @property
    def api(self) -> Any:
        """The UNO sheets."""
        return self.book.api.Sheets

    @property
    def active(self) -> CalcSheet:
        """The sheet in front."""
        return CalcSheet(self.book.api.CurrentController.ActiveSheet, self.book)

    def __call__(self, name_or_index: str | int) -> CalcSheet:
        """Return one by name or 1-based number; raises KeyError."""
        if isinstance(name_or_index, int):
            return CalcSheet(self.api.getByIndex(name_or_index - 1), self.book)
        if not self.api.hasByName(name_or_index):
            raise KeyError(name_or_index)
        return CalcSheet(self.api.getByName(name_or_index), self.book)

    def __len__(self) -> int:
        return int(self.api.Count)

    def __iter__(self) -> Iterator[CalcSheet]:
        return (self(index + 1) for index in range(len(self)))

    def add(
        self, before: CalcSheet | None = None, after: CalcSheet | None = None, name: str | None = None
    ) -> CalcSheet:
        """Insert a sheet; without a place at the end."""
        place = before.index - 1 if before else after.index if after else len(self)
        chosen = name or next(f"Sheet{n}" for n in range(1, 9999) if not self.api.hasByName(f"Sheet{n}"))
        self.api.insertNewByName(chosen, place)
        return self(chosen)


class CalcSheet(base_classes.Sheet):
    """One sheet."""

    def __init__(self, sheet: Any, book: CalcBook) -> None:
        self._sheet = sheet
        self._book = book

    @property
    def api(self) -> Any:
        """The UNO sheet."""
        return self._sheet

    @property
    def book(self) -> CalcBook:
        """The book it belongs to."""
        return self._book

    @property
    def name(self) -> str:
        """Its name."""
        return str(self._sheet.Name)

    @name.setter
    def name(self, value: str) -> None:
        self._sheet.setName(value)

    @property
    def index(self) -> int:
        """1-based place in the book."""
        return int(self._sheet.RangeAddress.Sheet) + 1

    @property
    def visible(self) -> bool:
        """Whether it is shown."""
        return bool(self._sheet.IsVisible)

    @visible.setter
    def visible(self, value: bool) -> None:
        self._sheet.IsVisible = value

    @property
    def protected(self) -> bool:
        """Whether its cells are locked; not part of xlwings, Excel tells it by `api.ProtectContents`."""
        return bool(self._sheet.isProtected())

    @property
    def tables(self) -> CalcTables:
        """Its tables (database ranges in Calc)."""
        return CalcTables(self)

    @property
    def notes(self) -> list[CalcNote]:
        """Its cell notes."""
        return [CalcNote(self._sheet.Annotations.getByIndex(i), self) for i in range(self._sheet.Annotations.Count)]

    @property
    def cells(self) -> CalcRange:
        """The whole sheet."""
        return CalcRange(self._sheet, self)

    @property
    def used_range(self) -> CalcRange:
        """From A1 to the last used cell, as Excel mostly answers."""
        cursor = self._sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        last = cursor.RangeAddress
        return CalcRange(self._sheet.getCellRangeByPosition(0, 0, last.EndColumn, last.EndRow), self)

    def range(self, arg1: Any, arg2: Any = None) -> CalcRange:
        """Return the cells of an address, a pair of ranges, or 1-based (row, column) corners."""
        if isinstance(arg1, CalcRange):
            first, last = arg1.corners, (arg2 or arg1).corners
            return self._block(first[0], first[1], last[2], last[3])
        if isinstance(arg1, tuple):
            if len(arg1) == 4:
                row, column, rows, columns = arg1
                return self._block(row, column, row + rows - 1, column + columns - 1)
            return self._block(*arg1, *(arg2 or arg1))
        text = str(arg1) if arg2 is None else f"{arg1}:{arg2}"
        names = self.book.names
        if names.contains(text):
            return names(text).refers_to_range
        return CalcRange(self._sheet.getCellRangeByName(text.rpartition("!")[2].replace("$", "")), self)

    def _block(self, top: int, left: int, bottom: int, right: int) -> CalcRange:
        return CalcRange(self._sheet.getCellRangeByPosition(left - 1, top - 1, right - 1, bottom - 1), self)

    def activate(self) -> None:
        """Bring it to the front."""
        self.book.api.CurrentController.setActiveSheet(self._sheet)

    select = activate

    def delete(self) -> None:
        """Remove it from the book."""
        self.book.api.Sheets.removeByName(self.name)

    def clear_contents(self) -> None:
        """Empty every cell."""
        self.cells.clear_contents()

    def clear(self) -> None:
        """Empty every cell and drop formats and notes."""
        self.cells.clear()

    @property
    def freeze_panes(self) -> CalcFreezePanes:
        """Its frozen rows and columns."""
        return CalcFreezePanes(self)


class CalcFreezePanes:
    """Frozen rows and columns of a sheet."""

    def __init__(self, sheet: CalcSheet) -> None:
        self._sheet = sheet

    def freeze_at(self, address: str) -> None:
        """Freeze the cells named: `A1:B3`, whole rows `1:3` or whole columns `A:B`."""
        last = address.replace("$", "").rpartition(":")[2]
        letters = last.rstrip("0123456789")
        columns = self._sheet.range(f"{letters}1").column if letters else 0
        self._freeze(columns, int(last[len(letters) :] or 0))

    def unfreeze(self) -> None:
        """Scroll everything again."""
        self._freeze(0, 0)

    def _freeze(self, columns: int, rows: int) -> None:
        controller = self._sheet.book.api.CurrentController
        before = controller.ActiveSheet
        controller.setActiveSheet(self._sheet.api)
        controller.freezeAtPosition(columns, rows)
        controller.setActiveSheet(before)
