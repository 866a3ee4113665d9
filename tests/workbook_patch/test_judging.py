"""The office edition as it is used: made by a check, judged in a spreadsheet program, checked again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openxml_audit import OpenXmlValidator

from xlsaddin.batch.session import Session
from xlsaddin.checklist.loading import load_checklist
from xlsaddin.libreoffice.office import Office
from xlsaddin.review_model import Inquiry, Review, Ruling
from xlsaddin.screening.model import Disposition, Judgement
from xlsaddin.watchlist.diff import entry_digest
from xlsaddin.watchlist.store import ListStore
from xlsaddin.workbook.areas import cell_name
from xlsaddin.workbook.labels import Language
from xlsaddin.workbook.limits import find_faults
from xlsaddin.workbook.meta import Edition
from xlsaddin.workbook.office.columns import FINDINGS, HITS, column_header
from xlsaddin.workbook.office.layers import OWN, Layer
from xlsaddin.workbook.opening import open_package
from xlsaddin.workbook.patch.apply import apply_changes
from xlsaddin.workbook.plan import CellValue, CellWrite, Changes
from xlsaddin.workbook.read.book import read_workbook
from xlsaddin.workbook.read.headers import tidy_header
from xlsaddin.workbook.respondent.template import build_template
from xlsaddin.workbook.structure import Structure

AS_OF = date(2026, 9, 1)
HIT = "Harbin Institute of Technology"


@pytest.fixture
def session(home: Path, test_data: Path) -> Session:
    store = ListStore()
    store.import_file(test_data / "lists" / "jp_meti_eul" / "20250929_4.xlsx", today=AS_OF)
    return Session(as_of=AS_OF, store=store)


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """A declaration that names a listed body in ② inside the look-back and says 該当なし in ⑩."""
    template = tmp_path / "template.xlsx"
    template.write_bytes(build_template("researcher", as_of=AS_OF, subject_id="R-1"))
    structure = Structure(open_package(template))
    writes = [
        *_single(
            structure,
            name="LIN Haoran",
            role="研究参画者",
            education="該当なし",
            career="あり",
            listed_affiliations="該当なし",
        ),
        *_row(structure, "career", since="2024-09", until="2025-03", body=HIT, country="中国"),
    ]
    path = tmp_path / "申告書.xlsx"
    apply_changes(template, Changes(writes=tuple(writes)), path)
    return path


def _single(structure: Structure, **answers: CellValue) -> Iterator[CellWrite]:
    for key, value in answers.items():
        place = structure.place(f"a_{key}")
        assert place is not None
        yield CellWrite(place[0].name, place[1].top, place[1].left, value)


def _row(structure: Structure, item: str, **answers: CellValue) -> Iterator[CellWrite]:
    table = structure.tables[f"t_{item}"]
    keys = [column.key for column in load_checklist("researcher").item(item).columns]
    for key, value in answers.items():
        yield CellWrite(table.sheet, table.area.top + 1, table.area.left + keys.index(key), value)


def checked(session: Session, path: Path, target: Path) -> Review:
    outcome = session.check(path, target)
    assert isinstance(outcome.found, Review), outcome.found
    return outcome.found


def cell_of(path: Path, table: str, key: str, row: int = 1, layer: Layer = OWN) -> str:
    """Return the place of a cell of a result table, as one would type into it."""
    found = Structure(open_package(path)).tables[layer.named(table)]
    headers = {tidy_header(text): number for number, text in enumerate(found.headers, found.area.left)}
    spellings = [tidy_header(column_header(table, key, language)) for language in Language]
    column = next(headers[text] for text in spellings if text in headers)
    return f"{found.sheet}!{cell_name(found.area.top + row, column)}"


JUDGED: dict[str, object] = {
    "disposition": "別",
    "reason": "同名の別の機関",
    "reviewer": "輸出管理 一郎",
    "judged_on": date(2026, 9, 2),
    "approver": "輸出管理 次郎",
}


def judged(office: Office, path: Path, typed: dict[str, object], target: Path) -> Path:
    with office.open(path) as document:
        document.set_cells({cell_of(path, HITS, key): value for key, value in typed.items()})
        document.calculate()
        return document.save_as(target)


def test_reviewed_copy_is_sound(session: Session, filled: Path, tmp_path: Path) -> None:
    before = hashlib.sha256(filled.read_bytes()).digest()
    review = checked(session, filled, tmp_path / "reviewed.xlsx")
    assert [hit.body for hit in review.hits] == ["jp_meti_eul:harbin institute of technology"]
    assert hashlib.sha256(filled.read_bytes()).digest() == before
    assert OpenXmlValidator().validate(tmp_path / "reviewed.xlsx").errors == []
    assert find_faults(open_package(tmp_path / "reviewed.xlsx")) == ()
    book = read_workbook(tmp_path / "reviewed.xlsx")
    assert (book.meta.edition, book.meta.made_here, book.meta.subject_id) == (Edition.OFFICE, True, "R-1")
    assert book.findings == ()


@pytest.mark.office
def test_cells_show_what_was_computed(session: Session, filled: Path, tmp_path: Path, office: Office) -> None:
    calculated = office.recalculate(filled, tmp_path / "calculated.xlsx")
    checked(session, calculated, tmp_path / "reviewed.xlsx")
    again = openpyxl.load_workbook(
        office.recalculate(tmp_path / "reviewed.xlsx", tmp_path / "again.xlsx"), data_only=True
    )
    formulas = openpyxl.load_workbook(tmp_path / "reviewed.xlsx")
    written = openpyxl.load_workbook(tmp_path / "reviewed.xlsx", data_only=True)
    compared = 0
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    ours, theirs = (
                        written[sheet.title][cell.coordinate].value,
                        again[sheet.title][cell.coordinate].value,
                    )
                    assert (ours or None) == (theirs or None), (sheet.title, cell.coordinate)
                    compared += 1
    assert compared > 500


@pytest.mark.office
def test_judgement_typed_in_the_book_is_read(session: Session, filled: Path, tmp_path: Path, office: Office) -> None:
    first = checked(session, filled, tmp_path / "reviewed.xlsx")
    saved = judged(office, tmp_path / "reviewed.xlsx", JUDGED, tmp_path / "judged.xlsx")
    book = read_workbook(saved)
    assert book.judgements == {
        ("career-1", "body", "jp_meti_eul:harbin institute of technology"): Judgement(
            Disposition.FALSE_POSITIVE,
            reason="同名の別の機関",
            reviewer="輸出管理 一郎",
            judged_on=date(2026, 9, 2),
            approver="輸出管理 次郎",
            entry_digest=entry_digest(first.hits[0].hit.entry),
        )
    }
    again = checked(session, saved, tmp_path / "again.xlsx")
    assert [hit.ruling for hit in again.hits] == [Ruling.NOT_SAME]
    assert again.assessment.level < first.assessment.level
    with office.open(tmp_path / "again.xlsx") as document:
        document.calculate()
        assert document.read_cells([cell_of(tmp_path / "again.xlsx", HITS, "reason")]).popitem()[1] == "同名の別の機関"


@pytest.mark.office
@pytest.mark.parametrize(
    ("typed", "code"), [({"judged_on": "きのう"}, "RS-READ-018"), ({"disposition": "たぶん"}, "RS-READ-019")]
)
def test_judgement_that_cannot_be_read_is_reported(
    session: Session, filled: Path, tmp_path: Path, office: Office, typed: dict[str, object], code: str
) -> None:
    checked(session, filled, tmp_path / "reviewed.xlsx")
    saved = judged(office, tmp_path / "reviewed.xlsx", JUDGED | typed, tmp_path / "judged.xlsx")
    book = read_workbook(saved)
    place = cell_of(tmp_path / "reviewed.xlsx", HITS, next(iter(typed)))
    assert [(f.code, f"{f.location.sheet}!{f.location.cell}") for f in book.findings] == [(code, place)]
    assert not next(iter(book.judgements.values())).complete


@pytest.mark.office
def test_inquiry_follows_its_row(session: Session, filled: Path, tmp_path: Path, office: Office) -> None:
    """A row inserted above moves the place of the difference; what was written beside it goes along."""
    first = checked(session, filled, tmp_path / "reviewed.xlsx")
    number = next(n for n, finding in enumerate(first.findings, 1) if finding.difference)
    typed = {
        "inquiry": "説明あり",
        "reason": "短期の訪問と確認",
        "reviewer": "研究推進 花子",
        "decided_on": date(2026, 9, 3),
    }
    with office.open(tmp_path / "reviewed.xlsx") as document:
        place = {key: cell_of(tmp_path / "reviewed.xlsx", FINDINGS, key, number) for key in typed}
        document.set_cells({place[key]: value for key, value in typed.items()})
        table = Structure(open_package(tmp_path / "reviewed.xlsx")).tables["t_career"]
        document.api.Sheets.getByName(table.sheet).Rows.insertByIndex(table.area.top, 1)
        document.calculate()
        saved = document.save_as(tmp_path / "inquired.xlsx")
    expected = Inquiry("explained", "短期の訪問と確認", "研究推進 花子", date(2026, 9, 3))
    book = read_workbook(saved)
    assert list(book.inquiries.values()) == [expected]
    again = checked(session, saved, tmp_path / "again.xlsx")
    difference = next(finding for finding in again.findings if finding.difference)
    assert again.inquiries == {difference.location: expected}


def test_edition_of_another_installation(
    session: Session, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked(session, filled, tmp_path / "reviewed.xlsx")
    monkeypatch.setenv("XLSADDIN_HOME", str(tmp_path / "elsewhere"))
    book = read_workbook(tmp_path / "reviewed.xlsx")
    assert [finding.code for finding in book.findings] == ["RS-READ-015"]
    assert (book.judgements, book.inquiries) == ({}, {})


def test_results_in_a_respondent_edition_are_ignored(home: Path, filled: Path) -> None:
    structure = Structure(open_package(filled))
    place = structure.place("r_level")
    assert place is not None
    apply_changes(filled, Changes(writes=(CellWrite(place[0].name, place[1].top, place[1].left, "低"),)), filled)
    assert [finding.code for finding in read_workbook(filled).findings] == ["RS-READ-014"]


def test_answers_stay_the_same_through_the_check(session: Session, filled: Path, tmp_path: Path) -> None:
    checked(session, filled, tmp_path / "reviewed.xlsx")
    before, after = read_workbook(filled).answers, read_workbook(tmp_path / "reviewed.xlsx").answers
    assert after.singles == before.singles
    assert {key: [row.cells for row in table.rows] for key, table in after.tables.items()} == {
        key: [row.cells for row in table.rows] for key, table in before.tables.items()
    }
    assert [row.row_id for row in after.tables["career"].rows] == ["career-1"]
