# ruff: noqa: E501  rows are shown as they stand on the sheets
"""Scenarios 1, 2 and 4 as far as form goes: honest answers bring no error, and no word about what is normal."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.checklist.sheets import AS_OF, CONSENTS, COVER, NOTHING, found, given, rows, validate
from xlsaddin.findings import Severity

SAEKI: dict[str, Any] = {
    **COVER,
    "name": "SAEKI Mariko",
    "name_ja": "佐伯真理子",
    "residency": "該当なし",
    **NOTHING,
    **given(
        "cases",
        """
        | 課題番号 | 応募年度 |
        |---|---|
        | C-03 | 2026 |
        | C-07 | 令和8年度 |
        | C-11 | 2026年度 |
        """,
    ),
    **given(
        "education",
        """
        | 入学年月 | 卒業・修了年月(見込可) | 学校名(日本語又はローマ字) | 学校名(原語・英語、略さず) | 国・地域 | 学位/在籍区分 |
        |---|---|---|---|---|---|
        | 2001年4月 | 2005年3月 | 広島工業大学 | Hiroshima Institute of Technology (HIT) | 日本 | 学士 |
        | 2005/4 | 2010/3 | 東北大学 | Tohoku University | JP | 博士 |
        """,
    ),
    **given(
        "career",
        """
        | 開始 | 終了(「現在」可) | 機関名 | 機関名(英語・原語) | 国・地域 | 職名 | 区分 |
        |---|---|---|---|---|---|---|
        | H22.4 | 平成24年3月 | ミシガン大学 | University of Michigan | 米国 | 博士研究員 | 本務 |
        | 2013年10月 | 現在 | みどり大学 | Midori University | 日本 | 教授 | 本務 |
        | 2025/4 | 現在 | 株式会社あおば計測 | Aoba Keisoku K.K. | 日本 | 技術顧問 | 兼業 |
        """,
    ),
    **given(
        "grants",
        """
        | 取得(決定)日 | 制度・課題名 | 支給機関 | 区分 | 開始 | 終了 | 守秘義務 | エフォート% |
        |---|---|---|---|---|---|---|---|
        | 2022/4/1 | 科研費 基盤B | 日本学術振興会 | 公募 | 2022年4月 | 2026年3月 | 無 | 20 |
        | 令和7年10月1日 | 創発 | JST | 公募 | 2025/10 | 2031/3 | 無 | 30 |
        | 2025/6/1 |  |  | 受託研究 | 2025/6 | 2027/3 | 有 | 5 |
        """,
    ),
    **given(
        "publications",
        """
        | 発表年月 | 題名 | 掲載誌・会議 | 本人の立場 | 筆頭著者 |
        |---|---|---|---|---|
        | 2024年5月 | A1 | J. Optics | 責任 | Sato T. |
        | 2024/11 | A2 | J. Optics | 共著 | Sato T. |
        | 2025.2 | A3 | J. Optics | 筆頭かつ責任 | Saeki M. |
        | R7.9 | A4 | J. Optics | 共著 | Mori K. |
        | 2026年1月 | A5 | J. Optics | 共著 | Mori K. |
        | 2026-07 | A6 | J. Optics | 共著 | Mori K. |
        | 2023年11月 | A0 | J. Optics | 共著 | Mori K. |
        """,
    ),
    **given(
        "patents",
        """
        | 出願日 | 出願番号 | 出願人 | 公開状態 |
        |---|---|---|---|
        | 2025/3/3 | 特願2025-000001 | みどり大学 | 未公開 |
        """,
    ),
}


def test_saeki_has_two_notes_and_nothing_else() -> None:
    findings = validate(SAEKI)
    assert found(findings) == [
        ("RS-DECL-001", "career", 2, "since"),  # the gap of 2012-2013
        ("RS-DATE-007", "publications", 7, "published_on"),  # the paper of 2023
    ]
    assert {finding.severity for finding in findings} == {Severity.NOTE}
    assert "健康・家庭の事情は書かないでください" in findings[0].message_ja


def test_saeki_under_the_wide_profile_keeps_her_paper_of_2023() -> None:
    findings = validate({**SAEKI, "nationality": "Examplia"}, profile="wide")
    assert found(findings) == [("RS-DECL-001", "career", 2, "since")]


LIN: dict[str, Any] = {
    **COVER,
    "name": "LIN Haoran",
    "role": "Participant",
    "erad": "none",
    "residency": "None",
    **dict.fromkeys(NOTHING, "None"),
    **given(
        "education",
        """
        | From | To | School | School, in full | Country or region | Degree or status | Supervisor |
        |---|---|---|---|---|---|---|
        | 2012-09 | 2016-06 | School of Astronautics, Harbin Institute of Technology, Harbin 150001 | Harbin Institute of Technology | China | Bachelor |  |
        | 2017-04 | 2020-03 | Tohoku University | Tohoku University | Japan | Doctor | Sato Ichiro |
        """,
    ),
    **given(
        "career",
        """
        | From | To (or “present”) | Institution | Institution, in English or original language | Country or region | Post | Kind of post |
        |---|---|---|---|---|---|---|
        | 2020-04 | 2023-09 | University of Manchester | University of Manchester | UK | Research associate | Main post |
        | 2023-10 | present | Midori University | Midori University | Japan | Postdoc | Main post |
        """,
    ),
}


def test_lin_has_no_finding_at_all() -> None:
    assert found(validate(LIN)) == []


def test_lin_visiting_inside_the_window_is_no_matter_of_form() -> None:
    visit = rows(
        """
        | From | To (or “present”) | Institution | Institution, in English or original language | Country or region | Post | Kind of post |
        |---|---|---|---|---|---|---|
        | 2024-09 | 2025-03 | HIT | Harbin Institute of Technology | CN | Visiting researcher | Visiting |
        """,
        "career",
    )
    assert found(validate({**LIN, "career": LIN["career"] + visit})) == []


SUHARSONO: dict[str, Any] = {
    **CONSENTS,
    "role": "研究参画者(学生)",
    "name": "SUHARSONO",
    "name_single": "✓",
    "stated_on": "2026/9/1",
    "email": "suharsono@midori.example",
    "employment": "なし(学生)",
    **NOTHING,
    "career": "該当なし",
    **given(
        "education",
        """
        | 入学年月 | 卒業・修了年月(見込可) | 学校名(日本語又はローマ字) | 学校名(原語・英語、略さず) | 国・地域 | 学位/在籍区分 |
        |---|---|---|---|---|---|
        | 2020/8 | 2024/7 | Universitas Gadjah Mada | Universitas Gadjah Mada | インドネシア | 学士 |
        | 2026/4 | 2028/3(見込) | みどり大学 | Midori University | 日本 | 在学 |
        """,
    ),
    "residency": "あり",
    "res_works_in_japan": "いいえ",
    "res_works_abroad": "いいえ",
    "res_official_duty": "該当なし",
    "res_japanese": "外国人の基準",
    "res_entered_japan": "2026/4/5",
    "res_acts_on_instruction": "いいえ",
    "res_annual_income": "分からない",
    "res_only_income": "はい",
    "res_contracts": "該当なし",
    **given(
        "res_benefits",
        """
        | 提供者の名称 | 国・地域 | 提供者の区分 | 内容 | 年額 |
        |---|---|---|---|---|
        | Ministry of Education of Examplia |  | 外国政府等 | 奨学金・学費 | 分からない |
        """,
    ),
}


@pytest.mark.parametrize("as_of", [AS_OF, date(2026, 10, 4), date(2026, 10, 5)])
def test_suharsono_has_no_finding_on_any_of_the_days(as_of: date) -> None:
    assert found(validate(SUHARSONO, as_of=as_of)) == []


def test_suharsono_employed_as_assistant_has_no_finding() -> None:
    employed = {**SUHARSONO, "employment": "本機関と雇用あり", "res_works_in_japan": "はい", "res_japanese": None}
    assert found(validate(employed, as_of=date(2026, 9, 16))) == []


def test_nationality_asked_by_a_funder_changes_no_finding() -> None:
    seen = {
        tuple(found(validate({**SAEKI, "nationality": n}, profile="wide"))) for n in ("日本", "Examplia", "中国", "USA")
    }
    assert len(seen) == 1
