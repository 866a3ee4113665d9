"""What names mean in cells while an expression becomes a formula: references to values and column ranges.

A reference to one value keeps to a convention, so that `formula` need not guard it again: a number, date or flag is
there or is an error; a text or choice is there or is `""`.  `guards` makes such references to cells people type into.
"""

from __future__ import annotations

from collections.abc import Mapping
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
        blank: yields whether nobody wrote anything, where that is not the same as having no value ("unknown" where
            a number is due is an answer).
    """

    formula: str
    kind: ValueKind
    spellings: Spellings = field(default_factory=dict)
    sure: bool = False
    blank: str = ""


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
