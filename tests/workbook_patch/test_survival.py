"""What is not ours leaves as it came: part by part, byte for byte, and inside the sheets we write in."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator

from tests.workbook_patch.originals import PERSONS_NOTE, write_rich_form
from tests.workbook_patch.results import CHANGES
from tests.workbook_read.packages import sheet_part, unpack
from xlsaddin.workbook.patch.apply import apply_changes
from xlsaddin.workbook.plan import Changes

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
OURS = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"}


@pytest.fixture
def original(tmp_path: Path) -> Path:
    return write_rich_form(tmp_path / "申告書.xlsx")


@pytest.fixture
def copy(original: Path, tmp_path: Path) -> Path:
    apply_changes(original, CHANGES, tmp_path / "out" / "申告書.reviewed.xlsx")
    return tmp_path / "out" / "申告書.reviewed.xlsx"


def test_original_is_untouched(original: Path, tmp_path: Path) -> None:
    before = hashlib.sha256(original.read_bytes()).digest()
    apply_changes(original, CHANGES, tmp_path / "copy.xlsx")
    assert hashlib.sha256(original.read_bytes()).digest() == before


def test_every_other_part_survives_byte_for_byte(original: Path, copy: Path) -> None:
    before, after = unpack(original), unpack(copy)
    touched = OURS | {sheet_part(before, "表紙"), sheet_part(before, "学歴"), "xl/tables/table2.xml"}
    assert {part for part in before if after.get(part) != before[part]} == touched | {"xl/calcChain.xml"}
    for part in ("xl/media/image1.png", "docMetadata/LabelInfo.xml", "xl/threadedComments/threadedComment1.xml"):
        assert after[part] == before[part]


def test_sheets_keep_everything_but_the_cells_written(original: Path, copy: Path) -> None:
    before, after = unpack(original), unpack(copy)
    part = sheet_part(before, "学歴")
    old, new = etree.fromstring(before[part]), etree.fromstring(after[part])
    assert _around(new, drop={"dimension", "cols", "conditionalFormatting"}) == _around(old, drop={"dimension", "cols"})
    kept = _cells(old)
    assert {name: xml for name, xml in _cells(new).items() if name in kept} == kept


def test_note_of_a_person_stays(copy: Path) -> None:
    assert PERSONS_NOTE in unpack(copy)["xl/comments1.xml"].decode()


def test_no_calculation_chain_is_left(copy: Path) -> None:
    parts = unpack(copy)
    assert "xl/calcChain.xml" not in parts
    assert b"calcChain" not in parts["[Content_Types].xml"] + parts["xl/_rels/workbook.xml.rels"]
    assert b'fullCalcOnLoad="1"' in parts["xl/workbook.xml"]


def test_nothing_changes_without_changes(original: Path, tmp_path: Path) -> None:
    apply_changes(original, Changes(), tmp_path / "copy.xlsx")
    before, after = unpack(original), unpack(tmp_path / "copy.xlsx")
    changed = {part for part in before if after.get(part) != before[part]}
    assert changed <= {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/calcChain.xml"}


def test_same_changes_give_the_same_bytes(original: Path, tmp_path: Path) -> None:
    for name in ("one.xlsx", "two.xlsx"):
        apply_changes(original, CHANGES, tmp_path / name)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_clean_package_stays_clean(original: Path, copy: Path) -> None:
    assert _faults(original) == []
    assert _faults(copy) == []


def _faults(path: Path) -> list[str]:
    return [str(error) for error in OpenXmlValidator().validate(path).errors]


def _around(root: etree._Element, drop: set[str]) -> list[bytes]:
    """Return everything of a sheet but its rows."""
    names = {f"{MAIN}{name}" for name in drop | {"sheetData"}}
    return [etree.tostring(node, method="c14n") for node in root if node.tag not in names]


def _cells(root: etree._Element) -> dict[str, bytes]:
    return {node.get("r"): etree.tostring(node, method="c14n") for node in root.iter(f"{MAIN}c")}
