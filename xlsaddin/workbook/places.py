"""Places in a workbook: one cell, an input with its state, a table of answers, a sheet, the whole layout."""

from __future__ import annotations

from dataclasses import dataclass

from xlsaddin.assessment.rules import Computed
from xlsaddin.checklist.model import Checklist, Column, Item, Section
from xlsaddin.workbook.areas import Area, cell_name
from xlsaddin.workbook.labels import Language
from xlsaddin.workbook.references import quote_sheet


@dataclass(frozen=True, slots=True)
class Spot:
    """One cell of a sheet."""

    sheet: str
    row: int
    column: int

    @property
    def cell(self) -> str:
        """Address without `$`, such as `C12`."""
        return cell_name(self.row, self.column)

    @property
    def link(self) -> str:
        """`sheet!cell`, as links and findings name it."""
        return f"{self.sheet}!{self.cell}"

    @property
    def absolute(self) -> str:
        """`'sheet'!$C$12`, as formulas and defined names refer to it."""
        letters = self.cell.rstrip("0123456789")
        return f"{quote_sheet(self.sheet)}!${letters}${self.row}"


@dataclass(frozen=True, slots=True)
class SinglePlace:
    """A single item: its input cell, the cell that shows its state, and the items that share its row."""

    item: Item
    input: Spot
    state: Spot
    beside: tuple[SinglePlace, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnPlace:
    """A column of a table of answers: what people fill in (`asked`) or a computed column."""

    key: str
    header: str
    column: int
    width: float
    asked: Column | None = None
    computed: Computed | None = None


@dataclass(frozen=True, slots=True)
class TablePlace:
    """A table item: state and reason cells, then the table with nothing below it.

    Attributes:
        last_row: last row formulas and reader cover, whatever the table's own range says.
    """

    item: Item
    sheet: str
    name: str
    status: Spot
    reason: Spot
    state: Spot
    header_row: int
    last_row: int
    columns: tuple[ColumnPlace, ...]

    @property
    def first_row(self) -> int:
        """First body row."""
        return self.header_row + 1

    def column(self, key: str) -> ColumnPlace:
        """Return a column by key; raises KeyError."""
        for column in self.columns:
            if column.key == key:
                return column
        raise KeyError(key)

    def area(self, key: str) -> str:
        """Return the covered range of a column, `'sheet'!$C$9:$C$508`."""
        column = self.column(key).column
        first, last = Spot(self.sheet, self.first_row, column), Spot(self.sheet, self.last_row, column)
        return f"{first.absolute}:{last.absolute.rpartition('!')[2]}"

    def body(self, key: str) -> str:
        """Return the covered range of a column on its own sheet, `C9:C508`."""
        column = self.column(key).column
        return str(Area(self.first_row, column, self.last_row, column))


@dataclass(frozen=True, slots=True)
class FormGroup:
    """Rows of a form under one header row; `beside` are the labels of the inputs to the right of the answer."""

    header_row: int
    singles: tuple[SinglePlace, ...]
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormColumns:
    """Columns of a sheet of single items; 0 where there is none (one language, one clause for all)."""

    number: int
    label: int
    label_en: int
    answer: int
    beside: tuple[int, ...]
    clause: int
    need: int
    state: int
    help: int


@dataclass(frozen=True, slots=True)
class SheetPlace:
    """The sheet of one section: groups of single items, or one table item."""

    section: Section
    groups: tuple[FormGroup, ...] = ()
    columns: FormColumns | None = None
    table: TablePlace | None = None

    @property
    def singles(self) -> tuple[SinglePlace, ...]:
        """All places of single items, those beside others after them."""
        return tuple(found for group in self.groups for place in group.singles for found in (place, *place.beside))


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything of one checklist stands."""

    checklist: Checklist
    language: Language
    sheets: tuple[SheetPlace, ...]
    items_rows: dict[str, int]

    def single(self, key: str) -> SinglePlace:
        """Return the place of a single item; raises KeyError."""
        for sheet in self.sheets:
            for place in sheet.singles:
                if place.item.key == key:
                    return place
        raise KeyError(key)

    def table(self, key: str) -> TablePlace:
        """Return the place of a table item; raises KeyError."""
        for sheet in self.sheets:
            if sheet.table is not None and sheet.table.item.key == key:
                return sheet.table
        raise KeyError(key)

    def tables(self) -> tuple[TablePlace, ...]:
        """Return the places of all table items, in order."""
        return tuple(sheet.table for sheet in self.sheets if sheet.table is not None)
