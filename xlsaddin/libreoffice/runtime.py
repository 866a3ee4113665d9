"""Where LibreOffice lies on this machine, and how its Python bridge is loaded into ours.

`uno.py` and `pyuno` belong to the LibreOffice installation, not to a package index.  They import in any virtual
environment of the same Python minor version once their two folders are on the path.
"""

from __future__ import annotations

import importlib
import os
import shutil
import sys
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from xlsaddin.errors import XlsAddinError

_PROGRAM_FOLDERS = (
    "/usr/lib/libreoffice/program",
    "/usr/lib64/libreoffice/program",
    "/opt/libreoffice/program",
    "/Applications/LibreOffice.app/Contents/MacOS",
    "C:/Program Files/LibreOffice/program",
)
_BRIDGE_FOLDERS = (
    "/usr/lib/python3/dist-packages",
    "/usr/lib64/python3/site-packages",
    "/Applications/LibreOffice.app/Contents/Resources",
)


class OfficeError(XlsAddinError):
    """LibreOffice is missing, did not start, stopped answering, or could not open a file."""


def find_soffice() -> Path:
    """Return LibreOffice's program file; `XLSADDIN_SOFFICE` names it where it is not found by itself."""
    configured = os.environ.get("XLSADDIN_SOFFICE") or shutil.which("soffice") or shutil.which("libreoffice")
    candidates = [Path(configured)] if configured else []
    candidates += [Path(folder) / name for folder in _PROGRAM_FOLDERS for name in ("soffice", "soffice.exe")]
    for candidate in candidates:
        if candidate.is_file():
            return candidate.resolve()
    raise OfficeError("RS-OFFICE-001")


@cache
def load_uno() -> ModuleType:
    """Return the `uno` module, with the folders it needs on `sys.path` only while it is imported."""
    program = find_soffice().parent
    added = [str(program), *(folder for folder in _BRIDGE_FOLDERS if (Path(folder) / "uno.py").is_file())]
    sys.path.extend(added)
    try:
        importlib.import_module("unohelper")
        return importlib.import_module("uno")
    except ImportError as error:
        raise OfficeError("RS-OFFICE-002", python=sys.version.split()[0], reason=error) from None
    finally:
        for folder in added:
            sys.path.remove(folder)


def properties(**values: object) -> tuple[Any, ...]:
    """Return UNO property values, such as `properties(Hidden=True)`."""
    uno = load_uno()
    made = []
    for name, value in values.items():
        made.append(one := uno.createUnoStruct("com.sun.star.beans.PropertyValue"))
        one.Name, one.Value = name, value
    return tuple(made)


def file_url(path: Path) -> str:
    """Return the `file:` URL of a path as UNO wants it."""
    return str(load_uno().systemPathToFileUrl(str(path.resolve())))


def constant(name: str) -> Any:
    """Return a UNO constant by its last two parts under `com.sun.star`, such as `sheet.CellFlags.VALUE`."""
    return load_uno().getConstantByName(f"com.sun.star.{name}")
