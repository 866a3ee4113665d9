"""Reading all answers of a book: single ones by defined name, tables by table name and header, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xlsaddin.checklist.model import Checklist, Item, Kind, Section, Type
from xlsaddin.checklist.raw import RawAnswers, RawCell, RawTable
from xlsaddin.findings import Finding, Location, make_finding
from xlsaddin.workbook.meta import BookMeta
from xlsaddin.workbook.read.book_cells import BookCells
from xlsaddin.workbook.read.frames import Frame, find_frame, search_frame
from xlsaddin.workbook.read.headers import column_spellings, tidy_header
from xlsaddin.workbook.read.raw_cells import answer_place, check_formula, read_cell
from xlsaddin.workbook.read.tables import ROW_ID, read_rows
from xlsaddin.workbook.structure import Sheet, Structure

__all__ = ["AnswerReader"]

_ROW_ID_SPELLINGS = {tidy_header(text): ROW_ID for text in ("行ID", "Row ID", "行ID / Row ID")}


@dataclass(frozen=True, slots=True)
class AnswerReader:
    """Reads the answers to one checklist from one book.

    Attributes:
        structure, cells: of the book. meta: what it says about itself.
        checklist: as the profile of the book asks it.
        older: the template is older than the checklist, so that a missing place need not be damage.
        row_range: rows under a table header that are read.
    """

    structure: Structure
    cells: BookCells
    meta: BookMeta
    checklist: Checklist
    older: bool
    row_range: int

    def read(self) -> tuple[RawAnswers, tuple[Finding, ...]]:
        """Return everything found, and what is damaged or odd."""
        singles: dict[str, RawCell] = {}
        tables: dict[str, RawTable] = {}
        findings: list[Finding] = []
        for section in self.checklist.sections:
            items = [item for item in self.checklist.items if item.section == section.key]
            if self._gone(section, items):
                findings.append(make_finding("RS-READ-007", Location(sheet=section.sheet), sheet_name=section.sheet))
                continue
            for item in items:
                if item.kind is Kind.TABLE:
                    tables[item.key], found = self._read_table(item)
                else:
                    singles[item.key], found = self._read_single(item)
                findings.extend(found)
        answers = RawAnswers(
            self.checklist.key, singles, tables, self.meta.version, self.meta.profile, self.meta.language
        )
        return answers, tuple(findings)

    def _gone(self, section: Section, items: list[Item]) -> bool:
        """Return True when nothing of a whole sheet is left; in an older template it may never have been there."""
        names = {self.meta.sheets.get(section.key, section.sheet), section.sheet}
        if self.older or any(name.casefold() in self.structure.sheet_by_name for name in names):
            return False
        return all(
            self.structure.place(f"a_{item.key}") is None and f"t_{item.key}" not in self.structure.tables
            for item in items
        )

    def _read_single(self, item: Item) -> tuple[RawCell, list[Finding]]:
        location = Location(item=item.key, sheet=self.checklist.section(item.section).sheet)
        return self._read_name(f"a_{item.key}", item, location, item.type)

    def _read_name(
        self, name: str, item: Item, location: Location, asked: Type = Type.TEXT
    ) -> tuple[RawCell, list[Finding]]:
        found = self.structure.place(name)
        if found is None:
            return RawCell(None, location), [self._missing(item, location, "RS-READ-003", name=name)]
        sheet, area = found
        row, column = self._anchor(sheet, area.top, area.left)
        text = self.cells.sheet(sheet.part)
        place = answer_place(item.key, sheet.name, row, column)
        cell = read_cell(self.cells, text.row(row).get(column), place, asked)
        return cell, [check_formula(cell)] if column in text.formula_columns(row) else []

    def _anchor(self, sheet: Sheet, row: int, column: int) -> tuple[int, int]:
        """Return the first cell of the merged area a cell lies in, else the cell itself."""
        for area in self.cells.sheet(sheet.part).merged:
            if area.holds(row, column):
                return area.top, area.left
        return row, column

    def _read_table(self, item: Item) -> tuple[RawTable, list[Finding]]:
        location = Location(item=item.key, sheet=self.checklist.section(item.section).sheet)
        status, findings = self._read_name(f"a_{item.key}", item, location)
        reason = RawCell(None, location)
        if self.structure.place(f"a_{item.key}_reason") is not None:
            reason, more = self._read_name(f"a_{item.key}_reason", item, location)
            findings += more
        frame, more = self._frame(item, location)
        findings += more
        if frame is None:
            return RawTable(status, reason), findings
        found = read_rows(self.cells, item, frame)
        return RawTable(status, reason, found.rows), [*findings, *found.findings]

    def _frame(self, item: Item, location: Location) -> tuple[Frame | None, list[Finding]]:
        spellings = {**column_spellings(item.columns), **_ROW_ID_SPELLINGS}
        name = f"t_{item.key}"
        table = self.structure.tables.get(name)
        if table is not None:
            frame = find_frame(self.structure, self.cells, table, spellings, self.row_range)
            return frame, list(self._check_columns(item, frame))
        searched = search_frame(self.cells, self._likely_sheets(item), spellings, self.row_range)
        if searched is None:
            return None, [self._missing(item, location, "RS-READ-005", name=name)]
        lost = _finding("RS-READ-004", item, Location(item.key, searched.sheet.name), name=name)
        return searched, [lost, *self._check_columns(item, searched)]

    def _likely_sheets(self, item: Item) -> Iterator[Sheet]:
        """Yield the sheets on which a table that lost its name may stand: where its state cell is, or by name."""
        place = self.structure.place(f"a_{item.key}")
        section = self.checklist.section(item.section)
        names = (self.meta.sheets.get(section.key, ""), section.sheet)
        found = [place[0]] if place else [self.structure.sheet_by_name.get(name.casefold()) for name in names]
        yield from dict.fromkeys(sheet for sheet in found if sheet is not None)

    def _check_columns(self, item: Item, frame: Frame) -> Iterator[Finding]:
        location = Location(item.key, frame.sheet.name)
        if self.older:
            return
        for column in item.columns:
            if column.key not in frame.columns:
                yield _finding("RS-READ-006", item, location, column_ja=column.label_ja, column_en=column.label_en)

    def _missing(self, item: Item, location: Location, code: str, name: str) -> Finding:
        return _finding("RS-READ-016" if self.older else code, item, location, name=name)


def _finding(code: str, item: Item, location: Location, **facts: object) -> Finding:
    labels = {"label_ja": item.label_ja, "label_en": item.label_en}
    return make_finding(code, location, difference=False, **labels, **facts)
