"""Puts a template together: all sheets and names of the respondent edition, and the package built from them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from xlsaddin.checklist.answers import Answers
from xlsaddin.checklist.institutions import INSTITUTION
from xlsaddin.workbook.build import build_book
from xlsaddin.workbook.contexts import AS_OF, LEAD, LOOKBACK_START
from xlsaddin.workbook.guards import lookup_choice
from xlsaddin.workbook.labels import Language, word, word_lines
from xlsaddin.workbook.layout import CHOICES_SHEET, FINDINGS_SHEET, ITEMS_SHEET, START_SHEET
from xlsaddin.workbook.meta import META_SHEET, BookMeta, meta_rows
from xlsaddin.workbook.places import Spot
from xlsaddin.workbook.plan import (
    BookPlan,
    CellPlan,
    CellValue,
    NamePlan,
    PrintPlan,
    SheetPlan,
    TableColumnPlan,
    TablePlan,
)
from xlsaddin.workbook.respondent.edition import Template, plan_template
from xlsaddin.workbook.respondent.form import plan_form
from xlsaddin.workbook.respondent.frame import page_footer, page_header
from xlsaddin.workbook.respondent.lists import plan_lists
from xlsaddin.workbook.respondent.start import plan_start
from xlsaddin.workbook.respondent.summary import plan_summary, with_summary
from xlsaddin.workbook.respondent.table import plan_table_sheet

RESULT_NAMES = ("r_level", "r_state", "r_score", "r_checked_at", "r_lists")
"""Defined names of the result; in a respondent edition the cells they name are empty."""

FINDING_COLUMNS = ("severity", "item", "place", "message_ja", "message_en", "code")

_VALUES_COLUMN = 4


def build_template(
    kind: str,
    profile: str = "default",
    language: Language = Language.BOTH,
    prefill: Answers | None = None,
    *,
    as_of: date,
    subject_id: str = "",
    case_id: str = "",
) -> bytes:
    """Return the package of a respondent edition; the same arguments give the same bytes.

    Args:
        kind: key of the checklist. profile: name of the funder profile. prefill: answers filled in beforehand.
        as_of: the look-back is reckoned from its fiscal year where the answers name no year.
        subject_id, case_id: ids the office gives.
    """
    template = plan_template(kind, profile, language, prefill, as_of=as_of, subject_id=subject_id, case_id=case_id)
    return build_book(plan_respondent(template))


def plan_respondent(template: Template) -> BookPlan:
    """Return the plan of a respondent edition."""
    template = replace(template, context=with_summary(template.context))
    sheets: list[SheetPlan] = [plan_start(template)]
    names: list[NamePlan] = []
    for place in template.layout.sheets:
        sheet, own = (plan_table_sheet if place.table else plan_form)(template, place)
        sheets.append(sheet)
        names += own
    sheets.append(_findings(template))
    lists, list_names = plan_lists(template)
    meta, meta_names = _meta(template)
    sheets += [plan_summary(template), lists, meta]
    checklist = template.layout.checklist
    title = checklist.title_en if template.language is Language.EN else checklist.title_ja
    return BookPlan(tuple(sheets), (*names, *list_names, *meta_names), title)


def template_meta(template: Template) -> BookMeta:
    """Return what `_meta` says of a respondent edition."""
    checklist = template.layout.checklist
    sheets = {"start": START_SHEET} | {place.section.key: place.section.sheet for place in template.layout.sheets}
    sheets |= {"findings": FINDINGS_SHEET, "items": ITEMS_SHEET, "choices": CHOICES_SHEET}
    return BookMeta(
        checklist=checklist.key,
        version=checklist.version,
        profile=template.profile,
        language=template.language.value,
        case_id=template.case_id,
        subject_id=template.subject_id,
        lookback_start=template.lookback_start,
        sheets=sheets,
    )


def _meta(template: Template) -> tuple[SheetPlan, list[NamePlan]]:
    cells = [
        CellPlan(row, column, text, style="meta")
        for row, pair in enumerate(meta_rows(template_meta(template)), start=1)
        for column, text in enumerate(pair, start=1)
    ]
    values: list[tuple[str, CellValue, str]] = [
        (AS_OF, *_as_of(template)),
        (LOOKBACK_START, template.lookback_start, ""),
        (LEAD, *lead_formula(template)),
        *((name, None, "") for name in RESULT_NAMES),
    ]
    names = []
    for row, (name, value, formula) in enumerate(values, start=1):
        spot = Spot(META_SHEET, row, _VALUES_COLUMN + 1)
        style = "meta_date" if isinstance(value, date) else "meta"
        cells += [CellPlan(row, _VALUES_COLUMN, name, style="meta")]
        cells += [CellPlan(row, spot.column, value, formula, style=style)]
        names.append(NamePlan(name, spot.absolute))
    widths = ((1, 20.0), (2, 28.0), (_VALUES_COLUMN, 20.0), (_VALUES_COLUMN + 1, 14.0))
    return SheetPlan("meta", META_SHEET, tuple(cells), widths=widths, hidden=True), names


def _as_of(template: Template) -> tuple[CellValue, str]:
    """Return the day a template looks from: the day of the statement where it is a date, else the first of April."""
    first = template.lookback_start.replace(year=template.as_of.year, day=1)
    if not any(item.key == "stated_on" for item in template.layout.checklist.items):
        return first, ""
    stated = template.scope.value("stated_on")
    serial = (first - date(1899, 12, 30)).days
    return stated if isinstance(stated, date) else first, f"IF(N(a_stated_on)>=7306,a_stated_on,{serial})"


def lead_formula(template: Template) -> tuple[CellValue, str]:
    """Return value and formula of the role of the institution: 1 lead, 0 joint."""
    if not any(item.key == INSTITUTION for item in template.layout.checklist.items):
        return 1, ""
    stated = lookup_choice(f"a_{INSTITUTION}", f"v_{INSTITUTION}")
    unstated = "1"
    if any(item.key == "role" for item in template.layout.checklist.items):
        unstated = f'IF({lookup_choice("a_role", "v_person_role")}="co_pi",0,1)'
    return template.scope.value("lead"), f'IF({stated}="joint",0,IF({stated}="lead",1,{unstated}))'


def _findings(template: Template) -> SheetPlan:
    """Return the sheet of form findings, empty and hidden until a check of the form writes it."""
    language = template.language
    columns = tuple(TableColumnPlan(word(f"findings.{key}", language), "cell") for key in FINDING_COLUMNS)
    widths = ((1, 1.6), (2, 12.0), (3, 26.0), (4, 22.0), (5, 50.0), (6, 50.0), (7, 16.0))
    cells = [CellPlan(1, 2, word("findings.title", language), style="title")]
    cells += [
        CellPlan(row, 2, text, style="hint") for row, text in enumerate(word_lines("findings.intro", language), start=2)
    ]
    return SheetPlan(
        key="findings",
        name=FINDINGS_SHEET,
        cells=tuple(cells),
        tables=(TablePlan("r_findings", 5, 2, columns, ((),)),),
        widths=widths,
        freeze=(6, 1),
        hidden=True,
        print=PrintPlan(landscape=True, title_rows=(5, 5), header=page_header(template), footer=page_footer(template)),
    )
