"""Where the names and tables of rules stand in a workbook: the context in which `formula` compiles them.

One context serves the whole book; `in_row` and `in_item` add the cells of one row.  The respondent edition knows the
answers alone; the office edition adds the ranges of its result sheets.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from xlsaddin.assessment.item_rules import unknown_name
from xlsaddin.assessment.rules import Computed, RuleSet
from xlsaddin.checklist.model import Checklist, Choice, Column, Item, Kind, Lookback, Type
from xlsaddin.checklist.periods import column_of_period
from xlsaddin.workbook import labels
from xlsaddin.workbook.guards import (
    DATED,
    FOREVER_SERIAL,
    NUMERIC,
    Reading,
    guard_cell,
    guard_date,
    guard_text,
    guard_unknown,
    key_spellings,
    lookup_choice,
)
from xlsaddin.workbook.labels import Language
from xlsaddin.workbook.places import Layout, TablePlace
from xlsaddin.workbook.references import ColumnRange, Context, Reference, Spellings, ValueKind

AS_OF, LOOKBACK_START, LEAD = "p_as_of", "p_lookback_start", "p_lead"
"""Defined names of the cells that hold the day, the look-back start and the role of the institution."""


@dataclass(frozen=True, slots=True)
class TableRanges:
    """The ranges of one table; `occupied` holds a text exactly where a row is filled."""

    columns: Mapping[str, ColumnRange]
    occupied: str


@dataclass(frozen=True)
class BookContext:
    """Names and tables of one workbook.

    Attributes:
        layout, rules: of the checklist. strict: see `guards.guard_cell`.
        names: further references by name (parameters, computed names); tables: further tables by name.
    """

    layout: Layout
    rules: RuleSet
    strict: bool
    names: Mapping[str, Reference] = field(default_factory=dict)
    tables: Mapping[str, TableRanges] = field(default_factory=dict)

    def reference(self, name: str) -> Reference:
        """Return what a name of the book refers to."""
        if name in self.names:
            return self.names[name]
        match name:
            case "as_of":
                return Reference(AS_OF, ValueKind.DATE, sure=True)
            case "lookback_start":
                return Reference(LOOKBACK_START, ValueKind.DATE, sure=True)
            case "lead":
                return Reference(LEAD, ValueKind.NUMBER, sure=True)
        if name in self.rules.parameters:
            return Reference(f"{self.rules.parameters[name]:g}", ValueKind.NUMBER, sure=True)
        return self._answer(name)

    def column(self, table: str, column: str) -> ColumnRange:
        """Return the range of a column."""
        if table in self.tables:
            return self.tables[table].columns[column]
        return _answer_column(self.layout, self.layout.table(table), column)

    def occupied(self, table: str) -> str:
        """Return the range that tells filled rows."""
        if table in self.tables:
            return self.tables[table].occupied
        return self.layout.table(table).area("row_state")

    def in_row(self, place: TablePlace) -> Context:
        """Return the context of a calculated column of an answer table."""
        return RowContext(self, row_references(self.layout, place, strict=self.strict))

    def _answer(self, name: str) -> Reference:
        checklist = self.layout.checklist
        item = _find_item(checklist, name)
        if item is None:
            table = checklist.item(name.removesuffix("_reason"))
            return Reference(guard_text(f"a_{table.key}_reason"), ValueKind.TEXT)
        cell = f"a_{item.key}"
        if item.kind is Kind.TABLE:
            keys = [choice.key for choice in checklist.choices["status"]]
            return Reference(lookup_choice(cell, "v_status"), ValueKind.CHOICE, key_spellings(keys))
        return guard_cell(cell, item, [choice.key for choice in checklist.choices_of(item)], strict=self.strict)


@dataclass(frozen=True)
class RowContext:
    """The columns of one row, with the book behind them."""

    book: BookContext
    row: Mapping[str, Reference]

    def reference(self, name: str) -> Reference:
        """Return the row's own column, else what the name means in the book."""
        return self.row[name] if name in self.row else self.book.reference(name)

    def column(self, table: str, column: str) -> ColumnRange:
        """Return the range of a column of a table."""
        return self.book.column(table, column)

    def occupied(self, table: str) -> str:
        """Return the range that tells filled rows of a table."""
        return self.book.occupied(table)


def row_references(layout: Layout, place: TablePlace, *, strict: bool) -> dict[str, Reference]:
    """Return the references of the row at hand of an answer table, by structured references."""
    found = _missing_columns(layout, place)
    for column in place.columns:
        cell = this_row(place.name, column.header)
        if column.asked is not None:
            keys = [choice.key for choice in layout.checklist.choices_of(column.asked)]
            currency = currency_cell(place)
            found[column.key] = guard_cell(cell, column.asked, keys, strict=strict, currency=currency)
            if column.asked.type in (*NUMERIC, *DATED):
                unknown = Reference(guard_unknown(cell), ValueKind.NUMBER, sure=True)
                found[unknown_name(column.key)] = unknown
        elif column.computed is not None:
            found[column.key] = computed_reference(cell, column.computed, layout.language)
    return found | _span(place)


