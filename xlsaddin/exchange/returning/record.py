"""What was asked to be mended in a copy that went back, kept beside it, and what became of it when it came again."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from xlsaddin.errors import XlsAddinError
from xlsaddin.exchange.difference.rows import match_rows
from xlsaddin.exchange.difference.version import Version, version_of
from xlsaddin.exchange.returning.findings import form_findings
from xlsaddin.files import write_bytes
from xlsaddin.findings import Finding
from xlsaddin.workbook.read.book import read_workbook

__all__ = ["Asked", "Mended", "check_mended", "read_asked", "write_asked"]


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that was to be mended: code, place, and what was said."""

    code: str
    item: str
    column: str
    row: int
    place: str
    message_ja: str
    message_en: str


@dataclass(frozen=True, slots=True)
class Mended:
    """What became of a return: what was mended, what was not, and what is new."""

    mended: tuple[Asked, ...]
    open: tuple[Asked, ...]
    new: tuple[Asked, ...]


def write_asked(path: Path, findings: Iterable[Finding]) -> None:
    """Write down what a copy that goes back asks for."""
    write_bytes(path, json.dumps([asdict(_asked(f)) for f in findings], ensure_ascii=False, indent=1).encode())


def read_asked(path: Path) -> tuple[Asked, ...]:
    """Return what a copy that went back asked for; raises XlsAddinError when that cannot be read."""
    try:
        return tuple(Asked(**entry) for entry in json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as problem:
        raise XlsAddinError("RS-OUTBOX-001", path=path, reason=type(problem).__name__) from None


def check_mended(asked: Iterable[Asked], returned: Path, received: Path, as_of: date) -> Mended:
    """Return what was mended in a workbook that came back.

    Args:
        asked: of the copy that went back. returned: that copy. received: what came. as_of: the day.
    """
    book = read_workbook(received)
    before, after = version_of(read_workbook(returned)), version_of(book)
    now = [_asked(finding) for finding in form_findings(book, after, as_of)]
    rows = {item: _row_numbers(before, after, item) for item in after.rows}
    left = {(one.code, one.item, one.column, one.row) for one in now}
    kept: list[Asked] = []
    mended: list[Asked] = []
    matched: set[tuple[str, str, str, int]] = set()
    for one in asked:
        row = rows.get(one.item, {}).get(one.row, 0) if one.row else 0
        key = one.code, one.item, one.column, row
        still = key in left and (row > 0 or not one.row)
        (kept if still else mended).append(one)
        if still:
            matched.add(key)
    new = [one for one in now if (one.code, one.item, one.column, one.row) not in matched]
    return Mended(tuple(mended), tuple(kept), tuple(new))


def _row_numbers(before: Version, after: Version, item: str) -> dict[int, int]:
    """Return the number each row has now, by the number it had."""
    pairs = match_rows(before.rows.get(item, ()), after.rows[item])
    return {first + 1: second + 1 for first, second in pairs if first is not None and second is not None}


def _asked(finding: Finding) -> Asked:
    location = finding.location
    place = "!".join(filter(None, (location.sheet, location.cell)))
    return Asked(
        finding.code, location.item, location.column, location.row, place, finding.message_ja, finding.message_en
    )
