"""A seal says who, what and when, names the cell that changed, and trusts nothing that comes with the file."""

from __future__ import annotations

import json
import zipfile
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.exchange.forms import edit_form, write_form
from xlsaddin.batch.session import Session
from xlsaddin.cli.app import app
from xlsaddin.errors import XlsAddinError
from xlsaddin.exchange.seal.contents import Content
from xlsaddin.exchange.seal.embedding import read_signature
from xlsaddin.exchange.seal.keys import KeyStore
from xlsaddin.exchange.seal.manifest import make_manifest
from xlsaddin.exchange.seal.sealing import SealState, Verdict, seal_workbook, verify_workbook
from xlsaddin.libreoffice.office import Office
from xlsaddin.register.register import Register
from xlsaddin.workbook.opening import open_package

NOW = datetime(2026, 9, 1, 10, 0, tzinfo=timezone(timedelta(hours=9)))
TOHOKU = {"since": "2005/4", "until": "2010/3", "school": "東北大学", "school_full": "Tohoku University",
          "country": "日本", "degree": "博士"}  # fmt: skip
GIVEN = {"name": "SAEKI Mariko", "role": "PI", "email": "a@example.jp", "name_single": "☑", "education": [TOHOKU]}


@pytest.fixture
def keys(home: Path) -> KeyStore:
    store = KeyStore()
    store.create("みどり大学 研究推進課", "2026-08-01")
    return store


@pytest.fixture
def register(home: Path) -> Register:
    return Register.open()


@pytest.fixture
def plain(tmp_path: Path, home: Path) -> Path:
    return write_form(tmp_path / "form.xlsx", GIVEN, subject_id="P-001", case_id="C-03")


@pytest.fixture
def sealed(plain: Path, tmp_path: Path, keys: KeyStore, register: Register) -> Path:
    seal_workbook(plain, tmp_path / "sealed.xlsx", keys, register, NOW)
    return tmp_path / "sealed.xlsx"


def changed_cells(verdict: Verdict) -> list[tuple[str, str]]:
    return [(change.kind, change.place) for change in verdict.changes]


def test_an_untouched_workbook_says_who_sealed_it_and_when(sealed: Path, keys: KeyStore, register: Register) -> None:
    verdict = verify_workbook(sealed, keys, register)
    assert verdict.state is SealState.VALID, verdict.changes
    assert (verdict.owner, verdict.sealed_at) == ("みどり大学 研究推進課", "2026-09-01T10:00:00+09:00")
    assert verdict.facts["subject_id"] == "P-001"
    assert len(read_signature(open_package(sealed))) <= 255


def test_the_cell_that_changed_is_named(sealed: Path, tmp_path: Path, keys: KeyStore, register: Register) -> None:
    touched = edit_form(sealed, tmp_path / "t.xlsx", {"email": "b@example.jp"}, {("education", 1): {"degree": "修士"}})
    verdict = verify_workbook(touched, keys, register)
    assert verdict.state is SealState.CHANGED
    assert [kind for kind, _ in changed_cells(verdict)] == ["changed", "changed"]
    assert {place.partition("!")[0] for _, place in changed_cells(verdict)} == {"表紙", "学歴"}


def test_a_save_in_calc_does_not_break_the_seal(
    sealed: Path, tmp_path: Path, keys: KeyStore, register: Register, office: Office
) -> None:
    saved = office.recalculate(sealed, tmp_path / "calc.xlsx")
    verdict = verify_workbook(saved, keys, register)
    assert verdict.state is SealState.VALID, verdict.changes


def test_a_change_made_in_calc_is_named(
    sealed: Path, tmp_path: Path, keys: KeyStore, register: Register, office: Office
) -> None:
    with office.open(sealed) as document:
        document.set_cells({"a_email": "b@example.jp"})
        document.calculate()
        saved = document.save_as(tmp_path / "calc.xlsx", "xlsx")
    verdict = verify_workbook(saved, keys, register)
    assert verdict.state is SealState.CHANGED
    assert [(change.address, change.kind) for change in verdict.changes] == [("a_email", "changed")]


