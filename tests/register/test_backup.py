"""A backup is proved whole, comes back as it was, and brings nobody back who was erased."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select, update

from tests.register.conftest import Desk
from tests.register.test_erasure import MARK, everything, filled
from tests.scenarios.people import nobody
from xlsaddin.register.opening import RegisterError, open_engine, writing
from xlsaddin.register.register import Register
from xlsaddin.register.tables import AuditEntry, Base


def rows(register: Register) -> dict[str, list[tuple[object, ...]]]:
    with register.looking() as session:
        return {
            table.name: sorted((tuple(row) for row in session.execute(select(table))), key=repr)
            for table in Base.metadata.sorted_tables
            if table.name != "audit"
        }


def test_a_backup_comes_back_as_it_was(register: Register, desk: Desk, tmp_path: Path) -> None:
    filled(register, desk)
    before = rows(register)
    backup = register.back_up(tmp_path / "backup.sqlite")
    desk.submit(register, nobody(email="later@midori.example"), subject="P-099")
    restored = register.restore(backup.path)
    assert rows(register) == before
    assert (restored.head, restored.erased_again) == (backup.head, ())
    assert register.verify(backup.head).whole
    desk.submit(register, nobody(email="later@midori.example"), subject="P-099")  # numbering goes on
    assert register.verify().whole


def test_a_backup_goes_from_one_database_to_the_other(register: Register, desk: Desk, tmp_path: Path) -> None:
    filled(register, desk)
    before = rows(register)
    backup = register.back_up(tmp_path / "backup.sqlite")
    with Register.open(f"sqlite:///{tmp_path / 'other.sqlite'}") as other:
        other.restore(backup.path)
        assert rows(other) == before
        assert other.verify(backup.head).whole


def test_nobody_is_brought_back(register: Register, desk: Desk, tmp_path: Path) -> None:
    filled(register, desk)
    backup = register.back_up(tmp_path / "backup.sqlite")
    register.erase("P-001", "request")
    restored = register.restore(backup.path)
    assert restored.erased_again == ("P-001",)
    assert MARK not in everything(register)
    assert register.verify().whole


def test_a_noted_chain_value_shows_what_was_cut_off(register: Register, desk: Desk, tmp_path: Path) -> None:
    filled(register, desk)
    backup = register.back_up(tmp_path / "backup.sqlite")
    desk.submit(register, nobody(email="later@midori.example"), subject="P-099")
    noted = register.verify().head
    register.restore(backup.path)
    assert not register.verify(noted).whole
    with register.looking() as session:
        line = session.scalars(select(AuditEntry).where(AuditEntry.action == "register.restore")).one()
    assert line.payload is not None
    assert noted in line.payload


@pytest.mark.parametrize("damage", ["not a database", "cut off", "another program's", "missing"])
def test_a_damaged_backup_changes_nothing(local: Register, desk: Desk, tmp_path: Path, damage: str) -> None:
    filled(local, desk)
    path = tmp_path / "backup.sqlite"
    local.back_up(path)
    content = path.read_bytes()
    if damage == "another program's":
        path.unlink()
        with closing(sqlite3.connect(path)) as other:
            other.execute("create table x (y)")
    elif damage == "missing":
        path.unlink()
    else:
        path.write_bytes(b"hello" * 1000 if damage == "not a database" else content[: len(content) // 2])
    before = rows(local)
    with pytest.raises(RegisterError) as refused:
        local.restore(path)
    assert refused.value.code == "RS-REG-018"
    assert rows(local) == before


def test_a_broken_log_is_not_backed_up_as_if_it_were_whole(local: Register, desk: Desk, tmp_path: Path) -> None:
    filled(local, desk)
    with writing(local.engine) as session:
        session.execute(update(AuditEntry).where(AuditEntry.number == 2).values(actor="somebody else"))
    with pytest.raises(RegisterError) as refused:
        local.back_up(tmp_path / "backup.sqlite")
    assert refused.value.code == "RS-REG-019"
    assert not (tmp_path / "backup.sqlite").exists()
    assert local.verify().broken_at == 2


def test_register_and_backup_are_for_one_user_alone(local: Register, desk: Desk, tmp_path: Path) -> None:
    filled(local, desk)
    local.back_up(tmp_path / "backup.sqlite")
    modes = {path.name: path.stat().st_mode & 0o077 for path in tmp_path.glob("*.sqlite*")}
    assert set(modes.values()) == {0}, modes


def test_a_network_folder_is_refused_with_a_way_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xlsaddin.register.opening._file_system", lambda _: "cifs")
    with pytest.raises(RegisterError) as refused:
        open_engine(f"sqlite:///{tmp_path / 'r.sqlite'}")
    assert refused.value.code == "RS-REG-003"
    assert "PostgreSQL" in refused.value.ja


def test_the_day_of_a_backup_is_in_the_log(local: Register, tmp_path: Path) -> None:
    local.record_case("C-01", deadline=date(2026, 9, 18))
    local.back_up(tmp_path / "b.sqlite")
    with local.looking() as session:
        last = session.scalars(select(AuditEntry).order_by(AuditEntry.number.desc())).first()
    assert last is not None
    assert (last.action, last.target) == ("register.backup", "b.sqlite")
