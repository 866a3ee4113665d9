"""Freezing a workbook file: formulas of the add-in become their values, and no trace of the add-in is left.

Excel stores an add-in function in a cell as a link to the add-in's file: with the user's name in its path, a prompt at
every opening, and `#NAME?` where there is no add-in.  A value that was never computed, or was lost where there was no
add-in, is said to be not screened.  What is screened anew when a cell changes is no longer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from xlsaddin import codes, files
from xlsaddin.workbook.areas import cell_name, parse_area
from xlsaddin.workbook.opening import open_package
from xlsaddin.workbook.package import Package
from xlsaddin.workbook.patch.donor import build_donor
from xlsaddin.workbook.patch.notes import NotesEdit
from xlsaddin.workbook.patch.package_edit import PackageEdit
from xlsaddin.workbook.patch.sheet_edit import SheetEdit
from xlsaddin.workbook.patch.workbook_edit import WorkbookEdit
from xlsaddin.workbook.plan import CellValue, CellWrite, Changes
from xlsaddin.workbook.read.book_cells import BookCells
from xlsaddin.workbook.structure import MAIN, Structure

__all__ = ["FrozenBook", "freeze_workbook", "is_live"]

ADDIN = "xlsaddin.xlam"
_CALL = re.compile(r"(?<![A-Za-z0-9_.])RS_[A-Z]+\s*\(", re.IGNORECASE)
_LINK = re.compile(r"(?<![\w\]])\[(\d+)\]")
_FORMULAS = ("f", "definedName", "formula", "formula1", "formula2", "calculatedColumnFormula", "totalsRowFormula")


@dataclass(frozen=True, slots=True)
class FrozenBook:
    """What freezing did.

    Attributes:
        cells: places (`sheet!cell`) whose formula became a value; unknown: those of them that had no value.
        links: links to the add-in that were removed.
    """

    cells: tuple[str, ...]
    unknown: tuple[str, ...]
    links: int


def is_live(formula: str) -> bool:
    """Return whether a formula calls a function of the add-in."""
    return _CALL.search(formula) is not None


def freeze_workbook(original: Path, target: Path, stamp: str) -> FrozenBook:
    """Write a copy without formulas of the add-in; a book that has none is copied as it is.

    Args:
        original: any workbook. target: where the copy goes; may be the same file.
        stamp: list editions and time, set as a note above the first frozen cell of each column.

    Raises:
        WorkbookError: when the original is refused.
    """
    freezing = _Freezing(open_package(original), stamp)
    frozen = freezing.freeze()
    files.write_bytes(target, freezing.content())
    return frozen


class _Freezing:
    """One package while it is being frozen."""

    def __init__(self, package: Package, stamp: str) -> None:
        self._package = package
        self._stamp = stamp
        self._structure = Structure(package)
        self._cells = BookCells(self._structure)
        self._edit = PackageEdit(package)
        self._stamps: list[CellWrite] = []
        message = codes.message("RS-LIVE-050")
        self._unknown = f"{message.ja} / {message.en}"

    def freeze(self) -> FrozenBook:
        """Freeze every sheet and remove the links."""
        found = [cell for sheet in self._structure.sheets for cell in self._freeze_sheet(sheet.name, sheet.part)]
        self._set_stamps()
        self._freeze_tables()
        links = self._remove_links()
        if found or links:
            WorkbookEdit(self._edit, self._package.workbook_part).calculate_on_opening()
        return FrozenBook(
            tuple(place for place, _ in found), tuple(place for place, known in found if not known), links
        )

    def content(self) -> bytes:
        """Return the bytes of the frozen package."""
        return self._edit.content()

    def _freeze_sheet(self, name: str, part: str) -> list[tuple[str, bool]]:
        if b"RS_" not in self._package.read(part).upper():
            return []
        live = sorted(_live_cells(self._edit.look(part)))
        if not live:
            return []
        sheet = SheetEdit(self._edit.tree(part), starts_1904=self._structure.starts_1904)
        found = []
        for row, column in live:
            value = self._value(part, row, column)
            sheet.set_cell(row, column, self._unknown if value is None else value)
            found.append((f"{name}!{cell_name(row, column)}", value is not None))
        sheet.finish()
        firsts = {column: row for row, column in reversed(live)}
        self._stamps += [CellWrite(name, max(row - 1, 1), column, note=self._stamp) for column, row in firsts.items()]
        return found

    def _set_stamps(self) -> None:
        """Set the stamp as a note above the first frozen cell of each column; a person's own note stays alone."""
        donor = build_donor(Changes(writes=tuple(self._stamps)))
        for name, donated in donor.notes.items():
            part = self._structure.sheet_by_name[name.casefold()].part
            NotesEdit(self._edit, part).add(donor.structure.package, donated.part)

    def _value(self, part: str, row: int, column: int) -> CellValue:
        """Return the value a formula had, None when it had none or an error."""
        if self._cells.is_error(part, row, column):
            return None
        value = self._cells.value(part, row, column)
        return None if value is None else value if isinstance(value, (str, int, float, bool)) else str(value)

    def _freeze_tables(self) -> None:
        """Take live formulas out of table columns, or Excel would fill them into the next row."""
        for table in self._structure.tables.values():
            live = [
                node
                for node in self._edit.look(table.part).iter(f"{MAIN}calculatedColumnFormula")
                if is_live(node.text or "")
            ]
            if live:
                for node in self._edit.tree(table.part).iter(f"{MAIN}calculatedColumnFormula"):
                    if is_live(node.text or ""):
                        node.getparent().remove(node)

    def _remove_links(self) -> int:
        """Remove links to the add-in and count the others anew: `[2]` becomes `[1]` when the first one goes."""
        root = self._edit.look(self._package.workbook_part)
        listed = root.find(f"{MAIN}externalReferences")
        if listed is None:
            return 0
        targets = {relation.id: relation.target for relation in self._edit.relationships(self._package.workbook_part)}
        parts = [targets.get(next(iter(node.attrib.values())), "") for node in listed]
        ours = [number for number, part in enumerate(parts, 1) if self._leads_to_addin(part)]
        if not ours:
            return 0
        kept = [number for number in range(1, len(parts) + 1) if number not in ours]
        self._renumber({old: new for new, old in enumerate(kept, 1)})
        listed = self._edit.tree(self._package.workbook_part).find(f"{MAIN}externalReferences")
        for number in reversed(ours):
            listed.remove(listed[number - 1])
            self._edit.unrelate(self._package.workbook_part, parts[number - 1])
            self._edit.remove(parts[number - 1])
        if not len(listed):
            listed.getparent().remove(listed)
        return len(ours)

    def _leads_to_addin(self, part: str) -> bool:
        targets = [relation.target for relation in self._edit.relationships(part)] if part else []
        return any(re.split(r"[\\/]", target)[-1].casefold() == ADDIN for target in targets)

    def _renumber(self, numbers: dict[int, int]) -> None:
        """Write the new number of each link into every formula; names that refer to a removed link go."""
        if all(old == new for old, new in numbers.items()) and not self._names_a_link():
            return
        parts = [self._package.workbook_part, *(sheet.part for sheet in self._structure.sheets)]
        parts += [table.part for table in self._structure.tables.values()]
        for part in parts:
            if b"[" in self._edit.read(part):
                for node in _formula_nodes(self._edit.tree(part)):
                    _renumber_node(node, numbers)

    def _names_a_link(self) -> bool:
        return any(_LINK.search(name.refers_to) for name in self._structure.defined_names)


def _live_cells(root: etree._Element) -> Iterator[tuple[int, int]]:
    """Yield row and column of every cell whose formula calls the add-in, those that share one included."""
    shared: set[str] = set()
    for formula in root.iter(f"{MAIN}f"):
        group = formula.get("si", "") if formula.get("t") == "shared" else ""
        if is_live(formula.text or "") or (group and group in shared):
            shared.add(group)
            area = parse_area(formula.getparent().get("r"))
            yield area.top, area.left


def _formula_nodes(root: etree._Element) -> Iterator[etree._Element]:
    for name in _FORMULAS:
        yield from root.iter(f"{MAIN}{name}")


def _renumber_node(node: etree._Element, numbers: dict[int, int]) -> None:
    used = {int(number) for number in _LINK.findall(node.text or "")}
    if node.tag == f"{MAIN}definedName" and used - set(numbers):
        node.getparent().remove(node)
    elif used:
        node.text = _LINK.sub(lambda found: f"[{numbers.get(int(found[1]), int(found[1]))}]", node.text)
