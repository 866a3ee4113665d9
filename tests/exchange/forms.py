"""Filled forms for the tests of this room, and edits of them as respondents would make."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from xlsaddin.checklist.loading import load_checklist
from xlsaddin.checklist.raw import raw_answers
from xlsaddin.checklist.values import read_answers
from xlsaddin.exchange.difference.merging import free_rows
from xlsaddin.exchange.difference.version import STATUS, Version, read_version
from xlsaddin.workbook.areas import parse_area
from xlsaddin.workbook.patch.apply import apply_changes
from xlsaddin.workbook.plan import CellWrite, Changes
from xlsaddin.workbook.respondent.template import build_template

DAY = date(2026, 9, 1)
Row = Mapping[str, Any]


def write_form(path: Path, given: Mapping[str, Any], kind: str = "researcher", **more: Any) -> Path:
    """Write a template filled with answers."""
    checklist = load_checklist(kind)
    answers = read_answers(checklist, raw_answers(checklist, given))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(build_template(kind, prefill=answers, as_of=DAY, **more))
    return path


def edit_form(
    original: Path,
    target: Path,
    singles: Mapping[str, Any] | None = None,
    rows: Mapping[tuple[str, int], Row] | None = None,
    added: Mapping[str, Sequence[Row]] | None = None,
) -> Path:
    """Write a copy in which a person typed something.

    Args:
        singles: by item key (the state of a table item). rows: by item and row from 1. added: rows below the others.
    """
    version = read_version(original)
    writes = [*_singles(version, singles or {}), *_rows(version, rows or {}), *_added(version, added or {})]
    target.parent.mkdir(parents=True, exist_ok=True)
    apply_changes(original, Changes(writes=tuple(writes)), target)
    return target


def _singles(version: Version, singles: Mapping[str, Any]) -> Iterator[CellWrite]:
    for key, value in singles.items():
        place = version.places[key, STATUS]
        area = parse_area(place.cell)
        yield CellWrite(place.sheet, area.top, area.left, value)


def _rows(version: Version, rows: Mapping[tuple[str, int], Row]) -> Iterator[CellWrite]:
    for (item, number), row in rows.items():
        for column, value in row.items():
            place = version.rows[item][number - 1].places[column]
            area = parse_area(place.cell)
            yield CellWrite(place.sheet, area.top, area.left, value)


def _added(version: Version, added: Mapping[str, Sequence[Row]]) -> Iterator[CellWrite]:
    free = free_rows(version)
    for item, rows in added.items():
        for offset, row in enumerate(rows):
            for column, value in row.items():
                yield CellWrite(free[item].sheet, free[item].row + offset, free[item].columns[column], value)
