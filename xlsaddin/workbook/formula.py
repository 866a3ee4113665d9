"""Compiles an expression to an Excel formula; `checklist.expression.evaluate` is the reference it is held against.

Only functions that Excel 2016 and LibreOffice 7.4 have; no array entry, nothing volatile.  Inside a formula a missing
number, date or flag is an error value, which passes through arithmetic by itself, and a missing text is `""`; only
what may be missing is guarded, so an error that nobody expects (a deleted column) stays visible.
Aggregates over tables are in `formula_tables`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import assert_never

from xlsaddin.checklist import expression as language
from xlsaddin.checklist.expression import Expression, Scalar
from xlsaddin.checklist.identity_cache import remember_by_identity
from xlsaddin.errors import DefinitionError
from xlsaddin.workbook import formula_tables
from xlsaddin.workbook.formula_limits import check_formula
from xlsaddin.workbook.references import Context, Reference, Spellings, ValueKind, quote_text

__all__ = ["compile_expression", "compile_once", "compile_reference"]

_EPOCH = date(1899, 12, 30)
_NUMERIC = (ValueKind.NUMBER, ValueKind.DATE)
_MISSING_NUMBER = "-9E+99"


def compile_expression(expression: Expression, context: Context, shown: Mapping[str, str] | None = None) -> str:
    """Return the formula of an expression, without `=`; it yields `""` where `evaluate` yields None.

    Args:
        expression: parsed.
        context: where its names stand.
        shown: labels of the keys the expression yields, for a computed choice.

    Raises:
        DefinitionError: for what has no equivalent in cells, and for a formula beyond Excel's limits.
    """
    made = compile_reference(expression, context, shown)
    guarded = made.formula if made.sure or _is_text(made) else f'IFERROR({made.formula},"")'
    return check_formula(guarded)


def compile_once(expression: Expression, context: Context, shown: Mapping[str, str] | None = None) -> str:
    """Return the same, remembered: for expressions and contexts that stay while books of one form are written."""
    return _compiled(expression, context, shown=tuple(shown.items()) if shown is not None else None)


@remember_by_identity(limit=8192)
def _compiled(expression: Expression, context: Context, *, shown: tuple[tuple[str, str], ...] | None) -> str:
    return compile_expression(expression, context, dict(shown) if shown is not None else None)


def compile_reference(expression: Expression, context: Context, shown: Mapping[str, str] | None = None) -> Reference:
    """Return an expression as a reference that other formulas can be built on."""
    return _Compiler(context).compile(expression, dict(shown) if shown is not None else None)


class _Compiler:
    """Compiles the parts of one expression in one context."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def compile(self, expression: Expression, shown: dict[str, str] | None = None) -> Reference:
        match expression:
            case language.Literal(value):
                return _literal(value, shown)
            case language.Name(key):
                return _relabelled(self._context.reference(key), shown)
            case language.Compare(op, left, right):
                return _flag(self._compare(op, left, right))
            case language.OneOf(item, options, negated):
                found = _either(self._compare("==", item, language.Literal(option)) for option in options)
                return _flag(f"NOT({found})" if negated else found)
            case language.Logic(op, parts):
                return _flag(f"{op.upper()}({','.join(self._truth(part) for part in parts)})")
            case language.Not(part):
                return _flag(f"NOT({self._truth(part)})")
            case language.If(condition, then, otherwise):
                return self._choose(condition, self.compile(then, shown), self.compile(otherwise, shown))
            case language.Arithmetic(op, left, right):
                return self._calculate(op, self.compile(left), self.compile(right))
            case language.Call(function, arguments):
                return self._call(function, [self.compile(argument) for argument in arguments])
            case language.Aggregate():
                return formula_tables.compile_aggregate(expression, self._context, self.compile)
            case _:
                assert_never(expression)

    def _truth(self, expression: Expression) -> str:
        made = self.compile(expression)
        if made.kind is not ValueKind.FLAG:
            return "FALSE"
        return made.formula if made.sure else f"IFERROR({made.formula},FALSE)"

    def _choose(self, condition: Expression, then: Reference, otherwise: Reference) -> Reference:
        then, otherwise = _missing_like(then, otherwise), _missing_like(otherwise, then)
        formula = f"IF({self._truth(condition)},{then.formula},{otherwise.formula})"
        if then.kind is otherwise.kind:
            spellings = _merged(then.spellings, otherwise.spellings)
            return Reference(formula, then.kind, spellings, then.sure and otherwise.sure)
        if _is_text(then) and _is_text(otherwise):
            return Reference(formula, ValueKind.TEXT)
        raise _unsupported(formula, f"one branch is a {then.kind}, the other a {otherwise.kind}")

    def _compare(self, op: str, left: Expression, right: Expression) -> str:
        if isinstance(left, language.Literal) and not isinstance(right, language.Literal):
            left, right, op = right, left, _MIRRORED[op]
        one = self.compile(left)
        if isinstance(right, language.Literal):
            return _compare_literal(op, one, right.value)
        return _compare_two(op, one, self.compile(right))

    def _calculate(self, op: str, left: Reference, right: Reference) -> Reference:
        if left.kind is not ValueKind.NUMBER or right.kind is not ValueKind.NUMBER:
            return Reference("NA()", ValueKind.NUMBER)
        sure = left.sure and right.sure and op != "/"
        return Reference(f"({left.formula}{op}{right.formula})", ValueKind.NUMBER, sure=sure)

    def _call(self, function: str, made: list[Reference]) -> Reference:
        first = made[0]
        match function:
            case "blank":
                return _flag(_blank(first))
            case "number" | "dated":
                kind = ValueKind.NUMBER if function == "number" else ValueKind.DATE
                return _flag(f"ISNUMBER({first.formula})" if first.kind is kind else "FALSE")
            case "months_after":
                fits = first.kind is ValueKind.DATE and made[1].kind is ValueKind.NUMBER
                return Reference(f"EDATE({first.formula},{made[1].formula})" if fits else "NA()", ValueKind.DATE)
            case "month_end":
                fits = first.kind is ValueKind.DATE
                return Reference(f"EOMONTH({first.formula},0)" if fits else "NA()", ValueKind.DATE)
            case _:
                return _extreme("MAX" if function == "largest" else "MIN", made)


