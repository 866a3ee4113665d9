"""The application as xlwings sees it: its books, selection, status bar, messages, macros."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from xlsaddin.libreoffice import runtime
from xlsaddin.libreoffice.books import CalcBooks
from xlsaddin.libreoffice.ranges import CalcRange

if TYPE_CHECKING:
    from xlsaddin.libreoffice.office import Office

_CALCULATION = {True: "automatic", False: "manual"}
_BASIC = "vnd.sun.star.script:{macro}?language=Basic&location=application"


class CalcApp(base_classes.App):
    """One running office.

    Attributes:
        alerts: messages that would have been shown to a person, newest last; a headless office shows none.
    """

    def __init__(self, engine: Any, office: Office) -> None:
        self.engine = engine
        self.office = office
        self.alerts: list[str] = []
        self._status: str | bool = False
        self._indicator: Any = None
        self._books = CalcBooks(self)

    @property
    def api(self) -> Any:
        """The UNO desktop."""
        return self.office.desktop

    @property
    def books(self) -> CalcBooks:
        """Open spreadsheets."""
        return self._books

    @property
    def pid(self) -> int:
        """Process id of soffice."""
        return self.office.pid

    @property
    def version(self) -> str:
        """LibreOffice's version, such as `7.4`."""
        access = self.office.service("com.sun.star.configuration.ConfigurationProvider")
        node = access.createInstanceWithArguments(
            "com.sun.star.configuration.ConfigurationAccess",
            runtime.properties(nodepath="/org.openoffice.Setup/Product"),
        )
        return str(node.ooSetupVersion)

    @property
    def selection(self) -> CalcRange | None:
        """The selected cells of the active book; None when something else is selected."""
        book = self._books.active
        selected = book.api.CurrentSelection
        if selected is None or not selected.supportsService("com.sun.star.sheet.SheetCellRange"):
            return None
        return CalcRange(selected, book.sheets(selected.Spreadsheet.Name))

    @property
    def visible(self) -> bool:
        """Whether a person sees it."""
        return self.office.visible

    @visible.setter
    def visible(self, value: bool) -> None:
        """Nothing: an office is started visible or not."""

    @property
    def screen_updating(self) -> bool:
        """True unless drawing is held."""
        return not any(book.api.hasControllersLocked() for book in self._books)

    @screen_updating.setter
    def screen_updating(self, value: bool) -> None:
        for book in self._books:
            if value and book.api.hasControllersLocked():
                book.api.unlockControllers()
            elif not value:
                book.api.lockControllers()

    @property
    def calculation(self) -> str:
        """`automatic` or `manual`, of the active book."""
        return _CALCULATION[self._books.active.api.isAutomaticCalculationEnabled()]

    @calculation.setter
    def calculation(self, value: str) -> None:
        self._books.active.api.enableAutomaticCalculation(value != "manual")

    display_alerts = enable_events = interactive = True  # Calc has no such switches

    @property
    def status_bar(self) -> str | bool:
        """The text set last; False when the application writes its own. Calc's bar itself cannot be read."""
        return self._status

    @status_bar.setter
    def status_bar(self, value: str | bool) -> None:
        self._status = value
        if self._indicator is not None:
            self._indicator.end()
            self._indicator = None
        if isinstance(value, str) and self.visible:
            self._indicator = self._books.active.api.CurrentController.Frame.createStatusIndicator()
            self._indicator.start(value, 0)

    def calculate(self) -> None:
        """Recalculate all open books."""
        for book in self._books:
            book.api.calculateAll()

    def activate(self, steal_focus: bool | None = None) -> None:
        """Nothing: a window manager's matter."""

    def alert(self, prompt: str, title: str | None, buttons: str | None, mode: str | None, callback: object) -> str:
        """Show a message when a person sees the office; always keep it in `alerts`. Returns `ok`."""
        self.alerts.append(prompt)
        if self.visible:
            window = self._books.active.api.CurrentController.Frame.ContainerWindow
            kind = runtime.load_uno().Enum("com.sun.star.awt.MessageBoxType", "INFOBOX")
            box = window.Toolkit.createMessageBox(window, kind, 1, title or "", prompt)
            box.execute()
            box.dispose()
        return "ok"

    def run(self, macro: str, args: tuple[object, ...]) -> Any:
        """Run a macro of the application's Basic libraries, such as `Standard.Ribbon.CheckAll`."""
        factory = self.office.service("com.sun.star.script.provider.MasterScriptProviderFactory")
        script = factory.createScriptProvider("").getScript(_BASIC.format(macro=macro))
        return script.invoke(tuple(args), (), ())[0]

    def quit(self) -> None:
        """Close every book without saving; the office itself is stopped by who started it."""
        for book in list(self._books):
            with contextlib.suppress(runtime.load_uno().getClass("com.sun.star.util.CloseVetoException")):
                book.close()

    def range(self, cell1: Any, cell2: Any = None) -> CalcRange:
        """Return a range of the active sheet."""
        return self._books.active.sheets.active.range(cell1, cell2)
