"""What makes a checklist definition contradict itself: doubled keys, unknown names, texts Excel has no room for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from keyword import iskeyword

from xlsaddin.checklist.expression import names_in, parse_expression, tables_in
from xlsaddin.checklist.model import Checklist, Column, Item, Kind, Type
from xlsaddin.errors import DefinitionError
from xlsaddin.parameters import all_parameters

HEADER_LIMIT = 120
"""Characters of a column header; the two languages together stay within Excel's 255."""

LABEL_LIMIT = 400
"""Characters of a question."""

PROMPT_LIMIT = 255
"""Characters Excel allows in an input prompt; help shown beside a cell keeps to it in each language."""

_SHEET = re.compile(r"^[一-龠々ぁ-んァ-ヶーA-Za-z0-9]{1,31}$")
_PERIOD_PATTERNS: tuple[set[str], ...] = (set(), {"from", "to"}, {"at"}, {"at", "to"})
_CELL_LIKE = re.compile(r"^([a-z]{1,3}\d+|r\d*c?\d*|c\d*)$")
SCOPE_NAMES = frozenset({"as_of", "lookback_start", "lead"})
"""Names every expression may use beside items, columns and parameters."""

COMPUTED_NAMES = frozenset({"start", "end", "period", "row_state", "row_id", "compared", "screened"})
"""Columns that workbooks compute beside the answers."""


def find_problems(checklist: Checklist) -> Iterator[str]:
    """Yield every contradiction as `place: what is wrong`."""
    yield from _keys(checklist)
    yield from _sections(checklist)
    for item in checklist.items:
        yield from _item(checklist, item)
        if item.kind is Kind.TABLE:
            yield from _table(checklist, item)


def _keys(checklist: Checklist) -> Iterator[str]:
    keys = [item.key for item in checklist.items]
    yield from _doubled("items", keys)
    yield from _doubled("sections", [section.key for section in checklist.sections])
    yield from _doubled("sheets", [section.sheet for section in checklist.sections])
    singles = {item.key for item in checklist.items if item.kind is Kind.SINGLE}
    for key in (checklist.subject, *checklist.subject_else):
        if key not in singles:
            yield f"subject: {key} is not a single item"
    for name, choices in checklist.choices.items():
        yield from _doubled(f"choices.{name}", [choice.key for choice in choices])
        yield from _doubled(f"choices.{name}", [text for choice in choices for text in {choice.ja, choice.en}])


def _sections(checklist: Checklist) -> Iterator[str]:
    for section in checklist.sections:
        if not _SHEET.match(section.sheet):
            yield f"{section.key}: sheet name {section.sheet} (kanji, kana, letters, digits; at most 31)"
        items = [item for item in checklist.items if item.section == section.key]
        if not items:
            yield f"{section.key}: a section without items"
        if len(items) > 1 and any(item.kind is Kind.TABLE for item in items):
            yield f"{section.key}: a table item needs a sheet of its own"


def _item(checklist: Checklist, item: Item) -> Iterator[str]:
    singles = {other.key for other in checklist.items if other.kind is Kind.SINGLE and not other.unread}
    if item.section not in {section.key for section in checklist.sections}:
        yield f"{item.key}: no section {item.section}"
    if item.beside and item.beside not in singles:
        yield f"{item.key}: beside {item.beside}, which is not a single item"
    if item.country_from and item.country_from not in singles:
        yield f"{item.key}: country_from {item.country_from} is not a single item"
    if bool(item.columns) != (item.kind is Kind.TABLE):
        yield f"{item.key}: a table has columns, a single item has none"
    yield from _asked(checklist, item, item.key, singles)
    yield from _expression(checklist, item.applies_if, f"{item.key}.applies_if", singles)


def _table(checklist: Checklist, item: Item) -> Iterator[str]:
    keys = {column.key for column in item.columns}
    yield from _doubled(item.key, [column.key for column in item.columns])
    yield from _doubled(item.key, [text for column in item.columns for text in {column.label_ja, column.label_en}])
    periods = Counter(column.period for column in item.columns if column.period)
    if max(periods.values(), default=0) > 1 or set(periods) not in _PERIOD_PATTERNS:
        yield f"{item.key}: period columns are `from` and `to`, or `at`, or `at` and `to`, each once"
    for column in item.columns:
        place = f"{item.key}.{column.key}"
        if column.country_from and column.country_from not in keys:
            yield f"{place}: country_from {column.country_from} is not a column of the table"
        if column.period and column.type not in (Type.DATE, Type.MONTH):
            yield f"{place}: a period column holds a date or a month"
        singles = {other.key for other in checklist.items if other.kind is Kind.SINGLE and not other.unread}
        yield from _asked(checklist, column, place, keys | singles)


def _asked(checklist: Checklist, asked: Item | Column, place: str, names: Iterable[str]) -> Iterator[str]:
    if asked.type is Type.CHOICE and asked.choices not in checklist.choices:
        yield f"{place}: no choice list {asked.choices or '(none named)'}"
    if asked.type is not Type.CHOICE and asked.choices:
        yield f"{place}: choices are for type choice"
    if _CELL_LIKE.match(asked.key) or iskeyword(asked.key) or asked.key in SCOPE_NAMES | COMPUTED_NAMES:
        yield f"{place}: the key reads like a cell address or has a meaning of its own in rules"
    limit = HEADER_LIMIT if isinstance(asked, Column) else LABEL_LIMIT
    for name in ("label_ja", "label_en"):
        label = getattr(asked, name)
        if not label or "\n" in label or " / " in label or len(label) > limit:
            yield f"{place}: {name} is empty, over {limit} characters or holds a line break or ` / `"
    for name in ("help_ja", "help_en"):
        if len(getattr(asked, name)) > PROMPT_LIMIT:
            yield f"{place}: {name} has over {PROMPT_LIMIT} characters"
    yield from _expression(checklist, asked.required_if, f"{place}.required_if", names)


def _expression(checklist: Checklist, text: str, place: str, names: Iterable[str]) -> Iterator[str]:
    if not text:
        return
    try:
        expression = parse_expression(text)
    except DefinitionError as error:
        yield f"{place}: {error.en}"
        return
    tables = {item.key for item in checklist.items if item.kind is Kind.TABLE and not item.unread}
    unknown = names_in(expression) - set(names) - SCOPE_NAMES - set(all_parameters())
    unknown |= tables_in(expression) - tables
    if unknown:
        yield f"{place}: unknown {', '.join(sorted(unknown))}"


def _doubled(place: str, names: Iterable[str]) -> Iterator[str]:
    for name, count in Counter(names).items():
        if count > 1:
            yield f"{place}: {name} stands {count} times"
