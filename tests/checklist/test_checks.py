# ruff: noqa: E501  rows are shown as they stand on the sheets
"""What is found, and what is not: codes and places, never prose."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.checklist.sheets import CONSENTS, COVER, NOTHING, found, given, load, validate
from xlsaddin.checklist.model import Duty
from xlsaddin.findings import Finding, Severity

CLEAN: dict[str, Any] = {
    **COVER,
    "name": "SATO Hana",
    "education": "該当なし",
    "career": "該当なし",
    "residency": "該当なし",
    **NOTHING,
}


def codes(answers: dict[str, Any], **change: Any) -> list[tuple[str, str, int, str]]:
    return found(validate({**answers, **change}))


def only(answers: dict[str, Any], **change: Any) -> Finding:
    findings = validate({**answers, **change})
    assert len(findings) == 1, found(findings)
    return findings[0]


def test_a_clean_declaration_has_no_finding() -> None:
    assert codes(CLEAN) == []


# --- missing


def test_a_blank_form_names_everything_at_once() -> None:
    findings = validate({})
    errors = {item for _, item, _, _ in found(findings, "error")}
    thirteen = {"education", "career", *NOTHING, "residency"}
    assert errors == {"role", "name", *thirteen}
    assert {item for _, item, _, _ in found(findings, "warning")} == {"stated_on", "email", *CONSENTS}


def test_the_item_of_the_funder_is_not_missed_unless_the_profile_asks() -> None:
    assert all(finding.location.item != "funder_items" for finding in validate({}))
    wide = validate({**CLEAN}, profile="wide")
    assert found(wide) == [("RS-REQ-001", "nationality", 0, "")]


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ({"status": "あり"}, "RS-REQ-003"),
        ({"status": "該当なし", "rows": [{"list_name": "EUL", "identity": "分からない"}]}, "RS-REQ-004"),
        ({"status": "", "rows": [{"list_name": "EUL", "identity": "分からない"}]}, "RS-REQ-005"),
        ({"status": "情報取得不可"}, "RS-REQ-006"),
        ({"status": "守秘義務により一部記載不可"}, "RS-REQ-006"),
        ({"status": "たぶんない"}, "RS-CHOICE-001"),
        ({"status": "#REF!"}, "RS-CHOICE-001"),
        ({"status": "情報取得不可", "reason": "照会中"}, "RS-REQ-009"),
        ({"status": "分からない"}, "RS-REQ-006"),
    ],
)
def test_state_and_rows_that_do_not_fit(state: dict[str, Any], code: str) -> None:
    assert codes(CLEAN, listed=state) == [(code, "listed", 0, "")]


def test_partly_under_nda_with_a_reason_may_leave_cells_blank() -> None:
    grants = {"status": "一部記載不可", "reason": "契約相手との守秘義務", "rows": [{"since": "2025/4"}]}
    assert codes(CLEAN, grants=grants) == []


def test_cells_a_row_needs() -> None:
    row = given("listed_affiliations", "| 期間 | 国 |\n|---|---|\n| 2025/4-現在 | Examplia |")
    assert codes(CLEAN, **row) == [
        ("RS-REQ-007", "listed_affiliations", 1, "body"),
        ("RS-REQ-007", "listed_affiliations", 1, "position"),
        ("RS-REQ-007", "listed_affiliations", 1, "related"),
    ]


def test_a_confidential_grant_needs_effort_but_neither_counterpart_nor_title() -> None:
    row = given(
        "grants",
        "| 取得(決定)日 | 区分 | 開始 | 終了 | 守秘義務 |\n|---|---|---|---|---|\n| 2025/6/1 | 受託研究 | 2025/6 | 2027/3 | 有 |",
    )
    assert codes(CLEAN, **row) == [("RS-REQ-007", "grants", 1, "effort")]


PAPER = {"published_on": "2025/1", "title": "T", "venue": "V", "position": "共著"}


@pytest.mark.parametrize(
    ("paper", "columns"),
    [
        ({"authors": "2,900", "doi": "10.1000/xyz"}, []),
        ({"authors": "2,900"}, ["doi"]),
        ({"authors": 51, "coauthors": "A; B"}, []),
        ({"authors": 50}, ["first_author"]),
        ({}, ["first_author"]),
        ({"first_author": "Sato H."}, []),
    ],
)
def test_very_many_authors_need_only_doi_and_number(paper: dict[str, Any], columns: list[str]) -> None:
    missing = codes(CLEAN, publications=[{**PAPER, **paper}])
    assert missing == [("RS-REQ-007", "publications", 1, column) for column in columns]


def test_an_unticked_consent_is_asked_for() -> None:
    assert codes(CLEAN, consent_share="☐") == [("RS-REQ-010", "consent_share", 0, "")]


def test_consent_for_abroad_is_asked_only_when_a_recipient_is_abroad() -> None:
    assert codes(CLEAN, recipient_abroad="無") == []
    assert codes(CLEAN, recipient_abroad="有") == [("RS-REQ-010", "consent_abroad", 0, "")]


def test_desirable_and_house_items_never_give_an_error() -> None:
    for key in ("partner", "supporter", "integrity", "project", "contract", "institution"):
        errors = [f.location.item for f in validate({}, key) if f.severity is Severity.ERROR]
        assert [item for item in errors if load(key).item(item).duty is not Duty.MUST] == [], key


def test_an_item_that_does_not_apply_is_not_missed_but_noted_when_filled() -> None:
    assert codes(CLEAN, res_works_in_japan="はい") == [("RS-REQ-008", "res_works_in_japan", 0, "")]


def test_residency_given_asks_the_questions() -> None:
    asked = {item for _, item, _, _ in codes(CLEAN, residency="あり")}
    assert asked == {
        *("res_works_in_japan", "res_works_abroad", "res_official_duty", "res_acts_on_instruction"),
        *("res_contracts", "res_benefits"),
    }


def test_do_not_know_answers_every_question_of_residency() -> None:
    unknown = {
        **dict.fromkeys(
            ("res_works_in_japan", "res_works_abroad", "res_japanese", "res_returned_temporarily"), "分からない"
        ),
        **dict.fromkeys(("res_official_duty", "res_acts_on_instruction", "res_only_income"), "Don't know"),
        **dict.fromkeys(("res_entered_japan", "res_left_japan", "res_returned_on"), "不明"),
        **dict.fromkeys(("res_planned_stay_abroad_months", "res_annual_income"), "分からない"),
        "res_contracts": [
            {
                "contract_kind": "分からない",
                "body": "Examplia University",
                "counterparty": "分からない",
                "under_command": "分からない",
                "japanese_precedence": "分からない",
            }
        ],
        "res_benefits": [{"body": "Examplia", "source": "分からない", "amount": "分からない"}],
    }
    assert codes(CLEAN, residency="あり", **unknown) == []


def test_residency_none_with_rows_is_asked() -> None:
    row = {"body": "Examplia", "source": "外国政府等", "amount": 100}
    assert codes(CLEAN, res_benefits=[row]) == [
        ("RS-REQ-008", "res_benefits", 0, ""),
        ("RS-DECL-003", "res_benefits", 0, ""),
    ]


# --- unreadable

POST = {"body": "A", "body_en": "A", "country": "日本", "post": "教授", "capacity": "本務"}


@pytest.mark.parametrize(
    ("cells", "code", "column", "severity"),
    [
        ({"since": "05/06/2026"}, "RS-DATE-002", "since", "warning"),
        ({"since": "入社時"}, "RS-DATE-001", "since", "error"),
        ({"since": "1849/4"}, "RS-DATE-003", "since", "error"),
        ({"since": "2020/4、2022/4"}, "RS-DATE-004", "since", "warning"),
        ({"since": "#REF!"}, "RS-CELL-001", "since", "error"),
        ({"capacity": "名人"}, "RS-CHOICE-001", "capacity", "error"),
        ({"paid": "少し"}, "RS-CHOICE-001", "paid", "warning"),  # may stay blank
    ],
)
def test_what_cannot_be_read_is_asked_and_shown(cells: dict[str, str], code: str, column: str, severity: str) -> None:
    finding = only(CLEAN, career=[{"since": "2020/4", "until": "現在", **POST, **cells}])
    assert (finding.code, finding.location.column, finding.severity) == (code, column, severity)
    assert next(iter(cells.values())) in finding.message_ja
    assert next(iter(cells.values())) in finding.message_en
    assert "②研究経歴・職歴 1行目" in finding.message_ja


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({"orcid": "0000-0002-1825-0098"}, "RS-ID-002"),
        ({"orcid": "12345"}, "RS-ID-001"),
        ({"erad": "1234"}, "RS-ID-001"),
        ({"email": "内線1234"}, "RS-ID-001"),
        ({"stated_on": "05/06/2026"}, "RS-DATE-002"),
        ({"stated_on": "2026/9/2"}, "RS-DATE-006"),
        ({"name_single": "たぶん"}, "RS-CHOICE-002"),
        ({"role": "えらい人"}, "RS-CHOICE-001"),
    ],
)
def test_single_items_that_cannot_be_meant(answers: dict[str, str], code: str) -> None:
    assert only(CLEAN, **answers).code == code


@pytest.mark.parametrize(
    "answers",
    [{"erad": "なし"}, {"erad": "none"}, {"erad": ""}, {"orcid": "なし"}, {"name_kana": ""}, {"name": "Suharsono"}],
)
def test_numbers_and_readings_a_person_does_not_have_are_not_missed(answers: dict[str, str]) -> None:
    assert codes(CLEAN, **answers) == []


def test_long_text_is_cut_in_the_message() -> None:
    finding = only(CLEAN, career=[{"since": "あ" * 40_000, "until": "現在", **POST}])
    assert len(finding.message_ja) < 300


# --- timing


def test_a_period_that_ends_before_it_begins() -> None:
    assert codes(CLEAN, career=[{"since": "2024/4", "until": "2023/3", **POST}]) == [
        ("RS-DATE-005", "career", 1, "until")
    ]


def test_overlapping_posts_and_planned_ends_are_normal() -> None:
    posts = [
        {"since": "2010/4", "until": "現在", **POST},
        {"since": "2012/4", "until": "2030/3", **POST, "capacity": "兼業"},
        {"since": "2026/10", "until": "2027/3", **POST, "capacity": "客員"},
    ]
    assert codes(CLEAN, career=posts) == []


@pytest.mark.parametrize(
    ("published", "default", "wide"),
    [
        ("2023年3月", True, True),
        ("2023/4", True, False),
        ("2024年3月", True, False),
        ("2024年4月", False, False),
        ("2023年度", True, False),
        ("2024年", False, False),
    ],
)
def test_the_look_back_begins_on_1_april(published: str, default: bool, wide: bool) -> None:
    papers = {**CLEAN, "publications": [{**PAPER, "first_author": "S", "published_on": published}], "nationality": "x"}
    assert bool(found(validate({k: v for k, v in papers.items() if k != "nationality"}))) is default
    assert bool(found(validate(papers, profile="wide"))) is wide


def test_a_grant_that_reaches_into_the_window_is_inside_however_early_it_was_obtained() -> None:
    row = "| 取得(決定)日 | 制度・課題名 | 支給機関 | 区分 | 開始 | 終了 | 守秘義務 |\n|---|---|---|---|---|---|---|\n| {} | X | Y | 公募 | {} | {} | 無 |"
    assert codes(CLEAN, **given("grants", row.format("2019/4/1", "2019/4", "2024/4"))) == []
    assert codes(CLEAN, **given("grants", row.format("2019/4/1", "2019/4", "2024/3"))) == [
        ("RS-DATE-007", "grants", 1, "until")
    ]


def test_the_earliest_application_of_several_sets_the_look_back() -> None:
    paper = [{**PAPER, "first_author": "S", "published_on": "2023/11"}]
    cases = [
        {"case_number": "C-1", "application_year": "2026"},
        {"case_number": "C-2", "application_year": "令和7年度"},
    ]
    assert codes(CLEAN, publications=paper, cases=cases) == []
    assert codes(CLEAN, publications=paper, cases=cases[:1]) == [("RS-DATE-007", "publications", 1, "published_on")]
    typo = [{"case_number": "C-1", "application_year": "1026"}]
    assert codes(CLEAN, publications=paper, cases=typo) == [("RS-DATE-007", "publications", 1, "published_on")]


def test_a_row_before_the_window_may_lack_anything() -> None:
    assert codes(CLEAN, publications=[{"published_on": "2019/1"}]) == [
        ("RS-DATE-007", "publications", 1, "published_on")
    ]


def test_a_paper_of_the_future_is_asked() -> None:
    assert codes(CLEAN, publications=[{**PAPER, "first_author": "S", "published_on": "2026/11"}]) == [
        ("RS-DATE-006", "publications", 1, "published_on")
    ]


@pytest.mark.parametrize(
    ("term", "asked"), [("2025/10", True), ("2025/10-現在", False), ("2025.4-2026.3", False), ("2025年10月から", False)]
)
def test_a_period_in_one_cell_needs_its_end(term: str, asked: bool) -> None:
    row = {"term": term, "body": "X University", "position": "客員", "related": "なし"}
    assert codes(CLEAN, listed_affiliations=[row]) == (
        [("RS-DATE-008", "listed_affiliations", 1, "term")] if asked else []
    )


# --- sums


def grant(effort: Any, since: str = "2025/4", until: str = "2028/3") -> dict[str, Any]:
    return {
        **{"obtained_on": "2025/4/1", "title": "T", "funder": "F", "category": "公募", "confidential": "無"},
        **{"since": since, "until": until, "effort": effort},
    }


@pytest.mark.parametrize(
    ("grants", "asked"),
    [
        ([grant(60), grant("40%")], False),
        ([grant(60), grant(41)], True),
        ([grant(60), grant(60, until="2026/3")], False),  # ended before the day of the check
        ([grant(60), grant(60, since="2027/4")], False),  # not begun
        ([grant(33.4), grant(33.4), grant(33.4)], False),  # rounding
    ],
)
def test_effort_of_running_grants(grants: list[dict[str, Any]], asked: bool) -> None:
    assert codes(CLEAN, grants=grants) == ([("RS-SUM-001", "grants", 0, "")] if asked else [])


def test_one_percent_typed_as_a_number_may_be_a_whole() -> None:
    assert codes(CLEAN, grants=[grant(1)]) == [("RS-NUM-004", "grants", 1, "effort")]
    assert codes(CLEAN, grants=[grant("1%")]) == []


# --- researcher


def post(since: str, until: str) -> dict[str, str]:
    return {"since": since, "until": until, **POST}


STUDY = {"school": "A", "school_full": "A University", "country": "日本", "degree": "博士"}


@pytest.mark.parametrize(
    ("posts", "studies", "gaps"),
    [
        ([post("2010/4", "2012/3"), post("2013/10", "現在")], [], 1),
        ([post("2010/4", "2012/3"), post("2012/9", "現在")], [], 0),  # five months
        ([post("2010/4", "2012/3"), post("2012/10", "現在")], [], 1),
        ([post("2010/4", "2012/3"), post("2015/4", "現在")], [{"since": "2012/4", "until": "2015/3", **STUDY}], 0),
        ([post("2010/4", "現在"), post("2013/4", "2014/3"), post("2020/4", "現在")], [], 0),
        ([post("2015/4", "現在")], [{"since": "2001/4", "until": "2005/3", **STUDY}], 0),  # before the first post
        ([post("2010/4", "2012/3")], [], 0),  # after the last one
    ],
)
def test_gaps_are_a_note_without_a_question(posts: list[Any], studies: list[Any], gaps: int) -> None:
    findings = validate({**CLEAN, "career": posts, "education": studies or "該当なし"})
    assert [finding.code for finding in findings] == ["RS-DECL-001"] * gaps
    assert all(finding.severity is Severity.NOTE for finding in findings)


FUND = {**grant(10), "title": "光触媒の研究助成", "funder": "あおば財団"}
SUPPORT = {
    "received_on": "2025/6",
    "support_kind": "その他",
    "content": "光触媒の研究助成",
    "supporter": "あおば財団",
    "condition": "なし",
}


@pytest.mark.parametrize(
    ("grants", "support", "double"),
    [
        ({}, {}, True),
        ({"amount": "300万円"}, {"amount": "3,000,000円", "content": "助成"}, True),
        ({"amount": "300万円"}, {"amount": "10万円"}, False),  # another amount: another thing
        ({}, {"content": "講演料", "support_kind": "講演料・執筆料"}, False),
        ({}, {"supporter": "みどり財団"}, False),
        ({"funder": "アオバ財団", "funder_en": "Aoba Foundation"}, {"supporter": "AOBA FOUNDATION"}, True),
        ({}, {"received_on": "2024/5"}, False),  # before the grant began
    ],
)
def test_the_same_thing_in_3_and_4(grants: dict[str, str], support: dict[str, str], double: bool) -> None:
    expected = [("RS-DECL-002", "other_support", 1, "supporter")] if double else []
    assert codes(CLEAN, grants=[{**FUND, **grants}], other_support=[{**SUPPORT, **support}]) == expected


def test_back_before_leaving() -> None:
    days = {"res_left_japan": "2026/5/1", "res_returned_on": "2026/4/1", "res_returned_temporarily": "はい"}
    assert ("RS-DECL-004", "res_returned_on", 0, "") in codes(CLEAN, residency="あり", **days)


# --- integrity

NINE = [
    *("risk_awareness", "transparency", "memorandum", "memorandum_document", "memorandum_members"),
    *("support_received", "long_term", "informal", "travel", "other_use", "counterpart"),
]


def integrity(**change: str) -> list[tuple[str, str, int, str]]:
    cover = {"name": "佐藤花", "email": "hana@midori.example", "stated_on": date(2026, 9, 1)}
    return found(validate({**cover, **dict.fromkeys(NINE, "はい"), **change}, "integrity"))


def test_integrity_answers_open_a_talk_and_no_more() -> None:
    assert integrity() == []
    assert integrity(travel="いいえ", long_term="相談したい") == [
        ("RS-INTEG-001", "long_term", 0, ""),
        ("RS-INTEG-001", "travel", 0, ""),
    ]


def test_integrity_without_a_memorandum_asks_nothing_more_about_it() -> None:
    assert integrity(memorandum="該当する活動なし", memorandum_document="", memorandum_members="") == []
