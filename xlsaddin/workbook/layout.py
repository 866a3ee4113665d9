"""Where everything of a checklist stands in its workbook: sheets, input cells, tables, computed columns.

A pure function of the checklist, its rules and the language; the builder, the result sheets and the compiler of rules
all take places from here.  Readers find answers by defined names and headers instead: people move things.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from xlsaddin.assessment.item_rules import listed_items
from xlsaddin.assessment.rules import Computed, RuleSet
from xlsaddin.checklist.model import Checklist, Column, Item, Kind, Section
from xlsaddin.workbook.areas import Area, cell_name
from xlsaddin.workbook.labels import Language, header, label, word, words
from xlsaddin.workbook.references import quote_sheet
from xlsaddin.workbook.widths import TABLE_PIXELS, room_for, table_widths

START_SHEET = words()["sheet.start"][0]
FINDINGS_SHEET = words()["sheet.findings"][0]
CHOICES_SHEET = words()["sheet.choices"][0]
ITEMS_SHEET = words()["sheet.items"][0]

FORM_COMPUTED = ("period", "row_state")
"""Computed columns of answer tables that say something about form alone; only these stand in a respondent edition."""

TABLE_HEADER_ROW = 9
TABLE_FIRST_COLUMN = 2
FORM_HEADER_ROW = 5
MARGIN = 1.6
"""Width of column A, which stays empty."""

_STATUS_WIDTH = 14


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

    def sheet_of(self, item: Item) -> str:
        """Return the name of the sheet an item stands on."""
        return self.checklist.section(item.section).sheet


def plan_layout(checklist: Checklist, rules: RuleSet, language: Language, row_range: int) -> Layout:
    """Return the layout of a checklist.

    Args:
        checklist: as the profile asks it. rules: for its computed columns.
        language: of the template. row_range: rows under a table header that formulas cover.
    """
    sheets = []
    for section in checklist.sections:
        items = [item for item in checklist.items if item.section == section.key]
        if items and items[0].kind is Kind.TABLE:
            sheets.append(SheetPlace(section, table=_table(items[0], section, rules, language, row_range)))
        else:
            sheets.append(_form(items, section, language))
    rows = {item.key: row for row, item in enumerate(listed_items(checklist), start=2)}
    return Layout(checklist, language, tuple(sheets), rows)


def _form(items: Sequence[Item], section: Section, language: Language) -> SheetPlace:
    mains = [item for item in items if not item.beside]
    followers = {item.key: [other for other in items if other.beside == item.key] for item in items}
    if 2 * sum(1 for item in mains if followers[item.key]) < len(mains):  # too few for columns of their own
        mains, followers = list(items), {item.key: [] for item in items}
    columns = _form_columns(max(len(found) for found in followers.values()), items, language)
    groups: list[FormGroup] = []
    row = FORM_HEADER_ROW
    for labels, members in _grouped(mains, followers, language):
        header_row, singles = row, []
        for item in members:
            row += 1
            state = Spot(section.sheet, row, columns.state)
            beside = tuple(
                SinglePlace(other, Spot(section.sheet, row, column), state)
                for other, column in zip(followers[item.key], columns.beside, strict=False)
            )
            singles.append(SinglePlace(item, Spot(section.sheet, row, columns.answer), state, beside))
        groups.append(FormGroup(header_row, tuple(singles), labels))
        row += 1
    return SheetPlace(section, tuple(groups), columns)


def _grouped(
    mains: Sequence[Item], followers: Mapping[str, Sequence[Item]], language: Language
) -> Iterator[tuple[tuple[str, ...], list[Item]]]:
    """Yield runs of items whose fields to the right have the same labels."""
    return (
        (labels, list(run))
        for labels, run in groupby(mains, lambda item: tuple(label(other, language) for other in followers[item.key]))
    )


def _form_columns(beside: int, items: Sequence[Item], language: Language) -> FormColumns:
    second = 4 if language is Language.BOTH else 0
    answer = 5 if second else 4
    clause = answer + 1 + beside if len({item.clause for item in items if item.clause}) > 1 else 0
    need = answer + 1 + beside + bool(clause)
    besides = tuple(range(answer + 1, answer + 1 + beside))
    return FormColumns(2, 3, second, answer, besides, clause, need, need + 1, need + 2)


def _table(item: Item, section: Section, rules: RuleSet, language: Language, row_range: int) -> TablePlace:
    computed = [one for one in rules.computed if one.table == item.key and one.key in FORM_COMPUTED]
    computed_width = {"period": 11.5, "row_state": 10.5}
    room = room_for(TABLE_PIXELS, len(item.columns) + len(computed) + 1) - MARGIN
    headers = [header(column, language) for column in item.columns]
    widths = table_widths(item.columns, headers, room - sum(computed_width[one.key] for one in computed))
    columns = [
        ColumnPlace(column.key, header(column, language), number, width, asked=column)
        for number, (column, width) in enumerate(zip(item.columns, widths, strict=True), start=TABLE_FIRST_COLUMN)
    ]
    for number, one in enumerate(computed, start=TABLE_FIRST_COLUMN + len(columns)):
        text = word(f"table.{one.key}", language)
        columns.append(ColumnPlace(one.key, text, number, computed_width[one.key], computed=one))
    status, reason = _status_columns(columns)
    return TablePlace(
        item=item,
        sheet=section.sheet,
        name=f"t_{item.key}",
        status=Spot(section.sheet, TABLE_HEADER_ROW - 3, status),
        reason=Spot(section.sheet, TABLE_HEADER_ROW - 3, reason),
        state=Spot(section.sheet, TABLE_HEADER_ROW - 3, reason + 1),
        header_row=TABLE_HEADER_ROW,
        last_row=TABLE_HEADER_ROW + row_range,
        columns=tuple(columns),
    )


def _status_columns(columns: Sequence[ColumnPlace]) -> tuple[int, int]:
    """Return the columns of the state and the reason cell: near the left, wide enough, the state's own after them."""
    near = columns[: max(1, min(4, len(columns) - 2))]
    wide = [place for place in near if place.width >= _STATUS_WIDTH]
    status = (wide[0] if wide else max(near, key=lambda place: place.width)).column
    after = [place for place in columns if status < place.column < columns[-1].column][:3]
    return status, max(after, key=lambda place: place.width).column if after else status + 1
