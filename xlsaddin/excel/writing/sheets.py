"""Setting a whole planned sheet in an open book: contents in one block, then tables, looks, notes, rules."""

from __future__ import annotations

import xlwings as xw

from xlsaddin.excel.writing.contents import Content, Grid, as_content, as_formula, write_grid
from xlsaddin.excel.writing.look import Cell, set_looks
from xlsaddin.workbook.areas import cell_name
from xlsaddin.workbook.patch.notes import AUTHOR
from xlsaddin.workbook.plan import CellPlan, ConditionalPlan, SheetPlan, TablePlan, ValidationPlan
from xlsaddin.workbook.styles import STYLES


def set_sheet(book: xw.Book, plan: SheetPlan, old: str = "") -> xw.Sheet:
    """Set a sheet as planned: in the place of the sheet `old` of ours when there is one, else after the last."""
    sheet = prepare_sheet(book, plan, old)
    add_tables(sheet, plan)
    fill_sheet(sheet, plan)
    return sheet


def prepare_sheet(book: xw.Book, plan: SheetPlan, old: str = "") -> xw.Sheet:
    """Return the sheet of a plan, empty: all sheets must stand before a formula or name refers to one of them.

    The sheet `old` is emptied, not removed, so that what refers to it stays whole.
    """
    return _emptied(book.sheets[old], plan.name) if old else book.sheets.add(plan.name, after=book.sheets[-1])


def add_tables(sheet: xw.Sheet, plan: SheetPlan) -> None:
    """Make the tables of a plan, headers alone: formulas anywhere may refer to their columns."""
    for table in plan.tables:
        write_grid(sheet, table.row, table.column, [[as_content(column.header) for column in table.columns]])
        _add_table(sheet, table)


def fill_sheet(sheet: xw.Sheet, plan: SheetPlan) -> None:
    """Fill a prepared sheet as planned. How it prints is left to the file path: xlwings cannot set it."""
    contents, styles = _collect(plan)
    set_looks(sheet, styles)  # before there is text whose rows would be laid out anew at every step
    _write(sheet, contents)
    for cell in plan.cells:
        _finish_cell(sheet, cell)
    for validation in plan.validations:
        set_validation(sheet, validation)
    for conditional in plan.conditionals:
        set_conditional(sheet, conditional)
    _set_view(sheet, plan)


def _emptied(sheet: xw.Sheet, name: str) -> xw.Sheet:
    for table in list(sheet.tables):
        _unlist(table)
    for note in list(sheet.notes):
        note.delete()
    sheet.clear()
    if sheet.name != name:
        sheet.name = name
    return sheet


def _unlist(table: xw.main.Table) -> None:
    """Make plain cells of a table, by the name each application has for it."""
    if hasattr(table.impl, "delete"):
        table.impl.delete()
    elif hasattr(table.api, "Unlist"):
        table.api.Unlist()
    else:
        table.api.convert_to_range()


def _collect(plan: SheetPlan) -> tuple[dict[Cell, Content], dict[Cell, str]]:
    """Return contents and styles of all cells, those of tables included."""
    contents: dict[Cell, Content] = {}
    styles: dict[Cell, str] = {}
    for table in plan.tables:
        for offset, column in enumerate(table.columns):
            place = (table.row, table.column + offset)
            contents[place], styles[place] = as_content(column.header), "header"
            for number, content in enumerate(column_contents(table, offset), 1):
                place = (table.row + number, table.column + offset)
                contents[place], styles[place] = content, column.style
    for cell in plan.cells:
        place = (cell.row, cell.column)
        contents[place] = as_formula(cell.formula) if cell.formula else as_content(cell.value)
        styles |= {(cell.row, cell.column + step): cell.style for step in range(cell.across)}
    return contents, styles


def column_contents(table: TablePlan, index: int) -> list[Content]:
    """Return the body of one table column: each row's own formula before the column's, else the value."""
    found: list[Content] = []
    for number, values in enumerate(table.rows):
        own = table.formulas[number] if number < len(table.formulas) else ()
        formula = own[index] if index < len(own) else table.columns[index].formula
        value = values[index] if index < len(values) else None
        found.append(as_formula(formula) if formula else as_content(value))
    return found


def _write(sheet: xw.Sheet, contents: dict[Cell, Content]) -> None:
    if not contents:
        return
    bottom, right = max(row for row, _ in contents), max(column for _, column in contents)
    grid: Grid = [[contents.get((row, column)) for column in range(1, right + 1)] for row in range(1, bottom + 1)]
    write_grid(sheet, 1, 1, grid)


def _add_table(sheet: xw.Sheet, plan: TablePlan) -> None:
    last = (plan.row + max(len(plan.rows), 1), plan.column + len(plan.columns) - 1)
    cells = sheet.range((plan.row, plan.column), last)
    table = sheet.tables.add(source=cells, name=plan.name, table_style_name="")
    table.show_autofilter = False


def _finish_cell(sheet: xw.Sheet, plan: CellPlan) -> None:
    if plan.across > 1:
        sheet.range((plan.row, plan.column), (plan.row, plan.column + plan.across - 1)).merge()
    if plan.link:
        address = plan.link if "://" in plan.link or plan.link.startswith("mailto:") else f"#{plan.link}"
        sheet.range((plan.row, plan.column)).add_hyperlink(address, str(plan.value or plan.link))
    if plan.note:
        set_note(sheet, plan.row, plan.column, plan.note)


def set_note(sheet: xw.Sheet, row: int, column: int, text: str) -> None:
    """Set a note of ours on a cell, in place of an earlier one of ours; a person's own note stays alone."""
    cell = sheet.range((row, column))
    note, marked = cell.note, f"{AUTHOR}\n{text}"
    if note is None:
        cell.add_note(marked)
    elif is_ours(note):
        note.text = marked


def is_ours(note: xw.Note) -> bool:
    """Return whether a note was set by us: Excel gives every note the user's name, so ours say it in their text."""
    return note.text.startswith(AUTHOR)


def set_validation(sheet: xw.Sheet, plan: ValidationPlan) -> None:
    """Set the rule for what may be typed; lists refer to a defined name."""
    rule = sheet.range(plan.area).data_validation
    if plan.kind == "list":
        rule.set_list(sheet.book.names[plan.first.removeprefix("=")])
    elif plan.kind == "custom":
        rule.set_custom(plan.first)


def set_conditional(sheet: xw.Sheet, plan: ConditionalPlan) -> None:
    """Lay a format over a range."""
    style = STYLES[plan.style]
    rules = sheet.range(plan.area).conditional_formats
    rules.add_custom(f"={plan.formula}", fill_color=style.fill or None, font_color=style.color)


def _set_view(sheet: xw.Sheet, plan: SheetPlan) -> None:
    for column, width in plan.widths:
        sheet.range((1, column)).column_width = width
    for row, height in plan.heights:
        sheet.range((row, 1)).row_height = height
    if frozen := _frozen(plan.freeze):
        sheet.freeze_panes.freeze_at(frozen)
    if plan.hidden:
        sheet.visible = False


def _frozen(first: tuple[int, int] | None) -> str:
    """Return the address of the rows and columns that do not scroll, given the first cell that does."""
    row, column = first or (1, 1)
    corner = cell_name(max(row - 1, 1), max(column - 1, 1))
    letters = corner.rstrip("0123456789")
    if row > 1 and column > 1:
        return f"A1:{corner}"
    return f"1:{row - 1}" if row > 1 else f"A:{letters}" if column > 1 else ""
