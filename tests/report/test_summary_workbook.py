"""The summary workbook: what to look at first, every number right, charts on it, links that open, text as text."""

from __future__ import annotations

import csv
import re
import tracemalloc
import zipfile
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import openpyxl
import pytest

from tests.report.entries import entry, finding, hit, some
from xlsaddin.report import summary_workbook_sheets
from xlsaddin.report.outcomes import something_to_look_at
from xlsaddin.report.summary_workbook import write_summary_csv, write_summary_workbook
from xlsaddin.report.summary_workbook_figures import Deadline, Trend
from xlsaddin.workbook.limits import find_faults
from xlsaddin.workbook.opening import open_package

AS_OF = date(2026, 9, 1)
DUE = Deadline(date(2026, 9, 18), "research_office", "C-01", "P-003", "未提出です。", "Not in.", "")
TREND = (
    Trend(date(2026, 8, 1), {"low": 3, "moderate": 2}, 4),
    Trend(date(2026, 9, 1), {"low": 4, "moderate": 1, "high": 1}, 1),
)


@pytest.fixture
def book(tmp_path: Path) -> Any:
    target = tmp_path / "summary.xlsx"
    write_summary_workbook(target, some(), as_of=AS_OF, deadlines=[DUE], trend=TREND)
    return openpyxl.load_workbook(target)


def rows(sheet: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]


def test_what_needs_most_care_comes_first(book: Any) -> None:
    shown = [(row[0], row[8]) for row in rows(book["一覧"])]
    assert [path.rsplit("/", 1)[1] for _, path in shown] == [
        "f.xlsx", "e.xlsx", "c.xlsx", "b.xlsx", "d.xlsx", "a.xlsx",
    ]  # fmt: skip
    assert [level.split(" / ")[0] for level, _ in shown] == ["読めないファイル", "極めて高", "高", "中", "低", "低"]


def test_levels_are_counted_by_department(book: Any) -> None:
    cells = {row[0].value: [cell.value for cell in row[1:5]] for row in book["概況"].iter_rows() if row[0].value}
    assert cells["理学部"] == [1, 1, 0, 0]
    assert cells["工学部"] == [1, 0, 1, 0]
    assert cells["法学部"] == [0, 0, 0, 1]


def test_only_what_somebody_has_to_do_is_listed(book: Any) -> None:
    assert sorted(row[1] for row in rows(book["指摘"])) == ["RS-DATE-001", "RS-FILE-001", "RS-REQ-001"]
    (waiting,) = rows(book["判断待ち"])  # one body, two places: one judgement
    assert (waiting[4], waiting[5]) == ("Examplia Inst.", "Examplia Institute")
    (due,) = rows(book["期限"])
    assert (due[0].date(), due[2], due[3]) == (date(2026, 9, 18), "C-01", "P-003")


def test_every_sheet_can_be_filtered_and_scrolled_under_its_header(book: Any) -> None:
    for sheet in book.worksheets[1:]:
        assert sheet.auto_filter.ref.startswith("A1:"), sheet.title
        assert sheet.freeze_panes == "A2"


def test_charts_are_native_and_point_at_the_numbers(book: Any) -> None:
    overview = book["概況"]
    assert len(overview._charts) == 3
    levels = overview._charts[0]
    assert len(levels.series) == 4
    for series in levels.series:
        reference = series.val.numRef.f.replace("'", "").split("!")
        assert reference[0] == "概況"
        assert all(isinstance(cell.value, int) for row in overview[reference[1].replace("$", "")] for cell in row)
    assert len(book["推移"]._charts) == 1


def test_links_lead_to_the_reviewed_copies(tmp_path: Path) -> None:
    copy = tmp_path / "out" / "a #1 佐伯.reviewed.xlsx"
    copy.parent.mkdir()
    copy.write_bytes(b"x")
    target = tmp_path / "reports" / "summary.xlsx"
    write_summary_workbook(target, [entry("in/a.xlsx", reviewed=str(copy))], as_of=AS_OF)
    with zipfile.ZipFile(target) as package:
        relations = "".join(package.read(name).decode() for name in package.namelist() if name.endswith(".rels"))
    addresses = [unquote(part.split('"')[0]) for part in relations.split('Target="') if "reviewed" in part]
    assert addresses
    for address in addresses:
        assert (target.parent / address.replace("\\", "/").removeprefix("file:///")).resolve() == copy.resolve()


