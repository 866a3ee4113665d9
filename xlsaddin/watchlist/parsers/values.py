"""Small values every parser meets: days in several notations, distinct values, countries, notes of bounded length."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from xlsaddin.watchlist.countries import country_code

_DAY_LAYOUTS = ("%Y-%m-%d", "%m/%d/%Y")
_NOTE_LENGTH = 400


def parse_day(text: str, *layouts: str) -> date | None:
    """Return a day printed in one of the layouts (ISO or US when none is given), None for anything else."""
    bare = text.strip()
    for layout in layouts or _DAY_LAYOUTS:
        for candidate in (bare, bare[:10]):  # a time may follow
            try:
                return datetime.strptime(candidate, layout).date()
            except ValueError:
                continue
    return None


def distinct(values: Iterable[str | None]) -> tuple[str, ...]:
    """Return the values that are not empty, each once, in order."""
    return tuple(dict.fromkeys(value for value in values if value))


def country_codes(names: Iterable[str]) -> tuple[str, ...]:
    """Return the codes of the countries that are known, each once, in order."""
    return distinct(country_code(name) for name in names)


def shortened(text: str) -> str:
    """Return a note on one line, cut where it grows too long to show."""
    bare = " ".join(text.split())
    return bare if len(bare) <= _NOTE_LENGTH else bare[: _NOTE_LENGTH - 1] + "…"
