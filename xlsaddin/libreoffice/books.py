"""Open spreadsheets as xlwings sees them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from xlwings import base_classes

from xlsaddin.libreoffice import runtime
from xlsaddin.libreoffice.document import FILTERS
from xlsaddin.libreoffice.formulas import FormulaGrammar
from xlsaddin.libreoffice.names import CalcNames
from xlsaddin.libreoffice.sheets import CalcSheets

if TYPE_CHECKING:
    from xlsaddin.libreoffice.app import CalcApp

_SPREADSHEET = "com.sun.star.sheet.SpreadsheetDocument"


class CalcBooks(base_classes.Books):
    """The open spreadsheets of an office, as the desktop lists them."""

    def __init__(self, app: CalcApp) -> None:
        self.app = app

    @property
    def api(self) -> Any:
        """The desktop's components."""
        return self.app.api.Components

    @property
    def active(self) -> CalcBook:
        """The book whose window was last used; the newest one while none was."""
        current = self.app.api.getCurrentComponent()
        if current is not None and current.supportsService(_SPREADSHEET):
            return CalcBook(current, self)
        return next(iter(self))

    def open(self, fullname: str, *ignored: object) -> CalcBook:
        """Open a workbook (macros never run), or return it when it is open."""
        return CalcBook(self.app.office.open(Path(fullname)).api, self)

    def open_as_new(self, path: Path) -> CalcBook:
        """Open a workbook as a new, unsaved one."""
        return CalcBook(self.app.office.open(path, as_new=True).api, self)

    def add(self) -> CalcBook:
        """Return a new empty book."""
        return CalcBook(self.app.office.new().api, self)

    def __iter__(self) -> Iterator[CalcBook]:
        found = self.api.createEnumeration()
        while found.hasMoreElements():
            component = found.nextElement()
            if component.supportsService(_SPREADSHEET):
                yield CalcBook(component, self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __call__(self, name_or_index: str | int) -> CalcBook:
        """Return one by name or 1-based number; raises KeyError."""
        if isinstance(name_or_index, int):
            return list(self)[name_or_index - 1]
        for book in self:
            if name_or_index.casefold() in (book.name.casefold(), book.fullname.casefold()):
                return book
        raise KeyError(name_or_index)


class CalcBook(base_classes.Book):
    """One open spreadsheet."""

    def __init__(self, component: Any, books: CalcBooks) -> None:
        self.books = books
        self._component = component
        self.grammar = FormulaGrammar(component)

    @property
    def api(self) -> Any:
        """The UNO spreadsheet document."""
        return self._component

    @property
    def app(self) -> CalcApp:
        """The office it is open in."""
        return self.books.app

    @property
    def fullname(self) -> str:
        """Path; the title of a book never saved."""
        url = str(self._component.URL)
        return str(runtime.load_uno().fileUrlToSystemPath(url)) if url.startswith("file:") else self.name

    @property
    def name(self) -> str:
        """File name; the title of a book never saved."""
        url = unquote(str(self._component.URL))
        return url.rsplit("/", 1)[-1] if url.startswith("file:") else str(self._component.Title)

    @property
    def sheets(self) -> CalcSheets:
        """Its sheets."""
        return CalcSheets(self)

    @property
    def names(self) -> CalcNames:
        """Its workbook-scoped defined names."""
        return CalcNames(self)

    def activate(self) -> None:
        """Make it the active book, whether its window is seen or not."""
        self._component.CurrentController.Frame.activate()

    def save(self, path: str | None = None, password: str | None = None) -> None:
        """Save, under another path when one is given (the kind follows its suffix)."""
        if path is None:
            self._component.store()
            return
        options: dict[str, object] = {"FilterName": FILTERS[Path(path).suffix.lstrip(".")]}
        if password:
            options["Password"] = password
        self._component.storeAsURL(runtime.file_url(Path(path)), runtime.properties(**options))

    def save_copy(self, path: Path) -> None:
        """Store a copy as xlsx; the book keeps its name and its unsaved state."""
        self._component.storeToURL(runtime.file_url(path), runtime.properties(FilterName=FILTERS["xlsx"]))

    def close(self) -> None:
        """Close without saving."""
        self._component.close(True)
