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

_OTHER = rb"(?:<(?!/?(?:c|row)\b|!|/?\w*:)[^<]*+)*+"
_CELL = re.compile(rb'<c r="([A-Z]{1,3}+)([1-9][0-9]{0,6}+)"([^/>]*+)>(?:<v>([^<]*+)</v>|(%b))</c>' % _OTHER)
_STEP = _CELL.groups + 1
_ODD = re.compile(rb'<(?!/?row\b|c r=")')
_HIDDEN = re.compile(rb' hidden="(?:1|true)"')
_HIDDEN_ROW = re.compile(rb'<row r="([0-9]+)"[^>]* hidden="(?:1|true)"')
_MERGE = re.compile(rb'<mergeCell ref="([A-Z0-9:]+)"')
_TYPE = re.compile(rb'\bt="(\w+)"')
_STYLE = re.compile(rb'\bs="([0-9]+)"')
_FORMULA = re.compile(rb"<f\b[^>]*?(?:/>|>([^<]*)</f>)")
_VALUE = re.compile(rb"<v\b[^>]*>([^<]*)</v>")
_ENCODING = rb"""(?: encoding=["']utf-8["'])?"""
_XML = rb"""<\?xml version=["']1\.0["']%b(?: standalone=["'](?:yes|no)["'])?\s*\?>\s*""" % _ENCODING
_PLAIN_HEAD = re.compile(rb"(?:%b)?<worksheet\b" % _XML, re.IGNORECASE)

StoredCell = tuple[bytes, bytes, bytes, bytes | None, bytes | None]
"""A cell as it stands in the sheet, still escaped: letters of its column, number of its row, attributes, plain value,
or whatever it holds instead (a formula with its value, an inline text)."""


def content_of(cell: StoredCell) -> tuple[str, int, str | None]:
    """Return kind, style and content of a cell.

    The kind is `n` number, `s` shared text, `inlineStr`, `str` text of a formula, `b`, `e` error or `d` ISO date; the
    style is the index of its format; the content is still escaped, None when the cell has no value.  Raises
    UnicodeDecodeError for what is no text.
    """
    content = _content(cell)
    return *_format(cell[2]), None if content is None else content.decode()


def _content(cell: StoredCell) -> bytes | None:
    _, _, _, value, other = cell
    if not other:
        return value
    if other.startswith(b"<is>") and (end := other.find(b"</is>")) > 0:
        return other[4:end]
    found = _VALUE.search(other)
    return found and found[1]


def formula_of(cell: StoredCell) -> str | None:
    """Return the formula of a cell, still escaped (empty for a follower of a shared one); None for a constant."""
    found = _FORMULA.match(cell[4] or b"")
    return (found[1] or b"").decode() if found else None


class SheetText:
    """The cells of one sheet that hold anything.

    Args:
        parts: its text cut at its cells: what stands between them, and the pieces of each cell, as `_CELL` finds them.
        hidden: numbers of hidden rows; merged: merged areas.
    """

    def __init__(self, parts: list[bytes], hidden: Iterable[bytes], merged: Iterable[bytes]) -> None:
        self._parts = parts
        self.hidden_rows = frozenset(map(int, hidden))
        self.merged: tuple[Area, ...] = tuple(parse_area(area.decode()) for area in merged)

    @cached_property
    def _rows(self) -> dict[int, dict[int, StoredCell]]:
        """The cells by row and column; of sheets nobody asks they are never put in order."""
        by_row: dict[bytes, dict[int, StoredCell]] = {}
        for cell in zip(*(self._parts[first::_STEP] for first in range(1, _STEP)), strict=True):
            if cell[3] or cell[4]:
                row = by_row.get(cell[1])
                if row is None:
                    row = by_row[cell[1]] = {}
                row[_column(cell[0])] = cell
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
        return [column for column, cell in self.row(row).items() if (cell[4] or b"").startswith(b"<f")]

    def formulas(self) -> Iterator[tuple[int, int, bytes]]:
        """Yield row, column and escaped text of every formula but those that repeat the one above them."""
        above: dict[bytes, bytes] = {}
        for at, content in enumerate(self._parts[_STEP - 1 :: _STEP]):
            if content and content.startswith(b"<f"):
                letters = self._parts[at * _STEP + 1]
                if not content.startswith(above.get(letters, _NO_FORMULA)):
                    found = _FORMULA.match(content)
                    above[letters] = found[0] if found else content
                    row = int(self._parts[at * _STEP + 2])
                    yield row, _column(letters), (found and found[1]) or b""

    def holds(self, row: int, columns: Iterable[int]) -> bool:
        """Return whether one of these cells of a row holds a content that is not empty, or a formula."""
        cells = self.row(row)
        for column in columns:
            if (cell := cells.get(column)) is not None and (
                cell[3] or _content(cell) != b"" or _FORMULA.match(cell[4] or b"") is not None
            ):
                return True
        return False


_NO_CELLS: dict[int, StoredCell] = {}
_NO_FORMULA = b"\0"


@lru_cache(maxsize=4096)  # a book has a handful of formats and thousands of cells
def _format(attributes: bytes) -> tuple[str, int]:
    kind, style = _TYPE.search(attributes), _STYLE.search(attributes)
    return kind[1].decode() if kind else "n", int(style[1]) if style else 0


@lru_cache(maxsize=1024)
def _column(letters: bytes) -> int:
    return column_number(letters.decode())


def read_sheet_text(package: Package, part: str) -> SheetText:
    """Return the cells of a sheet part.

    Raises:
        WorkbookError: when it cannot be parsed, or names rows and areas no sheet has.
    """
    with suppress(ValueError):
        if (found := scan_text(package.read(part))) is not None:
            return found
    with suppress(ValueError):
        if (found := scan_text(plain_sheet(package.tree(part)).encode())) is not None:
            return found
    raise package.error("RS-FILE-004")


def scan_text(text: bytes) -> SheetText | None:
    """Return the cells of a sheet's text, None when any of it is not in the plain form.

    When only rows and blank cells are left between the cells found, every cell that holds anything was in the plain
    form. Looking through what is left is much quicker than looking through the whole text.
    """
    parts = _CELL.split(text)
    if len(parts) == 1:
        parts = [text.replace(b"<sheetData/>", b"<sheetData></sheetData>", 1)]
    head, rest, tail = parts[0], b"".join(parts[::_STEP]), parts[-1]
    if b"<sheetData>" not in head or b"</sheetData>" not in tail or not _PLAIN_HEAD.match(head) or b"<!" in rest:
        return None
    rows = rest[rest.find(b"<sheetData>") + len(b"<sheetData>") : rest.rfind(b"</sheetData>")]
    rest.decode()  # what is no cell is not looked at again; the texts of cells are decoded when somebody asks
    marks, merged = _HIDDEN.findall(rows), _MERGE.findall(tail)
    hidden = _HIDDEN_ROW.findall(rows) if marks else []
    plain = not _ODD.search(rows) and len(hidden) == len(marks) and len(merged) == tail.count(b"<mergeCell ")
    return SheetText(parts, hidden, merged) if plain else None
