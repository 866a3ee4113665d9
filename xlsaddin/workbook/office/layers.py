"""The layers of a result: one an institution.  A Co-PI is checked twice, so an office copy may hold two of them.

Each layer is complete: sheets, tables and names of its own, with judgement columns that move its level alone.  Answers,
their computed columns, the names of the book and the lists are the same for both.
"""

from __future__ import annotations

from dataclasses import dataclass

from xlsaddin.checklist.institutions import Institution
from xlsaddin.workbook.contexts import data_column, this_row
from xlsaddin.workbook.labels import Language, words
from xlsaddin.workbook.office.columns import column_header

__all__ = ["OTHER_PREFIX", "OWN", "Layer"]

_PREFIX = "r_"
OTHER_PREFIX = "r_other_"
"""What names and tables of the second layer begin with, such as `r_other_level`."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer: of which institution, and whether it is the first one, that of the institution that checks."""

    institution: Institution = Institution.LEAD
    own: bool = True

    def named(self, name: str) -> str:
        """Return a table or name of results, such as `r_hits`, as this layer calls it."""
        return name if self.own else OTHER_PREFIX + name.removeprefix(_PREFIX)

    def sheet(self, name: str) -> str:
        """Return the name of a result sheet; that of the other institution says whose it is."""
        return name if self.own else words()[f"layer.{self.institution.value}"][0].format(name=name)

    def cell(self, table: str, key: str, language: Language) -> str:
        """Return the reference to a column of a result table in the row at hand."""
        return this_row(self.named(table), column_header(table, key, language))

    def body(self, table: str, key: str, language: Language) -> str:
        """Return the reference to all rows of a column of a result table."""
        return data_column(self.named(table), column_header(table, key, language))


OWN = Layer()
