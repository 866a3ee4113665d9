"""References to cells that people type into: whatever stands there, a formula sees what Python read, or a blank.

Numbers and dates come as such, or as texts whose readings Python left in the ranges `r_numbers` and `r_dates`;
choices come in any spelling (`v_<choices>`).  Texts are looked up without their spaces.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from xlsaddin.checklist.dates import FIRST_SERIAL, LAST_SERIAL
from xlsaddin.checklist.model import Column, Item, Type
from xlsaddin.workbook.references import Reference, Spellings, ValueKind, quote_text

DATES = "r_dates"
NUMBERS = "r_numbers"
UNREADABLE = "r_unreadable"
UNKNOWN = "r_unknown"
TICKS = "v_tick"

FOREVER_SERIAL = 2958465
"""9999-12-31 as Excel counts days."""

NO_VALUE = "-"
"""Stands in a reading where there is no value; adding 0 to it is an error, as a missing value has to be."""

_MOST = {Type.PERCENT: "100"}
_MANY = "1E+15"
NUMERIC = (Type.INTEGER, Type.NUMBER, Type.PERCENT, Type.MONEY)
DATED = (Type.DATE, Type.MONTH)
FORMED = (Type.EMAIL, Type.URL, Type.CURRENCY, Type.ORCID, Type.ERAD, Type.CORPORATE_NUMBER, Type.DOI)


class Reading(IntEnum):
    """Columns of `r_dates`: first and last day; the last day where the text is a period by itself; a start."""

    FIRST = 2
    LAST = 3
    ALONE = 4
    START = 5


def guard_cell(
    cell: str, asked: Item | Column, keys: Iterable[str] = (), *, strict: bool = True, currency: str = ""
) -> Reference:
    """Return a reference to the cell of a question.

    Args:
        cell: address or structured reference. asked: the question; keys: of its choices.
        strict: blank is what Python could not read. Before any check nothing was read: then blank is an empty cell.
        currency: cell of the currency beside an amount, by which a text such as `USD 3,000` is read.
    """
    if asked.type is Type.CHOICE:
        return Reference(lookup_choice(cell, f"v_{asked.choices}"), ValueKind.CHOICE, key_spellings(keys))
    if asked.type is Type.TICK:
        key = lookup_choice(cell, TICKS)
        return Reference(f'IF({key}="yes",TRUE,IF({key}="no",FALSE,NA()))', ValueKind.FLAG)
    if asked.type in DATED or asked.type in NUMERIC:
        return _guard_read(cell, asked.type, strict, currency)
    formed = strict and asked.type in FORMED
    return Reference(guard_formed(cell, asked.type) if formed else guard_text(cell), ValueKind.TEXT)


def _guard_read(cell: str, kind: Type, strict: bool, currency: str) -> Reference:
    dated = kind in DATED
    formula = guard_date(cell) if dated else guard_number(cell, kind, currency)
    blank = "" if strict else f'{guard_text(cell)}=""'
    return Reference(formula, ValueKind.DATE if dated else ValueKind.NUMBER, blank=blank)


def guard_text(cell: str) -> str:
    """Return a formula that yields the text of a cell that may hold anything, without blanks around it."""
    return f'IFERROR(TRIM({_plain_spaces(cell)}),"")'


def is_blank_row(row: str) -> str:
    """Return a formula that says whether nothing but spaces stands in a row of cells."""
    return f"IFERROR(SUMPRODUCT(LEN(TRIM({_plain_spaces(row)}))),1)=0"


def _plain_spaces(cell: str) -> str:
    return f'SUBSTITUTE(SUBSTITUTE({cell},"　"," "),CHAR(10)," ")'


def guard_formed(cell: str, kind: Type) -> str:
    """Return the same for a text of a given form (e-mail, number of an identifier): blank where Python refused it."""
    refused = f"VLOOKUP({quote_text(number_key(kind, ''))}&{lookup_text(cell)},{UNREADABLE},1,FALSE)"
    return f'IF(ISERROR({refused}),{guard_text(cell)},"")'


def guard_unknown(cell: str) -> str:
    """Return a formula that yields 1 where a person says that they do not know a number or date, else 0."""
    return f"IF(ISERROR(VLOOKUP({lookup_text(cell)},{UNKNOWN},1,FALSE)),0,1)"


def guard_number(cell: str, kind: Type, currency: str = "") -> str:
    """Return a formula that yields the number of a cell, by the reading Python made of a text."""
    within = f"N({cell})>=0,N({cell})<={_MOST.get(kind, _MANY)}"
    if kind is Type.INTEGER:
        within += f",INT(N({cell}))=N({cell})"
    if kind is Type.PERCENT:  # 0.3 may be 30 % as Excel stores it
        within += f",OR(N({cell})=0,N({cell})>=1)"
    text = f"{quote_text(number_key(kind, ''))}&{lookup_text(cell)}"
    if currency and kind is Type.MONEY:
        text += f'&"|"&{lookup_text(currency)}'
    return f"IF(AND(ISNUMBER({cell}),{within}),{cell},VLOOKUP({text},{NUMBERS},2,FALSE)+0)"


def guard_date(cell: str, reading: Reading = Reading.FIRST, *, month_end: bool = False) -> str:
    """Return a formula that yields a date of a cell: a date of Excel as such, other contents by Python's reading.

    Args:
        cell: address or structured reference. reading: what is wanted of a text.
        month_end: True for the last day of the month, which an end given by its month means.
    """
    native = "NA()" if reading is Reading.ALONE else f"INT({cell})"
    read = f"VLOOKUP({lookup_text(cell)},{DATES},{reading.value},FALSE)+0"
    formula = f"IF(AND(N({cell})>={FIRST_SERIAL},N({cell})<{LAST_SERIAL + 1}),{native},{read})"
    return f"EOMONTH({formula},0)" if month_end else formula


def lookup_choice(cell: str, spellings: str) -> str:
    """Return a formula that yields the key of a choice in any spelling, `""` for anything else."""
    return f'IFERROR(VLOOKUP({lookup_text(cell)},{spellings},2,FALSE),"")'


def lookup_text(cell: str) -> str:
    """Return a formula that yields the text of a cell as it is looked up."""
    return escape_wildcards(f'SUBSTITUTE(SUBSTITUTE({cell}," ",""),"　","")')


def lookup_key(text: str) -> str:
    """Return the text under which `lookup_text` finds it."""
    return text.replace(" ", "").replace("　", "")


def number_key(kind: Type, text: str, currency: str | None = None) -> str:
    """Return the text under which the reading of a text is found: what is read depends on what is asked.

    An amount in a table that asks the currency too is read together with it.
    """
    key = f"{kind.value}|{lookup_key(text)}"
    return key if currency is None else f"{key}|{lookup_key(currency)}"


def key_spellings(keys: Iterable[str]) -> Spellings:
    """Return the spellings of a choice whose reference yields the key itself."""
    return {key: (key,) for key in keys}


def escape_wildcards(text: str) -> str:
    """Return a formula that makes a text safe where Excel takes `*`, `?` and `~` for wildcards."""
    return f'SUBSTITUTE(SUBSTITUTE(SUBSTITUTE({text},"~","~~"),"*","~*"),"?","~?")'
