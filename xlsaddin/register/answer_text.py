"""Answers as kept: every cell's content with its place, as JSON; read anew by the checklist whenever needed."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from xlsaddin.checklist.answers import Answer, Answers, Cell, Fault, Row
from xlsaddin.checklist.model import Checklist, Kind
from xlsaddin.checklist.raw import RawAnswers, RawCell, RawRow, RawTable
from xlsaddin.checklist.values import read_answers
from xlsaddin.findings import Location
from xlsaddin.register.ledger import clean_text

__all__ = ["answers_digest", "parse_answers", "render_answers"]

_DAY, _MOMENT, _TIME = "date", "datetime", "time"


def render_answers(checklist: Checklist, answers: Answers) -> dict[str, Any]:
    """Return answers in their kept form; items without an answer are left out."""
    singles, tables = {}, {}
    for item in checklist.items:
        answer = answers.items.get(item.key)
        if answer is None:
            continue
        if item.kind is Kind.TABLE:
            tables[item.key] = _render_table(answer)
        elif not answer.cell.blank or answer.cell.fault:
            singles[item.key] = _render_cell(answer.cell)
    about = {"version": answers.version, "profile": answers.profile, "language": answers.language}
    return {**about, "singles": singles, "tables": tables}


def parse_answers(checklist: Checklist, kept: Mapping[str, Any]) -> Answers:
    """Return kept answers as a checklist reads them; items the checklist no longer has are left out."""
    keys = {item.key for item in checklist.items}
    raw = RawAnswers(
        checklist=checklist.key,
        singles={key: _parse_cell(cell) for key, cell in kept["singles"].items() if key in keys},
        tables={key: _parse_table(table) for key, table in kept["tables"].items() if key in keys},
        version=kept["version"],
        profile=kept["profile"],
        language=kept["language"],
    )
    return read_answers(checklist, raw)


def answers_digest(kept: Mapping[str, Any]) -> str:
    """Return the digest of what was declared: the contents, wherever in the workbook they stand."""
    declared = {
        "singles": {key: _same(cell[0]) for key, cell in kept["singles"].items()},
        "tables": {
            key: [table["status"][0], table["reason"], [_contents(row["cells"]) for row in table["rows"]]]
            for key, table in kept["tables"].items()
            if table["rows"] or table["status"][0] is not None or table["reason"]
        },
    }
    return hashlib.sha256(json.dumps(declared, sort_keys=True).encode()).hexdigest()


def _contents(cells: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _same(cell[0]) for key, cell in cells.items() if cell[0] is not None}


def _same(content: Any) -> Any:
    """Return 5 and 5.0 as one: which of them is found depends on the program that saved the file."""
    return float(content) if isinstance(content, int) and not isinstance(content, bool) else content


def _render_table(answer: Answer) -> dict[str, Any]:
    return {
        "status": _render_cell(answer.status_cell),
        "reason": clean_text(answer.reason),
        "rows": [_render_row(row) for row in answer.rows],
    }


def _render_row(row: Row) -> dict[str, Any]:
    cells = {key: _render_cell(cell) for key, cell in row.cells.items() if not cell.blank or cell.fault}
    return {"id": row.row_id, "hidden": row.hidden, "cells": cells}


def _render_cell(cell: Cell) -> list[Any]:
    place = cell.location
    return [_render_content(cell.raw), place.sheet, place.cell, cell.fault is Fault.ERROR_CELL]


def _render_content(content: object) -> Any:
    match content:
        case float() if not math.isfinite(content):
            return str(content)
        case None | bool() | int() | float():
            return content
        case datetime():
            return {_MOMENT: content.isoformat()}
        case date():
            return {_DAY: content.isoformat()}
        case time():
            return {_TIME: content.isoformat()}
        case _:
            return clean_text(str(content))


def _parse_table(table: Mapping[str, Any]) -> RawTable:
    rows = tuple(
        RawRow({key: _parse_cell(cell) for key, cell in row["cells"].items()}, row["id"], row["hidden"])
        for row in table["rows"]
    )
    return RawTable(_parse_cell(table["status"]), RawCell(table["reason"] or None), rows)


def _parse_cell(cell: list[Any]) -> RawCell:
    content, sheet, address, error = cell
    return RawCell(_parse_content(content), Location(sheet=sheet, cell=address), error)


def _parse_content(content: Any) -> object:
    match content:
        case {"datetime": text}:
            return datetime.fromisoformat(text)
        case {"date": text}:
            return date.fromisoformat(text)
        case {"time": text}:
            return time.fromisoformat(text)
        case _:
            return content
