"""The edge between cells and Python: shapes in and out, blanks, and errors as one sentence. Functions never raise.

Excel hands over a value, or the values of a range as rows; every function works on whole columns at once.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Sequence
from typing import Any

import xlwings as xw

from xlsaddin import codes, log
from xlsaddin.errors import XlsAddinError
from xlsaddin.excel.settings import load_settings

Grid = list[list[Any]]


def as_grid(value: Any) -> Grid:
    """Return an argument as rows of cells: a single value is one row of one cell, a flat list one column."""
    if not isinstance(value, (list, tuple)):
        return [[value]]
    return [list(row) if isinstance(row, (list, tuple)) else [row] for row in value]


def is_blank(value: Any) -> bool:
    """Return whether a cell is empty or holds white space only."""
    return value is None or (isinstance(value, str) and not value.strip())


def trim(grid: Grid) -> Grid:
    """Return the rows up to the last one that is not blank (a whole column is a million rows); at least one row."""
    last = max((number for number, row in enumerate(grid, 1) if not all(map(is_blank, row))), default=1)
    return grid[:last]


def text_of(value: Any) -> str:
    """Return a cell as text; a number without decimals as people wrote it."""
    if is_blank(value):
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()


def sentence(error: BaseException, place: str) -> str:
    """Return what a cell shows for an error, in the user's language; unexpected ones are logged by place only."""
    settings = load_settings()
    if isinstance(error, XlsAddinError):
        return settings.say(error.ja, error.en)
    log.note_error(place, error, log.ADDIN)
    message, path = codes.message("RS-LIVE-005"), log.log_path(log.ADDIN)
    return settings.say(message.render_ja(path=path), message.render_en(path=path))


def guarded(function: Callable[..., Any]) -> Callable[..., Any]:
    """Make a worksheet function of a Python function: ranges arrive as rows, exceptions leave as one sentence."""

    @functools.wraps(function)
    def call(*arguments: Any) -> Any:
        try:
            return function(*arguments)
        except Exception as error:
            return sentence(error, function.__name__)

    call.__annotations__ = {}  # on Windows every annotation is taken for a converter
    registered: Callable[..., Any] = xw.func(call)
    for name in inspect.signature(function).parameters:
        registered = xw.arg(name, ndim=2, err_to_str=True)(registered)
    return registered


def columnwise(function: Callable[..., Sequence[Any]]) -> Callable[..., Any]:
    """Make a worksheet function of one that answers many cells at once.

    The wrapped function gets the cells of its first argument that are not blank, with the matching cells of the other
    arguments (None where they are left out); blank cells give an empty text without it.  The result has the shape of
    the first argument.
    """
    more = len(inspect.signature(function).parameters) - 1

    @functools.wraps(function)
    def over_cells(first: Any, *others: Any) -> Any:
        grid = trim(as_grid(first))
        places = [(row, column) for row, cells in enumerate(grid) for column in range(len(cells))]
        asked = [(row, column) for row, column in places if not is_blank(grid[row][column])]
        beside = [_matching(as_grid(other), asked) for other in (*others, *[None] * (more - len(others)))]
        results = function([grid[row][column] for row, column in asked], *beside) if asked else []
        answers = dict(zip(asked, results, strict=True))
        shaped = [[answers.get((row, column), "") for column in range(len(cells))] for row, cells in enumerate(grid)]
        return shaped if isinstance(first, (list, tuple)) else shaped[0][0]

    return guarded(over_cells)


def each_cell(value: Any, answer: Callable[[Any], Any]) -> Any:
    """Return the answer to each cell of an argument, blank for blank, in the argument's own shape."""
    shaped = [["" if is_blank(cell) else answer(cell) for cell in row] for row in trim(as_grid(value))]
    return shaped if isinstance(value, (list, tuple)) else shaped[0][0]


def _matching(grid: Grid, places: Sequence[tuple[int, int]]) -> list[Any]:
    """Return the cells at the same places; a single value serves every place, a single column every column."""
    if len(grid) == len(grid[0]) == 1:
        return [grid[0][0]] * len(places)
    return [grid[row][min(column, len(grid[row]) - 1)] if row < len(grid) else None for row, column in places]
