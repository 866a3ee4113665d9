"""Dated numbers and choices with their reference: look-back years, thresholds, levels, bounds.

Rules hold no numbers.  The procedure prints no score and no threshold, so each value says whose it is.
Files: `data/parameters/*.toml`, a file per room.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from xlsaddin import resources
from xlsaddin.errors import DefinitionError


class Origin(StrEnum):
    """Whose number it is."""

    PROCEDURE = "procedure"
    LAW = "law"
    FUNDER = "funder"
    HOUSE = "house"


@dataclass(frozen=True, slots=True)
class DatedValue:
    """One value of a parameter and since when it holds.

    Attributes:
        since: first day in force.
        value: number, text, flag or list of them.
        origin: whose value it is.
        reference: clause, law or document it rests on.
        checked_on: the day somebody last compared it with that source.
    """

    since: date
    value: object
    origin: Origin
    reference: str
    checked_on: date


@dataclass(frozen=True, slots=True)
class Parameter:
    """A named parameter with its history, oldest value first."""

    key: str
    label_ja: str
    label_en: str
    values: tuple[DatedValue, ...]

    def at(self, as_of: date) -> DatedValue:
        """Return the value in force on `as_of`; before the first one, the first one."""
        current = self.values[0]
        for value in self.values:
            if value.since <= as_of:
                current = value
        return current


class Parameters:
    """All parameters as in force on one day, with a profile's own values laid over them.

    Args:
        as_of: the day.
        overrides: values of a funder profile by parameter key.
    """

    def __init__(self, as_of: date, overrides: Mapping[str, object] | None = None) -> None:
        self.as_of = as_of
        self._overrides = dict(overrides or {})
        if unknown := set(self._overrides) - set(all_parameters()):
            raise DefinitionError("RS-PARAM-001", key=", ".join(sorted(unknown)))

    def origin(self, key: str) -> Origin:
        """Return whose value is in force: `funder` when the profile sets it."""
        return Origin.FUNDER if key in self._overrides else self._dated(key).origin

    def number(self, key: str) -> float:
        """Return a numeric parameter."""
        value = self._value(key)
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise DefinitionError("RS-PARAM-002", key=key, kind="number")
        return float(value)

    def integer(self, key: str) -> int:
        """Return a whole-number parameter."""
        return int(self.number(key))

    def text(self, key: str) -> str:
        """Return a text parameter."""
        value = self._value(key)
        if not isinstance(value, str):
            raise DefinitionError("RS-PARAM-002", key=key, kind="text")
        return value

    def flag(self, key: str) -> bool:
        """Return a yes/no parameter."""
        value = self._value(key)
        if not isinstance(value, bool):
            raise DefinitionError("RS-PARAM-002", key=key, kind="true/false")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list-of-texts parameter."""
        value = self._value(key)
        if not isinstance(value, (list, tuple)):
            raise DefinitionError("RS-PARAM-002", key=key, kind="list")
        return tuple(str(part) for part in value)

    def _value(self, key: str) -> object:
        return self._overrides[key] if key in self._overrides else self._dated(key).value

    def _dated(self, key: str) -> DatedValue:
        try:
            return all_parameters()[key].at(self.as_of)
        except KeyError:
            raise DefinitionError("RS-PARAM-001", key=key) from None


@cache
def all_parameters() -> Mapping[str, Parameter]:
    """Return every parameter of the package by key."""
    found: dict[str, Parameter] = {}
    for path in resources.package_files("parameters", ".toml"):
        for key, entry in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if key in found:
                raise DefinitionError("RS-PARAM-003", key=key, path=path.name)
            values = tuple(
                DatedValue(v["since"], v["value"], Origin(v["origin"]), v["reference"], v["checked_on"])
                for v in entry["values"]
            )
            found[key] = Parameter(key, entry["ja"], entry["en"], tuple(sorted(values, key=lambda v: v.since)))
    return found
