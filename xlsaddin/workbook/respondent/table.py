"""The sheet of a table item: state and reason on top, then the table, with nothing below it."""

from __future__ import annotations

from collections.abc import Iterator

from xlsaddin.checklist.answers import Row
from xlsaddin.workbook import labels
from xlsaddin.workbook.areas import Area
from xlsaddin.workbook.contexts import this_row
from xlsaddin.workbook.guards import is_blank_row
from xlsaddin.workbook.labels import word, word_lines
from xlsaddin.workbook.layout import MARGIN, START_SHEET
from xlsaddin.workbook.marks import mark_choices, mark_states
from xlsaddin.workbook.places import ColumnPlace, SheetPlace, TablePlace
from xlsaddin.workbook.plan import (
    CellPlan,
    CellValue,
    ConditionalPlan,
    NamePlan,
    PrintPlan,
    SheetPlan,
    TableColumnPlan,
    TablePlan,
    ValidationPlan,
)
from xlsaddin.workbook.references import quote_sheet, quote_text
from xlsaddin.workbook.respondent.clauses import clause_line
from xlsaddin.workbook.respondent.content import cell_content, status_content
from xlsaddin.workbook.respondent.edition import Template
from xlsaddin.workbook.respondent.form import input_style, need_of
from xlsaddin.workbook.respondent.frame import help_cells, page_footer, page_header
from xlsaddin.workbook.respondent.summary import summary_cell
from xlsaddin.workbook.respondent.validations import list_validation, shorten, validate_input

_ITEM_STATES = ("filled", "incomplete", "check", "empty", "not_asked")
_PRINTED_AT_LEAST = 3


def plan_table_sheet(template: Template, sheet: SheetPlace) -> tuple[SheetPlan, list[NamePlan]]:
    """Return the sheet of a table item, and the names of its state and reason cells."""
    place = sheet.table
    assert place is not None  # the sheet of a table item
    item, last = place.item, place.columns[-1].column
    plan = SheetPlan(
        key=item.key,
        name=place.sheet,
        cells=table_cells(template, place),
        tables=(_plan_table(template, place),),
        validations=tuple(_validations(template, place)),
        conditionals=tuple(_conditionals(template, place)),
        widths=((1, MARGIN), *((column.column, column.width) for column in place.columns)),
        print=PrintPlan(
            landscape=True,
            title_rows=(place.header_row, place.header_row),
            area=_printed_area(place, last),
            header=page_header(template, item),
            footer=page_footer(template),
        ),
    )
    names = [NamePlan(f"a_{item.key}", place.status.absolute)]
    return plan, [*names, NamePlan(f"a_{item.key}_reason", place.reason.absolute)]


def table_cells(template: Template, place: TablePlace) -> tuple[CellPlan, ...]:
    """Return the cells above the table."""
    helps = labels.lines(place.item.help_ja, place.item.help_en, template.language)
    notes = help_cells(helps, 3, place.columns[-1].column - 1, "note")
    return (*_head_cells(template, place), *notes, *_need_cells(template, place))


def column_formula(template: Template, place: TablePlace, column: ColumnPlace) -> str:
    """Return the calculated formula of a computed column: empty in rows nobody has filled in."""
    assert column.computed is not None  # only computed columns have one
    asked = [one for one in place.columns if one.asked is not None]
    row = this_row(place.name, asked[0].header, asked[-1].header)
    return f'IF({is_blank_row(row)},"",{template.formula(column.computed, template.context.in_row(place))})'


def _head_cells(template: Template, place: TablePlace) -> Iterator[CellPlan]:
    item, language, status, reason = place.item, template.language, place.status, place.reason
    across = place.columns[-1].column - 1
    answer = template.answers.answer(item.key)
    yield CellPlan(1, 2, labels.title(item, language), style="title")
    yield CellPlan(1, across + 1, word("start.back_short", language), style="link_right", link=f"{START_SHEET}!A1")
    text, formula = clause_line(item, template)
    yield CellPlan(2, 2, text, formula, style="hint")
    for spot, key in ((status, "status"), (reason, "reason"), (place.state, "state")):
        yield CellPlan(spot.row - 1, spot.column, word(f"form.{key}", language), style="caption")
    content = status_content(answer, template.layout.checklist, language)
    yield CellPlan(status.row, status.column, content, style="input_choice")
    yield CellPlan(reason.row, reason.column, answer.reason or None, style="input")
    yield _state_cell(template, place)
    hints = "　".join(word_lines("form.table_first", language))
    yield CellPlan(status.row + 1, 2, hints, style="note", across=across)


