"""Copies of one form share what is the same in all of them, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workbook_read.forms import write_form
from tests.workbook_read.packages import Parts, rewrite, sheet_part
from xlsaddin.checklist.identity_cache import remember_by_identity
from xlsaddin.errors import WorkbookError
from xlsaddin.workbook.content_cache import remember_by_content
from xlsaddin.workbook.read.book import read_workbook


def _name(path: Path) -> object:
    return read_workbook(path).answers.singles["name"].content


def test_each_copy_has_its_own_answers(tmp_path: Path) -> None:
    copies = {given: write_form(tmp_path / f"{given}.xlsx", {"name": given}) for given in ("SAEKI", "TANABE")}
    assert {given: _name(path) for given, path in copies.items()} == {"SAEKI": "SAEKI", "TANABE": "TANABE"}


def test_a_name_moved_in_one_copy_stays_where_it_was_in_the_others(tmp_path: Path) -> None:
    given = {"name": "SAEKI", "name_kana": "サエキ"}
    first, second = (write_form(tmp_path / f"{number}.xlsx", given) for number in (1, 2))
    assert _name(first) == "SAEKI"

    def move(parts: Parts) -> None:
        book = parts["xl/workbook.xml"].decode()
        place = book.split('name="a_name_kana">')[1].split("<")[0]
        parts["xl/workbook.xml"] = book.replace(
            'name="a_name">' + book.split('name="a_name">')[1].split("<")[0], f'name="a_name">{place}'
        ).encode()

    rewrite(second, move)
    assert _name(second) == "サエキ"
    assert _name(first) == "SAEKI"


def test_a_table_changed_in_one_copy_stays_as_it_was_in_the_others(tmp_path: Path) -> None:
    given = {"education": [{"school": "広島工業大学"}]}
    first, second = (write_form(tmp_path / f"{number}.xlsx", given) for number in (1, 2))
    before = read_workbook(first)

    def rename(parts: Parts) -> None:
        for part in parts:
            if part.startswith("xl/tables/"):
                parts[part] = parts[part].replace(b'"t_education"', b'"t_lost"')

    rewrite(second, rename)
    assert "RS-READ-004" in {finding.code for finding in read_workbook(second).findings}
    again = read_workbook(first)
    assert (again.answers, again.findings) == (before.answers, before.findings)


def test_answer_that_is_no_text_refuses_the_book(tmp_path: Path) -> None:
    form = write_form(tmp_path / "f.xlsx", {"name": "SAEKI"})

    def damage(parts: Parts) -> None:
        part = sheet_part(parts, "表紙")
        cell = parts[part].index(b'<c r="C3"')
        end = parts[part].index(b"</c>", cell)
        broken = b'<c r="C3" t="inlineStr"><is><t>\xff\xfe</t></is>'
        parts[part] = parts[part][:cell] + broken + parts[part][end:]

    rewrite(form, damage)
    with pytest.raises(WorkbookError) as refused:
        read_workbook(form)
    assert refused.value.code == "RS-FILE-004"


def test_parts_are_remembered_up_to_a_number_and_a_size() -> None:
    read: list[int] = []

    @remember_by_content(limit=2)
    def length(content: bytes) -> int:
        read.append(len(content))
        return len(content)

    assert [length(b"a" * size) for size in (1, 2, 1, 3, 4, 1)] == [1, 2, 1, 3, 4, 1]
    assert read == [1, 2, 3, 4, 1]
    assert [length(b"a" * 1_000_000) for _ in range(2)] == [1_000_000] * 2
    assert read[5:] == [1_000_000] * 2


def test_definitions_are_remembered_by_what_they_are_and_not_by_what_they_say() -> None:
    made: list[str] = []

    @remember_by_identity(limit=2)
    def label(definition: list[str], language: str, *, wide: bool = False) -> str:
        made.append(language)
        return f"{definition[0]} {language} {wide}"

    one, other = ["name"], ["title"]
    assert label(one, "ja") == label(one, "".join("ja")) == "name ja False"
    assert made == ["ja"]
    assert label(other, "ja") == "title ja False"
    assert label(one, "ja", wide=True) == "name ja True"
    assert label(["name"], "en") == "name en False"
    assert label(one, "ja") == "name ja False"
