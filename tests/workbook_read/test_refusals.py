"""What is no workbook of ours is refused with one sentence that names the file and says what to do."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import msoffcrypto
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from tests.workbook_read.forms import write_form
from tests.workbook_read.packages import Parts, pack, replace_text, rewrite, unpack
from xlsaddin.errors import WorkbookError
from xlsaddin.workbook.read.book import read_workbook


@pytest.fixture
def form(tmp_path: Path) -> Path:
    return write_form(tmp_path / "申告書.xlsx", {"name": "SAEKI Mariko"})


def refused(path: Path) -> str:
    with pytest.raises(WorkbookError) as caught:
        read_workbook(path)
    assert path.name in caught.value.ja
    assert path.name in caught.value.en
    return caught.value.code


def test_missing_file(tmp_path: Path) -> None:
    assert refused(tmp_path / "ない.xlsx") == "RS-FILE-001"


@pytest.mark.parametrize("content", [b"name;role\n", b"<html></html>", b"\x89PNG\r\n"])
def test_no_workbook_at_all(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(content)
    assert refused(path) == "RS-FILE-002"


def test_zip_that_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "写真.xlsx"
    path.write_bytes(pack({"photo.jpg": b"x"}))
    assert refused(path) == "RS-FILE-002"


@pytest.mark.parametrize("length", [0, 4, 100, 2000, -1, -30])
def test_truncated(form: Path, length: int) -> None:
    form.write_bytes(form.read_bytes()[:length])
    assert refused(form) == "RS-FILE-004"


def test_broken_inside(form: Path) -> None:
    content = bytearray(form.read_bytes())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        start = archive.getinfo("xl/workbook.xml").header_offset
    content[start + 60 : start + 90] = bytes(30)
    form.write_bytes(content)
    assert refused(form) == "RS-FILE-004"


def test_part_that_is_no_xml(form: Path) -> None:
    rewrite(form, lambda parts: parts.update({"xl/workbook.xml": b"<workbook><sheets>"}))
    assert refused(form) == "RS-FILE-004"


def test_password_protected(form: Path) -> None:
    protected = io.BytesIO()
    with form.open("rb") as stream:
        OOXMLFile(stream).encrypt("himitsu", protected)
    form.write_bytes(protected.getvalue())
    assert msoffcrypto.OfficeFile(io.BytesIO(protected.getvalue())).is_encrypted()
    assert refused(form) == "RS-FILE-003"


def test_zip_with_a_password(form: Path) -> None:
    content = form.read_bytes()
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.index(mark) + offset
        content = content[:at] + struct.pack("<H", 1) + content[at + 2 :]
    form.write_bytes(content)
    assert refused(form) == "RS-FILE-003"


def _macro_enabled(parts: Parts) -> None:
    plain, macro = "openxmlformats-officedocument.spreadsheetml.sheet.main", "ms-excel.sheet.macroEnabled.main"
    replace_text(parts, "[Content_Types].xml", plain, macro)


def _with_macros(parts: Parts) -> None:
    declared = '<Override PartName="/xl/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
    replace_text(parts, "[Content_Types].xml", "</Types>", declared)
    parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0"


@pytest.mark.parametrize("change", [_macro_enabled, _with_macros])
def test_macro_workbook_renamed(form: Path, change: Callable[[Parts], None]) -> None:
    assert refused(rewrite(form, change)) == "RS-FILE-006"


@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        ("application/vnd.ms-excel.sheet.binary.macroEnabled.main", ".xlsb"),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml", ".xltx"),
    ],
)
def test_other_format(form: Path, kind: str, shown: str) -> None:
    plain = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    rewrite(form, lambda parts: replace_text(parts, "[Content_Types].xml", plain, kind))
    with pytest.raises(WorkbookError) as caught:
        read_workbook(form)
    assert (caught.value.code, caught.value.facts["kind"]) == ("RS-FILE-011", shown)


def test_strict_open_xml(form: Path) -> None:
    transitional, strict = (
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
    )
    rewrite(form, lambda parts: replace_text(parts, "xl/workbook.xml", transitional, strict))
    assert refused(form) == "RS-FILE-011"


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/sharedStrings.xml", "docProps/core.xml"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities(form: Path, part: str, encoding: str) -> None:
    attack = '<!DOCTYPE x [<!ENTITY a "ああああ"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
    rewrite(
        form,
        lambda parts: parts.update({part: f'<?xml version="1.0" encoding="{encoding}"?>{attack}'.encode(encoding)}),
    )
    assert refused(form) == "RS-FILE-008"


@pytest.mark.parametrize("name", ["../../evil.xml", "/etc/passwd", "xl\\sheet.xml", "C:/x.xml", "xl/../../x.xml"])
def test_odd_part_names(form: Path, name: str) -> None:
    rewrite(form, lambda parts: parts.update({name: b"<x/>"}))
    assert refused(form) == "RS-FILE-009"


def test_two_parts_with_one_name(form: Path) -> None:
    rewrite(form, lambda parts: parts.update({"XL/Workbook.xml": b"<x/>"}))
    assert refused(form) == "RS-FILE-009"


def test_zip_bomb_by_ratio(form: Path) -> None:
    rewrite(form, lambda parts: parts.update({"xl/media/image1.png": bytes(20_000_000)}))
    assert refused(form) == "RS-FILE-007"


def test_zip_bomb_by_number_of_parts(form: Path) -> None:
    rewrite(form, lambda parts: parts.update({f"xl/x/{number}.xml": b"" for number in range(5000)}))
    assert refused(form) == "RS-FILE-007"


def test_zip_bomb_that_lies_about_its_size(form: Path) -> None:
    """The directory promises few bytes and the stream holds many: no more than promised is ever inflated."""
    parts = unpack(form) | {"xl/worksheets/sheet1.xml": b"<worksheet>" + b" " * 3_000_000 + b"</worksheet>"}
    content = bytearray(pack(parts))
    promised = struct.pack("<L", 1000)
    for mark, name_at, size_at in ((b"PK\x03\x04", 30, 22), (b"PK\x01\x02", 46, 24)):
        at = -1
        while (at := content.find(mark, at + 1)) >= 0:
            if content[at + name_at :].startswith(b"xl/worksheets/sheet1.xml"):
                content[at + size_at : at + size_at + 4] = promised
    form.write_bytes(content)
    assert refused(form) == "RS-FILE-004"


def test_not_one_of_ours(form: Path) -> None:
    rewrite(form, lambda parts: replace_text(parts, "xl/workbook.xml", 'name="_meta"', 'name="メモ"'))
    assert refused(form) == "RS-FILE-010"


def test_form_this_installation_does_not_know(tmp_path: Path) -> None:
    assert refused(write_form(tmp_path / "f.xlsx", {}, checklist="unknown_form")) == "RS-FILE-012"


def test_sheet_with_one_cell_at_the_far_end_is_read(form: Path) -> None:
    """A cell at XFD1048576 must not make the reader lay out seventeen billion cells."""
    rewrite(
        form,
        lambda parts: replace_text(
            parts,
            "xl/worksheets/sheet1.xml",
            "</sheetData>",
            '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
        ),
    )
    assert read_workbook(form).answers.singles["name"].content == "SAEKI Mariko"
