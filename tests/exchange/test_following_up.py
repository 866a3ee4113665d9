"""Reminders go only to those missing, on their days, once; who answered gets a receipt."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from tests.exchange.forms import edit_form
from tests.exchange.rosters import person, roster_of, terms
from xlsaddin.errors import XlsAddinError
from xlsaddin.exchange.inbox.collecting import Desk, collect
from xlsaddin.exchange.mail.draft import read_message
from xlsaddin.exchange.mail.journal import Journal, Sending
from xlsaddin.exchange.outbox.distributing import distribute
from xlsaddin.exchange.outbox.following_up import draft_follow_ups

DEADLINE = date(2026, 9, 11)


@pytest.mark.parametrize("days", [7, 3, 1])
def test_reminders_reach_those_missing_and_receipts_those_who_answered(tmp_path: Path, home: Path, days: int) -> None:
    outbox, collected = tmp_path / "outbox", tmp_path / "collected"
    roster = roster_of(tmp_path, [person(number) for number in (1, 2, 3)])
    entries = distribute(roster, outbox, terms(form="integrity")).entries
    for entry in entries[:2]:
        Journal(outbox).mark(entry.mail, Sending.SENT)
    edit_form(outbox / entries[0].file, tmp_path / "inbox" / "a.xlsx", {"department": "工学部"})
    collect(tmp_path / "inbox", collected, Desk((outbox,)))
    day = date.fromordinal(DEADLINE.toordinal() - days)
    made = draft_follow_ups(roster, outbox, collected, day)
    reminders = [key for key in made if "reminder" in key]
    assert reminders == [f"P-002/integrity/reminder-{days}"], "P-003 was never asked, P-001 has answered"
    assert len([key for key in made if key.startswith("P-001/integrity/receipt-")]) == 1
    assert draft_follow_ups(roster, outbox, collected, day) == ()
    message = read_message(outbox / "drafts" / f"P-002-integrity-reminder-{days}.eml")
    assert str(message["To"]) == "p2@midori-u.example.jp"
    assert f"締切まで{days}日" in str(message["Subject"])


def test_on_other_days_nobody_is_reminded(tmp_path: Path, home: Path) -> None:
    outbox, collected = tmp_path / "outbox", tmp_path / "collected"
    roster = roster_of(tmp_path, [person(1)])
    (entry,) = distribute(roster, outbox, terms(form="integrity")).entries
    Journal(outbox).mark(entry.mail, Sending.SENT)
    with pytest.raises(XlsAddinError) as early:
        draft_follow_ups(roster, outbox, collected, date(2026, 9, 4))
    assert early.value.code == "RS-OUTBOX-003"
    (tmp_path / "inbox").mkdir()
    collect(tmp_path / "inbox", collected, Desk((outbox,)))
    assert draft_follow_ups(roster, outbox, collected, date(2026, 9, 5)) == ()
    assert draft_follow_ups(roster, outbox, collected, date(2026, 9, 12)) == ()


def test_a_receipt_says_id_time_and_version_and_none_is_sent_for_an_untouched_form(tmp_path: Path, home: Path) -> None:
    outbox, inbox, collected = tmp_path / "outbox", tmp_path / "inbox", tmp_path / "collected"
    roster = roster_of(tmp_path, [person(1), person(2)])
    first, second = distribute(roster, outbox, terms(form="integrity")).entries
    edit_form(outbox / first.file, inbox / "a.xlsx", {"department": "工学部"})
    (inbox / "b.xlsx").write_bytes((outbox / second.file).read_bytes())
    for department in ("工学部", "理学部"):
        edit_form(outbox / first.file, inbox / "a.xlsx", {"department": department})
        collect(inbox, collected, Desk((outbox,)))
        made = draft_follow_ups(roster, outbox, collected, date(2026, 9, 5))
        (key,) = made
    assert key.startswith("P-001/integrity/receipt-")
    body = read_message(outbox / "drafts" / f"{key.replace('/', '-')}.eml").get_body(("plain",))
    text = body.get_content()  # type: ignore[union-attr]
    assert "ID: P-001" in text
    assert "第2版" in text
    assert re.search(r"20\d\d/\d\d/\d\d \d\d:\d\d JST", text)
