"""Whatever came back ends in one state with a reason; nothing is lost, nothing is changed, nothing runs."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

import pytest

from tests.exchange.forms import edit_form
from tests.exchange.rosters import person, roster_of, terms
from xlsaddin.errors import XlsAddinError
from xlsaddin.exchange.difference.version import read_version
from xlsaddin.exchange.inbox.collecting import Collection, Desk, collect
from xlsaddin.exchange.outbox.delivery import Delivery
from xlsaddin.exchange.outbox.distributing import distribute
from xlsaddin.exchange.outbox.manifest import Entry
from xlsaddin.exchange.protection.encryption import encrypt_workbook
from xlsaddin.exchange.protection.passphrases import read_passphrases
from xlsaddin.workbook.respondent.template import build_template


class Office:
    """One office: an outbox with copies handed out, an inbox, and the folder of what was collected."""

    def __init__(self, folder: Path, entries: tuple[Entry, ...]) -> None:
        self.outbox, self.inbox, self.out = folder / "outbox", folder / "inbox", folder / "collected"
        self.inbox.mkdir()
        self.entries = entries

    def sent(self, number: int = 0) -> Path:
        return self.outbox / self.entries[number].file

    def answer(self, name: str, number: int = 0, /, **singles: object) -> Path:
        return edit_form(self.sent(number), self.inbox / name, singles)

    def collect(self, *, take: tuple[str, ...] = (), ask: Callable[[str], str | None] = lambda _: None) -> Collection:
        return collect(self.inbox, self.out, Desk((self.outbox,), ask, take))

    def states(self, **more: object) -> dict[str, str]:
        return {p.received.origin: p.state.value for p in self.collect(**more).pieces}  # type: ignore[arg-type]

    def mail(self, name: str, sender: str, day: int, *attachments: Path) -> Path:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = sender, "office@midori-u.example.jp", "Re: お願い"
        message["Date"] = format_datetime(datetime(2026, 9, day, tzinfo=UTC))
        message.set_content("添付します。")
        for path in attachments:
            message.add_attachment(path.read_bytes(), maintype="application", subtype="zip", filename=path.name)
        (self.inbox / name).write_bytes(message.as_bytes())
        return self.inbox / name


@pytest.fixture(scope="module")
def handed_out(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[Entry, ...]]:
    """An outbox with integrity forms of two people, encrypted as well."""
    folder = tmp_path_factory.mktemp("handed-out")
    os.environ["XLSADDIN_HOME"] = str(folder / "home")
    try:
        roster = roster_of(folder, [person(1), person(2)])
        entries = distribute(roster, folder / "outbox", terms(Delivery.ENCRYPT, form="integrity")).entries
    finally:
        del os.environ["XLSADDIN_HOME"]
    return folder, entries


@pytest.fixture
def desk(handed_out: tuple[Path, tuple[Entry, ...]], tmp_path: Path, home: Path) -> Office:
    import shutil

    folder, entries = handed_out
    shutil.copytree(folder / "outbox", tmp_path / "outbox")
    return Office(tmp_path, entries)


def zipped(*files: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files:
            archive.writestr(name, content)
    return stream.getvalue()


def contents(folder: Path) -> dict[Path, bytes]:
    """Everything in a folder but the ledger, whose pages may move."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.suffix != ".sqlite"}


def test_every_kind_of_delivery_is_opened_and_junk_left_alone(desk: Office, tmp_path: Path) -> None:
    away = desk.answer("away.xlsx", 1, department="理学部")
    one = away.read_bytes()
    away.unlink()
    desk.answer("answer.xlsx", 0, department="工学部")
    (desk.inbox / "forms.zip").write_bytes(zipped(("sub/inner.zip", zipped(("P-002.xlsx", one))), ("Thumbs.db", b"x")))
    (desk.inbox / "note.pdf").write_bytes(b"%PDF-1.7")
    (desk.inbox / "~$answer.xlsx").write_bytes(b"lock")
    (desk.inbox / "broken.xlsx").write_bytes(b"PK\x03\x04 cut off")
    (desk.inbox / "broken.zip").write_bytes(b"PK\x03\x04 cut off")
    (desk.inbox / "own.xlsx").write_bytes(zipped(("[Content_Types].xml", b"<Types/>")))
    (desk.inbox / "blank.xlsx").write_bytes(build_template("integrity", as_of=datetime(2026, 9, 1).date()))
    desk.mail("empty.eml", "p1@midori-u.example.jp", 3)
    assert desk.states() == {
        "answer.xlsx": "accepted",
        "forms.zip › sub/inner.zip › P-002.xlsx": "accepted",
        "note.pdf": "not_ours",
        "~$answer.xlsx": "not_ours",
        "broken.xlsx": "unreadable",
        "broken.zip": "unreadable",
        "own.xlsx": "not_ours",
        "blank.xlsx": "not_ours",
        "empty.eml": "not_ours",
    }
    assert sorted(path.name for path in (desk.out / "accepted").iterdir()) == [
        "integrity-P-001.xlsx",
        "integrity-P-002.xlsx",
    ]
    assert (desk.out / "accepted" / "integrity-P-002.xlsx").read_bytes() == one


