"""The sheet of a section of single items: a row an item, portrait where it fits."""

from __future__ import annotations

from collections.abc import Iterator

from xlsaddin.assessment.item_rules import listed_items
from xlsaddin.checklist.model import Column, Duty, Item, Type
from xlsaddin.workbook import labels
from xlsaddin.workbook.areas import Area
from xlsaddin.workbook.labels import Language, word
from xlsaddin.workbook.layout import MARGIN, START_SHEET
from xlsaddin.workbook.marks import mark_states
from xlsaddin.workbook.places import FormColumns, FormGroup, SheetPlace, SinglePlace
from xlsaddin.workbook.plan import CellPlan, NamePlan, PrintPlan, SheetPlan
from xlsaddin.workbook.respondent.clauses import clause_short
from xlsaddin.workbook.respondent.content import cell_content
from xlsaddin.workbook.respondent.edition import Template
from xlsaddin.workbook.respondent.frame import help_cells, page_footer, page_header
from xlsaddin.workbook.respondent.summary import shown_state
from xlsaddin.workbook.respondent.validations import validate_input
from xlsaddin.workbook.widths import (
    LANDSCAPE_PIXELS,
    PORTRAIT_PIXELS,
    TABLE_PIXELS,
    longest_word,
    room_for,
    table_widths,
    wanted_width,
    widest_type,
)

_NUMBER, _CLAUSE, _NEED, _STATE, _HELP = 5.5, 10.0, 9.0, 10.5, 60.0
_TEXTS = (0.38, 0.62)
"""Least and largest part of the page for questions, where there is more than one answer beside them."""
_LONG_CHOICE = "applicable"
"""A long word among the choices, which no program breaks."""
_SHOWN_STATES = ("filled", "empty", "not_asked")
_INPUT_STYLES = {
    Type.CHOICE: "input_choice", Type.TICK: "input_center", Type.DATE: "input_date", Type.MONTH: "input_month",
    Type.INTEGER: "input_integer", Type.NUMBER: "input_number", Type.PERCENT: "input_number",
    Type.MONEY: "input_money",
}  # fmt: skip


def plan_form(template: Template, place: SheetPlace) -> tuple[SheetPlan, list[NamePlan]]:
    """Return the sheet of a section of single items, and the names of its input cells."""
    columns = place.columns
    assert columns is not None  # a form has columns
    section, language = place.section, template.language
    widths = form_widths(place)
    last_column = columns.state
    cells = [
        CellPlan(1, 2, labels.label(section, language), style="title"),
        CellPlan(2, 2, word("start.back", language), style="link", link=f"{START_SHEET}!A1"),
    ]
    served = next((single.item for single in place.singles if single.item.clause), None)
    if served is not None and not columns.clause:
        text, formula = clause_short(served, template)
        cells.append(CellPlan(2, columns.answer, text, formula, style="quiet_line"))
    helps = labels.lines(section.help_ja, section.help_en, language)
    cells += help_cells(helps, 3, last_column - 1)
    for group in place.groups:
        cells += _group_cells(template, columns, group)
    singles = place.singles
    last_row = max(single.input.row for single in singles)
    states = str(Area(place.groups[0].header_row + 1, columns.state, last_row, columns.state))
    plan = SheetPlan(
        key=section.key,
        name=section.sheet,
        cells=tuple(cells),
        validations=tuple(validate_input(single.item, single.input.cell, language) for single in singles),
        conditionals=tuple(mark_states(states, language, _SHOWN_STATES)),
        widths=widths,
        heights=tuple((row, 6.0) for row in (3, 4) if row >= 3 + len(helps)),
        freeze=(place.groups[0].header_row + 1, 1) if len(place.groups) == 1 else None,
        protected=True,
        print=PrintPlan(
            landscape=bool(columns.beside),
            title_rows=(place.groups[0].header_row,) * 2 if len(place.groups) == 1 else None,
            area=str(Area(1, 1, last_row, last_column)),
            header=page_header(template, section),
            footer=page_footer(template),
        ),
    )
    return plan, [NamePlan(f"a_{single.item.key}", single.input.absolute) for single in singles]


def form_widths(place: SheetPlace) -> tuple[tuple[int, float], ...]:
    """Return the widths of a form's columns: the page is filled, and the help stands to its right.

    Questions take what the answers beside each other leave, within bounds.
    """
    columns = place.columns
    assert columns is not None  # a form has columns
    pixels = (PORTRAIT_PIXELS, LANDSCAPE_PIXELS, LANDSCAPE_PIXELS, TABLE_PIXELS)[min(len(columns.beside), 3)]
    room = room_for(pixels, columns.state) - MARGIN - _NUMBER - _NEED - _STATE - (_CLAUSE if columns.clause else 0.0)
    asked = _asked(place, columns)
    kinds, headers = list(asked.values()), [one.label_ja for one in asked.values()]
    texts = min(max(room - wanted_width(kinds), _TEXTS[0] * room), _TEXTS[1] * room) if columns.beside else 0.57 * room
    both = bool(columns.label_en)
    label = texts / 1.9 if both else texts * 0.74
    widths = {1: MARGIN, columns.number: _NUMBER, columns.label: label, columns.need: _NEED, columns.state: _STATE}
    widths |= {columns.label_en: label * 0.9} if both else {}
    widths |= {columns.clause: _CLAUSE} if columns.clause else {}
    inputs = room - label - widths.get(columns.label_en, 0.0)
    found = table_widths(kinds, headers, inputs) if columns.beside else (inputs,)
    widths |= {**dict(zip(asked, found, strict=True)), columns.help: _HELP}
    return tuple((column, round(width, 1)) for column, width in sorted(widths.items()))


