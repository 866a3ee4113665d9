"""Where everything of a checklist stands in its workbook: sheets, input cells, tables, computed columns.

A pure function of the checklist, its rules and the language; the builder, the result sheets and the compiler of rules
all take places from here.  Readers find answers by defined names and headers instead: people move things.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from xlsaddin.assessment.item_rules import listed_items
from xlsaddin.assessment.rules import RuleSet
from xlsaddin.checklist.model import Checklist, Choice, Item, Kind, Section
from xlsaddin.errors import DefinitionError
from xlsaddin.workbook.labels import Language, choice_labels, header, label, word, words
from xlsaddin.workbook.places import (
    ColumnPlace,
    FormColumns,
    FormGroup,
    Layout,
    SheetPlace,
    SinglePlace,
    Spot,
    TablePlace,
)
from xlsaddin.workbook.widths import TABLE_PIXELS, room_for, table_widths

START_SHEET = words()["sheet.start"][0]
FINDINGS_SHEET = words()["sheet.findings"][0]
CHOICES_SHEET = words()["sheet.choices"][0]
ITEMS_SHEET = words()["sheet.items"][0]

RESERVED_SHEETS = frozenset({START_SHEET, FINDINGS_SHEET, CHOICES_SHEET, ITEMS_SHEET, "計算", "_meta"})
"""Sheet names no section may take."""

FORM_COMPUTED = ("period", "row_state")
"""Computed columns of answer tables that say something about form alone; only these stand in a respondent edition."""

TABLE_HEADER_ROW = 9
TABLE_FIRST_COLUMN = 2
FORM_HEADER_ROW = 5
MARGIN = 1.6
"""Width of column A, which stays empty."""

_STATUS_WIDTH = 14


def plan_layout(checklist: Checklist, rules: RuleSet, language: Language, row_range: int) -> Layout:
    """Return the layout of a checklist.

    Args:
        checklist: as the profile asks it. rules: for its computed columns.
        language: of the template. row_range: rows under a table header that formulas cover.

    Raises:
        DefinitionError: when a section takes a sheet name that is ours.
    """
    sheets = []
    for section in checklist.sections:
        if section.sheet in RESERVED_SHEETS:
            raise DefinitionError("RS-BUILD-003", sheet_name=section.sheet, checklist=checklist.key)
        items = [item for item in checklist.items if item.section == section.key]
        if items and items[0].kind is Kind.TABLE:
            sheets.append(
                SheetPlace(section, table=_table(items[0], section, rules, language, row_range, checklist.choices))
            )
        else:
            sheets.append(_form(items, section, language))
    rows = {item.key: row for row, item in enumerate(listed_items(checklist), start=2)}
    return Layout(checklist, language, tuple(sheets), rows)


def _form(items: Sequence[Item], section: Section, language: Language) -> SheetPlace:
    mains = [item for item in items if not item.beside]
    followers = {item.key: [other for other in items if other.beside == item.key] for item in items}
    if 2 * sum(1 for item in mains if followers[item.key]) < len(mains):  # too few for columns of their own
        mains, followers = list(items), {item.key: [] for item in items}
    columns = _form_columns(max(len(found) for found in followers.values()), items, language)
    groups: list[FormGroup] = []
    row = FORM_HEADER_ROW
    for labels, members in _grouped(mains, followers, language):
        header_row, singles = row, []
        for item in members:
            row += 1
            state = Spot(section.sheet, row, columns.state)
            beside = tuple(
                SinglePlace(other, Spot(section.sheet, row, column), state)
                for other, column in zip(followers[item.key], columns.beside, strict=False)
            )
            singles.append(SinglePlace(item, Spot(section.sheet, row, columns.answer), state, beside))
        groups.append(FormGroup(header_row, tuple(singles), labels))
        row += 1
    return SheetPlace(section, tuple(groups), columns)


def _grouped(
    mains: Sequence[Item], followers: Mapping[str, Sequence[Item]], language: Language
) -> Iterator[tuple[tuple[str, ...], list[Item]]]:
    """Yield runs of items whose fields to the right have the same labels."""
    return (
        (labels, list(run))
        for labels, run in groupby(mains, lambda item: tuple(label(other, language) for other in followers[item.key]))
    )


def _form_columns(beside: int, items: Sequence[Item], language: Language) -> FormColumns:
    second = 4 if language is Language.BOTH else 0
    answer = 5 if second else 4
    clause = answer + 1 + beside if len({item.clause for item in items if item.clause}) > 1 else 0
    need = answer + 1 + beside + bool(clause)
    besides = tuple(range(answer + 1, answer + 1 + beside))
    return FormColumns(2, 3, second, answer, besides, clause, need, need + 1, need + 2)


def _table(
    item: Item,
    section: Section,
    rules: RuleSet,
    language: Language,
    row_range: int,
    choices: Mapping[str, Sequence[Choice]],
) -> TablePlace:
    computed = [one for one in rules.computed if one.table == item.key and one.key in FORM_COMPUTED]
    computed_width = {"period": 11.5, "row_state": 10.5}
    room = room_for(TABLE_PIXELS, len(item.columns) + len(computed) + 1) - MARGIN
    headers = [header(column, language) for column in item.columns]
    labels = [" ".join(choice_labels(choices.get(one.choices, ()), language).values()) for one in item.columns]
    widths = table_widths(item.columns, headers, room - sum(computed_width[one.key] for one in computed), labels)
    columns = [
        ColumnPlace(column.key, header(column, language), number, width, asked=column)
        for number, (column, width) in enumerate(zip(item.columns, widths, strict=True), start=TABLE_FIRST_COLUMN)
    ]
    for number, one in enumerate(computed, start=TABLE_FIRST_COLUMN + len(columns)):
        text = word(f"table.{one.key}", language)
        columns.append(ColumnPlace(one.key, text, number, computed_width[one.key], computed=one))
    status, reason = _status_columns(columns)
    return TablePlace(
        item=item,
        sheet=section.sheet,
        name=f"t_{item.key}",
        status=Spot(section.sheet, TABLE_HEADER_ROW - 3, status),
        reason=Spot(section.sheet, TABLE_HEADER_ROW - 3, reason),
        state=Spot(section.sheet, TABLE_HEADER_ROW - 3, reason + 1),
        header_row=TABLE_HEADER_ROW,
        last_row=TABLE_HEADER_ROW + row_range,
        columns=tuple(columns),
    )


def _status_columns(columns: Sequence[ColumnPlace]) -> tuple[int, int]:
    """Return the columns of the state and the reason cell: near the left, wide enough, the state's own after them."""
    near = columns[: max(1, min(4, len(columns) - 2))]
    wide = [place for place in near if place.width >= _STATUS_WIDTH]
    status = (wide[0] if wide else max(near, key=lambda place: place.width)).column
    after = [place for place in columns if status < place.column < columns[-1].column][:3]
    return status, max(after, key=lambda place: place.width).column if after else status + 1
