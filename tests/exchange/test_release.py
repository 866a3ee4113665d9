"""Each recipient gets what the table grants and nothing else is anywhere in the package; a seal still holds."""

from __future__ import annotations

import html
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.exchange.forms import write_form
from xlsaddin.batch.session import Session
from xlsaddin.checklist.loading import load_checklist
from xlsaddin.checklist.profiles import load_profile
from xlsaddin.errors import XlsAddinError
from xlsaddin.exchange.difference.version import read_version
from xlsaddin.exchange.release.audience import Grounds, load_audience
from xlsaddin.exchange.release.redacting import release_copy
from xlsaddin.exchange.seal.keys import KeyStore
from xlsaddin.exchange.seal.sealing import SealState, seal_workbook, verify_workbook
from xlsaddin.register.register import Register

DAY = date(2026, 9, 1)
GIVEN = {
    "name": "SAEKI Mariko",
    "role": "Co-PI",
    "education": [{"since": "2005/4", "until": "2010/3", "school": "EDUCATIONMARK", "school_full": "Tohoku",
                   "country": "JP", "degree": "博士"}],
    "misconduct": [{"decided_on": "2025/1", "decided_by": "MISCONDUCTMARK"}],
    "residency": "あり",
    "res_annual_income": 7654321,
    "funder_items": [{"asked": "FUNDERMARK", "answer": "x"}],
}  # fmt: skip
MARKS = {"EDUCATIONMARK": "education", "MISCONDUCTMARK": "misconduct", "7654321": "income", "FUNDERMARK": "funder"}


def form(folder: Path, **change: object) -> Path:
    columns = {column.key for column in load_checklist("researcher").item("misconduct").columns}
    text = next(key for key in columns if "by" in key or "body" in key or "reason" in key)
    rows = [{text: "MISCONDUCTMARK"}]
    return write_form(folder / "form.xlsx", {**GIVEN, "misconduct": rows, **change}, subject_id="P-001")


def marks_in(path: Path) -> set[str]:
    with zipfile.ZipFile(path) as package:
        text = html.unescape("".join(package.read(name).decode("utf-8", "replace") for name in package.namelist()))
    return {name for mark, name in MARKS.items() if mark in text}


@pytest.mark.parametrize(
    ("recipient", "grounds", "seen"),
    [
        ("research_office", Grounds(), {"education", "income", "funder"}),
        ("research_office", Grounds(officer=True), {"education", "misconduct", "income", "funder"}),
        ("export_control", Grounds(), {"education", "income"}),
        ("joint_institution", Grounds(), {"education"}),
        ("funder", Grounds(asked=True), {"education", "misconduct", "funder"}),
    ],
)
def test_a_recipient_gets_what_the_table_grants(
    tmp_path: Path, home: Path, recipient: str, grounds: Grounds, seen: set[str]
) -> None:
    source = form(tmp_path)
    assert marks_in(source) == set(MARKS.values())
    release_copy(source, tmp_path / "copy.xlsx", load_audience(), recipient, grounds, DAY)
    assert marks_in(tmp_path / "copy.xlsx") == seen
    assert read_version(tmp_path / "copy.xlsx").held("name", "").text == "SAEKI Mariko"


@pytest.mark.parametrize(
    ("recipient", "change"),
    [("pi", {}), ("department", {}), ("legal", {}), ("funder", {}), ("joint_institution", {"role": "研究参画者"})],
)
def test_who_may_see_nothing_gets_no_copy(tmp_path: Path, home: Path, recipient: str, change: dict[str, str]) -> None:
    with pytest.raises(XlsAddinError) as refused:
        release_copy(form(tmp_path, **change), tmp_path / "copy.xlsx", load_audience(), recipient, Grounds(), DAY)
    assert refused.value.code == "RS-RELEASE-003"
    assert not (tmp_path / "copy.xlsx").exists()


def test_an_office_edition_is_not_released(tmp_path: Path, home: Path) -> None:
    Session(DAY).check(form(tmp_path), tmp_path / "form.reviewed.xlsx")
    with pytest.raises(XlsAddinError) as refused:
        release_copy(
            tmp_path / "form.reviewed.xlsx", tmp_path / "c.xlsx", load_audience(), "funder", Grounds(asked=True), DAY
        )
    assert refused.value.code == "RS-RELEASE-001"


def test_every_item_of_the_declaration_that_is_sensitive_is_in_a_group() -> None:
    grouped = {item for group in load_audience().groups.values() for item in group}
    checklist = load_checklist("researcher", load_profile("wide"))
    numbered = {item.key for item in checklist.items if item.number or item.confidential or item.key.startswith("res_")}
    assert numbered <= grouped
    assert grouped <= {item.key for item in checklist.items}


def test_a_seal_holds_in_a_redacted_copy_and_names_a_later_change(tmp_path: Path, home: Path) -> None:
    from tests.exchange.forms import edit_form

    keys, register = KeyStore(), Register.open()
    keys.create("みどり大学", "2026-08-01")
    seal_workbook(form(tmp_path), tmp_path / "sealed.xlsx", keys, register, datetime.now(UTC))
    done = release_copy(
        tmp_path / "sealed.xlsx", tmp_path / "copy.xlsx", load_audience(), "joint_institution", Grounds(), DAY
    )
    assert done.sealed
    assert "misconduct" in done.withheld
    verdict = verify_workbook(tmp_path / "copy.xlsx", keys, register)
    assert verdict.state is SealState.VALID, verdict.changes
    touched = edit_form(tmp_path / "copy.xlsx", tmp_path / "t.xlsx", {"name": "Somebody Else"})
    changed = verify_workbook(touched, keys, register)
    assert [change.address for change in changed.changes] == ["a_name"]
