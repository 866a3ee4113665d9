"""A headless LibreOffice of our own: started, asked, stopped.

    with running_office() as office:
        office.convert(path, "pdf", path.with_suffix(".pdf"))
        office.recalculate(path, again)                 # what a spreadsheet engine makes of all formulas
        with office.opened(path) as document:
            document.set_cells({"a_role": "PI", "①学歴!B5": date(2001, 4, 1)})
            document.calculate()
            document.read_cells(["r_level", "結果!C4"])   # {"r_level": "低", "結果!C4": CellError("#N/A")}

One office and one open document serve hundreds of rounds of set, calculate, read; see `document.Document`.
In tests take the session fixture `office`.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from xlsaddin.libreoffice import runtime
from xlsaddin.libreoffice.document import FILTERS, Document
from xlsaddin.libreoffice.profile import write_profile
from xlsaddin.libreoffice.runtime import OfficeError

__all__ = ["Office", "OfficeError", "running_office"]

_QUIET = ("--headless", "--invisible", "--norestore", "--nologo", "--nodefault", "--nofirststartwizard")


class Office:
    """A running headless LibreOffice with its own profile and a private pipe.

    Attributes:
        context: UNO component context of the office; desktop: its `com.sun.star.frame.Desktop`.
        folder: its profile, removed when it stops.
    """

    def __init__(self, process: subprocess.Popen[bytes], context: Any, folder: Path) -> None:
        self._process = process
        self.context = context
        self.folder = folder
        self.desktop = self.service("com.sun.star.frame.Desktop")

    def service(self, name: str) -> Any:
        """Return a new instance of a UNO service of the office."""
        return self.context.ServiceManager.createInstanceWithContext(name, self.context)

    def new(self) -> Document:
        """Return a new empty document."""
        return Document(self.desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, _hidden()))

    def open(self, path: Path, *, macros: bool = False, password: str = "", timeout: float = 60) -> Document:
        """Open a workbook, its links not followed.

        Args:
            path: any file Calc reads; an `.xlam` is opened as what it is only by naming its filter.
            macros: run the macros of the file; for our own add-in alone.
            password: of an encrypted workbook.
            timeout: seconds after which the office is stopped and OfficeError raised.
        """
        extra: dict[str, object] = {"MacroExecutionMode": 4 if macros else 0, "UpdateDocMode": 0}
        if path.suffix == ".xlam":
            extra["FilterName"] = FILTERS["xlam"]
        if password:
            extra["Password"] = password
        component = None
        with self.limited(timeout), contextlib.suppress(runtime.load_uno().getClass(_IO_ERROR)):
            url = runtime.file_url(path)
            component = self.desktop.loadComponentFromURL(url, "_blank", 0, _hidden(**extra))
        if component is None:
            raise OfficeError("RS-OFFICE-004", path=path.name)
        return Document(component)

    @contextmanager
    def opened(self, path: Path, *, macros: bool = False) -> Iterator[Document]:
        """Open a workbook and close it afterwards without saving."""
        document = self.open(path, macros=macros)
        try:
            yield document
        finally:
            document.close()

    def convert(self, path: Path, kind: str, target: Path, *, timeout: float = 120) -> Path:
        """Write `path` as `pdf`, `xlsx`, `ods`, `png` (first sheet) or `html` to `target`; returns `target`."""
        with self.limited(timeout), self.opened(path) as document:
            return document.save_as(target, kind)

    def recalculate(self, path: Path, target: Path, *, timeout: float = 120) -> Path:
        """Write a copy with every formula calculated afresh, as xlsx; returns `target`."""
        with self.limited(timeout), self.opened(path) as document:
            document.calculate()
            return document.save_as(target, "xlsx")

    @contextmanager
    def limited(self, seconds: float) -> Iterator[None]:
        """Stop the office when the block takes longer; the call that hangs then raises OfficeError."""
        late = threading.Event()

        def end() -> None:
            late.set()
            self.kill()

        timer = threading.Timer(seconds, end)
        timer.daemon = True
        timer.start()
        try:
            yield
        except Exception:
            if late.is_set():
                raise OfficeError("RS-OFFICE-005", seconds=int(seconds)) from None
            raise
        finally:
            timer.cancel()

    def stop(self) -> None:
        """Ask the office to end, and end it when it does not."""
        with contextlib.suppress(Exception):  # the bridge breaks while the office goes: that is the answer
            self.desktop.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """End the office at once, with the processes it started."""
        with contextlib.suppress(ProcessLookupError):
            if sys.platform == "win32":
                self._process.kill()
            else:
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(10)


_IO_ERROR = "com.sun.star.io.IOException"


@contextmanager
def running_office(*, recalculate_on_load: bool = True, timeout: float = 60) -> Iterator[Office]:
    """Start a headless office with a profile of its own, and stop it at the end.

    Args:
        recalculate_on_load: False opens an xlsx with the values stored in it, as LibreOffice does by itself.
        timeout: seconds to wait for its start.
    """
    runtime.load_uno()
    with tempfile.TemporaryDirectory(prefix="xlsaddin-office-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        write_profile(folder, recalculate_on_load=recalculate_on_load)
        pipe = f"xlsaddin{secrets.token_hex(12)}"
        process = _start(folder, pipe)
        office: Office | None = None
        try:
            office = Office(process, _connect(process, pipe, timeout), folder)
            yield office
        finally:
            if office is not None:
                office.stop()
            elif process.poll() is None:
                process.kill()


def _start(folder: Path, pipe: str) -> subprocess.Popen[bytes]:
    command = [
        str(runtime.find_soffice()),
        *_QUIET,
        f"-env:UserInstallation={folder.as_uri()}",
        f"--accept=pipe,name={pipe};urp;",
    ]
    return subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


def _connect(process: subprocess.Popen[bytes], pipe: str, timeout: float) -> Any:
    uno = runtime.load_uno()
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    refused = uno.getClass("com.sun.star.connection.NoConnectException")
    end = time.monotonic() + timeout
    while time.monotonic() < end and process.poll() is None:
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except refused:
            time.sleep(0.05)
    raise OfficeError("RS-OFFICE-003", seconds=int(timeout))


def _hidden(**more: object) -> tuple[Any, ...]:
    return runtime.properties(Hidden=True, **more)
