"""What a workbook package holds: its sheets, defined names and tables, each parsed once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from lxml import etree

from xlsaddin.workbook.areas import Area, parse_area
from xlsaddin.workbook.content_cache import remember_by_content
from xlsaddin.workbook.escapes import decode_escapes
from xlsaddin.workbook.package import Package, parse_xml

__all__ = ["MAIN", "DefinedName", "Sheet", "Structure", "Table", "parse_reference"]

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_REFERENCE = re.compile(r"\$?(?:'((?:[^']|'')+)'|([^'!\[\]]+))!(\$?[A-Za-z]{1,3}\$?\d+(?::\$?[A-Za-z]{1,3}\$?\d+)?)")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name as shown, its part, and `visible`, `hidden` or `veryHidden`."""

    name: str
    part: str
    state: str
    relation: str


@dataclass(frozen=True, slots=True)
class DefinedName:
    """A defined name.

    Attributes:
        name, refers_to: as written. sheet: position of the sheet it belongs to, None for the whole workbook.
        hidden: not shown to people. macro: it names a procedure or a function of a macro.
    """

    name: str
    refers_to: str
    sheet: int | None
    hidden: bool
    macro: bool


@dataclass(frozen=True, slots=True)
class Table:
    """An Excel table.

    Attributes:
        name, part: its name and part; sheet: name of the sheet it stands on.
        area: header and totals included; headers: names of its columns.
        header_rows, totals_rows: 0 or 1.
        beside: columns to its right that people have put something into; known once the book is read.
    """

    name: str
    part: str
    sheet: str
    area: Area
    headers: tuple[str, ...]
    header_rows: int
    totals_rows: int
    beside: frozenset[int] = frozenset()


class Structure:
    """Sheets, names and tables of one package. Names are compared without case, as Excel does.

    Args:
        package: opened package.
    """

    def __init__(self, package: Package) -> None:
        self.package = package
        try:
            self._stated = _parse_workbook(package.read(package.workbook_part))
        except etree.XMLSyntaxError:
            raise package.error("RS-FILE-004") from None

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        """All worksheets in order; chart and dialog sheets keep their place with the kind they have."""
        targets = {relation.id: relation.target for relation in self.package.relationships(self.package.workbook_part)}
        return tuple(
            Sheet(name, targets.get(relation, ""), state, relation) for name, relation, state in self._stated.sheets
        )

    @cached_property
    def sheet_by_name(self) -> Mapping[str, Sheet]:
        """The sheets whose part exists, by name without case."""
        return {sheet.name.casefold(): sheet for sheet in self.sheets if sheet.part in self.package}

    @property
    def defined_names(self) -> tuple[DefinedName, ...]:
        """All defined names, those of single sheets included."""
        return self._stated.defined_names

    @property
    def names(self) -> Mapping[str, str]:
        """What the names of the whole workbook refer to, by name without case."""
        return self._stated.names

    @cached_property
    def tables(self) -> Mapping[str, Table]:
        """All tables by name without case."""
        found = (
            _table(self.package, part, sheet.name)
            for sheet in self.sheet_by_name.values()
            for part in self.package.related(sheet.part, "table")
        )
        return {table.name.casefold(): table for table in found if table is not None}

    @property
    def starts_1904(self) -> bool:
        """True when day numbers count from 1904 (workbooks from old Macs)."""
        return self._stated.starts_1904

    def place(self, name: str) -> tuple[Sheet, Area] | None:
        """Return sheet and cells a name of the whole workbook refers to; None when it is missing or broken."""
        referred = parse_reference(self.names.get(name.casefold(), ""))
        if referred is None or referred[0].casefold() not in self.sheet_by_name:
            return None
        return self.sheet_by_name[referred[0].casefold()], referred[1]

    def related(self, kind: str) -> str:
        """Return the part of the workbook of this kind (`styles`, `sharedStrings`), empty when there is none."""
        return next(self.package.related(self.package.workbook_part, kind), "")


@lru_cache(maxsize=4096)  # the names of a form refer to the same places in every copy of it
def parse_reference(text: str) -> tuple[str, Area] | None:
    """Return sheet name and area of `'表紙'!$B$3`; None for anything else (`#REF!`, formulas, several areas)."""
    found = _REFERENCE.fullmatch(text.strip().removeprefix("="))
    if found is None:
        return None
    quoted, plain, area = found.groups()
    try:
        return (quoted or "").replace("''", "'") or plain, parse_area(area)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class _Stated:
    """What the main part of a workbook says: name, relation and state of the sheets, defined names, way of dating."""

    sheets: tuple[tuple[str, str, str], ...]
    defined_names: tuple[DefinedName, ...]
    names: Mapping[str, str]
    starts_1904: bool


@remember_by_content(limit=64)  # a form's main part is stored in the same words in every copy
def _parse_workbook(content: bytes) -> _Stated:
    root = parse_xml(content)
    properties = root.find(f"{MAIN}workbookPr")
    names = tuple(_defined_name(node) for node in root.iterfind(f"{MAIN}definedNames/{MAIN}definedName"))
    return _Stated(
        tuple(
            (node.get("name", ""), node.get(RELATION_ID, ""), node.get("state", "visible"))
            for node in root.iterfind(f"{MAIN}sheets/{MAIN}sheet")
        ),
        names,
        {name.name.casefold(): name.refers_to for name in names if name.sheet is None},
        properties is not None and _flag(properties, "date1904"),
    )


def _defined_name(node: etree._Element) -> DefinedName:
    local = node.get("localSheetId", "")
    macro = any(_flag(node, key) for key in ("function", "vbProcedure", "xlm"))
    sheet = int(local) if local.isdecimal() else None
    return DefinedName(node.get("name", ""), node.text or "", sheet, _flag(node, "hidden"), macro)


def _flag(node: etree._Element, key: str) -> bool:
    return node.get(key, "") in ("1", "true")


def _table(package: Package, part: str, sheet: str) -> Table | None:
    try:
        table = _parse_table(package.read(part))
    except etree.XMLSyntaxError:
        raise package.error("RS-FILE-004") from None
    return table and replace(table, part=part, sheet=sheet)


@remember_by_content(limit=512)  # a form's tables are stored in the same words in every copy in which they did not grow
def _parse_table(content: bytes) -> Table | None:
    """Return a table, its part and sheet left open; None when it stands nowhere."""
    root = parse_xml(content)
    try:
        area = parse_area(root.get("ref", ""))
    except ValueError:
        return None
    columns = root.iterfind(f"{MAIN}tableColumns/{MAIN}tableColumn")
    headers = tuple(decode_escapes(node.get("name", "")) for node in columns)
    name = root.get("displayName") or root.get("name", "")
    header_rows = 0 if root.get("headerRowCount") == "0" else 1
    totals_rows = 1 if root.get("totalsRowCount", "0") not in ("", "0") else 0
    return Table(name, "", "", area, headers, header_rows, totals_rows)
