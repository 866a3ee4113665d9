"""The hidden sheet 計算: parameters, computed names, reasons, lists, level and state as rules see them, and readings.

Each block has columns of its own.  The numbers say whose they are: the procedure prints no score and no threshold.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlsaddin.assessment.rules import RuleSet
from xlsaddin.workbook.contexts import TableRanges
from xlsaddin.workbook.labels import words
from xlsaddin.workbook.office.layers import OWN, Layer
from xlsaddin.workbook.places import Spot
from xlsaddin.workbook.references import ColumnRange, Reference, ValueKind

SHEET = words()["result_sheet.calculation"][0]

PARAMETERS, NAMES, REASONS, LISTS, RESULT, BLOCKS = 1, 5, 8, 12, 16, 19
"""First column of each block."""

FIRST_ROW = 3
LIST_ROWS = 60
RESULT_KEYS = ("level", "score", "state")


def parameter_references(rules: RuleSet) -> Iterator[tuple[str, Reference]]:
    """Yield each parameter of the rules as a defined name."""
    for key in rules.parameters:
        yield key, Reference(f"p_{key}", ValueKind.NUMBER, sure=True)


def parameter_spot(rules: RuleSet, key: str) -> Spot:
    """Return the cell of a parameter's value."""
    return Spot(SHEET, FIRST_ROW + list(rules.parameters).index(key), PARAMETERS + 1)


def name_spot(rules: RuleSet, key: str) -> Spot:
    """Return the cell of a computed name of the book."""
    return Spot(SHEET, FIRST_ROW + book_names(rules).index(key), NAMES + 1)


def book_names(rules: RuleSet) -> list[str]:
    """Return the computed names of the book, in order."""
    return [computed.key for computed in rules.computed if computed.table == "book"]


def result_spot(key: str, layer: Layer = OWN) -> Spot:
    """Return the cell of level (0 to 3), score or state (its key)."""
    return Spot(layer.sheet(SHEET), FIRST_ROW + RESULT_KEYS.index(key), RESULT + 1)


def reason_spot(index: int, layer: Layer = OWN) -> Spot:
    """Return the cell that counts a state rule, by its place among them."""
    return Spot(layer.sheet(SHEET), FIRST_ROW + index, REASONS + 2)


def table_ranges(rules: RuleSet, layer: Layer = OWN) -> dict[str, TableRanges]:
    """Return the ranges of tables `reasons` and `lists`."""
    reasons = {
        "reason": ColumnRange(_area(layer, REASONS, len(rules.states)), ValueKind.TEXT, ours=True),
        "state": ColumnRange(_area(layer, REASONS + 1, len(rules.states)), ValueKind.TEXT, ours=True),
        "number": ColumnRange(_area(layer, REASONS + 2, len(rules.states)), ValueKind.NUMBER, ours=True),
    }
    lists = {
        "list": ColumnRange(_area(OWN, LISTS, LIST_ROWS), ValueKind.TEXT, ours=True),
        "usable": ColumnRange(_area(OWN, LISTS + 1, LIST_ROWS), ValueKind.NUMBER, ours=True),
        "sample": ColumnRange(_area(OWN, LISTS + 2, LIST_ROWS), ValueKind.NUMBER, ours=True),
    }
    return {
        "reasons": TableRanges(reasons, reasons["reason"].area),
        "lists": TableRanges(lists, lists["list"].area),
    }


def _area(layer: Layer, column: int, rows: int) -> str:
    sheet = layer.sheet(SHEET)
    first, last = Spot(sheet, FIRST_ROW, column), Spot(sheet, FIRST_ROW + max(rows, 1) - 1, column)
    return f"{first.absolute}:{last.absolute.rpartition('!')[2]}"