def test_each_piece_has_a_reason_in_both_languages(desk: Office) -> None:
    desk.answer("a.xlsx")
    (desk.inbox / "broken.xlsx").write_bytes(b"PK\x03\x04")
    for piece in desk.collect().pieces:
        assert all(len(text) > 5 for text in piece.reason), piece
    unreadable = next(p for p in desk.collect().pieces if p.state.value == "unreadable")
    assert "broken.xlsx" in unreadable.reason[0]


def test_originals_stay_and_a_second_run_changes_nothing(desk: Office) -> None:
    desk.answer("a.xlsx", 0, department="工学部")
    desk.mail("m.eml", "p2@midori-u.example.jp", 2, desk.answer("b.xlsx", 1, department="理学部"))
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in desk.inbox.iterdir()}
    first = desk.collect()
    held = contents(desk.out)
    assert desk.collect() == first
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in desk.inbox.iterdir()} == before
    assert contents(desk.out) == held
    for path in (desk.out / "copies").iterdir():
        assert hashlib.sha256(path.read_bytes()).hexdigest() == path.stem


def test_the_same_answers_twice_are_a_duplicate_however_they_came(desk: Office) -> None:
    path = desk.answer("a.xlsx", 0, department="工学部")
    (desk.inbox / "copy.zip").write_bytes(zipped(("最終版(3).xlsx", path.read_bytes())))
    assert sorted(desk.states().values()) == ["accepted", "duplicate"]


def test_an_encrypted_workbook_is_opened_with_the_passphrase_it_was_sent_with(desk: Office) -> None:
    plain = desk.answer("integrity-P-001.xlsx", 0, department="工学部")
    phrase = read_passphrases(desk.outbox)["P-001"]
    content = plain.read_bytes()
    plain.write_bytes(encrypt_workbook(content, phrase))
    assert desk.states() == {"integrity-P-001.xlsx": "accepted"}
    assert (desk.out / "accepted" / "integrity-P-001.xlsx").read_bytes() == content


def test_a_passphrase_nobody_knows_is_asked_for_and_tried_again_later(desk: Office) -> None:
    plain = desk.answer("a.xlsx", 0, department="工学部")
    plain.write_bytes(encrypt_workbook(plain.read_bytes(), "chosen by herself"))
    assert desk.states() == {"a.xlsx": "unreadable"}
    assert desk.states(ask=lambda name: "chosen by herself" if name == "a.xlsx" else None) == {"a.xlsx": "accepted"}
    assert desk.states() == {"a.xlsx": "accepted"}, "what was opened once stays known"


