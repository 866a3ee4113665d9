"""The stage sheet 回付: a row a passing. What a stage owns is remembered by its digest and compared on the way in.

Fields of other stages are locked by convention, not by a password: who changes them is told, not stopped.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from xlsaddin import resources
from xlsaddin.errors import XlsAddinError
from xlsaddin.exchange.difference.version import read_version
from xlsaddin.exchange.inbox.reading import answers_digest
from xlsaddin.findings import Finding, Location, make_finding
from xlsaddin.workbook.opening import open_package
from xlsaddin.workbook.patch.apply import apply_changes
from xlsaddin.workbook.plan import CellPlan, Changes, PrintPlan, SheetPlan, TableColumnPlan, TablePlan
from xlsaddin.workbook.read.book_cells import BookCells
from xlsaddin.workbook.structure import Structure

__all__ = ["Passing", "check_stages", "pass_stage", "read_stages", "stage_keys"]

SHEET, TABLE = "回付", "r_stages"
_HEADERS = ("段階 Stage", "担当 Who", "日時 When", "判断 Decision", "備考 Remark", "控え Digest")
_WIDTHS = (18.0, 18.0, 24.0, 22.0, 40.0, 18.0)
_HEADER_ROW = 4
_INTRO = "前の段階の記入は変えないでください / Leave the entries of earlier stages as they are"
_DIGEST = 16


@dataclass(frozen=True, slots=True)
class Passing:
    """One passing of a desk: stage as shown, who, when (ISO), decision, remark, digest of the answers then."""

    stage: str
    who: str
    at: str
    decision: str
    remark: str
    digest: str


@cache
def stage_keys() -> Mapping[str, str]:
    """Return the stages in order: what is shown by key."""
    stages = tomllib.loads(resources.package_path("stages.toml").read_text(encoding="utf-8"))
    return {key: f"{stage['ja']} / {stage['en']}" for key, stage in stages.items()}


def read_stages(path: Path) -> tuple[Passing, ...]:
    """Return the passings a workbook records, none where it has no stage sheet."""
    structure = Structure(open_package(path))
    table = structure.tables.get(TABLE)
    if table is None:
        return ()
    cells = BookCells(structure)
    part = structure.sheet_by_name[table.sheet.casefold()].part
    rows = sorted(row for row in cells.sheet(part).rows if row > table.area.top)
    texts = ([cells.text(part, row, table.area.left + offset) for offset in range(len(_HEADERS))] for row in rows)
    return tuple(Passing(*found) for found in texts if any(found))


def pass_stage(
    source: Path, target: Path, stage: str, who: str, at: datetime, *, decision: str = "", remark: str = ""
) -> None:
    """Write a copy that records one more passing.

    Raises:
        XlsAddinError: for an unknown stage, or one that lies before the last one recorded.
    """
    keys = list(stage_keys())
    if stage not in keys:
        raise XlsAddinError("RS-STAGE-001", stage=stage, known=", ".join(keys))
    passings = read_stages(source)
    place = _places(passings)
    if place and keys.index(stage) < place[-1]:
        raise XlsAddinError("RS-STAGE-002", stage=stage_keys()[stage], last=passings[-1].stage)
    digest = answers_digest(read_version(source))[:_DIGEST]
    passing = Passing(stage_keys()[stage], who, at.isoformat(timespec="seconds"), decision, remark, digest)
    apply_changes(source, Changes(sheets=(_plan((*passings, passing)),)), target)


def check_stages(path: Path) -> Iterator[Finding]:
    """Yield what does not fit a record of stages: answers changed by a later desk, desks out of order."""
    passings = read_stages(path)
    places = _places(passings)
    digests = [*(passing.digest for passing in passings), answers_digest(read_version(path))[:_DIGEST]]
    for number, passing in enumerate(passings):
        if digests[number + 1] != digests[number]:
            later = passings[number + 1].stage if number + 1 < len(passings) else "-"
            yield make_finding("RS-STAGE-003", Location(sheet=SHEET), stage=passing.stage, later=later)
    if places != sorted(places) or len(places) != len(passings):
        yield make_finding("RS-STAGE-004", Location(sheet=SHEET))


def _places(passings: Sequence[Passing]) -> list[int]:
    shown = list(stage_keys().values())
    return [shown.index(passing.stage) for passing in passings if passing.stage in shown]


def _plan(passings: Sequence[Passing]) -> SheetPlan:
    columns = tuple(TableColumnPlan(header, "cell") for header in _HEADERS)
    rows = tuple(astuple(passing) for passing in passings)
    return SheetPlan(
        key="stages",
        name=SHEET,
        cells=(
            CellPlan(1, 2, "回付 / Stages", style="title"),
            CellPlan(2, 2, _INTRO, style="hint"),
        ),
        tables=(TablePlan(TABLE, _HEADER_ROW, 2, columns, rows),),
        widths=((1, 1.6), *enumerate(_WIDTHS, start=2)),
        freeze=(_HEADER_ROW + 1, 1),
        print=PrintPlan(landscape=True, title_rows=(_HEADER_ROW, _HEADER_ROW)),
    )
