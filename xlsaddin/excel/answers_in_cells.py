"""Single cells understood as answers: what `RS_VALIDATE`, `RS_LOOKBACK`, `RS_RESIDENCY`, `RS_LEVEL` hand to the domain.

A cell is made the only answer of an otherwise empty checklist and goes the way of every answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from xlsaddin.errors import XlsAddinError
from xlsaddin.excel.boundary import is_blank, text_of
from xlsaddin.excel.settings import Settings

_DEFAULT_CHECKLIST = "researcher"
_INSIDE = ("対象期間内", "inside the period asked")
_OUTSIDE = ("対象期間外", "outside the period asked")
_ALWAYS = ("期間を問わず対象", "asked whatever the period")
_EPOCH = datetime(1899, 12, 30)
_DAYS = ("entered_japan", "left_japan")
_WORDS = {"はい": True, "yes": True, "true": True, "いいえ": False, "no": False, "false": False, "": None}
_RESIDENCY = {
    "resident": ("居住者", "resident"),
    "non_resident": ("非居住者", "non-resident"),
    "undetermined": ("判断未定", "undetermined"),
}
_UNREADABLE = ("日付として読めません", "not readable as a date")


class CellError(XlsAddinError):
    """An argument of a worksheet function names something that does not exist."""


def check_value(path: str, value: Any, settings: Settings) -> str:
    """Return what is to be corrected in a value as an answer to `checklist.item[.column]`, else an empty text."""
    from xlsaddin.checklist.validation import validate_answers

    checklist, item, column = _asked(path)
    answers = _only(checklist, item, {column: value} if column else value)
    found = validate_answers(checklist, answers, _parameters())
    here = [one for one in found if (one.location.item, one.location.column) == (item.key, column)]
    return " ".join(settings.say(one.message_ja, one.message_en) for one in here)


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


def residency_of(facts: Sequence[Sequence[Any]], as_of: Any, settings: Settings) -> str:
    """Return residency, specific categories and reasons of a table of facts (name, value)."""
    from pydantic import ValidationError

    from xlsaddin.assessment.residency import Case, assess_residency

    try:
        case = Case.model_validate(_case(facts, as_of))
    except ValidationError as error:
        wrong = error.errors()[0]
        raise CellError("RS-LIVE-012", fact=".".join(map(str, wrong["loc"])), reason=wrong["msg"]) from None
    result = assess_residency(case)
    categories = "".join(f" {settings.say('特定類型', 'category')}{number}" for number in result.specific_category)
    residency = settings.say(*_RESIDENCY[result.residency])
    return f"{residency}{categories}: {settings.say(' '.join(result.why_ja), ' '.join(result.why_en))}"


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
        raise CellError("RS-LIVE-011", path=path) from None
    return checklist, item, column


def _only(checklist: Any, item: Any, value: Any) -> Any:
    """Return the answers of a checklist on which this is the only answer."""
    from xlsaddin.checklist.raw import raw_answers
    from xlsaddin.checklist.values import read_answers

    return read_answers(checklist, raw_answers(checklist, {item.key: [value] if item.columns else value}))


def _case(facts: Sequence[Sequence[Any]], as_of: Any) -> dict[str, Any]:
    """Return the JSON form of a case: `person` facts by name, `contract.…` and `benefit.…` with an optional number."""
    person: dict[str, Any] = {}
    groups: dict[str, dict[str, Any]] = {}
    case: dict[str, Any] = {"id": "cell", "as_of": _day(as_of) or date.today()}
    for name, cell in ((text_of(row[0]), row[1]) for row in facts if len(row) > 1 and not is_blank(row[0])):
        value = _day(cell) if name in _DAYS else _WORDS.get(text_of(cell).casefold(), cell)
        group, _, fact = name.rpartition(".")
        if group:
            groups.setdefault(group, {})[fact] = value
        elif name in ("acts_on_foreign_government_instruction", "natural_person"):
            case[name] = value
        else:
            person[name] = value
    contracts = [group for name, group in sorted(groups.items()) if name.startswith("contract")]
    benefits = [group for name, group in sorted(groups.items()) if name.startswith("benefit")]
    return {**case, "person": person, "contracts": contracts, "benefits": benefits}


def _day(cell: Any) -> Any:
    """Return a cell as a day, however it is written; what cannot be read stays as it is and is then refused."""
    from xlsaddin.checklist.answers import DateSpan
    from xlsaddin.checklist.cells import read_content
    from xlsaddin.checklist.model import Column, Type
    from xlsaddin.checklist.raw import RawCell

    if is_blank(cell):
        return None
    serial = _EPOCH + timedelta(days=cell) if isinstance(cell, (int, float)) else cell
    read = read_content(Column(key="day", label_ja="日", label_en="day", type=Type.DATE), RawCell(serial), ())
    return read.first if isinstance(read, DateSpan) else cell


def _levels(cells: Iterable[Any]) -> list[int]:
    """Return levels by number; raises CellError for a word that is none."""
    known = {word.casefold(): number for number, pair in enumerate(_level_words()) for word in pair}
    found = []
    for cell in cells:
        word = text_of(cell).split(" / ")[0].casefold()
        if word and word not in known:
            raise CellError("RS-LIVE-013", word=word)
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
