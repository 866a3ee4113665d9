"""Remembering what follows from a definition, which is costly to hash and stays the same object while it is in use."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

__all__ = ["remember_by_identity"]

P = ParamSpec("P")
T = TypeVar("T")


def remember_by_identity(limit: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Return a decorator that computes a result once for the same objects; equal ones are computed again.

    Texts, and whatever is handed over by keyword, are compared by value.

    Args:
        limit: results kept at most; when there are more, all are forgotten.
    """

    def decorate(compute: Callable[P, T]) -> Callable[P, T]:
        known: dict[tuple[object, ...], tuple[object, T]] = {}

        @wraps(compute)
        def remembered(*arguments: P.args, **named: P.kwargs) -> T:
            key: tuple[object, ...] = tuple([one if isinstance(one, str) else id(one) for one in arguments])
            if named:
                key += tuple(named.values())
            found = known.get(key)
            if found is None:
                if len(known) >= limit:
                    known.clear()
                # the arguments are kept, so that no other object has their ids
                found = known[key] = (arguments, compute(*arguments, **named))
            return found[1]

        return remembered

    return decorate
