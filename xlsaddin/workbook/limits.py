"""What Excel takes in a workbook: every built file is held to it, since the usual validators do not look.

Sources: Excel specifications and limits; [MS-OI29500] 2.1.613 (data validation); ECMA-376 part 1, 18.3.1.33, 18.5.1.2.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from xlsaddin.workbook.areas import Area, parse_area
from xlsaddin.workbook.formula_limits import formula_faults
from xlsaddin.workbook.package import Package
from xlsaddin.workbook.structure import MAIN, Structure

__all__ = ["Fault", "find_faults"]

PROMPT, ERROR_TEXT, VALIDATION_TITLE, LIST_LITERAL = 255, 224, 32, 255
SHEET_NAME, CELL_TEXT, NAME_LENGTH, HEADER_LENGTH = 31, 32_767, 255, 255
FORMATS, COLUMN_WIDTH, ROW_HEIGHT = 64_000, 255, 409

_SHEET_NAME = re.compile(r"[^\[\]:*?/\\]+")
_NAME = re.compile(r"[A-Za-z_\\\u0080-\uffff][A-Za-z0-9_.\\\u0080-\uffff]*")
_CELL_LIKE = re.compile(r"(?i)[A-Z]{1,3}[0-9]{1,7}|R[0-9]*C[0-9]*|R[0-9]*|C[0-9]*")
_BUILT_IN = "_xlnm."


@dataclass(frozen=True, slots=True)
class Fault:
    """Something Excel would repair or refuse: where in the package, and what, in words."""

    part: str
    what: str


def find_faults(package: Package) -> tuple[Fault, ...]:
    """Return everything in a package that is beyond Excel's limits, empty for a sound one."""
    structure = Structure(package)
    faults = [*_sheets(structure), *_names(structure), *_formats(structure), *_shared_texts(structure)]
    for sheet in structure.sheets:
        if sheet.part in package:
            faults += [Fault(sheet.part, what) for what in _sheet(package.tree(sheet.part))]
    return (*faults, *_tables(structure))


def _sheets(structure: Structure) -> Iterator[Fault]:
    names = [sheet.name for sheet in structure.sheets]
    for name in names:
        if not 0 < len(name) <= SHEET_NAME:
            yield Fault("workbook", f"sheet name of {len(name)} characters: {name}")
        if not _SHEET_NAME.fullmatch(name) or name.startswith("'") or name.endswith("'"):
            yield Fault("workbook", f"sheet name with a forbidden character: {name}")
    yield from (Fault("workbook", f"two sheets named {name}") for name in _twice(names))
    if all(sheet.state != "visible" for sheet in structure.sheets):
        yield Fault("workbook", "no visible sheet")


def _names(structure: Structure) -> Iterator[Fault]:
    for defined in structure.defined_names:
        name = defined.name
        if name.startswith(_BUILT_IN):
            continue
        if len(name) > NAME_LENGTH or not _NAME.fullmatch(name) or _CELL_LIKE.fullmatch(name):
            yield Fault("workbook", f"defined name that Excel refuses: {name[:60]}")
        if "#REF!" in defined.refers_to or not defined.refers_to:
            yield Fault("workbook", f"defined name that refers to nothing: {name}")
    scoped = [f"{defined.sheet}!{defined.name}" for defined in structure.defined_names]
    yield from (Fault("workbook", f"two defined names {name}") for name in _twice(scoped))
    everything = [name for name in structure.names if not name.startswith(_BUILT_IN)] + list(structure.tables)
    yield from (Fault("workbook", f"a table and a name are both called {name}") for name in _twice(everything))


def _formats(structure: Structure) -> Iterator[Fault]:
    part = structure.related("styles")
    if part:
        count = len(structure.package.tree(part).findall(f"{MAIN}cellXfs/{MAIN}xf"))
        if count > FORMATS:
            yield Fault(part, f"{count} cell formats")


def _shared_texts(structure: Structure) -> Iterator[Fault]:
    part = structure.related("sharedStrings")
    if part:
        for node in structure.package.tree(part).iterfind(f"{MAIN}si"):
            if (length := _text_length(node)) > CELL_TEXT:
                yield Fault(part, f"text of {length} characters in a cell")


