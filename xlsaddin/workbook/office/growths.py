"""Result columns beside each table of answers: period and state as rules see them, what was compared and found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from xlsaddin.assessment.rules import Computed
from xlsaddin.checklist.institutions import Institution
from xlsaddin.review_model import PlacedHit, RowReview, Screened, Standing
from xlsaddin.workbook import labels
from xlsaddin.workbook.areas import Area
from xlsaddin.workbook.contexts import this_row
from xlsaddin.workbook.guards import is_blank_row
from xlsaddin.workbook.labels import choice_label, word, words
from xlsaddin.workbook.marks import STATE_STYLES, mark_choices, mark_word
from xlsaddin.workbook.office.book import OfficeBook
from xlsaddin.workbook.office.columns import HITS, office_choices
from xlsaddin.workbook.office.compiled import answer_header
from xlsaddin.workbook.office.places import growth_columns, row_offset
from xlsaddin.workbook.places import TablePlace
from xlsaddin.workbook.plan import CellValue, ConditionalPlan, TableColumnPlan, TableGrowth
from xlsaddin.workbook.references import quote_text

_NEVER = "≠"
"""Stands for a text that was compared earlier and has changed since."""

_WEIGHT = (Standing.PENDING, Standing.COUNTED, Standing.STALE, Standing.REFERENCE, Standing.DISMISSED)
_FOUND_STYLES = {
    Standing.PENDING: "is_open", Standing.COUNTED: "is_check", Standing.STALE: "is_check",
    Standing.DISMISSED: "is_out",
}  # fmt: skip
_SCREENED_STYLES = {"not_screened": "is_open", "stale": "is_check"}


@dataclass(frozen=True, slots=True)
class _Column:
    """A result column: header, style, formula, and its value for a row of answers; `book` where it is another's."""

    key: str
    header: str
    style: str
    formula: str = ""
    computed: Computed | None = None
    book: OfficeBook | None = None


def plan_growths(
    book: OfficeBook, others: Sequence[OfficeBook]
) -> tuple[list[TableGrowth], list[tuple[str, ConditionalPlan]]]:
    """Return the growth of every table of answers that is there, and the formats laid over its result columns.

    Args:
        book: result of the own institution. others: that of another one, whose standings get a column of their own.
    """
    growths, conditionals = [], []
    for place in book.layout.tables():
        columns = [*_columns(book, place), *_other_columns(book, others, place)]
        growths.append(_growth(book, place, columns))
        conditionals += [(place.sheet, plan) for plan in _conditionals(book, place, columns)]
    return growths, conditionals


def _columns(book: OfficeBook, place: TablePlace) -> Iterator[_Column]:
    language = book.layout.language
    for computed in book.rules.computed:
        if computed.table == place.item.key:
            formula = book.compiled.formula(computed)
            header = answer_header(book.layout, computed)
            yield _Column(computed.key, header, "computed", _if_filled(place, formula) if formula else "", computed)
    for read in book.compiled.read.get(place.item.key, ()):
        yield _Column(read.column.key, read.header, "value", _if_filled(place, read.formula))
    yield _Column("row_id", word("growth.row_id", language), "value")
    if any(column.screen for column in place.item.columns):
        yield _Column("compared", word("growth.compared", language), "value")
        yield _Column("screened", word("growth.screened", language), "computed", _screened_formula(book, place))
        yield _Column("found", word("growth.found", language), "computed", _found_formula(book, place))


def _other_columns(book: OfficeBook, others: Sequence[OfficeBook], place: TablePlace) -> Iterator[_Column]:
    """Yield the column of another institution's standings; empty where only an earlier check had one."""
    if not any(column.screen for column in place.item.columns):
        return
    for other in others:
        yield _Column("found", _other_header(other), "computed", _found_formula(other, place), book=other)
    found = (book.tables or {}).get(place.name.casefold())
    earlier = {_other_header(book, institution) for institution in Institution} - {_other_header(one) for one in others}
    yield from (_Column("", header, "computed") for header in sorted(earlier & set(found.headers if found else ())))


def _other_header(book: OfficeBook, institution: Institution | None = None) -> str:
    named = institution or book.layer.institution
    language = book.layout.language
    return f"{word('growth.found', language)}（{word(f'institution.{named.value}', language)}）"


def _growth(book: OfficeBook, place: TablePlace, columns: list[_Column]) -> TableGrowth:
    rows: dict[int, tuple[CellValue, ...]] = {}
    for review in book.review.rows:
        if review.item == place.item.key and review.number:
            offset = row_offset(book, place, review)
            rows[offset] = tuple(_value(book, column, review) for column in columns)
    depth = max(rows, default=-1) + 1
    return TableGrowth(
        table=place.name,
        columns=tuple(TableColumnPlan(column.header, column.style, column.formula) for column in columns),
        last_row=place.header_row + max(depth, 1),
        rows=tuple(rows.get(offset, ()) for offset in range(depth)),
    )


