"""The donor: a book built by us that holds the result sheets, and one specimen of each look the changes need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from lxml import etree

from xlsaddin.workbook.build import build_book
from xlsaddin.workbook.package import Package
from xlsaddin.workbook.plan import BookPlan, CellPlan, Changes, SheetPlan
from xlsaddin.workbook.structure import MAIN, Sheet, Structure

__all__ = ["Donor", "build_donor"]

_SPECIMENS, _FORMATS, _NOTES = "specimens", "formats", "notes"
_HEADER_STYLE = "header"
Plan = TypeVar("Plan")


@dataclass(frozen=True, slots=True)
class Donor:
    """A built donor.

    Attributes:
        structure: of its package. looks: index of the cell format of each style key.
        conditionals: elements of conditional formats, by the name of the sheet they are for.
        notes: sheet of the donor with the notes, by the name of the sheet they are for.
    """

    structure: Structure
    looks: Mapping[str, int]
    conditionals: Mapping[str, list[etree._Element]]
    notes: Mapping[str, Sheet]

    def sheet(self, name: str) -> Sheet:
        """Return a result sheet by name."""
        return self.structure.sheet_by_name[name.casefold()]

    def styles(self) -> etree._Element:
        """Return the root of its style sheet."""
        return self.structure.package.tree(self.structure.related("styles"))


def build_donor(changes: Changes) -> Donor:
    """Return the donor for changes: their sheets as built, and specimens of styles, conditional formats and notes."""
    styles = sorted({write.style for write in changes.writes if write.style} | _growth_styles(changes))
    specimens = tuple(CellPlan(row, 1, style=style) for row, style in enumerate(styles, start=1))
    formatted = _by_sheet(changes.conditionals)
    noted = _by_sheet((write.sheet, write) for write in changes.writes if write.note)
    sheets = [SheetPlan(_SPECIMENS, _SPECIMENS, specimens)]
    for number, plans in enumerate(formatted.values()):
        sheets.append(SheetPlan("", f"{_FORMATS}{number}", conditionals=tuple(plans)))
    for number, writes in enumerate(noted.values()):
        cells = tuple(CellPlan(write.row, write.column, note=write.note) for write in writes)
        sheets.append(SheetPlan("", f"{_NOTES}{number}", cells))
    plan = BookPlan((*sheets, *changes.sheets), ())
    structure = Structure(Package(Path("donor.xlsx"), build_book(plan, compressed=False)))
    return Donor(
        structure,
        dict(zip(styles, _looks(structure), strict=True)),
        {name: _conditionals(structure, f"{_FORMATS}{number}") for number, name in enumerate(formatted)},
        {name: structure.sheet_by_name[f"{_NOTES}{number}"] for number, name in enumerate(noted)},
    )


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