def test_nothing_opened_is_left_outside_the_folder_of_copies(
    desk: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import tempfile

    place = tmp_path / "temp"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    path = desk.answer("integrity-P-001.xlsx", 0, department="工学部")
    path.write_bytes(encrypt_workbook(path.read_bytes(), read_passphrases(desk.outbox)["P-001"]))
    desk.collect()
    assert list(place.iterdir()) == []
    assert [path.name for path in (desk.out / "copies").iterdir() if path.name.startswith(".")] == []


def test_a_later_mail_of_the_same_sender_supersedes_even_where_it_contradicts(desk: Office, tmp_path: Path) -> None:
    first = edit_form(desk.sent(), tmp_path / "1" / "form.xlsx", {"department": "工学部", "name_ja": "甲"})
    second = edit_form(desk.sent(), tmp_path / "2" / "form.xlsx", {"department": "理学部"})
    desk.mail("z-first.eml", "p1@midori-u.example.jp", 2, first)
    desk.mail("a-second.eml", "P1@midori-u.example.jp", 5, second)
    assert desk.states() == {"z-first.eml › form.xlsx": "superseded", "a-second.eml › form.xlsx": "accepted"}


def test_a_workbook_that_goes_on_from_another_supersedes_it(desk: Office) -> None:
    first = desk.answer("b.xlsx", 0, department="工学部")
    edit_form(first, desk.inbox / "a.xlsx", {"name_ja": "甲"})
    assert desk.states() == {"b.xlsx": "superseded", "a.xlsx": "accepted"}


def test_a_file_saved_again_in_its_place_supersedes_what_it_was(desk: Office) -> None:
    desk.answer("a.xlsx", 0, department="工学部")
    desk.collect()
    desk.answer("a.xlsx", 0, department="理学部")
    states = [(p.received.origin, p.state.value) for p in desk.collect().pieces]
    assert sorted(states) == [("a.xlsx", "accepted"), ("a.xlsx", "superseded")]
    held = read_version(desk.out / "accepted" / "integrity-P-001.xlsx")
    assert held.held("department", "").text == "理学部"


def test_two_peoples_edits_that_do_not_contradict_are_merged_and_the_merged_copy_settles_it(desk: Office) -> None:
    desk.answer("one.xlsx", 0, department="工学部")
    desk.answer("two.xlsx", 0, name_ja="甲")
    assert desk.states() == {"one.xlsx": "conflict", "two.xlsx": "conflict"}
    assert not list((desk.out / "accepted").glob("*"))
    merged = desk.out / "merged" / "integrity-P-001.xlsx"
    version = read_version(merged)
    assert (version.held("department", "").text, version.held("name_ja", "").text) == ("工学部", "甲")
    (desk.inbox / "merged.xlsx").write_bytes(merged.read_bytes())
    assert desk.states() == {"one.xlsx": "superseded", "two.xlsx": "superseded", "merged.xlsx": "accepted"}
    assert not merged.exists(), "what is settled is no longer shown as open"


def test_contradicting_edits_wait_for_a_person(desk: Office) -> None:
    from openpyxl import load_workbook

    desk.answer("one.xlsx", 0, department="工学部")
    desk.answer("two.xlsx", 0, department="理学部", name_ja="甲")
    collection = desk.collect()
    assert [p.state.value for p in collection.pieces] == ["conflict", "conflict"]
    assert not (desk.out / "merged").exists()
    sheet = load_workbook(desk.out / "differences" / "integrity-P-001.xlsx")["三者比較"]
    row = [cell.value for cell in sheet[6]]
    assert "食い違い contradicts" in row
    assert {"工学部", "理学部"} <= set(row)
    two = next(p.received.found.sha256 for p in collection.pieces if p.received.origin == "two.xlsx")
    assert desk.states(take=(two[:10],)) == {"one.xlsx": "superseded", "two.xlsx": "accepted"}
    assert desk.states() == {"one.xlsx": "superseded", "two.xlsx": "accepted"}, "a decision is remembered"
    with pytest.raises(XlsAddinError) as unknown:
        desk.collect(take=("0123456789",))
    assert unknown.value.code == "RS-COLLECT-017"


def test_the_order_of_collecting_does_not_matter(desk: Office, tmp_path: Path) -> None:
    desk.answer("one.xlsx", 0, department="工学部")
    desk.collect()
    two = desk.answer("two.xlsx", 0, department="理学部")
    apart = desk.states()
    together = collect(desk.inbox, tmp_path / "again", Desk((desk.outbox,)))
    assert two.exists()
    assert {p.received.origin: p.state.value for p in together.pieces} == apart


def test_active_content_is_neither_accepted_nor_copied(desk: Office) -> None:
    form = desk.sent().read_bytes()
    rewritten = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(form)) as old, zipfile.ZipFile(rewritten, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("xl/embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0")
    (desk.inbox / "embedded.xlsx").write_bytes(rewritten.getvalue())
    assert desk.states() == {"embedded.xlsx": "unreadable"}
    assert list((desk.out / "copies").iterdir()) == []


def test_a_zip_bomb_and_deep_nesting_are_not_opened(desk: Office) -> None:
    form = desk.sent().read_bytes()
    deep = zipped(("f.xlsx", form))
    for _ in range(3):
        deep = zipped(("inner.zip", deep))
    (desk.inbox / "deep.zip").write_bytes(deep)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(501):
            archive.writestr(f"{number}.xlsx", b"")
    (desk.inbox / "many.zip").write_bytes(stream.getvalue())
    states = desk.states()
    assert states["deep.zip › inner.zip › inner.zip"] == "unreadable"
    assert states["many.zip › 500.xlsx"] == "unreadable"


def test_japanese_names_in_a_zip_of_windows_are_read(desk: Office) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("XX.pdf", b"%PDF")
    (desk.inbox / "w.zip").write_bytes(stream.getvalue().replace(b"XX.pdf", "表.pdf".encode("cp932")))
    assert list(desk.states()) == ["w.zip › 表.pdf"]


def test_who_is_missing_is_known(desk: Office) -> None:
    assert [entry.subject_id for entry in desk.collect().missing()] == ["P-001", "P-002"]
    desk.answer("a.xlsx", 1)
    collection = desk.collect()
    assert [entry.subject_id for entry in collection.missing()] == ["P-001"]
    assert collection.pieces[0].code == "RS-COLLECT-018", "an untouched copy is said to be untouched"
