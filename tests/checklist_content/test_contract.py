"""What the contract form asks: 3-3(1)(v), 3-3(2)(iii)."""

from __future__ import annotations

import pytest

from xlsaddin.checklist.loading import load_checklist
from xlsaddin.checklist.model import Duty, Target, Type

CONTRACT = load_checklist("contract")
ASPECTS = {
    "cooperation": "協力の内容",
    "access": "研究データ等へのアクセス",
    "property": "知的財産",
    "secrecy": "守秘義務",
}


def test_four_aspects_are_judged_and_must_be() -> None:
    judgements = [item for item in CONTRACT.items if item.choices == "aspect_judgement"]
    assert [item.section for item in judgements] == list(ASPECTS)
    for item in judgements:
        assert (item.duty, item.required, item.clause, item.clause_joint) == (
            Duty.MUST, True, "3-3(1)(v)", "3-3(2)(iii)",
        )  # fmt: skip
        assert ASPECTS[item.section] in item.label_ja
        beside = [other.label_ja for other in CONTRACT.items if other.beside == item.key]
        assert beside == ["判断者", "日付", "理由", "承認者"]
    assert [choice.ja for choice in CONTRACT.choices["aspect_judgement"]] == [
        "適切", "要修正(交渉中)", "不適切", "例外承認",
    ]  # fmt: skip


@pytest.mark.parametrize("section", ASPECTS)
def test_every_question_has_number_proposal_and_exception_beside_it(section: str) -> None:
    questions = [i for i in CONTRACT.items if i.section == section and i.choices == "clause_present"]
    assert len(questions) >= 6
    for question in questions:
        beside = [other.label_ja for other in CONTRACT.items if other.beside == question.key]
        assert beside == ["条項番号", "修正案", "例外理由"]
        assert "第4章2" in question.metis
    assert [choice.ja for choice in CONTRACT.choices["clause_present"]] == ["有", "無", "該当なし"]


@pytest.mark.parametrize(
    "key",
    [
        "government_access", "group_disclosure", "data_location", "students_free", "member_change", "permit_refused",
        "earlier_contracts", "data_return", "foreground_ip", "survival", "export_control",
    ],
)  # fmt: skip
def test_questions_that_earlier_forms_lacked_are_asked(key: str) -> None:
    assert CONTRACT.item(key).type is Type.CHOICE


def test_parties_are_screened() -> None:
    screened = [column.key for column in CONTRACT.item("parties").columns if column.screen is Target.ORGANIZATION]
    assert screened == ["name_ja", "name_en"]


def test_kinds_of_contract_are_those_of_the_forms() -> None:
    labels = [choice.ja for choice in CONTRACT.choices["contract_kind"]]
    assert labels == ["共同研究", "受託", "MOU", "NDA", "MTA", "共同出願", "再委託", "その他"]