def _asked(place: SheetPlace, columns: FormColumns) -> dict[int, Column]:
    """Return, for each column of inputs, a column of the widest type asked in it under its longest header."""
    answers = [single.item.type for group in place.groups for single in group.singles]
    asked = {columns.answer: (widest_type(answers), _LONG_CHOICE)} | dict.fromkeys(columns.beside, (Type.INTEGER, "-"))
    for group in place.groups:
        for column, header in zip(columns.beside, group.beside, strict=False):
            inputs = [one for single in group.singles for one in single.beside if one.input.column == column]
            kind, longest = asked[column]
            kinds = [kind, *(one.item.type for one in inputs)]
            asked[column] = widest_type(kinds), max(longest, header, key=longest_word)
    return {
        column: Column(key=f"input_{column}", label_ja=header, label_en=header, type=kind)
        for column, (kind, header) in asked.items()
    }


def _group_cells(template: Template, columns: FormColumns, group: FormGroup) -> Iterator[CellPlan]:
    language, row = template.language, group.header_row
    heads = [(columns.number, "form.number"), (columns.answer, "form.answer")]
    heads += [(columns.need, "form.need"), (columns.state, "form.state")]
    heads += [(columns.clause, "start.duty")] if columns.clause else []
    for column, key in heads:
        yield CellPlan(row, column, word(key, language), style="band_center")
    first = Language.EN if language is Language.EN else Language.JA
    yield CellPlan(row, columns.label, word("form.question", first), style="band")
    if columns.label_en:
        yield CellPlan(row, columns.label_en, word("form.question", Language.EN), style="band")
    for column, text in zip(columns.beside, [*group.beside, *([""] * len(columns.beside))], strict=False):
        yield CellPlan(row, column, text, style="band_center")
    for single in group.singles:
        yield from _item_cells(template, columns, single)


def _item_cells(template: Template, columns: FormColumns, single: SinglePlace) -> Iterator[CellPlan]:
    item, row, language = single.item, single.input.row, template.language
    yield CellPlan(row, columns.number, item.number, style="number")
    first = item.label_en if language is Language.EN else item.label_ja
    yield CellPlan(row, columns.label, first, style="label")
    if columns.label_en:
        yield CellPlan(row, columns.label_en, item.label_en, style="label_en")
    yield _input_cell(template, single)
    filled = {place.input.column for place in single.beside}
    for place in single.beside:
        yield _input_cell(template, place)
    for column in columns.beside:
        if column not in filled:
            yield CellPlan(row, column, style="number")
    if columns.clause:
        text, formula = clause_short(item, template)
        yield CellPlan(row, columns.clause, text, formula, style="need_cell")
    need, style = need_word(item)
    yield CellPlan(row, columns.need, word(f"need.{need}", language), style=f"{style}_cell")
    yield _state_cell(template, single)
    helps = labels.lines(item.help_ja, item.help_en, language)
    yield CellPlan(row, columns.help, "\n".join(helps), style="help")


def _input_cell(template: Template, place: SinglePlace) -> CellPlan:
    cell = template.answers.answer(place.item.key).cell
    content = cell_content(place.item, cell, template.layout.checklist, template.language)
    return CellPlan(place.input.row, place.input.column, content, style=input_style(place.item.type))


def _state_cell(template: Template, single: SinglePlace) -> CellPlan:
    listed = {item.key for item in listed_items(template.layout.checklist)}
    keys = [place.item.key for place in (single, *single.beside) if place.item.key in listed]
    spot = single.state
    if not keys:
        return CellPlan(spot.row, spot.column, style="state_chip")
    formula, value = shown_state(template, keys)
    return CellPlan(spot.row, spot.column, value, formula, style="state_chip")


def input_style(kind: Type) -> str:
    """Return the style of an input cell by the type of its question."""
    return _INPUT_STYLES.get(kind, "input")


def need_word(item: Item) -> tuple[str, str]:
    """Return the key of the word that says whether an item is needed, and its style."""
    return ("office", "need") if item.office else need_of(item, item)


def need_of(asked: Item | Column, item: Item) -> tuple[str, str]:
    """Return the same for a question of an item; what a clause calls desirable is never said to be required."""
    if asked.required:
        return ("desirable", "need") if item.duty is Duty.DESIRABLE else ("required", "need_must")
    return ("when" if asked.required_if else "optional"), "need"
