"""The difference of two versions of a form: every content that was changed, added or removed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from xlsaddin.checklist.model import Item, Kind
from xlsaddin.errors import XlsAddinError
from xlsaddin.exchange.difference.rows import match_rows
from xlsaddin.exchange.difference.version import REASON, STATUS, Held, HeldRow, Version
from xlsaddin.findings import Location

__all__ = ["Change", "Difference", "Sort", "compare_versions"]


class Sort(StrEnum):
    """How a content differs."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Change:
    """One content that differs.

    Attributes:
        item, column: keys; `column` is empty for a single item and the state of a table, `_reason` for its reason.
        row_before, row_after: 1-based rows among the filled ones, 0 for none.
        before, after: as people read them, empty for none. location: where it stands now (else stood).
    """

    item: str
    column: str
    sort: Sort
    before: str
    after: str
    location: Location
    row_before: int = 0
    row_after: int = 0


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two versions, in the order of the form."""

    before: Version
    after: Version
    changes: tuple[Change, ...]


def compare_versions(before: Version, after: Version) -> Difference:
    """Return the difference of two workbooks of the same form; raises XlsAddinError for two different forms."""
    if before.checklist.key != after.checklist.key:
        kinds = {"first": before.checklist.key, "second": after.checklist.key}
        raise XlsAddinError("RS-COMPARE-001", **kinds)
    items = list(after.checklist.items)
    items += [item for item in before.checklist.items if item.key not in {known.key for known in items}]
    return Difference(before, after, tuple(change for item in items for change in _item(item, before, after)))


def _item(item: Item, before: Version, after: Version) -> Iterator[Change]:
    for column in (STATUS, REASON) if item.kind is Kind.TABLE else (STATUS,):
        place = after.places.get((item.key, column), Location(item.key))
        yield from _cell(item.key, column, before.held(item.key, column), after.held(item.key, column), place)
    old, new = before.rows.get(item.key, ()), after.rows.get(item.key, ())
    for first, second in match_rows(old, new):
        yield from _row(item, old, new, first, second)


def _row(
    item: Item, old: tuple[HeldRow, ...], new: tuple[HeldRow, ...], first: int | None, second: int | None
) -> Iterator[Change]:
    before = old[first] if first is not None else HeldRow({})
    after = new[second] if second is not None else HeldRow({})
    numbers = (0 if first is None else first + 1, 0 if second is None else second + 1)
    for column in item.columns:
        place = after.places.get(column.key) or before.places.get(column.key) or Location(item.key, column=column.key)
        yield from _cell(item.key, column.key, before.held(column.key), after.held(column.key), place, numbers)


def _cell(
    item: str, column: str, before: Held, after: Held, place: Location, rows: tuple[int, int] = (0, 0)
) -> Iterator[Change]:
    if before.meaning == after.meaning:
        return
    sort = Sort.ADDED if before.content is None else Sort.REMOVED if after.content is None else Sort.CHANGED
    yield Change(item, column, sort, before.text, after.text, place, *rows)
