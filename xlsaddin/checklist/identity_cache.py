"""Remembering what follows from a definition, which is costly to hash and stays the same object while it is in use."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

__all__ = ["remember_by_identity"]

T = TypeVar("T")


def remember_by_identity(limit: int) -> Callable[[Callable[..., T]], Callable[..., T]]:
    """Return a decorator that computes a result once for the same objects; equal ones are computed again.

    Args:
        limit: results kept at most; when there are more, all are forgotten.
    """

    def decorate(compute: Callable[..., T]) -> Callable[..., T]:
        known: dict[tuple[int, ...], tuple[tuple[Any, ...], T]] = {}

        @wraps(compute)
        def remembered(*arguments: Any) -> T:
            key = tuple(map(id, arguments))
            found = known.get(key)
            if found is None:
                if len(known) >= limit:
                    known.clear()
                found = known[key] = (arguments, compute(*arguments))  # kept alive, so that no other has their ids
            return found[1]

        return remembered

    return decorate
