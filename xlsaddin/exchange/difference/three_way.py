"""Two versions of the copy that was sent: what each changed, cell by cell, and where the two contradict each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from xlsaddin.checklist.model import Item, Kind
from xlsaddin.exchange.difference.rows import match_rows
from xlsaddin.exchange.difference.version import REASON, STATUS, Held, HeldRow, Version

__all__ = ["ThreeWay", "ThreeWayCell", "Verdict", "compare_three"]

Triple = tuple[int | None, int | None, int | None]
_NO_ROW = HeldRow({})


class Verdict(StrEnum):
    """Who changed a content."""

    MINE = "mine"
    THEIRS = "theirs"
    SAME = "same"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class ThreeWayCell:
    """One content that at least one of the two changed.

    Attributes:
        item, column: keys as in `Change`. verdict: who changed it.
        base, mine, theirs: what stands there in each.
        rows: position of its row in base, mine and theirs (from 0), None where the row is not there.
    """

    item: str
    column: str
    verdict: Verdict
    base: Held
    mine: Held
    theirs: Held
    rows: Triple = (None, None, None)


@dataclass(frozen=True, slots=True)
class ThreeWay:
    """Everything two versions changed since the copy that was sent."""

    base: Version
    mine: Version
    theirs: Version
    cells: tuple[ThreeWayCell, ...]

    @property
    def conflicts(self) -> tuple[ThreeWayCell, ...]:
        """The contents both changed, differently."""
        return tuple(cell for cell in self.cells if cell.verdict is Verdict.CONFLICT)

    @property
    def theirs_continues(self) -> bool:
        """True when theirs holds everything mine changed."""
        return all(cell.verdict in (Verdict.SAME, Verdict.THEIRS) for cell in self.cells)


def compare_three(base: Version, mine: Version, theirs: Version) -> ThreeWay:
    """Return what two versions of one form changed since a common base."""
    items = mine.checklist.items
    return ThreeWay(base, mine, theirs, tuple(cell for item in items for cell in _item(item, base, mine, theirs)))


def _item(item: Item, base: Version, mine: Version, theirs: Version) -> Iterator[ThreeWayCell]:
    for column in (STATUS, REASON) if item.kind is Kind.TABLE else (STATUS,):
        held = [version.held(item.key, column) for version in (base, mine, theirs)]
        yield from _cell(item.key, column, held, (None, None, None))
    versions = [version.rows.get(item.key, ()) for version in (base, mine, theirs)]
    for triple in _triples(*versions):
        rows = [_NO_ROW if place is None else found[place] for found, place in zip(versions, triple, strict=True)]
        for asked in item.columns:
            yield from _cell(item.key, asked.key, [row.held(asked.key) for row in rows], triple)


def _triples(base: tuple[HeldRow, ...], mine: tuple[HeldRow, ...], theirs: tuple[HeldRow, ...]) -> Iterator[Triple]:
    """Yield which rows of the three are the same one; rows both added are matched with each other."""
    to_mine, to_theirs = match_rows(base, mine), match_rows(base, theirs)
    of_mine, of_theirs = dict(_both(to_mine)), dict(_both(to_theirs))
    for place in range(len(base)):
        yield place, of_mine.get(place), of_theirs.get(place)
    my_new = [place for first, place in to_mine if first is None and place is not None]
    their_new = [place for first, place in to_theirs if first is None and place is not None]
    for first, second in match_rows([mine[place] for place in my_new], [theirs[place] for place in their_new]):
        yield None, None if first is None else my_new[first], None if second is None else their_new[second]


def _both(pairs: list[tuple[int | None, int | None]]) -> Iterator[tuple[int, int]]:
    yield from ((first, second) for first, second in pairs if first is not None and second is not None)


def _cell(item: str, column: str, held: list[Held], rows: Triple) -> Iterator[ThreeWayCell]:
    base, mine, theirs = held
    if verdict := _verdict(base, mine, theirs):
        yield ThreeWayCell(item, column, verdict, base, mine, theirs, rows)


def _verdict(base: Held, mine: Held, theirs: Held) -> Verdict | None:
    if mine.meaning == theirs.meaning:
        return Verdict.SAME if mine.meaning != base.meaning else None
    if theirs.meaning == base.meaning:
        return Verdict.MINE
    return Verdict.THEIRS if mine.meaning == base.meaning else Verdict.CONFLICT
