"""What is open, on the result page: matches to be judged, measures proposed, what is not known."""

from __future__ import annotations

from xlsaddin.review_model import PlacedHit, Standing
from xlsaddin.watchlist.model import ListUse
from xlsaddin.workbook.labels import choice_label, pair
from xlsaddin.workbook.office import calculation, explain
from xlsaddin.workbook.office.book import OfficeBook
from xlsaddin.workbook.office.columns import HITS, MEASURES
from xlsaddin.workbook.office.contributions import measure_word
from xlsaddin.workbook.office.measures import KEYS as MEASURE_KEYS
from xlsaddin.workbook.office.pages import HEADER_ROW
from xlsaddin.workbook.office.rows import FIRST_COLUMN, WIDE, Rows

_MOST_BODIES, _MOST_MEASURES = 5, 8
_ORDER = (Standing.PENDING, Standing.STALE, Standing.COUNTED, Standing.REFERENCE, Standing.DISMISSED)


def judge_block(book: OfficeBook, rows: Rows) -> None:
    """Put the listed bodies that need a judgement, one row each, with a link to the row that takes it."""
    rows.line(book.word("result.judge"), "small_heading")
    bodies = _bodies(book)
    if not bodies:
        rows.line(book.word("result.judge_none"), "fact")
        return
    heads = [(0, "result.body", 2), (2, "result.places", 1), (3, "hits.list_label", 1), (4, "hits.period", 2),
             (6, "hits.standing", 1), (7, "hits.disposition", 1)]  # fmt: skip
    for offset, key, across in heads:
        rows.put(FIRST_COLUMN + offset, book.word(key), "fact_name", across=across)
    rows.next()
    for number, hits in bodies[:_MOST_BODIES]:
        _body_row(book, rows, number, hits)
    if len(bodies) > _MOST_BODIES:
        rows.line(book.word("result.judge_more").format(count=len(bodies) - _MOST_BODIES), "fact")


def measures_block(book: OfficeBook, rows: Rows) -> None:
    """Put the measures proposed; the sheet 措置 takes what is decided on them."""
    rows.line(book.word("result.measures"), "small_heading")
    measures = book.review.assessment.measures
    named = {one.key: pair(one.label_ja, one.label_en, book.language) for one in book.rules.indicators}
    needed = [measure for measure in measures if measure.required][:_MOST_MEASURES]
    for measure in needed:
        row = HEADER_ROW + 1 + measures.index(measure)
        link = f"{book.sheet_name('measures')}!B{row}"
        rows.put(FIRST_COLUMN, measure_word(measure.kind, book.language), "fact_link", across=3, link=link)
        grounds = "、".join(named[key] for key in measure.indicators)
        rows.put(FIRST_COLUMN + 3, grounds, "fact", across=WIDE - 4)
        applies = book.body(MEASURES, MEASURE_KEYS[5])
        formula = f"INDEX({applies},{measures.index(measure) + 1})"
        rows.put(FIRST_COLUMN + WIDE - 1, book.word("measures.now"), "fact_center", formula)
        rows.next()
    if not needed:
        rows.line(book.word("measures.none"), "fact")


def unknown_block(book: OfficeBook, rows: Rows) -> None:
    """Put what keeps the result from being final, each with how many of it there are now."""
    rows.line(book.word("result.unknown"), "small_heading")
    counted = {str(row["reason"]): row["number"] for row in book.scope.tables["reasons"]}
    shown = [(index, rule) for index, rule in enumerate(book.rules.states) if counted[rule.key]]
    for index, rule in shown:
        rows.put(FIRST_COLUMN, pair(rule.ja, rule.en, book.language), "fact", across=WIDE - 1)
        number = counted[rule.key]
        value = number if isinstance(number, (int, float)) else 0
        rows.put(FIRST_COLUMN + WIDE - 1, value, "fact_center", calculation.reason_spot(index, book.layer).absolute)
        rows.next()
    for use in book.review.lists:
        if not use.usable:
            title, failure = (pair(*texts, book.language) for texts in _said(use))
            rows.line(f"{title}: {failure}", "fact")
    if not shown:
        rows.line(book.word("result.unknown_none"), "fact")


def _said(use: ListUse) -> tuple[tuple[str, str], tuple[str, str]]:
    return (use.title_ja, use.title_en), (use.failure_ja, use.failure_en)


def _bodies(book: OfficeBook) -> list[tuple[int, list[PlacedHit]]]:
    """Return the hits by body, those that wait for a judgement first, each with the number of one row."""
    grouped: dict[str, list[tuple[int, PlacedHit]]] = {}
    for number, placed in enumerate(book.review.hits, start=1):
        if placed.standing in (Standing.PENDING, Standing.STALE) or placed.ruling.value != "open":
            grouped.setdefault(placed.body, []).append((number, placed))
    ordered = sorted(grouped.values(), key=lambda rows: min(_ORDER.index(hit.standing) for _, hit in rows))
    return [_heaviest_first(book, rows) for rows in ordered]


def _heaviest_first(book: OfficeBook, rows: list[tuple[int, PlacedHit]]) -> tuple[int, list[PlacedHit]]:
    """Return the number of the row that weighs most, and the hits with that one first."""
    weights = {number: book.scope.tables["hits"][number - 1]["gives"] for number, _ in rows}
    ordered = sorted(rows, key=lambda row: -float(str(weights[row[0]] or 0)))
    return ordered[0][0], [hit for _, hit in ordered]


def _body_row(book: OfficeBook, rows: Rows, number: int, hits: list[PlacedHit]) -> None:
    first = hits[0]
    row = book.scope.tables["hits"][number - 1]
    texts = explain.hit_texts(book, first, row)
    rows.put(FIRST_COLUMN, texts["listed"], "fact", across=2)
    rows.put(FIRST_COLUMN + 2, f"{first.query}（{len(hits)}）", "fact")
    rows.put(FIRST_COLUMN + 3, texts["list_label"], "fact")
    rows.put(FIRST_COLUMN + 4, texts["period"], "fact_center", across=2)
    standing = next(one for one in book.rules.computed if (one.table, one.key) == ("hits", "standing"))
    shown = {choice.key: choice_label(choice, book.language) for choice in standing.choices}
    cell = f"INDEX({book.body(HITS, 'standing')},{number})"
    rows.put(FIRST_COLUMN + 6, shown[first.standing.value], "fact_center", cell)
    link = f"{book.sheet_name('hits')}!A{HEADER_ROW + number}"
    rows.put(FIRST_COLUMN + 7, book.word("result.judge_link"), "fact_link", link=link)
    rows.next()
