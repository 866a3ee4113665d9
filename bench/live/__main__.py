"""2,000 names by RS_HITS and by the ribbon button in Calc, against the same transfer without screening.

The floor is the same formula, or the same reads and writes, with a function that hands its argument back.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

import xlwings as xw

from xlsaddin.excel import edge, session, steps
from xlsaddin.excel.boundary import as_grid
from xlsaddin.excel.commands import selection
from xlsaddin.excel.writing.contents import as_content, write_grid
from xlsaddin.libreoffice.host import CalcHost
from xlsaddin.libreoffice.office import Office, running_office
from xlsaddin.libreoffice.sheets import CalcSheet
from xlsaddin.screening.remembering import RememberingScreener
from xlsaddin.watchlist.store import ListStore

ROWS = 2000
ROUNDS = 5
COLUMNS = 7
LISTS = Path(__file__).parents[3] / "shared" / "data" / "lists"


def main() -> None:
    """Print the table."""
    data = Path(os.environ["XLSADDIN_TEST_DATA"]) / "lists" if "XLSADDIN_TEST_DATA" in os.environ else LISTS
    with tempfile.TemporaryDirectory() as home:
        os.environ["XLSADDIN_HOME"] = home
        ListStore().import_file(data / "jp_meti_eul" / "20250929_4.xlsx")
        with running_office() as office:
            _measure(office)
    _measure_imports()


def _measure(office: Office) -> None:
    names = _names(ROWS)
    switch = Switch()
    with CalcHost(office, call=switch.call) as host:
        works: dict[str, Callable[[], None]] = {
            "RS_HITS": lambda: _formula(host.app, names),
            "ribbon button": lambda: _button(host, names),
        }
        print(f"| {ROWS:,} names | floor | add-in | screening alone | (add-in - screening) / floor |")
        print("|---|---|---|---|---|")
        for name, work in works.items():
            floor, real, screening = _side_by_side(switch, work, names)
            shown = " | ".join(f"{spent:.2f} s" for spent in (floor, real, screening))
            print(f"| {name} | {shown} | {(real - screening) / floor:.2f} |")
        calls = {rows: _count_calls(host, rows) for rows in (400, 2000, 4000)}
    growth = (calls[4000] - calls[2000]) / ((4000 - 2000) / selection.CHUNK)
    counted = ", ".join(f"{rows:,} rows {count}" for rows, count in calls.items())
    print(f"\nranges touched across the process border: {counted}; {growth:.1f} for each {selection.CHUNK} rows more")


def _side_by_side(switch: Switch, work: Callable[[], None], names: list[str]) -> tuple[float, float, float]:
    """Return the medians of floor, add-in and screening, taken in turns: the machine's load hits all three alike."""
    spent: list[list[float]] = [[], [], []]
    for round_number in range(ROUNDS + 1):
        for kind, seconds in enumerate(
            (
                switch.timed(work, identity=True),
                switch.timed(work, identity=False),
                _timed_once(lambda: _fresh().screen_many(session.queries_of(names))),
            )
        ):
            if round_number:  # the first round warms up
                spent[kind].append(seconds)
    floor, real, screening = (median(times) for times in spent)
    return floor, real, screening


class Switch:
    """What the macros call: the real entries, or the same transfer with a function that hands its argument back."""

    def __init__(self) -> None:
        self.identity = False

    def call(self, entry: str, arguments: tuple[object, ...]) -> object:
        """Call an entry; the real ones start without memory of earlier rounds."""
        if not self.identity:
            if entry in ("rs_hits", "begin"):
                _fresh()
            return edge.call(entry, arguments)
        if entry == "rs_hits":
            return [[row[0]] * COLUMNS for row in as_grid(arguments[0])]
        if entry == "begin":
            return steps.begin(str(arguments[0]), {"check_selection": _hand_back})
        return edge.call(entry, arguments)

    def timed(self, work: Callable[[], None], *, identity: bool) -> float:
        """Return the seconds of one round."""
        self.identity = identity
        return _timed_once(work)


def _hand_back(desk: steps.Desk) -> steps.Steps:
    """Read the selected names and write as many columns as the real command does, chunk by chunk."""
    selected = desk.book.selection
    assert selected is not None
    names = [row[0] for row in as_grid(selected.options(ndim=2).value)]
    sheet = desk.book.sheets.add(selection.SHEET)
    for start in range(0, len(names), selection.CHUNK):
        chunk = names[start : start + selection.CHUNK]
        row = selection.FIRST_ROW + 1 + start
        write_grid(sheet, row, 1, [[as_content(name)] * (COLUMNS + 1) for name in chunk])
        yield f"{start} / {len(names)}"
    return ""


def _measure_imports() -> None:
    """Print what importing the edge costs beside importing xlwings."""
    modules = ("xlwings", "xlsaddin.excel", "xlsaddin.excel.edge")
    spent: dict[str, list[float]] = {module: [] for module in modules}
    for _ in range(ROUNDS):
        for module in modules:
            command = [sys.executable, "-c", f"import {module}"]
            spent[module].append(_timed_once(partial(subprocess.run, command, check=True)))
    times = {module: median(seconds) for module, seconds in spent.items()}
    base = times["xlwings"]
    print("\n" + ", ".join(f"import {name}: {took:.2f} s ({took / base:.2f}x)" for name, took in times.items()))


def _names(rows: int) -> list[str]:
    return [f"{place} University of Example {number}" for number, place in zip(range(rows), _places(), strict=False)]


def _places() -> list[str]:
    return [f"{first}{last}" for first in ("North", "South", "East", "West", "New") for last in range(1000)]


def _fresh() -> RememberingScreener:
    """Return the screener with an empty memory."""
    screener = session.current_screener()
    screener.forget()
    return screener


def _sheet(app: xw.App, names: list[str]) -> xw.Sheet:
    book = app.books.add()
    book.activate()
    sheet = book.sheets[0]
    sheet.range((1, 1), (len(names), 1)).value = [[name] for name in names]
    return sheet


def _formula(app: xw.App, names: list[str]) -> None:
    sheet = _sheet(app, names)
    cells = sheet.range((1, 2), (len(names), 1 + COLUMNS))
    cells.formula_array = f"=RS_HITS(A1:A{len(names)},1)"
    assert cells.value[-1][0] == names[-1]
    sheet.book.close()


def _button(host: CalcHost, names: list[str]) -> None:
    sheet = _sheet(host.app, names)
    sheet.range((1, 1), (len(names), 1)).select()
    host.press("RibbonCheckSelection")
    result = sheet.book.sheets[selection.SHEET]
    assert result.range((selection.FIRST_ROW + len(names), 2)).value == names[-1]
    sheet.book.close()


def _count_calls(host: CalcHost, rows: int) -> int:
    """Return how many ranges the button touches for a number of rows: each is a call into the other process."""
    real, count = CalcSheet.range, 0

    def counting(self: CalcSheet, *arguments: object) -> object:
        nonlocal count
        count += 1
        return real(self, *arguments)

    CalcSheet.range = counting  # type: ignore[method-assign, assignment]
    try:
        _button(host, _names(rows))
    finally:
        CalcSheet.range = real  # type: ignore[method-assign]
    return count


def _timed_once(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
