"""A frozen file keeps its values and loses every trace of the add-in; nothing else in it changes."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from xlsaddin.libreoffice.office import Office
from xlsaddin.libreoffice.values import CellError
from xlsaddin.workbook.freeze import FrozenBook, freeze_workbook, is_live

STAMP = "リスト: jp_meti_eul 2025-09-29版 835件。日時: 2026-09-01 10:00。"
USER_PATH = "file:///C:\\Users\\yamada\\AppData\\Roaming\\Microsoft\\Excel\\XLSTART\\xlsaddin.xlam"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml"


def link_part() -> str:
    return f'<externalLink xmlns="{_MAIN}" xmlns:r="{_REL}"><externalBook r:id="rId1"/></externalLink>'


def relations(*targets: tuple[str, str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="{one}" Type="{_REL}/{kind}" Target="{target}"'
        + (' TargetMode="External"/>' if kind == "externalLinkPath" else "/>")
        for one, kind, target in targets
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


def add_links(path: Path, *targets: str) -> None:
    """Add externalLink parts to a built workbook, as Excel does for functions of an add-in."""
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    ids = [f"rIdX{number}" for number in range(1, len(targets) + 1)]
    listed = "".join(f'<externalReference r:id="{one}"/>' for one in ids)
    book = parts["xl/workbook.xml"].decode()
    place = book.index("<definedNames>") if "<definedNames>" in book else book.index("<calcPr")
    parts["xl/workbook.xml"] = f"{book[:place]}<externalReferences>{listed}</externalReferences>{book[place:]}".encode()
    rows = "".join(
        f'<Relationship Id="{one}" Type="{_REL}/externalLink" Target="externalLinks/externalLink{number}.xml"/>'
        for number, one in enumerate(ids, 1)
    )
    rels = "xl/_rels/workbook.xml.rels"
    parts[rels] = parts[rels].replace(b"</Relationships>", f"{rows}</Relationships>".encode())
    types = ""
    for number, target in enumerate(targets, 1):
        part = f"externalLinks/externalLink{number}.xml"
        parts[f"xl/{part}"] = link_part().encode()
        parts[f"xl/externalLinks/_rels/externalLink{number}.xml.rels"] = relations(
            ("rId1", "externalLinkPath", target)
        ).encode()
        types += f'<Override PartName="/xl/{part}" ContentType="{_LINK_TYPE}"/>'
    content = parts["[Content_Types].xml"]
    parts["[Content_Types].xml"] = content.replace(b"</Types>", f"{types}</Types>".encode())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target_file:
        for name, part_content in parts.items():
            target_file.writestr(name, part_content)


@pytest.fixture
def live(tmp_path: Path) -> Path:
    """A workbook as Excel saves it with functions of the add-in, a link of somebody else's after ours."""
    path = tmp_path / "live.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("名簿")
        sheet.write_row("A1", ["名称", "照合", "点"])
        sheet.write_column("A2", ["哈尔滨工业大学", "東京大学", "未計算大学", "別大学"])
        sheet.write_formula("B2", "=[1]!RS_MATCH(A2)", None, "要判断 100 哈爾浜工業大学 [jp_meti_eul 541]")
        sheet.write_formula("B3", '=IF(A3="","",[1]!RS_MATCH(A3))', None, "一致なし")
        sheet.write_formula("B4", "=[1]!RS_MATCH(A4)", None, "#NAME?")
        sheet.write_formula("B5", "='C:\\x\\xlsaddin.xlam'!RS_MATCH(A5)", None, "=SUM(1)")
        sheet.write_array_formula("C2:C4", "{=[1]!RS_SCORE(A2:A4)}", None, 100)
        sheet.write_number("C3", 0)
        sheet.write_formula("D2", "=[2]Sheet1!A1+1", None, 5)
        sheet.write_formula("D3", "=LEN(A2)", None, 7)
        sheet.write_string("E2", "RS_MATCH(A2) という文字")
    add_links(path, USER_PATH, "file:///C:\\data\\budget.xlsx")
    return path