_MIRRORED = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


def _literal(value: Scalar, shown: dict[str, str] | None) -> Reference:
    match value:
        case bool():
            return _flag("TRUE" if value else "FALSE")
        case int() | float():
            text = repr(int(value)) if value == int(value) else repr(value)
            return Reference(text if value >= 0 else f"({text})", ValueKind.NUMBER, sure=True)
        case date():
            return Reference(str((value - _EPOCH).days), ValueKind.DATE, sure=True)
        case str() if shown is not None and value in shown:
            return Reference(quote_text(shown[value]), ValueKind.CHOICE, {value: (shown[value],)})
        case str():
            return Reference(quote_text(value), ValueKind.TEXT)
        case None:
            return Reference('""', ValueKind.TEXT)
        case _:
            assert_never(value)


def _relabelled(found: Reference, shown: dict[str, str] | None) -> Reference:
    """Return a choice in the labels wanted, where the cell may show another spelling or another list's label."""
    if shown is None or found.kind is not ValueKind.CHOICE:
        return found
    if all(found.spellings.get(key) == (label,) for key, label in shown.items() if key in found.spellings):
        return found
    formula = '""'
    for key, label in reversed(shown.items()):
        if key in found.spellings:
            formula = f"IF({_is_choice(found, key)},{quote_text(label)},{formula})"
    return Reference(formula, ValueKind.CHOICE, {key: (label,) for key, label in shown.items()})


def _compare_literal(op: str, made: Reference, value: Scalar) -> str:
    if value == "" or value is None:
        raise _unsupported(made.formula, "compare with blank() instead of an empty text")
    if op in ("==", "!="):
        equal = _equals_literal(made, value)
        return f"NOT({equal})" if op == "!=" else equal
    return _compare_two(op, made, _literal(value, None))


