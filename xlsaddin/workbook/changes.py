"""What a review changes in a workbook: result sheets, result columns, names, and the mark of an office edition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from xlsaddin.review_model import PlacedHit, Review
from xlsaddin.workbook.areas import parse_area
from xlsaddin.workbook.contexts import AS_OF, LEAD, LOOKBACK_START
from xlsaddin.workbook.layout import CHOICES_SHEET, FINDINGS_SHEET, ITEMS_SHEET, START_SHEET
from xlsaddin.workbook.meta import META_SHEET, BookMeta, meta_rows, sign_meta
from xlsaddin.workbook.office import calculation
from xlsaddin.workbook.office.book import OfficeBook, open_office_book
from xlsaddin.workbook.office.calculation_sheet import plan_calculation
from xlsaddin.workbook.office.contributions import plan_contributions
from xlsaddin.workbook.office.explain import note_text
from xlsaddin.workbook.office.findings import plan_findings
from xlsaddin.workbook.office.form_values import form_values
from xlsaddin.workbook.office.growths import plan_growths
from xlsaddin.workbook.office.hits import plan_hits
from xlsaddin.workbook.office.items import plan_items
from xlsaddin.workbook.office.layers import OTHER_PREFIX
from xlsaddin.workbook.office.measures import plan_measures
from xlsaddin.workbook.office.result import plan_result
from xlsaddin.workbook.places import Spot
from xlsaddin.workbook.plan import CellPlan, CellValue, CellWrite, Changes, NamePlan, SheetPlan
from xlsaddin.workbook.respondent.template import lead_formula
from xlsaddin.workbook.structure import Table

__all__ = ["plan_changes"]

_VALUES_COLUMN = 4
RESULTS = ("level", "state", "score", "checked_at", "lists")


def plan_changes(review: Review, meta: BookMeta, tables: Mapping[str, Table] | None = None) -> Changes:
    """Return the changes that make an office edition of a workbook.

    Where two institutions check the same Co-PI, each gets a complete result of its own.

    Args:
        review: of the workbook. meta: what it says about itself.
        tables: its tables by name as found (`ReadBook.tables`); without them the places of a fresh template.
    """
    book = open_office_book(review, meta, tables)
    others = [open_office_book(review.other, meta, tables, own=False)] if review.other else []
    shown, names = _plan_layer(book)
    marked, marked_names = _plan_meta(book, others)
    growths, conditionals = plan_growths(book, others)
    beside = [_plan_layer(other) for other in others] or [_withdraw_layer(meta)]
    return Changes(
        sheets=(*shown, *(sheet for sheets, _ in beside for sheet in sheets), plan_items(book), marked),
        growths=tuple(growths),
        writes=tuple(_notes(book)),
        names=(*marked_names, *names, *(name for _, other_names in beside for name in other_names)),
        conditionals=tuple(conditionals),
        shown=form_values(book),
        active_sheet=shown[0].name,
    )


def _plan_layer(book: OfficeBook) -> tuple[list[SheetPlan], list[NamePlan]]:
    """Return the sheets of one institution's result, the result page first, and their names."""
    result, names = plan_result(book)
    calculated, calculated_names = plan_calculation(book)
    tables = (plan(book) for plan in (plan_hits, plan_contributions, plan_findings, plan_measures))
    return [result, *tables, calculated], [*calculated_names, *names]


def _withdraw_layer(meta: BookMeta) -> tuple[list[SheetPlan], list[NamePlan]]:
    """Return empty hidden sheets in the place of a second result that an earlier check made and nobody has any more."""
    sheets = [SheetPlan(key, name, hidden=True) for key, name in meta.sheets.items() if key.startswith(OTHER_PREFIX)]
    names = [NamePlan(OTHER_PREFIX + name, Spot(sheets[0].name, 1, 1).absolute) for name in RESULTS] if sheets else []
    return sheets, names


def _layer_sheets(book: OfficeBook) -> dict[str, str]:
    """Return the names of the sheets of a result by their keys in `_meta`."""
    sheets = {f"r_{key}": book.sheet_name(key) for key in ("result", "hits", "contributions", "measures")}
    sheets |= {"r_findings": book.layer.sheet(FINDINGS_SHEET), "r_calculation": book.layer.sheet(calculation.SHEET)}
    return {book.layer.named(key): name for key, name in sheets.items()}


def _plan_meta(book: OfficeBook, others: Sequence[OfficeBook]) -> tuple[SheetPlan, list[NamePlan]]:
    """Return the hidden sheet `_meta` of an office edition, and the days and the role rules look from."""
    sheets = dict(book.meta.sheets) or {
        "start": START_SHEET,
        **{section.key: section.sheet for section in book.review.checklist.sections},
    }
    sheets |= {"findings": FINDINGS_SHEET, "items": ITEMS_SHEET, "choices": CHOICES_SHEET}
    sheets |= _layer_sheets(book)
    for other in others:
        sheets |= _layer_sheets(other)
    layers = tuple(one.layer.institution.value for one in (book, *others)) if others else ()
    meta = sign_meta(replace(book.meta, sheets=sheets, layers=layers))
    cells = [
        CellPlan(row, column, text, style="meta")
        for row, pair in enumerate(meta_rows(meta), start=1)
        for column, text in enumerate(pair, start=1)
    ]
    values: list[tuple[str, CellValue, str]] = [
        (AS_OF, book.review.as_of, ""),
        (LOOKBACK_START, book.review.lookback_start, ""),
        (LEAD, *lead_formula(book.template)),
    ]
    names = []
    for row, (name, value, formula) in enumerate(values, start=1):
        spot = Spot(META_SHEET, row, _VALUES_COLUMN + 1)
        cells.append(CellPlan(row, _VALUES_COLUMN, name, style="meta"))
        cells.append(CellPlan(row, spot.column, value, formula, style="meta_date" if name != LEAD else "meta"))
        names.append(NamePlan(name, spot.absolute))
    return SheetPlan("meta", META_SHEET, tuple(cells), hidden=True), names


def _notes(book: OfficeBook) -> Iterator[CellWrite]:
    """Yield a note on every answer with a hit: what was found, why, and what that list means."""
    places: dict[tuple[str, str], list[PlacedHit]] = defaultdict(list)
    for placed in book.review.hits:
        if placed.location.sheet and placed.location.cell:
            places[placed.location.sheet, placed.location.cell].append(placed)
    for (sheet, cell), hits in places.items():
        area = parse_area(cell)
        yield CellWrite(sheet, area.top, area.left, note=note_text(book, hits))
