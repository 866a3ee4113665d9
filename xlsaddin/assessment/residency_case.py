"""The residency case that the answers of a self-declaration make, and when its result may change by itself."""

from __future__ import annotations

from datetime import date

from xlsaddin.assessment.answer_scope import row_period
from xlsaddin.assessment.residency import Benefit, Case, Contract, Party, Person
from xlsaddin.checklist.answers import Answers, DateSpan, Row
from xlsaddin.checklist.expression import months_after
from xlsaddin.checklist.model import Checklist
from xlsaddin.parameters import Parameters

__all__ = ["recheck_days", "residency_case"]

_PARTIES: dict[str, Party] = {
    "foreign_government": "foreign_government",
    "foreign_corporation": "foreign_corporation",
    "foreign_public_university": "foreign_public_university",
    "japan_branch_of_foreign_corporation": "japan_branch_of_foreign_corporation",
    "japanese_corporation": "japanese_corporation",
}
_KINDS = ("employment", "delegation", "contract_work", "other")
_DUTIES = ("none", "foreign_government", "international_body", "diplomat", "foreign_forces")
_YEN = ("JPY", None)


def residency_case(checklist: Checklist, answers: Answers, as_of: date) -> Case:
    """Return the case of a self-declaration, for the decision tables and for the export-control office."""
    subject = answers.value("subject_id")
    name = subject if isinstance(subject, str) else "-"
    contracts = [row for row in answers.rows("res_contracts") if _running(checklist, "res_contracts", row, as_of)]
    benefits = [row for row in answers.rows("res_benefits") if _running(checklist, "res_benefits", row, as_of)]
    if _nothing_applies(answers):
        person = Person(works_at_office_in_japan=True)
        return Case(id=name, as_of=as_of, person=person, acts_on_foreign_government_instruction=False)
    return Case(
        id=name,
        as_of=as_of,
        person=_person(answers),
        contracts=tuple(_contract(row) for row in contracts),
        benefits=tuple(_benefit(row, answers) for row in benefits),
        acts_on_foreign_government_instruction=_stated(answers.value("res_acts_on_instruction")),
    )


def recheck_days(case: Case) -> tuple[date, ...]:
    """Return the days after as-of on which residency may change without any new fact: months since entry or leaving."""
    parameters = Parameters(case.as_of)
    counted = (
        months_after(case.person.entered_japan, parameters.integer("residency_return_months")),
        months_after(case.person.left_japan, parameters.integer("residency_stay_abroad_months")),
    )
    return tuple(sorted(day for day in counted if isinstance(day, date) and day > case.as_of))


def _nothing_applies(answers: Answers) -> bool:
    """Return whether `該当なし` stands alone: employed in Japan, no contract abroad, no benefit from a government."""
    rows = (*answers.rows("res_contracts"), *answers.rows("res_benefits"))
    contradicted = answers.value("res_works_in_japan") == "no" or answers.value("res_acts_on_instruction") == "yes"
    return answers.value("residency") == "none" and not rows and not contradicted


def _person(answers: Answers) -> Person:
    months, duty = answers.value("res_planned_stay_abroad_months"), answers.value("res_official_duty")
    return Person(
        japanese=_stated(answers.value("res_japanese")),
        works_at_office_in_japan=_stated(answers.value("res_works_in_japan")),
        works_at_office_abroad=_stated(answers.value("res_works_abroad")),
        entered_japan=_day(answers.value("res_returned_on")) or _day(answers.value("res_entered_japan")),
        left_japan=_day(answers.value("res_left_japan")),
        planned_stay_abroad_months=int(months) if isinstance(months, (int, float)) else None,
        returned_temporarily=_stated(answers.value("res_returned_temporarily")),
        official_duty=next((known for known in _DUTIES if known == duty), None if duty == "unknown" else "none"),
    )


def _contract(row: Row) -> Contract:
    share, kind = row.value("voting_share"), row.value("contract_kind")
    return Contract(
        kind=next((known for known in _KINDS if known == kind), None),
        counterparty=_PARTIES.get(str(row.value("counterparty"))),
        under_command_or_duty_of_care=_stated(row.value("under_command")),
        japanese_employer_takes_precedence=_stated(row.value("japanese_precedence")),
        group_voting_share_percent=share if isinstance(share, (int, float)) else 0,
    )


def _benefit(row: Row, answers: Answers) -> Benefit:
    source = _PARTIES.get(str(row.value("source")))
    if source == "foreign_government" and answers.value("res_only_income") == "yes":
        return Benefit(source=source, share_of_annual_income_percent=100)
    return Benefit(
        source=source, share_of_annual_income_percent=_percent(_yen(row), answers.value("res_annual_income"))
    )


def _percent(yen: float | None, income: object) -> float | None:
    if yen is None or not isinstance(income, (int, float)) or income <= 0:
        return None
    return 100 * yen / income


def _yen(row: Row) -> float | None:
    stated, amount = row.value("amount_yen"), row.value("amount")
    if isinstance(stated, (int, float)):
        return stated
    return amount if row.value("currency") in _YEN and isinstance(amount, (int, float)) else None


def _running(checklist: Checklist, item: str, row: Row, as_of: date) -> bool:
    start, end = row_period(checklist.item(item), row)
    return end is None or end >= as_of or (start is not None and end < start)


def _day(value: object) -> date | None:
    return value.first if isinstance(value, DateSpan) else None


def _stated(value: object) -> bool | None:
    return {"yes": True, "no": False}.get(str(value))
