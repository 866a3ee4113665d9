"""Issue 4, privacy: the log names nobody; nothing lies in the machine's temp folder, not even for a moment."""

from __future__ import annotations

import logging
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import keyring
import pytest
from typer.testing import CliRunner

from tests.exchange.forms import edit_form
from tests.exchange.rosters import DAY, SAEKI, read_roster, terms, write_roster
from xlsaddin import log
from xlsaddin.cli import exits
from xlsaddin.cli.app import app
from xlsaddin.exchange.inbox.collecting import Desk, collect
from xlsaddin.exchange.outbox.delivery import Delivery
from xlsaddin.exchange.outbox.distributing import distribute
from xlsaddin.exchange.protection.encryption import encrypt_workbook, is_encrypted
from xlsaddin.exchange.protection.passphrases import read_passphrases
from xlsaddin.exchange.returning.returning import return_form
from xlsaddin.exchange.routing.sending import Order, send_on
from xlsaddin.exchange.seal.keys import KeyStore
from xlsaddin.register.register import Register

AT = datetime(2026, 9, 5, 10, 0, tzinfo=UTC)
NAMES = ("SAEKI", "Mariko", "佐伯", "真理子", "saeki@", "秘密の学校")
ANSWER = {"name_ja": "佐伯 真理子"}
SCHOOL = {"school": "秘密の学校"}


class Office:
    """Folders of one office that has handed out one encrypted form and got it back, encrypted again."""

    def __init__(self, folder: Path) -> None:
        self.outbox, self.inbox, self.out = folder / "outbox", folder / "inbox", folder / "collected"
        self.desk = folder / "desk"
        self.roster_file = write_roster(folder / "roster.xlsx", [{**SAEKI, "case_numbers": "C-03"}])
        KeyStore().create("みどり大学 研究推進課", "2026-08-01")

    def run(self, *steps: str) -> None:
        for step in steps:
            getattr(self, step)()

    def hand_out(self) -> None:
        self.entry = distribute(read_roster(self.roster_file, DAY), self.outbox, terms(Delivery.ENCRYPT)).entries[0]

    def answer(self) -> None:
        (phrase,) = read_passphrases(self.outbox).values()
        filled = edit_form(
            self.outbox / self.entry.file, self.inbox / "plain.xlsx", ANSWER, None, {"education": [SCHOOL]}
        )
        (self.inbox / "P-001.xlsx").write_bytes(encrypt_workbook(filled.read_bytes(), phrase))
        filled.unlink()

    def take_in(self) -> None:
        (piece,) = collect(self.inbox, self.out, Desk((self.outbox,))).pieces
        assert piece.state.value == "accepted"

    def send_back(self) -> None:
        (accepted,) = (self.out / "accepted").iterdir()
        roster = read_roster(self.roster_file, DAY)
        assert return_form(accepted, self.outbox, roster, DAY, how=Delivery.ENCRYPT).entry is not None

    def pass_on(self) -> None:
        (accepted,) = (self.out / "accepted").iterdir()
        order = Order("researcher", "佐伯", passphrase="correct horse")
        send_on(accepted, self.desk, order, keys=KeyStore(), register=Register.open(), at=AT)


STEPS = ("hand_out", "answer", "take_in", "send_back", "pass_on")


@pytest.fixture
def office(tmp_path: Path, home: Path) -> Office:
    return Office(tmp_path)


def test_nothing_lies_in_the_temp_folder_of_the_machine(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temp = tmp_path / "temp-of-the-machine"
    temp.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temp))
    keyring.get_keyring()  # looks for system libraries when first asked, with empty files in the temp folder
    made = watch_temporary_files()
    office.run(*STEPS)
    assert [path for path in made() if temp in path.parents] == [], "not even for a moment"
    assert list(temp.iterdir()) == []


def test_what_leaves_encrypted_leaves_no_open_copy_behind(office: Office, tmp_path: Path) -> None:
    office.run(*STEPS)
    assert [path for path in tmp_path.rglob(".*") if not path.name.endswith(".lock")] == []
    leaving = [*(office.outbox / "encrypted").iterdir(), *office.desk.glob("*.xlsx")]
    assert len(leaving) == 3
    assert all(is_encrypted(path.read_bytes()) for path in leaving)


def test_logs_hold_ids_and_no_names(office: Office, home: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    office.run(*STEPS)
    fail(lambda: int("佐伯 真理子 saeki@midori-u.example.jp"))
    run = CliRunner().invoke
    (accepted,) = (office.out / "accepted").iterdir()
    run(app, ["seal", str(accepted), "--out", str(office.desk / "s.xlsx")])
    run(app, ["verify", str(office.desk / "s.xlsx")])
    run(app, ["collect", str(office.inbox), "--out", str(office.out), "--outbox", str(office.outbox)])
    texts = [
        path.read_text(encoding="utf-8", errors="replace") for path in (home / "logs").rglob("*") if path.is_file()
    ]
    assert "ValueError" in "".join(texts), "the failure is in the log"
    for text in (*texts, caplog.text):
        assert not any(name in text for name in NAMES)


def fail(work: Callable[[], object]) -> None:
    """Do what goes wrong unexpectedly, with a person's data in the text of its error, at the edge of a command."""
    assert exits.run(work) == exits.INCONCLUSIVE
    assert log.read_log(1)


_made: list[Path] = []
_watching: list[bool] = []


def watch_temporary_files() -> Callable[[], list[Path]]:
    """Note every temporary file and folder made from now on; return a look at them."""
    if not _watching:  # an audit hook stays for good
        _watching.append(True)
        sys.addaudithook(lambda event, args: _made.append(Path(args[0])) if event in _EVENTS else None)
    _made.clear()
    return lambda: list(_made)


_EVENTS = ("tempfile.mkstemp", "tempfile.mkdtemp")
