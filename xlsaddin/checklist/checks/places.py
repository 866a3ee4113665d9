"""Where an answer stands and how it reads in a message: shared by the checks of single checklists."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from xlsaddin.checklist.answers import FOREVER, Answers, DateSpan, Row
from xlsaddin.checklist.institutions import clause_for, institution_of
from xlsaddin.checklist.model import Checklist, Item
from xlsaddin.findings import Location
from xlsaddin.text.normalize import normalize_name

Facts = dict[str, Any]
"""What a message names, by field."""

_SEPARATORS = re.compile(r"[、,;；/／()（）\n]")


def item_place(answers: Answers, key: str) -> Location:
    """Return the place of a single item, or of the state cell of a table item."""
    answer = answers.answer(key)
    places = (answer.cell.location, answer.status_cell.location)
    return next((place for place in places if place.item), Location(item=key))


def cell_place(item: str, row: Row, column: str) -> Location:
    """Return the place of a cell in a row of a table item, a blank one included."""
    found = row.cell(column).location
    return found if found.item else Location(item=item, column=column, row=row.number)


def read_text(row: Row, *columns: str) -> str:
    """Return the text of the first of these columns that is not blank, as written; empty when all are."""
    return next((str(row.cell(column).raw).strip() for column in columns if not row.cell(column).blank), "")


def item_text(answers: Answers, key: str) -> str:
    """Return the text of a single item as written, empty when blank."""
    cell = answers.answer(key).cell
    return "" if cell.blank else str(cell.raw).strip()


def label_facts(item: Item) -> Facts:
    """Return the labels of an item, as the fields of a message."""
    return {"label_ja": item.label_ja, "label_en": item.label_en}


def clause_of(item: Item, answers: Answers) -> str:
    """Return the clause of an item as it binds this institution, lead or joint."""
    return clause_for(item, institution_of(answers))


def choice_labels(checklist: Checklist, choices: str, key: object) -> tuple[str, str]:
    """Return the Japanese and English label of a choice, empty texts for a key the list does not have."""
    return next(
        ((choice.ja, choice.en) for choice in checklist.choices.get(choices, ()) if choice.key == key), ("", "")
    )


def is_before(earlier: object, later: object) -> bool:
    """Say whether a date lies before another for certain, however precisely each was written."""
    return isinstance(earlier, DateSpan) and isinstance(later, DateSpan) and earlier.last < later.first


def day_text(value: object) -> str:
    """Render a date as far as it is known."""
    if not isinstance(value, DateSpan):
        return "-"
    return "現在" if value.last == FOREVER else value.first.isoformat()


def names_in_text(text: str) -> frozenset[str]:
    """Return the names a cell may hold, comparable: the whole text, its parts and its words."""
    parts = {text, *_SEPARATORS.split(text), *text.split()}
    return frozenset(_whole(part) for part in parts if part.strip())


def names_anyone(texts: Iterable[str], names: Iterable[str]) -> bool:
    """Say whether one of these cells names somebody known by any of these names."""
    wanted = {_whole(name) for name in names if name.strip()}
    return any(wanted & names_in_text(text) for text in texts)


def _whole(name: str) -> str:
    return normalize_name(name).replace(" ", "")
