"""Random contents of answer and judgement cells: what people really type, right and wrong, by type of the question."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from tests.assessment.listed import ALPHA, BETA
from xlsaddin.checklist.model import Choice, Column, Item, Type
from xlsaddin.workbook.labels import Language, choice_label

ERROR = "#N/A"
"""Stands for a cell that shows an error."""

DATE_TEXTS = (
    "2013年10月", "H22.4", "令和8年5月20日", "2024.4-2025.3", "2024年度", "現在", "present", "2024年5月から",
    "2025/10-現在", "2023年4月～2024年3月",
)  # fmt: skip
TYPED_YEARS = (2024, 202405)
NUMBER_TEXTS = {
    Type.MONEY: ("3,000千円", "300万円", "約50万円", "USD 3,000"),
    Type.PERCENT: ("62％", "15%", "30 percent"),
    Type.INTEGER: ("2,900名", "12か月", "令和8年度"),
    Type.NUMBER: ("1億2,000万", "約50"),
}
_NAMES = (ALPHA, BETA, f"{ALPHA}?", "みどり大学", "Midori University", "Gamma Programme", "DELTA Dora", "*", "=1+1")
_FORMED = {
    Type.EMAIL: ("a@example.ac.jp", "no address"), Type.URL: ("https://example.ac.jp", "somewhere"),
    Type.ORCID: ("0000-0002-1825-0097", "0000-0002-1825-0098"), Type.ERAD: ("12345672", "none"),
    Type.CORPORATE_NUMBER: ("7000012050002", "123"), Type.DOI: ("10.1234/abc", "doi"), Type.CURRENCY: ("USD", "円"),
}  # fmt: skip


def registered(kind: Type) -> Sequence[object]:
    """Return the texts of a type whose readings a workbook learns when it is checked."""
    if kind in (Type.DATE, Type.MONTH):
        return (*DATE_TEXTS, *TYPED_YEARS)
    if kind in _FORMED:
        return _FORMED[kind][1:]
    return NUMBER_TEXTS.get(kind, ())


def random_content(random: Random, asked: Item | Column, choices: tuple[Choice, ...]) -> object:
    """Return what somebody types into a cell: mostly sound, at times blank, an error or of another kind."""
    roll = random.random()
    if roll < 0.15:
        return None
    if roll < 0.18:
        return ERROR
    if roll < 0.22 and asked.type not in _FORMED:
        return "不明かもしれない"
    match asked.type:
        case Type.CHOICE:
            choice = random.choice(choices)
            spelling = random.choice([choice_label(choice, language) for language in Language] + list(choice.aliases))
            return random.choice((spelling, f" {spelling}", spelling.upper()))
        case Type.TICK:
            return random.choice(("☑", "はい", "☐", "×"))
        case Type.DATE | Type.MONTH:
            native = date(2019, 1, 1) + timedelta(random.randrange(3300))
            return random.choice((native, native, native, *DATE_TEXTS, *TYPED_YEARS))
        case Type.INTEGER | Type.NUMBER | Type.MONEY | Type.PERCENT:
            return random.choice((0, 1, 9, 10, 25, 49.5, 50, 51, 100, 2900, -3, 0.5, "不明", *registered(asked.type)))
        case Type.TEXT | Type.LONG_TEXT | Type.NAMES | Type.COUNTRY:
            return random.choice(_NAMES)
        case _:
            return random.choice(_FORMED[asked.type])


def random_judgement(random: Random, key: str, labels: Sequence[str]) -> object:
    """Return what an officer types into a cell beside a hit or a difference."""
    if random.random() < 0.25:
        return None
    match key:
        case "reason":
            return random.choice(("在籍証明を確認", "  "))
        case "reviewer" | "approver":
            return random.choice(("輸出 花子", "管理 次郎", " 輸出 花子 "))
        case "judged_on" | "decided_on":
            return date(2026, 8, 1) + timedelta(random.randrange(40))
        case _:
            return random.choice(labels)