@pytest.fixture
def frozen(live: Path) -> tuple[Path, FrozenBook]:
    target = live.with_name("frozen.xlsx")
    return target, freeze_workbook(live, target, STAMP)


def test_values_stay_and_formulas_of_the_addin_go(frozen: tuple[Path, FrozenBook]) -> None:
    path, report = frozen
    sheet = openpyxl.load_workbook(path)["名簿"]
    assert sheet["B2"].value == "要判断 100 哈爾浜工業大学 [jp_meti_eul 541]"
    assert sheet["B3"].value == "一致なし"
    assert (sheet["B5"].value, sheet["B5"].data_type) == ("=SUM(1)", "s")  # a value that looks like a formula is text
    assert sheet["C2"].value == 100
    assert sheet["D3"].value == "=LEN(A2)"
    assert sheet["E2"].value == "RS_MATCH(A2) という文字"
    assert report.cells == ("名簿!B2", "名簿!C2", "名簿!B3", "名簿!B4", "名簿!B5")


def test_what_was_never_computed_is_said_to_be_not_screened(frozen: tuple[Path, FrozenBook]) -> None:
    path, report = frozen
    assert report.unknown == ("名簿!B4",)
    assert openpyxl.load_workbook(path)["名簿"]["B4"].value.startswith("未照合")


def test_no_trace_of_the_addin_or_its_user_is_left(frozen: tuple[Path, FrozenBook]) -> None:
    path, report = frozen
    assert report.links == 1
    with zipfile.ZipFile(path) as package:
        everything = b"".join(package.read(name) for name in package.namelist())
    for trace in (b"xlsaddin.xlam", b"yamada", b"RS_SCORE", b"[1]!"):
        assert trace not in everything


def test_somebody_elses_link_stays_and_is_counted_anew(frozen: tuple[Path, FrozenBook]) -> None:
    path, _ = frozen
    assert openpyxl.load_workbook(path)["名簿"]["D2"].value == "=[1]Sheet1!A1+1"
    with zipfile.ZipFile(path) as package:
        links = [name for name in package.namelist() if name.startswith("xl/externalLinks/externalLink")]
        (rels,) = [package.read(name).decode() for name in package.namelist() if "externalLinks/_rels" in name]
    assert len(links) == 1
    assert "budget.xlsx" in rels


def test_each_column_says_from_which_lists_and_when(frozen: tuple[Path, FrozenBook]) -> None:
    sheet = openpyxl.load_workbook(frozen[0])["名簿"]
    assert STAMP in sheet["B1"].comment.text
    assert STAMP in sheet["C1"].comment.text
    assert sheet["A1"].comment is None


def test_the_frozen_file_is_clean_for_an_independent_auditor(frozen: tuple[Path, FrozenBook]) -> None:
    command = [Path(sys.executable).with_name("openxml-audit"), frozen[0]]
    found = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    assert "Errors: 0" in found, found


@pytest.mark.office
def test_it_opens_clean_where_there_is_no_addin(office: Office, frozen: tuple[Path, FrozenBook]) -> None:
    with office.open(frozen[0]) as document:
        shown = document.read("名簿!A1:C5")
    assert shown[1][1] == "要判断 100 哈爾浜工業大学 [jp_meti_eul 541]"
    assert [cell for row in shown for cell in row if isinstance(cell, CellError)] == []


def test_freezing_twice_changes_nothing_more(frozen: tuple[Path, FrozenBook], tmp_path: Path) -> None:
    again = freeze_workbook(frozen[0], tmp_path / "again.xlsx", STAMP)
    assert (again.cells, again.links) == ((), 0)
    assert (tmp_path / "again.xlsx").read_bytes() == frozen[0].read_bytes()


def test_only_calls_of_our_functions_are_live() -> None:
    assert is_live("[1]!RS_MATCH(A1)")
    assert is_live("IF(A1=1,rs_score (B1),0)")
    assert not is_live("OTHERS_MATCH(A1)")
    assert not is_live("_RS_MATCH(A1)")
    assert not is_live('"RS_MATCH"')
