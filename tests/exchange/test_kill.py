"""Killed at any moment, a run is run again: nothing is lost, nothing half written, no mail leaves twice by itself."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.exchange.conftest import PostOffice
from tests.exchange.forms import edit_form, write_form
from tests.exchange.rosters import person, roster_of, terms
from tests.exchange.test_mail import outbox_of
from xlsaddin.exchange.inbox.collecting import Desk, collect
from xlsaddin.exchange.mail.draft import read_message
from xlsaddin.exchange.mail.journal import Journal, Sending
from xlsaddin.exchange.mail.smtp import Server, send_outbox
from xlsaddin.exchange.outbox.distributing import distribute
from xlsaddin.exchange.outbox.manifest import read_manifest
from xlsaddin.exchange.routing.sending import Order, SentOn, send_on
from xlsaddin.exchange.seal.keys import KeyStore
from xlsaddin.exchange.seal.sealing import SealState, verify_workbook
from xlsaddin.register.register import Register
from xlsaddin.workbook.read.book import read_workbook

PEOPLE = 3
AT = datetime(2026, 9, 5, 10, 0, tzinfo=UTC)


def run_killed(work: Callable[[], object], after: float) -> bool:
    """Do a piece of work in a process of its own and kill it; return whether it was still at work."""
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)  # neither the test's own clean-up nor its report belongs to the child
    time.sleep(after)
    done, _ = os.waitpid(child, os.WNOHANG)
    if done:
        return False
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def kill_often(work: Callable[[Path], object], folder: Path, kills: int, longest: float, seed: int) -> Iterator[Path]:
    """Yield each folder a series of killed runs worked in; a run that finishes begins another series."""
    killed, series, chance = 0, 1, random.Random(seed)
    for _ in range(kills * 30):  # resumed work ends soon, so that many kills come too late
        out = folder / f"series-{series}"
        if run_killed(lambda out=out: work(out), chance.uniform(0, longest)):  # type: ignore[misc]
            killed += 1
            whole(out)
        else:
            yield out
            series += 1
        if killed == kills:
            yield out
            return
    pytest.fail(f"only {killed} kills hit work")


def whole(folder: Path) -> dict[str, str]:
    """Every workbook of a folder by the digest of its content; one that is not whole cannot be read."""
    found = {}
    for path in sorted(folder.rglob("*.xlsx")):
        if not any(part.startswith(".") for part in path.relative_to(folder).parts):
            read_workbook(path)
            found[path.relative_to(folder).as_posix()] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def leftovers(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob(".*") if path.is_file() and not path.name.endswith(".lock")]


def test_distribute_killed_ends_as_if_never_stopped(tmp_path: Path, home: Path) -> None:
    roster = roster_of(tmp_path, [person(number) for number in range(1, PEOPLE + 1)])
    how = terms(form="integrity")
    expected = distribute(roster, tmp_path / "undisturbed", how)
    for out in kill_often(lambda out: distribute(roster, out, how), tmp_path, 15, 0.6, seed=1):
        assert distribute(roster, out, how).entries == expected.entries
        assert whole(out) == whole(tmp_path / "undisturbed")
        assert read_manifest(out) == read_manifest(tmp_path / "undisturbed")
        records = Journal(out).records()
        assert [record.state for record in records] == [Sending.DRAFT] * PEOPLE
        assert all(read_message(out / record.file)["To"] for record in records)
        assert leftovers(out) == []


def test_collect_killed_loses_nothing(tmp_path: Path, home: Path) -> None:
    outbox, inbox = tmp_path / "outbox", tmp_path / "inbox"
    roster = roster_of(tmp_path, [person(number) for number in range(1, PEOPLE + 1)])
    for entry in distribute(roster, outbox, terms(form="integrity")).entries:
        edit_form(outbox / entry.file, inbox / f"{entry.subject_id}.xlsx", {"department": f"学部 {entry.subject_id}"})
    edit_form(inbox / "P-001.xlsx", inbox / "again.xlsx", {"name_ja": "甲"})
    (inbox / "note.txt").write_text("…", encoding="utf-8")
    before = {path: path.read_bytes() for path in inbox.iterdir()}
    desk = Desk((outbox,))
    expected = collect(inbox, tmp_path / "undisturbed", desk)
    for out in kill_often(lambda out: collect(inbox, out, desk), tmp_path, 15, 0.6, seed=2):
        done = collect(inbox, out, desk)
        states = [(piece.received.origin, piece.state, piece.code) for piece in done.pieces]
        assert states == [(piece.received.origin, piece.state, piece.code) for piece in expected.pieces]
        assert whole(out) == whole(tmp_path / "undisturbed")
        assert leftovers(out) == []
    assert {path: path.read_bytes() for path in inbox.iterdir()} == before


def test_send_killed_sends_no_mail_twice(tmp_path: Path, home: Path, server: Server, post_office: PostOffice) -> None:
    count, killed, unsure = 200, 0, 0
    outbox = outbox_of(tmp_path / "outbox", count)
    slow = replace(server, per_minute=2_000)  # a mail every 30 ms, so that kills fall everywhere between two mails
    chance = random.Random(3)
    for _ in range(20):
        hit = run_killed(lambda: send_outbox(outbox, slow), chance.uniform(0.02, 0.25))
        killed += hit
        now = sum(r.state in (Sending.UNKNOWN, Sending.IN_FLIGHT) for r in Journal(outbox).records())
        assert now - unsure <= hit, "at most one a kill"
        unsure = now
    assert killed == 20, "the kills must hit work, or the test shows nothing"
    send_outbox(outbox, server)
    received = Counter(str(message["Message-ID"]) for message in post_office.received)
    assert max(received.values()) == 1, "no mail arrived twice"
    states = Counter(record.state for record in Journal(outbox).records())
    assert states[Sending.SENT] + states[Sending.UNKNOWN] == count
    assert states[Sending.SENT] <= len(received) <= count
    again = send_outbox(outbox, server)
    assert again.sent == (), "what is unknown waits for a person"
    assert len(again.unknown) == states[Sending.UNKNOWN] <= killed


def test_sending_on_killed_leaves_all_of_it_or_nothing(tmp_path: Path, home: Path) -> None:
    KeyStore().create("みどり大学 研究推進課", "2026-08-01")
    form = write_form(tmp_path / "form.xlsx", {"name": "SAEKI Mariko"}, "integrity", subject_id="P-001")
    register, order = Register.open(), Order("researcher", "佐伯")

    def work(out: Path) -> SentOn:
        return send_on(form, out, order, keys=KeyStore(), register=register, at=AT)

    for out in kill_often(work, tmp_path, 10, 0.4, seed=4):
        done = work(out)
        assert verify_workbook(done.workbook, KeyStore()).state is SealState.VALID
        assert {path.name for path in out.iterdir() if path.suffix in (".xlsx", ".eml")} == {
            done.workbook.name,
            done.draft.name,
        }
        assert [path.name for path in out.glob(".*") if not path.name.endswith(".lock")] == []