def _sheet(root: etree._Element) -> Iterator[str]:
    for cell in root.iter(f"{MAIN}c"):
        formula = cell.findtext(f"{MAIN}f")
        if formula:
            yield from (f"{cell.get('r')}: {fault}" for fault in formula_faults(formula))
        if (length := _text_length(cell)) > CELL_TEXT:
            yield f"{cell.get('r')}: text of {length} characters"
    for column in root.iterfind(f"{MAIN}cols/{MAIN}col"):
        if float(column.get("width", "0")) > COLUMN_WIDTH:
            yield f"column {column.get('min')} is {column.get('width')} wide"
    for row in root.iterfind(f"{MAIN}sheetData/{MAIN}row"):
        if float(row.get("ht", "0")) > ROW_HEIGHT:
            yield f"row {row.get('r')} is {row.get('ht')} high"
    merged = [parse_area(node.get("ref", "")) for node in root.iterfind(f"{MAIN}mergeCells/{MAIN}mergeCell")]
    for number, area in enumerate(merged):
        yield from (f"merged cells {area} and {other} overlap" for other in merged[:number] if area.meets(other))
    for validation in root.iterfind(f"{MAIN}dataValidations/{MAIN}dataValidation"):
        yield from _validation(validation)
    for rule in root.iterfind(f"{MAIN}conditionalFormatting/{MAIN}cfRule/{MAIN}formula"):
        yield from (f"conditional format: {fault}" for fault in formula_faults(rule.text or ""))


def _validation(node: etree._Element) -> Iterator[str]:
    where = f"validation of {node.get('sqref')}"
    for attribute, limit in (
        ("prompt", PROMPT),
        ("error", ERROR_TEXT),
        ("promptTitle", VALIDATION_TITLE),
        ("errorTitle", VALIDATION_TITLE),
    ):
        if len(node.get(attribute, "")) > limit:
            yield f"{where}: {attribute} of {len(node.get(attribute, ''))} characters, Excel takes {limit}"
    for part in ("formula1", "formula2"):
        text = node.findtext(f"{MAIN}{part}") or ""
        if text.startswith('"') and len(text) - 2 > LIST_LITERAL:
            yield f"{where}: list of {len(text) - 2} characters, Excel takes {LIST_LITERAL}"
        elif not text.startswith('"'):
            yield from (f"{where}: {fault}" for fault in formula_faults(text))


def _tables(structure: Structure) -> Iterator[Fault]:
    for table in structure.tables.values():
        if not _NAME.fullmatch(table.name) or _CELL_LIKE.fullmatch(table.name):
            yield Fault(table.part, f"table name that Excel refuses: {table.name}")
        if table.area.bottom - table.area.top < table.header_rows + table.totals_rows:
            yield Fault(table.part, f"{table.name} has no row below its header")
        if len(table.headers) != table.area.right - table.area.left + 1:
            yield Fault(table.part, f"{table.name} has {len(table.headers)} headers for {table.area}")
        for header in table.headers:
            if not 0 < len(header) <= HEADER_LENGTH or "\n" in header or "_x000a_" in header.lower():
                yield Fault(table.part, f"{table.name} has an empty, too long or broken header: {header[:40]!r}")
        yield from (Fault(table.part, f"{table.name} has two columns {name}") for name in _twice(table.headers))
        yield from _table_on_sheet(structure, table.sheet, table.name, table.area)


def _table_on_sheet(structure: Structure, sheet: str, name: str, area: Area) -> Iterator[Fault]:
    part = structure.sheet_by_name[sheet.casefold()].part
    merged = structure.package.tree(part).iterfind(f"{MAIN}mergeCells/{MAIN}mergeCell")
    yield from (
        Fault(part, f"{name} holds merged cells") for node in merged if area.meets(parse_area(node.get("ref", "")))
    )
    others = (other for other in structure.tables.values() if other.sheet == sheet and other.name < name)
    yield from (Fault(part, f"{name} and {other.name} overlap") for other in others if area.meets(other.area))


def _text_length(node: etree._Element) -> int:
    return sum(len(text.text or "") for text in node.iter(f"{MAIN}t"))


def _twice(names: list[str] | tuple[str, ...]) -> list[str]:
    return [name for name, count in Counter(name.casefold() for name in names).items() if count > 1]
