"""METI-listed bodies in any spelling are found; bodies that only look like them are never a match."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from xlsaddin.screening.engine import ListScreener
from xlsaddin.screening.model import Band, Query

LISTED = [
    ("中国科学院長春光学精密機械与物理研究所", "520"),
    ("School of Astronautics, Harbin Institute of Technology, Harbin 150001", "541"),
    ("School of Astronautics Harbin Institute of Technology Harbin 150001 China", "541"),
    ("Harbin Inst Technol, Harbin, Peoples R China", "541"),
    ("哈尔滨工业大学航天学院", "541"),
    ("University of Tehran", "282"),
    ("Beihang University (BUAA)", "501"),
]

NOT_LISTED = [
    "広島工業大学",
    "Hiroshima Institute of Technology",
    "Hiroshima Institute of Technology (HIT)",
    "Tsinghua University",
    "清华大学",
    "University of Manchester",
    "Tohoku University",
    "東北大学",
    "University of Tokyo",
    "State Key Lab of Tribology, Tsinghua University, Beijing",
]


@pytest.mark.parametrize(("name", "entry"), LISTED)
def test_listed_body__match(meti: ListScreener, name: str, entry: str) -> None:
    best = meti.screen_one(Query(name))[0]
    assert (best.entry.number, best.band) == (entry, Band.MATCH)


@pytest.mark.parametrize("name", NOT_LISTED)
def test_body_that_is_not_listed__no_match(meti: ListScreener, name: str) -> None:
    assert all(hit.band is not Band.MATCH for hit in meti.screen_one(Query(name)))


def test_the_acronym_alone_finds_its_body_for_review(meti: ListScreener) -> None:
    hits = meti.screen_one(Query("HIT"))
    assert [(hit.entry.number, hit.band) for hit in hits] == [("541", Band.REVIEW)]


def test_another_country_lowers_and_never_hides(meti: ListScreener) -> None:
    plain = meti.screen_one(Query("Harbin Institute of Technology"))[0]
    elsewhere = meti.screen_one(Query("Harbin Institute of Technology", country="JP"))[0]
    assert elsewhere.entry == plain.entry
    assert elsewhere.score < plain.score
    assert elsewhere.band is Band.REVIEW
    assert any(reason.feature == "country" and "JP" in reason.en for reason in elsewhere.why)


def test_labelled_spellings_and_look_alikes(meti: ListScreener, test_data: Path) -> None:
    with (test_data / "cases" / "eul_names_dev.csv").open(encoding="utf-8", newline="") as stream:
        cases = list(csv.DictReader(stream))
    listed, alike = [c for c in cases if c["entry"]], [c for c in cases if not c["entry"]]
    found = sum(any(h.entry.number == c["entry"] for h in meti.screen_one(Query(c["name"]))) for c in listed)
    shown = [hit for c in alike for hit in meti.screen_one(Query(c["name"]))[:1]]
    assert found >= 0.97 * len(listed)
    assert all(hit.band is not Band.MATCH for hit in shown)
    assert len(shown) <= 0.15 * len(alike)


def test_japanese_universities_give_no_alert(meti: ListScreener, test_data: Path) -> None:
    with (test_data / "cases" / "universities.csv").open(encoding="utf-8", newline="") as stream:
        names = [row["name"] for row in csv.DictReader(stream) if row["country"] == "JP"]
    assert len(names) > 500
    assert [name for name in names if meti.screen_one(Query(name))] == []


def test_numbers_tell_institutes_apart(meti: ListScreener) -> None:
    fourteenth = {hit.entry.number for hit in meti.screen_one(Query("中国电子科技集团公司第十四研究所"))}
    fifty_fourth = {hit.entry.number for hit in meti.screen_one(Query("中国电子科技集团公司第五十四研究所"))}
    assert fourteenth and fifty_fourth
    assert fourteenth.isdisjoint(fifty_fourth)
