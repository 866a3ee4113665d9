"""Random expressions of the rule language with random cells under them: clean, blank, wrong and broken ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from xlsaddin.checklist.expression import Scalar
from xlsaddin.checklist.model import Column, Type
from xlsaddin.workbook.guards import guard_cell, guard_text
from xlsaddin.workbook.references import ColumnRange, Reference, ValueKind

STATUS = {
    "given": ("あり", "Given", "あり / Given"),
    "none": ("該当なし", "None", "該当なし / None"),
    "partly": ("一部?*~", "Partly", "一部?*~ / Partly"),
}
BAND = {"match": ("要判断",), "review": ("参考",)}
READINGS = {"2013年10月": (date(2013, 10, 1), date(2013, 10, 31)), "現在": (date(2026, 9, 1), date(9999, 12, 31))}
AS_OF = date(2026, 9, 1)
TEXTS = ("HIT", "みどり大学", "a*b?c~", "=1+1", '引用"符', "ｱｲ")
ERROR = "#N/A"

KINDS = {
    "t1": ValueKind.TEXT, "t2": ValueKind.TEXT, "c1": ValueKind.CHOICE, "c2": ValueKind.CHOICE,
    "b1": ValueKind.CHOICE, "b2": ValueKind.CHOICE, "n1": ValueKind.NUMBER, "n2": ValueKind.NUMBER,
    "d1": ValueKind.DATE, "d2": ValueKind.DATE, "f1": ValueKind.FLAG,
}  # fmt: skip
COLUMNS = {"status": ValueKind.CHOICE, "band": ValueKind.CHOICE, "body": ValueKind.TEXT, "amount": ValueKind.NUMBER}
ROWS = 9


@dataclass(frozen=True)
class TypedCell:
    """What somebody typed and what Python reads from it."""

    typed: object
    value: Scalar


def random_cell(random: Random, name: str, kind: ValueKind) -> TypedCell:
    """Return a cell of a kind; one in three is blank, an error, or of another kind."""
    if random.random() < 0.33:
        return random.choice(_faulty(kind if name not in ("b1", "b2") else ValueKind.TEXT))
    match kind:
        case ValueKind.TEXT:
            text = random.choice(TEXTS)
            return TypedCell(random.choice((text, text.lower(), f" {text}　")), text)
        case ValueKind.CHOICE:
            spellings = BAND if name.startswith(("b", "band")) else STATUS
            key = random.choice(list(spellings))
            return TypedCell(random.choice(spellings[key]), key)
        case ValueKind.NUMBER:
            number = random.choice((0, 1, 2, 4, 0.5, 50, 51, 1200))
            return TypedCell(number, number)
        case ValueKind.DATE:
            if random.random() < 0.3:
                text = random.choice(list(READINGS))
                return TypedCell(text, READINGS[text][0])
            day = random.choice(
                (AS_OF, date(2024, 4, 1), date(2024, 1, 31), date(2000, 2, 29) + timedelta(random.randrange(9000)))
            )
            return TypedCell(day, day)
        case ValueKind.FLAG:
            flag = random.random() < 0.5
            return TypedCell(random.choice(("☑", "はい")) if flag else "☐", flag)


def _faulty(kind: ValueKind) -> list[TypedCell]:
    cells = [TypedCell(None, None), TypedCell(ERROR, None), TypedCell("  　", None)]
    if kind in (ValueKind.NUMBER, ValueKind.DATE, ValueKind.CHOICE):
        cells.append(TypedCell("不明?", None))
    return cells


_TYPES = {
    ValueKind.TEXT: Type.TEXT,
    ValueKind.CHOICE: Type.CHOICE,
    ValueKind.NUMBER: Type.NUMBER,
    ValueKind.DATE: Type.DATE,
    ValueKind.FLAG: Type.TICK,
}


def reference(name: str, cell: str) -> Reference:
    """Return a name's reference to a cell that may hold anything; b1 and b2 are computed cells of ours."""
    kind = KINDS[name]
    if name.startswith("b"):
        return Reference(guard_text(cell), kind, BAND)
    choices = "status" if kind is ValueKind.CHOICE else ""
    column = Column(key="x", label_ja="x", label_en="x", type=_TYPES[kind], choices=choices)
    return guard_cell(cell, column, STATUS)


class Scope:
    """One set of values: the scope Python evaluates in, and the context the compiler works in."""

    def __init__(self, random: Random, names: Mapping[str, str], areas: Mapping[str, str], parameter: str) -> None:
        self.cells = {name: random_cell(random, name, kind) for name, kind in KINDS.items()}
        filled = random.randrange(ROWS + 1)
        self.rows_typed = [
            {name: _column_cell(random, name, kind) for name, kind in COLUMNS.items()} for _ in range(filled)
        ]
        self._names, self._areas, self._parameter = names, areas, parameter

    def value(self, name: str) -> Scalar:
        return {"as_of": AS_OF, "limit": 50.0}[name] if name in ("as_of", "limit") else self.cells[name].value

    def rows(self, table: str) -> Iterable[Mapping[str, Scalar]]:
        assert table == "hits"
        return [{name: cell.value for name, cell in row.items()} for row in self.rows_typed]

    def reference(self, name: str) -> Reference:
        if name == "as_of":
            return Reference("DATE(2026,9,1)", ValueKind.DATE, sure=True)
        if name == "limit":
            return Reference(self._parameter, ValueKind.NUMBER, sure=True)
        return reference(name, self._names[name])

    def column(self, table: str, column: str) -> ColumnRange:
        kind = COLUMNS[column]
        spellings = {"status": STATUS, "band": BAND}.get(column, {})
        return ColumnRange(self._areas[column], kind, spellings, ours=column == "band")

    def occupied(self, table: str) -> str:
        return self._areas["filled"]


