"""Building `xlsaddin.xlam` from text on any system: VBA modules and ribbon from `macros/`, and its sheet of settings.

The bytes depend on the sources, on the xlwings version (its library's file name stands in the VBA text) and on
nothing else.  Excel is not needed.
"""

from __future__ import annotations

import tempfile
import zipfile
from datetime import datetime
from pathlib import Path

import xlsxwriter
from pyopenvba import ExcelFile

from xlsaddin import __version__, codes, files

FILE_NAME = "xlsaddin.xlam"
CONFIG_SHEET = "xlsaddin.conf"
MODULES = ("Bridge", "Functions", "Ribbon", "Runner")

_RIBBON = "customUI/customUI14.xml"
_RIBBON_RELATION = (
    '<Relationship Id="rIdRibbon" Type="http://schemas.microsoft.com/office/2007/relationships/ui/extensibility" '
    f'Target="{_RIBBON}"/>'
)
_WORKBOOK_TYPE = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_ADDIN_TYPE = "application/vnd.ms-excel.addin.macroEnabled.main+xml"
_EPOCH = datetime(1980, 1, 1)


def macros_folder() -> Path:
    """Return the folder of VBA text and ribbon XML: inside the installed package, else of the source tree."""
    package = Path(__file__).parents[1]
    installed = package / "macros"
    return installed if installed.is_dir() else package.parent / "macros"


def xlwings_version() -> str:
    """Return the version of the installed xlwings without importing it."""
    from importlib.metadata import version

    return version("xlwings")


def module_source(name: str, *, host: str = "Excel", xlwings: str = "dev") -> str:
    """Return the text of a VBA module; `Bridge` has one text for Excel and one for Calc."""
    stem = f"Bridge{host}" if name == "Bridge" else name
    text = (macros_folder() / f"{stem}.bas").read_text(encoding="ascii")
    for part in ("xlwings64-", "xlwings32-", "xlwings-"):
        text = text.replace(f"{part}dev.", f"{part}{xlwings}.")
    return text


def build_addin(folder: Path, *, xlwings: str | None = None) -> Path:
    """Write `xlsaddin.xlam` into a folder, for the installed xlwings or a version given; returns its path."""
    version = xlwings or xlwings_version()
    target = folder / FILE_NAME
    with tempfile.TemporaryDirectory() as name:
        project = _write_vba_project(Path(name), version)
        book = _write_book(Path(name), project, version)
        with files.replacing(target) as temporary:
            _write_addin(book, temporary)
    return target


def read_settings(addin: Path) -> dict[str, str]:
    """Return the settings on the sheet of a built add-in, such as `ADDIN_VERSION`."""
    from python_calamine import CalamineWorkbook

    with addin.open("rb") as stream:
        rows = CalamineWorkbook.from_filelike(stream).get_sheet_by_name(CONFIG_SHEET).to_python()
    return {str(row[0]): str(row[1]) if len(row) > 1 else "" for row in rows if row and row[0]}


def _write_vba_project(folder: Path, version: str) -> Path:
    """Return a `vbaProject.bin` with our modules beside the document modules of book and sheet."""
    carrier = folder / "carrier.xlam"
    with ExcelFile.create_new(carrier) as made:
        project = made.vba_project()
        for name in MODULES:
            project.add_module(name, module_source(name, xlwings=version).replace("\n", "\r\n"))
        project.delete_module("Module1")
        made.save()
    target = folder / "vbaProject.bin"
    with zipfile.ZipFile(carrier) as package:
        target.write_bytes(package.read("xl/vbaProject.bin"))
    return target


def _write_book(folder: Path, project: Path, version: str) -> Path:
    """Return a macro workbook with the project and the sheet of settings."""
    path = folder / "book.xlsm"
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"title": "研究セキュリティ / Research Security (xlsaddin)", "created": _EPOCH})
        book.add_vba_project(str(project))
        book.set_vba_name("ThisWorkbook")
        sheet = book.add_worksheet(CONFIG_SHEET)
        sheet.set_vba_name("Sheet1")
        for row, pair in enumerate(_settings(version).items()):
            sheet.write_row(row, 0, pair)
    return path


def _settings(version: str) -> dict[str, str]:
    """Return the settings of a new add-in. Blank interpreters are looked up in `addin.conf` of the user's folder."""
    silent = codes.message("RS-ADDIN-001")
    return {
        "ADDIN_VERSION": __version__,
        "XLWINGS_VERSION": version,
        "INTERPRETER_WIN": "",
        "INTERPRETER_MAC": "",
        "MESSAGE_NO_PYTHON": f"{silent.ja} / {silent.en}",
    }


def _write_addin(book: Path, target: Path) -> None:
    """Copy the macro workbook as an add-in with the ribbon; entries keep XlsxWriter's fixed time."""
    ribbon = (macros_folder() / "customUI14.xml").read_bytes()
    with zipfile.ZipFile(book) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "[Content_Types].xml":
                content = content.replace(_WORKBOOK_TYPE.encode(), _ADDIN_TYPE.encode())
            elif entry.filename == "_rels/.rels":
                content = content.replace(b"</Relationships>", f"{_RIBBON_RELATION}</Relationships>".encode())
            made.writestr(entry, content)
        made.writestr(zipfile.ZipInfo(_RIBBON, (1980, 1, 1, 0, 0, 0)), ribbon)