def _state_cell(template: Template, place: TablePlace) -> CellPlan:
    key, language = place.item.key, template.language
    values = template.item_row(key) if key in template.layout.items_rows else None
    if values is None:
        return CellPlan(place.state.row, place.state.column, style="state_wide")
    applies, state = (summary_cell(template.layout, key, column).absolute for column in ("applies", "state"))
    out = word("state.not_asked", language)
    shown = out if values["applies"] == 0 else template.show(template.computed("items", "state", key), values["state"])
    formula = f"IF({applies}=0,{quote_text(out)},{state})"
    return CellPlan(place.state.row, place.state.column, shown, formula, style="state_wide")


def _need_cells(template: Template, place: TablePlace) -> Iterator[CellPlan]:
    for column in place.columns:
        if column.asked is None:
            continue
        key, style = need_of(column.asked, place.item)
        yield CellPlan(place.header_row - 1, column.column, word(f"need.{key}", template.language), style=style)


def _plan_table(template: Template, place: TablePlace) -> TablePlan:
    columns = tuple(
        TableColumnPlan(column.header, input_style(column.asked.type))
        if column.asked is not None
        else TableColumnPlan(column.header, "computed", column_formula(template, place, column))
        for column in place.columns
    )
    answered = template.answers.rows(place.item.key)
    rows = [_row(template, place, row, index) for index, row in enumerate(answered)]
    spare = max(place.item.spare_rows - len(rows), min(place.item.spare_rows, 5))
    return TablePlan(place.name, place.header_row, place.columns[0].column, columns, (*rows, *((),) * spare))


def _row(template: Template, place: TablePlace, row: Row, index: int) -> tuple[CellValue, ...]:
    computed = template.scope.tables[place.item.key][index]
    values: list[CellValue] = []
    for column in place.columns:
        if column.asked is not None:
            checklist = template.layout.checklist
            values.append(cell_content(column.asked, row.cell(column.key), checklist, template.language))
        elif column.computed is not None:
            values.append(template.show(column.computed, computed[column.key]))
    return tuple(values)


def _validations(template: Template, place: TablePlace) -> Iterator[ValidationPlan]:
    language = template.language
    title = shorten(word("form.status", language), 32)
    yield list_validation(place.status.cell, "status", title, word("prompt.choice", language), language)
    hint = "\n".join(word_lines("form.reason_help", language))
    yield ValidationPlan(place.reason.cell, "any", title=word("form.reason", language), prompt=hint)
    for column in place.columns:
        if column.asked is not None:
            yield validate_input(column.asked, place.body(column.key), language)


def _conditionals(template: Template, place: TablePlace) -> Iterator[ConditionalPlan]:
    yield from mark_states(place.state.cell, template.language, _ITEM_STATES)
    for column in place.columns:
        if column.computed is not None:
            yield from mark_choices(place.body(column.key), column.computed.choices, template.language)


def _printed_area(place: TablePlace, last_column: int) -> str:
    """Return a formula for the printed area that ends below the last filled row."""
    sheet = quote_sheet(place.sheet)
    corner = str(Area(1, last_column, place.last_row, last_column)).split(":")
    top, bottom = (f"${part.rstrip('0123456789')}${part.lstrip('ABCDEFGHIJKLMNOPQRSTUVWXYZ')}" for part in corner)
    filled = f'COUNTIF({place.area("row_state")},"?*")'
    return f"{sheet}!$A$1:INDEX({sheet}!{top}:{bottom},{place.header_row}+MAX({_PRINTED_AT_LEAST},{filled}))"
