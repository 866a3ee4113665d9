"""Numbers, percentages and amounts of money as people type them: full width, 3,000千円, 約1.5億円, USD 3,000."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from xlsaddin import resources
from xlsaddin.checklist.answers import DateSpan, Fault
from xlsaddin.checklist.date_forms import parse_single, tidy
from xlsaddin.checklist.definition import read_toml
from xlsaddin.checklist.words import normalize_cell, word_map, words

__all__ = ["Money", "currency_codes", "parse_currency", "parse_integer", "parse_money", "parse_number", "parse_percent"]

_BRACKETED = re.compile(r"\([^()0-9]*\)")
_NUMBER = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?")
_ISO_CODE = re.compile(r"[a-z]{3}")
_FISCAL_YEAR = re.compile(r"(?:令和|平成|[rh]\.?)(?:[0-9]{1,2}|元)(?:年度?)?|fy[0-9]{4}")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount and the currency written with it, as an ISO 4217 code; empty when none was written."""

    amount: float
    currency: str = ""


def parse_number(text: str) -> float | Fault:
    """Return the number a text holds; `1億2,000万` is 120,000,000, `3,5` is asked. Never raises."""
    plain = _without(_BRACKETED.sub("", normalize_cell(text)), "number_leading", "number_trailing")
    sign = -1.0 if plain[:1] in ("-", "−", "▲", "△") else 1.0
    total, rest, units = 0.0, plain.lstrip("-−▲△+"), word_map("units")
    if not rest:
        return Fault.UNREADABLE
    while rest:
        found = _NUMBER.match(rest)
        if found is None:
            return Fault.AMBIGUOUS if total or "," in rest else Fault.UNREADABLE
        rest = rest[found.end() :]
        unit = next((word for word in units if rest.startswith(word)), "")
        if rest and not unit:
            return Fault.AMBIGUOUS if re.fullmatch(r"[0-9,.~\-]+", rest) else Fault.UNREADABLE
        total += float(found[0].replace(",", "")) * units.get(unit, 1)
        rest = rest[len(unit) :]
    return sign * total if math.isfinite(total) else Fault.OUT_OF_RANGE


def parse_integer(text: str) -> int | Fault:
    """Return a whole number, with or without what is counted: `2,900名`, `12か月`, `令和8年度` (2026)."""
    plain = normalize_cell(text)
    if _FISCAL_YEAR.fullmatch(plain):
        year = parse_single(tidy(plain))
        return year.first.year if isinstance(year, DateSpan) else year
    number = parse_number(_without(plain, "number_trailing", "counters"))
    if isinstance(number, Fault):
        return number
    return int(number) if number == int(number) else Fault.UNREADABLE


def parse_percent(text: str) -> float | Fault:
    """Return a percentage from 0 to 100 as written: `30%`, `30 percent` and `30` are 30."""
    plain = normalize_cell(text)
    for sign in ("%", "percent", "パーセント", "per cent"):
        plain = plain.removesuffix(sign)
    return parse_number(plain)


def parse_money(text: str) -> Money | Fault:
    """Return an amount with the currency written before or after it: `3,000千円`, `USD 3,000`, `5万ユーロ`."""
    plain = _without(_BRACKETED.sub("", normalize_cell(text)), "number_leading", "number_trailing")
    code = ""
    first, last = _currency_ends()
    named_here = plain[:1] in first or plain[-1:] in last  # a bare number names none
    for name, named in _currencies().items() if named_here else ():
        if plain.startswith(name) or plain.endswith(name):
            plain, code = plain.removeprefix(name).removesuffix(name), named
            break
    number = parse_number(plain)
    return number if isinstance(number, Fault) else Money(number, code)


def parse_currency(text: str) -> str | None:
    """Return the ISO 4217 code of a currency named in Japanese, English or by code or sign, None when not known."""
    plain = normalize_cell(text)
    if plain in _currencies():
        return _currencies()[plain]
    return plain.upper() if _ISO_CODE.fullmatch(plain) else None


def currency_codes() -> tuple[str, ...]:
    """Return the codes offered in drop-down lists, yen first."""
    return tuple(read_toml(resources.package_path("currencies.toml")))


def _without(text: str, leading: str, trailing: str) -> str:
    if text.startswith(tuple(words(leading))):
        for word in words(leading):
            text = text.removeprefix(word)
    if text.endswith(tuple(words(trailing))):
        for word in words(trailing):
            text = text.removesuffix(word)
    return text


@cache
def _currency_ends() -> tuple[frozenset[str], frozenset[str]]:
    """Return the first and the last characters of the names of currencies."""
    return frozenset(name[0] for name in _currencies()), frozenset(name[-1] for name in _currencies())


@cache
def _currencies() -> Mapping[str, str]:
    """Return codes by every name of a currency, the longest name first."""
    raw = read_toml(resources.package_path("currencies.toml"))
    codes = {normalize_cell(name): code for code, names in raw.items() for name in (code, *names)}
    return dict(sorted(codes.items(), key=lambda entry: len(entry[0]), reverse=True))
