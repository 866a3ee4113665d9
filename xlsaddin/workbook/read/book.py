"""Reading one received workbook completely: what it is, its answers, judgements where they may be trusted, damage."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from xlsaddin.checklist.institutions import Institution
from xlsaddin.checklist.loading import load_checklist
from xlsaddin.checklist.model import Checklist
from xlsaddin.checklist.profiles import load_profile
from xlsaddin.checklist.raw import RawAnswers
from xlsaddin.errors import DefinitionError
from xlsaddin.findings import Finding, Location, make_finding
from xlsaddin.parameters import Parameters
from xlsaddin.review_model import Inquiry, Judgements, Written
from xlsaddin.screening.model import Judgement
from xlsaddin.workbook.hostile import inspect_structure
from xlsaddin.workbook.meta import META_SHEET, OUR_NAME, BookMeta, Edition
from xlsaddin.workbook.opening import open_package
from xlsaddin.workbook.read.answers import AnswerReader
from xlsaddin.workbook.read.book_cells import BookCells
from xlsaddin.workbook.read.judgements import Judged, has_results, read_judged
from xlsaddin.workbook.read.meta import read_meta
from xlsaddin.workbook.structure import Structure, Table, parse_reference

__all__ = ["ReadBook", "read_workbook"]

_NOTHING = Judged({}, {}, ())


@dataclass(frozen=True, slots=True)
class ReadBook:
    """A workbook as read.

    Attributes:
        path: the file. meta: what it says about itself.
        checklist: as the profile of the book asks it. answers: contents with their places.
        findings: damage and oddities; what the answers say is judged elsewhere.
        tables: as they stand now, by name without case.
        judgements: typed beside hits, by row id, column and body; only from office editions made here
            or vouched for.
        inquiries: typed beside differences, by their place; likewise.
        other: what the other institution typed beside its own result of a Co-PI; likewise.
    """

    path: Path
    meta: BookMeta
    checklist: Checklist
    answers: RawAnswers
    findings: tuple[Finding, ...]
    tables: Mapping[str, Table] = field(default_factory=dict)
    judgements: Mapping[tuple[str, str, str], Judgement] = field(default_factory=dict)
    inquiries: Mapping[Location, Inquiry] = field(default_factory=dict)
    other: Written = field(default_factory=Written)

    def written_by(self, institution: Institution, *, own: bool = True) -> Written:
        """Return what an institution typed; a result of one institution only is that of the own one."""
        second = institution.value in self.meta.layers[1:] if self.meta.layers else not own
        return self.other if second else Written(Judgements(placed=self.judgements), self.inquiries)


def read_workbook(path: Path, profile: str | None = None, *, vouched: Callable[[Path], bool] | None = None) -> ReadBook:
    """Return what a workbook of ours holds; raises WorkbookError when it is refused.

    Args:
        path: the file. profile: funder profile to read it by, instead of the one it was made for.
        vouched: says of an office edition made elsewhere whether its judgements may be believed (a valid seal); None
            believes none.
    """
    structure = Structure(open_package(path))
    cells = BookCells(structure)
    meta = read_meta(structure, cells)
    checklist, findings = _load_checklist(structure, meta, profile)
    row_range = Parameters(date.max).integer("workbook_row_range")
    reader = AnswerReader(structure, cells, meta, checklist, _older(meta, checklist), row_range)
    answers, found = reader.read()
    findings += [*_check_version(meta, checklist), *found, *_check_sheets(structure, meta, checklist)]
    findings += inspect_structure(structure, cells, meta.sheets.values())
    elsewhere = meta.edition is Edition.OFFICE and not meta.made_here
    trusted = meta.made_here or (elsewhere and vouched is not None and vouched(path))
    judged = _read_judged(structure, cells, meta, answers, trusted=trusted)
    other = read_judged(structure, cells, answers, own=False) if trusted else _NOTHING
    findings += [*judged.findings, *other.findings]
    tables = {name: _with_neighbours(table, structure, cells) for name, table in structure.tables.items()}
    return ReadBook(
        path, meta, checklist, answers, tuple(findings), tables, judged.judgements, judged.inquiries, other.written
    )


def _with_neighbours(table: Table, structure: Structure, cells: BookCells) -> Table:
    """Return a table with the columns beside it that are in use from its header down."""
    text = cells.sheet(structure.sheet_by_name[table.sheet.casefold()].part)
    below = (row for row in text.rows if row >= table.area.top)
    return replace(table, beside=frozenset(c for row in below for c in text.row(row) if c > table.area.right))


def _read_judged(
    structure: Structure, cells: BookCells, meta: BookMeta, answers: RawAnswers, *, trusted: bool
) -> Judged:
    """Return judgements where they may be trusted; elsewhere nothing, and a finding when there was something."""
    if trusted:
        return read_judged(structure, cells, answers)
    code = ""
    if meta.edition is Edition.OFFICE:
        code = "RS-READ-015"
    elif has_results(structure, cells):
        code = "RS-READ-014"
    return replace(_NOTHING, findings=(make_finding(code, Location()),)) if code else _NOTHING


def _load_checklist(structure: Structure, meta: BookMeta, wanted: str | None) -> tuple[Checklist, list[Finding]]:
    findings = []
    try:
        profile = load_profile(wanted or meta.profile)
    except DefinitionError as failure:
        if wanted or failure.code != "RS-DEF-003":
            raise
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


def _check_sheets(structure: Structure, meta: BookMeta, checklist: Checklist) -> Iterator[Finding]:
    """Yield the visible sheets that are not part of the form: people keep notes there."""
    named = {META_SHEET, *meta.sheets.values(), *(section.sheet for section in checklist.sections)}
    places = [parse_reference(text) for key, text in structure.names.items() if OUR_NAME.fullmatch(key)]
    used = [table.sheet for key, table in structure.tables.items() if OUR_NAME.fullmatch(key)]
    known = {name.casefold() for name in (*named, *used, *(place[0] for place in places if place))}
    for sheet in structure.sheets if meta.sheets else ():
        if sheet.state == "visible" and sheet.name.casefold() not in known:
            yield make_finding("RS-READ-013", Location(sheet=sheet.name), sheet_name=sheet.name)


def _older(meta: BookMeta, checklist: Checklist) -> bool:
    return _version(meta.version) < _version(checklist.version)


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdecimal() else 0 for part in text.split("."))
