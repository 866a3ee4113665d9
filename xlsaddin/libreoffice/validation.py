"""Data validation as xlwings sets it: lists by defined name or text, and rules by formula."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from xlsaddin.libreoffice import runtime
from xlsaddin.libreoffice.formulas import to_calc

if TYPE_CHECKING:
    from xlsaddin.libreoffice.ranges import CalcRange

_TYPES = {
    "list": "LIST",
    "custom": "CUSTOM",
    "whole_number": "WHOLE",
    "decimal": "DECIMAL",
    "date": "DATE",
    "text_length": "TEXT_LEN",
}
_OPERATORS = {
    "between": "BETWEEN",
    "not_between": "NOT_BETWEEN",
    "equal_to": "EQUAL",
    "not_equal_to": "NOT_EQUAL",
    "greater_than": "GREATER",
    "less_than": "LESS",
    "greater_than_or_equal": "GREATER_EQUAL",
    "less_than_or_equal": "LESS_EQUAL",
}


class CalcDataValidation(base_classes.DataValidation):
    """The rule of a range. It warns, as ours do in Excel."""

    def __init__(self, cells: CalcRange) -> None:
        self._range = cells

    @property
    def api(self) -> Any:
        """The UNO validation."""
        return self._range.api.Validation

    @property
    def type(self) -> str:
        """`list`, `custom` … or `none`."""
        found = self.api.Type.value
        return next((name for name, uno_name in _TYPES.items() if uno_name == found), "none")

    @property
    def source(self) -> str:
        """What a list refers to."""
        return f"={self.api.getFormula1()}"

    def set_list(self, source: Any, in_cell_dropdown: bool) -> None:
        """Offer a list: a defined name, a range, or texts."""
        if isinstance(source, base_classes.Name):
            formula = source.name
        elif hasattr(source, "api"):
            formula = str(source.api.AbsoluteName)
        else:
            formula = ";".join(f'"{text}"' for text in source)
        self._set("list", "", formula, "")

    def set_rule(self, rule_type: str, operator: str | None, formula1: str, formula2: str | None) -> None:
        """Check by comparison or formula."""
        self._set(rule_type, operator or "", _formula(formula1), _formula(formula2 or ""))

    def delete(self) -> None:
        """Accept anything."""
        rule = self.api
        rule.Type = runtime.load_uno().Enum("com.sun.star.sheet.ValidationType", "ANY")
        self._range.api.Validation = rule

    def _set(self, kind: str, operator: str, first: str, second: str) -> None:
        uno, rule = runtime.load_uno(), self.api
        rule.Type = uno.Enum("com.sun.star.sheet.ValidationType", _TYPES[kind])
        rule.ErrorAlertStyle = uno.Enum("com.sun.star.sheet.ValidationAlertStyle", "WARNING")
        rule.ShowList, rule.IgnoreBlankCells = 1, True
        if operator:
            rule.setOperator(uno.Enum("com.sun.star.sheet.ConditionOperator", _OPERATORS[operator]))
        rule.setFormula1(first)
        rule.setFormula2(second)
        self._range.api.Validation = rule


def _formula(text: str) -> str:
    return to_calc(text.removeprefix("=")) if text.startswith("=") else text
