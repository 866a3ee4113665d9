"""How long the parts of a check take: the real functions, each timed where the batch calls it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

from xlsaddin.batch import session
from xlsaddin.review import reviewing
from xlsaddin.screening.remembering import RememberingScreener

PARTS = ("read", "validate", "screen", "assess", "write")
_TIMED: tuple[tuple[Any, str, str], ...] = (
    (session, "read_workbook", "read"),
    (session, "read_answers", "read"),
    (session, "review_answers", "review"),
    (reviewing, "validate_answers", "validate"),
    (RememberingScreener, "screen_many", "screen"),
    (session, "plan_changes", "write"),
    (session, "apply_changes", "write"),
)
"""Where a function is called, its name, and the part it is counted to; `review` holds validate, screen and assess."""


@contextmanager
def timed_parts() -> Iterator[dict[str, float]]:
    """Yield seconds by part, complete when the block ends; `all` holds the rest of its time too."""
    seconds = dict.fromkeys((*PARTS, "review", "all"), 0.0)
    start = time.perf_counter()
    with ExitStack() as stack:
        for place, name, part in _TIMED:
            stack.enter_context(patch.object(place, name, _timed(getattr(place, name), part, seconds)))
        yield seconds
    seconds["all"] += time.perf_counter() - start
    seconds["assess"] = seconds.pop("review") - seconds["validate"] - seconds["screen"]


def shares(seconds: dict[str, float], books: int) -> list[tuple[str, str, str]]:
    """Return a line a part: milliseconds a book and the share of all."""
    told = {part: seconds[part] for part in PARTS}
    told["all else"] = seconds["all"] - sum(told.values())
    told["all"] = seconds["all"]
    return [(part, f"{1000 * spent / books:.1f}", f"{spent / seconds['all']:.0%}") for part, spent in told.items()]


def _timed(function: Callable[..., Any], part: str, seconds: dict[str, float]) -> Callable[..., Any]:
    def call(*args: Any, **kwargs: Any) -> Any:
        start = time.perf_counter()
        try:
            found = function(*args, **kwargs)
            return list(found) if isinstance(found, Iterator) else found  # what is yielded takes its time here
        finally:
            seconds[part] += time.perf_counter() - start

    return call
