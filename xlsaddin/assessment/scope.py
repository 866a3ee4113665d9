"""What names and tables mean while rules are evaluated in Python; the workbook's formulas see the same in cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from xlsaddin.assessment.rules import Computed
from xlsaddin.checklist.expression import Scalar, evaluate

TableRow = dict[str, Scalar]


class EvaluationScope:
    """Names and tables of one workbook; computed columns and names are added to it as they are evaluated.

    Args:
        names: single values by name.
        tables: rows by table; the rows are extended in place.
    """

    def __init__(self, names: Mapping[str, Scalar], tables: Mapping[str, list[TableRow]]) -> None:
        self.names: dict[str, Scalar] = dict(names)
        self.tables: dict[str, list[TableRow]] = dict(tables)

    def value(self, name: str) -> Scalar:
        """Return the value of a name; raises KeyError for an unknown one."""
        return self.names[name]

    def rows(self, table: str) -> Iterable[Mapping[str, Scalar]]:
        """Yield the rows of a table by column; raises KeyError for an unknown table."""
        return self.tables[table]

    def compute(self, computed: Computed) -> None:
        """Evaluate one computed column or name and keep what it yields."""
        if computed.table == "book":
            self.names[computed.key] = evaluate(computed.expression, self)
            return
        for row in self.rows_of(computed):
            row[computed.key] = evaluate(computed.expression, RowScope(row, self))

    def rows_of(self, computed: Computed) -> list[TableRow]:
        """Return the rows a computed column stands in: all of its table, or one of table `items`."""
        rows = self.tables[computed.table]
        return [row for row in rows if row["item"] == computed.item] if computed.item else rows


class RowScope:
    """One row of a table, with the names of the workbook behind it."""

    def __init__(self, row: Mapping[str, Scalar], book: EvaluationScope) -> None:
        self._row = row
        self._book = book

    def value(self, name: str) -> Scalar:
        """Return the row's own column, else the value of the workbook; raises KeyError."""
        return self._row[name] if name in self._row else self._book.value(name)

    def rows(self, table: str) -> Iterable[Mapping[str, Scalar]]:
        """Yield the rows of a table of the workbook."""
        return self._book.rows(table)
