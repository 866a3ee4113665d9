"""The items on the result page: a row a sheet, with its answer, rows, findings and state, and a link."""

from __future__ import annotations

from collections import Counter

from xlsaddin.workbook import labels
from xlsaddin.workbook.formula import compile_once
from xlsaddin.workbook.labels import word
from xlsaddin.workbook.office.book import OfficeBook
from xlsaddin.workbook.office.rows import FIRST_COLUMN, Rows
from xlsaddin.workbook.places import SheetPlace
from xlsaddin.workbook.respondent.progress import sheet_progress
from xlsaddin.workbook.respondent.summary import summary_cell

_STATES = ("filled", "incomplete", "check", "empty", "not_asked")
_HEADS = (("item", 3), ("answer", 1), ("rows", 1), ("in_window", 1), ("findings", 1), ("entry", 1))


def items_block(book: OfficeBook, rows: Rows) -> tuple[int, int, int]:
    """Put the block; return first row, last row and column of its states."""
    rows.line(book.word("result.items"), "small_heading")
    column = FIRST_COLUMN
    for key, across in _HEADS:
        rows.put(column, book.word(f"result.{key}"), "fact_name", across=across)
        column += across
    rows.next()
    first = rows.row
    counted = Counter(finding.location.item for finding in book.review.findings)
    for sheet in _shown(book):
        _row(book, rows, sheet, counted)
    return first, max(first, rows.row - 1), FIRST_COLUMN + 7


def _shown(book: OfficeBook) -> list[SheetPlace]:
    """Return the sheets with a row: those of numbered items where there are such, else all."""
    sheets = [sheet for sheet in book.layout.sheets if sheet.table is not None or sheet.singles]
    numbered = [sheet for sheet in sheets if _number(sheet) and "-" not in _number(sheet)]
    return numbered or sheets


def _number(sheet: SheetPlace) -> str:
    items = [sheet.table.item] if sheet.table else [place.item for place in sheet.singles]
    return next((item.number for item in items if item.number), "")


def _row(book: OfficeBook, rows: Rows, sheet: SheetPlace, counted: Counter[str]) -> None:
    shown = labels.label(sheet.section, book.language)
    title = shown if shown.startswith(_number(sheet)) else f"{_number(sheet)} {shown}"
    name = sheet.table.sheet if sheet.table else sheet.section.sheet
    rows.put(FIRST_COLUMN, title, "fact_link", across=3, link=f"{name}!A1")
    items = [sheet.table.item] if sheet.table else [place.item for place in sheet.singles]
    findings = sum(counted[item.key] for item in items)
    listed = [item.key for item in items if item.key in book.layout.items_rows]
    if not listed:
        _unread_cells(book, rows, items[0].key)
    elif sheet.table is not None:
        _table_cells(book, rows, sheet.table.item.key)
    else:
        _form_cells(book, rows, sheet)
    rows.put(FIRST_COLUMN + 6, findings, "fact_center")
    if listed:
        _state(book, rows, sheet)
    rows.next()


def _table_cells(book: OfficeBook, rows: Rows, item: str) -> None:
    values = book.template.item_row(item)
    for offset, column in ((3, "status"), (4, "rows"), (5, "in_window")):
        computed = book.template.computed("items", column, item)
        value = book.show(computed, values[column])
        rows.put(FIRST_COLUMN + offset, value, "fact_center", summary_cell(book.layout, item, column).absolute)


def _unread_cells(book: OfficeBook, rows: Rows, item: str) -> None:
    """Put what is known of an item that no rule may read: filled in or not."""
    review = next(one for one in book.review.items if one.item == item)
    for offset, value in ((3, None), (4, review.rows), (5, None)):
        rows.put(FIRST_COLUMN + offset, value, "fact_center")
    rows.put(FIRST_COLUMN + 7, word(f"state.{review.state.value}", book.layout.language), "fact_center")


def _form_cells(book: OfficeBook, rows: Rows, sheet: SheetPlace) -> None:
    progress, context = sheet_progress(sheet.section.key), book.compiled.context
    formula = f'{compile_once(progress.done, context)}&" / "&{compile_once(progress.total, context)}'
    done, total = book.evaluate(progress.done), book.evaluate(progress.total)
    rows.put(FIRST_COLUMN + 3, f"{done} / {total}", "fact_center", formula)
    for offset in (4, 5):
        rows.put(FIRST_COLUMN + offset, None, "fact_center")


def _state(book: OfficeBook, rows: Rows, sheet: SheetPlace) -> None:
    state, language = sheet_progress(sheet.section.key).state, book.layout.language
    shown = {key: word(f"state.{key}", language) for key in _STATES} | {"optional": word("need.optional", language)}
    formula = compile_once(state, book.compiled.context, shown)
    rows.put(FIRST_COLUMN + 7, shown[str(book.evaluate(state))], "fact_center", formula)
