"""The sheet 措置: measures proposed, why, whether they still apply, and what the institution decides on them."""

from __future__ import annotations

from xlsaddin.assessment.model import Measure
from xlsaddin.workbook.labels import lines, pair, words
from xlsaddin.workbook.office.book import OfficeBook
from xlsaddin.workbook.office.columns import CONTRIBUTIONS, MEASURES, column_header
from xlsaddin.workbook.office.contributions import measure_word
from xlsaddin.workbook.office.pages import HEADER_ROW, result_page
from xlsaddin.workbook.office.validations import judge_validations
from xlsaddin.workbook.plan import CellValue, SheetPlan, TableColumnPlan, TablePlan
from xlsaddin.workbook.references import quote_text

KEYS = ("kind", "text", "need", "grounds", "reference", "applies", "adopted", "owner", "due", "evidence")
_WIDTHS = (26.0, 44.0, 12.0, 34.0, 14.0, 12.0, 12.0, 16.0, 12.0, 22.0)
_STYLES = {"applies": "computed", "adopted": "input_choice", "owner": "input", "due": "input_date",
           "evidence": "input"}  # fmt: skip


def plan_measures(book: OfficeBook) -> SheetPlan:
    """Return the sheet."""
    measures = book.review.assessment.measures
    columns = tuple(
        TableColumnPlan(column_header(MEASURES, key, book.language), _STYLES.get(key, "cell")) for key in KEYS
    )
    rows = tuple(_values(book, measure) for measure in measures) or ((),)
    formulas = tuple(_formulas(book, measure) for measure in measures) or (("",) * len(KEYS),)
    table = TablePlan(book.layer.named(MEASURES), HEADER_ROW, 2, columns, rows, formulas)
    intro = lines(*words()["note.measures_intro" if measures else "measures.none"], book.language)
    return result_page(
        book,
        key="measures",
        title="result_sheet.measures",
        intro=intro,
        table=table,
        widths=tuple(enumerate(_WIDTHS, start=2)),
        validations=judge_validations(book, MEASURES, KEYS, HEADER_ROW + len(rows)),
    )


def _values(book: OfficeBook, measure: Measure) -> tuple[CellValue, ...]:
    named = {one.key: pair(one.label_ja, one.label_en, book.language) for one in book.rules.indicators}
    return (
        measure_word(measure.kind, book.language),
        "\n".join(lines(measure.text_ja, measure.text_en, book.language)),
        book.word("measures.needed" if measure.required else "measures.offered"),
        "\n".join(named[key] for key in measure.indicators),
        measure.reference,
        book.word("measures.now"),
    )


def _formulas(book: OfficeBook, measure: Measure) -> tuple[str, ...]:
    indicator = book.body(CONTRIBUTIONS, "indicator")
    hits = book.body(CONTRIBUTIONS, "hits")
    counts = [f'COUNTIFS({indicator},{quote_text("=" + key)},{hits},">"&0)' for key in measure.indicators]
    now, not_now = (quote_text(book.word(f"measures.{key}")) for key in ("now", "not_now"))
    applies = f"IF({'+'.join(counts)}>0,{now},{not_now})" if counts else ""
    return tuple(applies if key == "applies" else "" for key in KEYS)
