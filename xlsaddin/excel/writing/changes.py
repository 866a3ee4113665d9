"""Carrying the changes of a result out in an open book: the same list of writes as in a file.

Where a table grows to, and which of its columns are ours, is decided once, by the package patcher, on a copy of the
book; the open book then gets what that copy has.
"""

from __future__ import annotations

from pathlib import Path

import xlwings as xw

from xlsaddin.excel import live
from xlsaddin.excel.writing.contents import as_content, as_formula, write_grid
from xlsaddin.excel.writing.look import Cell, set_looks
from xlsaddin.excel.writing.sheets import column_contents, set_conditional, set_note, set_sheet
from xlsaddin.workbook.meta import BookMeta
from xlsaddin.workbook.opening import open_package
from xlsaddin.workbook.patch.apply import apply_changes
from xlsaddin.workbook.patch.ours import find_ours
from xlsaddin.workbook.plan import CellWrite, Changes, TableGrowth, TablePlan
from xlsaddin.workbook.read.headers import tidy_header
from xlsaddin.workbook.structure import Structure, Table


def apply_live(book: xw.Book, copy: Path, meta: BookMeta, changes: Changes) -> None:
    """Set the changes in an open book; all places are checked before the first cell is written.

    Args:
        book: the open book. copy: its saved copy, on which the patcher tries the changes; `meta`: read from it.
        changes: what to set.

    Raises:
        WorkbookError: when the patcher refuses, or a sheet to be written is protected.
    """
    patched = copy.with_name(f"patched-{copy.name}")
    apply_changes(copy, changes, patched)
    before, after = Structure(open_package(copy)), Structure(open_package(patched))
    replaced = {plan.name: old.name for plan in changes.sheets if (old := find_ours(before, meta, plan))}
    for name in sorted({*replaced.values(), *(write.sheet for write in changes.writes), *_sheets_of(changes, after)}):
        live.check_open(book.sheets[name])
    front = book.sheets.active.name
    with live.DrawingHeld(book.app):
        for plan in changes.sheets:
            set_sheet(book, plan, replaced.get(plan.name, ""))
        for growth in changes.growths:
            _grow(book, growth, after.tables[growth.table.casefold()])
        _write_cells(book, changes.writes)
        for name, conditional in changes.conditionals:
            set_conditional(book.sheets[name], conditional)
        for named in changes.names:
            _define(book, named.name, f"={named.refers_to}")
        book.sheets[changes.active_sheet or front].activate()


def _sheets_of(changes: Changes, structure: Structure) -> set[str]:
    return {structure.tables[growth.table.casefold()].sheet for growth in changes.growths}


def _define(book: xw.Book, name: str, refers_to: str) -> None:
    if name in book.names:
        book.names[name].refers_to = refers_to
    else:
        book.names.add(name, refers_to)


def _grow(book: xw.Book, growth: TableGrowth, grown: Table) -> None:
    """Give the open table the extent and the columns it has in the patched copy."""
    sheet = book.sheets[grown.sheet]
    area = grown.area
    for offset, header in enumerate(grown.headers):
        cell = sheet.range((area.top, area.left + offset))
        if cell.value != header:
            cell.value = as_content(header)
            set_looks(sheet, {(area.top, area.left + offset): "header"})
    sheet.tables[grown.name].resize(sheet.range((area.top, area.left), (area.bottom, area.right)))
    plan = TablePlan(grown.name, area.top, area.left, growth.columns, growth.rows, growth.formulas)
    places = {tidy_header(header): area.left + offset for offset, header in enumerate(grown.headers)}
    depth = area.bottom - area.top - grown.totals_rows
    for index, column in enumerate(growth.columns):
        body = (column_contents(plan, index) + [None] * depth)[:depth]
        if column.formula:
            body = [content if content is not None else as_formula(column.formula) for content in body]
        place = places[tidy_header(column.header)]
        write_grid(sheet, area.top + 1, place, [[content] for content in body])
        set_looks(sheet, {(area.top + 1 + row, place): column.style for row in range(depth)})


def _write_cells(book: xw.Book, writes: tuple[CellWrite, ...]) -> None:
    looks: dict[str, dict[Cell, str]] = {}
    for write in writes:
        sheet = book.sheets[write.sheet]
        content = as_formula(write.formula) if write.formula else as_content(write.value)
        write_grid(sheet, write.row, write.column, [[content]])
        if write.style:
            looks.setdefault(write.sheet, {})[write.row, write.column] = write.style
        if write.note:
            set_note(sheet, write.row, write.column, write.note)
    for name, styles in looks.items():
        set_looks(book.sheets[name], styles)
