"""An office edition: right before any recalculation, safe where cells are odd, moved by judgements at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openxml_audit import OpenXmlValidator

from tests.assessment.listed import ALPHA, FAILED, USED, FewListed
from tests.scenarios.people import nobody, post
from tests.workbook_build.recalculated import stale_cells
from tests.workbook_build.reviewed import check_form
from xlsaddin.libreoffice.office import Office
from xlsaddin.workbook.labels import Language
from xlsaddin.workbook.limits import find_faults
from xlsaddin.workbook.office.columns import HIT_JUDGED, HIT_SHOWN
from xlsaddin.workbook.package import Package

pytestmark = [pytest.mark.office, pytest.mark.filterwarnings("ignore:Print area cannot be set")]

PAST = nobody(career=[post("2012-04", "2020-03", ALPHA, ALPHA, "CN"), post("2020-04", "現在", "みどり大学", "Midori")])
ENDED = nobody(career=[post("2024-09", "2025-03", ALPHA, ALPHA, "CN"), post("2020-04", "現在", "みどり大学", "Midori")])
RESULT = ("r_level", "r_state")


def named(path: Path, name: str) -> object:
    book = openpyxl.load_workbook(path, data_only=True)
    sheet, cell = next(iter(book.defined_names[name].destinations))
    return book[sheet][cell.replace("$", "")].value


@pytest.mark.parametrize("language", Language)
def test_stored_values_are_right_without_and_with_recalculation(
    language: Language, tmp_path: Path, office: Office
) -> None:
    copy, review = check_form(tmp_path / "form.xlsx", ENDED, language=language)
    assert review.assessment.level.key == "moderate"
    assert (named(copy, "r_level"), named(copy, "r_state")) == ("中", "暫定")
    assert named(copy, "r_score") == review.assessment.score
    assert stale_cells(office, copy) == []
    assert OpenXmlValidator().validate(copy).is_valid
    assert find_faults(Package(copy, copy.read_bytes())) == ()


@pytest.mark.parametrize("ends", ["R2.3", "いつだったか", "=NA()", None])
def test_a_date_no_formula_reads_never_makes_a_tie_look_old(ends: str | None, tmp_path: Path, office: Office) -> None:
    copy, _ = check_form(tmp_path / "form.xlsx", PAST)
    with office.open(copy) as document:
        assert document.read_cells(RESULT)["r_level"] == "低"
        if ends is not None and ends.startswith("="):
            document.set_formula("研究経歴職歴!C10", ends)
        else:
            document.set_cells({"研究経歴職歴!C10": ends})
        document.calculate()
        assert document.read_cells(RESULT) == {"r_level": "高", "r_state": "暫定"}


def test_an_edited_name_is_to_be_screened_again_and_drops_its_hit(tmp_path: Path, office: Office) -> None:
    copy, _ = check_form(tmp_path / "form.xlsx", ENDED)
    with office.open(copy) as document:
        document.set_cells({"研究経歴職歴!D10": "Midori Institute", "研究経歴職歴!E10": "Midori Institute"})
        document.calculate()
        shown = document.read_cells([*RESULT, "研究経歴職歴!Q10"])
        assert shown == {"r_level": "低", "r_state": "暫定", "研究経歴職歴!Q10": "要再照合 / Screen again"}


def test_a_row_added_after_the_check_reads_not_screened(tmp_path: Path, office: Office) -> None:
    copy, _ = check_form(tmp_path / "form.xlsx", nobody())
    with office.open(copy) as document:
        assert document.read_cells(RESULT) == {"r_level": "低", "r_state": "確定"}
        added = {
            "B11": date(2026, 4, 1),
            "C11": "現在",
            "D11": ALPHA,
            "E11": ALPHA,
            "F11": "CN",
            "H11": "助教",
            "I11": "本務",
        }
        document.set_cells({f"研究経歴職歴!{cell}": value for cell, value in added.items()})
        document.calculate()
        shown = document.read_cells(["r_state", "研究経歴職歴!Q11"])
        assert shown == {"r_state": "暫定", "研究経歴職歴!Q11": "未照合 / Not screened"}


def test_no_list_used_is_inconclusive_and_never_low_for_certain(tmp_path: Path) -> None:
    copy, _ = check_form(tmp_path / "form.xlsx", nobody(), screener=FewListed(lists=(USED, FAILED)))
    assert named(copy, "r_state") == "判定不能"


def test_a_judgement_counts_only_with_reviewer_date_and_reason(tmp_path: Path, office: Office) -> None:
    copy, review = check_form(tmp_path / "form.xlsx", ENDED)
    first = 2 + len(HIT_SHOWN)
    places = {key: f"照合!{openpyxl.utils.get_column_letter(first + index)}7" for index, key in enumerate(HIT_JUDGED)}
    with office.open(copy) as document:
        document.set_cells({places["disposition"]: "別"})
        document.calculate()
        assert document.read_cells(RESULT) == {"r_level": "中", "r_state": "暫定"}
        who = {"reason": "別の機関", "reviewer": "輸出 花子", "judged_on": date(2026, 8, 28), "approver": "輸出 花子"}
        document.set_cells({places[key]: value for key, value in who.items()})
        document.calculate()
        assert document.read_cells(RESULT) == {"r_level": "中", "r_state": "暫定"}
        document.set_cells({places["approver"]: "管理 次郎"})
        document.calculate()
        assert document.read_cells(["r_level"]) == {"r_level": "低"}
    assert len(review.hits) == 2
