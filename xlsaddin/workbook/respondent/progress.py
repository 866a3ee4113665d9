"""How far one has come: expressions over table `items`, evaluated in Python and compiled for the first sheet."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from xlsaddin.checklist.expression import Expression, parse_expression

__all__ = ["DONE", "TOTAL", "SheetProgress", "sheet_progress"]

_NEEDED = "applies == 1, required == 1"


def _total(place: str) -> str:
    return f"count(items, {place}{_NEEDED})"


def _done(place: str) -> str:
    return f'count(items, {place}{_NEEDED}, state == "filled")'


TOTAL, DONE = parse_expression(_total("")), parse_expression(_done(""))


@dataclass(frozen=True, slots=True)
class SheetProgress:
    """How far one has come on one sheet: items needed, items done, and the state that most needs a look.

    The state is `optional` where nothing is needed and nothing written.
    """

    total: Expression
    done: Expression
    state: Expression


@cache
def sheet_progress(section: str) -> SheetProgress:
    """Return the expressions for the sheet of a section."""
    here = f'sheet == "{section}", '
    total, done = _total(here), _done(here)

    def count(state: str) -> str:
        return f'count(items, {here}applies == 1, state == "{state}")'

    state = (
        f'"not_asked" if count(items, {here}applies == 1) == 0 else ('
        f'"check" if {count("check")} > 0 else ('
        f'"incomplete" if {count("incomplete")} > 0 or ({done} > 0 and {done} < {total}) else ('
        f'"empty" if {done} < {total} else ('
        f'"filled" if {count("filled")} > 0 else "optional"))))'
    )
    return SheetProgress(parse_expression(total), parse_expression(done), parse_expression(state))
