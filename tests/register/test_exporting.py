"""What the register holds goes to Excel and pandas, and its own summary shows the same numbers."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.register.conftest import AS_OF, Desk
from tests.scenarios.people import Given, listed_body, nobody
from xlsaddin.errors import XlsAddinError
from xlsaddin.register.exporting import trend
from xlsaddin.register.register import Register

CASE = [{"case_number": "C-01", "deadline": "2026-09-18"}]


def visitor() -> Given:
    body = listed_body("2025.4-2025.9", "Examplia Institute of Rocketry")
    return nobody(listed_affiliations=[body], cases=CASE)


def office(register: Register, desk: Desk) -> None:
    desk.submit(register, visitor(), subject="P-001", department="理学部", reviewed_copy="out/a.reviewed.xlsx")
    desk.submit(
        register, nobody(email="b@midori.example"), subject="P-002", department="=工学部", as_of=date(2026, 9, 2)
    )


def test_tables_come_as_data_frames(register: Register, desk: Desk) -> None:
    office(register, desk)
    frames = register.frames()
    results = frames["result"].set_index("subject_code")
    assert results.loc["P-001", "level"] == "moderate"
    assert set(frames["subject"]["department"]) == {"理学部", "=工学部"}
    assert not {"content", "answers", "salt", "payload"} & {column for table in frames.values() for column in table}


def test_the_export_is_a_workbook_with_filters_and_no_formula(register: Register, desk: Desk, tmp_path: Path) -> None:
    office(register, desk)
    register.export(tmp_path / "register.xlsx")
    book = openpyxl.load_workbook(tmp_path / "register.xlsx")
    assert {"subject", "result", "remembered", "agreedmeasure"} <= set(book.sheetnames)
    assert not any(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    assert book["subject"].auto_filter.ref
    assert register.verify().whole


def test_results_come_back_in_the_form_a_batch_gives_them(register: Register, desk: Desk) -> None:
    office(register, desk)
    first, second = register.entries()
    assert (first["assessment"]["level"], first["department"]) == ("moderate", "理学部")
    assert first["reviewed"] == "out/a.reviewed.xlsx"
    assert (second["assessment"]["level"], second["to_judge"]) == ("low", 0)
    assert [entry["subject"].split()[0] for entry in register.entries("C-01")] == ["P-001"]


def test_the_summary_of_the_register_shows_levels_deadlines_and_trend(
    register: Register, desk: Desk, tmp_path: Path
) -> None:
    office(register, desk)
    register.record_member("C-01", "P-003")
    register.write_summary(tmp_path / "summary.xlsx", AS_OF)
    book = openpyxl.load_workbook(tmp_path / "summary.xlsx")
    assert [row[2].value for row in book["一覧"].iter_rows(min_row=2)] == ["理学部", "=工学部"]
    days = [[cell.value for cell in row] for row in book["推移"].iter_rows(min_row=2)]
    assert [(row[0].day, row[1], row[2]) for row in days] == [(1, 0, 1), (2, 1, 1)]
    assert "P-003" in [row[3].value for row in book["期限"].iter_rows(min_row=2)]


def test_the_summary_of_one_case_holds_nothing_of_another(local: Register, desk: Desk, tmp_path: Path) -> None:
    office(local, desk)
    local.record_case("C-09", deadline=date(2026, 9, 10))
    local.record_member("C-09", "P-009")
    local.write_summary(tmp_path / "summary.xlsx", AS_OF, "C-01")
    book = openpyxl.load_workbook(tmp_path / "summary.xlsx")
    texts = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any("P-001" in text for text in texts)
    assert not any("P-009" in text or "P-002" in text for text in texts)
    assert {sum(cell.value for cell in row[1:5]) for row in book["推移"].iter_rows(min_row=2)} == {1}


@pytest.mark.parametrize("ending", [".html", ".csv", ".json"])
def test_the_summary_is_written_for_people_and_machines(
    local: Register, desk: Desk, tmp_path: Path, ending: str
) -> None:
    office(local, desk)
    target = tmp_path / f"summary{ending}"
    local.write_summary(target, AS_OF)
    text = target.read_text(encoding="utf-8-sig")
    assert "P-001" in text
    if ending == ".json":
        assert [entry["assessment"]["level"] for entry in json.loads(text)["workbooks"]] == ["moderate", "low"]


def test_a_summary_of_an_unknown_kind_is_refused(local: Register, tmp_path: Path) -> None:
    with pytest.raises(XlsAddinError) as refused:
        local.write_summary(tmp_path / "summary.docx", AS_OF)
    assert refused.value.code == "RS-REPORT-001"


def test_an_erased_person_is_in_no_export(register: Register, desk: Desk) -> None:
    office(register, desk)
    register.erase("P-001", "request")
    assert [entry["subject"].split()[0] for entry in register.entries()] == ["P-002"]
    assert register.frames()["seen_hit"].empty


def test_the_summary_of_a_case_shows_what_waits_on_its_members(local: Register, desk: Desk, tmp_path: Path) -> None:
    office(local, desk)
    local.write_summary(tmp_path / "summary.xlsx", AS_OF, "C-01")
    due = openpyxl.load_workbook(tmp_path / "summary.xlsx")["期限"]
    waiting = [row for row in due.iter_rows(min_row=2, values_only=True) if "list match" in str(row[4])]
    assert {row[3] for row in waiting} == {"P-001"}  # judging is no matter of one case


def test_a_yearly_form_that_nobody_rates_is_in_no_level_of_the_trend(local: Register, desk: Desk) -> None:
    desk.submit(local, {"subject_id": "P-001", "name": "MIDORI Taro", "year": "2026"}, checklist="integrity")
    with local.looking() as session:
        (day,) = trend(session)
    assert sum(day.levels.values()) == 0
