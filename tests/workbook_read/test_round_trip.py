"""What is written is what is read: through our builder, and through a spreadsheet program in between."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.workbook_read.forms import researcher, write_form
from tests.workbook_read.test_answers import schools
from xlsaddin.checklist.model import Kind, Type
from xlsaddin.checklist.values import read_answers
from xlsaddin.libreoffice.document import Document
from xlsaddin.libreoffice.office import Office
from xlsaddin.workbook.areas import cell_name
from xlsaddin.workbook.labels import Language
from xlsaddin.workbook.opening import open_package
from xlsaddin.workbook.read.book import read_workbook
from xlsaddin.workbook.respondent.template import build_template
from xlsaddin.workbook.structure import Structure

_texts = st.text(min_size=1, max_size=40).filter(
    lambda text: text.strip() != "" and "\ufffe" not in text and "\uffff" not in text
)
_fractions = st.integers(-(10**9), 10**9).map(lambda number: number / 8)
_contents = st.one_of(_texts, st.integers(-(10**12), 10**12), _fractions, st.booleans())


@st.composite
def _given(draw: st.DrawFn) -> dict[str, object]:
    """Some answers: any content in any cell, a few rows in a few tables."""
    answers: dict[str, object] = {}
    items = [item for item in researcher().items if item.key != "name"]
    for item in draw(st.lists(st.sampled_from(items), max_size=6, unique_by=lambda item: item.key)):
        if item.kind is Kind.TABLE:
            keys = st.sampled_from([column.key for column in item.columns])
            answers[item.key] = draw(
                st.lists(st.dictionaries(keys, _contents, min_size=1, max_size=4), min_size=1, max_size=4)
            )
        else:
            answers[item.key] = draw(_contents)
    return answers


@given(_given(), st.sampled_from(list(Language)))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_written_answers_are_read(tmp_path: Path, answers: dict[str, object], language: Language) -> None:
    book = read_workbook(write_form(tmp_path / "f.xlsx", answers, language))
    found = {key: cell.content for key, cell in book.answers.singles.items() if cell.content is not None}
    rows = {
        key: [{k: c.content for k, c in row.cells.items() if c.content is not None} for row in table.rows]
        for key, table in book.answers.tables.items()
        if table.rows
    }
    assert found | rows == answers
    assert book.findings == ()


TYPED = {
    Type.DATE: date(2024, 5, 20),
    Type.MONTH: "令和6年5月",
    Type.INTEGER: 3,
    Type.NUMBER: 12.5,
    Type.PERCENT: 40,
    Type.MONEY: "3,000千円",
}


def type_in(document: Document, path: Path) -> dict[str, object]:
    """Type an answer into every column of two rows of every table, and into every single item, as a person would."""
    expected: dict[str, object] = {}
    checklist = researcher()
    tables = Structure(open_package(path)).tables
    cells: dict[str, object] = {}
    for item in checklist.items:
        if item.kind is Kind.TABLE:
            table = tables[f"t_{item.key}"]
            cells[f"a_{item.key}"] = "あり"
            for number in (1, 2):
                for column, asked in enumerate(item.columns, start=table.area.left):
                    value = TYPED.get(asked.type, f"{asked.label_ja}{number}")
                    cells[f"{table.sheet}!{cell_name(table.area.top + number, column)}"] = value
            expected[item.key] = 2
        else:
            cells[f"a_{item.key}"] = TYPED.get(item.type, item.label_ja)
    document.set_cells(cells)
    document.calculate()
    return expected


@pytest.mark.office
def test_filled_in_a_spreadsheet_program(office: Office, tmp_path: Path) -> None:
    template = tmp_path / "template.xlsx"
    template.write_bytes(build_template("researcher", as_of=date(2026, 9, 1)))
    with office.open(template) as document:
        tables = type_in(document, template)
        saved = document.save_as(tmp_path / "saved.xlsx")
    book = read_workbook(saved)
    assert {key: len(table.rows) for key, table in book.answers.tables.items()} == tables
    for item in book.checklist.items:
        if item.kind is Kind.TABLE:
            for number, row in enumerate(book.answers.tables[item.key].rows, start=1):
                for asked in item.columns:
                    content = row.cells[asked.key].content
                    expected = TYPED.get(asked.type, f"{asked.label_ja}{number}")
                    assert content == expected or content == _serial(expected), (item.key, asked.key)
        else:
            content = book.answers.singles[item.key].content
            assert content in (TYPED.get(item.type, item.label_ja), _serial(TYPED.get(item.type)))
    again = read_workbook(office.recalculate(saved, tmp_path / "again.xlsx"))
    assert read_answers(again.checklist, again.answers) == read_answers(book.checklist, book.answers)


def _serial(value: object) -> object:
    return (value - date(1899, 12, 30)).days if isinstance(value, date) else None


@pytest.mark.office
def test_rows_inserted_deleted_sorted_and_sheets_moved(office: Office, tmp_path: Path) -> None:
    names = ["千葉", "青森", "京都"]
    form = write_form(tmp_path / "f.xlsx", {"name": "SAEKI", "education": [{"school": name} for name in names]})
    with office.open(form) as document:
        sheet = document.api.Sheets.getByName("学歴")
        sheet.Rows.insertByIndex(0, 3)  # above the table
        sheet.Columns.insertByIndex(0, 2)  # to the left of it
        sheet.Rows.insertByIndex(12, 1)  # a blank row between answers
        sheet.Columns.insertByIndex(4, 1)  # a column of the person's own
        document.api.Sheets.moveByName("学歴", 0)
        saved = document.save_as(tmp_path / "saved.xlsx")
    book = read_workbook(saved)
    assert [row["school"] for row in schools(book)] == names
    assert [row.cells["school"].location.cell for row in book.answers.tables["education"].rows] == ["G12", "G14", "G15"]
    assert book.answers.tables["education"].status.content == "あり"
    assert book.answers.singles["name"].content == "SAEKI"
