"""Setting result columns beside a table of answers and making them part of it."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from xlsaddin.workbook.areas import Area
from xlsaddin.workbook.package import whole_number
from xlsaddin.workbook.patch.cell_values import encode_text
from xlsaddin.workbook.patch.ordered import place
from xlsaddin.workbook.patch.sheet_edit import SheetEdit
from xlsaddin.workbook.plan import CellValue, TableColumnPlan, TableGrowth
from xlsaddin.workbook.read.headers import tidy_header
from xlsaddin.workbook.structure import MAIN, Table

__all__ = ["TableEdit"]

_COLUMN = ("calculatedColumnFormula", "totalsRowFormula", "xmlColumnPr", "extLst")
_NARROWEST, _WIDEST = 12, 40
_HEADER_STYLE = "header"


class TableEdit:
    """One table of answers being grown.

    Args:
        root: of the table part, changed in place. table: as it stands.
        sheet: it stands on, changed in place. looks: cell format of each style key, in terms of this book.
        headers: texts in the header row by column, those beside the table included.
    """

    def __init__(
        self,
        root: etree._Element,
        table: Table,
        sheet: SheetEdit,
        looks: Mapping[str, int],
        headers: Mapping[int, str],
    ) -> None:
        self._root = root
        self._table = table
        self._sheet = sheet
        self._looks = looks
        self._headers = headers
        self._first = table.area.top + table.header_rows
        self._right = table.area.right
        self._beside = {column for column in sheet.columns_below(table.area.top) if column > self._right}
        self._columns: list[etree._Element] = root.findall(f"{MAIN}tableColumns/{MAIN}tableColumn")

    def grow(self, growth: TableGrowth) -> Area | None:
        """Set the columns and rows of a growth and extend the table over them; returns a merged area in the way."""
        bottom = self._bottom(growth)
        depth = max(len(growth.rows), bottom - self._first + 1)
        if self._table.totals_rows:
            depth = bottom - self._first
        known = {tidy_header(node.get("name", "")): index for index, node in enumerate(self._columns)}
        for index, plan in enumerate(growth.columns):
            position = known.get(tidy_header(plan.header))
            if position is None:
                position = self._append(plan)
            self._set_formula(position, plan.formula)
            for offset in range(depth):
                value, formula = _content(growth, plan, index, offset)
                column = self._table.area.left + position
                self._sheet.set_cell(self._first + offset, column, value, formula, self._looks[plan.style])
        extent = Area(self._table.area.top, self._table.area.left, bottom, self._right)
        self._set_extent(extent)
        added = Area(extent.top, self._table.area.right + 1, extent.bottom, extent.right)
        return next((area for area in self._sheet.merged() if area.meets(added)), None)

    def _bottom(self, growth: TableGrowth) -> int:
        """Return the last row the table may reach: a row of totals and merged cells stay outside."""
        area = self._table.area
        if self._table.totals_rows:
            return area.bottom
        bottom = max(area.bottom, growth.last_row)
        merged = [other.top for other in self._sheet.merged() if area.bottom < other.top <= bottom]
        return min([bottom, *(top - 1 for top in merged)])

    def _append(self, plan: TableColumnPlan) -> int:
        """Add a column at the right end; columns that people have filled there become part of the table first."""
        while self._right + 1 in self._beside:
            self._adopt(self._right + 1)
        self._add(plan.header)
        self._sheet.set_width(self._right, min(max(len(plan.header) * 1.4, _NARROWEST), _WIDEST))
        if self._table.header_rows:
            self._sheet.set_cell(self._table.area.top, self._right, plan.header, style=self._looks[_HEADER_STYLE])
        return len(self._columns) - 1

    def _adopt(self, column: int) -> None:
        """Make a person's own column part of the table; a header that is missing or stands twice gets a number."""
        taken = {node.get("name", "").casefold() for node in self._columns}
        written = self._headers.get(column, "")
        candidates = (f"{written or 'メモ'}{number or ''}" for number in range(0 if written else 1, len(taken) + 2))
        header = next(text for text in candidates if text.casefold() not in taken)
        if header != written and self._table.header_rows:
            self._sheet.set_cell(self._table.area.top, column, header)
        self._add(header)

    def _add(self, header: str) -> None:
        parent = self._root.find(f"{MAIN}tableColumns")
        number = max((whole_number(node, "id") for node in self._columns), default=0) + 1
        node = etree.SubElement(parent, f"{MAIN}tableColumn", id=str(number), name=encode_text(header))
        self._columns.append(node)
        parent.set("count", str(len(self._columns)))
        self._right += 1

    def _set_formula(self, position: int, formula: str) -> None:
        node = self._columns[position]
        old = node.find(f"{MAIN}calculatedColumnFormula")
        if old is not None:
            node.remove(old)
        if formula:
            made = etree.Element(f"{MAIN}calculatedColumnFormula")
            made.text = encode_text(formula)
            place(node, made, _COLUMN)

    def _set_extent(self, extent: Area) -> None:
        self._root.set("ref", str(extent))
        filtered = self._root.find(f"{MAIN}autoFilter")
        if filtered is not None:
            bottom = extent.bottom - self._table.totals_rows
            filtered.set("ref", str(Area(extent.top, extent.left, bottom, extent.right)))


def _content(growth: TableGrowth, plan: TableColumnPlan, index: int, offset: int) -> tuple[CellValue, str]:
    """Return value and formula of one cell; a formula of the row's own goes before the column's."""
    own = growth.formulas[offset] if offset < len(growth.formulas) else ()
    values = growth.rows[offset] if offset < len(growth.rows) else ()
    formula = own[index] if index < len(own) else plan.formula
    return (values[index] if index < len(values) else None), formula
