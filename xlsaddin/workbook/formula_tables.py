"""Compiles `count`, `total` and `highest` over a table's rows: sums of COUNTIFS and SUMIFS, nothing entered as array.

A choice that people type may stand in any of its spellings, so a condition on it becomes one COUNTIFS a spelling.
Dates that people type are never counted here: a text date would count as nothing.  Compute a column first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product

from xlsaddin.checklist.expression import Aggregate, Expression, Literal
from xlsaddin.errors import DefinitionError
from xlsaddin.workbook.guards import escape_wildcards
from xlsaddin.workbook.references import (
    ColumnRange,
    Context,
    Reference,
    ValueKind,
    quote_text,
)

Compile = Callable[[Expression], Reference]
Criterion = tuple[str, str]
"""A range and the formula of the criterion its cells must meet."""

_MOST_TERMS = 12
_ANY_TEXT = '"?*"'
_ANY_NUMBER = '">-9E+99"'


def compile_aggregate(aggregate: Aggregate, context: Context, compile_part: Compile) -> Reference:
    """Return the formula of an aggregate; raises DefinitionError for a condition that cells cannot count."""
    alternatives, guards = [], []
    for column, op, right in aggregate.conditions:
        area = context.column(aggregate.table, column)
        side = right if isinstance(right, Literal) else compile_part(right)
        if op == "!=" and isinstance(side, Reference) and not side.sure:
            raise _refused(area, "a value that may be missing is compared with == only")
        alternatives.append(list(_criteria(area, op, side)))
        guards += _guards(side)
    occupied = (context.occupied(aggregate.table), _ANY_TEXT)
    terms = [[occupied, *(one for part in chosen for one in part)] for chosen in product(*alternatives)]
    if len(terms) > _MOST_TERMS:
        raise _unsupported(aggregate, f"{len(terms)} combinations of spellings; compute a column first")
    formula = _combine(aggregate, context, terms)
    if guards:
        formula = f"IF(AND({','.join(guards)}),{formula},0)"
    return Reference(formula, ValueKind.NUMBER, sure=True)


def _combine(aggregate: Aggregate, context: Context, terms: list[list[Criterion]]) -> str:
    if aggregate.function == "count":
        return _sum(f"COUNTIFS({_listed(term)})" for term in terms)
    column = context.column(aggregate.table, aggregate.column)
    if column.kind is not ValueKind.NUMBER:
        raise _unsupported(aggregate, f"{aggregate.column} is no number")
    if aggregate.function == "total":
        numeric = (column.area, _ANY_NUMBER)
        return _sum(f"SUMIFS({column.area},{_listed([numeric, *term])})" for term in terms)
    if aggregate.conditions:
        raise _unsupported(aggregate, "highest takes no conditions in cells; compute a column first")
    return f"MAX(0,{column.area})"


def _sum(parts: Iterator[str]) -> str:
    found = list(parts)
    return found[0] if len(found) == 1 else f"({'+'.join(found)})"


def _listed(term: list[Criterion]) -> str:
    return ",".join(f"{area},{criterion}" for area, criterion in term)


def _criteria(column: ColumnRange, op: str, right: Literal | Reference) -> Iterator[list[Criterion]]:
    """Yield the alternatives of one condition, each a list of criteria that must hold together."""
    match column.kind:
        case ValueKind.CHOICE if op in ("==", "!="):
            yield from _choice_criteria(column, op, right)
        case ValueKind.TEXT if op in ("==", "!="):
            sign = "=" if op == "==" else "<>"
            yield [(column.area, _text_criterion(sign, right))]
        case ValueKind.NUMBER | ValueKind.DATE:
            yield _number_criteria(column, op, right)
        case _:
            raise _refused(column, f"{op} on a {column.kind}")


def _choice_criteria(column: ColumnRange, op: str, right: Literal | Reference) -> Iterator[list[Criterion]]:
    if isinstance(right, Reference):
        if not (column.ours and dict(right.spellings) == dict(column.spellings)):
            raise _refused(column, "a choice is compared with a constant or with the same computed choice")
        yield [(column.area, _text_criterion("=" if op == "==" else "<>", right))]
        return
    spellings = column.spellings.get(str(right.value))
    if spellings is None:
        raise _refused(column, f"{right.value} is none of {', '.join(column.spellings)}")
    if op == "==":
        for spelling in spellings:
            yield [(column.area, _text_criterion("=", Literal(spelling)))]
    else:
        yield [(column.area, _text_criterion("<>", Literal(spelling))) for spelling in spellings]


def _text_criterion(sign: str, right: Literal | Reference) -> str:
    if isinstance(right, Literal):
        if not isinstance(right.value, str) or not right.value:
            raise DefinitionError("RS-BUILD-001", formula=repr(right.value), reason="a text is needed here")
        escaped = right.value.replace("~", "~~").replace("*", "~*").replace("?", "~?")
        return quote_text(sign + escaped)
    if right.kind not in (ValueKind.TEXT, ValueKind.CHOICE):
        raise DefinitionError("RS-BUILD-001", formula=right.formula, reason="a text is needed here")
    return f'"{sign}"&{escape_wildcards(right.formula)}'


def _number_criteria(column: ColumnRange, op: str, right: Literal | Reference) -> list[Criterion]:
    if column.kind is ValueKind.DATE and not column.ours:
        raise _refused(column, "dates as typed are not counted; compute a column first")
    sign = {"==": "=", "!=": "<>"}.get(op, op)
    if isinstance(right, Literal):
        if isinstance(right.value, (bool, str)) or right.value is None or column.kind is ValueKind.DATE:
            raise _refused(column, f"{right.value!r} is no {column.kind}")
        side = repr(right.value)
    elif right.kind is column.kind:
        side = right.formula
    else:
        raise _refused(column, f"compared with a {right.kind}")
    condition = (column.area, f'"{sign}"&{side}')
    return [condition, (column.area, _ANY_NUMBER)] if op == "==" else [condition]


def _guards(right: Literal | Reference) -> list[str]:
    """Return what must hold for a right side that may be missing: nothing equals a blank."""
    if isinstance(right, Literal) or right.sure:
        return []
    if right.kind in (ValueKind.TEXT, ValueKind.CHOICE):
        return [f'{right.formula}<>""']
    return [f"ISNUMBER({right.formula})"]


def _refused(column: ColumnRange, reason: str) -> DefinitionError:
    return DefinitionError("RS-BUILD-001", formula=column.area, reason=reason)


def _unsupported(aggregate: Aggregate, reason: str) -> DefinitionError:
    return DefinitionError("RS-BUILD-001", formula=f"{aggregate.function}({aggregate.table}, …)", reason=reason)
