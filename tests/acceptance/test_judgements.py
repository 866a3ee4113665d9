"""Laws 2 and 3, and what becomes of judgements typed into the reviewed copies and checked again."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl.worksheet.table import Table

from tests.acceptance.filling import find_table, judge, open_book, table_rows, type_beside
from tests.acceptance.people import HIT, affiliation, declared, lin, lin_visited, post
from tests.acceptance.product import Checked, Product

COMPLETE = {
    "同一か": "同一",
    "理由": "在籍証明で確認した",
    "確認者": "輸出 花子",
    "日付": date(2026, 8, 28),
}
APPROVED = COMPLETE | {"承認者": "管理 次郎"}
OTHER = APPROVED | {"同一か": "別", "理由": "別の同名機関"}
FORMS = {
    "lin": lin(),
    "given": lin_visited(stated=True),
    "none": lin_visited(stated=False),
    "now": declared(
        career=[post("2012-04", "現在", "みどり大学", "Midori University")],
        listed_affiliations=[affiliation("2025-04～現在", HIT)],
    ),
    "two": declared(
        listed_affiliations=[
            affiliation("2024-05～2024-09", HIT),
            affiliation("2025-01～2025-03", "University of Tehran"),
        ]
    ),
}
CASES: dict[str, tuple[str, dict[str, Any]]] = {
    "lin-same": ("lin", COMPLETE),
    "lin-no-name": ("lin", COMPLETE | {"確認者": None}),
    "lin-no-day": ("lin", COMPLETE | {"日付": None}),
    "lin-no-why": ("lin", COMPLETE | {"理由": None}),
    "given-approved": ("given", APPROVED),
    "given-alone": ("given", COMPLETE),
    "given-self": ("given", COMPLETE | {"承認者": "輸出 花子"}),
    "given-other": ("given", OTHER),
    "given-other-alone": ("given", OTHER | {"承認者": None}),
    "given-other-no-why": ("given", OTHER | {"理由": None}),
    "given-bare": ("given", {"同一か": "別"}),
    "given-unsure": ("given", APPROVED | {"同一か": "不明"}),
    "none-approved": ("none", APPROVED),
    "none-other": ("none", OTHER),
    "now-approved": ("now", APPROVED),
}


@pytest.fixture(scope="module")
def first(product: Product, tmp_path_factory: pytest.TempPathFactory) -> Checked:
    return product.check_forms(FORMS, tmp_path_factory.mktemp("first"), expect=1)


@pytest.fixture(scope="module")
def again(product: Product, first: Checked, tmp_path_factory: pytest.TempPathFactory) -> Checked:
    """The reviewed copies with judgements typed in, checked again."""
    folder = tmp_path_factory.mktemp("again")
    for name, (form, written) in CASES.items():
        judge(first[form].copy, folder / "judged" / f"{name}.xlsx", written)
    one = {"リスト上の名称": "Harbin"}
    judge(first["two"].copy, folder / "judged" / "two-one.xlsx", OTHER, where=one)
    return product.check(folder / "judged", out=folder / "out", expect=1)


# --- what a complete judgement does


def test_old_degree_judged_the_same_is_low_and_final(again: Checked) -> None:
    assert again["lin-same"].outcome == ("low", "final")
    assert again["lin-same"].measures() == set()
    assert {hit["disposition"] for hit in again["lin-same"].hits()} == {"true_match"}
    assert {hit["reviewer"] for hit in again["lin-same"].hits()} == {"輸出 花子"}


def test_judged_the_same_never_rises(first: Checked, again: Checked) -> None:
    assert first["given"].level == again["given-approved"].level == "moderate"
    assert again["given-approved"].state == "final"
    assert first["now"].level == again["now-approved"].level == "high"


def test_judged_another_body_stops_counting(again: Checked) -> None:
    assert again["given-other"].outcome == ("low", "final")
    assert again["none-other"].outcome == ("low", "final")
    assert again["none-other"].said() == []


def test_difference_stays_open_after_the_identity_is_settled(again: Checked) -> None:
    assert again["none-approved"].outcome == ("moderate", "provisional")
    assert len(again["none-approved"].said()) == 1


def test_judging_one_body_leaves_the_other(again: Checked) -> None:
    seen = again["two-one"]
    assert seen.outcome == ("moderate", "provisional")
    assert {hit["entry"]: hit["disposition"] for hit in seen.hits("match")} == {
        "541": "false_positive",
        "282": "pending",
    }


# --- law 2: without reviewer, date and reason nothing moves


@pytest.mark.parametrize("name", ["lin-no-name", "lin-no-day", "lin-no-why", "given-other-no-why", "given-bare"])
def test_law_2_incomplete_moves_nothing(first: Checked, again: Checked, name: str) -> None:
    assert again[name].outcome == first[CASES[name][0]].outcome
    states = {row["判断の状態"] for row in table_rows(again[name].copy, "r_hits")}
    assert any("判断未完（確認者・日付・理由）" in str(state) for state in states), states


def test_law_2_not_sure_moves_nothing(first: Checked, again: Checked) -> None:
    assert again["given-unsure"].outcome == first["given"].outcome


# --- law 3: two persons


@pytest.mark.parametrize("name", ["given-alone", "given-other-alone"])
def test_law_3_alone_stays_provisional(again: Checked, name: str) -> None:
    assert again[name].state == "provisional"


def test_law_3_approver_is_the_reviewer(again: Checked) -> None:
    assert again["given-self"].state == "provisional"
    (error,) = again["given-self"].findings("error")
    assert "職務の分離" in error["message_ja"]


# --- where judgements are not read, or no longer fit


def test_judgement_typed_into_a_respondent_edition_is_ignored_and_reported(
    product: Product, first: Checked, tmp_path: Path
) -> None:
    path = product.write(FORMS["given"], tmp_path / "typed" / "given.xlsx")
    book, office = open_book(path), open_book(first["given"].copy, values=True)["照合"]
    sheet = book.create_sheet("照合")
    for row in office.iter_rows():
        for cell in row:
            sheet.cell(cell.row, cell.column, cell.value)
    sheet.add_table(Table(displayName="r_hits", ref=office.tables["r_hits"].ref))
    book.save(path)
    seen = product.check(judge(path, path, OTHER), out=tmp_path / "out")["given"]
    assert seen.outcome == first["given"].outcome
    assert {hit["disposition"] for hit in seen.hits()} == {"pending"}
    (more,) = [one for one in seen.content["findings"] if one not in first["given"].content["findings"]]
    assert "判断" in more["message_ja"]


def test_copy_of_another_installation_is_not_believed(product: Product, bare: Product, first: Checked) -> None:
    shutil.copytree(product.home / "lists", bare.home / "lists")
    judged = judge(first["given"].copy, bare.work / "given.xlsx", OTHER)
    seen = bare.check(judged, out=bare.work / "out")["given"]
    assert seen.outcome == first["given"].outcome


def test_edited_name_is_to_be_screened_again(product: Product, first: Checked, tmp_path: Path) -> None:
    """An office copy whose name was changed after the check says so, and its old judgement does not carry over."""
    book = open_book(judge(first["lin"].copy, tmp_path / "lin.xlsx", APPROVED))
    sheet, top, column = find_table(book, "t_education")
    for header in ("School", "School, in full"):
        sheet.cell(top + 1, column(header)).value = "Beijing Institute of Technology"
    book.save(tmp_path / "lin.xlsx")
    seen = product.check(tmp_path / "lin.xlsx", out=tmp_path / "out")["lin"]
    assert {hit["entry"] for hit in seen.hits("match")} != {"541"}
    assert seen.state == "provisional"
    assert "true_match" not in {hit["disposition"] for hit in seen.hits("match") if hit["entry"] != "541"}


# --- differences


def test_difference_closed_without_explanation_by_two_persons_is_one_level_up(
    product: Product, again: Checked, tmp_path: Path
) -> None:
    closing = {
        "照会の状態": "説明なし",
        "理由": "照会したが回答がなかった",
        "確認者": "輸出 花子",
        "日付": date(2026, 8, 30),
        "承認者": "管理 次郎",
    }
    two = {"up": closing, "alone": closing | {"承認者": None}, "self": closing | {"承認者": "輸出 花子"}}
    for name, written in two.items():
        type_beside(
            again["none-approved"].copy, tmp_path / "in" / f"{name}.xlsx", "r_findings", written, {}, marker="番号"
        )
    seen = product.check(tmp_path / "in", out=tmp_path / "out")
    assert seen["up"].outcome == ("high", "final")
    assert seen["alone"].outcome == ("moderate", "provisional")
    assert seen["self"].outcome == ("moderate", "provisional")
