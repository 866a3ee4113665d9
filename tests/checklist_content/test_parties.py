"""What is asked of partners and supporters: 3-3(1)(iii), 3-3(1)(iv); scenarios 7, 7b, 7c, 8b-8d."""

from __future__ import annotations

import pytest

from tests.checklist_content.asking import asked, required
from xlsaddin.checklist.loading import load_checklist
from xlsaddin.checklist.model import Duty, Kind, Lookback, Target

NUMBERED = [("partner", "会社", "①②③④"), ("supporter", "個人", "①②③④⑤"), ("supporter", "外国の公的機関", "①②③④⑤")]


@pytest.mark.parametrize(("key", "kind", "numbers"), NUMBERED)
def test_numbered_items_of_the_clause_are_asked(key: str, kind: str, numbers: str) -> None:
    items = [item for item in asked(key, kind=kind).values() if item.number]
    assert "".join(sorted({item.number for item in items})) == numbers
    assert {item.clause[-1] for item in items} == set(numbers)
    assert {item.duty for item in items} == {Duty.DESIRABLE}


@pytest.mark.parametrize("key", ["partner", "supporter"])
def test_nothing_in_a_desirable_clause_is_a_must(key: str) -> None:
    assert Duty.MUST not in {item.duty for item in load_checklist(key).items}


@pytest.mark.parametrize(
    ("key", "kind", "capital"),
    [
        ("partner", "会社", True),
        ("partner", "外国の大学", False),
        ("partner", "財団・社団", False),
        ("supporter", "会社", True),
        ("supporter", "法人", False),
        ("supporter", "個人", False),
    ],
)
def test_capital_is_asked_of_companies_only(key: str, kind: str, capital: bool) -> None:
    items = asked(key, kind=kind)
    assert ("shareholders" in items) is capital
    assert "finance" in items


def test_affiliation_is_needed_of_individuals() -> None:
    assert "affiliations" in required("supporter", kind="個人")
    assert "affiliations" not in required("supporter", kind="外国の公的機関")
    assert "affiliations" not in asked("supporter", kind="会社")
    assert load_checklist("supporter").item("affiliations").column("institution_en").screen is Target.ORGANIZATION


def test_one_name_in_any_language_is_enough() -> None:
    assert "name_ja" in required("partner", kind="会社")
    assert "name_ja" not in required("partner", kind="外国の大学", name_en="University of Tehran")
    assert "name_ja" not in required("partner", kind="公設試")


def test_individual_is_screened_as_a_person_and_a_body_as_a_body() -> None:
    person = {item.screen for item in asked("supporter", kind="個人").values()} - {None}
    body = {item.screen for item in asked("supporter", kind="会社").values()} - {None}
    assert (person, body) == ({Target.PERSON}, {Target.ORGANIZATION})


@pytest.mark.parametrize("key", ["partner", "supporter"])
def test_share_of_a_listed_holder_reaches_the_rules(key: str) -> None:
    table = load_checklist(key).item("shareholders")
    assert table.column("share").fact == "share"
    screened = {column.key for column in table.columns if column.screen is Target.ORGANIZATION}
    assert {"name_ja", "name_en", "controller"} <= screened


def test_achievements_go_as_far_back_as_the_funder_says() -> None:
    achievements = load_checklist("partner").item("achievements")
    assert (achievements.lookback, achievements.kind) == (Lookback.WINDOW, Kind.TABLE)
    assert achievements.column("achieved_on").period == "at"


def test_office_fills_the_supporter_form_and_no_consent_or_erad_number_is_asked() -> None:
    keys = {asked.key for asked in load_checklist("supporter").items}
    assert {"filled_by", "sources"} <= keys
    assert not {key for key in keys if "consent" in key or "erad" in key}
    assert [column.key for column in load_checklist("supporter").item("sources").columns][2] == "checked_on"


COLUMNS = {
    ("partner", "achievements"): "年月 内容 相手 公表先",
    ("partner", "finance"): "決算期 売上 純資産 監査 資料",
    ("partner", "shareholders"): "株主名(日本語) 株主名(英語) 国 割合% 直接/間接 最終支配者",
    ("partner", "officers"): "氏名(ローマ字) 役職 兼職",
    ("supporter", "supports"): "種類 内容 金額換算 期間(開始) 期間(終了)",
}


@pytest.mark.parametrize(("place", "labels"), COLUMNS.items(), ids=lambda part: "-".join(part) if part else "")
def test_columns_carry_the_words_of_the_forms(place: tuple[str, str], labels: str) -> None:
    found = [column.label_ja for column in load_checklist(place[0]).item(place[1]).columns]
    assert [label for label in found if label in labels.split()] == labels.split()
