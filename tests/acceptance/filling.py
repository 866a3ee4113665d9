"""Typing into workbooks the way outside tools do: by defined name, table name and header text."""

from __future__ import annotations

import unicodedata
import warnings
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

Answers = Mapping[str, Any]
Row = dict[str, Any]


def open_book(path: Path, *, values: bool = False) -> Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl does not know print areas that are formulas
        return openpyxl.load_workbook(path, data_only=values)


def fill(book: Workbook, answers: Answers, given: str = "あり") -> None:
    """Type answers: a scalar into `a_<key>`, a tuple (state, reason), a list of rows (headers to values) a table."""
    for key, answer in answers.items():
        if isinstance(answer, list):
            set_named(book, f"a_{key}", given)
            fill_rows(book, f"t_{key}", answer)
        elif isinstance(answer, tuple):
            set_named(book, f"a_{key}", answer[0])
            set_named(book, f"a_{key}_reason", answer[1])
        else:
            set_named(book, f"a_{key}", answer)


def fill_rows(book: Workbook, table: str, rows: list[Row]) -> None:
    sheet, first, columns = find_table(book, table)
    for number, row in enumerate(rows, start=first + 1):
        for header, value in row.items():
            sheet.cell(number, columns(header), value)


def named_cell(book: Workbook, name: str) -> Any:
    sheet, address = next(iter(book.defined_names[name].destinations))
    return book[sheet][address.replace("$", "")]


def set_named(book: Workbook, name: str, value: Any) -> None:
    named_cell(book, name).value = value


def find_table(book: Workbook, name: str) -> tuple[Worksheet, int, Callable[[str], int]]:
    """Return sheet, header row and a finder of column numbers by header text in either language."""
    for sheet in book.worksheets:
        if name in sheet.tables:
            left, top, right, _ = openpyxl.utils.range_boundaries(sheet.tables[name].ref)
            headers = {column: _plain(sheet.cell(top, column).value) for column in range(left, right + 1)}

            def column(header: str, headers: dict[int, str] = headers) -> int:
                wanted = _plain(header)
                found = [key for key, text in headers.items() if wanted == text or wanted in text.split(" / ")]
                assert len(found) == 1, f"{name}: {header!r} stands {len(found)} times in {list(headers.values())}"
                return found[0]

            return sheet, top, column
    raise AssertionError(f"no table {name}")


def table_rows(path: Path, name: str) -> list[Row]:
    """Return the stored values of a table, by the Japanese part of its headers."""
    book = open_book(path, values=True)
    for sheet in book.worksheets:
        if name in sheet.tables:
            header, *rows = (list(row) for row in _cells(sheet, sheet.tables[name].ref))
            titles = [str(title).split(" / ")[0] for title in header]
            return [dict(zip(titles, row, strict=True)) for row in rows if any(cell not in (None, "") for cell in row)]
    raise AssertionError(f"no table {name} in {path.name}")


def named_value(path: Path, name: str) -> Any:
    return named_cell(open_book(path, values=True), name).value


def _cells(sheet: Worksheet, ref: str) -> Iterator[list[Any]]:
    for row in sheet[ref]:
        yield [cell.value for cell in row]


def _plain(text: object) -> str:
    return unicodedata.normalize("NFKC", str(text or "")).strip()


def judge(copy: Path, target: Path, written: Mapping[str, Any], *, where: Row | None = None) -> Path:
    """Type into the judgement columns of `r_hits` beside every hit (or those whose columns say `where`)."""
    return type_beside(copy, target, "r_hits", written, where or {}, marker="リスト上の名称")


def type_beside(copy: Path, target: Path, table: str, written: Mapping[str, Any], where: Row, *, marker: str) -> Path:
    """Type values into the rows of a result table; `marker` is a column that no empty row has."""
    book = open_book(copy)
    sheet, top, column = find_table(book, table)
    *_, bottom = openpyxl.utils.range_boundaries(sheet.tables[table].ref)
    touched = 0
    for row in range(top + 1, bottom + 1):
        if sheet.cell(row, column(marker)).value in (None, ""):
            continue
        if all(str(value) in str(sheet.cell(row, column(header)).value) for header, value in where.items()):
            touched += 1
            for header, value in written.items():
                sheet.cell(row, column(header)).value = value
    assert touched, f"no row of {table} in {copy.name} with {where}"
    target.parent.mkdir(parents=True, exist_ok=True)
    book.save(target)
    return target
