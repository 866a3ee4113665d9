"""Writing the sheets of the summary workbook row by row, so that memory does not grow with the batch."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

from xlsaddin.workbook.labels import Language, word
from xlsaddin.workbook.styles import STYLES, format_properties

__all__ = ["MOST_ROWS", "ROW_HEIGHT", "Pen", "RowSheet", "row_height", "shown"]

MOST_ROWS = 1_000_000
"""Rows of one sheet; Excel takes 1,048,576."""

ROW_HEIGHT, _HEADER_HEIGHT = 20.0, 38.0
_LINE_HEIGHT, _MOST_HEIGHT = 17.0, 409.0  # Excel takes no higher row
_ROOM = 0.9  # of a column's width: breaks between words, and fonts that run wider
_KEPT_A_ROW = ("row_info", "row_sizes")
_MOST_LINKS = 65_000  # Excel takes 65,530 on a sheet
_MOST_TEXT = 32_767
_MOST_ADDRESS = 2_000
_NO_PATH = str.maketrans({"#": "%23"})  # in a link, # begins a place within the file

_HEAD = replace(STYLES["header"], wrap=True)
_LOOKS: Mapping[str, Any] = {
    "title": STYLES["title"],
    "heading": STYLES["heading"],
    "head": _HEAD,
    "text": STYLES["cell"],
    "center": STYLES["cell_center"],
    "date": STYLES["cell_date"],
    "number": STYLES["cell_number"],
    "link": STYLES["cell_link"],
    "note": STYLES["note"],
    "plain": STYLES["plain"],
}


def shown(key: str) -> str:
    """Return a fixed text of the summary in both languages; a key without text is shown as it is."""
    try:
        return word(key, Language.BOTH)
    except KeyError:
        return key.split(".")[-1]


def row_height(values: Sequence[Any], widths: Sequence[float]) -> float:
    """Return the height that shows wrapped texts whole: no spreadsheet program fits rows of a file by itself."""
    texts = (value[1] if isinstance(value, tuple) else str(value or "") for value in values)
    lines = max((_lines(text, width) for text, width in zip(texts, widths, strict=True)), default=1)
    return ROW_HEIGHT if lines == 1 else min(lines * _LINE_HEIGHT + 3, _MOST_HEIGHT)


def _lines(text: str, width: float) -> int:
    shown = (sum(1 + (east_asian_width(char) in "WF") for char in line) for line in text.split("\n"))
    return sum(max(1, math.ceil(one / (width * _ROOM))) for one in shown)


class Pen:
    """The formats of one workbook.

    Args:
        book: XlsxWriter's workbook. folder: where the file will lie; links are written from there.
    """

    def __init__(self, book: Any, folder: Path) -> None:
        self.book, self.folder = book, folder
        self.looks = {key: book.add_format(format_properties(style)) for key, style in _LOOKS.items()}
        states = {"critical": "is_grave", "high": "is_check", "moderate": "is_open", "low": "is_good"}
        self.levels = {
            key: book.add_format(
                format_properties(replace(STYLES["cell_center"], color=STYLES[look].color, fill=STYLES[look].fill))
            )
            for key, look in states.items()
        }

    def link_to(self, path: str) -> str:
        """Return the address of a file as seen from the workbook, empty when it is too long for Excel."""
        try:
            relative = os.path.relpath(path, self.folder)
        except ValueError:  # another drive
            relative = str(Path(path).resolve())
        address = f"external:{relative.translate(_NO_PATH)}"
        return address if len(address) <= _MOST_ADDRESS else ""


class RowSheet:
    """A sheet of rows under one header, with filter and frozen header.

    Args:
        pen: formats. name: of the sheet; columns: header text and width, in order.
    """

    def __init__(self, pen: Pen, name: str, columns: Sequence[tuple[str, float]]) -> None:
        self.pen, self.name, self.rows, self.left_out = pen, name, 0, 0
        self.columns = len(columns)
        self._widths = [width for _, width in columns]
        self.sheet = pen.book.add_worksheet(name)
        self.sheet.set_default_row(ROW_HEIGHT)
        self._links = 0
        for column, (_, width) in enumerate(columns):
            self.sheet.set_column(column, column, width)
        self.sheet.set_row(0, _HEADER_HEIGHT)
        for column, (header, _) in enumerate(columns):
            self.sheet.write_string(0, column, header, pen.looks["head"])
        self.sheet.freeze_panes(1, 0)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(0)

    def write(self, values: Sequence[Any], links: Mapping[int, str] | None = None) -> None:
        """Write one row: texts always as text, numbers, days, levels as (key, word); `links`: paths by column."""
        if self.rows >= MOST_ROWS:
            self.left_out += 1
            return
        self.rows += 1
        self.sheet.set_row(self.rows, row_height(values, self._widths))
        for column, value in enumerate(values):
            self._cell(column, value, (links or {}).get(column, ""))
        for kept in _KEPT_A_ROW:  # the row before is written out: XlsxWriter would keep its height to the end
            getattr(self.sheet, kept, {}).pop(self.rows - 1, None)

    def close(self) -> None:
        """Set the filter over what was written."""
        self.sheet.autofilter(0, 0, max(self.rows, 1), self.columns - 1)

    def _cell(self, column: int, value: Any, path: str) -> None:
        looks, row = self.pen.looks, self.rows
        if path and self._links < _MOST_LINKS and (address := self.pen.link_to(path)):
            self._links += 1
            self.sheet.write_url(row, column, address, looks["link"], str(value)[:255])
        elif isinstance(value, tuple):  # a level: its key and its word
            self.sheet.write_string(row, column, value[1], self.pen.levels.get(value[0], looks["center"]))
        elif isinstance(value, date):
            self.sheet.write_datetime(row, column, value, looks["date"])
        elif isinstance(value, (int, float)):
            self.sheet.write_number(row, column, value, looks["number"])
        elif value:
            self.sheet.write_string(row, column, str(value)[:_MOST_TEXT], looks["text"])
        else:
            self.sheet.write_blank(row, column, None, looks["text"])
