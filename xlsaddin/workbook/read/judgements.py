"""Reading what officers typed into an office edition: judgements beside hits, inquiries beside differences.

Only editions this installation made are asked (`book`); what stands in any other form is not read at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from xlsaddin.checklist.answers import DateSpan
from xlsaddin.checklist.dates import parse_date, parse_serial
from xlsaddin.checklist.raw import RawAnswers
from xlsaddin.checklist.words import find_choice
from xlsaddin.findings import Finding, Location, make_finding
from xlsaddin.review_model import Inquiry, Judgements, Written
from xlsaddin.screening.model import Disposition, Judgement
from xlsaddin.workbook.areas import cell_name
from xlsaddin.workbook.labels import Language
from xlsaddin.workbook.office.columns import FINDINGS, HITS, column_header, office_choices
from xlsaddin.workbook.office.layers import Layer
from xlsaddin.workbook.read.book_cells import BookCells, CellContent
from xlsaddin.workbook.read.frames import Frame, find_frame
from xlsaddin.workbook.read.headers import tidy_header
from xlsaddin.workbook.structure import Structure

__all__ = ["Judged", "has_results", "read_judged"]

_HIT_KEYS = (
    *("place", "row_id", "column", "body", "entry_digest"),
    *("disposition", "relation_judged", "reason", "reviewer", "judged_on", "approver"),
)
_FINDING_KEYS = ("place", "body", "inquiry", "reason", "reviewer", "decided_on", "approver")
_RESULT_NAMES = ("r_level", "r_state", "r_score")
_RESULT_TABLES = (HITS, "r_contributions", "r_measures")
_LAYERS = (Layer(), Layer(own=False))


@dataclass(frozen=True, slots=True)
class Judged:
    """What officers typed.

    Attributes:
        judgements: by row id, column and body of the hit they stand beside.
        inquiries: by the place of the difference as it is now.
        findings: dates and choices among them that cannot be read.
    """

    judgements: Mapping[tuple[str, str, str], Judgement]
    inquiries: Mapping[Location, Inquiry]
    findings: tuple[Finding, ...]

    @property
    def written(self) -> Written:
        """The same as reviews take it."""
        return Written(Judgements(placed=self.judgements), self.inquiries)


def has_results(structure: Structure, cells: BookCells) -> bool:
    """Return True when a book shows results: a level or state, or a table of hits, grounds or measures."""
    if any(layer.named(name) in structure.tables for name in _RESULT_TABLES for layer in _LAYERS):
        return True
    names = (layer.named(name) for name in _RESULT_NAMES for layer in _LAYERS)
    places = [place for name in names if (place := structure.place(name)) is not None]
    return any(cells.text(sheet.part, area.top, area.left) for sheet, area in places)


def read_judged(structure: Structure, cells: BookCells, answers: RawAnswers, *, own: bool = True) -> Judged:
    """Return the judgements and inquiries of an office edition; `own` False for those of the other institution."""
    layer = Layer(own=own)
    hits = list(_rows(structure, cells, layer, HITS, _HIT_KEYS))
    differences = list(_rows(structure, cells, layer, FINDINGS, _FINDING_KEYS))
    findings: list[Finding] = []
    judgements = {}
    for row in hits:
        if row.typed("disposition", "relation_judged", "reason", "reviewer", "judged_on", "approver"):
            judgements[row["row_id"], row["column"], row["body"]] = _judgement(row)
            findings.extend(row.check("disposition", "judged_on"))
    inquiries = {}
    places = _Places(answers, hits)
    for row in differences:
        if row.typed("inquiry", "reason", "reviewer", "decided_on", "approver"):
            inquiries[places.find(row)] = _inquiry(row)
            findings.extend(row.check("inquiry", "decided_on"))
    return Judged(judgements, inquiries, tuple(findings))


class _Row:
    """One row of a result table, its cells by column key."""

    def __init__(self, cells: BookCells, frame: Frame, number: int) -> None:
        self._cells = cells
        self._frame = frame
        self._number = number

    def __getitem__(self, key: str) -> str:
        content = self.content(key)
        return "" if content is None else str(content).strip()

    def content(self, key: str) -> CellContent:
        column = self._frame.columns.get(key)
        return self._cells.value(self._frame.sheet.part, self._number, column) if column else None

    def typed(self, *keys: str) -> bool:
        """Return True when anything stands in one of these columns."""
        return any(self[key] for key in keys)

    def choice(self, key: str) -> str:
        """Return the key of a chosen word, empty for none of the choices."""
        found = find_choice(self[key], office_choices(key))
        return found.key if found else ""

    def day(self, key: str) -> date | None:
        """Return a day that was typed, None when it is blank or does not read as one day."""
        content = self.content(key)
        if isinstance(content, datetime):
            return content.date()
        if isinstance(content, date):
            return content
        number = content if isinstance(content, (int, float)) and not isinstance(content, bool) else None
        read = parse_date(self[key]) if number is None else parse_serial(number)
        return read.first if isinstance(read, DateSpan) and read.first == read.last else None

    def check(self, choice: str, day: str) -> Iterator[Finding]:
        """Yield what of a judgement cannot be read."""
        if self[choice] and not self.choice(choice):
            yield make_finding("RS-READ-019", self.place(choice), value=self[choice])
        if self[day] and self.day(day) is None:
            yield make_finding("RS-READ-018", self.place(day), value=self[day])

    def place(self, key: str) -> Location:
        """Return the place of a cell of the row."""
        return Location(sheet=self._frame.sheet.name, cell=cell_name(self._number, self._frame.columns[key]))


class _Places:
    """Where the differences stand now: by the row of the hit they rest on, else where they stood."""

    def __init__(self, answers: RawAnswers, hits: Sequence[_Row]) -> None:
        rows = [row for table in answers.tables.values() for row in table.rows]
        cells = [*answers.singles.values(), *(cell for row in rows for cell in row.cells.values())]
        self._at = {f"{cell.location.sheet}!{cell.location.cell}": cell.location for cell in cells}
        moved = {(row.row_id, key): cell.location for row in rows if row.row_id for key, cell in row.cells.items()}
        self._moved = {
            (hit["place"], hit["body"]): moved[hit["row_id"], hit["column"]]
            for hit in hits
            if (hit["row_id"], hit["column"]) in moved
        }

    def find(self, difference: _Row) -> Location:
        place = difference["place"]
        found = self._moved.get((place, difference["body"])) or self._at.get(place)
        return found or Location(sheet=place.rpartition("!")[0], cell=place.rpartition("!")[2])


def _rows(structure: Structure, cells: BookCells, layer: Layer, name: str, keys: Sequence[str]) -> Iterator[_Row]:
    table = structure.tables.get(layer.named(name))
    if table is None:
        return
    spellings = {tidy_header(column_header(name, key, language)): key for key in keys for language in Language}
    frame = find_frame(structure, cells, table, spellings, table.area.bottom - table.area.top)
    for number in range(frame.first_row, frame.last_row + 1):
        row = _Row(cells, frame, number)
        if row["place"]:
            yield row


def _judgement(row: _Row) -> Judgement:
    relation = find_choice(row["relation_judged"], office_choices("relation"))
    return Judgement(
        disposition=Disposition(row.choice("disposition") or Disposition.PENDING),
        relation=relation.key if relation else row["relation_judged"],
        reason=row["reason"],
        reviewer=row["reviewer"],
        judged_on=row.day("judged_on"),
        approver=row["approver"],
        entry_digest=row["entry_digest"],
    )


def _inquiry(row: _Row) -> Inquiry:
    status = row.choice("inquiry") or "open"
    return Inquiry(status, row["reason"], row["reviewer"], row.day("decided_on"), row["approver"])
