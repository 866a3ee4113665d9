"""The cells of a whole book as Python values: texts, numbers, flags, dates by their format, errors."""

from __future__ import annotations

import math
from datetime import date, datetime
from functools import cached_property

from lxml import etree

from xlsaddin.errors import WorkbookError
from xlsaddin.workbook.content_cache import remember_by_content
from xlsaddin.workbook.package import parse_xml
from xlsaddin.workbook.read.numbers import date_styles, parse_serial
from xlsaddin.workbook.read.sheet_text import SheetText, StoredCell, content_of, read_sheet_text
from xlsaddin.workbook.read.texts import SharedTexts, decode_rich, decode_text
from xlsaddin.workbook.structure import Structure

__all__ = ["BookCells", "CellContent"]

CellContent = str | int | float | bool | date | datetime | None
"""What a cell shows. An error such as `#N/A` is its text; `BookCells.is_error` tells it from a typed one."""


class BookCells:
    """Values of the cells of one book; each sheet is scanned once, when first asked for.

    Args:
        structure: sheets, names and tables of the book.

    Attributes:
        starts_1904: True when its day numbers count from 1904.
    """

    def __init__(self, structure: Structure) -> None:
        self._structure = structure
        self._package = structure.package
        self.starts_1904 = structure.starts_1904
        self._sheets: dict[str, SheetText] = {}

    def sheet(self, part: str) -> SheetText:
        """Return the scanned text of a sheet part."""
        if part not in self._sheets:
            self._sheets[part] = read_sheet_text(self._package, part)
        return self._sheets[part]

    def value(self, part: str, row: int, column: int) -> CellContent:
        """Return what a cell shows; of a formula, the value stored with it."""
        found = self.sheet(part).row(row).get(column)
        return None if found is None else self.read(found)[0]

    def is_error(self, part: str, row: int, column: int) -> bool:
        """Return True when a cell shows an error such as `#N/A`."""
        found = self.sheet(part).row(row).get(column)
        return found is not None and content_of(found)[0] == "e"

    def text(self, part: str, row: int, column: int) -> str:
        """Return what a cell shows as a text without blanks around it, empty for a blank cell."""
        value = self.value(part, row, column)
        return "" if value is None else str(value).strip()

    def read(self, cell: StoredCell) -> tuple[CellContent, bool]:
        """Return what a cell shows, and whether that is an error such as `#N/A`."""
        try:
            kind, style, content = content_of(cell)
        except UnicodeDecodeError:
            raise self._damaged() from None
        if content is None:
            return None, False
        match kind:
            case "s":
                return self._shared(content), False
            case "inlineStr":
                return decode_rich(content), False
            case "b":
                return content.strip() in ("1", "true"), False
            case "n":
                return self._number(content, style), False
            case "d":
                return _iso_date(content), False
            case _:  # `str` and `e`
                return decode_text(content), kind == "e"

    def _shared(self, content: str) -> str:
        try:
            return self._texts[int(content)]
        except (ValueError, IndexError):
            raise self._damaged() from None

    def _number(self, content: str, style: int) -> CellContent:
        try:
            number = float(content)
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            return decode_text(content) or None
        if style in self._date_styles:
            return parse_serial(number, starts_1904=self.starts_1904)
        return int(number) if number.is_integer() and abs(number) < 1e15 else number

    def _damaged(self) -> WorkbookError:
        return self._package.error("RS-FILE-004")

    @cached_property
    def _texts(self) -> SharedTexts:
        return SharedTexts(self._package, self._structure.related("sharedStrings"))

    @cached_property
    def _date_styles(self) -> frozenset[int]:
        part = self._structure.related("styles")
        try:
            return _date_styles(self._package.read(part)) if part else frozenset()
        except etree.XMLSyntaxError:
            raise self._damaged() from None


@remember_by_content(limit=64)  # a form's formats are stored in the same words in every copy
def _date_styles(content: bytes) -> frozenset[int]:
    return date_styles(parse_xml(content))


def _iso_date(text: str) -> CellContent:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return moment if "T" in text else moment.date()
