"""How places and values read in messages, and how a finding is softened where the procedure does not insist."""

from __future__ import annotations

from dataclasses import replace

from xlsaddin.checklist.answers import Cell, Row
from xlsaddin.checklist.checks.places import Facts
from xlsaddin.checklist.model import Column, Duty, Item
from xlsaddin.findings import Finding, Severity

__all__ = ["name_place", "shown", "soften"]

_SHOWN = 60


def name_place(item: Item, row: Row | None = None, column: Column | None = None) -> Facts:
    """Return the words for a place, as the field `place` of a message: `①学歴 2行目「入学年月」`."""
    number = item.number if item.number and not item.label_ja.startswith(item.number) else ""
    japanese, english = f"{number}{item.label_ja}", f"{number} {item.label_en}".strip()
    if row is None and not item.columns:
        japanese, english = f"{number}「{item.label_ja}」", f"{number} “{item.label_en}”".strip()
    if row is not None:
        japanese, english = f"{japanese} {row.number}行目", f"{english}, row {row.number}"
    if column is not None:
        japanese, english = f"{japanese}「{column.label_ja}」", f"{english}, “{column.label_en}”"
    return {"place_ja": japanese, "place_en": english}


def shown(cell: Cell) -> str:
    """Return a cell's content as a message shows it, cut short."""
    text = " ".join(str(cell.raw).split())
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def soften(finding: Finding, item: Item, asked: Item | Column | None = None) -> Finding:
    """Return a finding as a warning where nobody insists: clauses that are no must, answers that may stay blank."""
    optional = asked is not None and not (asked.required or asked.required_if or _bounds_period(asked))
    if finding.severity is Severity.ERROR and (optional or item.duty is not Duty.MUST):
        return replace(finding, severity=Severity.WARNING)
    return finding


def _bounds_period(asked: Item | Column) -> bool:
    return isinstance(asked, Column) and bool(asked.period)
