"""The funder's questionnaire: answered from what is known, open where it is not, nothing personal before asked."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import select

from tests.register.conftest import AS_OF, Desk
from tests.register.test_erasure import MARK
from tests.scenarios.people import Given, listed_body, nobody, suharsono
from xlsaddin.register.register import Register
from xlsaddin.register.tables import AuditEntry
from xlsaddin.report.questionnaire import ItemTable, Questionnaire, Request, write_questionnaire

CASE = [{"case_number": "C-01", "case_title": "薄膜", "funder": "JST", "deadline": "2026-09-18"}]
ASKED = Request("JST 研究公正課", date(2026, 9, 3))


def person(name: str = f"{MARK} Taro", **answers: object) -> Given:
    return nobody(name=name, email=f"{name.split()[0].lower()}@midori.example", cases=CASE, **answers)


def said(asked: Questionnaire) -> dict[str, str]:
    return {answer.question_ja: answer.answer.split(" / ")[0] for answer in asked.answers}


def test_a_settled_case_is_answered(register: Register, desk: Desk) -> None:
    desk.submit(register, person(role="PI"), subject="P-001")
    desk.submit(register, person("SATO Jun", role="Co-PI"), subject="P-002")
    answers = said(register.questionnaire("C-01", AS_OF))
    assert answers["課題名"] == "薄膜"
    assert answers["研究代表機関の自己申告"] == "提出した"
    assert answers["研究分担機関の自己申告"] == "提出した"
    assert answers["デュー・ディリジェンスを実施したか"] == "実施した"
    assert answers["リスク軽減措置の要否"] == "いいえ"
    assert answers["共同研究機関の研究者に係るリスク"] == "いいえ"


def test_what_is_not_settled_is_not_answered_as_if_it_were(register: Register, desk: Desk) -> None:
    body = listed_body("2025.4-2025.9", "Examplia Institute of Rocketry")
    desk.submit(register, person(role="PI", listed_affiliations=[body]), subject="P-001")
    register.record_member("C-01", "P-002", role="participant")
    asked = register.questionnaire("C-01", AS_OF)
    answers = said(asked)
    assert answers["研究代表機関の自己申告"] == "提出は必要であるが提出していない"
    assert answers["デュー・ディリジェンスを実施したか"] == "実施していない"
    assert answers["リスク軽減措置の要否"].startswith("未回答")
    assert answers["研究参画者を追加するときは記載内容に従う"].startswith("未回答")
    assert {one.question_ja for one in asked.answers if not one.confirmed} >= {"リスク軽減措置の要否"}


def test_agreed_measures_are_named_by_kind(register: Register, desk: Desk) -> None:
    body = listed_body("2025.4-2025.9", "Examplia Institute of Rocketry")
    desk.submit(register, person(role="PI", listed_affiliations=[body]), subject="P-001")
    first, *others = (one for one in register.case("C-01", AS_OF).measures if one.required)
    register.agree_measure(first.id, owner="理学部", due=date(2026, 10, 1))
    for other in others:
        register.decline_measure(other.id, reason="より軽い措置で足りる")
    answers = {one.question_en: one.answer for one in register.questionnaire("C-01", AS_OF).answers}
    assert answers["Are mitigation measures needed"].startswith("はい")
    assert [key for key, value in answers.items() if value.startswith("はい")] != ["Are mitigation measures needed"]


def test_what_the_project_record_confirms_is_taken_from_it(register: Register, desk: Desk) -> None:
    desk.submit(register, person(role="PI"), subject="P-001")
    record = {
        "case_number": "C-01",
        "institution_role": "研究代表機関",
        "consents_obtained": "はい",
        "feasible": "いいえ",
    }
    desk.submit(register, record, checklist="project", subject="K-01")
    answers = said(register.questionnaire("C-01", AS_OF))
    assert answers["PI、Co-PI及び研究参画者の同意を得た"] == "はい"
    assert answers["措置が実行可能であることを確認した"] == "いいえ"
    assert answers["研究代表機関及び共同研究機関の担当部署の確認を得た"].startswith("未回答")


# --- staged


def package_text(path: Path) -> str:
    with zipfile.ZipFile(path) as package:
        return "".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())


def test_nothing_personal_stands_in_the_first_stage(register: Register, desk: Desk, tmp_path: Path) -> None:
    desk.submit(register, person(role="PI"), subject="P-001")
    target = tmp_path / "answers.xlsx"
    write_questionnaire(target, register.questionnaire("C-01", AS_OF))
    text = package_text(target)
    assert "薄膜" in text
    assert MARK not in text
    assert "P-001" not in text
    assert openpyxl.load_workbook(target).sheetnames == ["質問票の回答"]


def test_asked_for_all_researchers_fit_and_the_disclosure_is_recorded(
    register: Register, desk: Desk, tmp_path: Path
) -> None:
    for number in range(25):
        desk.submit(register, person(f"MEMBER{number} Taro"), subject=f"P-{number:03d}")
    target = tmp_path / "answers.xlsx"
    write_questionnaire(target, register.questionnaire("C-01", AS_OF, ASKED))
    book = openpyxl.load_workbook(target)
    assert len(book.sheetnames) == 14
    education = [[cell.value for cell in row] for row in book["学歴"].iter_rows(min_row=2)]
    assert {row[0] for row in education} == {f"P-{number:03d}" for number in range(25)}
    with register.looking() as session:
        lines = session.scalars(select(AuditEntry).where(AuditEntry.action == "declaration.disclose")).all()
    assert len(lines) == 25
    assert "JST" in (lines[0].payload or "")


def test_of_residency_the_result_alone_goes_out(register: Register, desk: Desk, tmp_path: Path) -> None:
    given = suharsono()
    given["cases"] = CASE
    desk.submit(register, given, subject="P-004")
    target = tmp_path / "answers.xlsx"
    write_questionnaire(target, register.questionnaire("C-01", AS_OF, ASKED))
    sheet = openpyxl.load_workbook(target)["非居住者特定類型"]
    row = [cell.value for cell in sheet[2]]
    assert (row[0], row[-1]) == ("P-004", "非居住者 / Non-resident")


def test_candidates_are_not_handed_over(register: Register, desk: Desk) -> None:
    desk.submit(register, person(role="採用候補者"), subject="R-001")
    assert all(table.rows == () for table in register.questionnaire("C-01", AS_OF, ASKED).items)


def test_declarations_without_a_request_are_refused() -> None:
    with pytest.raises(ValueError, match="asked"):
        Questionnaire("C-01", AS_OF, (), None, (ItemTable("学歴", ("ID",), (("P-001",),)),))


def test_a_measure_nobody_decided_about_is_open_and_every_header_is_in_both_languages(
    local: Register, desk: Desk, tmp_path: Path
) -> None:
    visited = listed_body("2025.4-2025.9", "Examplia Institute of Rocketry")
    desk.submit(local, person(listed_affiliations=[visited]), subject="P-001")
    asked = local.questionnaire("C-01", AS_OF, ASKED)
    proposed = {one.kind for one in local.case("C-01", AS_OF).measures}
    assert "data_access" in proposed
    assert said(asked)["研究データ等へのアクセス権限の管理"].startswith("未回答")
    assert said(asked)["研究代表機関・共同研究機関の別"] == "研究代表機関"
    assert all(" / " in header for table in asked.items for header in table.headers)
