"""Runs of equal numbers in arrays: keys looked up, postings merged, ranks within groups."""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Key = TypeVar("Key", np.uint32, np.uint64)


def values_of(
    ordered: NDArray[Key], values: NDArray[np.int32], keys: NDArray[Key]
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Return what is kept under some keys in a sorted array, and for each value the place of its key."""
    starts = ordered.searchsorted(keys)
    there = np.flatnonzero(ordered.take(starts, mode="clip") == keys) if len(ordered) else np.zeros(0, np.int64)
    counts = ordered.searchsorted(keys[there], "right") - starts[there]
    return np.repeat(there, counts), values[spread(starts[there], counts)]


def spread(starts: NDArray[np.integer[Any]], counts: NDArray[np.integer[Any]]) -> NDArray[np.int64]:
    """Return the places of several stretches of an array, one behind the other."""
    ends = np.cumsum(counts)
    return np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts - ends + counts, counts)


def rank_within(groups: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return, for each element, how many elements of the same group stand before it."""
    order = np.argsort(groups, kind="stable")
    starts = np.flatnonzero(firsts(groups[order]))
    result = np.empty(len(groups), np.int64)
    result[order] = np.arange(len(groups)) - np.repeat(starts, np.diff(starts, append=len(groups)))
    return result


def merge_forms(
    forms: NDArray[np.int32], matched: NDArray[np.float32]
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Return each form once, with the largest of its values."""
    if len(forms) < 2:
        return forms, matched
    order = np.argsort(forms, kind="stable")  # runs that are sorted already
    starts = np.flatnonzero(firsts(forms[order]))
    return forms[order[starts]], np.maximum.reduceat(matched[order], starts)


def add_parts(
    forms: NDArray[np.int32], matched: NDArray[np.float32], whole: NDArray[np.bool_]
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Return each form once, with the sum of its values; a form with but one part of a phrase is left out."""
    if not len(forms):
        return forms, matched
    order = np.argsort(forms, kind="stable")
    starts = np.flatnonzero(firsts(forms[order]))
    enough = np.add.reduceat(np.where(whole[order], 2, 1), starts) > 1
    return forms[order[starts]][enough], np.add.reduceat(matched[order], starts)[enough]


def firsts(ordered: NDArray[np.integer[Any]]) -> NDArray[np.bool_]:
    """Return True for the first of each run of equal numbers."""
    first = np.ones(len(ordered), np.bool_)
    first[1:] = ordered[1:] != ordered[:-1]
    return first
