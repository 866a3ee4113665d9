"""Formulas as Excel writes them (`=IF(A1="x",学歴!B2,0)`) and as Calc takes them (`=IF(A1="x";$学歴.B2;0)`).

Calc's own parser does not know structured references (`t_x[[#This Row],[列]]`) when it is asked from outside, though
Calc calculates them; so the two spellings are exchanged as texts.  Inline arrays and external links are left alone.
"""

from __future__ import annotations

import re
from typing import Any

_EXCEL = 3  # com.sun.star.sheet.AddressConvention.XL_OOX
_STRING = r'"(?:[^"]|"")*"'
_SHEET = r"'(?:[^']|'')+'|[^\W\d]\w*"
_EXCEL_PARTS = re.compile(rf"(?P<string>{_STRING})|(?P<sheet>{_SHEET})!|(?P<bracket>\[)|(?P<comma>,)")
_CALC_PARTS = re.compile(
    rf"(?P<string>{_STRING})|\$?(?P<sheet>{_SHEET})\.(?=\$?[A-Z]{{1,3}}\$?\d)|(?P<bracket>\[)|(?P<comma>;)"
    r"|COM\.SUN\.STAR\.SHEET\.ADDIN\.ANALYSIS\.GET(?P<function>\w+)"
)


def to_calc(formula: str) -> str:
    """Return an Excel formula in the spelling of Calc's interface."""
    return _exchange(formula, _EXCEL_PARTS, ";", "${}.")


def to_excel(formula: str) -> str:
    """Return a formula of Calc's interface in Excel's spelling."""
    return _exchange(formula, _CALC_PARTS, ",", "{}!")


def _exchange(formula: str, parts: re.Pattern[str], separator: str, sheet: str) -> str:
    written: list[str] = []
    place = 0
    while found := parts.search(formula, place):
        written.append(formula[place : found.start()])
        place = found.end()
        match found.lastgroup:
            case "sheet":
                written.append(sheet.format(found["sheet"]))
            case "comma":
                written.append(separator)
            case "function":
                written.append(found["function"])
            case "bracket":
                place = _end_of_brackets(formula, found.start())
                written.append(_brackets(formula[found.start() : place], separator))
            case _:
                written.append(found[0])
    return "".join([*written, formula[place:]])


def _end_of_brackets(formula: str, start: int) -> int:
    """Return the place after the bracket that closes the one at `start`; `'` escapes what follows it."""
    depth, place = 0, start
    while place < len(formula):
        if formula[place] == "'":
            place += 1
        else:
            depth += {"[": 1, "]": -1}.get(formula[place], 0)
        place += 1
        if depth == 0:
            return place
    return len(formula)


def _brackets(text: str, separator: str) -> str:
    """Return a structured reference with its parts separated as the other spelling does: between `]` and `[` alone."""
    return re.sub(r"(?<=\])\s*[,;]\s*(?=\[)", separator, text)


class FormulaGrammar:
    """Calc's parser for one document, where tokens are needed: one formula for many cells, and array formulas."""

    def __init__(self, component: Any) -> None:
        self._parser = component.createInstance("com.sun.star.sheet.FormulaParser")
        self._parser.CompileEnglish = True
        self._parser.FormulaConvention = _EXCEL

    def tokens(self, formula: str, cell: Any) -> Any:
        """Return Calc's tokens of an Excel formula (with or without `=`) seen from a cell address."""
        return self._parser.parseFormula(formula.removeprefix("="), cell)
