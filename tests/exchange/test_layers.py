"""A Co-PI's reviewed copy holds the results of two institutions: seals, stages, returns and releases see both alike."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.exchange.forms import write_form
from tests.exchange.rosters import DAY, SAEKI, roster_of, terms
from xlsaddin.batch.session import Session
from xlsaddin.errors import WorkbookError, XlsAddinError
from xlsaddin.exchange.outbox.distributing import distribute
from xlsaddin.exchange.release.audience import Grounds, load_audience
from xlsaddin.exchange.release.redacting import release_copy
from xlsaddin.exchange.returning.returning import return_form
from xlsaddin.exchange.routing.stages import check_stages, pass_stage
from xlsaddin.exchange.seal.keys import KeyStore
from xlsaddin.exchange.seal.sealing import SealState, seal_workbook, verify_workbook
from xlsaddin.register.register import Register
from xlsaddin.workbook.areas import cell_name
from xlsaddin.workbook.opening import open_package
from xlsaddin.workbook.patch.apply import apply_changes
from xlsaddin.workbook.plan import CellWrite, Changes
from xlsaddin.workbook.read.book import read_workbook
from xlsaddin.workbook.structure import Structure

AT = datetime(2026, 9, 5, 10, 0, tzinfo=UTC)
LISTED = {"since": "2023-10", "until": "現在", "body": "澜江工业大学", "body_en": "Lanjiang Institute of Technology",
          "country": "XD", "post": "Researcher", "capacity": "客員・訪問"}  # fmt: skip
GIVEN = {"name": "SAEKI Mariko", "role": "Co-PI", "email": "saeki@midori-u.example.jp", "career": [LISTED],
         "institution_role": "研究代表機関"}  # fmt: skip


@pytest.fixture
def reviewed(tmp_path: Path, home: Path) -> Path:
    KeyStore().create("みどり大学 研究推進課", "2026-08-01")
    form = write_form(tmp_path / "form.xlsx", GIVEN, subject_id="P-001")
    Session(DAY).check(form, tmp_path / "form.reviewed.xlsx")
    return tmp_path / "form.reviewed.xlsx"


def second(path: Path, kind: str) -> str:
    """Return the name of the second layer's table of a kind."""
    names = [name for name in Structure(open_package(path)).tables if name.startswith("r_") and name.endswith(kind)]
    assert len(names) == 2, names
    return max(names, key=len)


def type_in(source: Path, target: Path, table: str, header: str, value: str) -> str:
    """Write a copy in which somebody typed into the first row of a result table; return the place."""
    found = Structure(open_package(source)).tables[table]
    column = found.area.left + next(n for n, text in enumerate(found.headers) if text.startswith(header))
    row = found.area.top + 1
    apply_changes(source, Changes(writes=(CellWrite(found.sheet, row, column, value),)), target)
    return f"{found.sheet}!{cell_name(row, column)}"


def test_a_seal_covers_both_results_and_names_a_cell_of_the_second(reviewed: Path, tmp_path: Path) -> None:
    with Register.open() as register:
        manifest = seal_workbook(reviewed, tmp_path / "sealed.xlsx", KeyStore(), register, AT)
    addresses = {line.address for line in manifest.lines}
    assert len([one for one in addresses if one.startswith("r_") and one.endswith("_level")]) == 2
    place = type_in(tmp_path / "sealed.xlsx", tmp_path / "t.xlsx", second(reviewed, "_hits"), "確認者", "田中")
    verdict = verify_workbook(tmp_path / "t.xlsx", KeyStore())
    assert verdict.state is SealState.CHANGED
    assert place in {change.place for change in verdict.changes}


def test_judgements_of_the_second_result_belong_to_desks_as_well(reviewed: Path, tmp_path: Path) -> None:
    pass_stage(reviewed, tmp_path / "p.xlsx", "export_control", "田中", AT)
    type_in(tmp_path / "p.xlsx", tmp_path / "t.xlsx", second(reviewed, "_measures"), "実施者", "佐藤")
    pass_stage(tmp_path / "t.xlsx", tmp_path / "l.xlsx", "legal", "山田", AT)
    assert [finding.code for finding in check_stages(read_workbook(tmp_path / "l.xlsx"))] == ["RS-STAGE-003"]


def test_no_result_of_either_goes_back_or_out(tmp_path: Path, home: Path) -> None:
    roster = roster_of(tmp_path, [{**SAEKI, "role": "Co-PI", "case_numbers": "C-03"}])
    entry = distribute(roster, tmp_path / "out", terms()).entries[0]
    Session(DAY).check(tmp_path / "out" / entry.file, tmp_path / "r.xlsx")
    assert second(tmp_path / "r.xlsx", "_hits")
    with pytest.raises(WorkbookError) as returned:
        return_form(tmp_path / "r.xlsx", tmp_path / "out", roster, DAY)
    assert returned.value.code == "RS-RETURN-001"
    with pytest.raises(XlsAddinError) as released:
        release_copy(tmp_path / "r.xlsx", tmp_path / "c.xlsx", load_audience(), "joint_institution", Grounds(), DAY)
    assert released.value.code == "RS-RELEASE-001"
