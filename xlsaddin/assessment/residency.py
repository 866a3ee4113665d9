"""Residency under the Foreign Exchange Act and the specific categories (特定類型) of one case, with the reasons.

The input is what the law asks for and nothing else; where a person does not know, the answer says what to ask.
An exception that is not known does not take a category away; a condition that is not known does not make one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from xlsaddin.assessment.residency_tables import DecisionRow, decide, load_residency_tables
from xlsaddin.assessment.scope import EvaluationScope, RowScope, TableRow
from xlsaddin.checklist.expression import Scalar, evaluate, parse_expression
from xlsaddin.parameters import Parameters

__all__ = ["Benefit", "Case", "Contract", "Person", "ResidencyResult", "assess_residency"]

Party = Literal[
    "foreign_government",
    "foreign_corporation",
    "foreign_public_university",
    "japan_branch_of_foreign_corporation",
    "japanese_corporation",
]
Duty = Literal["none", "foreign_government", "international_body", "diplomat", "foreign_forces"]


class Fact(BaseModel):
    """Base of the input models: null where a person does not know, nothing beyond what is asked."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Person(Fact):
    """Where a person lives and works. `entered_japan` is the last entry, for Japanese nationals the return."""

    japanese: bool | None = None
    works_at_office_in_japan: bool | None = None
    works_at_office_abroad: bool | None = None
    entered_japan: date | None = None
    left_japan: date | None = None
    planned_stay_abroad_months: int | None = Field(None, ge=0)
    returned_temporarily: bool | None = None
    official_duty: Duty | None = "none"


class Contract(Fact):
    """A contract with somebody who may give orders; the voting share is between the two employers."""

    kind: Literal["employment", "delegation", "contract_work", "other"] | None = None
    counterparty: Party | None = None
    under_command_or_duty_of_care: bool | None = None
    japanese_employer_takes_precedence: bool | None = None
    group_voting_share_percent: float | None = Field(None, ge=0, le=100)


class Benefit(Fact):
    """Money or another benefit, as a share of annual income."""

    source: Party | None = None
    share_of_annual_income_percent: float | None = Field(None, ge=0)


class Case(Fact):
    """One case, as in the JSON contract of `xlsaddin residency`."""

    id: str
    as_of: date
    person: Person = Person()
    contracts: tuple[Contract, ...] = ()
    benefits: tuple[Benefit, ...] = ()
    acts_on_foreign_government_instruction: bool | None = None
    natural_person: bool = True


@dataclass(frozen=True, slots=True)
class ResidencyResult:
    """What the tables decide.

    Attributes:
        residency: `resident`, `non_resident` or `undetermined`.
        specific_category: `1`, `2`, `3` as far as they apply; empty for non-residents and bodies.
        why_ja, why_en: the rows that decided, in order; what is not known reads `undetermined: ask …`.
        undetermined: True when anything is left to ask that could change the result.
    """

    residency: str
    specific_category: tuple[str, ...]
    why_ja: tuple[str, ...]
    why_en: tuple[str, ...]
    undetermined: bool


def assess_residency(case: Case) -> ResidencyResult:
    """Return residency and specific categories of a case, with the reasons."""
    tables = load_residency_tables()
    scope = _scope(case)
    for name, text in tables.facts.items():
        scope.names[name] = evaluate(parse_expression(" ".join(text.split())), scope)
    residency = decide(tables.residency, scope)
    if not case.natural_person:
        return _result(
            residency, [], "特定類型は自然人だけを対象とする。", "Specific categories concern natural persons."
        )
    if residency.result == "non_resident":
        return _result(
            residency, [], "特定類型は居住者だけを対象とする。", "Specific categories concern residents only."
        )
    contracts = [decide(tables.contract, RowScope(row, scope)) for row in scope.tables["contracts"]]
    decided = [("1", row) for row in contracts]
    if case.benefits:
        decided.append(("2", decide(tables.benefit, scope)))
    decided.append(("3", decide(tables.instruction, scope)))
    return _result(residency, decided)


def _result(
    residency: DecisionRow, decided: list[tuple[str, DecisionRow]], note_ja: str = "", note_en: str = ""
) -> ResidencyResult:
    met = {number for number, row in decided if row.result in ("yes", "yes_ask")}
    rows = [residency, *dict.fromkeys(row for _, row in decided)]
    return ResidencyResult(
        residency=residency.result,
        specific_category=tuple(sorted(met)) if residency.result == "resident" else (),
        why_ja=tuple(filter(None, (*(row.reason_ja for row in rows), note_ja))),
        why_en=tuple(filter(None, (*(row.reason_en for row in rows), note_en))),
        undetermined=any(row.asks for row in rows),
    )


def _scope(case: Case) -> EvaluationScope:
    person, parameters = case.person, Parameters(case.as_of)
    government = [benefit for benefit in case.benefits if benefit.source == "foreign_government"]
    shares = [
        one.share_of_annual_income_percent for one in government if one.share_of_annual_income_percent is not None
    ]
    names: dict[str, Scalar] = {
        "as_of": case.as_of,
        "natural_person": _stated(case.natural_person),
        "japanese": _stated(person.japanese),
        "works_in_japan": _stated(person.works_at_office_in_japan),
        "works_abroad": _stated(person.works_at_office_abroad),
        "entered": person.entered_japan,
        "left": person.left_japan,
        "planned_stay_abroad_months": person.planned_stay_abroad_months,
        "returned_temporarily": _stated(person.returned_temporarily),
        "official_duty": person.official_duty or "unknown",
        "acts_on_instruction": _stated(case.acts_on_foreign_government_instruction),
        "government_percent": sum(shares),
        "government_open": len(government) - len(shares),
        "unclassified": sum(benefit.source in _UNCLASSIFIED for benefit in case.benefits),
        "votes_open": 1,
        **{key: parameters.number(key) for key in _PARAMETERS},
    }
    return EvaluationScope(names, {"contracts": [_contract_row(contract) for contract in case.contracts]})


_UNCLASSIFIED = (None, "foreign_public_university")
_PARAMETERS = (
    "residency_return_months",
    "residency_stay_abroad_months",
    "category_income_percent",
    "category_group_votes_percent",
)


def _contract_row(contract: Contract) -> TableRow:
    return {
        "contract_kind": contract.kind,
        "counterparty": contract.counterparty,
        "under_command": _stated(contract.under_command_or_duty_of_care),
        "japanese_precedence": _stated(contract.japanese_employer_takes_precedence),
        "voting_share": contract.group_voting_share_percent,
        "period": None,
    }


def _stated(fact: bool | None) -> str:
    return "unknown" if fact is None else ("yes" if fact else "no")
