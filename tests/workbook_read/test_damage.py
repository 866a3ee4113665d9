"""What is missing in a form is reported with the place and what to do; the rest is read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.workbook_read.forms import researcher, write_form
from tests.workbook_read.packages import Parts, replace_text, rewrite, sheet_part
from tests.workbook_read.test_answers import GIVEN, SCHOOLS, codes, schools
from xlsaddin.workbook.meta import Edition
from xlsaddin.workbook.read.book import read_workbook


@pytest.fixture
def form(tmp_path: Path) -> Path:
    return write_form(tmp_path / "申告書.xlsx", GIVEN)


def drop_name(parts: Parts, name: str) -> None:
    content = parts["xl/workbook.xml"].decode()
    changed, count = re.subn(rf'<definedName name="{name}">.*?</definedName>', "", content)
    assert count == 1
    parts["xl/workbook.xml"] = changed.encode()


def drop_tables(parts: Parts, sheet: str) -> None:
    """As "convert to range" does, or a program that knows no tables."""
    part = sheet_part(parts, sheet)
    parts[part] = re.sub(rb"<tableParts.*?</tableParts>", b"", parts[part])
    del parts[part.replace("worksheets/", "worksheets/_rels/") + ".rels"]


def test_missing_name(form: Path) -> None:
    book = read_workbook(rewrite(form, lambda parts: drop_name(parts, "a_role")))
    assert [(f.code, f.location.item, f.location.sheet) for f in book.findings] == [("RS-READ-003", "role", "表紙")]
    assert "a_role" in book.findings[0].message_ja
    assert book.answers.singles["name"].content == "SAEKI Mariko"


def test_name_that_points_nowhere(form: Path) -> None:
    rewrite(form, lambda parts: replace_text(parts, "xl/workbook.xml", "'表紙'!$C$7", "#REF!"))
    assert codes(read_workbook(form)) == ["RS-READ-003"]


def test_copied_sheet_does_not_shadow_the_form(form: Path) -> None:
    """Copying a sheet in Excel leaves a second name that belongs to the copy alone."""
    local = '<definedName name="a_name" localSheetId="3">学歴!$B$1</definedName></definedNames>'
    rewrite(form, lambda parts: replace_text(parts, "xl/workbook.xml", "</definedNames>", local))
    book = read_workbook(form)
    assert (book.answers.singles["name"].content, book.findings) == ("SAEKI Mariko", ())


def test_lost_table_is_found_by_its_headers(form: Path) -> None:
    book = read_workbook(rewrite(form, lambda parts: drop_tables(parts, "学歴")))
    assert schools(book) == SCHOOLS
    assert [(f.code, f.location.item) for f in book.findings] == [("RS-READ-004", "education")]


def test_lost_table_without_headers(form: Path) -> None:
    def wreck(parts: Parts) -> None:
        drop_tables(parts, "学歴")
        part = sheet_part(parts, "学歴")
        parts[part] = re.sub(rb'<row r="8".*?</row>', b"", parts[part])

    book = read_workbook(rewrite(form, wreck))
    assert [(f.code, f.location.item) for f in book.findings] == [("RS-READ-005", "education")]
    assert book.answers.tables["education"].status.content == "あり"


def retitle(parts: Parts) -> None:
    old, new = "入学年月 / From", "いつから"
    replace_text(parts, "xl/sharedStrings.xml", f"<t>{old}</t>", f"<t>{new}</t>")
    for part in parts:
        if part.startswith("xl/tables/") and b'"t_education"' in parts[part]:
            replace_text(parts, part, f'name="{old}"', f'name="{new}"')


def test_changed_header(form: Path) -> None:
    book = read_workbook(rewrite(form, retitle))
    assert [f.code for f in book.findings] == ["RS-READ-006"]
    assert "入学年月" in book.findings[0].message_ja
    assert "From" in book.findings[0].message_en
    assert schools(book) == [{k: v for k, v in row.items() if k != "since"} for row in SCHOOLS]


def test_deleted_sheet_is_one_finding(form: Path) -> None:
    def delete(parts: Parts) -> None:
        del parts[sheet_part(parts, "表紙")]
        content = parts["xl/workbook.xml"].decode()
        content = re.sub(r'<sheet name="表紙"[^>]*/>', "", content)
        parts["xl/workbook.xml"] = content.replace("'表紙'!", "#REF!").encode()

    book = read_workbook(rewrite(form, delete))
    assert [(f.code, f.location.sheet) for f in book.findings] == [("RS-READ-007", "表紙")]
    assert schools(book) == SCHOOLS


def test_renamed_sheet_is_no_damage(form: Path) -> None:
    def rename(parts: Parts) -> None:
        for old, new in (('name="表紙"', 'name="表紙 最終版"'), ("'表紙'!", "'表紙 最終版'!")):
            replace_text(parts, "xl/workbook.xml", old, new)

    book = read_workbook(rewrite(form, rename))
    assert book.answers.singles["name"].location.sheet == "表紙 最終版"
    assert book.findings == ()


def test_sheet_of_a_person_is_mentioned(form: Path) -> None:
    def add(parts: Parts) -> None:
        replace_text(parts, "xl/workbook.xml", "</sheets>", '<sheet name="メモ" sheetId="99" r:id="rId99"/></sheets>')
        relation = '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet99.xml"/>'  # noqa: E501
        replace_text(parts, "xl/_rels/workbook.xml.rels", "</Relationships>", f"{relation}</Relationships>")
        parts["xl/worksheets/sheet99.xml"] = (
            b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>'
        )

    assert [(f.code, f.location.sheet) for f in read_workbook(rewrite(form, add)).findings] == [("RS-READ-013", "メモ")]


def test_older_form_is_read_and_said_to_be_older(tmp_path: Path) -> None:
    form = write_form(tmp_path / "f.xlsx", GIVEN, version="0.9.0")
    book = read_workbook(form)
    assert schools(book) == SCHOOLS
    assert [(f.code, f.severity.value) for f in book.findings] == [("RS-READ-001", "note")]
    assert "0.9.0" in book.findings[0].message_ja


def test_question_an_older_form_does_not_have(tmp_path: Path) -> None:
    form = write_form(tmp_path / "f.xlsx", GIVEN, version="0.9.0")
    rewrite(form, lambda parts: drop_name(parts, "a_role"))
    book = read_workbook(form)
    assert [(f.code, f.severity.value) for f in book.findings] == [("RS-READ-001", "note"), ("RS-READ-016", "note")]


def test_newer_form(tmp_path: Path) -> None:
    assert codes(read_workbook(write_form(tmp_path / "f.xlsx", GIVEN, version="99.0.0"))) == ["RS-READ-002"]


def test_unknown_profile_falls_back(tmp_path: Path) -> None:
    book = read_workbook(write_form(tmp_path / "f.xlsx", GIVEN, profile="no_such_funder"))
    assert codes(book) == ["RS-READ-017"]
    assert book.checklist == researcher()


def test_respondent_form_has_no_identity(form: Path) -> None:
    assert read_workbook(form).meta.edition is Edition.RESPONDENT
    assert not read_workbook(form).meta.made_here
