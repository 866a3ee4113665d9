"""Formulas that take period, screening state and facts of a hit from the answer row it stands in, wherever it is."""

from __future__ import annotations

from xlsaddin.checklist.model import Column, Kind
from xlsaddin.review_model import PlacedHit, Screened
from xlsaddin.workbook.contexts import data_column
from xlsaddin.workbook.guards import guard_cell
from xlsaddin.workbook.labels import choice_labels, word
from xlsaddin.workbook.office.book import OfficeBook
from xlsaddin.workbook.office.columns import HITS, office_choices
from xlsaddin.workbook.office.hit_references import fact_columns
from xlsaddin.workbook.places import TablePlace
from xlsaddin.workbook.references import quote_text
from xlsaddin.workbook.respondent.summary import summary_cell


def join_formulas(book: OfficeBook, placed: PlacedHit) -> dict[str, str]:
    """Return the formulas of the joined columns of one hit; none where its table is gone."""
    item = book.review.checklist.item(placed.item)
    if item.kind is Kind.SINGLE:
        known = placed.item in book.layout.items_rows
        cell = summary_cell(book.layout, placed.item, "screened").absolute
        return {"screened": _screened(book, f'{cell}&""')} if known else {}
    try:
        place = book.layout.table(placed.item)
    except KeyError:
        return {}
    language = book.layout.language
    row_id = book.cell(HITS, "row_id")
    at = book.cell(HITS, "at")
    ids = data_column(place.name, word("growth.row_id", language))
    formulas = {
        "at": f'IFERROR(MATCH({row_id},{ids},0),"")',
        "screened": _screened(book, _indexed(place, word("growth.screened", language), at)),
    }
    present = {column.key: column for column in place.columns}
    if "period" in present:
        formulas["period"] = _indexed(place, present["period"].header, at)
    for fact in fact_columns(book.review.checklist):
        column = next((one for one in item.columns if one.fact == fact), None)
        if column is not None and column.key in present:
            formulas[fact] = _fact(book, place, column, present[column.key].header, at)
    return formulas


def _screened(book: OfficeBook, joined: str) -> str:
    """Return the joined state; that of a row emptied since is that of a name that changed."""
    stale = choice_labels(office_choices("screened"), book.layout.language)[Screened.STALE.value]
    return f'IF({joined}="",{quote_text(stale)},{joined})'


def _indexed(place: TablePlace, header: str, at: str) -> str:
    return f'IFERROR(INDEX({data_column(place.name, header)},{at})&"","")'


def _fact(book: OfficeBook, place: TablePlace, column: Column, header: str, at: str) -> str:
    """Return the fact as read: the key of a choice, a number, a date, a text; `""` where it is blank."""
    cell = f"INDEX({data_column(place.name, header)},{at})"
    keys = [choice.key for choice in book.review.checklist.choices_of(column)]
    read = guard_cell(cell, column, keys).formula
    return f'IFERROR(IF({cell}="","",{read}),"")'
