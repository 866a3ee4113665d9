"""How long it takes to read and validate 2,000 researcher workbooks, beside a plain load with other libraries.

    python -m bench reading [--write]

All figures come from one run over the same files.  `openpyxl` is a plain `load_workbook` and a loop over all rows,
`calamine` the fastest reader there is, without names, tables, formulas, errors, hidden rows or any check.
"""

from __future__ import annotations

import gc
import random
import shutil
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bench._pages import publish, table
from xlsaddin.checklist.loading import load_checklist
from xlsaddin.checklist.model import Checklist, Column, Item, Kind, Type
from xlsaddin.checklist.profiles import load_profile
from xlsaddin.checklist.validation import validate_answers
from xlsaddin.checklist.values import read_answers
from xlsaddin.parameters import Parameters
from xlsaddin.workbook.opening import open_package
from xlsaddin.workbook.patch.apply import apply_changes
from xlsaddin.workbook.plan import CellValue, CellWrite, Changes
from xlsaddin.workbook.read.book import read_workbook
from xlsaddin.workbook.respondent.template import build_template
from xlsaddin.workbook.structure import Structure

AS_OF = date(2026, 9, 1)
DISTINCT = 40
_TYPED: dict[Type, Callable[[random.Random], CellValue]] = {
    Type.DATE: lambda rng: date(rng.randint(2020, 2026), rng.randint(1, 12), rng.randint(1, 28)),
    Type.MONTH: lambda rng: f"{rng.randint(2018, 2026)}年{rng.randint(1, 12)}月",
    Type.INTEGER: lambda rng: rng.randint(1, 40),
    Type.NUMBER: lambda rng: rng.randint(1, 400) / 4,
    Type.PERCENT: lambda rng: rng.randint(0, 100),
    Type.MONEY: lambda rng: rng.randint(1, 900) * 10_000,
    Type.COUNTRY: lambda rng: rng.choice(("日本", "米国", "中国", "ドイツ", "France", "Republic of Korea", "IN")),
    Type.CURRENCY: lambda rng: rng.choice(("円", "USD", "EUR")),
    Type.TICK: lambda rng: "✓",
    Type.EMAIL: lambda rng: f"name{rng.randint(1, 999)}@example.org",
    Type.URL: lambda rng: f"https://example.org/{rng.randint(1, 999)}",
    Type.DOI: lambda rng: f"10.1234/example.{rng.randint(1, 999)}",
    Type.ORCID: lambda rng: "なし",
    Type.ERAD: lambda rng: "なし",
    Type.CORPORATE_NUMBER: lambda rng: "なし",
}


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of processor time one way of reading takes for a book."""

    what: str
    seconds: float


def fill_books(folder: Path, count: int) -> list[Path]:
    """Write filled researcher workbooks: some rows in every table, each book different."""
    template = folder / "template.xlsx"
    template.write_bytes(build_template("researcher", as_of=AS_OF))
    paths = []
    for number in range(count):
        path = folder / f"book{number:03}.xlsx"
        apply_changes(template, Changes(writes=tuple(_answers(template, random.Random(number)))), path)
        paths.append(path)
    return paths


def copy_books(folder: Path, count: int) -> list[Path]:
    """Write any number of workbooks: a few fillings, each copied to files of its own."""
    filled = fill_books(folder, min(count, DISTINCT))
    paths = [folder / "copies" / f"{number:05}.xlsx" for number in range(count)]
    paths[0].parent.mkdir()
    for number, path in enumerate(paths):
        shutil.copyfile(filled[number % len(filled)], path)
    return paths


def _answers(template: Path, rng: random.Random) -> Iterator[CellWrite]:
    checklist, structure = load_checklist("researcher"), Structure(open_package(template))
    for item in checklist.items:
        place = structure.place(f"a_{item.key}")
        assert place is not None
        sheet, area = place
        if item.kind is Kind.SINGLE:
            yield CellWrite(sheet.name, area.top, area.left, _value(checklist, item, rng))
            continue
        yield CellWrite(sheet.name, area.top, area.left, "あり")
        table = structure.tables[f"t_{item.key}"]
        for row in range(table.area.top + 1, table.area.top + 1 + rng.randint(2, 8)):
            for column, asked in enumerate(item.columns, start=table.area.left):
                yield CellWrite(table.sheet, row, column, _value(checklist, asked, rng))


def _value(checklist: Checklist, asked: Item | Column, rng: random.Random) -> CellValue:
    """Return an answer of the kind that is asked for, as most people give it."""
    if asked.type is Type.CHOICE:
        return rng.choice(checklist.choices_of(asked)).ja
    if asked.type in _TYPED:
        return _TYPED[asked.type](rng)
    return f"{asked.label_en} {rng.randint(1, 9999)}"


def read_with_openpyxl(path: Path) -> None:
    import openpyxl

    for sheet in openpyxl.load_workbook(path):
        for _ in sheet.iter_rows(values_only=True):
            pass


def read_with_calamine(path: Path) -> None:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(str(path))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()


def read_alone(path: Path) -> None:
    read_workbook(path)


def read_and_validate(path: Path) -> None:
    profile = load_profile()
    book = read_workbook(path)
    answers = read_answers(book.checklist, book.answers)
    list(validate_answers(book.checklist, answers, Parameters(AS_OF, profile.parameters)))


WAYS: tuple[tuple[str, Callable[[Path], None], int], ...] = (
    ("openpyxl load + row loop", read_with_openpyxl, 10),
    ("xlsaddin read", read_alone, 1),
    ("xlsaddin read + validate", read_and_validate, 1),
    ("calamine, bare", read_with_calamine, 1),
)
"""What is measured: its name, how a book is read, and of how many books one is taken (openpyxl is slow)."""


def measure(paths: Sequence[Path]) -> list[Timing]:
    """Return the time of each way, book by book in turn, so that what else the machine does meets all alike."""
    for _, read, _ in WAYS:
        read(paths[0])
    gc.collect()
    gc.freeze()  # as after the first task of a worker
    seconds = dict.fromkeys((what for what, _, _ in WAYS), 0.0)
    for number, path in enumerate(paths):
        for what, read, every in WAYS:
            if number % every == 0:
                start = time.process_time()
                read(path)
                seconds[what] += time.process_time() - start
    return [Timing(what, seconds[what] / len(paths[::every])) for what, _, every in WAYS]


def main(count: int = 2000) -> None:
    warnings.simplefilter("ignore")  # openpyxl tells what it drops
    with tempfile.TemporaryDirectory() as folder:
        paths = copy_books(Path(folder), count)
        size = sum(path.stat().st_size for path in paths) // count // 1024
        timings = measure(paths)
    slowest, floor = timings[0].seconds, timings[-1].seconds
    rows = [
        (one.what, f"{one.seconds * 1000:.1f}", f"{slowest / one.seconds:.1f}", f"{one.seconds / floor:.1f}")
        for one in timings
    ]
    publish(
        "reading",
        f"{count:,} researcher workbooks of {size} kB ({DISTINCT} fillings), processor time of one core, in turn in "
        "one run; of openpyxl every tenth book.",
        table(("way", "ms a book", "times openpyxl's throughput", "times calamine's time"), rows),
    )


if __name__ == "__main__":
    main()
