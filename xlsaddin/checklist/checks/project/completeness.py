"""Was everything looked at: scope, every contract (a must), every partner and supporter (desirable)."""

from __future__ import annotations

from collections.abc import Iterator

from xlsaddin.checklist.answers import Answers, Row
from xlsaddin.checklist.checks.parties import OUT_OF_SCOPE
from xlsaddin.checklist.checks.places import Facts, cell_place, clause_of, item_place, label_facts, read_text
from xlsaddin.checklist.model import Checklist, Duty
from xlsaddin.findings import Finding, make_finding

_SCOPE = ("scope_public", "scope_technology", "scope_designated")
_COMPLETE = ("partners_complete", "supporters_complete", "contracts_complete")


def check_completeness(checklist: Checklist, answers: Answers) -> Iterator[Finding]:
    """Yield what was not looked at: contracts without a review, partners and supporters without a form."""
    yield from _check_scope(checklist, answers)
    yield from _check_contracts(checklist, answers)
    if answers.value("institution_role") != "joint":  # 3-3(1)(iii), (iv) bind the lead institution alone
        for key in ("partners", "supporters"):
            for row in answers.rows(key):
                yield from _check_party(checklist, answers, key, row)
    yield from _check_lists(checklist, answers)


def _check_scope(checklist: Checklist, answers: Answers) -> Iterator[Finding]:
    for key in _SCOPE:
        if answers.value(key) == "no":
            yield make_finding("RS-PROJECT-021", item_place(answers, key), **label_facts(checklist.item(key)))
            return


def _check_contracts(checklist: Checklist, answers: Answers) -> Iterator[Finding]:
    clause = clause_of(checklist.item("contracts"), answers)
    for row in answers.rows("contracts"):
        reviewed = read_text(row, "workbook") or row.value("state") == "judged"
        excused = row.value("needed") == "no" and read_text(row, "reason")
        if not reviewed and not excused:
            contract = read_text(row, "contract_no", "name", "counterpart") or f"{row.number}"
            yield make_finding(
                "RS-PROJECT-001", cell_place("contracts", row, "workbook"), contract=contract, clause=clause
            )


def _check_party(checklist: Checklist, answers: Answers, key: str, row: Row) -> Iterator[Finding]:
    item = checklist.item(key)
    facts: Facts = {"item_ja": item.label_ja, "item_en": item.label_en, "name": read_text(row, "name")}
    out_of_scope = row.value("kind") in OUT_OF_SCOPE
    if row.value("needed") == "yes" and not read_text(row, "workbook") and not out_of_scope:
        clause = clause_of(item, answers)
        yield make_finding("RS-PROJECT-002", cell_place(key, row, "workbook"), clause=clause, **facts)
    if row.value("needed") == "no" and not read_text(row, "reason") and not out_of_scope:
        yield make_finding("RS-PROJECT-003", cell_place(key, row, "reason"), **facts)


def _check_lists(checklist: Checklist, answers: Answers) -> Iterator[Finding]:
    for key in _COMPLETE:
        if answers.value(key) == "no":
            item = checklist.item(key)
            code = "RS-PROJECT-026" if item.duty is Duty.MUST else "RS-PROJECT-027"
            clause = clause_of(item, answers)
            yield make_finding(code, item_place(answers, key), clause=clause, **label_facts(item))
