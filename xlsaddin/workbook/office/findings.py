"""The sheet 指摘: every finding with its place; differences carry the inquiry of the person and what it amounts to."""

from __future__ import annotations

from collections.abc import Iterator

from xlsaddin.assessment.rules import Computed
from xlsaddin.assessment.scope import TableRow
from xlsaddin.findings import Finding, Severity
from xlsaddin.review_model import Inquiry
from xlsaddin.workbook import labels
from xlsaddin.workbook.areas import Area
from xlsaddin.workbook.labels import lines, word
from xlsaddin.workbook.layout import FINDINGS_SHEET
from xlsaddin.workbook.marks import mark_word
from xlsaddin.workbook.office.book import OfficeBook
from xlsaddin.workbook.office.columns import (
    FINDING_JUDGED,
    FINDING_SHOWN,
    FINDING_TECHNICAL,
    FINDINGS,
    column_header,
    office_choices,
)
from xlsaddin.workbook.office.pages import HEADER_ROW, result_page
from xlsaddin.workbook.office.validations import judge_validations
from xlsaddin.workbook.plan import CellPlan, CellValue, ConditionalPlan, SheetPlan, TableColumnPlan, TablePlan

_WIDTHS = {
    "severity": 9.0, "item_label": 22.0, "place": 18.0, "message_ja": 46.0, "message_en": 46.0, "code": 13.0,
    "inquiry": 12.0, "reason": 22.0, "reviewer": 11.0, "decided_on": 11.0, "approver": 11.0, "ruling": 16.0,
}  # fmt: skip
_INPUTS = {"inquiry": "input_choice", "reason": "input", "reviewer": "input", "decided_on": "input_date",
           "approver": "input"}  # fmt: skip
_SEVERITY_STYLES = {Severity.ERROR: "is_check", Severity.WARNING: "is_open", Severity.NOTE: "is_out"}


def plan_findings(book: OfficeBook) -> SheetPlan:
    """Return the sheet."""
    computed = {one.key: one for one in book.rules.computed if one.table == "differences"}
    keys = [*FINDING_SHOWN, *FINDING_JUDGED, "ruling", *FINDING_TECHNICAL]
    keys += [key for key in computed if key not in keys]
    differences = iter(book.scope.tables["differences"])
    rows = [(finding, next(differences) if finding.difference else None) for finding in book.review.findings]
    columns = tuple(_column(book, key, computed) for key in keys)
    values = tuple(_values(book, keys, computed, finding, row) for finding, row in rows) or ((),)
    formulas = tuple(_formulas(book, keys, computed, row) for _, row in rows) or (("",) * len(keys),)
    table = TablePlan(book.layer.named(FINDINGS), HEADER_ROW, 2, columns, values, formulas)
    bottom = HEADER_ROW + len(values)
    intro = "note.findings_intro" if rows else "note.findings_none"
    return result_page(
        book,
        key="findings",
        title="findings.title",
        intro=lines(*labels.words()[intro], book.language),
        table=table,
        widths=tuple((number, _WIDTHS.get(key, 9.0)) for number, key in enumerate(keys, start=2)),
        cells=tuple(_links(rows, keys)),
        validations=judge_validations(book, FINDINGS, keys, bottom),
        conditionals=tuple(_conditionals(book, bottom)),
        printed_columns=2 + keys.index("ruling"),
        name=book.layer.sheet(FINDINGS_SHEET),
    )


def place_of(finding: Finding) -> str:
    """Return where a finding stands, `sheet!cell`, or the sheet, or nothing."""
    location = finding.location
    return f"{location.sheet}!{location.cell}" if location.sheet and location.cell else location.sheet


def _column(book: OfficeBook, key: str, computed: dict[str, Computed]) -> TableColumnPlan:
    style = _INPUTS.get(key, "cell")
    if key in computed:
        style = "computed" if key == "ruling" else "value"
    if key in FINDING_TECHNICAL:
        style = "value"
    return TableColumnPlan(column_header(FINDINGS, key, book.language), style)


def _values(
    book: OfficeBook, keys: list[str], computed: dict[str, Computed], finding: Finding, row: TableRow | None
) -> tuple[CellValue, ...]:
    language = book.language
    item = next((one for one in book.review.checklist.items if one.key == finding.location.item), None)
    shown: dict[str, CellValue] = {
        "severity": word(f"severity.{finding.severity.value}", language),
        "item_label": labels.title(item, language) if item is not None else "",
        "place": place_of(finding),
        "message_ja": finding.message_ja,
        "message_en": finding.message_en,
        "code": finding.code,
    }
    if row is not None:
        inquiry = book.review.inquiries.get(finding.location, Inquiry())
        chosen = labels.choice_labels(office_choices("inquiry"), language)
        shown |= {
            "inquiry": chosen.get(inquiry.status, inquiry.status),
            "reason": inquiry.reason or None,
            "reviewer": inquiry.reviewer or None,
            "decided_on": inquiry.decided_on,
            "approver": inquiry.approver or None,
            "item": row["item"],
            "difference": "1",
            "body": row["body"],
        }
        shown |= {key: book.show(one, row[key]) for key, one in computed.items()}
    return tuple(shown.get(key) for key in keys)


def _formulas(
    book: OfficeBook, keys: list[str], computed: dict[str, Computed], row: TableRow | None
) -> tuple[str, ...]:
    if row is None:
        return ("",) * len(keys)
    return tuple(book.compiled.formula(computed[key]) if key in computed else "" for key in keys)


def _links(rows: list[tuple[Finding, TableRow | None]], keys: list[str]) -> Iterator[CellPlan]:
    column = 2 + keys.index("place")
    for offset, (finding, _) in enumerate(rows, start=1):
        if finding.location.sheet:
            place = place_of(finding)
            link = place if finding.location.cell else f"{place}!A1"
            yield CellPlan(HEADER_ROW + offset, column, place, style="cell_link", link=link)


def _conditionals(book: OfficeBook, bottom: int) -> Iterator[ConditionalPlan]:
    area = str(Area(HEADER_ROW + 1, 2, bottom, 2))
    for severity, style in _SEVERITY_STYLES.items():
        yield mark_word(area, word(f"severity.{severity.value}", book.language), style)
