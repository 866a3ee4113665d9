"""What could not be read: every fault of a cell becomes a finding that shows what stands there and what to write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xlsaddin.checklist.answers import Answers, Cell, Fault
from xlsaddin.checklist.checks.places import Facts, cell_place, item_place
from xlsaddin.checklist.checks.wording import name_place, shown, soften
from xlsaddin.checklist.model import Checklist, Choice, Column, Item, Type
from xlsaddin.checklist.scope import AnswerScope, asked_items
from xlsaddin.findings import Finding, Location, make_finding
from xlsaddin.parameters import Parameters

__all__ = ["check_unreadable"]

_DATED = frozenset({Type.DATE, Type.MONTH})
_NUMERIC = frozenset({Type.INTEGER, Type.NUMBER, Type.PERCENT, Type.MONEY})

_DATE_CODES = {
    Fault.UNREADABLE: "RS-DATE-001",
    Fault.AMBIGUOUS: "RS-DATE-002",
    Fault.OUT_OF_RANGE: "RS-DATE-003",
    Fault.MULTIPLE: "RS-DATE-004",
}
_NUMBER_CODES = {
    Fault.UNREADABLE: "RS-NUM-001",
    Fault.AMBIGUOUS: "RS-NUM-002",
    Fault.OUT_OF_RANGE: "RS-NUM-003",
}
_CHOICE_CODES = {Type.TICK: "RS-CHOICE-002", Type.CURRENCY: "RS-CHOICE-003"}
_IDENTIFIERS: Mapping[Type, tuple[str, str]] = {
    Type.ORCID: ("ORCID", "an ORCID iD"),
    Type.ERAD: ("e-Radの研究者番号(8桁)", "an e-Rad researcher number (eight digits)"),
    Type.CORPORATE_NUMBER: ("法人番号(13桁)", "a corporate number (thirteen digits)"),
    Type.DOI: ("DOI", "a DOI"),
    Type.EMAIL: ("メールアドレス", "an e-mail address"),
    Type.URL: ("URL", "a web address"),
}


def check_unreadable(checklist: Checklist, answers: Answers, parameters: Parameters) -> Iterator[Finding]:
    """Yield a finding for every cell that holds something nobody can read as what is asked."""
    scope = AnswerScope(checklist, answers, parameters)
    for item in asked_items(checklist, scope):
        answer = answers.answer(item.key)
        if answer.cell.fault:
            facts = name_place(item)
            yield soften(_fault(item, answer.cell, item_place(answers, item.key), facts, checklist), item, item)
        if answer.status_cell.fault:
            yield soften(_status_fault(item, answers, checklist), item)
        for row in answer.rows:
            if not any(cell.fault for cell in row.cells.values()):
                continue
            for column in item.columns:
                cell = row.cell(column.key)
                if cell.fault:
                    facts = name_place(item, row, column)
                    place = cell_place(item.key, row, column.key)
                    yield soften(_fault(column, cell, place, facts, checklist), item, column)


def _fault(asked: Item | Column, cell: Cell, place: Location, facts: Facts, checklist: Checklist) -> Finding:
    fault = cell.fault
    assert fault is not None  # for the type checker
    facts = {**facts, "raw": shown(cell)}
    if fault is Fault.ERROR_CELL:
        return make_finding("RS-CELL-001", place, **facts)
    if asked.type in _DATED:
        return make_finding(_DATE_CODES[fault], place, **facts)
    if asked.type in _NUMERIC:
        reach = "0-100" if asked.type is Type.PERCENT else "0-"
        return make_finding(_NUMBER_CODES[fault], place, range=reach, **facts)
    if asked.type in _IDENTIFIERS:
        japanese, english = _IDENTIFIERS[asked.type]
        code = "RS-ID-002" if fault is Fault.BAD_CHECK_DIGIT else "RS-ID-001"
        return make_finding(code, place, kind_ja=japanese, kind_en=english, **facts)
    if asked.type in _CHOICE_CODES:
        return make_finding(_CHOICE_CODES[asked.type], place, **facts)
    if fault is Fault.NOT_A_CHOICE:
        return make_finding("RS-CHOICE-001", place, **facts, **_options(checklist.choices_of(asked)))
    return make_finding("RS-CELL-002", place, **facts)


def _status_fault(item: Item, answers: Answers, checklist: Checklist) -> Finding:
    cell, place = answers.answer(item.key).status_cell, item_place(answers, item.key)
    code = "RS-CELL-001" if cell.fault is Fault.ERROR_CELL else "RS-CHOICE-001"
    return make_finding(code, place, raw=shown(cell), **name_place(item), **_options(checklist.choices["status"]))


def _options(choices: tuple[Choice, ...]) -> Facts:
    japanese, english = "、".join(choice.ja for choice in choices), ", ".join(choice.en for choice in choices)
    return {"options_ja": japanese, "options_en": english}
