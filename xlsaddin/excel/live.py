"""The running spreadsheet application as the commands need it, the same on Windows, macOS and LibreOffice."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path

import xlwings as xw

from xlsaddin.errors import WorkbookError

_GRANTS = (
    "AllowFormattingCells",
    "AllowFormattingColumns",
    "AllowFormattingRows",
    "AllowInsertingColumns",
    "AllowInsertingRows",
    "AllowInsertingHyperlinks",
    "AllowDeletingColumns",
    "AllowDeletingRows",
    "AllowSorting",
    "AllowFiltering",
    "AllowUsingPivotTables",
)

_used: xw.App | None = None


def use_app(app: xw.App | None) -> xw.App | None:
    """Work in this application from now on (None: in the Excel that calls); returns the one used until now."""
    global _used
    before, _used = _used, app
    return before


def current_app() -> xw.App:
    """Return the application that called: never one found by chance, where several Excel windows are open."""
    return _used if _used is not None else xw.Book.caller().app


def active_book(app: xw.App) -> xw.Book:
    """Return the workbook in front; raises WorkbookError when there is none."""
    if not len(app.books):
        raise WorkbookError("RS-LIVE-001")
    return app.books.active


def save_copy(book: xw.Book, path: Path) -> Path:
    """Store the open book as it is now, unsaved changes too, as an xlsx copy; returns `path`.

    The book itself keeps its name and its unsaved state.  On macOS Excel cannot do this: the saved file is copied, and
    WorkbookError is raised while there are unsaved changes.
    """
    engine = book.app.engine.name
    if engine == "libreoffice":
        book.impl.save_copy(path)
    elif hasattr(book.api, "SaveCopyAs"):
        book.api.SaveCopyAs(str(path))
    elif not book.api.saved.get() or not Path(book.fullname).is_file():
        raise WorkbookError("RS-LIVE-002", book=book.name)
    else:
        path.write_bytes(Path(book.fullname).read_bytes())
    return path


def open_as_new(app: xw.App, path: Path) -> xw.Book:
    """Open a workbook as a new, unsaved one; the file is not needed afterwards."""
    if app.engine.name == "libreoffice":
        return xw.Book(impl=app.impl.books.open_as_new(path))
    if hasattr(app.api, "Workbooks"):
        app.api.Workbooks.Add(str(path))
        return app.books.active
    return app.books.open(path)


def is_protected(sheet: xw.Sheet) -> bool:
    """Return whether the cells of a sheet are locked."""
    if sheet.book.app.engine.name == "libreoffice":
        return bool(sheet.impl.protected)
    if hasattr(sheet.api, "ProtectContents"):
        return bool(sheet.api.ProtectContents)
    return bool(sheet.api.protect_contents.get())


def check_structure(book: xw.Book) -> None:
    """Raise WorkbookError when sheets cannot be added, because the structure of the workbook is protected."""
    if book.app.engine.name == "libreoffice":
        locked = book.api.isProtected()
    elif hasattr(book.api, "ProtectStructure"):
        locked = book.api.ProtectStructure
    else:
        locked = book.api.protect_structure.get()
    if locked:
        raise WorkbookError("RS-LIVE-021", book=book.name)


def check_open(sheet: xw.Sheet) -> None:
    """Raise WorkbookError when a sheet that is to be written is locked with a password."""
    with Unlocked([sheet]):
        pass


class Unlocked:
    """A block in which sheets locked without a password can be written, as our form sheets are; then locked again.

    Raises:
        WorkbookError: on entering, when one of the sheets has a password; then none is left open.
    """

    def __init__(self, sheets: Iterable[xw.Sheet]) -> None:
        self._sheets = list(sheets)
        self._opened: list[tuple[xw.Sheet, dict[str, bool]]] = []

    def __enter__(self) -> None:
        for sheet in self._sheets:
            if not is_protected(sheet):
                continue
            allowed = _allowed(sheet)
            _unlock(sheet)
            if is_protected(sheet):
                self.__exit__()
                raise WorkbookError("RS-LIVE-020", sheet=sheet.name)
            self._opened.append((sheet, allowed))

    def __exit__(self, *error: object) -> None:
        while self._opened:
            _lock(*self._opened.pop())


def _unlock(sheet: xw.Sheet) -> None:
    """Take off a protection without a password; a wrong password leaves it, and never asks the user."""
    with contextlib.suppress(Exception):  # each application refuses in its own way
        if sheet.book.app.engine.name == "libreoffice":
            sheet.api.unprotect("")
        elif hasattr(sheet.api, "Unprotect"):
            sheet.api.Unprotect("")
        else:
            sheet.api.unprotect(password="")


def _lock(sheet: xw.Sheet, allowed: dict[str, bool]) -> None:
    if sheet.book.app.engine.name == "libreoffice":
        sheet.api.protect("")
    elif hasattr(sheet.api, "Protect"):
        sheet.api.Protect(Password="", **allowed)
    else:
        sheet.api.protect_worksheet(password="")


def _allowed(sheet: xw.Sheet) -> dict[str, bool]:
    """Return what Excel lets people do on a protected sheet, to be granted again."""
    protection = getattr(sheet.api, "Protection", None)
    return {name: bool(getattr(protection, name)) for name in _GRANTS} if protection is not None else {}


class Held:
    """A block in which screen and calculation stand still while many cells are written.

    A class: exceptions that come from LibreOffice do not survive `contextlib.contextmanager`.
    """

    def __init__(self, app: xw.App) -> None:
        self._app = app
        self._before = (True, "automatic")

    def __enter__(self) -> None:
        self._before = self._app.screen_updating, self._app.calculation
        self._app.screen_updating, self._app.calculation = False, "manual"

    def __exit__(self, *error: object) -> None:
        self._app.screen_updating, self._app.calculation = self._before
