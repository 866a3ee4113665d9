"""A compiled formula gives in a spreadsheet engine what `evaluate` gives in Python, on thousands of random cells."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

import pytest
import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from tests.workbook_build import expressions as made
from xlsaddin.checklist.expression import Scalar, evaluate, parse_expression
from xlsaddin.libreoffice.office import Office
from xlsaddin.libreoffice.values import to_serial
from xlsaddin.workbook.formula import compile_expression
from xlsaddin.workbook.guards import lookup_key
from xlsaddin.workbook.references import ValueKind

pytestmark = pytest.mark.office
SCOPES, EXPRESSIONS = 40, 150
_SHOWN = {key: f"「{key}」" for key in (*made.STATUS, *made.BAND)}


def test_random_expressions__same_in_cells(office: Office, tmp_path: Path) -> None:
    random = Random(20260901)
    scopes = [_scope(random, number) for number in range(SCOPES)]
    writer = made.Writer(random)
    texts = [writer.write(kind) for kind in ValueKind for _ in range(EXPRESSIONS // len(ValueKind))]
    path = tmp_path / "random.xlsx"
    _write_book(path, scopes, texts)
    with office.open(path) as document:
        document.calculate()
        shown = document.read(f"結果!A1:{xl_col_to_name(SCOPES - 1)}{len(texts)}")
    wrong = [
        (text, number, shown[row][number], expected)
        for row, text in enumerate(texts)
        for number, scope in enumerate(scopes)
        if not _alike(shown[row][number], expected := evaluate(parse_expression(text), scope))
    ]
    assert not wrong[:5]


def _scope(random: Random, number: int) -> made.Scope:
    names = {name: "値!" + xl_rowcol_to_cell(row, number, True, True) for row, name in enumerate(made.KINDS)}
    areas = {}
    for offset, column in enumerate((*made.COLUMNS, "filled")):
        letter = xl_col_to_name(number * (len(made.COLUMNS) + 1) + offset, True)
        areas[column] = f"表!{letter}$1:{letter}${made.ROWS + 3}"
    return made.Scope(random, names, areas, "値!$A$30")


def _write_book(path: Path, scopes: list[made.Scope], texts: list[str]) -> None:
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        results, values, tables, lists = (book.add_worksheet(name) for name in ("結果", "値", "表", "選択肢"))
        values.write(29, 0, 50)
        readings = [(text, first, last, last, first) for text, (first, last) in made.READINGS.items()]
        ticks = [("☑", "yes"), ("はい", "yes"), ("☐", "no")]
        spellings = [(lookup_key(text), key) for key, texts in made.STATUS.items() for text in texts]
        blocks = {"r_dates": readings, "r_numbers": [("-", "-")], "v_tick": ticks, "v_status": spellings}
        for number, (name, rows) in enumerate(blocks.items()):
            _write_block(book, lists, name, rows, number * 6)
        for number, scope in enumerate(scopes):
            for row, cell in enumerate(scope.cells.values()):
                _type(values, row, number, cell.typed)
            start = number * (len(made.COLUMNS) + 1)
            for row, cells in enumerate(scope.rows_typed):
                for offset, cell in enumerate(cells.values()):
                    _type(tables, row, start + offset, cell.typed)
                tables.write(row, start + len(made.COLUMNS), "記入済")
            for row, text in enumerate(texts):
                results.write_formula(row, number, compile_expression(parse_expression(text), scope, _SHOWN))


def _write_block(book: xlsxwriter.Workbook, sheet: Worksheet, name: str, rows: list[tuple], column: int) -> None:
    for row, values in enumerate(rows):
        for offset, value in enumerate(values):
            _type(sheet, row, column + offset, value)
    last = xl_rowcol_to_cell(len(rows) - 1, column + len(rows[0]) - 1, True, True)
    book.define_name(name, f"=選択肢!{xl_rowcol_to_cell(0, column, True, True)}:{last}")


def _type(sheet: Worksheet, row: int, column: int, typed: object) -> None:
    match typed:
        case None:
            return
        case made.ERROR:
            sheet.write_formula(row, column, "NA()")
        case bool():
            sheet.write_boolean(row, column, typed)
        case date():
            sheet.write_number(row, column, to_serial(typed))
        case str():
            sheet.write_string(row, column, typed)
        case _:
            sheet.write(row, column, typed)


def _alike(shown: object, expected: Scalar) -> bool:
    if isinstance(expected, str):
        return isinstance(shown, str) and shown.casefold() == _SHOWN.get(expected, expected).casefold()
    if expected is None:
        return shown is None
    number = to_serial(expected) if isinstance(expected, date) else float(expected)
    return isinstance(shown, float) and abs(shown - number) < 1e-9
