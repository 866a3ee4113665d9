"""Cells as xlwings sees them. Values go in as Excel takes them: `=…` is a formula, `'…` a text, `0012` a number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from xlsaddin.libreoffice import cell_values
from xlsaddin.libreoffice.borders import CalcBorders
from xlsaddin.libreoffice.conditionals import CalcConditionalFormats
from xlsaddin.libreoffice.formats import CalcFont, CellFormat
from xlsaddin.libreoffice.notes import CalcNote
from xlsaddin.libreoffice.validation import CalcDataValidation

if TYPE_CHECKING:
    from xlsaddin.libreoffice.sheets import CalcSheet

_CONTENTS = 1 | 2 | 4 | 16  # values, dates, texts, formulas (com.sun.star.sheet.CellFlags)
_EVERYTHING = 1023


class CalcRange(base_classes.Range):
    """A rectangle of cells."""

    def __init__(self, cells: Any, sheet: CalcSheet) -> None:
        self._cells = cells
        self.sheet = sheet
        self.options: dict[str, object] = {}

    @property
    def api(self) -> Any:
        """The UNO cell range."""
        return self._cells

    @property
    def corners(self) -> tuple[int, int, int, int]:
        """Top row, left column, bottom row, right column, 1-based."""
        area = self._cells.RangeAddress
        return area.StartRow + 1, area.StartColumn + 1, area.EndRow + 1, area.EndColumn + 1

    @property
    def row(self) -> int:
        """1-based number of its first row."""
        return self.corners[0]

    @property
    def column(self) -> int:
        """1-based number of its first column."""
        return self.corners[1]

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        top, left, bottom, right = self.corners
        return bottom - top + 1, right - left + 1

    def __len__(self) -> int:
        rows, columns = self.shape
        return rows * columns

    def __call__(self, arg1: int, arg2: int | None = None) -> CalcRange:
        """Return one cell by its 1-based row and column, or by its number row by row."""
        if arg2 is None:
            row, column = divmod(arg1 - 1, self.shape[1])
        else:
            row, column = arg1 - 1, arg2 - 1
        return self.sheet.range((self.row + row, self.column + column))

    def get_address(self, row_absolute: bool = True, col_absolute: bool = True, external: bool = False) -> str:
        """Return the address, such as `$A$1:$B$3`."""
        address = str(self._cells.AbsoluteName).rpartition(".")[2]
        if not col_absolute:
            address = re.sub(r"\$(?=[A-Z])", "", address)
        if not row_absolute:
            address = re.sub(r"\$(?=\d)", "", address)
        return f"'[{self.sheet.book.name}]{self.sheet.name}'!{address}" if external else address

    @property
    def address(self) -> str:
        """Address with `$`."""
        return self.get_address()

    @property
    def max_cells_per_read(self) -> int | None:
        """None: UNO has no limit."""
        return None

    max_cells_per_write = max_cells_per_read

    @property
    def raw_value(self) -> list[list[object]]:
        """Contents row by row: text, number, date where the cell is formatted so, error, None."""
        return cell_values.read_values(self._cells)

    @raw_value.setter
    def raw_value(self, data: Any) -> None:
        rows, columns = self.shape
        grid = data if isinstance(data, Sequence) and not isinstance(data, str) else [[data] * columns] * rows
        cell_values.write_values(self._cells, grid)

    @property
    def formula(self) -> Any:
        """Formula (with `=`) or content as text; one text for one cell, else rows of texts."""
        rows = cell_values.read_formulas(self._cells)
        return rows[0][0] if len(self) == 1 else tuple(rows)

    @formula.setter
    def formula(self, value: Any) -> None:
        if isinstance(value, str):
            cell_values.fill_formula(self._cells, value, self.sheet.book.grammar)
        else:
            cell_values.write_values(self._cells, value)

    formula2 = formula

    @property
    def formula_array(self) -> str:
        """The array formula, empty without one."""
        text = str(self._cells.getArrayFormula())
        return text.strip("{}")

    @formula_array.setter
    def formula_array(self, value: str) -> None:
        self._cells.setArrayTokens(self.sheet.book.grammar.tokens(value, cell_values.address_of(self._cells)))

    @property
    def has_array(self) -> bool:
        """Whether the cells belong to an array formula."""
        return bool(self.formula_array)

    def clear_contents(self) -> None:
        """Empty the cells, formats and notes stay."""
        self._cells.clearContents(_CONTENTS)

    def clear(self) -> None:
        """Empty the cells, formats and notes too."""
        self._cells.clearContents(_EVERYTHING)

    @property
    def note(self) -> CalcNote | None:
        """The note of the first cell."""
        annotation = self._cells.getCellByPosition(0, 0).Annotation
        return CalcNote(annotation, self.sheet) if annotation.getString() else None

    def add_note(self, text: str) -> CalcNote:
        """Add a note to the cell."""
        self.sheet.api.Annotations.insertNew(cell_values.address_of(self._cells), text)
        return CalcNote(self._cells.getCellByPosition(0, 0).Annotation, self.sheet)

    @property
    def hyperlink(self) -> str:
        """Target of the cell's link; raises as xlwings does when there is none."""
        fields = self._cells.getCellByPosition(0, 0).getTextFields()
        return str(fields.getByIndex(0).URL)

    def add_hyperlink(self, address: str, text_to_display: str | None = None, screen_tip: str | None = None) -> None:
        """Make the cell a link."""
        cell = self._cells.getCellByPosition(0, 0)
        field = self.sheet.book.api.createInstance("com.sun.star.text.TextField.URL")
        field.URL, field.Representation = address, text_to_display or cell.String or address
        cell.setString("")
        cell.insertTextContent(cell.createTextCursor(), field, False)

    @property
    def font(self) -> CalcFont:
        """The font."""
        return CalcFont(self._cells)

    @property
    def color(self) -> tuple[int, int, int] | None:
        """Background colour, None without one."""
        return self._format.color

    @color.setter
    def color(self, color_or_rgb: Any) -> None:
        self._format.color = color_or_rgb

    @property
    def number_format(self) -> str:
        """Number format code in English, such as `yyyy-mm-dd`."""
        return self._format.number_format

    @number_format.setter
    def number_format(self, value: str) -> None:
        self._format.number_format = value

    @property
    def horizontal_alignment(self) -> str:
        """`general`, `left`, `center`, `right` …"""
        return self._format.horizontal_alignment

    @horizontal_alignment.setter
    def horizontal_alignment(self, value: str) -> None:
        self._format.horizontal_alignment = value

    @property
    def vertical_alignment(self) -> str:
        """`top`, `center`, `bottom`."""
        return self._format.vertical_alignment

    @vertical_alignment.setter
    def vertical_alignment(self, value: str) -> None:
        self._format.vertical_alignment = value

    @property
    def borders(self) -> CalcBorders:
        """The borders."""
        return CalcBorders(self)

    @property
    def conditional_formats(self) -> CalcConditionalFormats:
        """The conditional formats that meet the cells."""
        return CalcConditionalFormats(self)

    @property
    def data_validation(self) -> CalcDataValidation:
        """The data validation."""
        return CalcDataValidation(self)

    @property
    def merge_cells(self) -> bool:
        """Whether the cells are merged."""
        return bool(self._cells.getIsMerged())

    def merge(self, across: bool = False) -> None:
        """Merge the cells."""
        self._cells.merge(True)

    def unmerge(self) -> None:
        """Take merged cells apart."""
        self._cells.merge(False)

    @property
    def wrap_text(self) -> bool:
        """Whether text wraps inside the cell."""
        return bool(self._cells.IsTextWrapped)

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        self._cells.IsTextWrapped = value

    @property
    def column_width(self) -> float:
        """Width in characters, about."""
        return self._format.column_width

    @column_width.setter
    def column_width(self, value: float) -> None:
        self._format.column_width = value

    @property
    def row_height(self) -> float:
        """Height of the first row in points."""
        return self._format.row_height

    @row_height.setter
    def row_height(self, value: float) -> None:
        self._format.row_height = value

    @property
    def _format(self) -> CellFormat:
        return CellFormat(self._cells, self.sheet.book.api)

    def select(self) -> None:
        """Select the cells in their sheet."""
        self.sheet.activate()
        self.sheet.book.api.CurrentController.select(self._cells)
