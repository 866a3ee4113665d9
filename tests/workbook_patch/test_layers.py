"""A Co-PI's one declaration carries two results: of the joint institution (3-3(2)(i)) and the lead one (3-3(1)(i))."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from tests.scenarios.people import nobody, post
from tests.workbook_build.recalculated import formula_cells, stale_cells
from tests.workbook_patch.test_judging import AS_OF, HIT, JUDGED, cell_of, checked, session
from xlsaddin.batch.session import Session
from xlsaddin.checklist.institutions import Institution
from xlsaddin.checklist.loading import load_checklist
from xlsaddin.checklist.raw import raw_answers
from xlsaddin.checklist.values import read_answers
from xlsaddin.errors import WorkbookError
from xlsaddin.exchange.difference.version import version_of
from xlsaddin.exchange.release.audience import Grounds, load_audience
from xlsaddin.exchange.release.redacting import release_copy
from xlsaddin.exchange.returning.edition import build_returned
from xlsaddin.exchange.returning.findings import form_findings
from xlsaddin.exchange.seal.contents import read_contents
from xlsaddin.libreoffice.office import Office
from xlsaddin.report.machine import render_workbook
from xlsaddin.review_model import Ruling
from xlsaddin.workbook.limits import find_faults
from xlsaddin.workbook.office.columns import HITS
from xlsaddin.workbook.office.layers import OWN, Layer
from xlsaddin.workbook.opening import open_package
from xlsaddin.workbook.package import Package
from xlsaddin.workbook.read.book import read_workbook
from xlsaddin.workbook.read.book_cells import BookCells
from xlsaddin.workbook.respondent.template import build_template
from xlsaddin.workbook.structure import Structure

pytestmark = [pytest.mark.office, pytest.mark.filterwarnings("ignore:Print area cannot be set")]
__all__ = ["session"]

OTHER = Layer(Institution.LEAD, own=False)
RESULTS = ("r_level", "r_state", "r_other_level", "r_other_state")
PENDING = {"r_level": "中", "r_state": "暫定", "r_other_level": "中", "r_other_state": "暫定"}


def declaration(path: Path, **answers: object) -> Path:
    """Return a Co-PI's declaration that names a listed body in ② inside the look-back."""
    checklist = load_checklist("researcher")
    career = [post("2024-09", "2025-03", HIT, HIT, "CN"), post("2025-04", "現在", "みどり大学", "Midori")]
    filled = read_answers(checklist, raw_answers(checklist, nobody(career=career, role="Co-PI") | answers))
    path.write_bytes(build_template("researcher", prefill=filled, as_of=AS_OF, subject_id="R-1"))
    return path


@pytest.fixture
def copy(session: Session, tmp_path: Path) -> Path:
    checked(session, declaration(tmp_path / "申告書.xlsx"), tmp_path / "申告書.reviewed.xlsx")
    return tmp_path / "申告書.reviewed.xlsx"


def judge(office: Office, path: Path, layer: Layer, target: Path) -> dict[str, object]:
    """Dismiss every hit in one institution's result; return what both results show then."""
    rows = Structure(open_package(path)).tables[layer.named(HITS)].area
    with office.open(path) as document:
        for row in range(1, rows.bottom - rows.top + 1):
            document.set_cells({cell_of(path, HITS, key, row, layer): value for key, value in JUDGED.items()})
        document.calculate()
        shown: dict[str, object] = {**document.read_cells(RESULTS)}
        document.save_as(target)
    return shown


def test_both_results_are_there_with_their_own_clauses(session: Session, tmp_path: Path, office: Office) -> None:
    target = tmp_path / "out.xlsx"
    review = checked(session, declaration(tmp_path / "form.xlsx"), target)
    layers = render_workbook("form.xlsx", review)["layers"]
    assert [layer["layer"] for layer in layers] == ["joint", "lead"]  # nobody stated it: a Co-PI's own is the joint one
    assert [layer["clauses"][0] for layer in layers] == ["3-3(2)(i)", "3-3(1)(i)"]
    for layer, clause in zip(layers, ("3-3(2)(i)", "3-3(1)(i)"), strict=True):
        assert (layer["level"], layer["state"], layer["to_judge"]) == ("moderate", "provisional", 1)
        grounds = [one["reference"] for one in layer["assessment"]["contributions"]]
        assert grounds and all(one.startswith(f"手順書{clause}") for one in grounds)
    with office.open(target) as document:
        assert document.read_cells(RESULTS) == PENDING
    assert stale_cells(office, target) == []
    assert OpenXmlValidator().validate(target).is_valid
    assert find_faults(Package(target, target.read_bytes())) == ()


def test_stated_institution_is_the_first_result(session: Session, tmp_path: Path) -> None:
    form = declaration(tmp_path / "form.xlsx", institution_role="研究代表機関")
    review = checked(session, form, tmp_path / "out.xlsx")
    assert [layer.institution for layer in review.layers] == [Institution.LEAD, Institution.JOINT]
    assert "共同機関の結果" in Structure(open_package(tmp_path / "out.xlsx")).sheet_by_name


