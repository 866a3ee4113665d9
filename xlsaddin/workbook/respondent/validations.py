"""What an input cell offers and warns of: drop-down lists, dates, numbers, a short hint in both languages.

Only closed choices are refused; whatever else a person writes is kept after a question, and read as well as we can.
"""

from __future__ import annotations

from xlsaddin.checklist.model import Column, Item, Type
from xlsaddin.workbook.labels import BESIDE, Language, label, words
from xlsaddin.workbook.plan import ValidationPlan

PROMPT_LENGTH, TITLE_LENGTH, ERROR_LENGTH = 255, 32, 224

_EARLIEST, _LATEST = "7306", "109574"
_MANY = "1000000000000000"


def validate_input(asked: Item | Column, area: str, language: Language) -> ValidationPlan:
    """Return the validation of the input cells of a question."""
    title = shorten(label(asked, language), TITLE_LENGTH)
    prompt = _prompt(asked, language)
    first = area.partition(":")[0]
    match asked.type:
        case Type.CHOICE:
            return list_validation(area, asked.choices, title, prompt, language)
        case Type.TICK:
            return list_validation(area, "tick", title, prompt, language)
        case Type.DATE | Type.MONTH if isinstance(asked, Column) and asked.period:
            # periods may be written as text (現在, 2024.4-2025.3): only a bare number that is no date is asked
            rule = f"=IF(ISNUMBER({first}),AND({first}>={_EARLIEST},{first}<={_LATEST}),TRUE)"
            return _valid(area, "custom", rule, "", title, prompt, "date", language)
        case Type.DATE | Type.MONTH:
            return date_validation(area, title, prompt, language)
        case Type.PERCENT:
            return _valid(area, "decimal", "0", "100", title, prompt, "percent", language)
        case Type.INTEGER:
            return _valid(area, "whole", "0", _MANY, title, prompt, "number", language)
        case Type.NUMBER | Type.MONEY:
            return _valid(area, "decimal", "0", _MANY, title, prompt, "number", language)
        case _:
            return ValidationPlan(area, "any", title=title, prompt=prompt)


def list_validation(area: str, choices: str, title: str, prompt: str, language: Language) -> ValidationPlan:
    """Return a drop-down list of a choice list; anything else is refused."""
    error = _error("choice", language)
    return ValidationPlan(area, "list", f"=l_{choices}", title=title, prompt=prompt, error=error, stop=True)


def date_validation(area: str, title: str, prompt: str, language: Language) -> ValidationPlan:
    """Return the validation of cells for a day."""
    return _valid(area, "date", _EARLIEST, _LATEST, title, prompt, "date", language)


def shorten(text: str, length: int) -> str:
    """Return a text that fits; where both languages do not, the first one, and at last a cut one."""
    for candidate in (text, text.partition(BESIDE)[0]):
        if len(candidate) <= length:
            return candidate
    return text.partition(BESIDE)[0][: length - 1] + "…"


def _valid(
    area: str, kind: str, first: str, second: str, title: str, prompt: str, error: str, language: Language
) -> ValidationPlan:
    text = _error(error, language)
    return ValidationPlan(area, kind, first, second, title=title, prompt=prompt, error=text)


def _prompt(asked: Item | Column, language: Language) -> str:
    kind = "month_to" if isinstance(asked, Column) and asked.period == "to" else asked.type.value
    hint_ja, hint_en = words().get(f"prompt.{kind}", ("", ""))
    ja, en = asked.help_ja or hint_ja, asked.help_en or hint_en
    parts = {Language.BOTH: (ja, en), Language.JA: (ja,), Language.EN: (en,)}[language]
    whole = "\n".join(part for part in parts if part)
    if len(whole) <= PROMPT_LENGTH:
        return whole
    return shorten_to(parts[0], PROMPT_LENGTH)


def shorten_to(text: str, length: int) -> str:
    """Return a text cut at the end of a sentence where it is too long."""
    if len(text) <= length:
        return text
    cut = text[:length]
    end = max(cut.rfind("。"), cut.rfind(". ") + 1)
    return cut[: end + 1] if end > length // 2 else cut[: length - 1] + "…"


def _error(key: str, language: Language) -> str:
    ja, en = words()[f"error.{key}"]
    return {Language.BOTH: f"{ja}\n{en}", Language.JA: ja, Language.EN: en}[language][:ERROR_LENGTH]
