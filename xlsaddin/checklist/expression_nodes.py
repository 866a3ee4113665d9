"""The parts of an expression of the rule language; `expression` says what they mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import assert_never

Scalar = str | int | float | bool | date | None
"""What an expression yields; None is blank (or a cell that could not be read)."""


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


def names_in(expression: Expression) -> frozenset[str]:
    """Return every scope name an expression reads, those in conditions of aggregates included."""
    return frozenset(part.key for part in _parts(expression) if isinstance(part, Name))


def tables_in(expression: Expression) -> frozenset[str]:
    """Return every table an expression counts or adds up."""
    return frozenset(table for table, _ in columns_in(expression))


def columns_in(expression: Expression) -> frozenset[tuple[str, str]]:
    """Return every table an expression counts or adds up, with each column it reads there ("" for none)."""
    aggregates = (part for part in _parts(expression) if isinstance(part, Aggregate))
    return frozenset(
        (one.table, column)
        for one in aggregates
        for column in ("", one.column, *(name for name, _, _ in one.conditions))
    )


def _parts(expression: Expression) -> Iterator[Expression]:
    """Yield an expression and everything it is made of."""
    yield expression
    for part in _children(expression):
        yield from _parts(part)


def _children(expression: Expression) -> tuple[Expression, ...]:
    match expression:
        case Literal() | Name():
            return ()
        case Compare(_, left, right) | Arithmetic(_, left, right):
            return (left, right)
        case OneOf(part, _, _) | Not(part):
            return (part,)
        case Logic(_, parts) | Call(_, parts):
            return parts
        case If(condition, then, otherwise):
            return (condition, then, otherwise)
        case Aggregate(_, _, _, conditions):
            return tuple(right for _, _, right in conditions)
        case _:
            assert_never(expression)
