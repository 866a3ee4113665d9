"""The residency tables as rules of a checklist: computed names that cells and Python evaluate alike.

`residency_row`, `contract_row` (a column of the contract table), `benefit_row` and `instruction_row` hold the row that
decided, shown by its reason; `residency_result`, `category_1` to `category_3`, `categories_met` and `residency_open`
follow from them.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlsaddin.assessment.definition import ResidencyEntry
from xlsaddin.assessment.residency_tables import DecisionRow, load_residency_tables
from xlsaddin.assessment.rules import Computed
from xlsaddin.checklist.expression import Compare, Expression, If, Literal, Name, OneOf, parse_expression
from xlsaddin.checklist.model import Checklist, Choice

RESULTS = (
    Choice(key="resident", ja="居住者", en="Resident"),
    Choice(key="non_resident", ja="非居住者", en="Non-resident"),
    Choice(key="undetermined", ja="判断未定", en="Undetermined"),
)


def residency_names(entry: ResidencyEntry, checklist: Checklist) -> Iterator[Computed]:
    """Yield the computed names and columns, in the order they build on each other."""
    tables = load_residency_tables()
    for name, item in entry.stated.items():
        yield Computed("book", name, name, name, Name(item), checklist.choices_of(checklist.item(item)))
    for name, text in {**entry.facts, **tables.facts}.items():
        yield _number(name, " ".join(text.split()))
    rows = (entry.none, *tables.residency)
    yield Computed("book", "residency_number", "居住性の根拠の番号", "Row that decided", _first(rows, _numbers(rows)))
    yield Computed("book", "residency_row", "居住性の根拠", "Reason for residency", _named(rows), _shown(rows))
    yield Computed("book", "residency_result", "居住性", "Residency", _result(rows), RESULTS)
    yield _deciding(entry.contracts, "contract_row", "特定類型①の根拠", "Reason for category 1", tables.contract)
    yield _column(entry.contracts, "met", "①に該当", "Category 1", tables.contract, ("yes", "yes_ask"))
    yield _column(entry.contracts, "asks", "①の確認", "To be asked", tables.contract, ("ask", "yes_ask"))
    yield _deciding("book", "benefit_row", "特定類型②の根拠", "Reason for category 2", tables.benefit)
    yield _deciding("book", "instruction_row", "特定類型③の根拠", "Reason for category 3", tables.instruction)
    yield _number("category_1", f"1 if count({entry.contracts}, met == 1) > 0 else 0", "特定類型①", "Category 1")
    yield _number("category_2", _one_if("benefit_row", tables.benefit, "yes"), "特定類型②", "Category 2")
    yield _number("category_3", _one_if("instruction_row", tables.instruction, "yes"), "特定類型③", "Category 3")
    yield _number("categories_met", "category_1 + category_2 + category_3", "特定類型の数", "Categories met")
    asked = (
        f"count({entry.contracts}, asks == 1)",
        f"({_one_if('benefit_row', tables.benefit, 'ask')})",
        f"({_one_if('instruction_row', tables.instruction, 'ask')})",
    )
    settled = f'residency_row == "{entry.none.key}" or residency_result == "non_resident"'
    count = f'0 if {settled} else (1 if residency_result == "undetermined" or {" + ".join(asked)} > 0 else 0)'
    yield _number("residency_open", count, "確認待ち", "To be determined")


def _deciding(table: str, key: str, ja: str, en: str, rows: tuple[DecisionRow, ...]) -> Computed:
    return Computed(table, key, ja, en, _first(rows, [Literal(row.key) for row in rows]), _shown(rows))


def _first(rows: tuple[DecisionRow, ...], yields: list[Literal]) -> Expression:
    """Return the expression that yields what belongs to the first row whose condition holds."""
    decided: Expression = yields[-1]
    for row, result in reversed(list(zip(rows[:-1], yields[:-1], strict=True))):
        decided = If(row.condition, result, decided)
    return decided


def _numbers(rows: tuple[DecisionRow, ...]) -> list[Literal]:
    return [Literal(number) for number in range(1, len(rows) + 1)]


def _named(rows: tuple[DecisionRow, ...]) -> Expression:
    """Return the row of a number: apart from the conditions, so that both formulas keep to Excel's limit."""
    named: Expression = Literal(rows[-1].key)
    for row, number in reversed(list(zip(rows[:-1], _numbers(rows)[:-1], strict=True))):
        named = If(Compare("==", Name("residency_number"), number), Literal(row.key), named)
    return named


def _shown(rows: tuple[DecisionRow, ...]) -> tuple[Choice, ...]:
    return tuple(Choice(key=row.key, ja=row.reason_ja, en=row.reason_en) for row in rows)


def _result(rows: tuple[DecisionRow, ...]) -> Expression:
    def keys(result: str) -> tuple[str, ...]:
        return tuple(row.key for row in rows if row.result == result)

    unsettled = If(OneOf(Name("residency_row"), keys("non_resident"), False), Literal("non_resident"), Literal(_OPEN))
    return If(OneOf(Name("residency_row"), keys("resident"), False), Literal("resident"), unsettled)


_OPEN = "undetermined"


def _column(
    table: str, key: str, ja: str, en: str, rows: tuple[DecisionRow, ...], results: tuple[str, ...]
) -> Computed:
    return Computed(table, key, ja, en, parse_expression(_one_if("contract_row", rows, *results)))


def _one_if(name: str, rows: tuple[DecisionRow, ...], *results: str) -> str:
    keys = "".join(f'"{row.key}", ' for row in rows if row.result in results)
    return f"1 if {name} in ({keys}) else 0"


def _number(key: str, text: str, ja: str = "", en: str = "") -> Computed:
    return Computed("book", key, ja or key, en or key, parse_expression(text))
