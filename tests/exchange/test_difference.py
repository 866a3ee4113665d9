"""Differences are told by item and row, whatever moved; two edits of one copy are merged or set against each other."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from tests.exchange.forms import edit_form, write_form
from xlsaddin.cli.app import app
from xlsaddin.errors import XlsAddinError
from xlsaddin.exchange.difference.compare import compare_versions
from xlsaddin.exchange.difference.merging import write_merged
from xlsaddin.exchange.difference.three_way import Verdict, compare_three
from xlsaddin.exchange.difference.version import read_version

HIROSHIMA = {"since": "2001/4", "until": "2005/3", "school": "広島工業大学",
             "school_full": "Hiroshima Institute of Technology", "country": "日本", "degree": "学士"}  # fmt: skip
TOHOKU = {"since": "2005/4", "until": "2010/3", "school": "東北大学", "school_full": "Tohoku University",
          "country": "日本", "degree": "博士"}  # fmt: skip
MANCHESTER = {"since": "2010/9", "until": "2011/3", "school": "University of Manchester",
              "school_full": "University of Manchester", "country": "英国", "degree": "研究生・交換留学"}  # fmt: skip
BASE = {"name": "SAEKI Mariko", "role": "PI", "email": "a@example.jp", "education": [HIROSHIMA, TOHOKU]}


@pytest.fixture
def base(tmp_path: Path, home: Path) -> Path:
    return write_form(tmp_path / "base.xlsx", BASE, subject_id="P-001")


def changes(before: Path, after: Path) -> list[tuple[str, str, str, str, str]]:
    found = compare_versions(read_version(before), read_version(after)).changes
    return [(c.item, c.column, c.sort.value, c.before, c.after) for c in found]


def test_a_changed_cell_is_named_with_both_contents(base: Path, tmp_path: Path) -> None:
    after = edit_form(base, tmp_path / "a.xlsx", {"email": "b@example.jp"}, {("education", 2): {"degree": "修士"}})
    assert changes(base, after) == [
        ("email", "", "changed", "a@example.jp", "b@example.jp"),
        ("education", "degree", "changed", "博士 / Doctor", "修士"),
    ]


def test_rows_that_were_sorted_or_moved_are_no_difference(base: Path, tmp_path: Path) -> None:
    turned = write_form(tmp_path / "t.xlsx", {**BASE, "education": [TOHOKU, HIROSHIMA]}, subject_id="P-001")
    assert changes(base, turned) == []


def test_the_same_date_written_otherwise_is_no_difference(base: Path, tmp_path: Path) -> None:
    after = edit_form(base, tmp_path / "a.xlsx", None, {("education", 1): {"since": "平成13年4月"}})
    assert changes(base, after) == []


def test_a_row_inserted_before_others_is_one_addition(base: Path, tmp_path: Path) -> None:
    after = write_form(tmp_path / "a.xlsx", {**BASE, "education": [MANCHESTER, HIROSHIMA, TOHOKU]})
    found = changes(base, after)
    assert {(item, sort) for item, _, sort, _, _ in found} == {("education", "added")}
    assert len(found) == len(MANCHESTER)
    removed = changes(after, base)
    assert {sort for _, _, sort, _, _ in removed} == {"removed"}


def test_another_language_of_the_form_is_no_difference(base: Path, tmp_path: Path) -> None:
    from xlsaddin.workbook.labels import Language

    english = write_form(tmp_path / "en.xlsx", BASE, subject_id="P-001", language=Language.EN)
    assert changes(base, english) == []


def test_two_forms_are_not_compared(base: Path, tmp_path: Path) -> None:
    other = write_form(tmp_path / "p.xlsx", {"name_ja": "ミナト"}, kind="partner")
    with pytest.raises(XlsAddinError) as refused:
        compare_versions(read_version(base), read_version(other))
    assert refused.value.code == "RS-COMPARE-001"


def test_the_command_prints_json_and_writes_a_workbook(base: Path, tmp_path: Path) -> None:
    after = edit_form(base, tmp_path / "a.xlsx", {"email": "=cmd|'/c calc'!A0"})
    result = CliRunner().invoke(app, ["diff", str(base), str(after), "--json", "--out", str(tmp_path / "d.xlsx")])
    assert result.exit_code == 1
    (change,) = json.loads(result.stdout)["changes"]
    assert (change["item"], change["after"], change["sheet"]) == ("email", "=cmd|'/c calc'!A0", "表紙")
    sheet = load_workbook(tmp_path / "d.xlsx")["差分"]
    texts = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=cmd|'/c calc'!A0"]
    assert [cell.data_type for cell in texts] == ["s"], "a text of a person is written as text"
    assert CliRunner().invoke(app, ["diff", str(base), str(base)]).exit_code == 0


def three(base: Path, mine: Path, theirs: Path):  # type: ignore[no-untyped-def]
    return compare_three(read_version(base), read_version(mine), read_version(theirs))


def test_edits_of_different_cells_are_merged(base: Path, tmp_path: Path) -> None:
    mine = edit_form(base, tmp_path / "m.xlsx", {"email": "mine@example.jp"}, added={"education": [MANCHESTER]})
    theirs = edit_form(
        base, tmp_path / "t.xlsx", {"grants": "該当なし"}, {("education", 1): {"remark": "備考"}},
        {"career": [{"since": date(2012, 4, 1), "body": "みどり大学"}]},
    )  # fmt: skip
    found = three(base, mine, theirs)
    assert found.conflicts == ()
    assert not found.theirs_continues
    write_merged(found, tmp_path / "merged.xlsx")
    merged = read_version(tmp_path / "merged.xlsx")
    assert merged.held("email", "").text == "mine@example.jp"
    assert merged.held("grants", "").text == "該当なし"
    assert [row.held("school").text for row in merged.rows["education"]][-1] == "University of Manchester"
    assert merged.rows["education"][0].held("remark").text == "備考"
    assert [row.held("body").text for row in merged.rows["career"]] == ["みどり大学"]
    again = three(base, mine, tmp_path / "merged.xlsx")
    assert again.theirs_continues
    assert three(base, theirs, tmp_path / "merged.xlsx").theirs_continues


def test_rows_both_added_are_all_kept_and_an_equal_one_only_once(base: Path, tmp_path: Path) -> None:
    other = {**MANCHESTER, "school": "Exempla College", "school_full": "Exempla College", "since": "1999/9",
             "until": "2000/3", "country": "FR", "degree": "学士"}  # fmt: skip
    mine = edit_form(base, tmp_path / "m.xlsx", added={"education": [MANCHESTER]})
    theirs = edit_form(base, tmp_path / "t.xlsx", added={"education": [other, MANCHESTER]})
    found = three(base, mine, theirs)
    assert found.conflicts == ()
    write_merged(found, tmp_path / "merged.xlsx")
    schools = [row.held("school").text for row in read_version(tmp_path / "merged.xlsx").rows["education"]]
    assert sorted(schools) == sorted(["広島工業大学", "東北大学", "University of Manchester", "Exempla College"])


def test_two_contents_for_one_cell_are_a_conflict_and_not_merged(base: Path, tmp_path: Path) -> None:
    mine = edit_form(base, tmp_path / "m.xlsx", {"email": "mine@example.jp"})
    theirs = edit_form(base, tmp_path / "t.xlsx", {"email": "theirs@example.jp", "role": "Co-PI"})
    found = three(base, mine, theirs)
    assert [(c.item, c.base.text, c.mine.text, c.theirs.text) for c in found.conflicts] == [
        ("email", "a@example.jp", "mine@example.jp", "theirs@example.jp")
    ]
    with pytest.raises(ValueError, match="contradict"):
        write_merged(found, tmp_path / "merged.xlsx")


def test_a_row_removed_here_and_changed_there_is_a_conflict(base: Path, tmp_path: Path) -> None:
    mine = edit_form(base, tmp_path / "m.xlsx", None, {("education", 2): dict.fromkeys(TOHOKU)})
    theirs = edit_form(base, tmp_path / "t.xlsx", None, {("education", 2): {"degree": "修士"}})
    assert [c.column for c in three(base, mine, theirs).conflicts] == ["degree"]
    untouched = three(base, mine, base)
    assert {c.verdict for c in untouched.cells} == {Verdict.MINE}
