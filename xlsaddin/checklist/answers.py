"""What somebody answered: raw cells with their place, and the values read from them.

The reader (or a caller with plain Python values) gives raw content; `values.read_answers` turns it into `Answers`.
The raw content is always kept beside the value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from xlsaddin.findings import Location

FOREVER = date(9999, 12, 31)
"""End of a period that is still running (現在, present)."""


class AnswerStatus(StrEnum):
    """The state cell of a table item. A blank is none of the others."""

    GIVEN = "given"  # あり
    NONE = "none"  # 該当なし
    NOT_OBTAINABLE = "not_obtainable"  # 情報取得不可
    PARTLY = "partly"  # 守秘義務により一部記載不可
    BLANK = "blank"  # 未記入


class Fault(StrEnum):
    """Why a cell's content could not be read as its column's type."""

    ERROR_CELL = "error_cell"  # the cell shows #N/A, #REF! ...
    UNREADABLE = "unreadable"  # not understood
    AMBIGUOUS = "ambiguous"  # more than one reading (05/06/2026): ask
    OUT_OF_RANGE = "out_of_range"
    NOT_A_CHOICE = "not_a_choice"
    BAD_CHECK_DIGIT = "bad_check_digit"
    MULTIPLE = "multiple"  # two facts in a cell for one


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date as precise as it was written: first and last possible day; `last == FOREVER` for a running period.

    `2024年5月` is 2024-05-01 to 2024-05-31; `2024年度` is 2024-04-01 to 2025-03-31.
    """

    first: date
    last: date


Value = str | int | float | bool | DateSpan | tuple[str, ...] | None
"""A value as read; blank is None.

Choices are their keys, names a tuple, dates a `DateSpan`, countries ISO alpha-2 codes where known (else as written),
money an amount (a text such as `USD 3000` where no currency column stands beside it), ticks True or False.
"unknown" (`words.UNKNOWN`) is the value of a date or number of which a person says that they do not know it.
"""


@dataclass(frozen=True, slots=True)
class Cell:
    """One answered cell.

    Attributes:
        raw: content as found (str, float, bool, date, datetime or None), never changed.
        value: what was read, None when blank or when there is a fault.
        location: where it stands.
        fault: why it could not be read.
    """

    raw: object = None
    value: Value = None
    location: Location = field(default_factory=Location)
    fault: Fault | None = None

    @property
    def blank(self) -> bool:
        """True when nobody wrote anything here."""
        return self.raw is None or (isinstance(self.raw, str) and not self.raw.strip())


@dataclass(frozen=True, slots=True)
class Row:
    """One filled row of a table item.

    Attributes:
        number: 1-based place among the filled rows of the table as read.
        cells: by column key; a column missing in the sheet is missing here.
        row_id: id written by an earlier check (office edition), else empty.
        hidden: the row was hidden in the sheet.
    """

    number: int
    cells: Mapping[str, Cell]
    row_id: str = ""
    hidden: bool = False

    def cell(self, key: str) -> Cell:
        """Return the cell of a column, a blank one when the column is missing."""
        return self.cells.get(key, _BLANK)

    def value(self, key: str) -> Value:
        """Return the value of a column, None when blank, missing or faulty."""
        return self.cell(key).value


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one item: `cell` for a single item; `status`, `reason` and `rows` for a table."""

    cell: Cell = field(default_factory=Cell)
    status: AnswerStatus = AnswerStatus.BLANK
    status_cell: Cell = field(default_factory=Cell)
    reason: str = ""
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Answers:
    """All answers of one workbook.

    Attributes:
        checklist: key; version: template version they were given in; profile, language: of the template.
        items: by item key; an item without an answer may be missing.
        reader: key of the institution that reads them; empty for the one that asked (see `institutions`).
    """

    checklist: str
    items: Mapping[str, Answer]
    version: str = ""
    profile: str = "default"
    language: str = "both"
    reader: str = ""

    def answer(self, key: str) -> Answer:
        """Return the answer of an item, an empty one when it is missing."""
        return self.items.get(key, _NO_ANSWER)

    def value(self, key: str) -> Value:
        """Return the value of a single item, None when blank, missing or faulty."""
        return self.answer(key).cell.value

    def rows(self, key: str) -> tuple[Row, ...]:
        """Return the filled rows of a table item."""
        return self.answer(key).rows


_BLANK = Cell()
_NO_ANSWER = Answer()
