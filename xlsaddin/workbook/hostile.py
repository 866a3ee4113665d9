"""What a received workbook carries beside answers: reported, never run, never copied onward.

Findings of severity error stand for active content: no copy of such a file is made (`patch`).  Macros are refused
before (`opening`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from functools import lru_cache

from xlsaddin.checklist.identity_cache import remember_by_identity
from xlsaddin.errors import WorkbookError
from xlsaddin.findings import Finding, Location, make_finding
from xlsaddin.parameters import Parameters
from xlsaddin.workbook.areas import cell_name
from xlsaddin.workbook.meta import META_SHEET, SEAL_SHEET
from xlsaddin.workbook.package import Package
from xlsaddin.workbook.read.book_cells import BookCells
from xlsaddin.workbook.read.meta import read_meta
from xlsaddin.workbook.read.texts import decode_text
from xlsaddin.workbook.structure import MAIN, DefinedName, Sheet, Structure

__all__ = ["inspect_package", "inspect_structure"]

_CALLING = ("WEBSERVICE", "FILTERXML", "RTD", "CALL", "REGISTER", "REGISTER.ID", "EXEC", "IMAGE", "IMPORT", "DDE")
_WORDS = (*_CALLING, "HYPERLINK", "|")
_CALLS = re.compile(
    rf"\b(?:{'|'.join(map(re.escape, _CALLING))})(?:XML|DATA|HTML|FEED|RANGE)?\s*\("
    r"|\w\s*\|\s*'",  # program|'topic'!item
    re.IGNORECASE,
)
_LINKS = re.compile(r"\bHYPERLINK\s*\(\s*(?!\"#)", re.IGNORECASE)
_CONFIGURATION = re.compile(r"\.(conf|py)$", re.IGNORECASE)
_RUNS = re.compile(r"^(_xlnm\.)?(auto_?(open|close|activate|deactivate)|workbook_open)", re.IGNORECASE)
_OUR_NAMES = re.compile(r"[a-z]_[a-z0-9_]+|_xl\w+\..+|Z_[0-9A-F_]+_\.wvu\..+", re.IGNORECASE)
"""Names of ours, and hidden ones that Excel makes by itself (functions, filters, views)."""
_PARTS: Mapping[str, str] = {
    "/embeddings/": "RS-HOSTILE-004",
    "/activex/": "RS-HOSTILE-004",
    "/ctrlprops/": "RS-HOSTILE-004",
    "xl/connections.xml": "RS-HOSTILE-008",
    "/dialogsheets/": "RS-HOSTILE-004",
    "/querytables/": "RS-HOSTILE-008",
    "/webextensions/": "RS-HOSTILE-008",
    "customui/": "RS-HOSTILE-008",
}
_PART = re.compile("|".join(map(re.escape, _PARTS)))
_MASHUP = b"http://schemas.microsoft.com/DataMashup"


def inspect_package(package: Package) -> tuple[Finding, ...]:
    """Return what a package carries beside answers; what belongs to the form is told by its `_meta`."""
    structure = Structure(package)
    cells = BookCells(structure)
    try:
        ours = tuple(read_meta(structure, cells).sheets.values())
    except WorkbookError:
        ours = ()
    return inspect_structure(structure, cells, ours)


def inspect_structure(structure: Structure, cells: BookCells, ours: Collection[str]) -> tuple[Finding, ...]:
    """Return what a book carries beside answers.

    Args:
        structure, cells: of the book. ours: names of the sheets that belong to the form.
    """
    try:
        formulas = [one for sheet in structure.sheet_by_name.values() for one in _check_formulas(cells, sheet)]
    except UnicodeDecodeError:
        raise structure.package.error("RS-FILE-004") from None
    return (
        *_check_parts(structure.package),
        *_check_links(structure),
        *_check_sheets(structure, {name.casefold() for name in (META_SHEET, SEAL_SHEET, *ours)}),
        *_named(structure.defined_names),
        *formulas,
    )


def _check_parts(package: Package) -> Iterator[Finding]:
    largest = Parameters(date.max).integer("package_max_image_bytes")
    for part, entry in package.entries.items():
        lowered = part.lower()
        found = _PART.search(lowered)
        code = _PARTS[found[0]] if found else ""
        if not code and lowered.startswith("customxml/") and _MASHUP in package.read(part).replace(b"\0", b""):
            code = "RS-HOSTILE-008"
        if code and not lowered.endswith(".rels"):
            yield make_finding(code, Location(), value=part)
        elif "/media/" in lowered and entry.file_size > largest:
            yield make_finding("RS-HOSTILE-007", Location(), value=part, size=round(entry.file_size / 1048576, 1))


def _check_links(structure: Structure) -> Iterator[Finding]:
    """Yield links to other books, and as active content those that start a program (DDE, OLE)."""
    package = structure.package
    for part in package.related(package.workbook_part, "externalLink"):
        root = package.tree(part)
        runs = root.find(f"{MAIN}ddeLink") is not None or root.find(f"{MAIN}oleLink") is not None
        targets = [relation.target for relation in package.relationships(part) if relation.external]
        service = next((node.get("ddeService", "") for node in root.iter(f"{MAIN}ddeLink")), "")
        yield make_finding(
            "RS-HOSTILE-001" if runs else "RS-HOSTILE-002", Location(), value=service or ", ".join(targets)
        )


def _check_sheets(structure: Structure, ours: set[str]) -> Iterator[Finding]:
    for sheet in structure.sheets:
        place = Location(sheet=sheet.name)
        if _CONFIGURATION.search(sheet.name.strip()):
            yield make_finding("RS-HOSTILE-003", place, value=sheet.name)
        elif sheet.state != "visible" and sheet.name.casefold() not in ours:
            yield make_finding("RS-HOSTILE-005", place, value=sheet.name)


@remember_by_identity(limit=64)  # the names of a form are the same in every copy of it
def _named(names: tuple[DefinedName, ...]) -> tuple[Finding, ...]:
    return tuple(_check_names(names))


def _check_names(names: tuple[DefinedName, ...]) -> Iterator[Finding]:
    for name in names:
        if name.macro or _RUNS.match(name.name) or _CALLS.search(name.refers_to):
            yield make_finding("RS-HOSTILE-006", Location(), value=name.name)
        elif name.hidden and not _OUR_NAMES.fullmatch(name.name):
            yield make_finding("RS-HOSTILE-009", Location(), value=name.name)


def _check_formulas(cells: BookCells, sheet: Sheet) -> Iterator[Finding]:
    for row, column, formula in cells.sheet(sheet.part).formulas():
        if code := _formula_code(formula):
            place = Location(sheet=sheet.name, cell=cell_name(row, column))
            yield make_finding(code, place, value=decode_text(formula.decode())[:60])


@lru_cache(maxsize=2048)  # the formulas of a form are the same in every copy of it
def _formula_code(stored: bytes) -> str:
    """Return the code of what a formula does beyond its book, empty for nothing."""
    formula = decode_text(stored.decode()).upper()
    if not any(word in formula for word in _WORDS):
        return ""
    return "RS-HOSTILE-001" if _CALLS.search(formula) else "RS-HOSTILE-010" if _LINKS.search(formula) else ""
