"""Runs of equal numbers in arrays: keys looked up, stretches, ranks within groups."""

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
    places: NDArray[np.int64] = np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts - ends + counts, counts)
    return places


def rank_within(groups: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return, for each element, how many elements of the same group stand before it."""
    order = np.argsort(groups, kind="stable")
    starts = np.flatnonzero(firsts(groups[order]))
    result = np.empty(len(groups), np.int64)
    result[order] = np.arange(len(groups)) - np.repeat(starts, np.diff(starts, append=len(groups)))
    return result


def firsts(ordered: NDArray[np.integer[Any]]) -> NDArray[np.bool_]:
    """Return True for the first of each run of equal numbers."""
    first = np.ones(len(ordered), np.bool_)
    first[1:] = ordered[1:] != ordered[:-1]
    return first
