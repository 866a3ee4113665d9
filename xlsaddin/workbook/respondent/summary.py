"""The hidden sheet 集計: one row an item with its state, by the rules Python evaluates. Other sheets look there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from xlsaddin.assessment.rules import Computed
from xlsaddin.checklist.identity_cache import remember_by_identity
from xlsaddin.checklist.model import Item
from xlsaddin.workbook import labels
from xlsaddin.workbook.contexts import BookContext, RowContext, TableRanges, computed_reference, shown_spellings
from xlsaddin.workbook.labels import word
from xlsaddin.workbook.layout import ITEMS_SHEET
from xlsaddin.workbook.places import Layout, Spot
from xlsaddin.workbook.plan import CellPlan, CellValue, SheetPlan
from xlsaddin.workbook.references import ColumnRange, ValueKind, quote_text
from xlsaddin.workbook.respondent.edition import Template

COLUMNS = (
    "item", "label", "sheet", "duty", "applies", "required", "status", "state", "rows", "in_window",
    "screened", "compared",
)  # fmt: skip
"""Columns of the sheet, from A on; the last two stand in the office edition alone."""

_CONSTANT = ("item", "sheet", "duty")
_COMPUTED = COLUMNS[4:10]
_HEADER = ("item", "label", "section", "duty", "applies", "required", "answer", "state", "rows", "within period")


def summary_cell(layout: Layout, item: str, column: str) -> Spot:
    """Return the cell of an item's row in a column."""
    return Spot(ITEMS_SHEET, layout.items_rows[item], COLUMNS.index(column) + 1)


def summary_area(layout: Layout, column: str) -> str:
    """Return the range of a column over all items."""
    rows, number = layout.items_rows.values(), COLUMNS.index(column) + 1
    top, bottom = Spot(ITEMS_SHEET, min(rows), number), Spot(ITEMS_SHEET, max(rows), number)
    return f"{top.absolute}:{bottom.absolute.rpartition('!')[2]}"


def with_summary(context: BookContext) -> BookContext:
    """Return a context that knows table `items`."""
    layout = context.layout
    columns = {key: ColumnRange(summary_area(layout, key), ValueKind.TEXT, ours=True) for key in _CONSTANT}
    choices = {one.key: one.choices for one in context.rules.computed if one.table == "items"}
    for key in _COMPUTED:
        spellings = shown_spellings(choices.get(key, ()), layout.language)
        kind = ValueKind.CHOICE if spellings else ValueKind.NUMBER
        columns[key] = ColumnRange(summary_area(layout, key), kind, spellings, ours=True)
    tables = {**context.tables, "items": TableRanges(columns, summary_area(layout, "item"))}
    return replace(context, tables=tables)


@remember_by_identity(limit=2048)
def item_context(context: BookContext, item: str) -> RowContext:
    """Return the context of an item's row: its computed cells beside the names of the book."""
    own = [one for one in context.rules.computed if one.table == "items" and one.item == item]
    cells = {
        one.key: computed_reference(summary_cell(context.layout, item, one.key).absolute, one, context.layout.language)
        for one in own
    }
    return RowContext(context, cells)


def plan_summary(template: Template) -> SheetPlan:
    """Return the sheet."""
    cells = [CellPlan(1, column, text, style="meta") for column, text in enumerate(_HEADER, start=1)]
    for key, row in template.layout.items_rows.items():
        item = template.layout.checklist.item(key)
        constants = (key, labels.title(item, template.language), item.section, item.duty.value)
        cells += [CellPlan(row, column, text, style="meta") for column, text in enumerate(constants, start=1)]
        cells += _computed_cells(template, item)
    widths = ((1, 22.0), (2, 40.0), (3, 16.0), *((column, 12.0) for column in range(4, len(COLUMNS) + 1)))
    return SheetPlan("items", ITEMS_SHEET, tuple(cells), widths=widths, freeze=(2, 1), hidden=True)


def _computed_cells(template: Template, item: Item) -> list[CellPlan]:
    values = template.item_row(item.key)
    context = item_context(template.context, item.key)
    cells = []
    for one in template.rules.computed:
        if one.table == "items" and one.item == item.key:
            spot = summary_cell(template.layout, item.key, one.key)
            shown = template.show(one, values[one.key])
            cells.append(CellPlan(spot.row, spot.column, shown, _formula(template, one, context), style="meta"))
    return cells


def _formula(template: Template, computed: Computed, context: RowContext) -> str:
    """Return the formula of a computed cell; none where a received book has lost a table: the value stands alone."""
    try:
        return template.formula(computed, context)
    except KeyError:
        return ""


def shown_state(template: Template, items: Sequence[str]) -> tuple[str, CellValue]:
    """Return formula and value of the state beside the input cells of some single items that share a row.

    An optional blank says nothing; a needed blank anywhere in the row is the state of the row.
    """
    formula = quote_text("")
    for key in reversed(items):
        applies, required, state = (
            summary_cell(template.layout, key, column).absolute for column in ("applies", "required", "state")
        )
        filled = quote_text(_state_label(template, key, "filled"))
        if key == items[0]:
            formula = f"IF({state}={filled},{_word('filled', template)},{formula})"
        formula = f"IF(AND({applies}=1,{required}=1,{state}<>{filled}),{_word('empty', template)},{formula})"
        if key == items[0]:
            formula = f"IF({applies}=0,{_word('not_asked', template)},{formula})"
    return formula, _state_value(template, [template.item_row(key) for key in items])


def _state_value(template: Template, rows: Sequence[Mapping[str, object]]) -> str:
    main = rows[0]
    if main["applies"] == 0:
        return word("state.not_asked", template.language)
    if any(row["applies"] == 1 and row["required"] == 1 and row["state"] != "filled" for row in rows):
        return word("state.empty", template.language)
    return word("state.filled", template.language) if main["state"] == "filled" else ""


def _state_label(template: Template, item: str, key: str) -> str:
    return str(template.show(template.computed("items", "state", item), key))


def _word(key: str, template: Template) -> str:
    return quote_text(word(f"state.{key}", template.language))
