"""Forms filled by a library that calculates nothing: every formula of the reviewed copy shows what Python computed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

import pytest
from python_calamine import CalamineWorkbook

from tests.acceptance.filling import find_table, named_cell, open_book
from tests.assessment.listed import FewListed
from tests.workbook_build.random_cells import ERROR, random_content
from tests.workbook_build.recalculated import formula_cells, stale_cells
from tests.workbook_build.reviewed import review_file
from xlsaddin.checklist.loading import checklist_keys, load_checklist
from xlsaddin.checklist.model import Column, Item, Kind
from xlsaddin.libreoffice.office import Office
from xlsaddin.workbook.labels import Language, header
from xlsaddin.workbook.respondent.template import build_template

pytestmark = [pytest.mark.office, pytest.mark.filterwarnings("ignore:Print area cannot be set")]
TEMPLATE_DAY = date(2025, 4, 1)
"""A form made in an earlier fiscal year than it is checked in: days, periods and progress have all moved."""


def filled(key: str, path: Path, *, language: Language = Language.BOTH, **typed: object) -> Path:
    """Fill a template with openpyxl, which leaves every formula without a value."""
    random = Random(key)
    path.write_bytes(build_template(key, language=language, as_of=TEMPLATE_DAY))
    book, checklist = open_book(path), load_checklist(key)

    def content(asked: Item | Column) -> object:
        made = random_content(random, asked, checklist.choices_of(asked))
        return None if made == ERROR or str(made).startswith("=") else made

    for item in checklist.items:
        if item.kind is Kind.SINGLE:
            named_cell(book, f"a_{item.key}").value = typed.get(item.key, content(item))
            continue
        sheet, top, column = find_table(book, f"t_{item.key}")
        named_cell(book, f"a_{item.key}").value = random.choice(["あり", "Given", None])
        for row in range(top + 1, top + 1 + random.randint(0, 3)):
            for asked in item.columns:
                sheet.cell(row, column(header(asked, language).split(" / ")[0]), content(asked))
    book.save(path)
    return path


def reviewed(path: Path, target: Path) -> Path:
    review_file(path, target, FewListed())
    return target


@pytest.mark.parametrize("key", checklist_keys())
def test_every_formula_shows_its_value_without_and_with_recalculation(key: str, tmp_path: Path, office: Office) -> None:
    form = filled(key, tmp_path / "form.xlsx")
    assert all(stored is None for _, _, _, stored in formula_cells(form)), "the library computed something itself"
    copy = reviewed(form, tmp_path / "copy.xlsx")
    assert stale_cells(office, copy) == []
    again = reviewed(copy, tmp_path / "again.xlsx")
    assert stale_cells(office, again) == []


@pytest.mark.parametrize(
    ("typed", "language"),
    [
        ({"role": "Co-PI"}, Language.JA),
        ({"role": "PI"}, Language.EN),
        ({"role": "Co-PI", "institution_role": "研究代表機関"}, Language.BOTH),
    ],
)
def test_clauses_follow_the_institution(
    typed: dict[str, object], language: Language, tmp_path: Path, office: Office
) -> None:
    form = filled("researcher", tmp_path / "form.xlsx", language=language, **({"institution_role": None} | typed))
    assert stale_cells(office, reviewed(form, tmp_path / "copy.xlsx")) == []


def test_a_previewer_that_reads_stored_values_shows_progress_and_states(tmp_path: Path) -> None:
    copy = reviewed(filled("researcher", tmp_path / "form.xlsx"), tmp_path / "copy.xlsx")
    shown = CalamineWorkbook.from_path(copy).get_sheet_by_name("はじめに").to_python()
    states = {str(cell) for row in shown for cell in row}
    assert any(text.count(" / ") == 1 and text.replace(" / ", "").isdecimal() for text in states)  # 必須 n / m
    assert states & {"未記入 / Blank", "記入済 / Filled in", "未記入あり / Incomplete"}


def test_a_formula_of_the_person_keeps_its_value(tmp_path: Path, office: Office) -> None:
    form = filled("researcher", tmp_path / "form.xlsx")
    with office.open(form) as document:
        document.set_formula("a_subject_id", '="R-"&7')
        document.calculate()
        document.save_as(form)
    copy = reviewed(form, tmp_path / "copy.xlsx")
    assert named_cell(open_book(copy), "a_subject_id").value == '="R-"&7'
    assert named_cell(open_book(copy, values=True), "a_subject_id").value == "R-7"
    assert stale_cells(office, copy) == []
