"""Reading cells of published workbooks as text, by calamine."""

from __future__ import annotations

import datetime
from functools import lru_cache
from io import BytesIO
from typing import Any

from xlsaddin.errors import ListError
from xlsaddin.watchlist.parsers.interface import PublishedFile

Rows = list[list[str]]


def sheet_rows(file: PublishedFile, sheet: int | str) -> Rows:
    """Return every row of one sheet from row 1 on, cells as text; raises `ListError` for what is no workbook."""
    from python_calamine import CalamineError

    book = _open(file.content, file.name)
    name = book.sheet_names[sheet] if isinstance(sheet, int) else sheet
    try:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError) as problem:
        raise ListError("RS-LIST-001", path=file.name, reason=str(problem)) from problem
    return [[cell_text(cell) for cell in row] for row in rows]


def sheet_names(file: PublishedFile) -> list[str]:
    """Return the names of the sheets in order."""
    return list(_open(file.content, file.name).sheet_names)


def first_row(file: PublishedFile) -> list[str]:
    """Return row 1 of the first sheet, empty when the file is no workbook."""
    try:
        rows = sheet_rows(file, 0)
    except ListError:
        return []
    return rows[0] if rows else []


def cell_text(cell: object) -> str:
    """Return a cell value as text: whole numbers without a point, dates as ISO text."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    return str(cell).replace("_x000D_", "").replace("\r\n", "\n").strip()


@lru_cache(maxsize=1)
def _open(content: bytes, name: str) -> Any:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        return CalamineWorkbook.from_filelike(BytesIO(content))
    except (CalamineError, OSError, ValueError) as problem:
        raise ListError("RS-LIST-001", path=name, reason=str(problem)) from problem
