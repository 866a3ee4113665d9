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
from xlsaddin.excel.writing.sheets import (
    add_tables,
    column_contents,
    fill_sheet,
    is_ours,
    prepare_sheet,
    set_conditional,
    set_note,
)
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
    written = {*replaced.values(), *_sheets_of(changes, after), *_noted(book)}
    if any(plan.name not in replaced for plan in changes.sheets):
        live.check_structure(book)
    front = book.sheets.active.name
    with live.Unlocked(book.sheets[name] for name in sorted(written)), live.Held(book.app):
        sheets = [prepare_sheet(book, plan, replaced.get(plan.name, "")) for plan in changes.sheets]
        for sheet, plan in zip(sheets, changes.sheets, strict=True):
            add_tables(sheet, plan)
        for growth in changes.growths:
            _extend(book, after.tables[growth.table.casefold()])
        for named in changes.names:
            _define(book, named.name, f"={named.refers_to}")
        for sheet, plan in zip(sheets, changes.sheets, strict=True):
            fill_sheet(sheet, plan)
        for growth in changes.growths:
            _fill_columns(book, growth, after.tables[growth.table.casefold()])
        _drop_notes(book)
        _write_cells(book, changes.writes)
        _add_conditionals(book, changes)
        book.sheets[changes.active_sheet or front].activate()


def _sheets_of(changes: Changes, structure: Structure) -> set[str]:
    """Return the answer sheets that are written."""
    grown = {structure.tables[growth.table.casefold()].sheet for growth in changes.growths}
    return grown | {write.sheet for write in changes.writes} | {name for name, _ in changes.conditionals}


def _noted(book: xw.Book) -> set[str]:
    """Return the sheets with notes of an earlier check."""
    return {sheet.name for sheet in book.sheets if any(is_ours(note) for note in sheet.notes)}


def _define(book: xw.Book, name: str, refers_to: str) -> None:
    if name in book.names:
        if str(book.names[name].refers_to).replace("'", "") != refers_to.replace("'", ""):
            book.names[name].refers_to = refers_to
    else:
        book.names.add(name, refers_to)


def _extend(book: xw.Book, grown: Table) -> None:
    """Give the open table the extent and the headers it has in the patched copy."""
    sheet, area = book.sheets[grown.sheet], grown.area
    headers = sheet.range((area.top, area.left), (area.top, area.right))
    shown = headers.options(ndim=1).value
    for offset, (header, before) in enumerate(zip(grown.headers, shown, strict=True)):
        if before != header:
            write_grid(sheet, area.top, area.left + offset, [[as_content(header)]])
            set_looks(sheet, {(area.top, area.left + offset): "header"})
    sheet.tables[grown.name].resize(sheet.range((area.top, area.left), (area.bottom, area.right)))


def _fill_columns(book: xw.Book, growth: TableGrowth, grown: Table) -> None:
    """Fill the result columns of a table, a call for each."""
    sheet, area = book.sheets[grown.sheet], grown.area
    plan = TablePlan(grown.name, area.top, area.left, growth.columns, growth.rows, growth.formulas)
    places = {tidy_header(header): area.left + offset for offset, header in enumerate(grown.headers)}
    depth = area.bottom - area.top - grown.totals_rows
    for index, column in enumerate(growth.columns):
        blank = as_formula(column.formula) if column.formula else None
        body = (column_contents(plan, index) + [blank] * depth)[:depth]
        place = places[tidy_header(column.header)]
        set_looks(sheet, {(area.top + 1 + row, place): column.style for row in range(depth)})
        write_grid(sheet, area.top + 1, place, [[content] for content in body])


def _add_conditionals(book: xw.Book, changes: Changes) -> None:
    """Lay formats over answer sheets, each once however often a book is checked."""
    for name in dict.fromkeys(name for name, _ in changes.conditionals):
        sheet = book.sheets[name]
        known = {(rule.formula or "").replace(";", ",") for rule in sheet.used_range.conditional_formats}
        for plan in (plan for other, plan in changes.conditionals if other == name):
            if f"={plan.formula}" not in known:
                set_conditional(sheet, plan)


def _drop_notes(book: xw.Book) -> None:
    """Remove the notes an earlier check set."""
    for sheet in book.sheets:
        for note in [note for note in sheet.notes if is_ours(note)]:
            note.delete()


def _write_cells(book: xw.Book, writes: tuple[CellWrite, ...]) -> None:
    looks: dict[str, dict[Cell, str]] = {}
    for write in writes:
        sheet = book.sheets[write.sheet]
        if write.note:
            set_note(sheet, write.row, write.column, write.note)
            if write.value is None and not write.formula:
                continue  # a note alone; the answer in the cell is the person's
        content = as_formula(write.formula) if write.formula else as_content(write.value)
        write_grid(sheet, write.row, write.column, [[content]])
        if write.style:
            looks.setdefault(write.sheet, {})[write.row, write.column] = write.style
    for name, styles in looks.items():
        set_looks(book.sheets[name], styles)