def _equals_literal(made: Reference, value: Scalar) -> str:
    other = _literal(value, None)
    if made.kind is ValueKind.CHOICE and isinstance(value, str):
        if value not in made.spellings:
            raise _unsupported(made.formula, f"{value} is none of {', '.join(made.spellings)}")
        return _is_choice(made, value)
    if made.kind is not other.kind:
        return "FALSE"
    equal = f"{made.formula}={other.formula}"
    return equal if made.sure or _is_text(made) else f"IFERROR({equal},FALSE)"


def _is_choice(made: Reference, key: str) -> str:
    return _either(f"{made.formula}={quote_text(spelling)}" for spelling in made.spellings[key])


def _either(parts: Iterable[str]) -> str:
    found = list(parts)
    return found[0] if len(found) == 1 else f"OR({','.join(found)})"


def _compare_two(op: str, left: Reference, right: Reference) -> str:
    if op in ("==", "!="):
        equal = _equals(left, right)
        return f"NOT({equal})" if op == "!=" else equal
    if left.kind is not right.kind or left.kind not in _NUMERIC:
        return "FALSE"
    ordered = f"{left.formula}{op}{right.formula}"
    return ordered if left.sure and right.sure else f"IFERROR({ordered},FALSE)"


def _equals(left: Reference, right: Reference) -> str:
    if _is_text(left) and _is_text(right):
        if not _comparable(left.spellings, right.spellings):
            raise _unsupported(f"{left.formula} = {right.formula}", "two choices are compared by constants only")
        kept = min(left.formula, right.formula, key=len)
        return f'AND({kept}<>"",{left.formula}={right.formula})'
    if left.kind is not right.kind:
        return "FALSE"
    equal = f"{left.formula}={right.formula}"
    return equal if left.sure and right.sure else f"IFERROR({equal},FALSE)"


def _comparable(left: Spellings, right: Spellings) -> bool:
    """Return whether equal keys always show as equal labels: plain texts, or one spelling each and the same."""
    if not left and not right:
        return True
    return dict(left) == dict(right) and all(len(spellings) == 1 for spellings in left.values())


def _blank(made: Reference) -> str:
    if made.sure:
        return "FALSE"
    if made.blank:
        return made.blank
    if made.kind is ValueKind.CHOICE:
        return f"NOT({_either(_is_choice(made, key) for key in made.spellings)})"
    return f'{made.formula}=""' if made.kind is ValueKind.TEXT else f"ISERROR({made.formula})"


def _extreme(function: str, made: list[Reference]) -> Reference:
    numbers = [one for one in made if one.kind is ValueKind.NUMBER]
    if not numbers:
        return Reference("0", ValueKind.NUMBER, sure=True)
    never = _MISSING_NUMBER if function == "MAX" else _MISSING_NUMBER.removeprefix("-")
    parts = ",".join(one.formula if one.sure else f"IFERROR({one.formula},{never})" for one in numbers)
    formula = f"{function}({parts})"
    if not any(one.sure for one in numbers):
        formula = f"IF(COUNT({','.join(one.formula for one in numbers)})=0,0,{formula})"
    return Reference(formula, ValueKind.NUMBER, sure=True)


def _flag(formula: str) -> Reference:
    return Reference(formula, ValueKind.FLAG, sure=True)


def _is_text(made: Reference) -> bool:
    return made.kind in (ValueKind.TEXT, ValueKind.CHOICE)


def _missing_like(made: Reference, other: Reference) -> Reference:
    """Return an empty text as a missing value of the kind of the other branch."""
    if made.formula != '""':
        return made
    return Reference('""' if _is_text(other) else "NA()", other.kind)


def _merged(one: Spellings, other: Spellings) -> Spellings:
    return {key: tuple(dict.fromkeys((*one.get(key, ()), *other.get(key, ())))) for key in {**one, **other}}


def _unsupported(formula: str, reason: str) -> DefinitionError:
    return DefinitionError("RS-BUILD-001", formula=formula[:200], reason=reason)
