"""Workbook-scoped defined names as xlwings sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from xlsaddin.libreoffice import runtime
from xlsaddin.libreoffice.formulas import to_calc, to_excel
from xlsaddin.libreoffice.ranges import CalcRange

if TYPE_CHECKING:
    from xlsaddin.libreoffice.books import CalcBook


class CalcNames(base_classes.Names):
    """The defined names of a book."""

    def __init__(self, book: CalcBook) -> None:
        self.book = book

    @property
    def api(self) -> Any:
        """The UNO named ranges."""
        return self.book.api.NamedRanges

    def snapshot(self) -> list[tuple[str, CalcName]]:
        """Return all names with their objects."""
        return [(name, self(name)) for name in self.api.ElementNames]

    def contains(self, name_or_index: str | int) -> bool:
        """Return whether a name is defined."""
        return isinstance(name_or_index, str) and bool(self.api.hasByName(name_or_index))

    def __len__(self) -> int:
        return int(self.api.Count)

    def __call__(self, name_or_index: str | int) -> CalcName:
        """Return one by name or 1-based number; raises KeyError."""
        if isinstance(name_or_index, int):
            return self(self.api.ElementNames[name_or_index - 1])
        if not self.contains(name_or_index):
            raise KeyError(name_or_index)
        return CalcName(self.api.getByName(name_or_index), self.book)

    def add(self, name: str, refers_to: str) -> CalcName:
        """Define a name, in place of one that is there."""
        if self.contains(name):
            self.api.removeByName(name)
        origin = runtime.load_uno().createUnoStruct("com.sun.star.table.CellAddress")
        self.api.addNewByName(name, to_calc(refers_to.removeprefix("=")), origin, 0)
        return self(name)


class CalcName(base_classes.Name):
    """One defined name."""

    def __init__(self, named: Any, book: CalcBook) -> None:
        self._named = named
        self.book = book

    @property
    def api(self) -> Any:
        """The UNO named range."""
        return self._named

    @property
    def name(self) -> str:
        """The name."""
        return str(self._named.Name)

    @name.setter
    def name(self, value: str) -> None:
        self._named.setName(value)

    @property
    def refers_to(self) -> str:
        """What it refers to, as Excel writes it: `=学歴!$B$1`."""
        return f"={to_excel(self._named.Content)}"

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        self._named.setContent(to_calc(value.removeprefix("=")))

    @property
    def refers_to_range(self) -> CalcRange:
        """The cells it refers to; raises KeyError when it names none."""
        found = self._named.getReferredCells()
        if found is None:
            raise KeyError(self.name)
        return CalcRange(found, self.book.sheets(found.Spreadsheet.Name))

    def delete(self) -> None:
        """Remove the name."""
        self.book.api.NamedRanges.removeByName(self.name)
