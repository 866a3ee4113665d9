"""One cell read as its question's type says: the table of readings by type."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache

from xlsaddin.checklist.amounts import Money, parse_currency, parse_integer, parse_money, parse_number, parse_percent
from xlsaddin.checklist.answers import FOREVER, Cell, DateSpan, Fault, Value
from xlsaddin.checklist.dates import EARLIEST, LATEST, month_end, parse_date, parse_serial
from xlsaddin.checklist.model import Checklist, Choice, Column, Item, Target, Type
from xlsaddin.checklist.names import parse_names
from xlsaddin.checklist.raw import RawCell
from xlsaddin.checklist.words import UNKNOWN, find_choice, is_unknown, normalize_cell, words
from xlsaddin.text.countries import country_code
from xlsaddin.text.identifiers import parse_corporate_number, parse_doi, parse_erad_number, parse_orcid

__all__ = ["ABSENT", "read_cell", "read_content"]

ABSENT = "none"
"""Value of an identifier's cell where a person says that they have none."""

Asked = Item | Column
Read = Value | Money | Fault

_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|FIELD!|BLOCKED!|BUSY!)|Err:\d{3}")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|_x000D_")
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+")
_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_ERAD_DIGITS = 8


def read_cell(asked: Asked, raw: RawCell, checklist: Checklist) -> Cell:
    """Return a cell as read: its value, or the fault that says why there is none. Never raises."""
    if raw.content is None and not raw.error:
        return Cell(None, None, raw.location)
    found = read_content(asked, raw, checklist.choices_of(asked))
    if isinstance(found, Money):
        found = found.amount if found.currency in ("", "JPY") else f"{found.currency} {found.amount:g}"
    if isinstance(found, Fault):
        return Cell(raw.content, None, raw.location, found)
    return Cell(raw.content, found, raw.location)


def read_content(asked: Asked, raw: RawCell, choices: tuple[Choice, ...]) -> Read:
    """Return what a cell says, None when it is blank; an amount keeps the currency written with it."""
    content = raw.content
    if raw.error:
        return Fault.ERROR_CELL
    if content is None:
        return None
    if isinstance(content, str):
        text = content.strip()
        if not text:
            return None
        if text[0] in "#E" and _ERROR.fullmatch(text):
            return Fault.ERROR_CELL
    if asked.type is Type.CHOICE:
        chosen = find_choice(_text(content), choices)
        return chosen.key if chosen else Fault.NOT_A_CHOICE
    if asked.type is Type.NAMES:
        return parse_names(_text(content), people=asked.screen is not Target.ORGANIZATION)
    return _READERS[asked.type](content)


def _text(content: object) -> str:
    """Return a content as text: without blanks around it and control characters, otherwise as written (髙 stays 髙)."""
    text = content if isinstance(content, str) else _as_written(content)
    if not text.isprintable() or "_x000D_" in text:
        text = _CONTROL.sub("", text)
    return text.strip(" \t\r\n\u3000")


def _as_written(content: object) -> str:
    if isinstance(content, bool):
        return str(content).upper()
    if isinstance(content, float) and content.is_integer():
        return str(int(content))
    if isinstance(content, date):
        return date(content.year, content.month, content.day).isoformat()
    return str(content)


def _plain(content: object) -> str:
    return unicodedata.normalize("NFKC", _text(content))


def _day(content: object) -> Read:
    if isinstance(content, date):
        day = date(content.year, content.month, content.day)
        if EARLIEST <= day <= LATEST:
            return DateSpan(day, day)
        return parse_serial((day - date(1899, 12, 30)).days)
    if isinstance(content, str):
        return _day_in_words(content)
    return parse_serial(content) if isinstance(content, (int, float)) and content is not True else Fault.UNREADABLE


@lru_cache(maxsize=8192)  # the same dates stand in workbook after workbook
def _day_in_words(text: str) -> Read:
    return UNKNOWN if is_unknown(text) else parse_date(text)


