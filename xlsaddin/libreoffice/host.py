"""Calc as a host of the add-in: the unchanged VBA wrappers and ribbon callbacks run in an office, Python beside it.

    with running_office() as office, CalcHost(office) as host:
        book = host.app.books.open(path)
        book.sheets[0]["B1"].formula = "=RS_MATCH(A1)"
        host.press("RibbonCheckAll")

The modules go into the application library `Standard`: from there alone a VBA function is seen by every workbook.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

import xlwings as xw

from xlsaddin.excel import addin_build, edge, live
from xlsaddin.libreoffice import engine, menu
from xlsaddin.libreoffice.office import Office
from xlsaddin.libreoffice.service import Call, make_factory

_LIBRARY = "Standard"
_HEADER = "Option VBASupport 1\n"


class CalcHost:
    """The add-in loaded into an office; a context manager that takes it out again.

    Args:
        office: a running office.
        call: what the macros call, `excel.edge.call` by default.

    Attributes:
        app: the office as an xlwings app.
    """

    def __init__(self, office: Office, call: Call = edge.call) -> None:
        self._office = office
        self._factory = make_factory(call)
        self.app: xw.App = engine.attach(office)
        self._before = live.use_app(self.app)
        office.context.ServiceManager.insert(self._factory)
        self._install({name: addin_build.module_source(name, host="Calc") for name in addin_build.MODULES})

    def add_menu(self) -> None:
        """Show the ribbon's buttons as a menu of Calc."""
        self._install({menu.MODULE: menu.menu_source()})
        menu.add_menu(self._office)

    def press(self, callback: str, *arguments: object) -> None:
        """Run a ribbon callback as a button would, with a real UNO object as its control."""
        control = self._office.desktop
        self.app.impl.run(f"{_LIBRARY}.Ribbon.{callback}", (control, *arguments))

    def call(self, entry: str, *arguments: object) -> object:
        """Call Python through the bridge's own VBA function, as the wrappers do."""
        return self.app.impl.run(f"{_LIBRARY}.Bridge.CallPython", (entry, arguments))

    def remove(self) -> None:
        """Take the modules and the service out of the office."""
        library = self._library()
        for name in (*addin_build.MODULES, menu.MODULE):
            if library.hasByName(name):
                library.removeByName(name)
        self._office.context.ServiceManager.remove(self._factory)
        live.use_app(self._before)
        engine.detach(self._office)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.remove()

    def _install(self, modules: Mapping[str, str]) -> None:
        library = self._library()
        for name, source in modules.items():
            text = _HEADER + _without_attributes(source)
            if library.hasByName(name):
                library.replaceByName(name, text)
            else:
                library.insertByName(name, text)

    def _library(self) -> Any:
        libraries = self._office.service("com.sun.star.script.ApplicationScriptLibraryContainer")
        libraries.loadLibrary(_LIBRARY)
        return libraries.getByName(_LIBRARY)


def _without_attributes(source: str) -> str:
    return "".join(line for line in source.splitlines(keepends=True) if not line.startswith("Attribute "))
