"""What of a workbook belongs to whom: answers, and the judgements typed beside results, each as one digest.

Tables are known by the last word of their name (`r_hits`, and `r_…_hits` of a further layer alike), columns by their
headers, so that a result table that comes later is covered as well.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace

from xlsaddin.exchange.difference.version import Version, answers_digest, version_of
from xlsaddin.exchange.results import read_result_rows, result_tables
from xlsaddin.workbook.office.columns import FINDING_JUDGED, FINDINGS, HIT_JUDGED, HITS, MEASURES
from xlsaddin.workbook.opening import open_package
from xlsaddin.workbook.read.book import ReadBook
from xlsaddin.workbook.read.book_cells import BookCells
from xlsaddin.workbook.structure import Structure

__all__ = ["PARTS", "part_digests"]

_JUDGED = {
    "hits": (HITS, ("row_id", "column", "body"), HIT_JUDGED),
    "findings": (FINDINGS, ("code", "item"), FINDING_JUDGED),
    "measures": (MEASURES, ("text",), ("adopted", "owner", "due", "evidence")),
}
"""By the last word of the table's name: whose headers it has, columns that say what a row is about, judged columns."""

PARTS = {
    "answers": "記入内容 answers",
    "hits": "照合の判断 judgements of hits",
    "findings": "照会の記録 records of inquiries",
    "measures": "措置 measures",
}
"""Every part by name."""
_LENGTH = 8
_NOTHING = "-"


def part_digests(book: ReadBook) -> Mapping[str, str]:
    """Return a digest of every part of a workbook, a dash for judgements nobody has typed."""
    structure = Structure(open_package(book.path))
    cells = BookCells(structure)
    answers = answers_digest(_of_respondent(version_of(book)))
    return {"answers": answers[:_LENGTH]} | {part: _judged_digest(structure, cells, part) for part in _JUDGED}


def _of_respondent(version: Version) -> Version:
    """Return a version without what the office itself fills in."""
    office = {item.key for item in version.checklist.items if item.office}
    singles = {place: held for place, held in version.singles.items() if place[0] not in office}
    return replace(
        version, singles=singles, rows={key: rows for key, rows in version.rows.items() if key not in office}
    )


def _judged_digest(structure: Structure, cells: BookCells, part: str) -> str:
    """Return the digest of what was typed in the tables of one kind, whatever the order of their rows."""
    kind, about, judged = _JUDGED[part]
    rows = sorted(
        tuple(texts.values())
        for table in result_tables(structure, part)
        for texts in read_result_rows(structure, cells, table, kind, (*about, *judged))
        if any(texts.get(key) for key in judged)
    )
    return hashlib.sha256(repr(rows).encode()).hexdigest()[:_LENGTH] if rows else _NOTHING
