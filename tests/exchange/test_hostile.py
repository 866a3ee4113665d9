"""Issue 4, hostile input: whatever a received workbook carries beside answers is reported, and travels no further."""

from __future__ import annotations

import html
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.exchange.forms import edit_form
from tests.exchange.rosters import DAY, SAEKI, roster_of, terms
from tests.workbook_read.packages import Parts, rewrite
from tests.workbook_read.test_hostile import add_name, add_part, add_sheet, external_link
from xlsaddin.batch.session import Session
from xlsaddin.errors import WorkbookError
from xlsaddin.exchange.difference.version import answers_digest, read_version
from xlsaddin.exchange.inbox.collecting import Collection, Desk, collect
from xlsaddin.exchange.outbox.distributing import distribute
from xlsaddin.exchange.returning.returning import return_form
from xlsaddin.exchange.roster import Roster
from xlsaddin.exchange.routing.sending import Order, send_on
from xlsaddin.exchange.seal.keys import KeyStore
from xlsaddin.register.register import Register
from xlsaddin.workbook.read.book import read_workbook

Change = Callable[[Parts], None]
AT = datetime(2026, 9, 5, 10, 0, tzinfo=UTC)
NOISE = bytes(range(256)) * 24_000

ACTIVE: dict[str, Change] = {
    "configuration sheet": add_sheet("xlwings.conf"),
    "python sheet": add_sheet("main.py"),
    "embedded object": add_part("xl/embeddings/oleObject1.bin", b"MARKED"),
    "control": add_part("xl/activeX/activeX1.bin", b"MARKED"),
    "connection": add_part("xl/connections.xml", b"<MARKED/>"),
    "name that runs": add_name('<definedName name="Auto_Open">表紙!$A$1</definedName>'),
    "link that starts a program": external_link('<ddeLink ddeService="cmd" ddeTopic="/c MARKED"/>'),
    "macros": add_part("xl/vbaProject.bin", b"MARKED", "vbaProject"),
}
PASSIVE: dict[str, Change] = {
    "link to another book": external_link('<externalBook><sheetNames><sheetName val="MARKED"/></sheetNames>'
                                          "</externalBook>"),
    "hidden sheet": add_sheet("MARKED", "hidden"),
    "very hidden sheet": add_sheet("MARKED", "veryHidden"),
    "very hidden name": add_name('<definedName name="MARKED" hidden="1">表紙!$A$1</definedName>'),
    "large picture": add_part("xl/media/MARKED.png", NOISE),
}  # fmt: skip


class Office:
    """One person's form handed out, filled in, and come back with something beside the answers."""

    def __init__(self, folder: Path) -> None:
        self.outbox, self.inbox, self.out = folder / "outbox", folder / "inbox", folder / "collected"
        self.roster: Roster = roster_of(folder, [{**SAEKI, "case_numbers": "C-03"}])
        self.sent = self.outbox / distribute(self.roster, self.outbox, terms()).entries[0].file

    def receive(self, change: Change, **singles: object) -> Path:
        path = edit_form(self.sent, self.inbox / "answer.xlsx", {"name_ja": "=cmd|'/c calc'!A0", **singles})
        return rewrite(path, change)

    def collect(self) -> Collection:
        return collect(self.inbox, self.out, Desk((self.outbox,)))


@pytest.fixture
def office(tmp_path: Path, home: Path) -> Office:
    KeyStore().create("みどり大学 研究推進課", "2026-08-01")
    return Office(tmp_path)


def carries(path: Path) -> bool:
    with zipfile.ZipFile(path) as package:
        parts = (html.unescape(package.read(name).decode("utf-8", "replace")) for name in package.namelist())
        return "MARKED" in "".join((*package.namelist(), *parts))


@pytest.mark.parametrize("kind", ACTIVE)
def test_what_could_run_is_named_and_no_copy_of_it_is_kept(office: Office, kind: str) -> None:
    received = office.receive(ACTIVE[kind])
    before = received.read_bytes()
    (piece,) = office.collect().pieces
    assert piece.state.value == "unreadable"
    assert piece.reason[0]
    assert list(office.out.rglob("*.xlsx")) == []
    assert received.read_bytes() == before


@pytest.mark.parametrize("kind", PASSIVE)
def test_what_is_carried_beside_answers_is_reported_and_goes_no_further(
    office: Office, kind: str, tmp_path: Path
) -> None:
    received = office.receive(PASSIVE[kind])
    collection = office.collect()
    (piece,) = collection.pieces
    assert piece.state.value == "accepted"
    codes = [note.code for note in piece.received.found.notes]
    assert (codes[0].startswith("RS-HOSTILE"), codes[-1]) == (True, "RS-COLLECT-025")
    (accepted,) = (office.out / "accepted").iterdir()
    assert carries(received)
    assert not carries(accepted)
    assert answers_digest(read_version(accepted)) == answers_digest(read_version(received))
    assert read_version(accepted).held("name_ja", "").text == "=cmd|'/c calc'!A0"
    before = accepted.read_bytes()
    office.collect()
    assert accepted.read_bytes() == before, "a second run changes nothing"

    returned = return_form(received, office.outbox, office.roster, DAY)
    assert returned.entry is not None
    assert not carries(office.outbox / returned.entry.file)

    order = Order("researcher", "佐伯")
    done = send_on(received, tmp_path / "desk", order, keys=KeyStore(), register=Register.open(), at=AT)
    assert not carries(done.workbook)


def test_an_office_edition_that_carries_something_is_not_sent_on(office: Office, tmp_path: Path) -> None:
    received = office.receive(PASSIVE["link to another book"])
    reviewed = tmp_path / "answer.reviewed.xlsx"
    Session(DAY).check(received, reviewed)
    order = Order("research_office", "佐藤")
    with pytest.raises(WorkbookError) as refused:
        send_on(reviewed, tmp_path / "desk", order, keys=KeyStore(), register=Register.open(), at=AT)
    assert refused.value.code == "RS-RELEASE-004"
    assert list((tmp_path / "desk").glob("*.xlsx")) == []


def test_text_that_looks_like_a_formula_stays_text_all_the_way(office: Office, tmp_path: Path) -> None:
    received = office.receive(lambda parts: None, name_kana="@SUM(1)")
    office.collect()
    (accepted,) = (office.out / "accepted").iterdir()
    order = Order("researcher", "=1+1", remark="+1")
    done = send_on(accepted, tmp_path / "desk", order, keys=KeyStore(), register=Register.open(), at=AT)
    held = read_version(done.workbook)
    assert held.held("name_ja", "").text == "=cmd|'/c calc'!A0"
    with zipfile.ZipFile(done.workbook) as package:
        formulas = [package.read(name) for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
    assert not any(b"<f>cmd" in text or b"<f>SUM(1)</f>" in text or b"<f>1+1" in text for text in formulas)
    assert [f for f in read_workbook(done.workbook).findings if f.code.startswith("RS-HOSTILE")] == []
    assert received.exists()
