"""All rules of a checklist compiled for one workbook: a formula for every computed cell, and where its value stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from xlsaddin.assessment.rules import Computed, RuleSet
from xlsaddin.checklist.expression import Expression
from xlsaddin.workbook import labels
from xlsaddin.workbook.contexts import (
    LEAD,
    BookContext,
    RowContext,
    TableRanges,
    asked_range,
    computed_reference,
    data_column,
    row_references,
    shown_spellings,
    this_row,
)
from xlsaddin.workbook.formula import compile_expression, compile_once, compile_reference
from xlsaddin.workbook.guards import key_spellings
from xlsaddin.workbook.labels import Language
from xlsaddin.workbook.office import calculation
from xlsaddin.workbook.office.columns import CONTRIBUTIONS, FINDINGS, HITS, column_header, office_choices
from xlsaddin.workbook.office.hit_references import hit_references
from xlsaddin.workbook.office.layers import OWN, Layer
from xlsaddin.workbook.office.read_columns import ReadColumn, read_columns
from xlsaddin.workbook.places import Layout
from xlsaddin.workbook.references import ColumnRange, Reference, ValueKind
from xlsaddin.workbook.respondent.summary import summary_area, summary_cell, with_summary

__all__ = ["Compiled", "compile_rules"]

_TEXTS = {
    "hits": ("item", "column", "kind", "list", "row_id", "body"),
    "differences": ("item", "body"),
    "contributions": ("indicator",),
}
_NUMBERS = {
    "hits": ("number", "name_only", "note_only", "related", "declared"),
    "contributions": ("hits", "level", "pending"),
}
_OCCUPIED = {"hits": "list", "differences": "difference", "contributions": "indicator"}
_NAMES = {"hits": HITS, "differences": FINDINGS, "contributions": CONTRIBUTIONS}


@dataclass
class Compiled:
    """Formulas of one workbook.

    Attributes:
        layout: as found. language: of the result sheets. context: names and tables of the whole book.
        formulas: by table, key and item of a computed column or name; empty where the book lacks what it needs.
        rows: references of a row by table. read: columns of answers as read, by table. layer: whose result it is.
    """

    layout: Layout
    rules: RuleSet
    language: Language
    context: BookContext
    layer: Layer = OWN
    formulas: dict[tuple[str, str, str], str] = field(default_factory=dict)
    rows: dict[str, dict[str, Reference]] = field(default_factory=dict)
    read: dict[str, list[ReadColumn]] = field(default_factory=dict)

    def formula(self, computed: Computed) -> str:
        """Return the formula of a computed column or name."""
        return self.formulas[(computed.table, computed.key, computed.item)]

    def book_formula(self, expression: Expression, shown: Mapping[str, str] | None = None) -> str:
        """Return the formula of an expression over the book, empty where the book lacks what it needs."""
        try:
            return compile_once(expression, self.context, shown)
        except KeyError:
            return ""

    def shown(self, computed: Computed) -> dict[str, str] | None:
        """Return what a cell shows for each key of a computed choice; the hidden names of the book show the key."""
        if not computed.choices:
            return None
        if computed.table == "book":
            return {choice.key: choice.key for choice in computed.choices}
        return labels.choice_labels(computed.choices, self.table_language(computed.table))

    def table_language(self, table: str) -> Language:
        """Return the language of the labels a table shows: answer tables keep that of the template."""
        return self.language if table in _NAMES else self.layout.language


def compile_rules(layout: Layout, rules: RuleSet, language: Language, layer: Layer = OWN) -> Compiled:
    """Return the rules compiled for a workbook with this layout, result sheets in `language`."""
    names: dict[str, Reference] = dict(calculation.parameter_references(rules))
    names["level"] = Reference(calculation.result_spot("level", layer).absolute, ValueKind.NUMBER, sure=True)
    if not layer.own:
        names["lead"] = Reference(f"(1-{LEAD})", ValueKind.NUMBER, sure=True)
    tables: dict[str, TableRanges] = {}
    context = with_summary(BookContext(layout, rules, strict=True, names=names, tables=tables))
    tables |= context.tables
    context = BookContext(layout, rules, strict=True, names=names, tables=tables)
    compiled = Compiled(layout, rules, language, context, layer)
    _place_answers(compiled, tables)
    _place_results(compiled, tables)
    for computed in rules.computed:
        _compile_one(compiled, computed, names, tables)
    return compiled


def _compile_one(
    compiled: Compiled, computed: Computed, names: dict[str, Reference], tables: dict[str, TableRanges]
) -> None:
    language = compiled.table_language(computed.table)
    shown = compiled.shown(computed)
    row = compiled.rows.get(f"items.{computed.item}" if computed.item else computed.table, {})
    context = RowContext(compiled.context, row)
    try:
        made = compile_reference(computed.expression, context, shown)
        formula = compile_expression(computed.expression, context, shown)
    except KeyError:  # the book has lost a table or a name: the value alone is written
        made, formula = None, ""
    compiled.formulas[(computed.table, computed.key, computed.item)] = formula
    cell = _cell(compiled, computed)
    if computed.table == "book":
        keys = key_spellings(shown or ())
        names[computed.key] = (
            Reference(cell, ValueKind.CHOICE, keys) if shown else computed_reference(cell, computed, language, made)
        )
        return
    reference = computed_reference(cell, computed, language, made)
    row[computed.key] = reference
    compiled.rows.setdefault(f"items.{computed.item}" if computed.item else computed.table, row)
    if computed.table in tables and computed.table != "items":
        spellings = shown_spellings(computed.choices, language)
        area = _area(compiled, computed)
        columns = dict(tables[computed.table].columns)
        columns[computed.key] = ColumnRange(area, reference.kind, spellings or reference.spellings, ours=True)
        tables[computed.table] = TableRanges(columns, tables[computed.table].occupied)


def _cell(compiled: Compiled, computed: Computed) -> str:
    if computed.table == "book":
        return calculation.name_spot(compiled.rules, computed.key).absolute
    if computed.table == "items":
        return summary_cell(compiled.layout, computed.item, computed.key).absolute
    name, header = _table_and_header(compiled, computed)
    return this_row(name, header)


def _area(compiled: Compiled, computed: Computed) -> str:
    return data_column(*_table_and_header(compiled, computed))


def _table_and_header(compiled: Compiled, computed: Computed) -> tuple[str, str]:
    if computed.table in _NAMES:
        name = _NAMES[computed.table]
        return compiled.layer.named(name), column_header(name, computed.key, compiled.language)
    return f"t_{computed.table}", answer_header(compiled.layout, computed)


def answer_header(layout: Layout, computed: Computed) -> str:
    """Return the header of a computed column of an answer table."""
    try:
        return layout.table(computed.table).column(computed.key).header
    except KeyError:
        return labels.pair(computed.label_ja, computed.label_en, layout.language)


def _place_answers(compiled: Compiled, tables: dict[str, TableRanges]) -> None:
    """Make the columns of the answer tables known, each with its row and its range."""
    layout = compiled.layout
    screened = shown_spellings(office_choices("screened"), layout.language)
    compiled.read = read_columns(layout, compiled.rules)
    for place in layout.tables():
        row = row_references(layout, place, strict=True)
        columns = {
            column.key: asked_range(layout.checklist, column.asked, data_column(place.name, column.header))
            for column in place.columns
            if column.asked is not None
        }
        for read in compiled.read.get(place.item.key, ()):
            columns[read.column.key] = read.range(data_column(place.name, read.header))
        if any(column.screen for column in place.item.columns):
            header = labels.word("growth.screened", layout.language)
            row["screened"] = Reference(this_row(place.name, header), ValueKind.CHOICE, screened)
            area = data_column(place.name, header)
            columns["screened"] = ColumnRange(area, ValueKind.CHOICE, screened, ours=True)
        compiled.rows[place.item.key] = row
        tables[place.item.key] = TableRanges(columns, data_column(place.name, place.column("row_state").header))
    for key in layout.items_rows:
        compiled.rows[f"items.{key}"] = {}
    items = tables["items"]
    area = summary_area(layout, "screened")
    tables["items"] = TableRanges(
        {**items.columns, "screened": ColumnRange(area, ValueKind.CHOICE, screened, ours=True)}, items.occupied
    )


def _place_results(compiled: Compiled, tables: dict[str, TableRanges]) -> None:
    """Make the columns of the result tables known that are no formulas of rules."""
    language, layer = compiled.language, compiled.layer
    for table, name in _NAMES.items():
        columns = {
            key: ColumnRange(layer.body(name, key, language), kind, ours=True)
            for kind, keys in ((ValueKind.TEXT, _TEXTS), (ValueKind.NUMBER, _NUMBERS))
            for key in keys.get(table, ())
        }
        tables[table] = TableRanges(columns, layer.body(name, _OCCUPIED[table], language))
    compiled.rows |= hit_references(compiled.layout, language, layer)
    hits = tables["hits"]
    band = ColumnRange(
        layer.body(HITS, "band", language),
        ValueKind.CHOICE,
        shown_spellings(office_choices("band"), language),
        ours=True,
    )
    tables["hits"] = TableRanges({**hits.columns, "band": band}, hits.occupied)
    tables |= calculation.table_ranges(compiled.rules, layer)
