"""Setting one `<c>` element: a value, or a formula with the value computed for it. Text is always text."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, timedelta
from functools import lru_cache

from lxml import etree

from xlsaddin.workbook.escapes import encode_escapes
from xlsaddin.workbook.plan import CellValue
from xlsaddin.workbook.read.numbers import DAYS_1904
from xlsaddin.workbook.structure import MAIN

__all__ = ["encode_formula", "encode_text", "set_inline_text", "set_value", "to_serial"]

LONGEST_TEXT = 32_767
_ERRORS = frozenset(("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"))
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_HALF = re.compile("[\ud800-\udfff]")
_EPOCH = datetime(1899, 12, 30)
_F, _V, _IS, _T = (f"{MAIN}{name}" for name in ("f", "v", "is", "t"))


def set_value(cell: etree._Element, value: CellValue, formula: str = "", *, starts_1904: bool = False) -> None:
    """Replace the content of a cell element; its format stays."""
    for node in list(cell):
        cell.remove(node)
    attributes = cell.attrib
    for key in ("t", "cm", "vm"):
        attributes.pop(key, None)
    if formula:
        etree.SubElement(cell, _F).text = encode_formula(formula)
        _set_result(cell, "" if value is None else value, starts_1904=starts_1904)
    elif isinstance(value, str) and value:
        cell.set("t", "inlineStr")
        set_inline_text(etree.SubElement(cell, _IS), value)
    elif value is not None and value != "":
        _set_result(cell, value, starts_1904=starts_1904)


def _set_result(cell: etree._Element, value: str | float | bool | date, *, starts_1904: bool) -> None:
    node = etree.SubElement(cell, _V)
    match value:
        case str():
            cell.set("t", "e" if value in _ERRORS else "str")
            node.text = encode_text(value)
        case bool():
            cell.set("t", "b")
            node.text = str(int(value))
        case date():
            node.text = _number(to_serial(value, starts_1904=starts_1904))
        case _:
            node.text = _number(value)


def set_inline_text(parent: etree._Element, text: str) -> None:
    """Put a text into an `<is>` or comment `<text>` element; blanks at its ends are kept."""
    node = etree.SubElement(parent, _T)
    node.text = encode_text(text)
    node.set(_SPACE, "preserve")


def encode_text(text: str) -> str:
    """Return a text as a cell stores it: cut at what it can hold, characters XML cannot hold escaped.

    Excel counts in halves of UTF-16; half of a pair alone becomes the replacement character.
    """
    if len(text) > LONGEST_TEXT // 2 or _HALF.search(text):
        units = text.encode("utf-16-le", "surrogatepass")[: 2 * LONGEST_TEXT]
        text = units.decode("utf-16-le", "replace")
    return encode_escapes(text)


@lru_cache(maxsize=4096)  # the formulas of a form are the same in every row and every book
def encode_formula(formula: str) -> str:
    """Return a formula as a cell stores it."""
    return encode_text(formula)


def to_serial(moment: date, *, starts_1904: bool = False) -> float:
    """Return the day number of a date or moment."""
    full = moment if isinstance(moment, datetime) else datetime(moment.year, moment.month, moment.day)
    days = (full - _EPOCH) / timedelta(days=1)
    return days - DAYS_1904 if starts_1904 else days


def _number(value: float) -> str:
    if not math.isfinite(value):
        raise ValueError(f"no number for a cell: {value}")
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(float(value))
