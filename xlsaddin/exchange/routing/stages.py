"""The stage sheet 回付: a row a passing. What each desk may write is remembered by digests, compared on the way in.

Fields of other stages are locked by convention, not by a password: who changes them is told, not stopped.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from xlsaddin.errors import XlsAddinError
from xlsaddin.exchange.mail.clock import JAPAN
from xlsaddin.exchange.routing.desks import Route, load_route
from xlsaddin.exchange.routing.parts import PARTS, part_digests
from xlsaddin.exchange.routing.sheet import HEADERS, SHEET, TABLE, plan_stages
from xlsaddin.findings import Finding, Location, make_finding
from xlsaddin.workbook.opening import open_package
from xlsaddin.workbook.patch.apply import apply_changes
from xlsaddin.workbook.plan import Changes
from xlsaddin.workbook.read.book import ReadBook, read_workbook
from xlsaddin.workbook.read.book_cells import BookCells
from xlsaddin.workbook.structure import Structure

__all__ = ["Passing", "check_stages", "keep_stages", "pass_stage", "read_stages"]

_BETWEEN = "."
"""Between the digests of the parts, in the order of `PARTS`."""


@dataclass(frozen=True, slots=True)
class Passing:
    """One passing of a desk: stage as shown, who, when (ISO, Japan), decision, remark, digests of each part then."""

    stage: str
    who: str
    at: str
    decision: str
    remark: str
    digests: str

    @property
    def parts(self) -> Mapping[str, str]:
        """The digests by part; none where they were not written by the tool."""
        digests = self.digests.split(_BETWEEN)
        return dict(zip(PARTS, digests, strict=True)) if len(digests) == len(PARTS) else {}


def read_stages(path: Path) -> tuple[Passing, ...]:
    """Return the passings a workbook records, none where it has no stage sheet."""
    structure = Structure(open_package(path))
    table = structure.tables.get(TABLE)
    if table is None:
        return ()
    cells = BookCells(structure)
    part = structure.sheet_by_name[table.sheet.casefold()].part
    rows = sorted(row for row in cells.sheet(part).rows if row > table.area.top)
    texts = ([cells.text(part, row, table.area.left + offset) for offset in range(len(HEADERS))] for row in rows)
    return tuple(Passing(*found) for found in texts if any(found))


def pass_stage(
    source: Path, target: Path, stage: str, who: str, at: datetime, *, decision: str = "", remark: str = ""
) -> None:
    """Write a copy that records one more passing.

    Args:
        source: the workbook. target: the copy; may be the same file. stage: key of the desk that passes it on.
        who, at: by whom and when. decision, remark: what it decided, kept as text whatever it begins with.

    Raises:
        XlsAddinError: for an unknown stage, or one that lies before the last one recorded.
    """
    route, passings = load_route(), read_stages(source)
    desk = route.stage(stage)
    places = _places(route, passings)
    if places and list(route.stages).index(stage) < places[-1]:
        raise XlsAddinError("RS-STAGE-002", stage=desk.shown, last=passings[-1].stage)
    digests = part_digests(read_workbook(source))
    when = at.astimezone(JAPAN).isoformat(sep=" ", timespec="seconds")
    passing = Passing(desk.shown, who, when, decision, remark, _BETWEEN.join(digests[part] for part in PARTS))
    rows = [astuple(one) for one in (*passings, passing)]
    apply_changes(source, Changes(sheets=(plan_stages(route, rows),)), target)


def keep_stages(source: Path, target: Path) -> None:
    """Put the record of one workbook into another that says the same; nothing where there is none."""
    if passings := read_stages(source):
        rows = [astuple(one) for one in passings]
        apply_changes(target, Changes(sheets=(plan_stages(load_route(), rows),)), target)


def check_stages(book: ReadBook) -> Iterator[Finding]:
    """Yield what does not fit a record of stages: parts changed by a desk they are not of, desks out of order."""
    route = load_route()
    passings = [passing for passing in read_stages(book.path) if passing.parts]  # others wait to be recorded
    if not passings:
        return
    form = book.checklist.key
    for before, after in pairwise(passings):
        writers = [one for one in (route.place(after.stage),) if one is not None]
        yield from _changed(route, form, before, after.parts, writers, after.stage)
    last = passings[-1]
    place = route.place(last.stage)
    since = range(0 if place is None else place + 1, len(route.stages))
    yield from _changed(route, form, last, part_digests(book), since, "-")
    places = _places(route, passings)
    if places != sorted(places) or len(places) != len(passings):
        yield make_finding("RS-STAGE-004", Location(sheet=SHEET))


def _changed(
    route: Route, form: str, before: Passing, now: Mapping[str, str], writers: Sequence[int], later: str
) -> Iterator[Finding]:
    """Yield the parts that changed after a passing though none of the desks that had it since writes them."""
    desks = list(route.stages.values())
    for part, digest in before.parts.items():
        theirs = any(desks[place].writes(part, form) for place in writers)
        if part in PARTS and not theirs and now.get(part) != digest:
            place = Location(sheet=SHEET)
            yield make_finding("RS-STAGE-003", place, stage=before.stage, later=later, what=PARTS[part])


def _places(route: Route, passings: Sequence[Passing]) -> list[int]:
    return [place for passing in passings if (place := route.place(passing.stage)) is not None]