def _month(content: object) -> Read:
    """Read a month: whatever day is written, the period reaches to the end of its month."""
    if isinstance(content, str):
        return _month_in_words(content)
    return _to_month_end(_day(content))


@lru_cache(maxsize=8192)
def _month_in_words(text: str) -> Read:
    return _to_month_end(_day_in_words(text))


def _to_month_end(span: Read) -> Read:
    if not isinstance(span, DateSpan) or span.last == FOREVER:
        return span
    return DateSpan(span.first, month_end(span.last))


def _number(parse: Callable[[str], float | Money | Fault], limit: float) -> Callable[[object], Read]:
    def read(content: object) -> Read:
        if isinstance(content, (bool, date)):
            return Fault.UNREADABLE
        return read_text(repr(content) if isinstance(content, float) else str(content))

    @lru_cache(maxsize=4096)  # small numbers stand in workbook after workbook
    def read_text(text: str) -> Read:
        if is_unknown(text):
            return UNKNOWN
        found = parse(text)
        amount = found.amount if isinstance(found, Money) else found
        return Fault.OUT_OF_RANGE if not isinstance(amount, Fault) and not 0 <= amount <= limit else found

    return read


def _percent(text: str) -> float | Fault:
    """Read a percentage; a bare fraction may be 30 % as Excel stores it, or 0.3 %: it is asked."""
    found = parse_percent(text)
    fraction = isinstance(found, float) and 0 < found < 1
    return Fault.AMBIGUOUS if fraction and "%" not in unicodedata.normalize("NFKC", text) else found


def _tick(content: object) -> Read:
    word = normalize_cell(_text(content))
    if word in words("ticked"):
        return True
    return False if word in words("unticked") else Fault.NOT_A_CHOICE


def _form(pattern: re.Pattern[str]) -> Callable[[object], Read]:
    return lambda content: _plain(content) if pattern.fullmatch(_plain(content)) else Fault.UNREADABLE


def _identifier(parse: Callable[[str], str | None], digits: int = 0) -> Callable[[object], Read]:
    """Read an identifier; `digits` is the length that makes a failed one a wrong check digit."""

    def read(content: object) -> Read:
        if normalize_cell(_text(content)) in words("absent"):
            return ABSENT
        found = parse(_text(content))
        if found is None and digits and len(re.findall(r"[0-9Xx]", _plain(content))) == digits:
            return Fault.BAD_CHECK_DIGIT
        return Fault.UNREADABLE if found is None else found

    return read


def _erad(content: object) -> Read:
    """Read an e-Rad number; a number cell has lost its leading zeros."""
    text = _text(content)
    return _identifier(parse_erad_number)(text if isinstance(content, str) else text.zfill(_ERAD_DIGITS))


@lru_cache(maxsize=4096)  # the same countries stand in workbook after workbook
def _country(text: str) -> str:
    return country_code(text) or text


_MOST = 1e15
_READERS: Mapping[Type, Callable[[object], Read]] = {
    Type.TEXT: _text,
    Type.LONG_TEXT: _text,
    Type.COUNTRY: lambda content: _country(_text(content)),
    Type.DATE: _day,
    Type.MONTH: _month,
    Type.INTEGER: _number(parse_integer, _MOST),
    Type.NUMBER: _number(parse_number, _MOST),
    Type.PERCENT: _number(_percent, 100),
    Type.MONEY: _number(parse_money, _MOST),
    Type.TICK: _tick,
    Type.EMAIL: _form(_EMAIL),
    Type.URL: _form(_URL),
    Type.CURRENCY: lambda content: parse_currency(_text(content)) or Fault.NOT_A_CHOICE,
    Type.ORCID: _identifier(parse_orcid, digits=16),
    Type.ERAD: _erad,
    Type.CORPORATE_NUMBER: _identifier(parse_corporate_number, digits=13),
    Type.DOI: _identifier(parse_doi),
}
