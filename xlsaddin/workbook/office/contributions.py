"""The sheet 根拠: a row an indicator with its own small count; the level is the highest of this table."""

from __future__ import annotations

from collections.abc import Iterator

from xlsaddin.assessment.model import Contribution, Level, MeasureKind
from xlsaddin.assessment.rules import Indicator
from xlsaddin.workbook.areas import Area, cell_name
from xlsaddin.workbook.labels import Language, lines, pair, word, words
from xlsaddin.workbook.marks import mark_word
from xlsaddin.workbook.office.book import OfficeBook
from xlsaddin.workbook.office.columns import CONTRIBUTIONS, column_header
from xlsaddin.workbook.office.pages import HEADER_ROW, result_page
from xlsaddin.workbook.plan import CellValue, ConditionalPlan, SheetPlan, TableColumnPlan, TablePlan
from xlsaddin.workbook.references import quote_text

KEYS = (
    "label", "level_label", "hits", "pending", "reason", "places", "measures", "reference", "origin", "indicator",
    "level",
)  # fmt: skip
LEVEL_STYLES = {
    Level.LOW: "is_good", Level.MODERATE: "is_open", Level.HIGH: "is_check", Level.CRITICAL: "is_grave",
}  # fmt: skip
_WIDTHS = (30.0, 12.0, 8.0, 10.0, 44.0, 22.0, 40.0, 18.0, 12.0, 14.0, 8.0)
_STYLES = {"hits": "computed_number", "pending": "computed_number", "reason": "computed", "level_label": "state_wide",
           "indicator": "value", "level": "value"}  # fmt: skip


def plan_contributions(book: OfficeBook) -> SheetPlan:
    """Return the sheet."""
    pairs = list(zip(book.rules.indicators, book.review.assessment.contributions, strict=True))
    pending = {str(row["indicator"]): row["pending"] for row in book.scope.tables["contributions"]}
    rows = tuple(_values(book, indicator, made, pending[indicator.key]) for indicator, made in pairs)
    formulas = tuple(_formulas(book, indicator) for indicator in book.rules.indicators)
    columns = tuple(
        TableColumnPlan(column_header(CONTRIBUTIONS, key, book.language), _STYLES.get(key, "cell")) for key in KEYS
    )
    table = TablePlan(book.layer.named(CONTRIBUTIONS), HEADER_ROW, 2, columns, rows, formulas)
    intro = [*lines(*words()["note.grounds_intro"], book.language), book.word("note.house_numbers")]
    return result_page(
        book,
        key="contributions",
        title="result_sheet.contributions",
        intro=intro,
        table=table,
        widths=tuple(enumerate(_WIDTHS, start=2)),
        conditionals=tuple(_conditionals(book, HEADER_ROW + len(rows))),
        printed_columns=2 + KEYS.index("origin"),
    )


def level_word(level: Level, language: Language) -> str:
    """Return the word of a level."""
    return word(f"level.{level.key}", language)


def _cell(book: OfficeBook, key: str) -> str:
    return book.cell(CONTRIBUTIONS, key)


def _values(book: OfficeBook, indicator: Indicator, made: Contribution, pending: object) -> tuple[CellValue, ...]:
    language = book.language
    shown: dict[str, CellValue] = {
        "label": pair(made.label_ja, made.label_en, language),
        "level_label": level_word(made.level, language) if made.count and not indicator.raises else _raised(book, made),
        "hits": made.count,
        "pending": pending if isinstance(pending, int) else 0,
        "reason": "\n".join(lines(made.reason_ja, made.reason_en, language)) if made.count else "",
        "places": "\n".join(made.cells),
        "measures": "\n".join(measure_word(kind, language) for kind in indicator.measures),
        "reference": made.reference,
        "origin": book.word(f"origin.{made.origin}"),
        "indicator": made.indicator,
        "level": int(made.level) if made.count and not indicator.raises else 0,
    }
    return tuple(shown[key] for key in KEYS)


def _raised(book: OfficeBook, made: Contribution) -> str:
    return book.word("grounds_level.raises") if made.count else "—"


def _formulas(book: OfficeBook, indicator: Indicator) -> tuple[str, ...]:
    counted = book.compiled.book_formula(indicator.count)
    hits = _cell(book, "hits")
    if not counted:
        return ("",) * len(KEYS)
    shown = book.word("grounds_level.raises") if indicator.raises else level_word(indicator.level, book.language)
    level = 0 if indicator.raises else int(indicator.level)
    found = {
        "hits": counted,
        "pending": book.compiled.book_formula(indicator.pending),
        "level": f"IF({hits}>0,{level},0)",
        "level_label": f'IF({hits}>0,{quote_text(shown)},"—")',
        "reason": f'IF({hits}>0,{_reason(book, indicator, hits)},"")',
    }
    return tuple(found.get(key, "") for key in KEYS)


def _reason(book: OfficeBook, indicator: Indicator, count: str) -> str:
    """Return the sentence as a formula with the count in it."""
    sentences = []
    for text in lines(indicator.reason_ja, indicator.reason_en, book.language):
        parts = text.split("{count}")
        sentences.append(f"&{count}&".join(quote_text(part) for part in parts))
    return "&CHAR(10)&".join(sentences)


def measure_word(kind: MeasureKind, language: Language) -> str:
    """Return the words of a kind of measure."""
    return word(f"measure_kind.{kind.value}", language)


def _conditionals(book: OfficeBook, bottom: int) -> Iterator[ConditionalPlan]:
    column = 2 + KEYS.index("level_label")
    area = str(Area(HEADER_ROW + 1, column, bottom, column))
    for level, style in LEVEL_STYLES.items():
        yield mark_word(area, level_word(level, book.language), style)
    hits = cell_name(HEADER_ROW + 1, 2 + KEYS.index("hits"))
    yield ConditionalPlan(str(Area(HEADER_ROW + 1, 2, bottom, 1 + len(KEYS))), f"${hits}=0", "is_dim")
