"""What Excel takes in one formula: length, nesting of functions, length of a text inside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlsaddin.errors import DefinitionError

FORMULA_LENGTH = 8192
FORMULA_NESTING = 64
FORMULA_TEXT = 255

_TEXT = re.compile(r'"(?:[^"]|"")*"')
_SHEET = re.compile(r"'(?:[^']|'')*'")


def formula_faults(formula: str) -> Iterator[str]:
    """Yield what is beyond Excel's limits in a formula (without `=`), in words."""
    if len(formula) > FORMULA_LENGTH:
        yield f"formula of {len(formula)} characters, Excel takes {FORMULA_LENGTH}"
    longest = max((len(text[1:-1].replace('""', '"')) for text in _TEXT.findall(formula)), default=0)
    if longest > FORMULA_TEXT:
        yield f"text of {longest} characters in a formula, Excel takes {FORMULA_TEXT}"
    nesting = formula_nesting(formula)
    if nesting > FORMULA_NESTING:
        yield f"functions nested {nesting} deep, Excel takes {FORMULA_NESTING}"


def formula_nesting(formula: str) -> int:
    """Return how deep parentheses are nested, those inside texts and sheet names left out."""
    depth = deepest = 0
    for mark in _SHEET.sub("", _TEXT.sub("", formula)):
        if mark == "(":
            depth += 1
            deepest = max(deepest, depth)
        elif mark == ")":
            depth -= 1
    return deepest


def check_formula(formula: str) -> str:
    """Return the formula; raises DefinitionError when Excel would refuse it."""
    for fault in formula_faults(formula):
        raise DefinitionError("RS-BUILD-001", formula=formula[:200], reason=fault)
    return formula
