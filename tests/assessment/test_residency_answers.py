"""⑫ as answered in a declaration: the rules that cells show decide as the tables do for the same case."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.assessment.reviewing import RESEARCHER, review
from tests.scenarios.people import Given, nobody, suharsono
from xlsaddin.assessment.model import Level, State
from xlsaddin.assessment.residency import assess_residency
from xlsaddin.assessment.residency_case import recheck_days, residency_case
from xlsaddin.checklist.raw import raw_answers
from xlsaddin.checklist.values import read_answers

AS_OF = date(2026, 9, 1)
STATED = st.sampled_from(["はい", "いいえ", "分からない", None])
DAYS = st.sampled_from(
    [
        None,
        "2020-04-01",
        "2024-09-01",
        "2024-09-02",
        "2026-02-28",
        "2026-03-01",
        "2026-03-02",
        "2026-08-01",
        "2027-01-01",
        "分からない",
    ]
)
PARTIES = st.sampled_from(
    ["外国政府等", "外国法人", "外国の国公立大学等", "日本法人", "外国法人の日本支店", "分からない"]
)
ENDS = st.sampled_from([None, "現在", "2026-03", "2020-03"])


@st.composite
def contracts(draw: st.DrawFn) -> Given:
    return {
        "contract_kind": draw(st.sampled_from(["雇用", "委任", "請負", "その他", "分からない"])),
        "body": "University of Examplia",
        "counterparty": draw(PARTIES),
        "under_command": draw(STATED),
        "japanese_precedence": draw(STATED),
        "voting_share": draw(st.sampled_from([None, 10, 49.9, 50, 100])),
        "since": "2019-04",
        "until": draw(ENDS),
    }


@st.composite
def benefits(draw: st.DrawFn) -> Given:
    return {
        "body": "Ministry of Examplia",
        "source": draw(PARTIES),
        "amount": draw(st.sampled_from([0, 499_999, 500_000, 1_000_000, 2_400_000, "分からない", None])),
        "currency": draw(st.sampled_from([None, "円", "USD"])),
        "amount_yen": draw(st.sampled_from([None, None, 600_000])),
        "since": "2019-04",
        "until": draw(ENDS),
    }


@st.composite
def answers(draw: st.DrawFn) -> Given:
    singles: Given = {
        "residency": draw(st.sampled_from(["あり", "該当なし", "情報取得不可", None])),
        "res_works_in_japan": draw(STATED),
        "res_works_abroad": draw(STATED),
        "res_official_duty": draw(
            st.sampled_from(["該当なし", "外国政府の公務", "外交官", "外国軍隊", "分からない", None])
        ),
        "res_japanese": draw(STATED),
        "res_entered_japan": draw(DAYS),
        "res_left_japan": draw(DAYS),
        "res_returned_on": draw(DAYS),
        "res_planned_stay_abroad_months": draw(st.sampled_from([None, 6, 23, 24, 36])),
        "res_returned_temporarily": draw(STATED),
        "res_acts_on_instruction": draw(STATED),
        "res_annual_income": draw(st.sampled_from([None, 2_000_000, 2_400_000, 4_000_000, "分からない"])),
        "res_only_income": draw(STATED),
        "res_contracts": draw(st.lists(contracts(), max_size=2)),
        "res_benefits": draw(st.lists(benefits(), max_size=2)),
    }
    return nobody(**singles)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(answers())
def test_rules_and_tables_decide_alike(given_answers: Given) -> None:
    reviewed = review(given_answers)
    case = residency_case(RESEARCHER, read_answers(RESEARCHER, raw_answers(RESEARCHER, given_answers)), AS_OF)
    result = assess_residency(case)
    assert (reviewed.residency, reviewed.specific_category) == (result.residency, result.specific_category)
    if result.residency == "non_resident" or result.specific_category:
        assert reviewed.assessment.level is Level.MODERATE
    if result.undetermined and given_answers["residency"] != "該当なし":
        assert reviewed.assessment.state is State.PROVISIONAL


def test_none_applies_is_resident_and_final() -> None:
    reviewed = review(nobody())
    assert (reviewed.residency, reviewed.specific_category) == ("resident", ())
    assert reviewed.assessment.state is State.FINAL
    assert "本人の回答" in reviewed.residency_why[0]


def test_none_applies_beside_a_contract_goes_by_the_contract() -> None:
    row = {
        "contract_kind": "雇用",
        "body": "University of Examplia",
        "counterparty": "外国政府等",
        "under_command": "はい",
    }
    reviewed = review(nobody(res_works_in_japan="はい", res_contracts=[row | {"japanese_precedence": "いいえ"}]))
    assert reviewed.specific_category == ("1",)
    assert reviewed.assessment.level is Level.MODERATE


@pytest.mark.parametrize("unknown", ["res_works_in_japan", "res_acts_on_instruction", "res_entered_japan"])
def test_what_a_person_does_not_know_keeps_it_provisional(unknown: str) -> None:
    base = {**suharsono(), "res_benefits": "該当なし"}
    assert review(base).assessment.state is State.FINAL
    reviewed = review({**base, unknown: "分からない"})
    settled = reviewed.residency == "non_resident"
    assert (reviewed.assessment.state is State.PROVISIONAL) != settled
    assert settled == (unknown == "res_acts_on_instruction")


def test_reasons_are_the_rows_that_fired() -> None:
    why = " ".join(review(suharsono()).residency_why)
    assert "6か月未満" in why
    unknown: dict[str, Any] = {
        **suharsono(employed=True),
        "res_only_income": "いいえ",
        "res_annual_income": "分からない",
    }
    assert any("undetermined: ask the amount" in reason for reason in review(unknown).residency_why)


def test_recheck_day_of_scenario_4() -> None:
    case = residency_case(RESEARCHER, read_answers(RESEARCHER, raw_answers(RESEARCHER, suharsono())), AS_OF)
    assert recheck_days(case) == (date(2026, 10, 5),)
    assert recheck_days(case.model_copy(update={"as_of": date(2026, 10, 5)})) == ()
