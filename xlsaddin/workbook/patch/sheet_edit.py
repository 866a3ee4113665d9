"""Changing cells of one sheet in place; rows and cells stay in order, formulas that share a text stay whole."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property

from lxml import etree

from xlsaddin.workbook.areas import Area, cell_name, parse_area
from xlsaddin.workbook.package import whole_number
from xlsaddin.workbook.patch.cell_values import set_value
from xlsaddin.workbook.patch.ordered import WORKSHEET, child
from xlsaddin.workbook.plan import CellValue
from xlsaddin.workbook.structure import MAIN

__all__ = ["SheetEdit"]

_CELL, _FORMULA = f"{MAIN}c", f"{MAIN}f"


class SheetEdit:
    """The cells of a sheet, to be changed in place.

    Args:
        root: of the worksheet. starts_1904: how the book counts days.

    Raises:
        ValueError: when cells stand where no sheet has any.
    """

    def __init__(self, root: etree._Element, *, starts_1904: bool = False) -> None:
        self.root = root
        self._starts_1904 = starts_1904
        self._data = child(root, "sheetData", WORKSHEET)
        self._rows: dict[int, etree._Element] = {}
        self._cells: dict[tuple[int, int], etree._Element] = {}
        self._columns: dict[int, list[int]] = {}  # of the cells of each row, in order
        self._index()

    def set_cell(self, row: int, column: int, value: CellValue, formula: str = "", style: int | None = None) -> None:
        """Set the content of a cell, and its format when one is given."""
        cell = self._cell(row, column)
        self._unshare(cell)
        if style is not None:
            cell.set("s", str(style))
        set_value(cell, value, formula, starts_1904=self._starts_1904)

    def columns_below(self, row: int) -> frozenset[int]:
        """Return the columns in which anything stands in this row or below it."""
        return frozenset(column for (other, column), cell in self._cells.items() if other >= row and len(cell))

    def merged(self) -> list[Area]:
        """Return the merged areas."""
        return [parse_area(node.get("ref", "")) for node in self.root.iterfind(f"{MAIN}mergeCells/{MAIN}mergeCell")]

    def set_width(self, column: int, characters: float) -> None:
        """Give a column a width, unless the sheet already says one."""
        columns = child(self.root, "cols", WORKSHEET)
        position = 0
        for index, node in enumerate(columns):
            if whole_number(node, "min") <= column <= whole_number(node, "max"):
                return
            if whole_number(node, "max") < column:
                position = index + 1
        place, width = str(column), f"{characters:g}"
        columns.insert(position, etree.Element(f"{MAIN}col", min=place, max=place, width=width, customWidth="1"))

    def finish(self) -> None:
        """Bring what the sheet says about its extent up to date."""
        used = [place for place, cell in self._cells.items() if len(cell)]
        dimension = self.root.find(f"{MAIN}dimension")
        if dimension is not None and used:
            rows, columns = [row for row, _ in used], [column for _, column in used]
            dimension.set("ref", str(Area(min(rows), min(columns), max(rows), max(columns))))

    def _index(self) -> None:
        """Note where every row and cell stands; give those an address that had none."""
        number = 0
        for row in self._data.iterfind(f"{MAIN}row"):
            number = whole_number(row, "r") or number + 1
            if row.get("r") != str(number):
                row.set("r", str(number))
            self._rows[number] = row
            column, columns = 0, self._columns.setdefault(number, [])
            for cell in row.iterfind(_CELL):
                written = cell.get("r")
                column = parse_area(written).left if written else column + 1
                if written != (place := cell_name(number, column)):
                    cell.set("r", place)
                self._cells[number, column] = cell
                columns.append(column)

    @cached_property
    def _shared(self) -> bool:
        """True while a formula of the sheet is shared by several cells."""
        return any(formula.get("t") == "shared" for formula in self._data.iter(_FORMULA))

    def _cell(self, row: int, column: int) -> etree._Element:
        if (row, column) not in self._cells:
            parent = self._row(row)
            parent.attrib.pop("spans", None)  # says how wide the row is, and need not
            cell = etree.Element(f"{MAIN}c", r=cell_name(row, column))
            columns = self._columns.setdefault(row, [])
            position = bisect_left(columns, column)
            columns.insert(position, column)
            parent.insert(position, cell)
            self._cells[row, column] = cell
        return self._cells[row, column]

    def _row(self, number: int) -> etree._Element:
        if number not in self._rows:
            row = etree.Element(f"{MAIN}row", r=str(number))
            self._data.insert(sum(other < number for other in self._rows), row)
            self._rows[number] = row
        return self._rows[number]

    def _unshare(self, cell: etree._Element) -> None:
        """Before a cell with a shared formula goes, give all that share one their own text."""
        formula = cell.find(_FORMULA) if self._shared else None
        if formula is not None and formula.get("t") == "shared":
            _write_out_shared([found for found in self._cells.values() if len(found)])
            self._shared = False


def _write_out_shared(cells: list[etree._Element]) -> None:
    from openpyxl.formula.translate import Translator

    masters: dict[str, tuple[str, str]] = {}
    for cell in cells:
        formula = cell.find(f"{MAIN}f")
        if formula is None or formula.get("t") != "shared":
            continue
        group = formula.get("si", "")
        if formula.text:
            masters[group] = (formula.text, cell.get("r"))
        text, origin = masters.get(group, ("", ""))
        if text:
            formula.text = Translator(f"={text}", origin=origin).translate_formula(cell.get("r"))[1:]
            for key in ("t", "si", "ref"):
                formula.attrib.pop(key, None)
