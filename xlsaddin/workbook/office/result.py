"""The sheet 結果: one A4 page, decided in two minutes. State first, then what needs a person, then the grounds."""

from __future__ import annotations

from xlsaddin.workbook.areas import Area
from xlsaddin.workbook.labels import word
from xlsaddin.workbook.layout import MARGIN
from xlsaddin.workbook.marks import mark_states, mark_word
from xlsaddin.workbook.office import calculation
from xlsaddin.workbook.office.book import OfficeBook
from xlsaddin.workbook.office.contributions import LEVEL_STYLES
from xlsaddin.workbook.office.result_head import head, level_block, sentence
from xlsaddin.workbook.office.result_items import items_block
from xlsaddin.workbook.office.result_lists import lists_block, signatures
from xlsaddin.workbook.office.result_open import judge_block, measures_block, unknown_block
from xlsaddin.workbook.office.rows import LAST_COLUMN, Rows
from xlsaddin.workbook.places import Spot
from xlsaddin.workbook.plan import CellPlan, ConditionalPlan, NamePlan, PrintPlan, SheetPlan
from xlsaddin.workbook.respondent.frame import page_footer, page_header

_WIDTHS = (12.0, 12.0, 10.0, 15.0, 7.5, 7.5, 7.5, 17.0)
_STATE_STYLES = {"final": "is_good", "provisional": "is_open", "inconclusive": "is_check"}


def plan_result(book: OfficeBook) -> tuple[SheetPlan, list[NamePlan]]:
    """Return the sheet and the names of the result: r_level, r_state, r_score, r_checked_at, r_lists."""
    rows = Rows()
    names = head(book, rows)
    names |= level_block(book, rows)
    sentence(book, rows)
    judge_block(book, rows)
    states = items_block(book, rows)
    measures_block(book, rows)
    unknown_block(book, rows)
    names |= lists_block(book, rows)
    signatures(book, rows)
    bottom = rows.row - 1
    score = _score(book, rows)
    places = {**names, "r_score": score}
    plan = SheetPlan(
        key=book.layer.named("r_result"),
        name=book.sheet_name("result"),
        cells=tuple(rows.cells),
        conditionals=tuple(_conditionals(book, names, states)),
        widths=((1, MARGIN), *enumerate(_WIDTHS, start=2), (LAST_COLUMN + 2, 26.0), (LAST_COLUMN + 3, 9.0)),
        tab="#8C2A16",
        print=PrintPlan(
            area=str(Area(1, 1, bottom, LAST_COLUMN)),
            header=page_header(book.template),
            footer=page_footer(book.template),
            tall=1,
        ),
    )
    sheet = book.sheet_name("result")
    return plan, [NamePlan(book.layer.named(name), Spot(sheet, *spot).absolute) for name, spot in places.items()]


def _score(book: OfficeBook, rows: Rows) -> tuple[int, int]:
    """Put the number that orders work beside the page, where it is not printed; return its place."""
    row, column = 3, LAST_COLUMN + 2
    rows.cells.append(CellPlan(row, column, book.word("result.order"), style="quiet"))
    formula = calculation.result_spot("score", book.layer).absolute
    rows.cells.append(CellPlan(row, column + 1, book.review.assessment.score, formula, style="computed_number"))
    return row, column + 1


def _conditionals(
    book: OfficeBook, names: dict[str, tuple[int, int]], states: tuple[int, int, int]
) -> list[ConditionalPlan]:
    level = str(Area(*names["r_level"], *names["r_level"]))
    state = str(Area(*names["r_state"], *names["r_state"]))
    ja = book.language.__class__.JA
    found = [mark_word(level, word(f"level.{one.key}", ja), style) for one, style in LEVEL_STYLES.items()]
    found += [mark_word(state, word(f"result_state.{key}", ja), style) for key, style in _STATE_STYLES.items()]
    first, last, column = states
    area = str(Area(first, column, last, column))
    return [*found, *mark_states(area, book.layout.language, ("filled", "incomplete", "check", "empty", "not_asked"))]
