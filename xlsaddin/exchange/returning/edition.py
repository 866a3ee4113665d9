"""The copy that goes back: the person's own workbook, notes on the cells, the list of what to mend shown first.

It is made from what the person sent, never from an office edition, so no hit, level or judgement can be in it.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from xlsaddin.errors import WorkbookError
from xlsaddin.exchange.release.stripping import strip_authors
from xlsaddin.exchange.routing.desks import load_route
from xlsaddin.exchange.routing.stages import read_stages
from xlsaddin.findings import Finding
from xlsaddin.workbook.areas import parse_area
from xlsaddin.workbook.labels import Language, title, word, word_lines
from xlsaddin.workbook.layout import FINDINGS_SHEET
from xlsaddin.workbook.meta import META_SHEET, Edition
from xlsaddin.workbook.opening import open_package
from xlsaddin.workbook.patch.apply import patch_content
from xlsaddin.workbook.plan import CellPlan, CellWrite, Changes, PrintPlan, SheetPlan, TableColumnPlan, TablePlan
from xlsaddin.workbook.read.book import ReadBook
from xlsaddin.workbook.read.book_cells import BookCells
from xlsaddin.workbook.respondent.template import FINDING_COLUMNS
from xlsaddin.workbook.structure import Structure

__all__ = ["build_returned", "returned_copy_id"]

_HEADER_ROW = 5
_OF_FORM = ("r_findings", "r_stages")
_RESULTS = ("_level", "_state", "_score", "_checked_at", "_lists")
_WIDTHS = ((1, 1.6), (2, 12.0), (3, 26.0), (4, 22.0), (5, 50.0), (6, 50.0), (7, 16.0))


def returned_copy_id(content: bytes, findings: Iterable[Finding]) -> str:
    """Return the id of the copy that goes back: another one for other findings."""
    digest = hashlib.sha256(content)
    for finding in findings:
        digest.update(repr((finding.code, finding.location)).encode())
    return digest.hexdigest()[:16]


def build_returned(book: ReadBook, findings: Sequence[Finding], copy_id: str) -> bytes:
    """Return the copy that goes back to the person.

    Args:
        book: what the person sent. findings: what is to be mended. copy_id: of this copy.

    Raises:
        WorkbookError: when the workbook is, or holds sheets of, an office edition.
    """
    structure = Structure(open_package(book.path))
    if book.meta.edition is Edition.OFFICE or _holds_results(structure) or _passed_others(book.path):
        raise WorkbookError("RS-RETURN-001", path=book.path.name)
    changes = Changes(
        sheets=(_list_sheet(book, findings),),
        writes=(*_notes(findings), *_new_copy_id(structure, copy_id)),
        active_sheet=FINDINGS_SHEET,
    )
    return strip_authors(patch_content(book.path, changes))


def _holds_results(structure: Structure) -> bool:
    """Return True when a book holds results of any layer: a table of them, or a name of one with something in it."""
    cells = BookCells(structure)
    named = (structure.place(name) for name in structure.names if name.startswith("r_") and name.endswith(_RESULTS))
    texts = (cells.text(sheet.part, area.top, area.left) for sheet, area in filter(None, named))
    tables = (name for name in structure.tables if name.startswith("r_") and name not in _OF_FORM)
    return any(texts) or any(tables)


def _passed_others(path: Path) -> bool:
    """Return True when a desk other than the person's own has written on the stage sheet."""
    own = next(iter(load_route().stages.values())).shown
    return any(passing.stage != own for passing in read_stages(path))


def _list_sheet(book: ReadBook, findings: Sequence[Finding]) -> SheetPlan:
    language = Language(book.meta.language)
    columns = tuple(TableColumnPlan(word(f"findings.{key}", language), "cell") for key in FINDING_COLUMNS)
    rows = tuple(_row(book, finding, language) for finding in findings)
    intro = enumerate(word_lines("findings.intro", language), start=2)
    cells = [CellPlan(1, 2, word("findings.title", language), style="title")]
    cells += [CellPlan(row, 2, text, style="hint") for row, text in intro]
    cells += _links(findings)
    return SheetPlan(
        key="findings",
        name=FINDINGS_SHEET,
        cells=tuple(cells),
        tables=(TablePlan("r_findings", _HEADER_ROW, 2, columns, rows),),
        widths=_WIDTHS,
        freeze=(_HEADER_ROW + 1, 1),
        print=PrintPlan(landscape=True, title_rows=(_HEADER_ROW, _HEADER_ROW)),
    )


def _row(book: ReadBook, finding: Finding, language: Language) -> tuple[str, ...]:
    item = next((item for item in book.checklist.items if item.key == finding.location.item), None)
    label = title(item, language) if item else ""
    severity = word(f"severity.{finding.severity.value}", language)
    return (severity, label, _place(finding), finding.message_ja, finding.message_en, finding.code)


def _links(findings: Sequence[Finding]) -> Iterator[CellPlan]:
    column = 2 + FINDING_COLUMNS.index("place")
    for row, finding in enumerate(findings, start=_HEADER_ROW + 1):
        if finding.location.sheet:
            place = _place(finding)
            yield CellPlan(row, column, place, style="cell_link", link=place if "!" in place else f"{place}!A1")


def _place(finding: Finding) -> str:
    return "!".join(filter(None, (finding.location.sheet, finding.location.cell)))


def _notes(findings: Iterable[Finding]) -> Iterator[CellWrite]:
    """Yield one note for each cell, with everything said about it."""
    said: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for finding in findings:
        if finding.location.cell:
            said[finding.location.sheet, finding.location.cell] += [finding.message_ja, finding.message_en]
    for (sheet, cell), texts in said.items():
        area = parse_area(cell)
        yield CellWrite(sheet, area.top, area.left, note="\n".join(texts))


def _new_copy_id(structure: Structure, copy_id: str) -> Iterator[CellWrite]:
    cells = BookCells(structure)
    part = structure.sheet_by_name[META_SHEET].part
    keys = {cells.text(part, row, 1): row for row in cells.sheet(part).rows}
    row = keys.get("copy_id") or max(cells.sheet(part).rows) + 1
    yield CellWrite(META_SHEET, row, 1, "copy_id")
    yield CellWrite(META_SHEET, row, 2, copy_id)
