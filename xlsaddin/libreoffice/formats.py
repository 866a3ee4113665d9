"""How cells look: background, font, number format, widths. Colours are (red, green, blue), `#rrggbb` or Excel's int."""

from __future__ import annotations

from typing import Any

from xlwings import base_classes
from xlwings.utils import hex_to_rgb, int_to_rgb

from xlsaddin.libreoffice import runtime

_BOLD, _PLAIN = 150.0, 100.0  # com.sun.star.awt.FontWeight
_CHARACTER = 190.0  # 1/100 mm, about the width of a digit in an 11 point font
_POINT = 2540 / 72  # 1/100 mm
_SCRIPTS = ("", "Asian", "Complex")
_HORIZONTAL = {"general": "STANDARD", "left": "LEFT", "center": "CENTER", "right": "RIGHT", "justify": "BLOCK"}
_VERTICAL = {"top": 1, "center": 2, "bottom": 3}  # com.sun.star.table.CellVertJustify2


def to_uno_color(value: Any) -> int:
    """Return a colour as UNO keeps it; -1 for none."""
    if value is None:
        return -1
    if isinstance(value, str):
        value = hex_to_rgb(value)  # type: ignore[no-untyped-call]
    elif isinstance(value, int):
        value = int_to_rgb(value)  # type: ignore[no-untyped-call]
    red, green, blue = value
    return int(red) << 16 | int(green) << 8 | int(blue)


def from_uno_color(value: int) -> tuple[int, int, int] | None:
    """Return (red, green, blue), None for no colour."""
    return None if value < 0 else (value >> 16 & 255, value >> 8 & 255, value & 255)


class CellFormat:
    """Formats of a UNO cell range."""

    def __init__(self, cells: Any, document: Any) -> None:
        self._cells = cells
        self._document = document

    @property
    def color(self) -> tuple[int, int, int] | None:
        """Background."""
        return from_uno_color(self._cells.CellBackColor)

    @color.setter
    def color(self, value: Any) -> None:
        self._cells.CellBackColor = to_uno_color(value)

    @property
    def number_format(self) -> str:
        """Format code."""
        return str(self._document.NumberFormats.getByKey(self._cells.NumberFormat).FormatString)

    @number_format.setter
    def number_format(self, value: str) -> None:
        formats = self._document.NumberFormats
        locale = runtime.load_uno().createUnoStruct("com.sun.star.lang.Locale")
        locale.Language, locale.Country = "en", "US"
        key = formats.queryKey(value, locale, False)
        self._cells.NumberFormat = formats.addNew(value, locale) if key < 0 else key

    @property
    def horizontal_alignment(self) -> str:
        """As xlwings names it."""
        found = self._cells.HoriJustify.value
        return next((name for name, uno_name in _HORIZONTAL.items() if uno_name == found), "general")

    @horizontal_alignment.setter
    def horizontal_alignment(self, value: str) -> None:
        kind = "com.sun.star.table.CellHoriJustify"
        self._cells.HoriJustify = runtime.load_uno().Enum(kind, _HORIZONTAL.get(value, "STANDARD"))

    @property
    def vertical_alignment(self) -> str:
        """As xlwings names it."""
        return next((name for name, number in _VERTICAL.items() if number == self._cells.VertJustify), "bottom")

    @vertical_alignment.setter
    def vertical_alignment(self, value: str) -> None:
        self._cells.VertJustify = _VERTICAL[value]

    @property
    def column_width(self) -> float:
        """Characters."""
        return float(self._cells.Columns.getByIndex(0).Width / _CHARACTER)

    @column_width.setter
    def column_width(self, value: float) -> None:
        self._cells.Columns.Width = int(value * _CHARACTER)

    @property
    def row_height(self) -> float:
        """Points."""
        return float(self._cells.Rows.getByIndex(0).Height / _POINT)

    @row_height.setter
    def row_height(self, value: float) -> None:
        self._cells.Rows.Height = int(value * _POINT)


class CalcFont(base_classes.Font):
    """Font of a UNO cell range; Calc keeps one for each kind of script and we set all three."""

    def __init__(self, cells: Any) -> None:
        self._cells = cells

    @property
    def api(self) -> Any:
        """The UNO cell range."""
        return self._cells

    def _set(self, name: str, value: object) -> None:
        for script in _SCRIPTS:
            setattr(self._cells, f"{name}{script}", value)

    @property
    def bold(self) -> bool:
        """Bold."""
        return bool(self._cells.CharWeight >= _BOLD)

    @bold.setter
    def bold(self, value: bool) -> None:
        self._set("CharWeight", _BOLD if value else _PLAIN)

    @property
    def italic(self) -> bool:
        """Italic."""
        return bool(self._cells.CharPosture.value == "ITALIC")

    @italic.setter
    def italic(self, value: bool) -> None:
        slant = runtime.load_uno().Enum("com.sun.star.awt.FontSlant", "ITALIC" if value else "NONE")
        self._set("CharPosture", slant)

    @property
    def size(self) -> float:
        """Points."""
        return float(self._cells.CharHeight)

    @size.setter
    def size(self, value: float) -> None:
        self._set("CharHeight", float(value))

    @property
    def color(self) -> tuple[int, int, int] | None:
        """Colour, None for automatic."""
        return from_uno_color(self._cells.CharColor)

    @color.setter
    def color(self, value: Any) -> None:
        self._cells.CharColor = to_uno_color(value)

    @property
    def name(self) -> str:
        """Family name."""
        return str(self._cells.CharFontName)

    @name.setter
    def name(self, value: str) -> None:
        self._set("CharFontName", value)
