"""Conditional formats by formula, as xlwings adds and lists them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from xlsaddin.libreoffice import runtime
from xlsaddin.libreoffice.formats import from_uno_color, to_uno_color
from xlsaddin.libreoffice.formulas import to_calc, to_excel

if TYPE_CHECKING:
    from xlsaddin.libreoffice.books import CalcBook
    from xlsaddin.libreoffice.ranges import CalcRange

_CONDITION = 0  # com.sun.star.sheet.ConditionEntryType


class CalcConditionalFormats(base_classes.ConditionalFormats):
    """The rules whose range meets some cells."""

    def __init__(self, cells: CalcRange) -> None:
        self._range = cells
        self._sheet_formats = cells.sheet.api.ConditionalFormats

    @property
    def api(self) -> Any:
        """All conditional formats of the sheet."""
        return self._sheet_formats

    def __iter__(self) -> Iterator[CalcConditionalFormat]:
        area = self._range.api.RangeAddress
        for found in self._sheet_formats.getConditionalFormats():
            if found.Range.queryIntersection(area).Count:
                yield from (CalcConditionalFormat(found.getByIndex(n), self._range) for n in range(found.Count))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __call__(self, key: int) -> CalcConditionalFormat:
        """Return one by 1-based number."""
        return list(self)[key - 1]

    def add_custom(self, spec: dict[str, Any]) -> CalcConditionalFormat:
        """Add a rule: where the formula, seen from the first cell, is true, the colours apply."""
        document = self._range.sheet.book.api
        ranges = document.createInstance("com.sun.star.sheet.SheetCellRanges")
        ranges.addRangeAddress(self._range.api.RangeAddress, False)
        number = self._sheet_formats.createByRange(ranges)
        made = next(one for one in self._sheet_formats.getConditionalFormats() if number == one.ID)
        made.createEntry(_CONDITION, 0)
        entry = made.getByIndex(0)
        entry.StyleName = _cell_style(self._range.sheet.book, spec)
        entry.Operator = runtime.constant("sheet.ConditionFormatOperator.EXPRESSION")
        entry.Formula1 = to_calc(spec["formula"].removeprefix("="))
        return CalcConditionalFormat(entry, self._range)


class CalcConditionalFormat(base_classes.ConditionalFormat):
    """One rule."""

    def __init__(self, entry: Any, cells: CalcRange) -> None:
        self._entry = entry
        self._range = cells

    @property
    def api(self) -> Any:
        """The UNO condition entry."""
        return self._entry

    @property
    def formula(self) -> str:
        """The formula, with `=`."""
        return f"={to_excel(self._entry.Formula1)}"

    @property
    def fill_color(self) -> tuple[int, int, int] | None:
        """The background it gives."""
        styles = self._range.sheet.book.api.StyleFamilies.getByName("CellStyles")
        return from_uno_color(styles.getByName(self._entry.StyleName).CellBackColor)


def _cell_style(book: CalcBook, spec: dict[str, Any]) -> str:
    """Return the name of a cell style with these colours, made when it is not there."""
    fill, color = to_uno_color(spec.get("fill_color")), to_uno_color(spec.get("font_color"))
    bold = bool(spec.get("font_bold"))
    name = f"xlsaddin {fill & 0xFFFFFFFF:08x} {color & 0xFFFFFFFF:08x} {bold:d}"
    if not book.api.StyleFamilies.getByName("CellStyles").hasByName(name):
        _load_style(book, name, {"CellBackColor": fill, "CharColor": color, "CharWeight": 150.0 if bold else 100.0})
    return name


def _load_style(book: CalcBook, name: str, properties: dict[str, object]) -> None:
    """Bring a new cell style into a book from a file: Calc refuses to set one up while any sheet is protected."""
    with tempfile.TemporaryDirectory() as folder, book.app.office.new() as carrier:
        style = carrier.api.createInstance("com.sun.star.style.CellStyle")
        carrier.api.StyleFamilies.getByName("CellStyles").insertByName(name, style)
        for key, value in properties.items():
            setattr(style, key, value)
        path = carrier.save_as(Path(folder) / "style.ods")
        options = runtime.properties(LoadCellStyles=True, LoadPageStyles=False, OverwriteStyles=False)
        book.api.StyleFamilies.loadStylesFromURL(runtime.file_url(path), options)
