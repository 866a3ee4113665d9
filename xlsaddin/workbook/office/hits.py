"""The sheet 照合: a row a place and listed entry, explained; the tinted cells take the judgement, the rest follows."""

from __future__ import annotations

from collections.abc import Iterator

from xlsaddin.assessment.rules import Computed
from xlsaddin.assessment.scope import TableRow
from xlsaddin.review_model import PlacedHit
from xlsaddin.workbook import labels
from xlsaddin.workbook.areas import Area
from xlsaddin.workbook.labels import lines
from xlsaddin.workbook.marks import mark_word
from xlsaddin.workbook.office import explain
from xlsaddin.workbook.office.book import OfficeBook
from xlsaddin.workbook.office.columns import (
    HIT_CONCLUDED,
    HIT_JUDGED,
    HIT_SHOWN,
    HIT_TECHNICAL,
    HITS,
    column_header,
    office_choices,
)
from xlsaddin.workbook.office.hit_joins import join_formulas
from xlsaddin.workbook.office.hit_references import fact_columns
from xlsaddin.workbook.office.pages import HEADER_ROW, result_page
from xlsaddin.workbook.office.validations import judge_validations
from xlsaddin.workbook.plan import CellPlan, CellValue, ConditionalPlan, SheetPlan, TableColumnPlan, TablePlan

_WIDTHS = {
    "number": 5.5, "place": 14.0, "item_label": 14.0, "query": 20.0, "listed": 22.0, "list_label": 20.0,
    "country": 9.0, "period": 11.0, "declared_label": 9.0, "why": 34.0, "meaning": 30.0, "score": 8.0, "band": 9.0,
    "disposition": 12.0, "relation_judged": 13.0, "reason": 22.0, "reviewer": 11.0, "judged_on": 11.0,
    "approver": 11.0, "ruling": 15.0, "standing": 14.0, "sign": 18.0, "screened": 11.0,
}  # fmt: skip
_STYLES = {
    "number": "cell_center", "score": "cell_center", "band": "cell_center", "why": "cell_small",
    "meaning": "cell_small", "disposition": "input_choice", "relation_judged": "input_choice", "reason": "input",
    "reviewer": "input", "judged_on": "input_date", "approver": "input",
}  # fmt: skip
_MARKS = {
    "standing": {"pending": "is_open", "counted": "is_check", "dismissed": "is_out", "stale": "is_check"},
    "ruling": {"incomplete": "is_open", "separation": "is_check", "awaiting": "is_open", "same": "is_good",
               "not_same": "is_good"},
}  # fmt: skip


def plan_hits(book: OfficeBook) -> SheetPlan:
    """Return the sheet."""
    keys = hit_keys(book)
    computed = {one.key: one for one in book.rules.computed if one.table == "hits"}
    rows = list(zip(book.review.hits, book.scope.tables["hits"], strict=True))
    columns = tuple(_column(book, key, computed.get(key)) for key in keys)
    values = tuple(_values(book, keys, computed, placed, row) for placed, row in rows) or ((),)
    formulas = tuple(_formulas(book, keys, computed, placed) for placed, _ in rows) or (("",) * len(keys),)
    table = TablePlan(book.layer.named(HITS), HEADER_ROW, 2, columns, values, formulas)
    place = 2 + keys.index("place")
    links = tuple(
        CellPlan(HEADER_ROW + offset, place, explain.place(placed), style="cell_link", link=explain.place(placed))
        for offset, placed in enumerate(book.review.hits, start=1)
        if placed.location.sheet and placed.location.cell
    )
    intro = "note.hits_intro" if rows else "note.hits_none"
    shown = len(HIT_SHOWN) + len(HIT_JUDGED) + len(HIT_CONCLUDED)
    bottom = HEADER_ROW + len(values)
    return result_page(
        book,
        key="hits",
        title="result_sheet.hits",
        intro=lines(*labels.words()[intro], book.language),
        table=table,
        widths=tuple((number, _WIDTHS.get(key, 9.0)) for number, key in enumerate(keys, start=2)),
        cells=links,
        validations=judge_validations(book, HITS, keys, bottom),
        conditionals=tuple(_conditionals(book, keys, computed, bottom)),
        printed_columns=shown + 1,
        large=True,
        freeze_column=2 + keys.index("listed") + 1,
    )


def hit_keys(book: OfficeBook) -> list[str]:
    """Return the column keys of `r_hits` in order."""
    computed = [one.key for one in book.rules.computed if one.table == "hits"]
    rest = [*fact_columns(book.review.checklist), *computed]
    return list(dict.fromkeys([*HIT_SHOWN, *HIT_JUDGED, *HIT_CONCLUDED, *HIT_TECHNICAL, *rest]))


def _column(book: OfficeBook, key: str, computed: Computed | None) -> TableColumnPlan:
    style = _STYLES.get(key, "computed" if computed is not None else "cell")
    if key in HIT_TECHNICAL or (computed is not None and key not in HIT_CONCLUDED):
        style = "value"
    formula = _computed_formula(book, computed) if computed is not None else ""
    return TableColumnPlan(column_header(HITS, key, book.language), style, formula)


def _computed_formula(book: OfficeBook, computed: Computed) -> str:
    formula = book.compiled.formula(computed)
    filled = book.cell(HITS, "list")
    return f'IF({filled}="","",{formula})' if formula else ""


def _values(
    book: OfficeBook, keys: list[str], computed: dict[str, Computed], placed: PlacedHit, row: TableRow
) -> tuple[CellValue, ...]:
    shown = explain.hit_texts(book, placed, row)
    return tuple(
        book.show(computed[key], row[key]) if key in computed else shown.get(key, row.get(key)) for key in keys
    )


def _formulas(book: OfficeBook, keys: list[str], computed: dict[str, Computed], placed: PlacedHit) -> tuple[str, ...]:
    joins = join_formulas(book, placed)
    return tuple(_computed_formula(book, computed[key]) if key in computed else joins.get(key, "") for key in keys)


def _conditionals(
    book: OfficeBook, keys: list[str], computed: dict[str, Computed], bottom: int
) -> Iterator[ConditionalPlan]:
    for key, styles in _MARKS.items():
        column = 2 + keys.index(key)
        area = str(Area(HEADER_ROW + 1, column, bottom, column))
        for choice in computed[key].choices:
            if choice.key in styles:
                yield mark_word(area, labels.choice_label(choice, book.language), styles[choice.key])
    column = 2 + keys.index("band")
    match = next(choice for choice in office_choices("band") if choice.key == "match")
    area = str(Area(HEADER_ROW + 1, column, bottom, column))
    yield mark_word(area, labels.choice_label(match, book.language), "is_check")