def _value(book: OfficeBook, column: _Column, review: RowReview) -> CellValue:
    values = book.scope.tables[review.item][review.number - 1]
    if column.computed is not None:
        return book.show(column.computed, values[column.key])
    match column.key:
        case "":
            return None
        case "row_id":
            return review.row_id
        case "compared":
            if review.screened is Screened.STALE:
                return _NEVER
            return review.compared if review.screened is Screened.SCREENED else None
        case "screened":
            choices = labels.choice_labels(office_choices("screened"), book.layout.language)
            return choices[review.screened.value]
        case "found":
            shown = column.book or book
            return found_text(shown, [hit for hit in shown.review.hits if hit.row_id == review.row_id])
        case _:
            return values[column.key]


def found_text(book: OfficeBook, hits: list[PlacedHit]) -> str:
    """Return what an answer row says of its hits: how many, and how the weightiest stands."""
    if not hits:
        return ""
    standing = min((hit.standing for hit in hits), key=_WEIGHT.index)
    return _found_words(book).format(count=len(hits), standing=_standings(book)[standing])


def _found_words(book: OfficeBook) -> str:
    ja, en = words()["growth.found_text"]
    return en if book.layout.language is labels.Language.EN else ja


def _standings(book: OfficeBook) -> Mapping[Standing, str]:
    choices = next(one.choices for one in book.rules.computed if (one.table, one.key) == ("hits", "standing"))
    english = book.layout.language is labels.Language.EN
    return {Standing(choice.key): choice.en if english else choice.ja for choice in choices}


def _if_filled(place: TablePlace, formula: str, otherwise: str = '""') -> str:
    asked = [column.header for column in place.columns if column.asked is not None]
    return f"IF({is_blank_row(this_row(place.name, asked[0], asked[-1]))},{otherwise},{formula})"


def _screened_formula(book: OfficeBook, place: TablePlace) -> str:
    language = book.layout.language
    states = labels.choice_labels(office_choices("screened"), language)
    shown = {key: quote_text(label) for key, label in states.items()}
    screened = [column for column in place.columns if column.asked is not None and column.asked.screen]
    cells = [f'IFERROR({this_row(place.name, column.header)},"")' for column in screened]
    if not cells:
        return ""
    joined = '&"|"&'.join(cells)
    empty = f'TRIM(SUBSTITUTE({"&".join(cells)},"　"," "))=""'
    compared = this_row(place.name, word("growth.compared", language))
    same = f"IF(EXACT({joined},{compared}),{shown['screened']},{shown['stale']})"
    known = f'IF({compared}="",{shown["not_screened"]},{same})'
    return _if_filled(place, f"IF({empty},{shown['not_needed']},{known})")


def _found_formula(book: OfficeBook, place: TablePlace) -> str:
    row_id = this_row(place.name, word("growth.row_id", book.layout.language))
    ids, stand = (book.body(HITS, key) for key in ("row_id", "standing"))
    choices = next(one.choices for one in book.rules.computed if (one.table, one.key) == ("hits", "standing"))
    full = {Standing(choice.key): choice_label(choice, book.language) for choice in choices}
    count = f'COUNTIFS({ids},"="&{row_id})'
    shown = quote_text("")
    for standing in reversed(_WEIGHT):
        word_of = quote_text(_standings(book)[standing])
        shown = f'IF(COUNTIFS({ids},"="&{row_id},{stand},{quote_text("=" + full[standing])})>0,{word_of},{shown})'
    text = quote_text(_found_words(book))
    text = text.replace("{count}", f'"&{count}&"').replace("{standing}", f'"&{shown}&"')
    return f'IF({row_id}="","",IF({count}=0,"",{text}))'


def _conditionals(book: OfficeBook, place: TablePlace, columns: list[_Column]) -> Iterator[ConditionalPlan]:
    spots = growth_columns(book, place, [column.header for column in columns])
    for column in columns:
        number = spots[column.header]
        area = str(Area(place.first_row, number, place.last_row, number))
        if column.computed is not None:
            known = [choice for choice in column.computed.choices if choice.key in STATE_STYLES]
            yield from mark_choices(area, known, book.layout.language)
        elif column.key == "screened":
            for choice in office_choices("screened"):
                if choice.key in _SCREENED_STYLES:
                    shown = choice_label(choice, book.layout.language)
                    yield mark_word(area, shown, _SCREENED_STYLES[choice.key])
        elif column.key == "found":
            first = area.partition(":")[0]
            for standing, style in _FOUND_STYLES.items():
                shown = quote_text(_standings(book)[standing])
                yield ConditionalPlan(area, f"ISNUMBER(SEARCH({shown},{first}))", style)
