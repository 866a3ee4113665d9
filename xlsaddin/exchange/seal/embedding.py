"""Where a seal sits in a workbook: the manifest on the hidden sheet `_seal`, the short signature in a property."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from xlsaddin.exchange.seal.contents import SEAL_NAME
from xlsaddin.exchange.seal.manifest import Line, Manifest
from xlsaddin.workbook.meta import SEAL_SHEET
from xlsaddin.workbook.package import Package
from xlsaddin.workbook.patch.package_edit import PackageEdit
from xlsaddin.workbook.plan import CellPlan, Changes, NamePlan, SheetPlan
from xlsaddin.workbook.read.book_cells import BookCells
from xlsaddin.workbook.structure import Structure

__all__ = ["manifest_changes", "read_manifest_sheet", "read_signature", "with_signature"]

PROPERTY = "xlsaddin_seal"
_FACT, _LINE = "fact", "line"
_PART = "docProps/custom.xml"
_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def manifest_changes(manifest: Manifest) -> Changes:
    """Return the changes that put a manifest into a workbook."""
    rows = [(_FACT, key, value, "") for key, value in sorted(manifest.facts.items())]
    rows += [(_LINE, line.address, line.salt, line.digest) for line in manifest.lines]
    cells = tuple(
        CellPlan(row, column, text, style="meta")
        for row, texts in enumerate(rows, start=1)
        for column, text in enumerate(texts, start=1)
        if text
    )
    sheet = SheetPlan("seal", SEAL_SHEET, cells, hidden=True)
    return Changes(sheets=(sheet,), names=(NamePlan(SEAL_NAME, f"'{SEAL_SHEET}'!$A$1"),))


def read_manifest_sheet(structure: Structure, cells: BookCells) -> Manifest | None:
    """Return the manifest a workbook carries, None when it carries none."""
    sheet = structure.sheet_by_name.get(SEAL_SHEET)
    if sheet is None:
        return None
    facts: dict[str, str] = {}
    lines: list[Line] = []
    for row in sorted(cells.sheet(sheet.part).rows):
        kind, first, second, third = (cells.text(sheet.part, row, column) for column in range(1, 5))
        if kind == _FACT:
            facts[first] = second
        elif kind == _LINE:
            lines.append(Line(first, second, third))
    return Manifest(facts, tuple(sorted(lines, key=lambda line: line.address)))


def read_signature(package: Package) -> str:
    """Return the signature a workbook carries in its properties, empty when it carries none."""
    for part in package.related("", "custom-properties"):
        for node in _seal_properties(package.tree(part)):
            return "".join(node.itertext()).strip()
    return ""


def with_signature(content: bytes, signature: str) -> bytes:
    """Return a workbook with the signature among its properties; those of others stay."""
    edit = PackageEdit(Package(Path("workbook.xlsx"), content))
    part = next(edit.package.related("", "custom-properties"), "")
    if not part:
        part = _PART
        empty = f'<Properties xmlns="{_PROPERTIES}" xmlns:vt="{_VALUES}"/>'
        edit.set(part, empty.encode())
        edit.declare(part, _TYPE)
        edit.relate("", _RELATION, part)
    root = edit.tree(part)
    for node in list(_seal_properties(root)):
        root.remove(node)
    number = max([1, *(int(node.get("pid", "1")) for node in root)]) + 1
    node = etree.SubElement(root, f"{{{_PROPERTIES}}}property", fmtid=_FORMAT, pid=str(number), name=PROPERTY)
    etree.SubElement(node, f"{{{_VALUES}}}lpwstr").text = signature
    return edit.content()


def _seal_properties(root: etree._Element) -> Iterator[etree._Element]:
    return (node for node in root if isinstance(node.tag, str) and node.get("name") == PROPERTY)
