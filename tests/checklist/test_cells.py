"""One cell of each type, and rows and states of tables as they come back from people."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from tests.checklist.sheets import answer, load, rows
from xlsaddin.checklist.answers import FOREVER, AnswerStatus, Cell, DateSpan, Fault
from xlsaddin.checklist.cells import read_cell
from xlsaddin.checklist.model import Column, Target, Type
from xlsaddin.checklist.raw import RawCell
from xlsaddin.checklist.readings import date_readings, number_readings
from xlsaddin.findings import Location

RESEARCHER = load("researcher")


def read(kind: Type, content: object, choices: str = "", screen: Target | None = None) -> Cell:
    column = Column(key="x_cell", label_ja="欄", label_en="Cell", type=kind, choices=choices, screen=screen)
    return read_cell(column, RawCell(content, Location(item="x", cell="B3")), RESEARCHER)


@pytest.mark.parametrize(
    ("kind", "content", "value"),
    [
        (Type.TEXT, " 髙﨑 真理子　", "髙﨑 真理子"),
        (Type.TEXT, "=SUM(A1)", "=SUM(A1)"),
        (Type.TEXT, 12.0, "12"),
        (Type.TEXT, "a\x00b\x07", "ab"),
        (Type.TEXT, "x" * 40_000, "x" * 40_000),
        (Type.DATE, datetime(2024, 5, 20, 9, 30), DateSpan(date(2024, 5, 20), date(2024, 5, 20))),
        (Type.DATE, date(1905, 7, 16), DateSpan(date(2024, 1, 1), date(2024, 12, 31))),  # 2024 in a date cell
        (Type.DATE, "分からない", "unknown"),
        (Type.MONTH, date(2025, 3, 1), DateSpan(date(2025, 3, 1), date(2025, 3, 31))),  # Excel's reading of 2025/3
        (Type.MONTH, "2025年3月15日", DateSpan(date(2025, 3, 15), date(2025, 3, 31))),
        (Type.MONTH, "現在", DateSpan(FOREVER, FOREVER)),
        (Type.INTEGER, 2900.0, 2900),
        (Type.INTEGER, "2,900名", 2900),
        (Type.PERCENT, 30, 30.0),
        (Type.PERCENT, "0.5%", 0.5),
        (Type.MONEY, "3,000千円", 3_000_000.0),
        (Type.MONEY, "不明", "unknown"),
        (Type.MONEY, "USD 3,000", "USD 3000"),  # no currency column beside it
        (Type.TICK, "レ", True),
        (Type.TICK, True, True),
        (Type.TICK, "同意します", True),
        (Type.TICK, "☐", False),
        (Type.NAMES, "Li Wei; Wang Fang", ("Li Wei", "Wang Fang")),
        (Type.EMAIL, "ａ@midori.example", "a@midori.example"),
        (Type.COUNTRY, "米国", "US"),
        (Type.COUNTRY, "Examplia", "Examplia"),
        (Type.CURRENCY, "米ドル", "USD"),
        (Type.ORCID, "https://orcid.org/0000-0002-1825-0097", "0000-0002-1825-0097"),
        (Type.ERAD, 123456, "00123456"),  # a number cell has lost the zeros
        (Type.ERAD, "なし", "none"),
        (Type.CORPORATE_NUMBER, "7000012050002", "7000012050002"),
        (Type.DOI, "https://doi.org/10.1000/XYZ", "10.1000/xyz"),
        (Type.TEXT, "   ", None),
        (Type.DATE, None, None),
    ],
)
def test_read(kind: Type, content: object, value: object) -> None:
    cell = read(kind, content)
    assert (cell.value, cell.fault) == (value, None)
    assert cell.raw is content
    assert cell.location == Location(item="x", cell="B3")


@pytest.mark.parametrize(
    ("kind", "content", "fault"),
    [
        (Type.TEXT, "#REF!", Fault.ERROR_CELL),
        (Type.DATE, "#N/A", Fault.ERROR_CELL),
        (Type.DATE, "05/06/2026", Fault.AMBIGUOUS),
        (Type.DATE, True, Fault.UNREADABLE),
        (Type.INTEGER, 3.5, Fault.UNREADABLE),
        (Type.INTEGER, -1, Fault.OUT_OF_RANGE),
        (Type.PERCENT, 0.3, Fault.AMBIGUOUS),  # 30 % as Excel stores it, or 0.3 %
        (Type.PERCENT, 130, Fault.OUT_OF_RANGE),
        (Type.MONEY, date(2024, 3, 5), Fault.UNREADABLE),
        (Type.TICK, "たぶん", Fault.NOT_A_CHOICE),
        (Type.CURRENCY, "貝殻", Fault.NOT_A_CHOICE),
        (Type.ORCID, "0000-0002-1825-0098", Fault.BAD_CHECK_DIGIT),
        (Type.ORCID, "0000-0002", Fault.UNREADABLE),
        (Type.CORPORATE_NUMBER, "1000012050002", Fault.BAD_CHECK_DIGIT),
        (Type.ERAD, "1234", Fault.UNREADABLE),
        (Type.EMAIL, "内線 1234", Fault.UNREADABLE),
        (Type.DOI, "J. Optics 12", Fault.UNREADABLE),
    ],
)
def test_asked(kind: Type, content: object, fault: Fault) -> None:
    cell = read(kind, content)
    assert (cell.value, cell.fault, cell.raw) == (None, fault, content)


@pytest.mark.parametrize(
    "text", ["あり", "Given", "あり / Given", "あり ／ Given", " given ", "有り", "ＧＩＶＥＮ", "given"]
)
def test_a_choice_in_any_language_and_spelling(text: str) -> None:
    assert read(Type.CHOICE, text, "status").value == "given"


def test_a_text_that_is_no_choice_is_a_fault() -> None:
    assert read(Type.CHOICE, "あるかも", "status").fault is Fault.NOT_A_CHOICE


def test_organizations_are_split_where_people_are_not() -> None:
    assert read(Type.NAMES, "Smith, John", screen=Target.PERSON).value == ("Smith, John",)
    assert read(Type.NAMES, "HIT, BUAA", screen=Target.ORGANIZATION).value == ("HIT", "BUAA")


GRANT = {"obtained_on": "2024/4/1", "title": "X", "category": "公募", "since": "2024/4", "until": "2026/3"}


@pytest.mark.parametrize(
    ("amount", "currency", "expected"),
    [
        ("USD 3,000", None, ("USD 3000", None, None)),  # no rule may take it for yen
        ("3,000千円", None, (3_000_000.0, None, None)),
        ("USD 3,000", "米ドル", (3000.0, "USD", None)),
        ("USD 3,000", "EUR", (None, "EUR", Fault.AMBIGUOUS)),
        ("3,000千円", "USD", (None, "USD", Fault.AMBIGUOUS)),
        (3000, "EUR", (3000.0, "EUR", None)),
    ],
)
def test_the_currency_beside_an_amount(amount: Any, currency: Any, expected: tuple[Any, ...]) -> None:
    row = answer("researcher", {"grants": [{**GRANT, "amount": amount, "currency": currency}]}).rows("grants")[0]
    assert (row.value("amount"), row.value("currency"), row.cell("amount").fault) == expected


def test_an_amount_in_yen_to_the_right_of_the_currency_is_in_yen() -> None:
    row = {"body": "X", "source": "外国政府等", "amount": "USD 20,000", "currency": "USD", "amount_yen": "300万円"}
    read = answer("researcher", {"res_benefits": [row]}).rows("res_benefits")[0]
    assert (read.value("amount"), read.value("amount_yen")) == (20_000.0, 3_000_000.0)


def test_blank_rows_are_left_out_and_rows_numbered_as_filled() -> None:
    filled = rows("| 開始 | 機関名 |\n|---|---|\n| 2020/4 | A |\n|  |  |\n| 2022/4 | B |", "career")
    read = answer("researcher", {"career": filled}).rows("career")
    assert [(row.number, row.value("body")) for row in read] == [(1, "A"), (2, "B")]
    assert read[1].cell("body").location == Location("career", "研究経歴職歴", "", "body", 2)


@pytest.mark.parametrize(
    ("text", "status", "reason"),
    [
        ("該当なし", AnswerStatus.NONE, ""),
        ("Partly under NDA", AnswerStatus.PARTLY, ""),
        ("一部記載不可", AnswerStatus.PARTLY, ""),
        ("分からない", AnswerStatus.NOT_OBTAINABLE, ""),
        (None, AnswerStatus.BLANK, ""),
        ("  ", AnswerStatus.BLANK, ""),
    ],
)
def test_state_cells(text: str | None, status: AnswerStatus, reason: str) -> None:
    found = answer("researcher", {"listed": {"status": text}}).answer("listed")
    assert (found.status, found.reason, found.status_cell.fault) == (status, reason, None)


def test_a_state_that_is_no_choice_stays_blank_with_a_fault() -> None:
    found = answer("researcher", {"listed": {"status": "たぶんない"}}).answer("listed")
    assert (found.status, found.status_cell.fault) == (AnswerStatus.BLANK, Fault.NOT_A_CHOICE)


def test_readings_tell_formulas_what_texts_mean() -> None:
    read = answer(
        "researcher",
        {
            "career": [
                {"since": "H22.4", "until": "現在"},
                {"since": "H22.4", "until": 2024},
                {"since": date(2020, 4, 1)},
            ],
            "publications": [{"authors": "2,900名"}, {"authors": "分からない"}, {"authors": 5}],
        },
    )
    dates = [(r.written, r.first, r.last) for r in date_readings(RESEARCHER, read)]
    assert dates == [
        ("H22.4", date(2010, 4, 1), date(2010, 4, 30)),
        ("現在", FOREVER, FOREVER),
        (2024, date(2024, 1, 1), date(2024, 12, 31)),
    ]
    assert [(r.written, r.value) for r in number_readings(RESEARCHER, read)] == [
        ("2,900名", 2900.0),
        ("分からない", None),
    ]
