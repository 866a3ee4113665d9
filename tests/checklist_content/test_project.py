"""What the project record asks: scope, 3-2, 3-3, 3-4, 3-5; lead and joint institution."""

from __future__ import annotations

import pytest

from tests.checklist_content.asking import asked, required
from xlsaddin.assessment.model import MeasureKind
from xlsaddin.checklist.checks.places import clause_of
from xlsaddin.checklist.loading import load_checklist
from xlsaddin.checklist.model import Duty
from xlsaddin.checklist.raw import raw_answers
from xlsaddin.checklist.values import read_answers

PROJECT = load_checklist("project")
MANAGEMENT = ["dmp", "samples_policy", "systems_policy", "facilities_policy"]


def test_twenty_areas_are_offered_and_marked_as_unconfirmed() -> None:
    areas = PROJECT.choices["technology_area"]
    assert len(areas) == len({area.ja for area in areas}) == 20
    assert "未照合" in PROJECT.item("technology_areas").help_ja
    assert "not confirmed" in PROJECT.item("technology_areas").help_en


def test_preparation_is_asked_in_the_project_too() -> None:
    items = [item for item in PROJECT.items if item.choices == "preparation_state"]
    assert [(item.number, item.clause) for item in items] == [("①", "3-2①"), ("②", "3-2②"), ("③", "3-2③")]
    assert {item.duty for item in items} == {Duty.DESIRABLE}


@pytest.mark.parametrize(("role", "stem"), [("研究代表機関", "3-3(1)(ii)"), ("共同研究機関", "3-3(2)(ii)")])
def test_data_management_is_desirable_and_switches_clause(role: str, stem: str) -> None:
    answers = read_answers(PROJECT, raw_answers(PROJECT, {"institution_role": role}))
    items = [PROJECT.item(key) for key in MANAGEMENT]
    assert [clause_of(item, answers) for item in items] == [f"{stem}{number}" for number in "①②③④"]
    assert {item.duty for item in items} == {Duty.DESIRABLE}
    assert "PI" in items[2].label_ja
    assert "Co-PI" in items[2].label_ja


def test_seven_measures_of_the_procedure_and_others_are_offered() -> None:
    assert {choice.key for choice in PROJECT.choices["measure_kind"]} == {kind.value for kind in MeasureKind}


def test_joint_institution_is_not_asked_for_partners_and_supporters() -> None:
    lead, joint = (set(asked("project", institution_role=role)) for role in ("研究代表機関", "共同研究機関"))
    assert lead - joint == {
        "partners", "partners_complete", "partners_complete_by", "partners_complete_on",
        "supporters", "supporters_complete", "supporters_complete_by", "supporters_complete_on",
    }  # fmt: skip
    assert joint <= lead


def test_what_comes_after_the_start_is_asked_after_the_start() -> None:
    assert not {"follow_ups", "additions"} & set(asked("project", phase="応募中"))
    assert {"follow_ups", "additions"} <= required("project", phase="開始後")
    assert {"dd_log", "measures"} <= required("project", phase="採択後・開始前")


@pytest.mark.parametrize(
    ("table", "duty", "clause"),
    [
        ("roster", Duty.MUST, "3-3(1)(i)"),
        ("contracts", Duty.MUST, "3-3(1)(v)"),
        ("partners", Duty.DESIRABLE, "3-3(1)(iii)"),
        ("supporters", Duty.DESIRABLE, "3-3(1)(iv)"),
        ("measures", Duty.MUST, "3-4"),
        ("funder_contacts", Duty.MUST, "3-4"),
        ("follow_ups", Duty.MUST, "3-5①"),
        ("additions", Duty.MUST, "3-5②"),
        ("recruitment", Duty.DESIRABLE, "3-5③"),
        ("corrections", Duty.MUST, "3-5④"),
        ("lessons", Duty.DESIRABLE, "3-5⑤"),
    ],
)
def test_every_part_of_risk_management_has_its_table(table: str, duty: Duty, clause: str) -> None:
    assert (PROJECT.item(table).duty, PROJECT.item(table).clause) == (duty, clause)


COLUMNS = {
    "roster": "氏名 役割 ワークブック DDの状態 研修受講日",
    "partners": "名称 ワークブック 要否 理由 状態",
    "supporters": "名称 ワークブック 要否 理由 状態",
    "contracts": "契約番号 ワークブック 要否 理由 状態",
    "dd_log": "対象者 情報源 確認日 確認者 結果 差異 版・URL",
    "inquiries": "照会日 内容 回答日 回答 判断",
    "funder_contacts": "受領日 内容 期限 対応 回答日",
    "measures": "根拠(なぜこの程度か) 代替案 開始日 証跡 本人への説明日 残存リスク 解除条件",
    "recruitment": "公募番号 収集する項目 廃棄日",
    "lessons": "提供可否 匿名化",
}


@pytest.mark.parametrize(("table", "labels"), COLUMNS.items())
def test_columns_carry_the_words_of_the_forms(table: str, labels: str) -> None:
    found = [column.label_ja for column in PROJECT.item(table).columns]
    assert [label for label in found if label in labels.split()] == labels.split()