def test_only_keys_of_the_store_are_trusted(
    sealed: Path, tmp_path: Path, keys: KeyStore, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XLSADDIN_HOME", str(tmp_path / "elsewhere"))
    elsewhere = KeyStore()
    assert verify_workbook(sealed, elsewhere, None).state is SealState.UNTRUSTED
    elsewhere.trust(keys.keys()[0].line)
    assert verify_workbook(sealed, elsewhere, None).state is SealState.VALID


def test_removed_differs_from_never_sealed(
    sealed: Path, plain: Path, tmp_path: Path, keys: KeyStore, register: Register
) -> None:
    other = write_form(tmp_path / "other.xlsx", GIVEN, subject_id="P-002", case_id="C-03")
    assert verify_workbook(other, keys, register).state is SealState.NEVER
    assert verify_workbook(plain, keys, register).state is SealState.REMOVED


def test_a_seal_of_another_workbook_does_not_fit(
    sealed: Path, tmp_path: Path, keys: KeyStore, register: Register
) -> None:
    other = write_form(tmp_path / "other.xlsx", {**GIVEN, "email": "x@example.jp"}, subject_id="P-002")
    seal_workbook(other, tmp_path / "second.xlsx", keys, register, NOW)
    with zipfile.ZipFile(sealed) as first, zipfile.ZipFile(tmp_path / "second.xlsx") as second:
        parts = {name: first.read(name) for name in first.namelist()}
        parts["docProps/custom.xml"] = second.read("docProps/custom.xml")
    mixed = tmp_path / "mixed.xlsx"
    with zipfile.ZipFile(mixed, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    assert verify_workbook(mixed, keys, register).state is SealState.BROKEN


def test_a_reviewed_workbook_is_sealed_with_its_results_and_the_lists(
    plain: Path, tmp_path: Path, keys: KeyStore, register: Register
) -> None:
    reviewed = tmp_path / "form.reviewed.xlsx"
    Session(NOW.date()).check(plain, reviewed)
    manifest = seal_workbook(reviewed, tmp_path / "sealed.xlsx", keys, register, NOW)
    addresses = {line.address for line in manifest.lines}
    assert "r_level" in addresses
    assert manifest.facts["lists"]
    assert verify_workbook(tmp_path / "sealed.xlsx", keys, register).state is SealState.VALID


def test_redaction_drops_salts_and_keeps_the_signature(keys: KeyStore) -> None:
    manifest = make_manifest({"a_name": Content("SAEKI", "表紙!E5"), "a_role": Content("PI", "表紙!E6")}, {}, NOW)
    signature = manifest.sign(keys)
    redacted = manifest.redact(frozenset({"a_name"}))
    assert {line.address: bool(line.salt) for line in redacted.lines} == {"a_name": False, "a_role": True}
    assert redacted.root == manifest.root
    assert redacted.sign(keys) == signature
    assert redacted.compare({"a_role": Content("PI", "表紙!E6")}) == ()
    assert not redacted.lines[0].fits("SAEKI"), "without its salt a content cannot be guessed from its digest"


def test_without_a_key_nothing_is_sealed(plain: Path, tmp_path: Path, register: Register) -> None:
    with pytest.raises(XlsAddinError) as refused:
        seal_workbook(plain, tmp_path / "s.xlsx", KeyStore(), register, NOW)
    assert refused.value.code == "RS-SEAL-002"
    assert not (tmp_path / "s.xlsx").exists()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_the_newest_key_signs_and_earlier_seals_stay_good(
    sealed: Path, plain: Path, tmp_path: Path, keys: KeyStore, register: Register
) -> None:
    newest = keys.create("みどり大学 研究推進課", "2026-09-01")
    seal_workbook(plain, tmp_path / "later.xlsx", keys, register, NOW)
    assert verify_workbook(tmp_path / "later.xlsx", keys, register).key_id == newest.id
    assert verify_workbook(sealed, keys, register).state is SealState.VALID


def test_the_commands_make_keys_seal_and_name_the_changed_cell(plain: Path, tmp_path: Path, home: Path) -> None:
    run = CliRunner().invoke
    assert run(app, ["keys", "create", "みどり大学"]).exit_code == 0
    line = run(app, ["keys", "export"]).stdout.strip()
    assert run(app, ["keys", "trust", line]).exit_code == 0
    assert "みどり大学" in run(app, ["keys", "list"]).stdout
    sealed = tmp_path / "form.sealed.xlsx"
    assert run(app, ["seal", str(plain)]).exit_code == 0
    assert run(app, ["verify", str(sealed)]).exit_code == 0
    touched = edit_form(sealed, tmp_path / "t.xlsx", {"email": "b@example.jp"})
    result = run(app, ["verify", str(touched), "--json"])
    assert result.exit_code == 1
    told = json.loads(result.stdout)
    assert told["state"] == "changed"
    assert [change["address"] for change in told["changes"]] == ["a_email"]


def test_looking_at_a_seal_makes_no_register(plain: Path, home: Path) -> None:
    result = CliRunner().invoke(app, ["verify", str(plain), "--json"])
    assert json.loads(result.stdout)["state"] == "never"
    assert not (home / "register.sqlite").exists()