def _column_cell(random: Random, name: str, kind: ValueKind) -> TypedCell:
    cell = random_cell(random, name, kind)
    if name in ("body", "band") and cell.value is None:  # written by us alone: clean or empty
        return TypedCell(None, None)
    if name == "body":
        return TypedCell(cell.value, cell.value)
    return cell if cell.typed != "  　" else TypedCell(None, None)


class Writer:
    """Writes random expressions as text of the language, of the kind asked for."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def write(self, kind: ValueKind, depth: int = 3) -> str:
        return self._random.choice(_WRITERS[kind] if depth > 0 else _WRITERS[kind][:2])(self, depth - 1)

    def any(self, depth: int) -> str:
        return self.write(self._random.choice(list(ValueKind)), depth)

    def pick(self, *options: str) -> str:
        return self._random.choice(options)

    def number_literal(self) -> str:
        return self.pick("0", "1", "2", "4", "0.5", "-2", "50")

    def aggregate(self) -> str:
        conditions = [self._random.choice(_CONDITIONS)(self) for _ in range(self._random.randrange(3))]
        start = self.pick("count(hits", "total(hits, amount")
        return start + "".join(f", {condition}" for condition in conditions) + ")"

    def choose(self, kind: ValueKind, depth: int) -> str:
        return f"({self.write(kind, depth)} if {self.write(ValueKind.FLAG, depth)} else {self.write(kind, depth)})"


def _choice_name(writer: Writer) -> tuple[str, str]:
    name = writer.pick("c1", "c2", "b1", "b2")
    return name, writer.pick(*(BAND if name.startswith("b") else STATUS))


def _choice_compare(writer: Writer, depth: int) -> str:
    name, key = _choice_name(writer)
    return writer.pick(f"{name} == '{key}'", f"{name} != '{key}'", f"{name} in ('{key}',)", f"{name} not in ('{key}',)")


def _ordered(writer: Writer, depth: int) -> str:
    kind = writer._random.choice((ValueKind.NUMBER, ValueKind.DATE))
    sign = writer.pick("==", "!=", "<", "<=", ">", ">=")
    return f"({writer.write(kind, depth)} {sign} {writer.write(kind, depth)})"


def _text_literal(writer: Writer) -> str:
    return repr(writer.pick(*TEXTS, "hit"))


_CONDITIONS = [
    lambda w: f"status {w.pick('==', '!=')} {w.pick(*map(repr, STATUS))}",
    lambda w: f"band {w.pick('==', '!=')} {w.pick(*map(repr, BAND))}",
    lambda w: f"band == {w.pick('b1', 'b2')}",
    lambda w: f"body {w.pick('==', '!=')} {_text_literal(w)}",
    lambda w: f"body == {w.pick('t1', 't2')}",
    lambda w: f"amount {w.pick('==', '!=', '<', '<=', '>', '>=')} {w.number_literal()}",
    lambda w: f"amount {w.pick('==', '<', '<=', '>', '>=')} {w.pick('n1', 'n2', 'limit')}",
]

_WRITERS = {
    ValueKind.NUMBER: [
        lambda w, d: w.pick("n1", "n2", "limit"),
        lambda w, d: w.number_literal(),
        lambda w, d: f"({w.write(ValueKind.NUMBER, d)} {w.pick('+', '-', '*')} {w.write(ValueKind.NUMBER, d)})",
        lambda w, d: f"({w.write(ValueKind.NUMBER, d)} / {w.pick('n1', '2', '4', '0')})",
        lambda w, d: f"{w.pick('largest', 'smallest')}({w.write(ValueKind.NUMBER, d)}, {w.any(0)})",
        lambda w, d: w.aggregate(),
        lambda w, d: w.aggregate(),
        lambda w, d: w.choose(ValueKind.NUMBER, d),
    ],
    ValueKind.DATE: [
        lambda w, d: w.pick("d1", "d2", "as_of"),
        lambda w, d: "as_of",
        lambda w, d: f"months_after({w.write(ValueKind.DATE, 0)}, {w.pick('6', '-1', '0', '30', 'n1')})",
        lambda w, d: f"month_end({w.write(ValueKind.DATE, d)})",
        lambda w, d: w.choose(ValueKind.DATE, d),
    ],
    ValueKind.TEXT: [
        lambda w, d: w.pick("t1", "t2"),
        lambda w, d: _text_literal(w),
        lambda w, d: w.choose(ValueKind.TEXT, d),
    ],
    ValueKind.CHOICE: [
        lambda w, d: w.pick("c1", "c2"),
        lambda w, d: w.pick("b1", "b2"),
        lambda w, d: f"(c1 if {w.write(ValueKind.FLAG, d)} else c2)",
    ],
    ValueKind.FLAG: [
        _choice_compare,
        lambda w, d: w.pick("f1 == True", "f1 != False", "f1", "t1 == t2", "b1 == b2", "n1 == t1", "d1 < n1"),
        _ordered,
        _ordered,
        lambda w, d: f"{w.pick('blank', 'number', 'dated')}({w.any(d)})",
        lambda w, d: f"({w.write(ValueKind.FLAG, d)} {w.pick('and', 'or')} {w.write(ValueKind.FLAG, d)})",
        lambda w, d: f"(not {w.write(ValueKind.FLAG, d)})",
        lambda w, d: f"{w.write(ValueKind.TEXT, d)} {w.pick('==', '!=')} {w.write(ValueKind.TEXT, d)}",
        lambda w, d: f"n1 in ({w.number_literal()}, {w.number_literal()})",
    ],
}  # fmt: skip
