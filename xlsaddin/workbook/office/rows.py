"""Rows of the result page, added from top to bottom."""

from __future__ import annotations

from dataclasses import dataclass, field

from xlsaddin.workbook.plan import CellPlan, CellValue

FIRST_COLUMN, LAST_COLUMN = 2, 9
WIDE = LAST_COLUMN - FIRST_COLUMN + 1


@dataclass
class Rows:
    """Cells of a page and the row that comes next."""

    row: int = 1
    cells: list[CellPlan] = field(default_factory=list)

    def put(
        self, column: int, value: CellValue, style: str, formula: str = "", across: int = 1, link: str = ""
    ) -> tuple[int, int]:
        """Put a cell into the present row; return its place."""
        self.cells.append(CellPlan(self.row, column, value, formula, style, link, across=across))
        return self.row, column

    def line(self, value: CellValue, style: str, formula: str = "") -> None:
        """Put a text over the whole page and go to the next row."""
        self.put(FIRST_COLUMN, value, style, formula, WIDE)
        self.next()

    def next(self) -> None:
        """Go to the next row."""
        self.row += 1
