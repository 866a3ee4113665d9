"""What a review changes in a workbook: result sheets, result columns, names, and the mark of an office edition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
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
from xlsaddin.workbook.office.growths import plan_growths
from xlsaddin.workbook.office.hits import plan_hits
from xlsaddin.workbook.office.items import plan_items
from xlsaddin.workbook.office.measures import plan_measures
from xlsaddin.workbook.office.result import plan_result
from xlsaddin.workbook.places import Spot
from xlsaddin.workbook.plan import CellPlan, CellValue, CellWrite, Changes, NamePlan, SheetPlan
from xlsaddin.workbook.respondent.template import lead_formula
from xlsaddin.workbook.structure import Table

__all__ = ["plan_changes"]

_VALUES_COLUMN = 4


def plan_changes(review: Review, meta: BookMeta, tables: Mapping[str, Table] | None = None) -> Changes:
    """Return the changes that make an office edition of a workbook.

    Args:
        review: of the workbook. meta: what it says about itself.
        tables: its tables by name as found (`ReadBook.tables`); without them the places of a fresh template.
    """
    book = open_office_book(review, meta, tables)
    result, result_names = plan_result(book)
    calculated, calculated_names = plan_calculation(book)
    marked, marked_names = _plan_meta(book)
    growths, conditionals = plan_growths(book)
    sheets = (
        result,
        plan_hits(book),
        plan_contributions(book),
        plan_findings(book),
        plan_measures(book),
        plan_items(book),
        calculated,
        marked,
    )
    return Changes(
        sheets=sheets,
        growths=tuple(growths),
        writes=tuple(_notes(book)),
        names=(*marked_names, *calculated_names, *result_names),
        conditionals=tuple(conditionals),
        active_sheet=result.name,
    )


def _plan_meta(book: OfficeBook) -> tuple[SheetPlan, list[NamePlan]]:
    """Return the hidden sheet `_meta` of an office edition, and the days and the role rules look from."""
    sheets = dict(book.meta.sheets) or {
        "start": START_SHEET,
        **{section.key: section.sheet for section in book.review.checklist.sections},
    }
    sheets |= {"findings": FINDINGS_SHEET, "items": ITEMS_SHEET, "choices": CHOICES_SHEET}
    sheets |= {f"r_{key}": book.sheet_name(key) for key in ("result", "hits", "contributions", "measures")}
    sheets |= {"r_calculation": calculation.SHEET}
    meta = sign_meta(replace(book.meta, sheets=sheets, lookback_start=book.review.lookback_start))
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
