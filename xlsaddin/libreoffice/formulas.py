"""Formulas as Excel writes them (`=IF(A1="x",学歴!B2,0)`) and as Calc keeps them; Calc's own parser converts."""

from __future__ import annotations

from typing import Any

_EXCEL, _CALC = 3, 0  # com.sun.star.sheet.AddressConvention XL_OOX and OOO


class FormulaGrammar:
    """The two spellings of formulas in one document. Structured references (`t_x[列]`) are not understood by Calc."""

    def __init__(self, component: Any) -> None:
        self._parser = component.createInstance("com.sun.star.sheet.FormulaParser")
        self._parser.CompileEnglish = True

    def tokens(self, formula: str, cell: Any) -> Any:
        """Return Calc's tokens of an Excel formula (with or without `=`) seen from a cell address."""
        self._parser.FormulaConvention = _EXCEL
        return self._parser.parseFormula(formula.removeprefix("="), cell)

    def to_excel(self, tokens: Any, cell: Any) -> str:
        """Return the Excel spelling of tokens, with `=`."""
        self._parser.FormulaConvention = _EXCEL
        return f"={self._parser.printFormula(tokens, cell)}"

    def to_calc(self, formula: str, cell: Any) -> str:
        """Return an Excel formula in Calc's spelling, without `=`."""
        tokens = self.tokens(formula, cell)
        self._parser.FormulaConvention = _CALC
        return str(self._parser.printFormula(tokens, cell))
