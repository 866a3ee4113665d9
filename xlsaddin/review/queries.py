"""Which texts of a checklist are compared with the lists, with which facts, and where they stand.

Persons take their stated affiliations as second facts and the country of the present one; never a nationality.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count

from xlsaddin.assessment.answer_scope import row_period
from xlsaddin.checklist.answers import Answers, Cell, Fault, Row
from xlsaddin.checklist.model import Checklist, Column, Item, Kind, Target
from xlsaddin.findings import Location
from xlsaddin.screening.model import Query, QueryKind
from xlsaddin.text.countries import country_code

__all__ = ["ScreenedText", "compared_text", "row_ids", "screened_columns", "screened_texts"]

_SEVERAL = re.compile(r"[;；\n]")
_EPOCH = date(1899, 12, 30)
_SECONDS = 86400


@dataclass(frozen=True, slots=True)
class ScreenedText:
    """One name to be screened, and the place it stands at. `note` for names shown for reference only."""

    item: str
    column: str
    row_id: str
    location: Location
    query: Query
    note: bool = False


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is known beside a name."""

    country: str = ""
    affiliations: tuple[str, ...] = field(default_factory=tuple)


def screened_columns(item: Item) -> tuple[Column, ...]:
    """Return the screened columns of a table item, in order."""
    return tuple(column for column in item.columns if column.screen)


def compared_text(item: Item, row: Row) -> str:
    """Return the text that stands for what was compared: the screened cells as written, joined by `|`.

    A formula in the sheet joins the same cells with `&`; it is empty when all of them are blank.
    """
    return join_cells([row.cell(column.key) for column in screened_columns(item)])


def join_cells(cells: Sequence[Cell]) -> str:
    """Return cells joined as `A1&"|"&B1` would show them, error cells as nothing; empty when all are blank."""
    texts = ["" if cell.fault is Fault.ERROR_CELL else _shown(cell.raw) for cell in cells]
    return "|".join(texts) if any(text.strip() for text in texts) else ""


def row_ids(item: Item, rows: Sequence[Row]) -> tuple[str, ...]:
    """Return the id of each row: the one it has from an earlier check, else `<item>-<next number>`.

    A copied row brings the id of its original; only the first row keeps it.
    """
    taken = {row.row_id for row in rows}
    fresh = (row_id for row_id in (f"{item.key}-{number}" for number in count(1)) if row_id not in taken)
    found: dict[str, None] = {}
    for row in rows:
        found[row.row_id if row.row_id and row.row_id not in found else next(fresh)] = None
    return tuple(found)


def screened_texts(
    checklist: Checklist, answers: Answers, affiliation_items: Sequence[str], as_of: date
) -> Iterator[ScreenedText]:
    """Yield every name to be screened.

    Args:
        checklist, answers: what was asked and answered; items that no rule may read are left out.
        affiliation_items: table items that state a person's affiliations; the first tells the present country.
        as_of: the day that tells which affiliation is present.
    """
    person = _person_facts(checklist, answers, affiliation_items, as_of)
    own_names = _own_names(checklist, answers)
    for item in checklist.items:
        if item.unread:
            continue
        if item.kind is Kind.SINGLE and item.screen:
            cell = answers.answer(item.key).cell
            facts = person if item.screen is Target.PERSON else _Facts(_single_country(answers, item))
            yield from _texts(item.key, "", f"{item.key}-0", item.screen, cell, facts, note=False)
        rows = answers.rows(item.key)
        for row, row_id in zip(rows, row_ids(item, rows), strict=True):
            yield from _row_texts(item, row, row_id, own_names)


def _row_texts(item: Item, row: Row, row_id: str, own_names: Sequence[str]) -> Iterator[ScreenedText]:
    """Yield the names in a row; a person there belongs to its bodies and to the body the workbook is about."""
    bodies = (*(name for column in _bodies(item) for name in _names(row.cell(column.key))), *own_names)
    for column in screened_columns(item):
        assert column.screen is not None  # for the type checker
        country = _code(row.value(column.country_from)) if column.country_from else ""
        facts = _Facts(country, bodies if column.screen is Target.PERSON else ())
        cell = row.cell(column.key)
        yield from _texts(item.key, column.key, row_id, column.screen, cell, facts, note=column.screen_note)


def _texts(
    item: str, column: str, row_id: str, target: Target, cell: Cell, facts: _Facts, *, note: bool
) -> Iterator[ScreenedText]:
    for name in _names(cell):
        query = Query(
            name=name,
            country=facts.country,
            kind=QueryKind(target.value),
            affiliations=facts.affiliations,
        )
        location = cell.location if cell.location.item else Location(item=item, column=column)
        yield ScreenedText(item, column, row_id, location, query, note)


def _names(cell: Cell) -> tuple[str, ...]:
    """Return the names in a cell: one of a text, several where `;` or a line break separates them."""
    if isinstance(cell.value, tuple):
        return cell.value
    if cell.value is None or isinstance(cell.value, bool):
        return ()
    parts = (part.strip() for part in _SEVERAL.split(str(cell.value)))
    return tuple(dict.fromkeys(part for part in parts if part))


def _person_facts(checklist: Checklist, answers: Answers, items: Sequence[str], as_of: date) -> _Facts:
    """Return the stated affiliations of the person (or body) the workbook is about, and the present country."""
    organizations = [
        item for item in checklist.items if item.kind is Kind.SINGLE and item.screen is Target.ORGANIZATION
    ]
    names = [name for item in organizations for name in _names(answers.answer(item.key).cell)]
    countries = [_single_country(answers, item) for item in organizations]
    for key in items:
        item = checklist.item(key)
        for row in answers.rows(key):
            names += [name for column in _bodies(item) for name in _names(row.cell(column.key))]
            if key == items[0] and _present(item, row, as_of):
                countries += [_code(row.value(column.country_from)) for column in _bodies(item) if column.country_from]
    return _Facts(next(filter(None, countries), ""), tuple(dict.fromkeys(names)))


def _own_names(checklist: Checklist, answers: Answers) -> tuple[str, ...]:
    """Return the names of the body a workbook is about; none for a declaration of a person."""
    return tuple(name for item in _organizations(checklist) for name in _names(answers.answer(item.key).cell))


def _organizations(checklist: Checklist) -> list[Item]:
    return [item for item in checklist.items if item.kind is Kind.SINGLE and item.screen is Target.ORGANIZATION]


def _bodies(item: Item) -> tuple[Column, ...]:
    return tuple(column for column in screened_columns(item) if column.screen is Target.ORGANIZATION)


def _present(item: Item, row: Row, as_of: date) -> bool:
    end = row_period(item, row)[1]
    return end is None or end >= as_of


def _single_country(answers: Answers, item: Item) -> str:
    return _code(answers.value(item.country_from)) if item.country_from else ""


def _code(country: object) -> str:
    return (country_code(country) or "") if isinstance(country, str) else ""


def _shown(content: object) -> str:
    """Return a cell's content as Excel shows it when it is joined to a text."""
    match content:
        case None:
            return ""
        case bool():
            return "TRUE" if content else "FALSE"
        case datetime():
            seconds = (content - datetime(1899, 12, 30)).total_seconds()  # cells know no time zone
            return _number(seconds / _SECONDS)
        case date():
            return str((content - _EPOCH).days)
        case int() | float():
            return _number(content)
        case _:
            return str(content)


def _number(number: float) -> str:
    return str(int(number)) if number == int(number) and abs(number) < 1e15 else format(number, ".15g")
