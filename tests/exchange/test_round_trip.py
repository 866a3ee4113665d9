"""The whole way with real parts: roster, encryption, a mail server, Calc, mails and archives back, return, seal."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from datetime import UTC, date, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

import pytest

from tests.exchange.conftest import PostOffice
from tests.exchange.rosters import DAY, person, roster_of, terms
from xlsaddin.checklist.loading import load_checklist
from xlsaddin.checklist.model import Kind
from xlsaddin.exchange.difference.merging import free_rows
from xlsaddin.exchange.difference.version import Version, read_version
from xlsaddin.exchange.inbox.collecting import Desk, collect
from xlsaddin.exchange.mail.smtp import Server, send_outbox
from xlsaddin.exchange.outbox.delivery import Delivery
from xlsaddin.exchange.outbox.distributing import distribute
from xlsaddin.exchange.protection.encryption import is_encrypted
from xlsaddin.exchange.protection.passphrases import read_passphrases
from xlsaddin.exchange.returning.coming_back import mended_since_return
from xlsaddin.exchange.returning.returning import return_form
from xlsaddin.exchange.seal.keys import KeyStore
from xlsaddin.exchange.seal.sealing import SealState, seal_workbook, verify_workbook
from xlsaddin.libreoffice.office import Office
from xlsaddin.register.register import Register
from xlsaddin.workbook.areas import cell_name

PEOPLE = 40
TABLES = [item.key for item in load_checklist("researcher").items if item.kind is Kind.TABLE and not item.office]
TICKS = ("consent_true", "consent_notice", "consent_share")
PLAIN = {
    "res_works_in_japan": "はい",
    "res_works_abroad": "いいえ",
    "res_acts_on_instruction": "いいえ",
    "res_official_duty": "該当なし",
    "erad": "なし",
    "employment": "本機関と雇用あり",
    "changed": "なし",
}
SCHOOL = {"since": "2005/4", "until": "2010/3", "school": "東北大学", "school_full": "Tohoku University",
          "country": "日本", "degree": "博士"}  # fmt: skip
BLANK = "school_full"
"""The column one person leaves blank."""


def declared(form: Version, school: Mapping[str, object]) -> dict[str, object]:
    """Return what a person types, by name or cell: one school, nothing else to declare, everything ticked."""
    row = free_rows(form)["education"]
    typed = {f"{row.sheet}!{cell_name(row.row, row.columns[key])}": value for key, value in school.items()}
    states = dict.fromkeys(TABLES, "該当なし") | {"education": "あり", "residency": "あり"}
    given = {"stated_on": date(2026, 9, 4), **PLAIN, **states, **dict.fromkeys(TICKS, "☑")}
    return {f"a_{key}": value for key, value in given.items()} | typed


def fill(office: Office, source: Path, target: Path, typed: Mapping[str, object], password: str = "") -> Path:
    with office.open(source, password=password) as document:
        document.set_cells(typed)
        document.calculate()
        target.parent.mkdir(parents=True, exist_ok=True)
        return document.save_as(target, "xlsx")


def reply(target: Path, sender: str, attachment: Path) -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, "office@midori-u.example.jp", "Re: お願い"
    message["Date"] = format_datetime(datetime(2026, 9, 5, tzinfo=UTC))
    message.set_content("記入しました。")
    message.add_attachment(attachment.read_bytes(), maintype="application", subtype="xlsx", filename="様式.xlsx")
    target.write_bytes(message.as_bytes())


@pytest.mark.office
def test_forty_people_from_the_roster_to_a_seal_that_names_the_tampered_cell(
    tmp_path: Path, home: Path, server: Server, post_office: PostOffice, office: Office
) -> None:
    outbox, inbox, collected = tmp_path / "outbox", tmp_path / "inbox", tmp_path / "collected"
    inbox.mkdir()
    roster = roster_of(tmp_path, [person(number) for number in range(1, PEOPLE + 1)])
    entries = distribute(roster, outbox, terms(Delivery.ENCRYPT)).entries
    assert len(send_outbox(outbox, server).sent) == PEOPLE
    phrases = read_passphrases(outbox)

    form = read_version(outbox / entries[0].file)  # the same form for all
    whole, lacking = declared(form, SCHOOL), declared(form, {**SCHOOL, BLANK: None})
    with zipfile.ZipFile(inbox / "some.zip", "w") as archive:
        for number, message in enumerate(post_office.received, start=1):
            (part,) = message.iter_attachments()
            content = part.get_content()
            assert is_encrypted(content)
            arrived = tmp_path / "arrived" / str(part.get_filename())
            arrived.parent.mkdir(exist_ok=True)
            arrived.write_bytes(content)
            subject = arrived.stem.removeprefix("researcher-")
            typed = lacking if subject == "P-007" else whole
            filled = fill(office, arrived, tmp_path / "filled" / arrived.name, typed, phrases[subject])
            if number % 2:
                reply(inbox / f"{number}.eml", str(message["To"]), filled)
            else:
                archive.write(filled, f"{number}.xlsx")

    first = collect(inbox, collected, Desk((outbox,)))
    assert {piece.state.value for piece in first.pieces} == {"accepted"}
    assert (len(first.accepted), first.missing()) == (PEOPLE, ())

    accepted = sorted((collected / "accepted").glob("*.xlsx"))
    returned = {path.stem: return_form(path, outbox, roster, DAY.replace(day=6)) for path in accepted}
    (open_one,) = (stem for stem, done in returned.items() if done.entry is not None)
    assert open_one == "researcher-P-007"
    (finding,) = returned[open_one].findings
    assert (finding.location.item, finding.location.column) == ("education", BLANK)

    entry = returned[open_one].entry
    assert entry is not None
    place = f"{finding.location.sheet}!{finding.location.cell}"
    corrected = fill(office, outbox / entry.file, tmp_path / "corrected.xlsx", {place: "Tohoku University"})
    reply(inbox / "corrected.eml", "p7@midori-u.example.jp", corrected)
    second = collect(inbox, collected, Desk((outbox,)))
    states = [piece.state.value for piece in second.pieces]
    assert (states.count("accepted"), states.count("superseded")) == (PEOPLE, 1)
    mended = mended_since_return(collected / "accepted" / "researcher-P-007.xlsx", outbox, DAY.replace(day=6))
    assert ([one.column for one in mended.mended], mended.open, mended.new) == ([BLANK], (), ())

    keys, register = KeyStore(), Register.open()
    keys.create("みどり大学 研究推進課", "2026-09-01")
    sealed = tmp_path / "sealed.xlsx"
    seal_workbook(collected / "accepted" / "researcher-P-007.xlsx", sealed, keys, register, datetime.now(UTC))
    assert verify_workbook(sealed, keys, register).state is SealState.VALID
    tampered = fill(office, sealed, tmp_path / "tampered.xlsx", {place: "Tohoku Univ."})
    verdict = verify_workbook(tampered, keys, register)
    assert verdict.state is SealState.CHANGED
    assert [change.place for change in verdict.changes if change.address.startswith("t_education")] == [place]
    assert {change.address.split("[")[0] for change in verdict.changes} <= {"t_education"}
