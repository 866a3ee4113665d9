"""Raw answers understood: every cell read by its type, blank rows left out, states and reasons of tables.

Cells are read one by one in `cells`; here stands what takes a whole row or table: the currency beside an amount, the
place of each cell.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile

from xlsaddin.checklist.amounts import Money
from xlsaddin.checklist.answers import Answer, Answers, AnswerStatus, Cell, Fault, Row
from xlsaddin.checklist.cells import read_cell, read_content
from xlsaddin.checklist.model import Checklist, Column, Item, Kind, Type
from xlsaddin.checklist.raw import RawAnswers, RawCell, RawRow, RawTable
from xlsaddin.checklist.words import find_choice, is_unknown

__all__ = ["read_answers", "read_cell"]


def read_answers(checklist: Checklist, raw: RawAnswers) -> Answers:
    """Return the answers of a workbook; what cannot be read is a fault of its cell. Never raises."""
    items: dict[str, Answer] = {}
    for item in checklist.items:
        if item.kind is Kind.TABLE:
            if item.key in raw.tables:
                items[item.key] = _read_table(checklist, item, raw.tables[item.key])
        elif item.key in raw.singles:
            items[item.key] = Answer(cell=_read_single(checklist, item, raw.singles[item.key]))
    return Answers(checklist.key, items, raw.version, raw.profile, raw.language)


def _read_single(checklist: Checklist, item: Item, raw: RawCell) -> Cell:
    if raw.location.item != item.key:
        raw = replace(raw, location=replace(raw.location, item=item.key))
    cell = read_cell(item, raw, checklist)
    foreign = item.type is Type.MONEY and isinstance(cell.value, str) and not is_unknown(cell.value)
    return replace(cell, value=None, fault=Fault.AMBIGUOUS) if foreign else cell


def _read_table(checklist: Checklist, item: Item, raw: RawTable) -> Answer:
    filled = (row for row in raw.rows if any(cell.error or not _is_blank(cell.content) for cell in row.cells.values()))
    rows = tuple(_read_row(checklist, item, row, number) for number, row in enumerate(filled, 1))
    status, status_cell = _read_status(checklist, item, raw.status)
    reason = "" if _is_blank(raw.reason.content) else str(raw.reason.content).strip()
    return Answer(status=status, status_cell=status_cell, reason=reason, rows=rows)


def _read_status(checklist: Checklist, item: Item, raw: RawCell) -> tuple[AnswerStatus, Cell]:
    place = raw.location if raw.location.item == item.key else replace(raw.location, item=item.key)
    if raw.error:
        return AnswerStatus.BLANK, Cell(raw.content, None, place, Fault.ERROR_CELL)
    if _is_blank(raw.content):
        return AnswerStatus.BLANK, Cell(raw.content, None, place)
    chosen = find_choice(str(raw.content), checklist.choices["status"])
    if chosen is None:
        return AnswerStatus.BLANK, Cell(raw.content, None, place, Fault.NOT_A_CHOICE)
    return AnswerStatus(chosen.key), Cell(raw.content, chosen.key, place)


def _read_row(checklist: Checklist, item: Item, raw: RawRow, number: int) -> Row:
    cells: dict[str, Cell] = {}
    for column in item.columns:
        if (found := raw.cells.get(column.key)) is not None:
            at = found.location
            if at.row != number or at.column != column.key or at.item != item.key:
                found = replace(found, location=replace(at, item=item.key, column=column.key, row=number))
            cells[column.key] = read_cell(column, found, checklist)
    if item.currency is not None:
        _settle_currency(item, item.currency, raw, cells)
    return Row(number, cells, raw.row_id, raw.hidden)


def _is_blank(content: object) -> bool:
    return content is None or (isinstance(content, str) and not content.strip())


def _settle_currency(item: Item, named_in: Column, raw: RawRow, cells: dict[str, Cell]) -> None:
    """Read `USD 3,000` as an amount of the currency to its right, and ask where the two differ.

    Without a currency there, foreign money stays a text: no rule may take it for yen.
    """
    currency = cells.get(named_in.key, Cell())
    before = takewhile(lambda column: column is not named_in, item.columns)
    amounts = (column for column in before if column.type is Type.MONEY and column.key in cells)
    for column in amounts if not currency.blank else ():
        found = read_content(column, raw.cells[column.key], ())
        if isinstance(found, Money) and found.currency == currency.value:
            cells[column.key] = replace(cells[column.key], value=found.amount)
        elif isinstance(found, Money) and found.currency:
            cells[column.key] = replace(cells[column.key], value=None, fault=Fault.AMBIGUOUS)
