"""One prefilled workbook of one subject, as bytes: the same facts give the same bytes and the same copy id."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from xlsaddin.checklist.loading import load_checklist
from xlsaddin.exchange.outbox.profiles import widest_profile
from xlsaddin.exchange.prefill.filling import Known, Prefill, prefill_answers
from xlsaddin.exchange.roster.model import Subject
from xlsaddin.exchange.routing.desks import load_route
from xlsaddin.exchange.routing.sheet import plan_stages
from xlsaddin.parameters import Parameters
from xlsaddin.workbook.build import build_book
from xlsaddin.workbook.labels import Language
from xlsaddin.workbook.meta import META_SHEET, meta_rows
from xlsaddin.workbook.plan import BookPlan, CellPlan, SheetPlan
from xlsaddin.workbook.respondent.edition import Template, plan_template
from xlsaddin.workbook.respondent.template import plan_respondent, template_meta

__all__ = ["Issue", "build_issue", "plan_issue", "with_copy_id"]


@dataclass(frozen=True, slots=True)
class Issue:
    """A copy to be handed out, before it is built.

    Attributes:
        subject: for whom. template: of its form. notes: for the state cells of tables filled in from elsewhere.
        copy_id: names exactly this content; another round has another.
    """

    subject: Subject
    template: Template
    notes: Mapping[str, str]
    copy_id: str


def plan_issue(subject: Subject, form: str, as_of: date, known: Known) -> Issue:
    """Return the copy of a form for a subject.

    Args:
        subject: of the roster. form: key of the checklist. as_of: the day. known: what may be filled in.
    """
    profile = widest_profile(subject.cases, form, as_of)
    checklist = load_checklist(form, profile)
    prefill = prefill_answers(subject, checklist, Parameters(as_of, profile.parameters), known)
    language = Language(subject.language)
    answers = replace(prefill.answers, version=checklist.version, profile=profile.key, language=language.value)
    template = plan_template(
        form, profile.key, language, answers, as_of=as_of, subject_id=subject.id, case_id=subject.case_text
    )
    return Issue(subject, template, prefill.notes, _copy_id(template, prefill))


def build_issue(issue: Issue) -> bytes:
    """Return the package of a copy, its stage sheet still blank."""
    plan = _with_notes(with_copy_id(plan_respondent(issue.template), issue.template, issue.copy_id), issue)
    return build_book(replace(plan, sheets=(*plan.sheets, plan_stages(load_route()))))


def _copy_id(template: Template, prefill: Prefill) -> str:
    meta = template_meta(template)
    facts = [meta.checklist, meta.version, meta.profile, meta.language, meta.subject_id, meta.case_id]
    facts += [str(meta.lookback_start), repr(prefill.answers), repr(sorted(prefill.notes.items()))]
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False).encode()).hexdigest()[:16]


def with_copy_id(plan: BookPlan, template: Template, copy_id: str) -> BookPlan:
    """Return the plan of a template with a copy id in its `_meta`; as it is for an empty one."""
    row = len(meta_rows(template_meta(template))) + 1
    cells = (CellPlan(row, 1, "copy_id", style="meta"), CellPlan(row, 2, copy_id, style="meta"))

    def extend(sheet: SheetPlan) -> SheetPlan:
        return replace(sheet, cells=(*sheet.cells, *cells)) if sheet.name == META_SHEET else sheet

    return replace(plan, sheets=tuple(extend(sheet) for sheet in plan.sheets)) if copy_id else plan


def _with_notes(plan: BookPlan, issue: Issue) -> BookPlan:
    """Return the plan with a note on the state cell of every table that was filled in from elsewhere."""
    spots = {place.status: issue.notes[place.item.key] for place in issue.template.layout.tables()
             if place.item.key in issue.notes and issue.template.answers.rows(place.item.key)}  # fmt: skip
    notes = {(spot.sheet, spot.row, spot.column): text for spot, text in spots.items()}

    def annotate(sheet: SheetPlan) -> SheetPlan:
        cells = (replace(cell, note=notes.get((sheet.name, cell.row, cell.column), cell.note)) for cell in sheet.cells)
        return replace(sheet, cells=tuple(cells))

    return replace(plan, sheets=tuple(annotate(sheet) for sheet in plan.sheets))
