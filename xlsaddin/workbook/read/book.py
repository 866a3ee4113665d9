"""Reading one received workbook completely: what it is, its answers, judgements where they may be trusted, damage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from xlsaddin.checklist.loading import load_checklist
from xlsaddin.checklist.model import Checklist
from xlsaddin.checklist.profiles import load_profile
from xlsaddin.checklist.raw import RawAnswers
from xlsaddin.errors import DefinitionError
from xlsaddin.findings import Finding, Location, make_finding
from xlsaddin.parameters import Parameters
from xlsaddin.workbook.meta import META_SHEET, BookMeta, parse_meta
from xlsaddin.workbook.opening import open_package
from xlsaddin.workbook.read.answers import AnswerReader
from xlsaddin.workbook.read.book_cells import BookCells
from xlsaddin.workbook.structure import Structure

__all__ = ["ReadBook", "read_workbook"]


@dataclass(frozen=True, slots=True)
class ReadBook:
    """A workbook as read.

    Attributes:
        path: the file. meta: what it says about itself.
        checklist: as the profile of the book asks it. answers: contents with their places.
        findings: damage and oddities; what the answers say is judged elsewhere.
    """

    path: Path
    meta: BookMeta
    checklist: Checklist
    answers: RawAnswers
    findings: tuple[Finding, ...]


def read_workbook(path: Path) -> ReadBook:
    """Return what a workbook of ours holds; raises WorkbookError when it is refused."""
    structure = Structure(open_package(path))
    cells = BookCells(structure)
    meta = read_meta(structure, cells)
    checklist, findings = _load_checklist(structure, meta)
    row_range = Parameters(date.max).integer("workbook_row_range")
    reader = AnswerReader(structure, cells, meta, checklist, _older(meta, checklist), row_range)
    answers, found = reader.read()
    findings = [*findings, *_check_version(meta, checklist), *found]
    return ReadBook(path, meta, checklist, answers, tuple(findings))


def read_meta(structure: Structure, cells: BookCells) -> BookMeta:
    """Return what `_meta` says; raises WorkbookError for a book that is not ours."""
    sheet = structure.sheet_by_name.get(META_SHEET)
    if sheet is None:
        raise structure.package.error("RS-FILE-010")
    rows = {cells.text(sheet.part, row, 1): cells.text(sheet.part, row, 2) for row in cells.sheet(sheet.part).rows}
    try:
        return parse_meta(rows)
    except ValueError:
        raise structure.package.error("RS-FILE-010") from None


def _load_checklist(structure: Structure, meta: BookMeta) -> tuple[Checklist, list[Finding]]:
    findings = []
    try:
        profile = load_profile(meta.profile)
    except DefinitionError:
        profile = load_profile()
        findings.append(make_finding("RS-READ-017", Location(), profile=meta.profile))
    try:
        return load_checklist(meta.checklist, profile), findings
    except DefinitionError as failure:
        if failure.code != "RS-DEF-002":
            raise
        raise structure.package.error("RS-FILE-012", checklist=meta.checklist) from None


def _check_version(meta: BookMeta, checklist: Checklist) -> list[Finding]:
    if meta.version == checklist.version:
        return []
    code = "RS-READ-001" if _older(meta, checklist) else "RS-READ-002"
    return [make_finding(code, Location(), version=meta.version, current=checklist.version)]


def _older(meta: BookMeta, checklist: Checklist) -> bool:
    return _version(meta.version) < _version(checklist.version)


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdigit() else 0 for part in text.split("."))
