"""An xlwings engine whose application is LibreOffice Calc, so that the code written for Excel runs there unchanged.

app = attach(office)          # an xw.App; `app.books.active`, `xw.apps.active` and `xw.Range` work on it
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import xlwings as xw
from xlwings import base_classes

from xlsaddin.libreoffice.app import CalcApp
from xlsaddin.libreoffice.values import CellError

if TYPE_CHECKING:
    from xlsaddin.libreoffice.office import Office

NAME = "libreoffice"


class CalcEngine:
    """xlwings' view of LibreOffice: a desktop engine with one app an office."""

    name = NAME
    type = "desktop"

    def __init__(self) -> None:
        self.apps = CalcApps(self)

    @staticmethod
    def clean_value_data(
        data: Sequence[Sequence[object]],
        datetime_builder: Callable[..., object],
        empty_as: object,
        number_builder: Callable[[float], object] | None,
        err_to_str: bool,
    ) -> list[list[object]]:
        """Return cell contents as xlwings promises them: dates built, blanks and errors replaced."""

        def clean(value: object) -> object:
            if value is None or value == "":
                return empty_as
            if isinstance(value, CellError):
                return str(value) if err_to_str else empty_as
            if isinstance(value, dt.datetime):
                parts = (value.year, value.month, value.day, value.hour, value.minute, value.second)
                names = ("year", "month", "day", "hour", "minute", "second")
                return datetime_builder(**dict(zip(names, parts, strict=True)), microsecond=0, tzinfo=None)
            if number_builder and isinstance(value, float):
                return number_builder(value)
            return value

        return [[clean(value) for value in row] for row in data]

    @staticmethod
    def prepare_xl_data_element(value: object, options: object) -> object:
        """Return a Python value as the range setters take it."""
        return "" if value is None else value


class CalcApps(base_classes.Apps):
    """The offices attached to this process, the latest first."""

    def __init__(self, engine: CalcEngine) -> None:
        self.engine = engine
        self._apps: list[CalcApp] = []

    def attach(self, office: Office) -> CalcApp:
        """Return the app of an office, made when it is not there yet."""
        for app in self._apps:
            if app.office is office:
                return app
        self._apps.insert(0, made := CalcApp(self.engine, office))
        return made

    def detach(self, office: Office) -> None:
        """Forget an office that is being stopped."""
        self._apps = [app for app in self._apps if app.office is not office]

    def keys(self) -> list[int]:
        """Return the process ids of the attached offices."""
        return [app.pid for app in self._apps]

    def __iter__(self) -> Iterator[CalcApp]:
        return iter(self._apps)

    def __len__(self) -> int:
        return len(self._apps)

    def __getitem__(self, pid: int) -> CalcApp:
        return next(app for app in self._apps if app.pid == pid)


def attach(office: Office) -> xw.App:
    """Return the xlwings app of a running office; the engine becomes xlwings' active one."""
    if NAME not in [engine.name for engine in xw.engines]:
        xw.engines.add(xw.Engine(impl=CalcEngine()))
    engine: Any = xw.engines[NAME]
    engine.activate()
    return xw.App(impl=engine.impl.apps.attach(office))


def detach(office: Office) -> None:
    """Forget an office."""
    if NAME in [engine.name for engine in xw.engines]:
        xw.engines[NAME].impl.apps.detach(office)
