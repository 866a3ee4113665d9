"""Scenarios 1, 2, 2b and 4: declarations typed into workbooks and checked at the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.people import lin, lin_visited, saeki, suharsono
from tests.acceptance.product import Checked, Product

SEEN = {
    "saeki": saeki(),
    "lin": lin(),
    "lin-given": lin_visited(stated=True),
    "lin-none": lin_visited(stated=False),
    "suharsono": suharsono(),
}


@pytest.fixture(scope="module")
def checked(product: Product, tmp_path_factory: pytest.TempPathFactory) -> Checked:
    return product.check_forms(SEEN, tmp_path_factory.mktemp("people"), expect=1)


# --- 1: a clean PI with an unlucky acronym


def test_1_nothing_to_correct_and_no_measure(checked: Checked) -> None:
    saeki = checked["saeki"]
    assert saeki.said() == []
    assert saeki.outcome == ("low", "final")
    assert saeki.content["assessment"]["score"] <= 24
    assert saeki.measures() == set()


def test_1_notes_are_the_gap_and_the_old_paper(checked: Checked) -> None:
    notes = checked["saeki"].findings("note")
    assert sorted(note["item"] for note in notes) == ["career", "publications"]
    (gap,) = [note for note in notes if note["item"] == "career"]
    assert "健康・家庭の事情は書かないでください" in gap["message_ja"]


def test_1_the_wide_profile_reaches_the_old_paper(product: Product, tmp_path: Path) -> None:
    wide = product.check_forms({"wide": saeki("wide")}, tmp_path)["wide"]
    assert wide.content["profile"] == "wide"
    assert [note["item"] for note in wide.findings("note")] == ["career"]
    again = product.check(tmp_path / "received", out=tmp_path / "again", profile="default")["wide"]
    assert sorted(note["item"] for note in again.findings("note")) == ["career", "publications"]


def test_1_the_acronym_is_no_match(checked: Checked) -> None:
    hits = checked["saeki"].hits()
    assert checked["saeki"].hits("match") == []
    assert len(hits) <= 1
    for hit in hits:
        assert (hit["item"], hit["entry"], hit["band"]) == ("education", "541", "review")
        assert any("JP" in why and "CN" in why for why in hit["why"])


def test_1_screening_the_acronym(product: Product) -> None:
    alone = product.screen("HIT")["results"][0]["hits"]
    assert "541" in [hit["entry"] for hit in alone]
    japanese = product.screen("HIT", options=("--country", "JP"))["results"][0]["hits"]
    assert all(hit["band"] != "match" for hit in japanese)


# --- 2: an old degree from a listed university, English only


def test_2_degree_matches_and_nothing_is_asked(checked: Checked) -> None:
    lin = checked["lin"]
    assert lin.entries() == {("jp_meti_eul", "541")}
    assert {hit["item"] for hit in lin.hits()} == {"education"}
    assert {hit["period"] for hit in lin.hits()} == {"before"}
    assert lin.said() == []
    assert lin.content["residency"]["residency"] == "resident"
    assert lin.content["residency"]["specific_category"] == []


def test_2_is_low_until_judged_and_needs_no_measure(checked: Checked) -> None:
    lin = checked["lin"]
    assert lin.outcome == ("low", "provisional")
    assert lin.measures() == set()
    (reason,) = lin.content["assessment"]["contributions"]
    assert "対象期間より前の学歴" in reason["reason"]
    assert "追加の措置は不要（参考）" in reason["reason"]
    assert "No measure needed" in reason["reason_en"]


def test_2b_declared_is_moderate(checked: Checked) -> None:
    assert checked["lin-given"].outcome == ("moderate", "provisional")
    assert checked["lin-given"].said() == []


def test_2b_not_declared_is_the_same_level_with_one_question(checked: Checked) -> None:
    undeclared = checked["lin-none"]
    assert undeclared.outcome == ("moderate", "provisional")
    (warning,) = undeclared.said()
    assert "②と⑩の差異（本人に確認）" in warning
    (finding,) = undeclared.findings("warning")
    assert "to be confirmed with you" in finding["message_en"]


# --- 4: a student on a foreign-government scholarship

NEEDED = {"meeting_participants", "data_access", "training", "other"}


@pytest.mark.parametrize(
    ("as_of", "residency", "categories"),
    [
        ("2026-09-01", "non_resident", []),
        ("2026-10-04", "non_resident", []),
        ("2026-10-05", "resident", ["2"]),
    ],
)
def test_4_by_day(
    product: Product, checked: Checked, tmp_path: Path, as_of: str, residency: str, categories: list[str]
) -> None:
    (row,) = [Path(one["path"]) for one in checked.document["workbooks"] if "suharsono" in one["path"]]
    seen = product.check(row, out=tmp_path, as_of=as_of)["suharsono"]
    assert seen.content["residency"]["residency"] == residency
    assert seen.content["residency"]["specific_category"] == categories
    assert seen.level == "moderate"
    assert seen.said() == []
    assert seen.measures(required=True) >= NEEDED
    assert "employment_contract" in seen.measures(required=False)
    assert "employment_contract" not in seen.measures(required=True)
    texts = " ".join(one["text_ja"] for one in seen.content["assessment"]["measures"] if one["kind"] == "other")
    assert "輸出管理" in texts


def test_4_employed_is_resident_at_once(product: Product, tmp_path: Path) -> None:
    seen = product.check_forms({"ra": suharsono(employed=True)}, tmp_path, as_of="2026-09-16")["ra"]
    assert seen.content["residency"]["residency"] == "resident"
    assert seen.content["residency"]["specific_category"] == ["2"]
