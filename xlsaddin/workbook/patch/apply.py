"""Carrying changes out on a person's workbook: the original is read, the copy is written whole or not at all."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from xlsaddin import files
from xlsaddin.codes import Severity
from xlsaddin.workbook.hostile import inspect_structure
from xlsaddin.workbook.opening import open_package
from xlsaddin.workbook.patch.conditionals import add_conditionals
from xlsaddin.workbook.patch.donor import Donor, build_donor
from xlsaddin.workbook.patch.formula_values import plain_formula, renew_values
from xlsaddin.workbook.patch.growth import TableEdit
from xlsaddin.workbook.patch.notes import NotesEdit
from xlsaddin.workbook.patch.ours import find_ours
from xlsaddin.workbook.patch.package_edit import PackageEdit
from xlsaddin.workbook.patch.sheet_edit import SheetEdit
from xlsaddin.workbook.patch.styles import StyleMerge
from xlsaddin.workbook.patch.transplant import Transplant
from xlsaddin.workbook.patch.workbook_edit import WorkbookEdit
from xlsaddin.workbook.plan import Changes, NamePlan, SheetPlan, TableGrowth
from xlsaddin.workbook.read.book_cells import BookCells
from xlsaddin.workbook.read.meta import read_meta
from xlsaddin.workbook.structure import Sheet, Structure

__all__ = ["apply_changes", "patch_content"]


def apply_changes(original: Path, changes: Changes, target: Path) -> None:
    """Write a copy of a workbook with changes; every part that is not ours stays byte for byte.

    Args:
        original: a workbook of ours, never changed.
        changes: what to set; sheets of ours with the same name are replaced.
        target: where the copy goes.

    Raises:
        WorkbookError: when the original is refused, or a place the changes need is missing.
    """
    files.write_bytes(target, patch_content(original, changes))


def patch_content(original: Path, changes: Changes) -> bytes:
    """Return the bytes of the copy `apply_changes` writes; the same changes give the same bytes."""
    return _Patch(original, changes).content()


class _Patch:
    """One book while it is being changed."""

    def __init__(self, original: Path, changes: Changes) -> None:
        self._package = open_package(original)
        self._structure = Structure(self._package)
        self._cells = BookCells(self._structure)
        self._meta = read_meta(self._structure, self._cells)
        self._refuse_active()
        self._changes = changes
        self._edit = PackageEdit(self._package)
        self._workbook = WorkbookEdit(self._edit, self._package.workbook_part)
        self._sheets: dict[str, SheetEdit] = {}

    def _refuse_active(self) -> None:
        """Refuse to pass on what runs when the copy is opened."""
        for finding in inspect_structure(self._structure, self._cells, self._meta.sheets.values()):
            if finding.severity is Severity.ERROR:
                raise self._package.error("RS-FILE-016", part=finding.location.sheet or finding.code)

    def content(self) -> bytes:
        """Return the bytes of the changed book."""
        for plan in self._changes.sheets:
            self._set_sheet(plan)
        for growth in self._changes.growths:
            self._grow(growth)
        self._write_cells()
        self._set_notes()
        for name, donated in self._donor.looks.conditionals.items():
            add_conditionals(self._sheet(name).root, donated, self._specimens)
        for name_plan in self._changes.names:
            self._workbook.set_name(name_plan)
        self._renew_values()
        for sheet in self._sheets.values():
            sheet.finish()
        self._workbook.calculate_on_opening()
        if self._changes.active_sheet:
            self._workbook.show(self._changes.active_sheet)
        self._workbook.finish()
        return self._edit.content()

    @cached_property
    def _donor(self) -> Donor:
        return build_donor(self._changes)

    @cached_property
    def _styles(self) -> StyleMerge:
        return StyleMerge(self._edit.tree(self._structure.related("styles")), self._donor.styles())

    @cached_property
    def _specimens(self) -> StyleMerge:
        return self._styles.beside(self._donor.looks.styles)

    @cached_property
    def _looks(self) -> dict[str, int]:
        return {style: self._specimens.cell_format(index) for style, index in self._donor.looks.formats.items()}

    @cached_property
    def _transplant(self) -> Transplant:
        package = self._donor.structure.package
        return Transplant(self._edit, package, self._styles, starts_1904=self._structure.starts_1904)

    def _set_sheet(self, plan: SheetPlan) -> None:
        """Put a result sheet in: in the place of the one it replaces, else last."""
        donated = self._donor.sheet(plan.name)
        old = find_ours(self._structure, self._meta, plan)
        if old is None:
            part = self._workbook.add_sheet(donated)
        else:
            part = self._workbook.clear_sheet(old.name)
            self._workbook.rename_sheet(old.name, donated)
        self._transplant.carry(donated, part)
        self._carry_local_names(donated)

    def _carry_local_names(self, donated: Sheet) -> None:
        position = self._donor.structure.sheets.index(donated)
        for name in self._donor.structure.defined_names:
            if name.sheet == position:
                self._workbook.set_name(NamePlan(name.name, name.refers_to), donated.name, hidden=name.hidden)

    def _sheet(self, name: str) -> SheetEdit:
        if name not in self._sheets:
            part = self._workbook.sheet_part(name)
            if not part:
                raise self._package.error("RS-FILE-015", place=name)
            try:
                self._sheets[name] = SheetEdit(self._edit.tree(part), starts_1904=self._structure.starts_1904)
            except ValueError:
                raise self._package.error("RS-FILE-004") from None
        return self._sheets[name]

    def _grow(self, growth: TableGrowth) -> None:
        table = self._structure.tables.get(growth.table.casefold())
        if table is None:
            raise self._package.error("RS-FILE-015", place=growth.table)
        if len(table.headers) != table.area.right - table.area.left + 1:
            raise self._package.error("RS-FILE-004")
        part = self._structure.sheet_by_name[table.sheet.casefold()].part
        beside = [column for column in self._cells.sheet(part).row(table.area.top) if column > table.area.right]
        headers = {column: self._cells.text(part, table.area.top, column) for column in beside}
        sheet = self._sheet(table.sheet)
        merged = TableEdit(self._edit.tree(table.part), table, sheet, self._looks, headers).grow(growth)
        if merged is not None:  # a table may not hold merged cells; Excel would drop it
            raise self._package.error("RS-FILE-013", table=growth.table, area=merged)

    def _write_cells(self) -> None:
        for write in self._changes.writes:
            if write.note and write.value is None and not write.formula:
                continue  # a note alone; the answer in the cell is the person's
            style = self._looks[write.style] if write.style else None
            self._sheet(write.sheet).set_cell(write.row, write.column, write.value, write.formula, style)

    def _renew_values(self) -> None:
        values = {plain_formula(formula): text for formula, text in self._changes.shown.items()}
        planned = {plan.name for plan in self._changes.sheets}
        for sheet in self._structure.sheets if values else ():
            if sheet.name not in planned and sheet.part in self._edit:
                renew_values(self._edit, sheet.part, values)

    def _set_notes(self) -> None:
        """Replace our notes of an earlier check by the new ones."""
        for name in self._workbook.sheet_names():
            if part := self._workbook.sheet_part(name):
                notes = NotesEdit(self._edit, part)
                notes.drop_ours()
                if name in self._donor.notes:
                    notes.add(self._donor.structure.package, self._donor.notes[name].part)
