"""The first sheet: what this is, four steps, and how far one has come (必須 23/25), a row a sheet with a link."""

from __future__ import annotations

from collections.abc import Iterator

from xlsaddin.checklist.expression import evaluate
from xlsaddin.checklist.model import Duty
from xlsaddin.workbook import labels
from xlsaddin.workbook.areas import Area
from xlsaddin.workbook.formula import compile_once
from xlsaddin.workbook.labels import Language, lines, word, words
from xlsaddin.workbook.layout import MARGIN, START_SHEET
from xlsaddin.workbook.marks import mark_states
from xlsaddin.workbook.places import SheetPlace
from xlsaddin.workbook.plan import CellPlan, PrintPlan, SheetPlan
from xlsaddin.workbook.respondent.edition import Template
from xlsaddin.workbook.respondent.frame import page_footer, page_header
from xlsaddin.workbook.respondent.progress import DONE, TOTAL, sheet_progress

_WIDTHS = ((1, MARGIN), (2, 6.5), (3, 24.0), (4, 28.0), (5, 11.0), (6, 9.5), (7, 14.5))
_FIRST, _LAST = 2, 7
_LIST_STATES = ("filled", "incomplete", "check", "empty", "not_asked")


def plan_start(template: Template) -> SheetPlan:
    """Return the sheet."""
    cells: list[CellPlan] = []
    row = _head(template, cells)
    row = _steps(template, row, cells)
    header_row, last_row = _list(template, row, cells)
    states = str(Area(header_row + 1, 7, last_row, 7))
    return SheetPlan(
        key="start",
        name=START_SHEET,
        cells=tuple(cells),
        conditionals=tuple(mark_states(states, template.language, _LIST_STATES)),
        widths=_WIDTHS,
        protected=True,
        print=PrintPlan(
            area=str(Area(1, 1, last_row, _LAST)), header=page_header(template), footer=page_footer(template), tall=1
        ),
    )


def _head(template: Template, cells: list[CellPlan]) -> int:
    checklist, language = template.layout.checklist, template.language
    title = checklist.title_en if language is Language.EN else checklist.title_ja
    cells.append(CellPlan(1, 2, title, style="title"))
    row = 2
    if language is Language.BOTH:
        cells.append(CellPlan(row, 2, checklist.title_en, style="subtitle"))
        row += 1
    for number, text in enumerate(lines(checklist.purpose_ja, checklist.purpose_en, language)):
        cells.append(CellPlan(row, 2, text, style="text" if number == 0 else "quiet", across=_LAST - _FIRST + 1))
        row += 1
    done, total = evaluate(DONE, template.scope), evaluate(TOTAL, template.scope)
    cells.append(CellPlan(row, 2, word("start.progress", language), style="progress_label"))
    formula = f'{compile_once(DONE, template.context)}&" / "&{compile_once(TOTAL, template.context)}'
    cells.append(CellPlan(row, 4, f"{done} / {total}", formula, style="progress"))
    return row + 1


def _steps(template: Template, row: int, cells: list[CellPlan]) -> int:
    language = template.language
    cells.append(CellPlan(row, 2, word("start.how", language), style="heading", across=_LAST - _FIRST + 1))
    for number in range(1, 5):
        row += 1
        head_ja, head_en = words()[f"start.step{number}"]
        text_ja, text_en = words()[f"start.step{number}_text"]
        cells.append(CellPlan(row, 2, str(number), style="step"))
        cells.append(CellPlan(row, 3, labels.pair(head_ja, head_en, language), style="step_head"))
        text = "\n".join(lines(text_ja, text_en, language))
        cells.append(CellPlan(row, 4, text, style="step_text", across=_LAST - 3))
    return row + 1


def _list(template: Template, row: int, cells: list[CellPlan]) -> tuple[int, int]:
    language = template.language
    cells.append(CellPlan(row, 2, word("start.list", language), style="heading", across=_LAST - _FIRST + 1))
    row += 1
    header_row = row
    heads = ("number", "sheet", "contents", "duty", "required", "state")
    cells += [
        CellPlan(row, column, word(f"start.{key}", language), style="list_head") for column, key in enumerate(heads, 2)
    ]
    for sheet in template.layout.sheets:
        row += 1
        cells += _sheet_row(template, sheet, row)
    return header_row, row


def _sheet_row(template: Template, sheet: SheetPlace, row: int) -> Iterator[CellPlan]:
    section, language = sheet.section, template.language
    items = [sheet.table.item] if sheet.table else [place.item for place in sheet.singles]
    number = next((item.number for item in items if item.number), "")
    yield CellPlan(row, 2, number, style="list_center")
    yield CellPlan(row, 3, section.sheet, style="list_link", link=f"{section.sheet}!A1")
    content = section.label_ja if language is Language.JA else section.label_en
    yield CellPlan(row, 4, content, style="list")
    duties = [item.duty for item in items if item.duty is not Duty.HOUSE]
    duty = Duty.MUST if Duty.MUST in duties else next(iter(duties), Duty.HOUSE)
    yield CellPlan(row, 5, word(f"duty.{duty.value}", language) if duty is not Duty.HOUSE else "", style="list_center")
    progress, context = sheet_progress(section.key), template.context
    done, total = (evaluate(one, template.scope) for one in (progress.done, progress.total))
    formula = f'{compile_once(progress.done, context)}&" / "&{compile_once(progress.total, context)}'
    yield CellPlan(row, 6, f"{done} / {total}", formula, style="list_center")
    shown = {key: word(f"state.{key}", language) for key in _LIST_STATES} | {
        "optional": word("need.optional", language)
    }
    value = shown[str(evaluate(progress.state, template.scope))]
    yield CellPlan(row, 7, value, compile_once(progress.state, context, shown), style="state_chip")
