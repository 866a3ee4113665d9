"""Where Excel's add-in lives on a machine. All paths hang on a few roots, so that any system can be tried anywhere."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from xlsaddin.excel.addin_build import FILE_NAME, xlwings_version

_GROUP = "Library/Group Containers/UBF8T346G9.Office/User Content.localized/Startup.localized/Excel"


@dataclass(frozen=True, slots=True)
class Places:
    """The roots of one user on one machine.

    Attributes:
        system: `win32`, `darwin`, or anything else where there is no Excel.
        home: the user's folder; roaming, local: Windows' two application-data folders.
        prefix: Python's own folder (of the virtual environment); interpreter: the program Excel is to start.
        bits: 64 or 32.
    """

    system: str
    home: Path
    roaming: Path
    local: Path
    prefix: Path
    interpreter: Path
    bits: int = 64

    @property
    def startup(self) -> Path:
        """The folder whose books Excel opens when it starts; it is trusted and needs no administrator."""
        if self.system == "darwin":
            return self.home / _GROUP
        return self.roaming / "Microsoft" / "Excel" / "XLSTART"

    @property
    def addin(self) -> Path:
        """The installed add-in."""
        return self.startup / FILE_NAME

    @property
    def config(self) -> Path:
        """The file that tells the add-in which Python to start."""
        if self.system == "darwin":
            return self.home / "Library/Containers/com.microsoft.Excel/Data/addin.conf"
        return self.local / "xlsaddin" / "addin.conf"

    @property
    def apple_script(self) -> Path:
        """The script of xlwings through which Excel on macOS starts Python."""
        name = f"xlwings-{xlwings_version()}.applescript"
        return self.home / "Library/Application Scripts/com.microsoft.Excel" / name

    @property
    def libraries(self) -> tuple[Path, ...]:
        """Where the library of xlwings may lie: beside the interpreter or one folder up."""
        name = f"xlwings{self.bits}-{xlwings_version()}.dll"
        return self.interpreter.parent / name, self.interpreter.parent.parent / name

    @property
    def config_key(self) -> str:
        """Name of the interpreter's line in the configuration."""
        return "INTERPRETER_MAC" if self.system == "darwin" else "INTERPRETER_WIN"

    @property
    def config_encoding(self) -> str:
        """UTF-16 on Windows, where VBA reads it right whatever the system's code page."""
        return "utf-8" if self.system == "darwin" else "utf-16"


def this_machine() -> Places:
    """Return the places of the user who runs this."""
    home = Path.home()
    windowless = Path(sys.executable).with_name("pythonw.exe")
    return Places(
        system=sys.platform,
        home=home,
        roaming=Path(os.environ.get("APPDATA") or home / "AppData/Roaming"),
        local=Path(os.environ.get("LOCALAPPDATA") or home / "AppData/Local"),
        prefix=Path(sys.prefix),
        interpreter=windowless if windowless.is_file() else Path(sys.executable),
        bits=64 if sys.maxsize > 2**32 else 32,
    )
