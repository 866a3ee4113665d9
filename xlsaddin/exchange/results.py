"""Result tables of an office edition as they stand: rows by column key, whatever the language of their headers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xlsaddin.exchange.seal.contents import canonical_text
from xlsaddin.workbook.labels import Language
from xlsaddin.workbook.office.columns import column_header
from xlsaddin.workbook.read.book_cells import BookCells
from xlsaddin.workbook.read.headers import tidy_header
from xlsaddin.workbook.structure import Structure, Table

__all__ = ["read_result_rows", "result_tables"]


def result_tables(structure: Structure, part: str) -> tuple[Table, ...]:
    """Return the tables of one kind (`hits`, `findings` …) of every layer, known by the last word of their name."""
    return tuple(
        table for name, table in structure.tables.items() if name.startswith("r_") and name.endswith(f"_{part}")
    )


def read_result_rows(
    structure: Structure, cells: BookCells, table: Table, kind: str, keys: Sequence[str]
) -> Iterator[Mapping[str, str]]:
    """Yield the rows under the header of a result table as canonical texts by column key, blank ones left out.

    Args:
        structure, cells: of the book. table: the table. kind: whose headers it has, such as `r_hits`.
        keys: columns wanted; one that is gone is left out.
    """
    sheet = structure.sheet_by_name[table.sheet.casefold()].part
    headers = {tidy_header(header): number for number, header in enumerate(table.headers, table.area.left)}
    columns = {key: number for key in keys if (number := _find(headers, kind, key))}
    for row in sorted(row for row in cells.sheet(sheet).rows if row > table.area.top):
        texts = {key: canonical_text(cells.value(sheet, row, column)) for key, column in columns.items()}
        if any(texts.values()):
            yield texts


def _find(headers: Mapping[str, int], kind: str, key: str) -> int:
    """Return the sheet column of a column of a result table, 0 where it is gone."""
    spellings = (tidy_header(column_header(kind, key, language)) for language in Language)
    return next((headers[spelling] for spelling in spellings if spelling in headers), 0)
