"""A printed name cell holds several names; each is found, and none is invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlsaddin.watchlist import names

# ruff: noqa: E501 - the table is easier to read with one case a line
CASES = """
printed | name | others
Harbin Institute of Technology (HIT)(哈爾浜工業大学) | Harbin Institute of Technology | acronym:HIT original_script:哈爾浜工業大学
Nanjing University of Science and Technology（NUST）（南京理工大学） | Nanjing University of Science and Technology | acronym:NUST original_script:南京理工大学
DANDONG INDUSTRY CO.， LTD. | DANDONG INDUSTRY CO., LTD. |
Organisation for Technological Industries (OTI） | Organisation for Technological Industries | acronym:OTI
ERDC Metal Paint Products (Pvt) Ltd. | ERDC Metal Paint Products (Pvt) Ltd. |
Detail Technology (HK) Limited | Detail Technology (HK) Limited |
LIMMT (Dalian) Metallurgy and Minerals Co. | LIMMT (Dalian) Metallurgy and Minerals Co. |
Pan Systems Pte. Ltd. (Pyongyang branch) | Pan Systems Pte. Ltd. (Pyongyang branch) |
AL-HARAMAYN FOUNDATION (TANZANIA) | AL-HARAMAYN FOUNDATION (TANZANIA) |
Rostec（Russian Technologies State Corporation） | Rostec | alias:Russian Technologies State Corporation
China Electronics Technology Group Corporation 14th Research Institute (CETC 14) | China Electronics Technology Group Corporation 14th Research Institute | acronym:CETC 14
10th Research Institute of China Electronic Technology Group Corporation (CETC) | 10th Research Institute of China Electronic Technology Group Corporation | alias:10th Research Institute of CETC
China Electronics Technology Group Corporation (CETC) 54th Research Institute | China Electronics Technology Group Corporation 54th Research Institute | alias:CETC 54th Research Institute
大安親善ガラス工場(平安南道) | 大安親善ガラス工場(平安南道) |
China Aerospace Corporation (CASC)Ninth Academy | China Aerospace Corporation Ninth Academy | alias:CASC Ninth Academy
El Harrachi (الحراشي) | El Harrachi | original_script:الحراشي
Islamic State In South-East Asia (ISIL-SEA, ISIL-South East Asia) | Islamic State In South-East Asia | alias:ISIL-SEA alias:ISIL-South East Asia
Raneen Company (RWDS, LLC) | Raneen Company | alias:RWDS, LLC
東トルキスタン・イスラム運動（ETIM） | 東トルキスタン・イスラム運動 | acronym:ETIM
"""


def _cases() -> list[tuple[str, str, list[str]]]:
    rows = [line.split("|") for line in CASES.strip().splitlines()[1:]]
    cases = []
    for printed, name, others in ([cell.strip() for cell in row] for row in rows):
        for mark in ("acronym:", "original_script:", "alias:"):
            others = others.replace(f" {mark}", f"\n{mark}")
        cases.append((printed, name, others.split("\n") if others else []))
    return cases


@pytest.mark.parametrize(("printed", "name", "others"), _cases())
def test_a_cell_is_taken_apart(printed: str, name: str, others: list[str]) -> None:
    found, aliases = names.split_name(printed)
    assert found == name
    assert sorted(f"{alias.relation}:{alias.name}" for alias in aliases) == sorted(others)


def test_the_acronym_of_a_larger_body_is_not_one_of_its_institute() -> None:
    _, aliases = names.split_name("12th Research Institute China Academy of Launch Vehicle Technology (CALT)")
    assert "CALT" not in {alias.name for alias in aliases}


@given(st.text())
def test_any_text_is_taken_apart_without_an_error_and_cleaning_twice_changes_nothing(text: str) -> None:
    name, _ = names.split_name(text)
    assert names.clean(names.clean(text)) == names.clean(text)
    assert bool(name) == bool(names.clean(text))
