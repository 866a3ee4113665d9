"""What a reader found, before anything is understood: contents with their places.  `values.read_answers` reads it.

The workbook reader fills these; `raw_answers` makes them from plain Python values (API, tests, prefill).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from xlsaddin.checklist.model import Checklist, Item, Kind
from xlsaddin.findings import Location

__all__ = ["RawAnswers", "RawCell", "RawRow", "RawTable", "raw_answers"]


@dataclass(frozen=True, slots=True)
class RawCell:
    """Content of one cell as found (str, number, bool, date, datetime or None), and whether it shows an error."""

    content: object = None
    location: Location = field(default_factory=Location)
    error: bool = False


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row of a table by column key; blank rows may be among them and are left out when read."""

    cells: Mapping[str, RawCell]
    row_id: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class RawTable:
    """State cell, reason cell and rows of a table item."""

    status: RawCell = field(default_factory=RawCell)
    reason: RawCell = field(default_factory=RawCell)
    rows: Sequence[RawRow] = ()


@dataclass(frozen=True, slots=True)
class RawAnswers:
    """Everything found in one workbook: single items and tables by item key, and what `_meta` says."""

    checklist: str
    singles: Mapping[str, RawCell] = field(default_factory=dict)
    tables: Mapping[str, RawTable] = field(default_factory=dict)
    version: str = ""
    profile: str = "default"
    language: str = "both"


def raw_answers(checklist: Checklist, given: Mapping[str, Any], profile: str = "default") -> RawAnswers:
    """Return raw answers from plain values.

    Args:
        checklist: whose items are answered.
        given: by item key: a value for a single item; for a table the text of its state cell, a list of rows
            (column key -> value; the state is then あり), or `{"status": …, "reason": …, "rows": […]}`.
        profile: of the template.

    Raises:
        KeyError: for a key the checklist does not have.
    """
    singles: dict[str, RawCell] = {}
    tables: dict[str, RawTable] = {}
    for key, value in given.items():
        item = checklist.item(key)
        if item.kind is Kind.TABLE:
            tables[key] = _table(checklist, item, value)
        else:
            singles[key] = RawCell(value, Location(item=key, sheet=checklist.section(item.section).sheet))
    return RawAnswers(checklist.key, singles, tables, checklist.version, profile)


def _table(checklist: Checklist, item: Item, value: Any) -> RawTable:
    place = Location(item=item.key, sheet=checklist.section(item.section).sheet)
    if not isinstance(value, Mapping):
        value = {"status": value} if isinstance(value, str) or value is None else {"status": "given", "rows": value}
    rows = [_row(item, row, replace(place, row=number)) for number, row in enumerate(value.get("rows", ()), 1)]
    return RawTable(RawCell(value.get("status"), place), RawCell(value.get("reason"), place), rows)


def _row(item: Item, row: Mapping[str, Any], place: Location) -> RawRow:
    return RawRow({key: RawCell(row[key], replace(place, column=item.column(key).key)) for key in row})