@pytest.mark.parametrize("role", ["PI", "研究参画者"])
def test_others_have_one_result(role: str, session: Session, tmp_path: Path) -> None:
    review = checked(session, declaration(tmp_path / "form.xlsx", role=role), tmp_path / "out.xlsx")
    assert review.other is None
    assert "layers" not in render_workbook("form.xlsx", review)
    assert not any(name.startswith("r_other") for name in Structure(open_package(tmp_path / "out.xlsx")).names)


@pytest.mark.parametrize("first", [OWN, OTHER])
def test_one_institutions_judgement_never_moves_the_others_level(
    first: Layer, copy: Path, session: Session, office: Office, tmp_path: Path
) -> None:
    cleared = {first.named("r_level"): "低", first.named("r_state"): "確定"}
    once = tmp_path / "once.xlsx"
    assert judge(office, copy, first, once) == PENDING | cleared
    second = OTHER if first is OWN else OWN
    again = checked(session, once, tmp_path / "again.xlsx")
    assert [layer.assessment.state.value for layer in again.layers] == _order(first, "final", "provisional")
    assert stale_cells(office, tmp_path / "again.xlsx") == []
    both = judge(office, tmp_path / "again.xlsx", second, tmp_path / "both.xlsx")
    assert set(both.values()) == {"低", "確定"}
    assert [layer.assessment.state.value for layer in checked(session, tmp_path / "both.xlsx", copy).layers] == [
        "final",
        "final",
    ]


def _order(first: Layer, *states: str) -> list[str]:
    return list(states if first is OWN else reversed(states))


def test_judgements_of_both_survive_a_check_of_the_original(
    copy: Path, session: Session, office: Office, tmp_path: Path
) -> None:
    judge(office, copy, OTHER, copy)
    again = checked(session, tmp_path / "申告書.xlsx", copy)
    assert {placed.ruling for placed in again.hits} == {Ruling.OPEN}
    assert again.other is not None
    assert {placed.ruling for placed in again.other.hits} == {Ruling.NOT_SAME}


def test_a_judgement_stays_with_its_institution_when_the_workbook_changes_hands(
    copy: Path, session: Session, office: Office, tmp_path: Path
) -> None:
    moved = tmp_path / "moved.xlsx"
    judge(office, copy, OTHER, moved)
    with office.open(moved) as document:
        document.set_cells({"a_institution_role": "研究代表機関"})
        document.save_as(moved)
    own, other = checked(session, moved, tmp_path / "again.xlsx").layers
    assert (own.institution, own.assessment.state.value) == (Institution.LEAD, "final")
    assert (other.institution, other.assessment.state.value) == (Institution.JOINT, "provisional")
    sheets = [sheet.name for sheet in Structure(open_package(tmp_path / "again.xlsx")).sheets]
    assert [name for name in sheets if "機関の" in name] == [
        f"共同機関の{name}" for name in ("結果", "照合", "根拠", "指摘", "措置", "計算")
    ]
    assert stale_cells(office, tmp_path / "again.xlsx") == []


def test_a_result_nobody_has_any_more_leaves_nothing_behind(
    copy: Path, session: Session, office: Office, tmp_path: Path
) -> None:
    moved, again = tmp_path / "moved.xlsx", tmp_path / "again.xlsx"
    judge(office, copy, OTHER, moved)
    with office.open(moved) as document:
        document.set_cells({"a_role": "PI"})
        document.calculate()
        document.save_as(moved)
    assert checked(session, moved, again).other is None
    structure = Structure(open_package(again))
    assert {sheet.state for sheet in structure.sheets if sheet.name.startswith("代表機関の")} == {"hidden"}
    assert not any(name.startswith("r_other") for name in structure.tables)
    assert not any("代表機関" in place.partition("!")[0] for place, *_ in formula_cells(again))
    assert stale_cells(office, again) == []


def test_a_seal_covers_both_results(copy: Path, office: Office) -> None:
    judge(office, copy, OTHER, copy)
    structure = Structure(open_package(copy))
    contents = read_contents(structure, BookCells(structure))
    assert {contents["r_level"].text, contents["r_other_level"].text} == {"中", "低"}
    assert any(address.startswith("r_other_hits[1]") for address in contents)


def test_nothing_of_either_result_leaves_with_the_declaration(session: Session, tmp_path: Path, home: Path) -> None:
    """Law 4: to the other institution goes the declaration, back to the person the form; no hit, level or judgement."""
    form = declaration(tmp_path / "form.xlsx", email=None)  # so that there is something to mend
    released, returned = tmp_path / "released.xlsx", tmp_path / "back.xlsx"
    checked(session, form, tmp_path / "out.xlsx")
    release_copy(form, released, load_audience(), "joint_institution", Grounds(), date(2026, 9, 1))
    book = read_workbook(form)
    returned.write_bytes(build_returned(book, form_findings(book, version_of(book), AS_OF), "copy-1"))
    for path in (form, released, returned):
        with zipfile.ZipFile(path) as package:
            text = "".join(package.read(name).decode("utf-8", "ignore") for name in package.namelist())
        assert not any(word in text for word in ("r_other", "r_hits", "代表機関の結果", "同一か", "暫定"))
        assert HIT in text
    office = read_workbook(tmp_path / "out.xlsx")
    with pytest.raises(WorkbookError) as refused:
        build_returned(office, (), "copy-2")
    assert refused.value.code == "RS-RETURN-001"
