"""The cells of one sheet, found in its text and decoded only where somebody asks.

Excel, LibreOffice, openpyxl and XlsxWriter all write cells in one plain form, which is scanned as it stands; anything
else is parsed and put into that form first (`plain_form`), so there is one way of reading.  Why not a reading
library: calamine shows an error cell and a formula without a value as blank, tells no hidden rows, and makes room for
every cell up to the last one, which a file with a single far cell turns into all memory.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property, lru_cache

from xlsaddin.workbook.areas import Area, column_number, parse_area
from xlsaddin.workbook.package import Package
from xlsaddin.workbook.read.plain_form import plain_sheet

__all__ = ["SheetText", "StoredCell", "content_of", "formula_of", "read_sheet_text", "scan_text"]

_OTHER = r"(?:<(?!/?(?:c|row)\b|!|/?\w*:)[^<]*+)*+"
_CELL = re.compile(rf'<c r="([A-Z]{{1,3}}+)([1-9][0-9]{{0,6}}+)"([^/>]*+)>(?:<v>([^<]*+)</v>|({_OTHER}))</c>')
_STEP = _CELL.groups + 1
_ODD = re.compile(r'<(?!/?row\b|c r=")')
_HIDDEN = re.compile(r' hidden="(?:1|true)"')
_HIDDEN_ROW = re.compile(r'<row r="([0-9]+)"[^>]* hidden="(?:1|true)"')
_MERGE = re.compile(r'<mergeCell ref="([A-Z0-9:]+)"')
_TYPE = re.compile(r'\bt="(\w+)"')
_STYLE = re.compile(r'\bs="([0-9]+)"')
_FORMULA = re.compile(r"<f\b[^>]*?(?:/>|>([^<]*)</f>)")
_VALUE = re.compile(r"<v\b[^>]*>([^<]*)</v>")
_ENCODING = r"""(?: encoding=["']utf-8["'])?"""
_XML = rf"""<\?xml version=["']1\.0["']{_ENCODING}(?: standalone=["'](?:yes|no)["'])?\s*\?>\s*"""
_PLAIN_HEAD = re.compile(rf"(?:{_XML})?<worksheet\b", re.IGNORECASE)

StoredCell = tuple[str, str, str, str | None, str | None]
"""A cell as it stands in the sheet, still escaped: letters of its column, number of its row, attributes, plain value,
or whatever it holds instead (a formula with its value, an inline text)."""


def content_of(cell: StoredCell) -> tuple[str, int, str | None]:
    """Return kind, style and content of a cell.

    The kind is `n` number, `s` shared text, `inlineStr`, `str` text of a formula, `b`, `e` error or `d` ISO date; the
    style is the index of its format; the content is still escaped, None when the cell has no value.
    """
    _, _, attributes, value, other = cell
    kind, style = _format(attributes)
    if not other:
        return kind, style, value
    if other.startswith("<is>") and (end := other.find("</is>")) > 0:
        return kind, style, other[4:end]
    content = _VALUE.search(other)
    return kind, style, content and content[1]


def formula_of(cell: StoredCell) -> str | None:
    """Return the formula of a cell, still escaped (empty for a follower of a shared one); None for a constant."""
    found = _FORMULA.match(cell[4] or "")
    return (found[1] or "") if found else None


class SheetText:
    """The cells of one sheet that hold anything.

    Args:
        parts: its text cut at its cells: what stands between them, and the pieces of each cell, as `_CELL` finds them.
        hidden: numbers of hidden rows; merged: merged areas.
    """

    def __init__(self, parts: list[str], hidden: Iterable[str], merged: Iterable[str]) -> None:
        self._parts = parts
        self.hidden_rows = frozenset(map(int, hidden))
        self.merged: tuple[Area, ...] = tuple(map(parse_area, merged))

    @cached_property
    def _rows(self) -> dict[int, dict[int, StoredCell]]:
        """The cells by row and column; of sheets nobody asks they are never put in order."""
        by_row: dict[str, dict[int, StoredCell]] = {}
        for cell in zip(*(self._parts[first::_STEP] for first in range(1, _STEP)), strict=True):
            if cell[3] or cell[4]:
                row = by_row.get(cell[1])
                if row is None:
                    row = by_row[cell[1]] = {}
                row[column_number(cell[0])] = cell
        return {int(number): row for number, row in by_row.items()}

    @property
    def rows(self) -> Collection[int]:
        """Numbers of the rows that hold anything."""
        return self._rows.keys()

    def row(self, number: int) -> Mapping[int, StoredCell]:
        """Return the cells of a row that hold anything, by column."""
        return self._rows.get(number, _NO_CELLS)

    def formula_columns(self, row: int) -> list[int]:
        """Return the columns of a row that hold a formula."""
        return [column for column, cell in self.row(row).items() if (cell[4] or "").startswith("<f")]

    def formulas(self) -> Iterator[tuple[int, int, str]]:
        """Yield row, column and escaped text of every formula but those that repeat the one above them."""
        above: dict[str, str] = {}
        for at, content in enumerate(self._parts[_STEP - 1 :: _STEP]):
            if content and content.startswith("<f"):
                letters = self._parts[at * _STEP + 1]
                if not content.startswith(above.get(letters, _NO_FORMULA)):
                    found = _FORMULA.match(content)
                    above[letters] = found[0] if found else content
                    row = int(self._parts[at * _STEP + 2])
                    yield row, column_number(letters), (found and found[1]) or ""

    def holds(self, row: int, columns: Iterable[int]) -> bool:
        """Return whether one of these cells of a row holds a content that is not empty, or a formula."""
        cells = self.row(row)
        for column in columns:
            if (cell := cells.get(column)) is not None and (
                cell[3] or content_of(cell)[2] != "" or formula_of(cell) is not None
            ):
                return True
        return False


_NO_CELLS: dict[int, StoredCell] = {}
_NO_FORMULA = "\0"


@lru_cache(maxsize=4096)  # a book has a handful of formats and thousands of cells
def _format(attributes: str) -> tuple[str, int]:
    kind, style = _TYPE.search(attributes), _STYLE.search(attributes)
    return kind[1] if kind else "n", int(style[1]) if style else 0


def read_sheet_text(package: Package, part: str) -> SheetText:
    """Return the cells of a sheet part.

    Raises:
        WorkbookError: when it cannot be parsed, or names rows and areas no sheet has.
    """
    with suppress(ValueError):
        if (found := scan_text(package.read(part).decode())) is not None:
            return found
    with suppress(ValueError):
        if (found := scan_text(plain_sheet(package.tree(part)))) is not None:
            return found
    raise package.error("RS-FILE-004")


def scan_text(text: str) -> SheetText | None:
    """Return the cells of a sheet's text, None when any of it is not in the plain form.

    When only rows and blank cells are left between the cells found, every cell that holds anything was in the plain
    form. Looking through what is left is much quicker than looking through the whole text.
    """
    parts = _CELL.split(text)
    if len(parts) == 1:
        parts = [text.replace("<sheetData/>", "<sheetData></sheetData>", 1)]
    head, rest, tail = parts[0], "".join(parts[::_STEP]), parts[-1]
    if "<sheetData>" not in head or "</sheetData>" not in tail or not _PLAIN_HEAD.match(head) or "<!" in rest:
        return None
    rows = rest[rest.find("<sheetData>") + len("<sheetData>") : rest.rfind("</sheetData>")]
    marks, merged = _HIDDEN.findall(rows), _MERGE.findall(tail)
    hidden = _HIDDEN_ROW.findall(rows) if marks else []
    plain = not _ODD.search(rows) and len(hidden) == len(marks) and len(merged) == tail.count("<mergeCell ")
    return SheetText(parts, hidden, merged) if plain else None
