"""Text to expression: Python's own grammar, of which only the parts of the rule language are let through."""

from __future__ import annotations

import ast
from functools import cache

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
)
from xlsaddin.errors import DefinitionError

__all__ = ["parse_expression"]

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
