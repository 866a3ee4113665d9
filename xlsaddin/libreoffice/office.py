"""A headless LibreOffice of our own: started, asked, stopped.

    with running_office() as office:
        office.convert(path, "pdf", path.with_suffix(".pdf"))
        office.recalculate(path, again)                 # what a spreadsheet engine makes of all formulas
        with office.open(path) as document:
            document.set_cells({"a_role": "PI", "①学歴!B5": date(2001, 4, 1)})
            document.calculate()
            document.read_cells(["r_level", "結果!C4"])   # {"r_level": "低", "結果!C4": CellError("#N/A")}

One office and one open document serve hundreds of rounds of set, calculate, read; see `document.Document`.
In tests take the session fixture `office`.
"""

from __future__ import annotations

import contextlib
import subprocess
import tempfile
import threading
from pathlib import Path
from typing import Any, Self

from xlsaddin.libreoffice import runtime
from xlsaddin.libreoffice.document import FILTERS, Document
from xlsaddin.libreoffice.launch import connect, end_soffice, start_soffice
from xlsaddin.libreoffice.profile import write_profile
from xlsaddin.libreoffice.runtime import OfficeError

__all__ = ["Office", "OfficeError", "running_office"]

_IO_ERROR = "com.sun.star.io.IOException"
_ALWAYS_EXECUTE, _NEVER_EXECUTE = 4, 0


class Office:
    """A running LibreOffice with its own profile and a private pipe; a context manager that stops it.

    Attributes:
        context: UNO component context of the office; desktop: its `com.sun.star.frame.Desktop`.
        pid: of the process; visible: whether a person sees it.
    """

    def __init__(
        self,
        process: subprocess.Popen[bytes],
        context: Any,
        profile: tempfile.TemporaryDirectory[str],
        visible: bool = False,
    ) -> None:
        self._process = process
        self._profile = profile
        self.context = context
        self.pid = process.pid
        self.visible = visible
        self.desktop = self.service("com.sun.star.frame.Desktop")

    def service(self, name: str) -> Any:
        """Return a new instance of a UNO service of the office."""
        return self.context.ServiceManager.createInstanceWithContext(name, self.context)

    def new(self) -> Document:
        """Return a new empty document."""
        return Document(self._load("private:factory/scalc"))

    def open(
        self, path: Path, *, macros: bool = False, password: str = "", as_new: bool = False, timeout: float = 60
    ) -> Document:
        """Open a workbook, its links not followed; as a context manager it is closed without saving.

        Args:
            path: any file Calc reads; an `.xlam` is opened as what it is only by naming its filter.
            macros: run the macros of the file; for our own add-in alone.
            password: of an encrypted workbook.
            as_new: open a copy that has no file yet, as from a template.
            timeout: seconds after which the office is stopped and OfficeError raised.
        """
        more: dict[str, object] = {"MacroExecutionMode": _ALWAYS_EXECUTE if macros else _NEVER_EXECUTE}
        more["AsTemplate"] = as_new
        if path.suffix == ".xlam":
            more["FilterName"] = FILTERS["xlam"]
        if password:
            more["Password"] = password
        component = None
        with self.limited(timeout), contextlib.suppress(runtime.load_uno().getClass(_IO_ERROR)):
            component = self._load(runtime.file_url(path), UpdateDocMode=0, **more)
        if component is None:
            raise OfficeError("RS-OFFICE-004", path=path.name)
        return Document(component)

    def _load(self, url: str, **more: object) -> Any:
        properties = runtime.properties(Hidden=not self.visible, **more)
        return self.desktop.loadComponentFromURL(url, "_blank", 0, properties)

    def convert(self, path: Path, kind: str, target: Path, *, timeout: float = 120) -> Path:
        """Write `path` as `pdf`, `xlsx`, `ods`, `png` (first sheet) or `html` to `target`; returns `target`."""
        with self.limited(timeout), self.open(path) as document:
            return document.save_as(target, kind)

    def recalculate(self, path: Path, target: Path, *, timeout: float = 120) -> Path:
        """Write a copy with every formula calculated afresh, as xlsx; returns `target`."""
        with self.limited(timeout), self.open(path) as document:
            document.calculate()
            return document.save_as(target, "xlsx")

    def limited(self, seconds: float) -> _Limit:
        """Return a block that stops the office when it takes longer; the call that hangs then raises OfficeError."""
        return _Limit(self, seconds)

    def wait(self) -> None:
        """Wait until the office is closed by the person who works in it."""
        self._process.wait()

    def stop(self) -> None:
        """Ask the office to end, end it when it does not, and remove its profile."""
        with contextlib.suppress(Exception):  # the bridge breaks while the office goes: that is the answer
            self.desktop.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()
        self._profile.cleanup()

    def kill(self) -> None:
        """End the office at once, with the processes it started."""
        end_soffice(self._process)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()


def running_office(*, recalculate_on_load: bool = True, visible: bool = False, timeout: float = 60) -> Office:
    """Start an office with a profile of its own; use it as a context manager.

    Args:
        recalculate_on_load: False opens an xlsx with the values stored in it, as LibreOffice does by itself.
        visible: True for an office a person works in.
        timeout: seconds to wait for its start.
    """
    runtime.load_uno()
    profile = tempfile.TemporaryDirectory(prefix="xlsaddin-office-", ignore_cleanup_errors=True)
    write_profile(Path(profile.name), recalculate_on_load=recalculate_on_load, locking=visible)
    process, pipe = start_soffice(Path(profile.name), visible=visible)
    try:
        return Office(process, connect(process, pipe, timeout), profile, visible)
    except BaseException:
        end_soffice(process)
        profile.cleanup()
        raise


class _Limit:
    """A block with a time limit. A class: UNO's exceptions do not survive `contextlib.contextmanager`."""

    def __init__(self, office: Office, seconds: float) -> None:
        self._office = office
        self._seconds = seconds
        self._late = threading.Event()
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True

    def _end(self) -> None:
        self._late.set()
        self._office.kill()

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        self._timer.cancel()
        if error is not None and self._late.is_set():
            raise OfficeError("RS-OFFICE-005", seconds=int(self._seconds)) from None
