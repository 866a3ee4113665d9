"""Everything the VBA bridge may call, by name: worksheet functions, steps of ribbon commands, settings.

On Windows the bridge asks xlwings' server for a function of this module; on macOS it runs `run`; in Calc it calls
`call`.  Nothing else of the package is reachable from a spreadsheet.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from xlsaddin.excel import steps
from xlsaddin.excel.boundary import guarded
from xlsaddin.excel.commands import COMMANDS
from xlsaddin.excel.functions import (
    rs_explain,
    rs_hits,
    rs_level,
    rs_listinfo,
    rs_lookback,
    rs_match,
    rs_normalize,
    rs_residency,
    rs_riskscore,
    rs_score,
    rs_validate,
)
from xlsaddin.excel.settings import load_settings

FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "RS_MATCH": rs_match,
    "RS_SCORE": rs_score,
    "RS_HITS": rs_hits,
    "RS_EXPLAIN": rs_explain,
    "RS_LISTINFO": rs_listinfo,
    "RS_VALIDATE": rs_validate,
    "RS_LOOKBACK": rs_lookback,
    "RS_RESIDENCY": rs_residency,
    "RS_LEVEL": rs_level,
    "RS_RISKSCORE": rs_riskscore,
    "RS_NORMALIZE": rs_normalize,
}
"""Worksheet functions by the name a cell uses."""


@guarded
def begin(command: Any) -> Any:
    """Start a ribbon command; returns a ticket while there is more to do."""
    return steps.begin(_one(command), COMMANDS)


@guarded
def advance(ticket: Any) -> Any:
    """Run the next chunk of a ribbon command."""
    return steps.advance(_one(ticket))


@guarded
def cancel(ticket: Any) -> Any:
    """End a ribbon command between two chunks."""
    return steps.cancel(_one(ticket))


@guarded
def get_setting(key: Any) -> Any:
    """Return a setting as the ribbon shows it."""
    return str(getattr(load_settings(), _one(key)))


@guarded
def set_setting(key: Any, value: Any) -> Any:
    """Store a setting typed into the ribbon; a value that is not known is said and not stored."""
    return steps.change(_one(key), _one(value))


ENTRIES: Mapping[str, Callable[..., Any]] = {
    **{name.lower(): function for name, function in FUNCTIONS.items()},
    "begin": begin,
    "advance": advance,
    "cancel": cancel,
    "get_setting": get_setting,
    "set_setting": set_setting,
}
"""What `CallPython` in VBA may name."""


def call(entry: str, arguments: tuple[object, ...]) -> object:
    """Call an entry by name."""
    return ENTRIES[entry](*arguments)


def run(command: str) -> None:
    """Run a ribbon command to its end in one go (macOS, where each command is a process of its own)."""
    ticket = begin(command)
    while ticket:
        ticket = advance(ticket)


def _one(value: Any) -> str:
    """Return the single text of an argument, which xlwings hands over as rows."""
    while isinstance(value, (list, tuple)):
        value = value[0]
    return str(value or "")
