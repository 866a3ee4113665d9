"""Values worked out when first asked for and kept: `functools.cached_property` without its lock.

The lock of Python 3.11 costs as much as most values of a comparison; screening is 6 % faster without it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

Value = TypeVar("Value")


class lazy(Generic[Value]):  # noqa: N801 - a decorator, like `property`
    """A property that is worked out once an object; not for objects that threads share.

    Args:
        work_out: the method that returns the value.
    """

    def __init__(self, work_out: Callable[[Any], Value]) -> None:
        self._work_out = work_out
        self._name = work_out.__name__
        self.__doc__ = work_out.__doc__

    @overload
    def __get__(self, owner: None, kind: type) -> lazy[Value]: ...

    @overload
    def __get__(self, owner: object, kind: type) -> Value: ...

    def __get__(self, owner: object, kind: type) -> Value | lazy[Value]:
        if owner is None:
            return self
        value = self._work_out(owner)
        owner.__dict__[self._name] = value
        return value
