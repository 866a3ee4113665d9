"""Remembering what is read from parts that are the same in every copy of a form, such as its names and tables.

Never used for sheets and shared texts, which hold what people write.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

__all__ = ["remember_by_content"]

T = TypeVar("T")

_LARGEST = 100_000
"""Bytes of a part that is remembered; no part of a form is near it, and a received file may be of any size."""


def remember_by_content(limit: int) -> Callable[[Callable[[bytes], T]], Callable[[bytes], T]]:
    """Return a decorator that reads the same content once.

    Args:
        limit: results kept at most.
    """

    def decorate(read: Callable[[bytes], T]) -> Callable[[bytes], T]:
        known = lru_cache(maxsize=limit)(read)

        @wraps(read)
        def remembered(content: bytes) -> T:
            return known(content) if len(content) <= _LARGEST else read(content)

        return remembered

    return decorate
