"""The cells of one sheet, found in its text and decoded only where somebody asks.

Excel, LibreOffice, openpyxl and XlsxWriter all write cells in one plain form, which is scanned as it stands; anything
else is parsed and put into that form first (`plain_form`), so there is one way of reading.  Why not a reading
library: calamine shows an error cell and a formula without a value as blank, tells no hidden rows, and makes room for
every cell up to the last one, which a file with a single far cell turns into all memory.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from functools import cached_property, lru_cache
from typing import NamedTuple

from xlsaddin.workbook.areas import Area, column_letters, column_number, parse_area
from xlsaddin.workbook.package import Package
from xlsaddin.workbook.read.plain_form import plain_sheet

__all__ = ["FoundCell", "SheetText", "read_sheet_text", "scan_text"]

_ELEMENT = r"<f\b[^>]*>[^<]*</f>|<f\b[^>]*/>"
_OTHER = r"[^<]*+(?:<(?!/c>)[^<]*+)*+"
_CELL = re.compile(rf'<c r="([A-Z]{{1,3}})([1-9][0-9]{{0,6}})"([^/>]*)>(?:({_ELEMENT})?<v>([^<]*)</v>|({_OTHER}))</c>')
_HIDDEN = re.compile(r' hidden="(?:1|true)"')
_HIDDEN_ROW = re.compile(r'<row r="([0-9]+)"[^>]* hidden="(?:1|true)"')
_MERGE = re.compile(r'<mergeCell ref="([A-Z0-9:]+)"')
_TYPE = re.compile(r'\bt="(\w+)"')
_STYLE = re.compile(r'\bs="([0-9]+)"')
_FORMULA = re.compile(r"<f\b[^>]*?(?:/>|>([^<]*)</f>)")
_VALUE = re.compile(r"<v\b[^>]*>([^<]*)</v>")
_INLINE = re.compile(r"<is>(.*?)</is>", re.DOTALL)
_ENCODING = r"""(?: encoding=["']utf-8["'])?"""
_XML = rf"""<\?xml version=["']1\.0["']{_ENCODING}(?: standalone=["'](?:yes|no)["'])?\s*\?>\s*"""
_PLAIN_HEAD = re.compile(rf"(?:{_XML})?<worksheet\b", re.IGNORECASE)


class FoundCell(NamedTuple):
    """A cell as it stands in the sheet, its texts still escaped.

    Attributes:
        kind: `n` number, `s` shared text, `inlineStr`, `str` text of a formula, `b`, `e` error, `d` ISO date.
        style: index of its format.
        content: the value; None when there is none.
        formula: the formula (empty for a follower of a shared one); None for a constant.
    """

    kind: str
    style: int
    content: str | None
    formula: str | None


class SheetText:
    """The cells of one sheet that hold anything.

    Args:
        cells: column, row, attributes, formula element, plain value, other content of each cell, as scanned.
        hidden: numbers of hidden rows; merged: merged areas.
    """

    def __init__(self, cells: Iterable[tuple[str, ...]], hidden: Iterable[str], merged: Iterable[str]) -> None:
        self._cells = [cell for cell in cells if cell[4] or cell[5] or cell[3]]
        self.hidden_rows = frozenset(map(int, hidden))
        self.merged: tuple[Area, ...] = tuple(map(parse_area, merged))

    @cached_property
    def _rows(self) -> dict[int, dict[str, tuple[str, ...]]]:
        """The cells by row and letters of their column; of sheets nobody asks they are never put in order."""
        return _by_row(self._cells)

    @cached_property
    def _formulas(self) -> dict[int, dict[str, tuple[str, ...]]]:
        return _by_row(cell for cell in self._cells if cell[3] or cell[5].startswith("<f"))

    @property
    def rows(self) -> Collection[int]:
        """Numbers of the rows that hold anything."""
        return self._rows.keys()

    def columns(self, row: int) -> list[int]:
        """Return the columns of a row that hold anything."""
        return [column_number(letters) for letters in self._rows.get(row, ())]

    def formula_columns(self, row: int) -> list[int]:
        """Return the columns of a row that hold a formula."""
        return [column_number(letters) for letters in self._formulas.get(row, ())]

    def formulas(self) -> Iterator[tuple[int, int, str]]:
        """Yield row, column and escaped text of every formula but those that repeat the one above them."""
        above: dict[str, str] = {}
        for number, row in self._formulas.items():
            for letters, _, _, element, _, other in row.values():
                content = element or other
                if above.get(letters) != content:
                    above[letters] = content
                    yield number, column_number(letters), _formula_text(content) or ""

    def holds(self, row: int, column: int) -> bool:
        """Return whether a cell holds a content that is not empty, or a formula."""
        found = self._rows.get(row, _NO_CELLS).get(column_letters(column))
        if found is None or found[3] or found[4]:
            return found is not None
        cell = self.cell(row, column)
        return cell is not None and (cell.content != "" or cell.formula is not None)

    def cell(self, row: int, column: int) -> FoundCell | None:
        """Return the cell at a place, None when it is blank."""
        found = self._rows.get(row, _NO_CELLS).get(column_letters(column))
        if found is None:
            return None
        _, _, attributes, element, value, other = found
        kind, style = _format(attributes)
        if not other:
            return FoundCell(kind, style, value, _formula_text(element) if element else None)
        content = _INLINE.search(other) or _VALUE.search(other)
        return FoundCell(kind, style, content and content[1], _formula_text(other))


_NO_CELLS: dict[str, tuple[str, ...]] = {}


def _by_row(cells: Iterable[tuple[str, ...]]) -> dict[int, dict[str, tuple[str, ...]]]:
    by_row: dict[str, dict[str, tuple[str, ...]]] = {}
    for cell in cells:
        row = by_row.get(cell[1])
        if row is None:
            row = by_row[cell[1]] = {}
        row[cell[0]] = cell
    return {int(number): row for number, row in by_row.items()}


def _formula_text(content: str) -> str | None:
    """Return the text of the formula element a cell's content begins with, None when it begins with none."""
    found = _FORMULA.match(content) if content.startswith("<f") else None
    return (found[1] or "") if found else None


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

    Each match takes one `</c>`, its own; so when all are taken, every cell that holds anything was in the plain form.
    """
    start, end = text.find("<sheetData>"), text.find("</sheetData>")
    if start < 0:
        return SheetText((), (), ()) if "<sheetData/>" in text else None
    cells, merged = _CELL.findall(text, start, end), _MERGE.findall(text, end)
    marks = _HIDDEN.findall(text, start, end) if text.find(" hidden=", start, end) > 0 else []
    hidden = _HIDDEN_ROW.findall(text, start, end) if marks else []
    plain = (
        len(cells) == text.count("</c>", start, end)
        and _PLAIN_HEAD.match(text)
        and "<!" not in text
        and len(merged) == text.count("<mergeCell ", end)
        and len(hidden) == len(marks)
    )
    return SheetText(cells, hidden, merged) if plain else None
