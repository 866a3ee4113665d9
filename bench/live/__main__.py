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
from pathlib import Path
from statistics import median

import xlwings as xw

from xlsaddin.excel import edge, session
from xlsaddin.excel.boundary import as_grid
from xlsaddin.excel.commands import selection
from xlsaddin.excel.writing.contents import as_content, write_grid
from xlsaddin.libreoffice.host import CalcHost
from xlsaddin.libreoffice.office import Office, running_office
from xlsaddin.libreoffice.sheets import CalcSheet
from xlsaddin.watchlist.store import ListStore

ROWS = 2000
ROUNDS = 3
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
    screening = _timed(lambda: _fresh().screen_many(session.queries_of(names)))
    with CalcHost(office, call=_echo) as host:
        floor_formula = _timed(lambda: _formula(host.app, names))
        floor_button = _timed(lambda: _transfer(host.app, names))
    with CalcHost(office, call=_forgetting) as host:
        formula = _timed(lambda: _formula(host.app, names))
        button = _timed(lambda: _button(host, names))
        calls = {rows: _count_calls(host, rows) for rows in (400, 2000, 4000)}
    print(f"| {ROWS:,} names | floor | add-in | screening alone | (add-in - screening) / floor |")
    print("|---|---|---|---|---|")
    for name, floor, real in (("RS_HITS", floor_formula, formula), ("ribbon button", floor_button, button)):
        print(f"| {name} | {floor:.2f} s | {real:.2f} s | {screening:.2f} s | {(real - screening) / floor:.2f} |")
    growth = (calls[4000] - calls[2000]) / ((4000 - 2000) / selection.CHUNK)
    shown = ", ".join(f"{rows:,} rows {count}" for rows, count in calls.items())
    print(f"\nranges touched across the process border: {shown}; {growth:.1f} for each {selection.CHUNK} rows more")


def _measure_imports() -> None:
    """Print what importing the edge costs beside importing xlwings."""
    times = {}
    for module in ("xlwings", "xlsaddin.excel", "xlsaddin.excel.edge"):
        command = [sys.executable, "-c", f"import {module}"]
        times[module] = median(_timed_once(lambda: subprocess.run(command, check=True)) for _ in range(5))  # noqa: B023
    base = times["xlwings"]
    print("\n" + ", ".join(f"import {name}: {spent:.2f} s ({spent / base:.2f}x)" for name, spent in times.items()))


def _names(rows: int) -> list[str]:
    return [f"{place} University of Example {number}" for number, place in zip(range(rows), _places(), strict=False)]


def _places() -> list[str]:
    return [f"{first}{last}" for first in ("North", "South", "East", "West", "New") for last in range(1000)]


def _fresh() -> session.RememberingScreener:
    """Return the screener with an empty memory."""
    screener = session.current_screener()
    screener.forget()
    return screener


def _forgetting(entry: str, arguments: tuple[object, ...]) -> object:
    """Call the real entry; a new function or command starts without memory."""
    if entry in ("rs_hits", "begin"):
        _fresh()
    return edge.call(entry, arguments)


def _echo(entry: str, arguments: tuple[object, ...]) -> object:
    return [[row[0]] * COLUMNS for row in as_grid(arguments[0])]


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


def _transfer(app: xw.App, names: list[str]) -> None:
    """Read the names and write eight columns beside them, chunk by chunk, as the button does."""
    sheet = _sheet(app, names)
    read = [row[0] for row in as_grid(sheet.range((1, 1), (len(names), 1)).options(ndim=2).value)]
    other = sheet.book.sheets.add("照合結果")
    for start in range(0, len(read), selection.CHUNK):
        chunk = read[start : start + selection.CHUNK]
        write_grid(other, 1 + start, 1, [[as_content(name)] * (COLUMNS + 1) for name in chunk])
    assert other.range((len(names), 1)).value == names[-1]
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


def _timed(work: Callable[[], object]) -> float:
    return median(_timed_once(work) for _ in range(ROUNDS))


def _timed_once(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
