"""Send: what leaves the office is a frozen, or a frozen and sealed, copy; the open workbook stays as it is."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path

from xlsaddin.errors import WorkbookError
from xlsaddin.excel import live
from xlsaddin.excel.commands.formulas import stamp_text
from xlsaddin.excel.steps import Desk, Steps
from xlsaddin.workbook.freeze import freeze_workbook


def save_frozen_copy(desk: Desk) -> Steps:
    """Save a frozen copy beside the workbook in front, as `<name>.frozen.xlsx`."""
    saved = saved_path(desk)
    yield desk.say("RS-LIVE-061", book=saved.name)
    target = saved.with_name(f"{saved.stem}.frozen.xlsx")
    with tempfile.TemporaryDirectory() as folder:
        copy = live.save_copy(desk.book, Path(folder) / f"{saved.stem}.xlsx")
        frozen = freeze_workbook(copy, target, stamp_text(desk))
    return desk.say("RS-LIVE-055", path=target, count=len(frozen.cells))


def save_sealed_copy(desk: Desk) -> Steps:
    """Save a frozen and sealed copy beside the workbook in front, as `<name>.sealed.xlsx`."""
    from xlsaddin.exchange.seal.keys import KeyStore
    from xlsaddin.exchange.seal.sealing import seal_workbook
    from xlsaddin.register.register import Register

    saved = saved_path(desk)
    yield desk.say("RS-LIVE-061", book=saved.name)
    target = saved.with_name(f"{saved.stem}.sealed.xlsx")
    with tempfile.TemporaryDirectory() as folder, Register.open() as register:
        copy = live.save_copy(desk.book, Path(folder) / f"{saved.stem}.xlsx")
        seal_workbook(copy, target, KeyStore(), register, datetime.now().astimezone())
    return desk.say("RS-LIVE-058", path=target)


def saved_path(desk: Desk) -> Path:
    """Return where the workbook in front is saved; raises WorkbookError for one that is not."""
    saved = Path(desk.book.fullname)
    if not saved.is_file():
        raise WorkbookError("RS-LIVE-054", book=desk.book.name)
    return saved
