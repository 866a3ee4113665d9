"""What names mean in cells while an expression becomes a formula: references, column ranges, and how to guard them.

A reference to one value keeps to a convention, so that `formula` need not guard it again: a number, date or flag is
there or is an error; a text or choice is there or is `""`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

Spellings = Mapping[str, tuple[str, ...]]
"""Accepted spellings of each choice key; the first is the one shown."""


class ValueKind(StrEnum):
    """What a reference yields. Spreadsheets know dates as numbers only, so the kind is known beforehand."""

    TEXT = "text"
    CHOICE = "choice"
    NUMBER = "number"
    DATE = "date"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Reference:
    """A value in a cell, as a formula that keeps to the convention of this module.

    Attributes:
        formula: yields the value.
        kind: what it yields.
        spellings: of a choice.
        sure: True when a value is always there, so that an error is one to be seen and not a blank.
    """

    formula: str
    kind: ValueKind
    spellings: Spellings = field(default_factory=dict)
    sure: bool = False


@dataclass(frozen=True, slots=True)
class ColumnRange:
    """One column of a table: an absolute range of single cells.

    Attributes:
        area: such as `'学歴'!$C$8:$C$507`; kind, spellings: of its cells.
        ours: True when the cells are written by us alone, so that each holds one spelling and dates are dates.
    """

    area: str
    kind: ValueKind
    spellings: Spellings = field(default_factory=dict)
    ours: bool = False


class Context(Protocol):
    """Where the names and tables of an expression stand in cells."""

    def reference(self, name: str) -> Reference:
        """Return what a name refers to; raises KeyError for an unknown one."""
        ...

    def column(self, table: str, column: str) -> ColumnRange:
        """Return the range of a column; raises KeyError for an unknown one."""
        ...

    def occupied(self, table: str) -> str:
        """Return a range of the table's rows that holds a text exactly where a row is filled."""
        ...


def quote_text(text: str) -> str:
    """Return a text as it is written inside a formula."""
    return '"' + text.replace('"', '""') + '"'


def quote_sheet(name: str) -> str:
    """Return a sheet name as it is written before `!`."""
    return "'" + name.replace("'", "''") + "'"


def guard_number(cell: str) -> str:
    """Return a formula that yields the number (or date) of a cell that may hold anything."""
    return f"IF(ISNUMBER({cell}),{cell},NA())"


def guard_text(cell: str) -> str:
    """Return a formula that yields the text of a cell that may hold anything, without blanks around it."""
    return f'IFERROR(TRIM(SUBSTITUTE({cell},"　"," ")),"")'


def guard_choice(cell: str, spellings: str) -> str:
    """Return a formula that yields the key of a choice in any of its spellings.

    Args:
        cell: the cell. spellings: name of the range spelling | key.
    """
    text = escape_wildcards(f'TRIM(SUBSTITUTE({cell},"　"," "))')
    return f'IFERROR(VLOOKUP({text},{spellings},2,FALSE),"")'


def key_spellings(keys: Iterable[str]) -> Spellings:
    """Return the spellings of a choice whose reference yields the key itself."""
    return {key: (key,) for key in keys}


def guard_date(cell: str, readings: str, column: int) -> str:
    """Return a formula that yields the date of a cell: a date as such, a text by the readings Python made of it.

    Args:
        cell: the cell. readings: name of the range text | first day | last day. column: 2 or 3 of it.
    """
    return f"IF(ISNUMBER({cell}),{cell},VLOOKUP({escape_wildcards(cell)},{readings},{column},FALSE))"


def escape_wildcards(text: str) -> str:
    """Return a formula that makes a text safe where Excel takes `*`, `?` and `~` for wildcards."""
    return f'SUBSTITUTE(SUBSTITUTE(SUBSTITUTE({text},"~","~~"),"*","~*"),"?","~?")'
