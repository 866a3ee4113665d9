"""Single cells understood as answers: what `RS_VALIDATE`, `RS_LOOKBACK`, `RS_LEVEL` hand to the domain.

A cell is made the only answer of an otherwise empty checklist and goes the way of every answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from xlsaddin.excel.boundary import text_of
from xlsaddin.excel.settings import Settings
from xlsaddin.excel.wrong_argument import ArgumentError

_DEFAULT_CHECKLIST = "researcher"
_INSIDE = ("対象期間内", "inside the period asked")
_OUTSIDE = ("対象期間外", "outside the period asked")
_ALWAYS = ("期間を問わず対象", "asked whatever the period")
_UNREADABLE = ("日付として読めません", "not readable as a date")


def check_value(path: str, value: Any, settings: Settings) -> str:
    """Return what is to be corrected in a value as an answer to `checklist.item[.column]`, else an empty text."""
    from xlsaddin.checklist.validation import validate_answers

    checklist, item, column = _asked(path)
    answers = _only(checklist, item, {column: value} if column else value)
    found = validate_answers(checklist, answers, _parameters())
    here = [one for one in found if (one.location.item, one.location.column) == (item.key, column)]
    if column:  # the value stands in no row of a table
        return " ".join(settings.say(*map(_without_row, (one.message_ja, one.message_en))) for one in here)
    return " ".join(settings.say(one.message_ja, one.message_en) for one in here)


def _without_row(message: str) -> str:
    return message.replace(" 1行目", "", 1).replace(", row 1", "", 1)


def lookback_of(key: str, day: Any, profile: str, settings: Settings) -> str:
    """Return whether a date lies inside the period an item asks for, as the profile asks it."""
    from xlsaddin.checklist import periods
    from xlsaddin.checklist.model import Kind, Lookback
    from xlsaddin.checklist.profiles import load_profile
    from xlsaddin.parameters import Parameters

    checklist, item, _ = _asked(key, load_profile(profile or settings.profile))
    bounds = [column.key for column in item.columns if column.period]
    if item.lookback is not Lookback.WINDOW or item.kind is not Kind.TABLE or not bounds:
        return settings.say(*_ALWAYS)
    parameters = Parameters(date.today(), load_profile(profile or settings.profile).parameters)
    row = _only(checklist, item, dict.fromkeys(bounds, day)).rows(item.key)[0]
    if periods.row_span(item, row)[1] is None:
        return settings.say(*_UNREADABLE)
    start = periods.lookback_start(periods.fiscal_year(parameters.as_of, parameters), parameters)
    return settings.say(*(_OUTSIDE if periods.lies_outside(item, row, start) else _INSIDE))


def overall_level(cells: Iterable[Any], settings: Settings) -> str:
    """Return the overall level in words; an empty text for an empty range."""
    levels = _levels(cells)
    if not levels:
        return ""
    return settings.say(*_level_words()[int(_evaluate("level", levels))])


def order_of_work(cells: Iterable[Any]) -> float | str:
    """Return the order of work (確認順, 0 to 100); an empty text for an empty range."""
    levels = _levels(cells)
    return float(_evaluate("score", levels)) if levels else ""


def _parameters() -> Any:
    from xlsaddin.parameters import Parameters

    return Parameters(date.today())


def _asked(path: str, profile: Any = None) -> tuple[Any, Any, str]:
    """Return checklist, item and column key of `checklist.item.column`; the checklist may be left out."""
    from xlsaddin.checklist.loading import checklist_keys, load_checklist

    parts = path.split(".")
    if parts[0] not in checklist_keys():
        parts.insert(0, _DEFAULT_CHECKLIST)
    checklist = load_checklist(parts[0], profile)
    try:
        item = checklist.item(parts[1])
        column = item.column(parts[2]).key if len(parts) > 2 else ""
    except (KeyError, IndexError):
        raise ArgumentError("RS-LIVE-011", path=path) from None
    return checklist, item, column


def _only(checklist: Any, item: Any, value: Any) -> Any:
    """Return the answers of a checklist on which this is the only answer."""
    from xlsaddin.checklist.raw import raw_answers
    from xlsaddin.checklist.values import read_answers

    return read_answers(checklist, raw_answers(checklist, {item.key: [value] if item.columns else value}))


def _levels(cells: Iterable[Any]) -> list[int]:
    """Return levels by number; raises ArgumentError for a word that is none."""
    known = {word.casefold(): number for number, pair in enumerate(_level_words()) for word in pair}
    found = []
    for cell in cells:
        word = text_of(cell).split(" / ")[0].casefold()
        if word and word not in known:
            raise ArgumentError("RS-LIVE-013", word=word)
        if word:
            found.append(known[word])
    return found


def _level_words() -> tuple[tuple[str, str], ...]:
    from xlsaddin.assessment.model import Level
    from xlsaddin.workbook.labels import words

    return tuple(words()[f"level.{level.key}"] for level in Level)


def _evaluate(result: str, levels: Sequence[int]) -> Any:
    """Return what the rules make of these levels of indicators, each counted once."""
    from xlsaddin.assessment.loading import load_rules
    from xlsaddin.assessment.scope import EvaluationScope, TableRow
    from xlsaddin.checklist.expression import evaluate
    from xlsaddin.checklist.loading import load_checklist

    rules = load_rules(load_checklist(_DEFAULT_CHECKLIST), _parameters())
    rows: list[TableRow] = [
        {"indicator": str(number), "hits": 1, "level": level, "pending": 0} for number, level in enumerate(levels)
    ]
    scope = EvaluationScope(rules.parameters, {"contributions": rows, "hits": [], "differences": [], "items": []})
    scope.names["level"] = evaluate(rules.level, scope)
    return evaluate(getattr(rules, result), scope)
