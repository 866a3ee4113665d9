"""Names of the scenarios at the command line: listed bodies under the names people write, and look-alikes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.product import Product

LISTED = {
    "Harbin Institute of Technology": ("jp_meti_eul", "541"),
    "哈尔滨工业大学": ("jp_meti_eul", "541"),
    "哈爾濱工業大學": ("jp_meti_eul", "541"),
    "ハルビン工業大学": ("jp_meti_eul", "541"),
    "Harbin Inst. of Tech.": ("jp_meti_eul", "541"),
    "School of Astronautics, Harbin Institute of Technology, Harbin 150001, China": ("jp_meti_eul", "541"),
    "Beihang University": ("jp_meti_eul", "501"),
    "北京航空航天大学": ("jp_meti_eul", "501"),
    "中国科学院長春光学精密機械与物理研究所": ("jp_meti_eul", "520"),
    "Changchun Institute of Optics, Fine Mechanics and Physics": ("jp_meti_eul", "520"),
    "Nanjing University of Aeronautics and Astronautics": ("jp_meti_eul", "555"),
    "南京理工大学": ("jp_meti_eul", "556"),
    "南京理工大學": ("jp_meti_eul", "556"),
    "University of Tehran": ("jp_meti_eul", "282"),
    "Moscow Institute of Physics and Technology": ("jp_mof", "28-183"),
    "Moscow Institute of Physics and Technology (MIPT)": ("jp_mof", "28-183"),
    "Huawei Technologies Japan K.K.": ("own_demo", "2"),
    "Thousand Talents Plan": ("own_demo", "3"),
}
UNLISTED = (
    "広島工業大学", "Hiroshima Institute of Technology", "Tsinghua University", "University of Manchester",
    "Tohoku University", "東北大学", "University of Tokyo", "東京大学", "Nanjing University",
    "Tehran University of Medical Sciences", "Peking University", "北京工业大学", "哈尔滨理工大学",
    "Massachusetts Institute of Technology", "University of Michigan", "みどり大学",
)  # fmt: skip


@pytest.fixture(scope="module")
def results(product: Product, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    path = tmp_path_factory.mktemp("names") / "names.csv"
    rows = [f'{number},"{name}"' for number, name in enumerate((*LISTED, *UNLISTED))]
    path.write_text("id,name\n" + "\n".join(rows) + "\n", encoding="utf-8")
    document = product.run("screen", "--csv", Path(path), "--json", expect=1).json
    return {one["name"]: one["hits"] for one in document["results"]}


@pytest.mark.parametrize("name", LISTED)
def test_listed_is_a_match(results: dict[str, list[dict[str, Any]]], name: str) -> None:
    best = results[name][0]
    assert ((best["list"], best["entry"]), best["band"]) == (LISTED[name], "match")


@pytest.mark.parametrize("name", UNLISTED)
def test_unlisted_is_no_match(results: dict[str, list[dict[str, Any]]], name: str) -> None:
    assert [hit["name"] for hit in results[name] if hit["band"] == "match"] == []


@pytest.mark.parametrize("name", ["University of Tokyo", "東京大学", "みどり大学"])
def test_never_a_hit(results: dict[str, list[dict[str, Any]]], name: str) -> None:
    assert results[name] == []
