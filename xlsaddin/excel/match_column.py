"""The match column of an answer table in the office edition, and the function that stands in it while it is live."""

from __future__ import annotations

from dataclasses import dataclass

import xlwings as xw

from xlsaddin.checklist.loading import checklist_keys, load_checklist
from xlsaddin.checklist.model import Item
from xlsaddin.excel.boundary import as_grid
from xlsaddin.excel.session import queries_of
from xlsaddin.excel.writing.contents import write_grid
from xlsaddin.screening.model import Query
from xlsaddin.workbook.areas import cell_name
from xlsaddin.workbook.labels import Language, word
from xlsaddin.workbook.meta import META_SHEET
from xlsaddin.workbook.read.headers import column_spellings, find_columns, tidy_header


@dataclass(frozen=True, slots=True)
class MatchColumn:
    """A match column and the screened columns it answers for.

    Attributes:
        sheet: of the table. first_row, rows: its body. column: where the results stand.
        screened: column number, column number of the country (0 without one) and kind of each screened column.
    """

    sheet: xw.Sheet
    first_row: int
    rows: int
    column: int
    screened: tuple[tuple[int, int, str], ...]

    def queries(self) -> list[Query]:
        """Return the names of all rows as the functions will ask for them."""
        found: list[Query] = []
        for column, country, kind in self.screened:
            names = self._values(column)
            countries = self._values(country) if country else [None] * len(names)
            asked = [(name, where) for name, where in zip(names, countries, strict=True) if str(name or "").strip()]
            found += queries_of([name for name, _ in asked], [where for _, where in asked], [kind] * len(asked))
        return found

    def write(self) -> None:
        """Put the functions in, one call for the column."""
        formulas = [[f"={self._formula(self.first_row + offset)}"] for offset in range(self.rows)]
        write_grid(self.sheet, self.first_row, self.column, formulas)

    def _formula(self, row: int) -> str:
        """Return the function for one row; several screened columns stand below each other in the cell."""
        calls = [_call(row, *one) for one in self.screened]
        cells = [cell_name(row, column) for column, _, _ in self.screened]
        joined = calls[0]
        for number, call in enumerate(calls[1:], 1):
            before = "&".join(cells[:number])
            joined += f'&IF(OR({before}="",{cells[number]}=""),"",CHAR(10))&{call}'
        return joined

    def _values(self, column: int) -> list[object]:
        cells = self.sheet.range((self.first_row, column), (self.first_row + self.rows - 1, column))
        return [row[0] for row in as_grid(cells.options(ndim=2).value)]


def find_match_columns(book: xw.Book) -> list[MatchColumn]:
    """Return the match columns of an open book; none where it is no office edition of ours."""
    names = [sheet.name for sheet in book.sheets]
    if META_SHEET not in names:
        return []
    meta = {str(row[0]): row[1] for row in as_grid(book.sheets[META_SHEET].used_range.options(ndim=2).value)}
    if meta.get("checklist") not in checklist_keys():
        return []
    items = {f"t_{item.key}": item for item in load_checklist(str(meta["checklist"])).items}
    tables = [table for sheet in book.sheets for table in sheet.tables if table.name in items]
    found = [_match_column(table, items[table.name]) for table in tables]
    return [column for column in found if column is not None]


def _match_column(table: xw.main.Table, item: Item) -> MatchColumn | None:
    """Return the match column of an open table; None for a table without one (no answers, or not checked yet)."""
    header, body = table.header_row_range, table.data_body_range
    if header is None or body is None:
        return None
    texts = {header.column + n: str(text or "") for n, text in enumerate(as_grid(header.options(ndim=2).value)[0])}
    results = {tidy_header(word("growth.found", language)) for language in Language}
    column = next((number for number, text in texts.items() if tidy_header(text) in results), 0)
    places = find_columns(texts, column_spellings(item.columns))
    screened = tuple(
        (places[one.key], places.get(one.country_from, 0), str(one.screen))
        for one in item.columns
        if one.screen and not one.screen_note and one.key in places
    )
    if not column or not screened:
        return None
    return MatchColumn(header.sheet, body.row, body.shape[0], column, screened)


def _call(row: int, column: int, country: int, kind: str) -> str:
    place = cell_name(row, country) if country else '""'
    return f'RS_MATCH({cell_name(row, column)},{place},"{kind}")'
