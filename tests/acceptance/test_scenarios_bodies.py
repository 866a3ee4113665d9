"""Scenarios 7, 8 and 9: a partner company, supporters, contracts and the project that holds them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.acceptance.bodies import contract, judged, memorandum, minato, partner, project, supporter
from tests.acceptance.filling import open_book
from tests.acceptance.product import Checked, Form, Product

JOINT_COMPANY = {
    "institution_role": "共同研究機関",
    "roster": [
        {"氏名": "MINATO Jiro", "役割": "Co-PI", "DDの状態": "実施した"},
        {"氏名": "UMINO Saburo", "役割": "研究参画者", "DDの状態": "実施した"},
    ],
    "partners": "該当なし",
    "contracts": [{"契約番号": "C-001", "ワークブック": "C-001.xlsx"}],
}
SETTLED = judged("cooperation", "適切") | judged("access", "適切") | judged("property", "適切")
ASKED = {"対象者": "SAEKI Mariko", "照会日": "2026-08-20", "内容": "②の期間を確かめたい"}
FORMS: dict[str, Form] = {
    "7": minato(),
    "7-project": project(**JOINT_COMPANY),
    "7b": partner("公設試験研究機関", name_ja="みどり県工業技術センター"),
    "7c": partner("外国の大学", name_en="University of Tehran", country="イラン", purpose="共同研究"),
    **{f"7-{share}": minato(share) for share in (9.9, 10, 50)},
    "8a": supporter("会社", name_en="Huawei Technologies Japan K.K.", name_ja="華為技術日本株式会社"),
    "8a-ja": supporter("会社", name_ja="華為技術日本株式会社"),
    "8b": Form("supporter", {"kind": "我が国の国・地方公共団体等", "name_ja": "みどり県"}),
    "8c": supporter("外国の公的機関", name_en="Ministry of Science of Examplia"),
    "8d": supporter("個人", person_name="AOKI Ume"),
    "C-001": contract("C-001"),
    "C-002": memorandum(),
    "C-002-bad": memorandum(**judged("property", "不適切")),
    "C-002-settled": memorandum(**SETTLED, **judged("secrecy", "例外承認", approver="管理 次郎")),
    "C-002-alone": memorandum(**SETTLED, **judged("secrecy", "例外承認")),
    "9-why": contract("C-004", data_return="無", data_return_number=None, access_judgement_reason=None),
    "9-number": contract("C-005", data_return_number=None),
    "9-amended": contract("C-006", amended_on="2026-08-21"),
    "project": project(),
    "project-asked": project(contracts="該当なし", inquiries=[ASKED]),
    "project-answered": project(contracts="該当なし", inquiries=[ASKED | {"判断": "申告のとおりと確認した"}]),
}


@pytest.fixture(scope="module")
def checked(product: Product, tmp_path_factory: pytest.TempPathFactory) -> Checked:
    return product.check_forms(FORMS, tmp_path_factory.mktemp("bodies"), expect=1)


def measure_texts(content: dict[str, Any]) -> str:
    return " ".join(one["text_ja"] for one in content["assessment"]["measures"])


# --- 7: a company as joint institution


def test_7_shareholder_matches_and_weighs_high(checked: Checked) -> None:
    seen = checked["7"]
    assert seen.entries() == {("jp_meti_eul", "520")}
    assert {hit["item"] for hit in seen.hits("match")} == {"shareholders"}
    assert seen.outcome == ("high", "provisional")
    assert {"data_access", "facility_access", "other"} <= seen.measures(required=True)
    assert "親会社への開示制限" in measure_texts(seen.content)


def test_7_finance_not_obtainable_is_the_one_warning(checked: Checked) -> None:
    assert checked["7"].findings("error") == []
    assert [finding["item"] for finding in checked["7"].findings("warning")] == ["finance"]


@pytest.mark.parametrize(("share", "level"), [(9.9, "moderate"), (10, "high"), (50, "critical")])
def test_7_share_decides(checked: Checked, share: float, level: str) -> None:
    assert checked[f"7-{share}"].outcome == (level, "provisional")


def test_7_joint_institution_is_complete(checked: Checked) -> None:
    assert checked["7-project"].findings("error") == []


def test_7b_public_laboratory_is_out_of_scope(checked: Checked) -> None:
    assert checked["7b"].content["findings"] == []
    assert checked["7b"].hits() == []
    assert checked["7b"].outcome == ("low", "final")


def test_7c_foreign_university_is_not_exempt(checked: Checked) -> None:
    seen = checked["7c"]
    assert ("jp_meti_eul", "282") in seen.entries()
    assert seen.outcome == ("high", "provisional")
    assert not any("資本" in sentence for sentence in seen.said("error", "warning", "note"))


# --- 8: supporters


def test_8a_japanese_arm_of_a_listed_company(checked: Checked) -> None:
    seen = checked["8a"]
    assert seen.entries() == {("own_demo", "2")}
    assert seen.outcome == ("high", "provisional")
    assert {"cyber", "facility_access", "data_access"} <= seen.measures(required=True)
    assert "米国Entity List" in measure_texts(seen.content)
    assert "日本法上の禁止ではない" in measure_texts(seen.content)
    assert "米国再輸出規制の確認が要る" in measure_texts(seen.content)


def test_8a_result_says_which_list_gave_none(checked: Checked) -> None:
    seen = checked["8a"]
    assert all(hit["list"] != "jp_meti_eul" for hit in seen.hits())
    page = open_book(seen.copy, values=True)["結果"]
    lines = [" ".join(str(cell.value) for cell in row if cell.value) for row in page.iter_rows()]
    (line,) = [line for line in lines if "外国ユーザーリスト" in line]
    assert "一致なし" in line


def test_8a_japanese_name_only_asks_for_the_english_one(checked: Checked) -> None:
    seen = checked["8a-ja"]
    assert any("英語名称" in sentence for sentence in seen.said("warning"))
    assert seen.hits("match") == []
    assert seen.state != "final"


def test_8b_public_body_of_japan_is_out_of_scope(checked: Checked) -> None:
    assert checked["8b"].content["findings"] == []
    assert checked["8b"].outcome == ("low", "final")


def test_8c_foreign_ministry_is_asked_everything(product: Product, checked: Checked, tmp_path: Any) -> None:
    assert checked["8c"].findings("error") == []
    only_kind = Form("supporter", {"kind": "外国の公的機関", "name_en": "Ministry of Science of Examplia"})
    asked = {one["item"] for one in product.check_forms({"bare": only_kind}, tmp_path)["bare"].content["findings"]}
    assert {"supports", "purpose", "conditions", "finance", "listed"} <= asked


def test_8d_individual_is_asked_for_affiliations(checked: Checked) -> None:
    findings = checked["8d"].content["findings"]
    assert [one["severity"] for one in findings if one["item"] == "affiliations"] == ["warning"]


def test_8_nothing_is_an_error(checked: Checked) -> None:
    assert [checked[key].findings("error") for key in ("8a", "8a-ja", "8b", "8c", "8d")] == [[]] * 5


# --- 9: contracts


def test_9_adequate_contract(checked: Checked) -> None:
    assert checked["C-001"].content["findings"] == []
    assert checked["C-001"].outcome == ("low", "final")


def test_9_memorandum(checked: Checked) -> None:
    seen = checked["C-002"]
    assert seen.findings("error") == []
    assert len(seen.findings("warning")) == 4
    assert sum("修正案" in sentence for sentence in seen.said("warning")) >= 1
    assert seen.outcome == ("moderate", "provisional")
    assert checked["C-002-bad"].level == "high"


def test_9_settled_aspects_are_final(checked: Checked) -> None:
    assert checked["C-002-settled"].state == "final"
    assert checked["C-002-alone"].state == "provisional"


def test_9_judged_adequate_without_reason_warns(checked: Checked) -> None:
    items = {finding["item"] for finding in checked["9-why"].findings("warning")}
    assert items & {"access_judgement", "access_judgement_reason", "data_return"}


def test_9_yes_without_a_clause_number_is_a_note(checked: Checked) -> None:
    (note,) = checked["9-number"].content["findings"]
    assert (note["severity"], note["item"]) == ("note", "data_return")


def test_9_amended_after_the_review(checked: Checked) -> None:
    assert any("変更後の再確認" in sentence for sentence in checked["9-amended"].said("warning"))


def test_9_contract_without_review_is_an_error_of_the_project(checked: Checked) -> None:
    errors = checked["project"].findings("error")
    assert [("C-003 の契約確認がない（3-3(1)(v) 必要）" in error["message_ja"]) for error in errors] == [True]


def test_open_inquiry_keeps_the_project_provisional(checked: Checked) -> None:
    assert checked["project-asked"].state == "provisional"
    assert checked["project-answered"].outcome == ("low", "final")
