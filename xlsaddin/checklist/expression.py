"""The small closed language of rules: required-if, row states, risk indicators, levels, states.

An expression is parsed once.  It has two back ends that must agree: `evaluate` here, and the Excel formula made by
`workbook.formula`.  So the language holds only what both do alike:

- literals: text in quotes, numbers, True, False
- names: a single item, a column of the row at hand, a parameter or a computed name of the scope
- `==  !=  in (…)  not in (…)` on choices and texts; `<  <=  >  >=` on numbers and dates
- `and  or  not`, `a if condition else b`, `+  -  *  /` on numbers
- `blank(x)`, `number(x)` (is it one?), `dated(x)` (is it a date that counts?), `months_after(date, n)`,
  `month_end(date)`, `largest(a, b, …)`, `smallest(a, b, …)`
- `count(table, column == "x", other != "y", amount > 50, …)`: rows of a table for which all comparisons hold
- `total(table, column, …)`: sum of a numeric column over such rows; `highest(table, column, …)`: its maximum, 0 if none

Blank, text where a number is due and error cells never raise: a comparison with them is false (`!=` is true),
arithmetic with them is blank, a blank counts as 0 in `total`.  Texts compare without regard to case, as in Excel.
There is no clock: as-of is a name.
"""

from __future__ import annotations

import operator
from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Protocol, assert_never

from xlsaddin.checklist.expression_nodes import (
    Aggregate,
    Arithmetic,
    Call,
    Compare,
    Expression,
    If,
    Literal,
    Logic,
    Name,
    Not,
    OneOf,
    Scalar,
    names_in,
    tables_in,
)
from xlsaddin.checklist.expression_parsing import parse_expression

__all__ = [
    "Aggregate",
    "Arithmetic",
    "Call",
    "Compare",
    "Expression",
    "If",
    "Literal",
    "Logic",
    "Name",
    "Not",
    "OneOf",
    "Scalar",
    "Scope",
    "compare",
    "evaluate",
    "months_after",
    "names_in",
    "parse_expression",
    "tables_in",
]


class Scope(Protocol):
    """What names and tables mean while an expression is evaluated."""

    def value(self, name: str) -> Scalar:
        """Return the value of a name; raises KeyError for an unknown one."""
        ...

    def rows(self, table: str) -> Iterable[Mapping[str, Scalar]]:
        """Yield the rows of a table by column; raises KeyError for an unknown table."""
        ...


def evaluate(expression: Expression, scope: Scope) -> Scalar:
    """Return the value of an expression; the reference that the compiled formula is held against."""
    match expression:
        case Literal(value):
            return value
        case Name(key):
            return scope.value(key)
        case Compare(op, left, right):
            return compare(op, evaluate(left, scope), evaluate(right, scope))
        case OneOf(item, options, negated):
            found = evaluate(item, scope)
            return any(compare("==", found, option) for option in options) != negated
        case Logic("and", parts):
            return all(_truth(evaluate(part, scope)) for part in parts)
        case Logic(_, parts):
            return any(_truth(evaluate(part, scope)) for part in parts)
        case Not(part):
            return not _truth(evaluate(part, scope))
        case If(condition, then, otherwise):
            return evaluate(then if _truth(evaluate(condition, scope)) else otherwise, scope)
        case Arithmetic(op, left, right):
            return _calculate(op, evaluate(left, scope), evaluate(right, scope))
        case Call(function, arguments):
            return _CALLS[function](*(evaluate(argument, scope) for argument in arguments))
        case Aggregate():
            return _aggregate(expression, scope)
        case _:
            assert_never(expression)


def compare(op: str, left: Scalar, right: Scalar) -> bool:
    """Compare two values as both back ends do: unlike kinds are unequal and have no order."""
    if op in ("==", "!="):
        return _equal(left, right) == (op == "==")
    if (_is_number(left) and _is_number(right)) or (isinstance(left, date) and isinstance(right, date)):
        orders: dict[str, Callable[[Any, Any], bool]] = {
            "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
        }  # fmt: skip
        return orders[op](left, right)
    return False


def _equal(left: Scalar, right: Scalar) -> bool:
    if left is None or right is None:
        return False
    if isinstance(left, str) and isinstance(right, str):
        return left.casefold() == right.casefold()
    if isinstance(left, bool) != isinstance(right, bool):
        return False
    return left == right


def _is_number(value: Scalar) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _truth(value: Scalar) -> bool:
    return value is True


def _calculate(op: str, left: Scalar, right: Scalar) -> Scalar:
    if not (_is_number(left) and _is_number(right)):
        return None
    assert isinstance(left, (int, float)) and isinstance(right, (int, float))  # for the type checker
    if op == "/":
        return left / right if right else None
    return {"+": left + right, "-": left - right, "*": left * right}[op]


def months_after(day: Scalar, months: Scalar) -> Scalar:
    """Return the day that many calendar months later, the month's last day where it has no such day (EDATE)."""
    if not isinstance(day, date) or not _is_number(months):
        return None
    assert isinstance(months, (int, float))
    index = day.year * 12 + day.month - 1 + int(months)
    year, month = divmod(index, 12)
    if not date.min.year <= year <= date.max.year:  # 現在 is the last day there is; EDATE gives an error there
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _month_end(day: Scalar) -> Scalar:
    return day.replace(day=monthrange(day.year, day.month)[1]) if isinstance(day, date) else None


def _extreme(choose: Callable[[list[float]], float]) -> Callable[..., Scalar]:
    def of(*values: Scalar) -> Scalar:
        numbers = [float(value) for value in values if isinstance(value, (int, float)) and _is_number(value)]
        return choose(numbers) if numbers else 0

    return of


_CALLS: Mapping[str, Callable[..., Scalar]] = {
    "blank": lambda value: value is None or value == "",
    "number": _is_number,
    "dated": lambda value: isinstance(value, date),
    "months_after": months_after,
    "month_end": _month_end,
    "largest": _extreme(max),
    "smallest": _extreme(min),
}


def _aggregate(expression: Aggregate, scope: Scope) -> Scalar:
    found = list(scope.rows(expression.table))
    for column, op, right in expression.conditions:
        found = _narrow(found, column, op, evaluate(right, scope))
    if expression.function == "count":
        return len(found)
    values = (row.get(expression.column) for row in found)
    numbers = [float(value) for value in values if isinstance(value, (int, float)) and _is_number(value)]
    return sum(numbers) if expression.function == "total" else max(numbers, default=0.0)


def _narrow(rows: list[Mapping[str, Scalar]], column: str, op: str, right: Scalar) -> list[Mapping[str, Scalar]]:
    """Return the rows whose column compares with a value; rules ask most for a key, which is compared in one go."""
    if op == "==" and isinstance(right, str):
        folded = right.casefold()
        return [row for row in rows if isinstance(left := row.get(column), str) and left.casefold() == folded]
    return [row for row in rows if compare(op, row.get(column), right)]
