"""Rules that follow from the questions themselves: state of each row, state of each item, what counts as screened.

Made as expressions like the rules in `data/rules`, so that cells and Python show the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xlsaddin.assessment.model import State
from xlsaddin.assessment.rules import Computed, StateRule
from xlsaddin.checklist.expression import parse_expression
from xlsaddin.checklist.model import Checklist, Choice, Column, Item, Kind, Type

Choices = Mapping[str, tuple[Choice, ...]]

_GIVEN = '"given"'
MEASURED = frozenset({Type.DATE, Type.MONTH, Type.INTEGER, Type.NUMBER, Type.PERCENT, Type.MONEY})
"""Types whose answers may say that the person does not know; that is an answer, though no value."""


def row_columns(checklist: Checklist, span: str, choices: Choices) -> Iterator[Computed]:
    """Yield the computed columns of each table item: period (where it has one) and state of the row."""
    for item in tables(checklist):
        if has_period(item):
            yield _column(item.key, "period", "対象期間", "Period", span, choices["period"])
        yield _column(item.key, "row_state", "状態", "State", _row_state(item), choices["row_state"])


def item_columns(checklist: Checklist, choices: Choices) -> Iterator[Computed]:
    """Yield the computed columns of table `items`, an expression an item."""
    for item in listed_items(checklist):
        required = _one_if(item.required_if) if item.required_if else str(int(item.required and not item.office))
        yield _cell(item, "applies", "対象", "Applies", _one_if(item.applies_if) if item.applies_if else "1")
        yield _cell(item, "required", "必須", "Required", required)
        stated = item.kind is Kind.TABLE or item.choices == "status"
        missing = _blank(item)
        status = f'"blank" if {missing} else {item.key if stated else _GIVEN}'
        state = f'"empty" if {missing} else "filled"'
        if item.kind is Kind.TABLE:
            state = _table_state(item)
            yield _cell(item, "rows", "件数", "Rows", f"count({item.key})")
            inside = f'count({item.key}, period != "before")' if has_period(item) else f"count({item.key})"
            yield _cell(item, "in_window", "対象期間内", "Within the period", inside)
        yield _cell(item, "status", "回答状態", "Answer", status, choices["item_status"])
        yield _cell(item, "state", "状態", "State", state, choices["item_state"])


def screening_states(checklist: Checklist, texts: Mapping[str, str]) -> Iterator[StateRule]:
    """Yield what keeps a result provisional while a screened text was not compared as it stands now."""
    screened = [item.key for item in tables(checklist) if any(column.screen for column in item.columns)]
    if not screens(checklist):
        return
    for key in ("not_screened", "stale"):
        counts = [f'count({table}, screened == "{key}")' for table in ("items", *screened)]
        yield StateRule(
            key, State.PROVISIONAL, parse_expression(" + ".join(counts)), texts[f"{key}_ja"], texts[f"{key}_en"]
        )


def screens(checklist: Checklist) -> bool:
    """Return whether any text of a checklist is compared with lists."""
    return any(item.screen or any(column.screen for column in item.columns) for item in checklist.items)


def listed_items(checklist: Checklist) -> tuple[Item, ...]:
    """Return the items that have a row in table `items`.

    Not those that no rule may read, nor remarks beside a question that nobody must fill.
    """
    asked = (item for item in checklist.items if not item.unread)
    return tuple(item for item in asked if not item.beside or item.required or item.required_if)


def tables(checklist: Checklist) -> tuple[Item, ...]:
    """Return the table items of a checklist."""
    return tuple(item for item in checklist.items if item.kind is Kind.TABLE)


def has_period(item: Item) -> bool:
    """Return whether the rows of a table item lie in time."""
    return any(column.period for column in item.columns)


def unknown_name(column: str) -> str:
    """Return the name of what says 1 where a person does not know the number or date of a column."""
    return f"{column}_unknown"


def _row_state(item: Item) -> str:
    """Return the state of a row, as `checks.missing` sees it: what lies before the period may lack what it likes."""
    missing = " or ".join(filter(None, (_missing(column) for column in item.columns)))
    state = '"check" if period == "unknown" else "filled"' if has_period(item) else '"filled"'
    if missing and not item.office:
        excused = "" if item.unread else f' and not ({item.key} == "partly")'
        state = f'"incomplete" if ({missing}){excused} else ({state})'
    return f'"outside" if period == "before" else ({state})' if item.lookback == "window" else state


def _missing(column: Column) -> str:
    blank = _blank(column)
    if column.type in MEASURED:
        blank = f"({blank} and {unknown_name(column.key)} == 0)"
    if column.required:
        return blank
    return f"(({column.required_if}) and {blank})" if column.required_if else ""


def _blank(asked: Item | Column) -> str:
    """Return the condition that nothing was answered; a box not ticked is no answer."""
    return f"not ({asked.key} == True)" if asked.type is Type.TICK else f"blank({asked.key})"


def _table_state(item: Item) -> str:
    key = item.key
    unexplained = f'({key} in ("not_obtainable", "partly") and blank({key}_reason))'
    without_rows = f'({key} == "given" and count({key}) == 0)'
    incomplete = f'count({key}, row_state == "incomplete") > 0'
    check = f'({key} == "none" and count({key}) > 0)'
    if has_period(item):
        check += f' or count({key}, row_state == "check") > 0'
    return (
        f'"empty" if blank({key}) and count({key}) == 0 else ('
        f'"incomplete" if blank({key}) or {unexplained} or {without_rows} or {incomplete} else ('
        f'"check" if {check} else "filled"))'
    )


def _one_if(condition: str) -> str:
    return f"1 if ({condition}) else 0"


def _column(table: str, key: str, ja: str, en: str, text: str, choices: tuple[Choice, ...] = ()) -> Computed:
    return Computed(table, key, ja, en, parse_expression(text), choices)


def _cell(item: Item, key: str, ja: str, en: str, text: str, choices: tuple[Choice, ...] = ()) -> Computed:
    return Computed("items", key, ja, en, parse_expression(text), choices, item.key)
