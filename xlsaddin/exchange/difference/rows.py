"""Which row of one version is which row of another, wherever rows were moved, sorted, added or removed."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from xlsaddin.exchange.difference.version import HeldRow

__all__ = ["match_rows"]

_ALIKE = 0.5
"""Share of agreeing cells from which two rows are taken for the same one."""


def match_rows(before: Sequence[HeldRow], after: Sequence[HeldRow]) -> list[tuple[int | None, int | None]]:
    """Return pairs of positions, None for a row only one version has; in the order of `after`, removed ones last.

    Equal rows go together first, then the most alike ones; where two are equally alike, the nearest.
    """
    paired = _equal_rows(before, after)
    old = [position for position in range(len(before)) if position not in paired.values()]
    new = [position for position in range(len(after)) if position not in paired]
    ranked = sorted((-_likeness(before[i], after[j]), abs(i - j), i, j) for i in old for j in new)
    for unlikeness, _, i, j in ranked:
        if -unlikeness >= _ALIKE and j not in paired and i not in paired.values():
            paired[j] = i
    found: list[tuple[int | None, int | None]] = [(paired.get(position), position) for position in range(len(after))]
    return found + [(position, None) for position in old if position not in paired.values()]


def _equal_rows(before: Sequence[HeldRow], after: Sequence[HeldRow]) -> dict[int, int]:
    """Return position before by position after for rows that are the same in every cell."""
    waiting: dict[frozenset[tuple[str, Hashable]], list[int]] = {}
    for position, row in enumerate(before):
        waiting.setdefault(_content(row), []).append(position)
    equal = ((position, waiting.get(_content(row))) for position, row in enumerate(after))
    return {position: found.pop(0) for position, found in equal if found}


def _content(row: HeldRow) -> frozenset[tuple[str, Hashable]]:
    return frozenset((column, held.meaning) for column, held in row.cells.items())


def _likeness(first: HeldRow, second: HeldRow) -> float:
    """Return the share of filled columns on which two rows agree; a blank beside a content counts as half."""
    columns = first.cells.keys() | second.cells.keys()
    if not columns:
        return 0.0
    agree = sum(first.held(column).meaning == second.held(column).meaning for column in columns)
    one_sided = sum(column not in first.cells or column not in second.cells for column in columns)
    return (agree + one_sided / 2) / len(columns) if agree else 0.0
