"""One office workbook open in a spreadsheet engine, and Python's review of the same cells, changed step by step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from tests.assessment.listed import AS_OF, FewListed
from tests.workbook_build.random_cells import ERROR, random_content, random_judgement, registered
from xlsaddin.assessment.assess import assess
from xlsaddin.assessment.model import Assessment
from xlsaddin.assessment.scope import EvaluationScope
from xlsaddin.checklist.loading import load_checklist
from xlsaddin.checklist.model import Checklist, Column, Item, Kind, Type
from xlsaddin.checklist.raw import RawAnswers, RawCell, RawRow, RawTable
from xlsaddin.checklist.values import read_answers
from xlsaddin.checklist.words import find_choice
from xlsaddin.findings import Location
from xlsaddin.libreoffice.document import Document
from xlsaddin.parameters import Parameters
from xlsaddin.review import reassess_review, review_answers
from xlsaddin.review_model import Inquiry, Review
from xlsaddin.screening.model import Disposition, Judgement
from xlsaddin.workbook.areas import cell_name
from xlsaddin.workbook.build import build_book
from xlsaddin.workbook.changes import plan_changes
from xlsaddin.workbook.labels import Language, choice_label
from xlsaddin.workbook.layout import FINDINGS_SHEET
from xlsaddin.workbook.office.book import OfficeBook, open_office_book
from xlsaddin.workbook.office.columns import (
    FINDING_JUDGED,
    FINDING_SHOWN,
    HIT_JUDGED,
    HIT_SHOWN,
    office_choices,
)
from xlsaddin.workbook.office.pages import HEADER_ROW
from xlsaddin.workbook.office.scope import review_scope
from xlsaddin.workbook.patch.apply import patch_content
from xlsaddin.workbook.read.book import read_workbook
from xlsaddin.workbook.respondent import plan_respondent, plan_template
from xlsaddin.workbook.respondent.lists import answered_cells

NOW = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
ROWS = 6


@dataclass
class Case:
    """A workbook and what is typed in it: by item key for single items, by key, row and column for tables.

    Of a Co-PI's declaration, `other` is the result of the other institution on the same answers, judged apart.
    """

    checklist: Checklist
    review: Review
    book: OfficeBook
    path: Path
    singles: dict[str, object]
    tables: dict[str, dict[str, Any]]
    judged: list[dict[str, object]]
    asked: dict[int, dict[str, object]]
    unread: set[object]  # texts no cell had when the workbook was checked, so that it knows no reading of them
    fixed: frozenset[str] = frozenset()  # single items that stay as they are
    other: Case | None = None

    def cells(self) -> Iterator[tuple[str, str, Any]]:
        """Yield every cell that can be typed into: its address, its kind, and where it is kept."""
        for item in self.checklist.items:
            if item.unread:
                continue
            if item.key in self.fixed:
                continue
            if item.kind is Kind.SINGLE:
                yield f"a_{item.key}", "single", item
                continue
            yield f"a_{item.key}", "status", item
            yield f"a_{item.key}_reason", "reason", item
            place = self.book.layout.table(item.key)
            for index in range(ROWS):
                for column in item.columns[1:]:  # the first stays, so that no row becomes empty
                    address = cell_name(place.first_row + index, place.column(column.key).column)
                    yield f"{place.sheet}!{address}", "cell", (item, index, column)
        yield from self.judging()
        if self.other is not None:
            yield from self.other.judging()

    def judging(self) -> Iterator[tuple[str, str, Any]]:
        """Yield the cells that officers of the institution type into."""
        hits, findings = self.book.sheet_name("hits"), self.book.layer.sheet(FINDINGS_SHEET)
        for index in range(len(self.judged)):
            for offset, key in enumerate(HIT_JUDGED):
                place = cell_name(HEADER_ROW + 1 + index, 2 + len(HIT_SHOWN) + offset)
                yield f"{hits}!{place}", "judge", (self.judged, index, key)
        for row in self.asked:
            for offset, key in enumerate(FINDING_JUDGED):
                place = cell_name(HEADER_ROW + 1 + row, 2 + len(FINDING_SHOWN) + offset)
                yield f"{findings}!{place}", "ask", (self.asked, row, key)


def change(case: Case, random: Random, cells: list[tuple[str, str, Any]], document: Document) -> None:
    """Type something else into some cells of the workbook, and keep it for Python."""
    for address, kind, what in random.sample(cells, min(len(cells), 30)):
        content = _retype(case, random, kind, what)
        while content in case.unread:
            content = _retype(case, random, kind, what)
        if content == ERROR:
            document.set_formula(address, "=NA()")
        else:
            document.set_cells({address: content})


def _retype(case: Case, random: Random, kind: str, what: Any) -> object:
    checklist = case.checklist
    match kind:
        case "single":
            content = random_content(random, what, checklist.choices_of(what))
            if what.type is Type.MONEY and isinstance(content, str) and content != ERROR:
                content = case.singles[what.key]  # a text read beside a currency has no reading by itself
            case.singles[what.key] = content
        case "status":
            labels = [choice_label(choice, Language.BOTH) for choice in checklist.choices["status"]]
            content = random.choice([None, *labels, "あり", "None"])
            case.tables[what.key]["status"] = content
        case "reason":
            content = random.choice([None, "海外の記録が取れない", "  "])
            case.tables[what.key]["reason"] = content
        case "cell":
            item, index, column = what
            row = case.tables[item.key]["rows"][index]
            content = random_content(random, column, checklist.choices_of(column))
            if _pairs_anew(item, column, row, content):
                content = row[column.key]
            row[column.key] = content
        case "judge":
            judged, index, key = what
            name = {"disposition": "disposition", "relation_judged": "relation"}.get(key, "")
            labels = [choice_label(one, Language.JA) for one in office_choices(name)] if name else []
            content = random_judgement(random, key, labels)
            judged[index][key] = content
        case _:
            asked, row, key = what
            labels = [choice_label(one, Language.JA) for one in office_choices("inquiry")] if key == "inquiry" else []
            content = random_judgement(random, key, labels)
            asked[row][key] = content
    return content


def _pairs_anew(item: Item, column: Column, row: dict[str, object], content: object) -> bool:
    """Return whether an amount as text would stand beside a currency it was not read with when the book was checked."""
    amounts = [other.key for other in item.columns if other.type is Type.MONEY]
    if not amounts or not any(other.type is Type.CURRENCY for other in item.columns):
        return False
    if column.type is Type.MONEY:
        return isinstance(content, str) and content != ERROR
    return column.type is Type.CURRENCY and any(isinstance(row[key], str) for key in amounts)


def expected(case: Case) -> tuple[EvaluationScope, Assessment]:
    """Return what Python makes of the cells as they are now; hits and differences are those of the check."""
    answers = read_answers(case.checklist, raw(case))
    again = reassess_review(case.review, parameters=Parameters(AS_OF), reviewed_at=NOW, answers=answers)
    again = again if case.book.layer.own or again.other is None else again.other
    hits = tuple(
        replace(placed, judgement=_judgement(typed), declared=before.declared)
        for placed, before, typed in zip(again.hits, case.review.hits, case.judged, strict=True)
    )
    inquiries: dict[Location, Inquiry] = {}
    for row, typed in case.asked.items():
        inquiries[case.review.findings[row].location] = _inquiry(typed)
    review = replace(again, hits=hits, findings=case.review.findings, inquiries=inquiries,
                     lookback_start=case.review.lookback_start)  # fmt: skip
    scope = review_scope(review, case.book.rules)
    return scope, assess(case.book.rules, scope, lambda _item: ())


def _judgement(typed: dict[str, object]) -> Judgement:
    chosen = find_choice(str(typed.get("disposition") or ""), office_choices("disposition"))
    return Judgement(
        disposition=Disposition(chosen.key) if chosen else Disposition.PENDING,
        reason=str(typed.get("reason") or ""),
        reviewer=str(typed.get("reviewer") or ""),
        judged_on=typed.get("judged_on"),  # type: ignore[arg-type]
        approver=str(typed.get("approver") or ""),
    )


def _inquiry(typed: dict[str, object]) -> Inquiry:
    chosen = find_choice(str(typed.get("inquiry") or ""), office_choices("inquiry"))
    return Inquiry(
        status=chosen.key if chosen else "",
        reason=str(typed.get("reason") or ""),
        reviewer=str(typed.get("reviewer") or ""),
        decided_on=typed.get("decided_on"),  # type: ignore[arg-type]
        approver=str(typed.get("approver") or ""),
    )


def raw(case: Case, *, with_ids: bool = True) -> RawAnswers:
    """Return the contents as a reader would find them."""
    singles = {key: _raw_cell(content) for key, content in case.singles.items()}
    tables = {}
    for key, table in case.tables.items():
        rows = [
            RawRow(
                {column: _raw_cell(content) for column, content in row.items()},
                f"{key}-{index + 1}" if with_ids else "",
            )
            for index, row in enumerate(table["rows"])
        ]
        tables[key] = RawTable(_raw_cell(table["status"]), _raw_cell(table["reason"]), rows)
    return RawAnswers(case.checklist.key, singles, tables, case.checklist.version)


def _raw_cell(content: object) -> RawCell:
    return RawCell(ERROR, error=True) if content == ERROR else RawCell(content)


def make_case(
    key: str, random: Random, folder: Path, language: Language = Language.BOTH, fixed: Mapping[str, str] | None = None
) -> Case:
    """Return a workbook of a checklist with every text registered somewhere, checked and patched.

    Args:
        fixed: single items that hold this and are never changed.
    """
    checklist = load_checklist(key)
    singles, tables = _filled(checklist, random)
    singles |= fixed or {}
    given = Case(checklist, None, None, folder / f"{key}.xlsx", singles, tables, [], {}, set())  # type: ignore[arg-type]
    answers = read_answers(checklist, raw(given, with_ids=False))
    template = plan_template(key, "default", language, answers, as_of=AS_OF)
    given.path.write_bytes(build_book(plan_respondent(template)))
    found = read_workbook(given.path)
    review = review_answers(
        read_answers(found.checklist, found.answers),
        checklist=found.checklist,
        profile="default",
        parameters=Parameters(AS_OF),
        screener=FewListed(),
        reviewed_at=NOW,
    )
    checked = folder / f"{key}.reviewed.xlsx"
    checked.write_bytes(patch_content(given.path, plan_changes(review, found.meta, found.tables)))
    cases = [
        Case(
            checklist,
            layer,
            open_office_book(layer, found.meta, found.tables, own=layer is review),
            checked,
            singles,
            tables,
            [{} for _ in layer.hits],
            {row: {"inquiry": "照会中"} for row, finding in enumerate(layer.findings) if finding.difference},
            set(_unread(review)),
            frozenset(fixed or ()),
        )
        for layer in review.layers
    ]
    return replace(cases[0], other=cases[1] if review.other else None)


def _unread(review: Review) -> Iterator[object]:
    """Yield the texts that no cell had when the workbook was checked (a prefilled date became a date of Excel)."""
    seen = {(asked.type, cell.raw) for asked, cell in answered_cells(review.checklist, review.answers)}
    dated = {raw for kind, raw in seen if kind in (Type.DATE, Type.MONTH)}
    for kind in Type:
        known = dated if kind in (Type.DATE, Type.MONTH) else {raw for other, raw in seen if other is kind}
        yield from (text for text in registered(kind) if text not in known)


def _filled(checklist: Checklist, random: Random) -> tuple[dict[str, object], dict[str, dict[str, Any]]]:
    singles: dict[str, object] = {}
    tables: dict[str, dict[str, Any]] = {}
    texts: dict[Type, list[object]] = {kind: list(registered(kind)) for kind in Type}
    texts[Type.MONTH] = texts[Type.DATE]  # a date text is read the same way in both
    for item in checklist.items:
        if item.kind is Kind.SINGLE:
            singles[item.key] = _first(random, item, checklist, texts)
        else:
            rows = [
                {column.key: _first(random, column, checklist, texts) for column in item.columns} for _ in range(ROWS)
            ]
            for row in rows:
                first = item.columns[0]
                row[first.key] = row[first.key] or _sound(random, first, checklist)
            tables[item.key] = {"status": "あり", "reason": None, "rows": rows}
    return singles, tables


def _first(random: Random, asked: Item | Column, checklist: Checklist, texts: dict[Type, list[object]]) -> object:
    """Return the next text that has to be registered, else something random."""
    if texts[asked.type]:
        return texts[asked.type].pop()
    content = random_content(random, asked, checklist.choices_of(asked))
    return None if content == ERROR else content


def _sound(random: Random, asked: Column, checklist: Checklist) -> object:
    while True:
        content = random_content(random, asked, checklist.choices_of(asked))
        if content is not None and content != ERROR:
            return content
