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

import ast
import operator
from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Protocol, assert_never

from xlsaddin.errors import DefinitionError

Scalar = str | int | float | bool | date | None
"""What an expression yields; None is blank (or a cell that could not be read)."""


class Scope(Protocol):
    """What names and tables mean while an expression is evaluated."""

    def value(self, name: str) -> Scalar:
        """Return the value of a name; raises KeyError for an unknown one."""
        ...

    def rows(self, table: str) -> Iterable[Mapping[str, Scalar]]:
        """Yield the rows of a table by column; raises KeyError for an unknown table."""
        ...


@dataclass(frozen=True, slots=True)
class Literal:
    """A constant."""

    value: Scalar


@dataclass(frozen=True, slots=True)
class Name:
    """A reference to a name of the scope."""

    key: str


@dataclass(frozen=True, slots=True)
class Compare:
    """`left op right` with op one of `== != < <= > >=`."""

    op: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class OneOf:
    """`item in (…)`, or its negation."""

    item: Expression
    options: tuple[Scalar, ...]
    negated: bool


@dataclass(frozen=True, slots=True)
class Logic:
    """`and`, `or` over two or more parts."""

    op: str
    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Negation."""

    part: Expression


@dataclass(frozen=True, slots=True)
class If:
    """`then if condition else otherwise`."""

    condition: Expression
    then: Expression
    otherwise: Expression


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """`left op right` with op one of `+ - * /`."""

    op: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Call:
    """A scalar function of the closed list."""

    function: str
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Aggregate:
    """`count`, `total` or `highest` over the rows of a table for which all conditions hold.

    A condition is (column, op, right side); the right side reads the scope of the whole expression.
    """

    function: str
    table: str
    column: str
    conditions: tuple[tuple[str, str, Expression], ...]


Expression = Literal | Name | Compare | OneOf | Logic | Not | If | Arithmetic | Call | Aggregate

_COMPARISONS = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
}  # fmt: skip
_ARITHMETIC = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_FUNCTIONS = {
    "blank": 1,
    "number": 1,
    "dated": 1,
    "months_after": 2,
    "month_end": 1,
    "largest": 0,
    "smallest": 0,
}
_AGGREGATES = {"count", "total", "highest"}


@cache
def parse_expression(text: str) -> Expression:
    """Return the parsed expression; raises DefinitionError with the text and the reason."""
    try:
        return _build(ast.parse(text.strip(), mode="eval").body, text)
    except SyntaxError as error:
        raise DefinitionError("RS-EXPR-001", text=text, reason=error.msg) from None


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


def names_in(expression: Expression) -> frozenset[str]:
    """Return every scope name an expression reads, those in conditions of aggregates included."""
    match expression:
        case Literal():
            return frozenset()
        case Name(key):
            return frozenset({key})
        case Compare(_, left, right) | Arithmetic(_, left, right):
            return names_in(left) | names_in(right)
        case OneOf(item, _, _):
            return names_in(item)
        case Logic(_, parts) | Call(_, parts):
            return frozenset().union(*(names_in(part) for part in parts))
        case Not(part):
            return names_in(part)
        case If(condition, then, otherwise):
            return names_in(condition) | names_in(then) | names_in(otherwise)
        case Aggregate(_, _, _, conditions):
            return frozenset().union(*(names_in(right) for _, _, right in conditions))
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
    wanted = [(column, op, evaluate(right, scope)) for column, op, right in expression.conditions]
    found = [
        row
        for row in scope.rows(expression.table)
        if all(compare(op, row.get(column), right) for column, op, right in wanted)
    ]
    if expression.function == "count":
        return len(found)
    values = (row.get(expression.column) for row in found)
    numbers = [float(value) for value in values if isinstance(value, (int, float)) and _is_number(value)]
    return sum(numbers) if expression.function == "total" else max(numbers, default=0.0)


def _build(node: ast.expr, text: str) -> Expression:
    match node:
        case ast.Constant(value=str() | int() | float() | bool() as value):
            return Literal(value)
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as value)):
            return Literal(-value)
        case ast.Name(id=key):
            return Name(key)
        case ast.Compare(left=left, ops=[ast.In() | ast.NotIn() as op], comparators=[ast.Tuple(elts=options)]):
            values = tuple(_literal(option, text) for option in options)
            return OneOf(_build(left, text), values, isinstance(op, ast.NotIn))
        case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in _COMPARISONS:
            return Compare(_COMPARISONS[type(op)], _build(left, text), _build(right, text))
        case ast.BoolOp(op=op, values=values):
            return Logic("and" if isinstance(op, ast.And) else "or", tuple(_build(v, text) for v in values))
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return Not(_build(operand, text))
        case ast.IfExp(test=test, body=body, orelse=otherwise):
            return If(_build(test, text), _build(body, text), _build(otherwise, text))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _ARITHMETIC:
            return Arithmetic(_ARITHMETIC[type(op)], _build(left, text), _build(right, text))
        case ast.Call(func=ast.Name(id=function), args=arguments, keywords=[]):
            return _build_call(function, arguments, text)
        case _:
            raise DefinitionError("RS-EXPR-001", text=text, reason=f"{type(node).__name__} is not part of the language")


def _build_call(function: str, arguments: list[ast.expr], text: str) -> Expression:
    if function in _AGGREGATES:
        plain = 1 if function == "count" else 2
        names = [argument.id for argument in arguments[:plain] if isinstance(argument, ast.Name)]
        if len(names) != plain:
            raise DefinitionError("RS-EXPR-001", text=text, reason=f"{function} needs {plain} name(s) first")
        conditions = tuple(_condition(argument, text) for argument in arguments[plain:])
        return Aggregate(function, names[0], names[1] if plain == 2 else "", conditions)
    if function not in _FUNCTIONS:
        raise DefinitionError("RS-EXPR-001", text=text, reason=f"no function {function}")
    if _FUNCTIONS[function] not in (0, len(arguments)) or not arguments:
        raise DefinitionError("RS-EXPR-001", text=text, reason=f"{function} takes {_FUNCTIONS[function]} argument(s)")
    return Call(function, tuple(_build(argument, text) for argument in arguments))


def _condition(node: ast.expr, text: str) -> tuple[str, str, Expression]:
    match node:
        case ast.Compare(left=ast.Name(id=column), ops=[op], comparators=[right]) if type(op) in _COMPARISONS:
            return column, _COMPARISONS[type(op)], _build(right, text)
        case _:
            raise DefinitionError("RS-EXPR-001", text=text, reason="a condition is `column op value`")


def _literal(node: ast.expr, text: str) -> Scalar:
    built = _build(node, text)
    if not isinstance(built, Literal):
        raise DefinitionError("RS-EXPR-001", text=text, reason="`in` takes a list of constants")
    return built.value
