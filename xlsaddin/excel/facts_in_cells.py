"""A table of facts in cells understood as a residency case: what `RS_RESIDENCY` hands to the decision tables."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from xlsaddin import resources
from xlsaddin.excel.boundary import is_blank, text_of
from xlsaddin.excel.settings import Settings
from xlsaddin.excel.wrong_argument import ArgumentError

_EPOCH = datetime(1899, 12, 30)
_DAYS = ("entered_japan", "left_japan")
_OF_THE_CASE = ("acts_on_foreign_government_instruction", "natural_person")
_WORDS = {"はい": True, "yes": True, "true": True, "いいえ": False, "no": False, "false": False, "": None}
_NUMBERED = re.compile(r"(contract|benefit)\d*\.")
_RESIDENCY = {
    "resident": ("居住者", "resident"),
    "non_resident": ("非居住者", "non-resident"),
    "undetermined": ("判断未定", "undetermined"),
}


def residency_of(facts: Sequence[Sequence[Any]], as_of: Any, settings: Settings) -> str:
    """Return residency, specific categories and reasons of a table of facts (name, value).

    Raises:
        ArgumentError: for a fact there is not, or a value that cannot be read.
    """
    from pydantic import ValidationError

    from xlsaddin.assessment.residency import Case, assess_residency

    rows = [(_name(text_of(row[0])), row[1]) for row in facts if len(row) > 1 and not is_blank(row[0])]
    try:
        case = Case.model_validate(_case(rows, as_of))
    except ValidationError as error:
        wrong = error.errors()[0]
        fact = str(wrong["loc"][-1])
        raise ArgumentError("RS-LIVE-012", fact=fact, value=str(wrong["input"]), known=_values(fact)) from None
    result = assess_residency(case)
    categories = "".join(f" {settings.say('特定類型', 'category')}{number}" for number in result.specific_category)
    residency = settings.say(*_RESIDENCY[result.residency])
    return f"{residency}{categories}: {settings.say(' '.join(result.why_ja), ' '.join(result.why_en))}"


@cache
def load_facts() -> Mapping[str, Mapping[str, Any]]:
    """Return the facts by name: labels, and values where they are closed."""
    return tomllib.loads(resources.package_path("facts.toml").read_text(encoding="utf-8"))


def _name(text: str) -> str:
    """Return the name of a fact written by name or label; raises ArgumentError for one there is not."""
    facts = load_facts()
    by_label = {fact["ja"]: name for name, fact in facts.items()}
    name = by_label.get(text, text)
    if _NUMBERED.sub(r"\1.", name) not in facts:
        raise ArgumentError("RS-LIVE-015", fact=text, known="、".join(by_label), names=", ".join(facts))
    return name


def _values(fact: str) -> str:
    known = next((one.get("values") for name, one in load_facts().items() if name.rpartition(".")[2] == fact), None)
    return ", ".join(known or ("はい / yes", "いいえ / no", "2026/4/1", "12"))


def _case(facts: Sequence[tuple[str, Any]], as_of: Any) -> dict[str, Any]:
    """Return the JSON form of a case: `person` facts by name, `contract.…` and `benefit.…` with an optional number."""
    person: dict[str, Any] = {}
    groups: dict[str, dict[str, Any]] = {}
    case: dict[str, Any] = {"id": "cell", "as_of": _day(as_of) or date.today()}
    for name, cell in facts:
        value = _day(cell) if name in _DAYS else _WORDS.get(text_of(cell).casefold(), cell)
        group, _, fact = name.rpartition(".")
        if group:
            groups.setdefault(group, {})[fact] = value
        elif name in _OF_THE_CASE:
            case |= {name: value} if value is not None else {}
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
