"""The donor: a book built by us that holds the result sheets, and one specimen of each look the changes need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from lxml import etree

from xlsaddin.workbook.build import build_book
from xlsaddin.workbook.package import Package
from xlsaddin.workbook.plan import BookPlan, CellPlan, Changes, ConditionalPlan, SheetPlan
from xlsaddin.workbook.structure import MAIN, Sheet, Structure

__all__ = ["Donor", "Looks", "build_donor"]

_SPECIMENS, _FORMATS, _NOTES = "specimens", "formats", "notes"
_HEADER_STYLE = "header"
Plan = TypeVar("Plan")


@dataclass(frozen=True, slots=True)
class Looks:
    """Specimens of what changes look like; shared by all that look alike, so to be copied and not changed.

    Attributes:
        styles: root of the style sheet. formats: index of the cell format of each style key.
        conditionals: elements of conditional formats, by the name of the sheet they are for.
    """

    styles: etree._Element
    formats: Mapping[str, int]
    conditionals: Mapping[str, list[etree._Element]]


@dataclass(frozen=True, slots=True)
class Donor:
    """A built donor.

    Attributes:
        structure: of its package. looks: of cells and conditional formats on existing sheets.
        notes: sheet of the donor with the notes, by the name of the sheet they are for.
    """

    structure: Structure
    looks: Looks
    notes: Mapping[str, Sheet]

    def sheet(self, name: str) -> Sheet:
        """Return a result sheet by name."""
        return self.structure.sheet_by_name[name.casefold()]

    def styles(self) -> etree._Element:
        """Return the root of its style sheet."""
        return _styles(self.structure)


def build_donor(changes: Changes) -> Donor:
    """Return the donor for changes: their sheets as built, and specimens of styles, conditional formats and notes."""
    styles = sorted({write.style for write in changes.writes if write.style} | _growth_styles(changes))
    noted = _by_sheet((write.sheet, write) for write in changes.writes if write.note)
    sheets = []
    for number, writes in enumerate(noted.values()):
        cells = tuple(CellPlan(write.row, write.column, note=write.note) for write in writes)
        sheets.append(SheetPlan("", f"{_NOTES}{number}", cells))
    structure = _build((*sheets, *changes.sheets))
    notes = {name: structure.sheet_by_name[f"{_NOTES}{number}"] for number, name in enumerate(noted)}
    return Donor(structure, _build_looks(tuple(styles), changes.conditionals), notes)


@lru_cache(maxsize=16)  # the copies of a form that are checked get the same looks
def _build_looks(styles: tuple[str, ...], conditionals: tuple[tuple[str, ConditionalPlan], ...]) -> Looks:
    specimens = tuple(CellPlan(row, 1, style=style) for row, style in enumerate(styles, start=1))
    formatted = _by_sheet(conditionals)
    sheets = [SheetPlan(_SPECIMENS, _SPECIMENS, specimens)]
    for number, plans in enumerate(formatted.values()):
        sheets.append(SheetPlan("", f"{_FORMATS}{number}", conditionals=tuple(plans)))
    structure = _build(tuple(sheets))
    return Looks(
        _styles(structure),
        dict(zip(styles, _looks(structure), strict=True)),
        {name: _conditionals(structure, f"{_FORMATS}{number}") for number, name in enumerate(formatted)},
    )


def _build(sheets: tuple[SheetPlan, ...]) -> Structure:
    shown = sheets if any(not sheet.hidden for sheet in sheets) else (SheetPlan(_SPECIMENS, _SPECIMENS), *sheets)
    return Structure(Package(Path("donor.xlsx"), build_book(BookPlan(shown, ()), compressed=False)))


def _styles(structure: Structure) -> etree._Element:
    return structure.package.tree(structure.related("styles"))


def _by_sheet(plans: Iterable[tuple[str, Plan]]) -> dict[str, list[Plan]]:
    found: dict[str, list[Plan]] = {}
    for sheet, plan in plans:
        found.setdefault(sheet, []).append(plan)
    return found


def _growth_styles(changes: Changes) -> set[str]:
    return {column.style for growth in changes.growths for column in growth.columns} | {_HEADER_STYLE}


def _looks(structure: Structure) -> list[int]:
    root = structure.package.tree(structure.sheet_by_name[_SPECIMENS].part)
    return [int(cell.get("s", "0")) for cell in root.iter(f"{MAIN}c")]


def _conditionals(structure: Structure, name: str) -> list[etree._Element]:
    root = structure.package.tree(structure.sheet_by_name[name].part)
    return list(root.iterfind(f"{MAIN}conditionalFormatting"))