def _missing_columns(layout: Layout, place: TablePlace) -> dict[str, Reference]:
    """Return blanks for the columns of the item that the table no longer has."""
    present = {column.key for column in place.columns}
    found = {}
    for asked in place.item.columns:
        if asked.key not in present:
            kind = _KINDS.get(asked.type, ValueKind.TEXT)
            keys = key_spellings(choice.key for choice in layout.checklist.choices_of(asked))
            text = kind in (ValueKind.TEXT, ValueKind.CHOICE)
            found[asked.key] = Reference('""' if text else "NA()", kind, keys)
            found[unknown_name(asked.key)] = Reference("0", ValueKind.NUMBER, sure=True)
    return found


def currency_cell(place: TablePlace) -> str:
    """Return the cell of the currency in the row at hand, empty where the table does not ask it."""
    for column in place.columns:
        if column.asked is not None and column.asked.type is Type.CURRENCY:
            return this_row(place.name, column.header)
    return ""


def computed_reference(cell: str, computed: Computed, language: Language, made: Reference | None = None) -> Reference:
    """Return a reference to a computed cell: a choice by its label, else a value of the kind the formula yields.

    Args:
        cell: that holds it. computed: what it holds. language: of the labels.
        made: what its formula was compiled to; without it a number that is always there.
    """
    if computed.choices:
        return Reference(cell, ValueKind.CHOICE, shown_spellings(computed.choices, language))
    if made is None:
        return Reference(cell, ValueKind.NUMBER, sure=True)
    if made.sure or made.kind in (ValueKind.TEXT, ValueKind.CHOICE):
        return Reference(cell, made.kind, made.spellings, made.sure)
    test = "ISLOGICAL" if made.kind is ValueKind.FLAG else "ISNUMBER"
    return Reference(f"IF({test}({cell}),{cell},NA())", made.kind)


def shown_spellings(choices: tuple[Choice, ...], language: Language) -> Spellings:
    """Return the one spelling that a computed cell shows for each choice."""
    return {key: (label,) for key, label in labels.choice_labels(choices, language).items()}


def this_row(table: str, header: str, last: str = "") -> str:
    """Return the structured reference to a column in the row at hand, or to all columns up to `last`."""
    until = f":[{_escape_header(last)}]" if last else ""
    return f"{table}[[#This Row],[{_escape_header(header)}]{until}]"


def data_column(table: str, header: str) -> str:
    """Return the structured reference to the body of a column."""
    return f"{table}[[#Data],[{_escape_header(header)}]]"


def _escape_header(header: str) -> str:
    return "".join(f"'{mark}" if mark in "[]#'" else mark for mark in header)


def _find_item(checklist: Checklist, key: str) -> Item | None:
    return next((item for item in checklist.items if item.key == key), None)


def _span(place: TablePlace) -> dict[str, Reference]:
    """Return `start` and `end` of the row, read as `assessment.answer_scope.row_period` reads them."""
    at, begin, until = (column_of_period(place.item, bound) for bound in ("at", "from", "to"))
    opening = at or begin
    if opening is None:
        return {}
    headers = {column.key: column.header for column in place.columns}
    missing = Reference("NA()", ValueKind.DATE)
    if opening.key not in headers:
        return {"start": missing, "end": missing}
    cell = this_row(place.name, headers[opening.key])
    month = opening.type is Type.MONTH
    if until is None:
        end = guard_date(cell, Reading.LAST, month_end=month)
    else:
        end = _end_by_start(place.item, until, cell, month)
        if until.key in headers:
            last = this_row(place.name, headers[until.key])
            own = guard_date(last, Reading.LAST, month_end=until.type is Type.MONTH)
            end = f'IF(TRIM(SUBSTITUTE({last},"　"," "))="",{end},{own})'
    start = guard_date(cell, Reading.START)
    return {"start": Reference(start, ValueKind.DATE), "end": Reference(end, ValueKind.DATE)}


def _end_by_start(item: Item, until: Column, start: str, month: bool) -> str:
    """Return the end of a row whose end cell is blank."""
    if until.required:
        return guard_date(start, Reading.ALONE, month_end=month)
    if item.lookback is Lookback.CURRENT:
        return f"IFERROR({guard_date(start, Reading.ALONE, month_end=month)},{FOREVER_SERIAL})"
    return guard_date(start, Reading.LAST, month_end=month)


def _answer_column(layout: Layout, place: TablePlace, key: str) -> ColumnRange:
    column = place.column(key)
    area = place.area(key)
    if column.asked is not None:
        return asked_range(layout.checklist, column.asked, area)
    choices = column.computed.choices if column.computed is not None else ()
    kind = ValueKind.CHOICE if choices else ValueKind.NUMBER
    return ColumnRange(area, kind, shown_spellings(choices, layout.language), ours=True)


def asked_range(checklist: Checklist, column: Column, area: str) -> ColumnRange:
    """Return the range of a column that people fill in."""
    kind = _KINDS.get(column.type, ValueKind.TEXT)
    return ColumnRange(area, kind, {choice.key: labels.spellings(choice) for choice in checklist.choices_of(column)})


_KINDS = {
    Type.CHOICE: ValueKind.CHOICE, Type.DATE: ValueKind.DATE, Type.MONTH: ValueKind.DATE, Type.TICK: ValueKind.FLAG,
    Type.INTEGER: ValueKind.NUMBER, Type.NUMBER: ValueKind.NUMBER, Type.PERCENT: ValueKind.NUMBER,
    Type.MONEY: ValueKind.NUMBER,
}  # fmt: skip
