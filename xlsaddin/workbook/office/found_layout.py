"""The layout of a workbook as it came back: where its tables stand now, and what their headers say now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from xlsaddin.workbook.areas import Area
from xlsaddin.workbook.labels import Language, header, words
from xlsaddin.workbook.places import ColumnPlace, Layout, SheetPlace, Spot, TablePlace
from xlsaddin.workbook.read.headers import tidy_header
from xlsaddin.workbook.structure import Table

__all__ = ["find_layout", "outline_tables"]


def find_layout(layout: Layout, tables: Mapping[str, Table] | None) -> Layout:
    """Return the layout with the tables of a received book in place of the planned ones.

    A table that is gone has no place; a column that is gone has none in its table.

    Args:
        layout: as the template was built. tables: of the book by name; None for a book just built.
    """
    if tables is None:
        return layout
    return replace(layout, sheets=tuple(_sheet(sheet, tables) for sheet in layout.sheets))


def outline_tables(tables: Mapping[str, Table]) -> tuple[tuple[str, Table], ...]:
    """Return of the tables of a book what decides its layout: where their headers stand and what they say."""
    return tuple((name, _outline(table)) for name, table in tables.items() if name.startswith("t_"))


def _outline(table: Table) -> Table:
    area = Area(table.area.top, table.area.left, table.area.top, table.area.right)
    return Table(table.name, "", table.sheet, area, table.headers, table.header_rows, 0)


def _sheet(sheet: SheetPlace, tables: Mapping[str, Table]) -> SheetPlace:
    if sheet.table is None:
        return sheet
    found = tables.get(sheet.table.name.casefold())
    return replace(sheet, table=_table(sheet.table, found) if found is not None and found.header_rows else None)


def _table(place: TablePlace, found: Table) -> TablePlace:
    known = {
        tidy_header(text): (column, text) for column, text in reversed([*enumerate(found.headers, found.area.left)])
    }
    columns: list[ColumnPlace] = []
    right = found.area.right
    for column in place.columns:
        spot = next((known[text] for text in _spellings(column) if text in known), None)
        if spot is not None:
            columns.append(replace(column, column=spot[0], header=spot[1]))
        elif column.asked is None:  # a computed column is set again beside the table
            right += 1
            columns.append(replace(column, column=right))
    return replace(
        place,
        sheet=found.sheet,
        name=found.name,
        status=Spot(found.sheet, place.status.row, place.status.column),
        header_row=found.area.top,
        last_row=found.area.top + place.last_row - place.header_row,
        columns=tuple(columns),
    )


def _spellings(column: ColumnPlace) -> list[str]:
    if column.asked is not None:
        return [tidy_header(header(column.asked, language)) for language in Language]
    ja, en = words()[f"table.{column.key}"]
    return [tidy_header(text) for text in (ja, en, f"{ja} / {en}")]
