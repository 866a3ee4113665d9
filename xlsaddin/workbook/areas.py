"""Places on a sheet: rows and columns 1-based as Excel shows them, and their `B3:D9` spelling."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384

_AREA = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})(?::\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6}))?")


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells, both corners included."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        first, last = cell_name(self.top, self.left), cell_name(self.bottom, self.right)
        return first if first == last else f"{first}:{last}"

    def holds(self, row: int, column: int) -> bool:
        """Return True when the cell lies inside."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    def meets(self, other: Area) -> bool:
        """Return True when the two share a cell."""
        rows = self.top <= other.bottom and other.top <= self.bottom
        return rows and self.left <= other.right and other.left <= self.right


@lru_cache(maxsize=4096)  # the areas of a form are the same in every copy of it
def parse_area(text: str) -> Area:
    """Return the area of `B3`, `B3:D9` or the same with `$`; raises ValueError."""
    found = _AREA.fullmatch(text)
    if found is None:
        raise ValueError(f"not an area: {text!r}")
    left, top, right, bottom = found.groups()
    columns = (column_number(left), column_number(right or left))
    rows = (int(top), int(bottom or top))
    if max(rows) > LAST_ROW or max(columns) > LAST_COLUMN:
        raise ValueError(f"outside the sheet: {text!r}")
    return Area(min(rows), min(columns), max(rows), max(columns))


@lru_cache(maxsize=1024)
def column_number(letters: str) -> int:
    """Return 1 for `A`, 27 for `AA`."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


@lru_cache(maxsize=1024)
def column_letters(column: int) -> str:
    """Return `A` for 1, `AA` for 27."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """Return `C12` for row 12, column 3."""
    return f"{column_letters(column)}{row}"