def test_text_from_people_stays_text(book: Any, tmp_path: Path) -> None:
    values = [cell for row in book["一覧"].iter_rows() for cell in row if cell.value and "HYPERLINK" in str(cell.value)]
    assert values
    assert all(cell.data_type == "s" or cell.data_type == "inlineStr" for cell in values)
    assert not any(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_the_order_is_shown_and_never_printed(book: Any) -> None:
    header = [cell.value for cell in book["一覧"][1]]
    assert header[-1].startswith("確認順")
    assert book["一覧"].print_area.endswith("$K$7")


def test_it_keeps_excels_limits(tmp_path: Path) -> None:
    target = tmp_path / "summary.xlsx"
    long = entry(
        "in/" + "長" * 200 + ".xlsx", findings=[finding(message_ja="あ" * 40_000)], hits=[hit(why=["x" * 40_000])]
    )
    write_summary_workbook(target, [long, *some()], as_of=AS_OF, deadlines=[DUE], trend=TREND)
    assert list(find_faults(open_package(target))) == []


def test_nothing_to_show_is_still_a_workbook(tmp_path: Path) -> None:
    target = tmp_path / "summary.xlsx"
    figures = write_summary_workbook(target, [], as_of=AS_OF)
    assert figures.lines == []
    assert openpyxl.load_workbook(target).sheetnames == ["概況", "一覧", "指摘", "判断待ち", "期限", "リスト"]


def test_what_does_not_fit_is_counted_not_dropped_in_silence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(summary_workbook_sheets, "MOST_ROWS", 3)
    target = tmp_path / "summary.xlsx"
    write_summary_workbook(target, some(), as_of=AS_OF)
    said = {row[0].value: row[1].value for row in openpyxl.load_workbook(target)["概況"].iter_rows() if row[0].value}
    assert [value for key, value in said.items() if key.startswith("一覧:")] == [3]


def test_findings_are_written_as_they_come_and_not_kept(tmp_path: Path) -> None:
    def peak(findings: int) -> int:
        entries = (entry(f"in/{number}.xlsx", findings=[finding()] * findings) for number in range(150))
        tracemalloc.start()
        figures = write_summary_workbook(tmp_path / "summary.xlsx", entries, as_of=AS_OF)
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert sum(figures.findings.values()) == 150 * findings
        return used

    peak(1)
    assert peak(40) < 1.5 * peak(2)


def test_csv_holds_one_line_a_workbook_and_no_formula(tmp_path: Path) -> None:
    figures = write_summary_workbook(tmp_path / "summary.xlsx", some(), as_of=AS_OF)
    target = tmp_path / "summary.csv"
    write_summary_csv(target, figures)
    with target.open(encoding="utf-8-sig", newline="") as stream:
        found = list(csv.DictReader(stream))
    assert [line["level"] for line in found] == ["unreadable", "critical", "high", "moderate", "low", "low"]
    assert found[1]["subject"].startswith("'=")


def test_long_sentences_are_shown_whole(tmp_path: Path) -> None:
    long = finding(message_ja="本人に確認してください。" * 12, message_en="Ask the person about it. " * 12)
    write_summary_workbook(tmp_path / "s.xlsx", [entry("in/a.xlsx", findings=[long, finding()])], as_of=AS_OF)
    sheet = openpyxl.load_workbook(tmp_path / "s.xlsx")["指摘"]
    lines = sum(-(-len(text) * width // 80) for text, width in ((long["message_ja"], 2), (long["message_en"], 1)))
    assert sheet.row_dimensions[2].height >= 15 * lines
    assert sheet.row_dimensions[3].height < 45


def test_a_form_nobody_rates_has_no_level(tmp_path: Path) -> None:
    results = [entry("in/a.xlsx", checklist="integrity"), entry("in/b.xlsx")]
    write_summary_workbook(tmp_path / "s.xlsx", results, as_of=AS_OF)
    book = openpyxl.load_workbook(tmp_path / "s.xlsx")
    assert {row[4]: row[0] for row in rows(book["一覧"])} == {
        "研究インテグリティ チェックリスト（年次）": "区分なし / Not rated",
        "研究セキュリティ 自己申告書": "低 / Low",
    }
    levels = {row[0].value: [cell.value for cell in row[1:5]] for row in book["概況"].iter_rows() if row[0].value}
    assert levels["in"] == [1, 0, 0, 0]


def co_pi() -> dict[str, Any]:
    """A Co-PI whose own result is settled, while the other institution still has a hit to judge."""
    settled = hit(ruling="not_same", standing="dismissed")
    own = entry("in/a.xlsx", hits=[settled]) | {"to_judge": 0}
    other = {"layer": "lead", "level": "high", "state": "provisional", "to_judge": 1, "hits": [hit(), hit(cell="D4")]}
    return own | {"layers": [{**other, "layer": "joint", "level": "low", "state": "final", "hits": [settled]}, other]}


def test_the_other_institutions_result_of_a_co_pi_is_seen(tmp_path: Path) -> None:
    assert something_to_look_at(co_pi())
    write_summary_workbook(tmp_path / "s.xlsx", [entry("in/b.xlsx", "moderate"), co_pi()], as_of=AS_OF)
    book = openpyxl.load_workbook(tmp_path / "s.xlsx")
    first = rows(book["一覧"])[0]
    assert first[10] == "研究代表機関 / Lead institution\n高 / High\n暫定 / Provisional"
    assert first[7] == len(rows(book["判断待ち"])) == 1


def test_the_count_and_the_list_of_hits_go_by_listed_body(tmp_path: Path) -> None:
    twice = [hit(entry="1", body="own_watch:examplia"), hit(entry="7", body="own_watch:examplia")]
    figures = write_summary_workbook(tmp_path / "s.xlsx", [entry("in/a.xlsx", hits=twice)], as_of=AS_OF)
    assert figures.to_judge == len(rows(openpyxl.load_workbook(tmp_path / "s.xlsx")["判断待ち"])) == 1


def test_kinds_of_findings_are_named_in_both_languages(book: Any) -> None:
    kinds = [row[0].value for row in book["概況"].iter_rows() if str(row[3].value).startswith("RS-")]
    assert kinds
    assert all(re.search("[a-z]{3}", kind.split("\n")[1]) and not kind[0].isascii() for kind in kinds)
