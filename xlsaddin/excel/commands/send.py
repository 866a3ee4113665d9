"""Send: what leaves the office is a frozen copy; the open workbook stays as it is."""

from __future__ import annotations

import tempfile
from pathlib import Path

from xlsaddin.errors import WorkbookError
from xlsaddin.excel import live
from xlsaddin.excel.commands.formulas import stamp_text
from xlsaddin.excel.steps import Desk, Steps
from xlsaddin.workbook.freeze import freeze_workbook


def save_frozen_copy(desk: Desk) -> Steps:
    """Save a frozen copy beside the workbook in front, as `<name>.frozen.xlsx`."""
    book = desk.book
    saved = Path(book.fullname)
    if not saved.is_file():
        raise WorkbookError("RS-LIVE-054", book=book.name)
    yield desk.say("RS-LIVE-061", book=book.name)
    target = saved.with_name(f"{saved.stem}.frozen.xlsx")
    with tempfile.TemporaryDirectory() as folder:
        copy = live.save_copy(book, Path(folder) / f"{saved.stem}.xlsx")
        frozen = freeze_workbook(copy, target, stamp_text(desk))
    return desk.say("RS-LIVE-055", path=target, count=len(frozen.cells))
