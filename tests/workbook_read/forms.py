"""Filled forms for the tests: every item of a checklist in cells, as a template has them, without its looks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from xlsaddin.checklist.loading import load_checklist
from xlsaddin.checklist.model import Checklist, Item, Kind
from xlsaddin.workbook.build import build_book
from xlsaddin.workbook.labels import Language, header, label
from xlsaddin.workbook.meta import META_SHEET, BookMeta, meta_rows
from xlsaddin.workbook.plan import BookPlan, CellPlan, CellValue, NamePlan, SheetPlan, TableColumnPlan, TablePlan
from xlsaddin.workbook.references import quote_sheet

HEADER_ROW = 8
SPARE_ROWS = 3
Given = Mapping[str, object]
"""Answers by item key: a value; for a table a state, or a list of rows (column key -> value)."""


def researcher() -> Checklist:
    return load_checklist("researcher")


def form_plan(checklist: Checklist, given: Given, language: Language = Language.BOTH, /, **meta: object) -> BookPlan:
    sheets = [_sheet(checklist, section.key, given, language) for section in checklist.sections]
    names = [name for section in checklist.sections for name in _names(checklist, section.key)]
    facts = BookMeta(
        checklist.key,
        checklist.version,
        language=language.value,
        sheets={section.key: section.sheet for section in checklist.sections},
    )
    rows = meta_rows(replace(facts, **meta))  # type: ignore[arg-type]
    cells = [CellPlan(row, column, text) for row, pair in enumerate(rows, 1) for column, text in enumerate(pair, 1)]
    hidden = SheetPlan(META_SHEET, META_SHEET, tuple(cells), hidden=True)
    return BookPlan((*sheets, hidden), tuple(names))


def write_form(path: Path, given: Given, language: Language = Language.BOTH, /, **meta: object) -> Path:
    path.write_bytes(build_book(form_plan(researcher(), given, language, **meta)))
    return path


def _items(checklist: Checklist, section: str) -> list[Item]:
    return [item for item in checklist.items if item.section == section]


def _sheet(checklist: Checklist, section: str, given: Given, language: Language) -> SheetPlan:
    name = checklist.section(section).sheet
    cells: list[CellPlan] = [CellPlan(1, 2, name, style="title")]
    tables: list[TablePlan] = []
    for row, item in enumerate(_items(checklist, section), start=3):
        answer = given.get(item.key)
        if item.kind is Kind.TABLE:
            rows = answer if isinstance(answer, list) else []
            state = "あり" if rows else answer
            cells += [CellPlan(4, 4, state), CellPlan(5, 4, given.get(f"{item.key}_reason"))]  # type: ignore[arg-type]
            tables.append(_table(item, rows, language))
        else:
            cells += [CellPlan(row, 2, label(item, language)), CellPlan(row, 3, answer, style="input_any")]  # type: ignore[arg-type]
    return SheetPlan(section, name, tuple(cells), tuple(tables))


def _table(item: Item, rows: Sequence[Mapping[str, CellValue]], language: Language) -> TablePlan:
    columns = [TableColumnPlan(header(column, language), "input_any") for column in item.columns]
    columns.append(TableColumnPlan("記入の状態 / Entry", "computed", 'IF(B9="","","記入済")'))
    state = "" if not rows or rows[0].get(item.columns[0].key) in (None, "") else "記入済"
    filled = [*rows, *[{}] * SPARE_ROWS]
    body = [(*(row.get(column.key) for column in item.columns), state) for row in filled]
    return TablePlan(f"t_{item.key}", HEADER_ROW, 2, tuple(columns), tuple(body))


def _names(checklist: Checklist, section: str) -> Iterator[NamePlan]:
    sheet = quote_sheet(checklist.section(section).sheet)
    for row, item in enumerate(_items(checklist, section), start=3):
        if item.kind is Kind.TABLE:
            yield NamePlan(f"a_{item.key}", f"{sheet}!$D$4")
            yield NamePlan(f"a_{item.key}_reason", f"{sheet}!$D$5")
        else:
            yield NamePlan(f"a_{item.key}", f"{sheet}!$C${row}")
