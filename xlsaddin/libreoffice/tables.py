"""Tables as far as Calc has them: database ranges, which an xlsx's tables become and which become tables again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from xlsaddin.libreoffice.ranges import CalcRange

if TYPE_CHECKING:
    from xlsaddin.libreoffice.sheets import CalcSheet


class CalcTables:
    """The tables of a sheet."""

    def __init__(self, sheet: CalcSheet) -> None:
        self.parent = sheet

    @property
    def api(self) -> Any:
        """The document's database ranges."""
        return self.parent.book.api.DatabaseRanges

    def __iter__(self) -> Iterator[CalcTable]:
        for name in self.api.ElementNames:
            found = self.api.getByName(name)
            if found.DataArea.Sheet == self.parent.index - 1:
                yield CalcTable(found, self.parent)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, name: str) -> bool:
        return any(table.name == name for table in self)

    def __call__(self, name_or_index: str | int) -> CalcTable:
        """Return one by name or 1-based number; raises KeyError."""
        if isinstance(name_or_index, int):
            return list(self)[name_or_index - 1]
        for table in self:
            if table.name == name_or_index:
                return table
        raise KeyError(name_or_index)

    def add(
        self,
        source_type: object = None,
        source: Any = None,
        link_source: object = None,
        has_headers: bool = True,
        destination: object = None,
        table_style_name: str = "",
        name: str | None = None,
    ) -> CalcTable:
        """Make a table of a range. Calc draws no table style."""
        chosen = name or next(f"Table{n}" for n in range(1, 9999) if not self.api.hasByName(f"Table{n}"))
        self.api.addNewByName(chosen, source.impl.api.RangeAddress)
        made = self.api.getByName(chosen)
        made.ContainsHeader = has_headers
        made.AutoFilter = True
        return CalcTable(made, self.parent)


class CalcTable(base_classes.Table):
    """One table."""

    def __init__(self, database: Any, sheet: CalcSheet) -> None:
        self._database = database
        self._sheet = sheet

    @property
    def api(self) -> Any:
        """The UNO database range."""
        return self._database

    @property
    def parent(self) -> CalcSheet:
        """The sheet it stands on."""
        return self._sheet

    @property
    def name(self) -> str:
        """Its name."""
        return str(self._database.Name)

    @name.setter
    def name(self, value: str) -> None:
        self._database.setName(value)

    @property
    def show_headers(self) -> bool:
        """Whether its first row holds headers."""
        return bool(self._database.ContainsHeader)

    @show_headers.setter
    def show_headers(self, value: bool) -> None:
        self._database.ContainsHeader = value

    @property
    def show_autofilter(self) -> bool:
        """Whether the headers carry filter buttons."""
        return bool(self._database.AutoFilter)

    @show_autofilter.setter
    def show_autofilter(self, value: bool) -> None:
        self._database.AutoFilter = value

    def delete(self) -> None:
        """Make plain cells of it again; not part of xlwings, Excel has `api.Unlist`."""
        self._sheet.book.api.DatabaseRanges.removeByName(self.name)

    @property
    def range(self) -> CalcRange:
        """Header and body."""
        area = self._database.DataArea
        top, left, bottom, right = area.StartRow + 1, area.StartColumn + 1, area.EndRow + 1, area.EndColumn + 1
        return self._sheet.range((top, left), (bottom, right))

    @property
    def header_row_range(self) -> CalcRange:
        """The header row."""
        top, left, _, right = self.range.corners
        return self._sheet.range((top, left), (top, right))

    @property
    def data_body_range(self) -> CalcRange | None:
        """The rows under the header, None when there is none."""
        top, left, bottom, right = self.range.corners
        return self._sheet.range((top + 1, left), (bottom, right)) if bottom > top else None

    def resize(self, cells: Any) -> None:
        """Cover another range, of which the header is the first row."""
        self._database.setDataArea(cells.impl.api.RangeAddress)
