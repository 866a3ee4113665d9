"""How far one has come: expressions over table `items`, evaluated in Python and compiled for the first sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from xlsaddin.checklist.expression import Expression, Scalar, evaluate, parse_expression
from xlsaddin.workbook.respondent.edition import Template

__all__ = ["DONE", "DONE_HERE", "STATE_HERE", "TOTAL", "TOTAL_HERE", "SheetScope"]

_NEEDED = "applies == 1, required == 1"


def _total(place: str) -> str:
    return f"count(items, {place}{_NEEDED})"


def _done(place: str) -> str:
    open_items = [f'count(items, {place}{_NEEDED}, state == "{state}")' for state in ("empty", "incomplete")]
    return " - ".join([_total(place), *open_items])


_HERE = "sheet == this_sheet, "
TOTAL, DONE = parse_expression(_total("")), parse_expression(_done(""))
TOTAL_HERE, DONE_HERE = parse_expression(_total(_HERE)), parse_expression(_done(_HERE))


def _here(state: str) -> str:
    return f'count(items, {_HERE}applies == 1, state == "{state}")'


STATE_HERE = parse_expression(
    f'"not_asked" if count(items, {_HERE}applies == 1) == 0 else ('
    f'"check" if {_here("check")} > 0 else ('
    f'"incomplete" if {_here("incomplete")} > 0 or ({_done(_HERE)} > 0 and {_done(_HERE)} < {_total(_HERE)}) else ('
    f'"empty" if {_done(_HERE)} < {_total(_HERE)} else ('
    f'"filled" if {_here("filled")} > 0 else "optional"))))'
)
"""State of a sheet: the one that most needs a look; `optional` where nothing is needed and nothing written."""


class SheetScope:
    """The scope of a template with the key of one section as `this_sheet`."""

    def __init__(self, template: Template, section: str) -> None:
        self._scope = template.scope
        self._section = section

    def value(self, name: str) -> Scalar:
        """Return the section's key for `this_sheet`, else what the template knows."""
        return self._section if name == "this_sheet" else self._scope.value(name)

    def rows(self, table: str) -> Iterable[Mapping[str, Scalar]]:
        """Yield the rows of a table."""
        return self._scope.rows(table)

    def evaluate(self, expression: Expression) -> Scalar:
        """Return the value of an expression for this sheet."""
        return evaluate(expression, self)
