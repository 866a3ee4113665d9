"""The hidden sheet 選択肢: choice lists for the drop-downs, their spellings, and readings of texts for formulas.

Each list has columns of its own, so that it can grow: `l_<list>` the labels shown, `v_<list>` spelling and key.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from xlsaddin.checklist.answers import FOREVER, Answers, Cell, DateSpan
from xlsaddin.checklist.dates import FIRST_SERIAL, LAST_SERIAL, parse_serial, running_words
from xlsaddin.checklist.model import Checklist, Choice, Column, Item, Type
from xlsaddin.checklist.periods import is_period
from xlsaddin.checklist.readings import date_readings
from xlsaddin.checklist.words import UNKNOWN, words
from xlsaddin.workbook import guards
from xlsaddin.workbook.guards import DATED, NO_VALUE, NUMERIC, lookup_key, number_key
from xlsaddin.workbook.labels import TICKED, choice_label, spellings
from xlsaddin.workbook.layout import CHOICES_SHEET
from xlsaddin.workbook.places import Spot
from xlsaddin.workbook.plan import CellPlan, CellValue, NamePlan, SheetPlan
from xlsaddin.workbook.respondent.edition import Template

Rows = Sequence[tuple[CellValue, ...]]

_TITLE_ROW, _FIRST_ROW = 1, 2
_EPOCH = date(1899, 12, 30)


def plan_lists(template: Template) -> tuple[SheetPlan, list[NamePlan]]:
    """Return the sheet and its names."""
    checklist = template.layout.checklist
    blocks: list[tuple[str, Rows]] = [
        (guards.DATES, date_rows(checklist, template.answers)),
        (guards.NUMBERS, number_rows(checklist, template.answers)),
        (guards.UNREADABLE, [(NO_VALUE,)]),
        (guards.UNKNOWN, unknown_rows(checklist, template.answers)),
        ("l_tick", [(TICKED,)]),
        (guards.TICKS, _tick_rows()),
    ]
    for key, choices in checklist.choices.items():
        blocks.append((f"l_{key}", [(choice_label(choice, template.language),) for choice in choices]))
        blocks.append((f"v_{key}", spelling_rows(choices)))
    cells: list[CellPlan] = []
    names: list[NamePlan] = []
    column = 1
    for name, rows in blocks:
        cells.append(CellPlan(_TITLE_ROW, column, name, style="meta"))
        cells += [
            CellPlan(_FIRST_ROW + offset, column + index, value, style=_style(value))
            for offset, row in enumerate(rows)
            for index, value in enumerate(row)
        ]
        names.append(block_name(name, column, rows))
        column += len(rows[0])
    widths = tuple((number, 18.0) for number in range(1, column))
    return SheetPlan("choices", CHOICES_SHEET, tuple(cells), widths=widths, freeze=(2, 1), hidden=True), names


def block_name(name: str, column: int, rows: Rows) -> NamePlan:
    """Return the defined name of a block of rows that begins in a column."""
    first = Spot(CHOICES_SHEET, _FIRST_ROW, column)
    last = Spot(CHOICES_SHEET, _FIRST_ROW + len(rows) - 1, column + len(rows[0]) - 1)
    return NamePlan(name, f"{first.absolute}:{last.absolute.rpartition('!')[2]}")


def date_rows(checklist: Checklist, answers: Answers) -> Rows:
    """Return the readings of date texts: text, first day, last day, last day as a period by itself, start."""
    found: dict[str, tuple[CellValue, ...]] = {}
    for written in (*sorted(running_words()), str(guards.FOREVER_SERIAL)):
        found.setdefault(lookup_key(written), _date_row(written, DateSpan(FOREVER, FOREVER)))
    for reading in date_readings(checklist, answers):
        key = lookup_key(str(reading.written)).casefold()
        found.setdefault(key, _date_row(str(reading.written), DateSpan(reading.first, reading.last)))
    for serial in _odd_serials(checklist, answers):
        span = parse_serial(serial)
        if isinstance(span, DateSpan):
            found.setdefault(str(serial), _date_row(str(serial), span))
    return list(found.values())


def _odd_serials(checklist: Checklist, answers: Answers) -> Iterator[int]:
    """Yield the day numbers of dates no answer can have: somebody typed 2024 and the cell shows a day in 1905."""
    for asked, cell in answered_cells(checklist, answers):
        if asked.type in DATED and isinstance(cell.raw, date):
            serial = (date(cell.raw.year, cell.raw.month, cell.raw.day) - _EPOCH).days
            if not FIRST_SERIAL <= serial <= LAST_SERIAL:
                yield serial


def number_rows(checklist: Checklist, answers: Answers) -> Rows:
    """Return the readings of number texts: what is asked, the text and the currency beside it, and the number."""
    rows: dict[str, tuple[CellValue, ...]] = {NO_VALUE: (NO_VALUE, NO_VALUE)}
    for key, cell in _keyed_numbers(checklist, answers):
        if isinstance(cell.raw, str) and isinstance(cell.value, (int, float)):
            rows.setdefault(key.casefold(), (key, cell.value))
    return list(rows.values())


def _keyed_numbers(checklist: Checklist, answers: Answers) -> Iterator[tuple[str, Cell]]:
    """Yield every number cell with the key of its reading."""
    for item in checklist.items:
        cell = answers.answer(item.key).cell
        if item.type in NUMERIC:
            yield number_key(item.type, str(cell.raw).strip()), cell
        beside = next((column.key for column in item.columns if column.type is Type.CURRENCY), None)
        for row in answers.rows(item.key):
            currency = None if beside is None else str(row.cell(beside).raw or "")
            for column in item.columns:
                if column.type in NUMERIC:
                    asked = currency if column.type is Type.MONEY else None
                    yield number_key(column.type, str(row.cell(column.key).raw).strip(), asked), row.cell(column.key)


def unknown_rows(checklist: Checklist, answers: Answers) -> Rows:
    """Return the texts that say "I do not know" beside a question for a number or date, as they are looked up."""
    found = {lookup_key(word): None for word in sorted(words("unknown"))}
    for asked, cell in answered_cells(checklist, answers):
        if asked.type in (*NUMERIC, *DATED) and cell.value == UNKNOWN:
            found.setdefault(lookup_key(str(cell.raw)).casefold())
    return [(text,) for text in found]


def answered_cells(checklist: Checklist, answers: Answers) -> Iterator[tuple[Item | Column, Cell]]:
    """Yield every answered cell with its question."""
    for item in checklist.items:
        yield item, answers.answer(item.key).cell
        for row in answers.rows(item.key):
            yield from ((column, row.cell(column.key)) for column in item.columns)


def spelling_rows(choices: Iterable[Choice]) -> Rows:
    """Return every spelling of the choices of a list with the key it stands for; the first choice keeps a spelling."""
    found: dict[str, tuple[CellValue, ...]] = {}
    for choice in choices:
        for spelling in spellings(choice):
            found.setdefault(lookup_key(spelling).casefold(), (lookup_key(spelling), choice.key))
    return list(found.values())


def _date_row(written: str, span: DateSpan) -> tuple[CellValue, ...]:
    alone = span.last if is_period(span) else NO_VALUE
    start = span.first if span.first != FOREVER else NO_VALUE
    return (lookup_key(written), span.first, span.last, alone, start)


def _tick_rows() -> Rows:
    yes = [(lookup_key(word), "yes") for word in sorted(words("ticked"))]  # sorted: a set has no order of its own
    return [*yes, *((lookup_key(word), "no") for word in sorted(words("unticked")))]


def _style(value: CellValue) -> str:
    return "meta_date" if not isinstance(value, (str, int, float, bool, type(None))) else "meta"
