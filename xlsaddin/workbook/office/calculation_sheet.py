"""Plans the hidden sheet 計算: see `calculation` for where its blocks stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlsaddin.checklist.answers import Answers
from xlsaddin.checklist.model import Checklist
from xlsaddin.parameters import all_parameters
from xlsaddin.workbook import guards
from xlsaddin.workbook.guards import FORMED, NO_VALUE, number_key
from xlsaddin.workbook.labels import choice_label, pair
from xlsaddin.workbook.office import calculation
from xlsaddin.workbook.office.book import OfficeBook
from xlsaddin.workbook.office.calculation import FIRST_ROW, LISTS, NAMES, PARAMETERS, REASONS, RESULT, SHEET
from xlsaddin.workbook.office.columns import CHOICE_LISTS, office_choices
from xlsaddin.workbook.places import Spot
from xlsaddin.workbook.plan import CellPlan, CellValue, NamePlan, SheetPlan
from xlsaddin.workbook.respondent.lists import (
    Rows,
    answered_cells,
    date_rows,
    number_rows,
    spelling_rows,
    unknown_rows,
)


def plan_calculation(book: OfficeBook) -> tuple[SheetPlan, list[NamePlan]]:
    """Return the sheet and the names of its cells; that of another institution holds what its judgements move."""
    name = book.layer.sheet(SHEET)
    if not book.layer.own:
        return SheetPlan(
            book.layer.named("r_calculation"),
            name,
            (*_reasons(book), *_result(book)),
            freeze=(FIRST_ROW, 1),
            hidden=True,
        ), []
    cells = [CellPlan(1, 2, book.word("note.house_numbers"), style="meta")]
    cells += [*_parameters(book), *_names(book), *_reasons(book), *_lists(book), *_result(book)]
    blocks, names = _blocks(book)
    names += [
        NamePlan(f"p_{key}", calculation.parameter_spot(book.rules, key).absolute) for key in book.rules.parameters
    ]
    widths = tuple((column, 16.0) for column in range(1, max(cell.column for cell in blocks) + 1))
    plan = SheetPlan(
        book.layer.named("r_calculation"), name, (*cells, *blocks), widths=widths, freeze=(FIRST_ROW, 1), hidden=True
    )
    return plan, names


def _titles(column: int, *titles: str) -> Iterator[CellPlan]:
    for offset, title in enumerate(titles):
        yield CellPlan(FIRST_ROW - 1, column + offset, title, style="meta")


def _parameters(book: OfficeBook) -> Iterator[CellPlan]:
    yield from _titles(PARAMETERS, "parameter", "value", "origin", "label")
    for row, (key, value) in enumerate(book.rules.parameters.items(), start=FIRST_ROW):
        known = all_parameters()[key]
        origin = book.word(f"origin.{book.parameters.origin(key).value}")
        texts: tuple[CellValue, ...] = (key, value, origin, pair(known.label_ja, known.label_en, book.language))
        for offset, text in enumerate(texts):
            yield CellPlan(row, PARAMETERS + offset, text, style="meta")


def _names(book: OfficeBook) -> Iterator[CellPlan]:
    yield from _titles(NAMES, "name", "value")
    for computed in book.rules.computed:
        if computed.table == "book":
            spot = calculation.name_spot(book.rules, computed.key)
            value = book.show(computed, book.scope.names[computed.key])
            yield CellPlan(spot.row, NAMES, computed.key, style="meta")
            yield CellPlan(spot.row, spot.column, value, book.compiled.formula(computed), style="meta")


def _reasons(book: OfficeBook) -> Iterator[CellPlan]:
    yield from _titles(REASONS, "reason", "state", "number", "label")
    rows = book.scope.tables["reasons"]
    for index, (rule, row) in enumerate(zip(book.rules.states, rows, strict=True)):
        spot = calculation.reason_spot(index, book.layer)
        yield CellPlan(spot.row, REASONS, rule.key, style="meta")
        yield CellPlan(spot.row, REASONS + 1, rule.state.value, style="meta")
        formula = book.compiled.book_formula(rule.count)
        yield CellPlan(spot.row, spot.column, row["number"], formula, style="meta")
        yield CellPlan(spot.row, REASONS + 3, pair(rule.ja, rule.en, book.language), style="meta")


def _lists(book: OfficeBook) -> Iterator[CellPlan]:
    yield from _titles(LISTS, "list", "usable", "sample")
    for row, use in enumerate(book.review.lists, start=FIRST_ROW):
        facts: tuple[CellValue, ...] = (use.id, int(use.usable), int(use.sample))
        for offset, fact in enumerate(facts):
            yield CellPlan(row, LISTS + offset, fact, style="meta")


def _result(book: OfficeBook) -> Iterator[CellPlan]:
    yield from _titles(RESULT, "result", "value")
    assessment = book.review.assessment
    values = {"level": int(assessment.level), "score": assessment.score, "state": assessment.state.value}
    expressions = {"level": book.rules.level, "score": book.rules.score, "state": book.rules.state}
    for key, value in values.items():
        spot = calculation.result_spot(key, book.layer)
        yield CellPlan(spot.row, RESULT, key, style="meta")
        yield CellPlan(spot.row, spot.column, value, book.compiled.book_formula(expressions[key]), style="meta")


def _blocks(book: OfficeBook) -> tuple[list[CellPlan], list[NamePlan]]:
    """Return lists and readings, each in columns of its own, with the names that formulas know them by."""
    checklist, answers = book.review.checklist, book.review.answers
    blocks: list[tuple[str, Rows]] = [
        (guards.DATES, date_rows(checklist, answers)),
        (guards.NUMBERS, number_rows(checklist, answers)),
        (guards.UNREADABLE, unreadable_rows(checklist, answers)),
        (guards.UNKNOWN, unknown_rows(checklist, answers)),
    ]
    for name in CHOICE_LISTS:
        choices = office_choices(name)
        blocks.append((f"l_{name}", [(choice_label(choice, book.language),) for choice in choices]))
        blocks.append((f"v_{name}", spelling_rows(choices)))
    cells: list[CellPlan] = []
    names: list[NamePlan] = []
    column = calculation.BLOCKS
    for name, rows in blocks:
        cells += [CellPlan(FIRST_ROW - 1, column, name, style="meta"), *_block(rows, column)]
        first = Spot(SHEET, FIRST_ROW, column)
        last = Spot(SHEET, FIRST_ROW + len(rows) - 1, column + len(rows[0]) - 1)
        names.append(NamePlan(name, f"{first.absolute}:{last.absolute.rpartition('!')[2]}"))
        column += len(rows[0])
    return cells, names


def _block(rows: Sequence[tuple[CellValue, ...]], column: int) -> Iterator[CellPlan]:
    for row, values in enumerate(rows, start=FIRST_ROW):
        for offset, value in enumerate(values):
            style = "meta" if isinstance(value, (str, int, float)) else "meta_date"
            yield CellPlan(row, column + offset, value, style=style)


def unreadable_rows(checklist: Checklist, answers: Answers) -> Rows:
    """Return the texts that could not be read as what they should be (e-mail, identifiers), as they are looked up."""
    found: dict[str, tuple[CellValue, ...]] = {NO_VALUE: (NO_VALUE,)}
    for asked, cell in answered_cells(checklist, answers):
        if asked.type in FORMED and cell.value is None and not cell.blank:
            key = number_key(asked.type, str(cell.raw))
            found.setdefault(key.casefold(), (key,))
    return list(found.values())
