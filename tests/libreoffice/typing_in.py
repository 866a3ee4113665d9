"""Typing answers into an open workbook of ours, as a person would: single items by name, tables under their headers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import xlwings as xw

from xlsaddin.checklist.loading import load_checklist
from xlsaddin.workbook.read.headers import column_spellings, find_columns
from xlsaddin.workbook.respondent.template import build_template

AS_OF = date(2026, 9, 1)
Rows = Sequence[Mapping[str, object]]

EDUCATION = [
    {
        "since": "2012年9月",
        "until": "2016年6月",
        "school": "哈爾濱工業大学",
        "school_full": "Harbin Institute of Technology",
    },
    {"since": "2017年4月", "until": "2020年3月", "school": "東北大学", "school_full": "Tohoku University"},
]
TIES = [{"term": "2024/5-現在", "body": "Harbin Institute of Technology", "country": "中国"}]


def open_template(app: xw.App, folder: Path, key: str) -> xw.Book:
    """A template opened from a file and brought to the front."""
    path = folder / f"{key}.xlsx"
    path.write_bytes(build_template(key, as_of=AS_OF))
    book = app.books.open(path)
    book.activate()
    return book


def table_of(book: xw.Book, name: str) -> xw.main.Table:
    return next(table for sheet in book.sheets for table in sheet.tables if table.name == name)


def type_singles(book: xw.Book, answers: Mapping[str, object]) -> None:
    for key, value in answers.items():
        book.names[f"a_{key}"].refers_to_range.value = value


def type_rows(book: xw.Book, checklist: str, item: str, rows: Rows) -> None:
    """Type rows of a table item, and あり into its state cell."""
    book.names[f"a_{item}"].refers_to_range.value = "あり / Given"
    table = table_of(book, f"t_{item}")
    header, sheet = table.header_row_range, table.header_row_range.sheet
    texts = {header.column + number: str(text) for number, text in enumerate(header.options(ndim=1).value)}
    places = find_columns(texts, column_spellings(load_checklist(checklist).item(item).columns))
    for number, row in enumerate(rows, 1):
        for key, value in row.items():
            sheet.range((header.row + number, places[key])).value = value


def error_cells(book: xw.Book) -> list[str]:
    """Places that show an error."""
    return [
        f"{sheet.name}!{row}:{column}"
        for sheet in book.sheets
        for row, values in enumerate(sheet.used_range.impl.raw_value, 1)
        for column, value in enumerate(values, 1)
        if type(value).__name__ == "CellError"
    ]
