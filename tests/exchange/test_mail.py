"""Mail leaves once, says what it must, and what is not known to have left is put before a person."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from fast_mail_parser import parse_email

from tests.exchange.conftest import PostOffice
from xlsaddin.errors import DefinitionError, XlsAddinError
from xlsaddin.exchange.mail.draft import Draft, build_message, read_message, write_draft
from xlsaddin.exchange.mail.journal import Journal, Sending
from xlsaddin.exchange.mail.outlook import draft_in_outlook
from xlsaddin.exchange.mail.smtp import Server, send_outbox
from xlsaddin.exchange.mail.texts import load_text, text_names


def outbox_of(folder: Path, count: int) -> Path:
    journal = Journal(folder)
    for number in range(1, count + 1):
        draft = Draft(
            f"C-1/P-{number:03}/request",
            "office@midori-u.example.jp",
            (f"p{number}@midori-u.example.jp",),
            "【研究推進課】研究課題C-1に係る自己申告のお願い",
            "本文\n",
        )
        write_draft(draft, folder / f"P-{number:03}.eml")
        journal.add(draft.key, f"P-{number:03}.eml")
    return folder


def recipients(post_office: PostOffice) -> list[str]:
    return sorted(str(message["To"]) for message in post_office.received)


def test_every_draft_is_sent_once_and_a_second_run_sends_nothing(
    tmp_path: Path, server: Server, post_office: PostOffice
) -> None:
    outbox = outbox_of(tmp_path / "outbox", 3)
    assert len(send_outbox(outbox, server).sent) == 3
    again = send_outbox(outbox, server)
    assert (again.sent, len(again.earlier)) == ((), 3)
    assert recipients(post_office) == [f"p{n}@midori-u.example.jp" for n in (1, 2, 3)]
    assert all("X-Unsent" not in message for message in post_office.received)


def test_a_mail_in_flight_when_the_line_breaks_is_unknown_and_not_sent_again(
    tmp_path: Path, server: Server, post_office: PostOffice
) -> None:
    outbox = outbox_of(tmp_path / "outbox", 4)
    post_office.breaks_after = 1
    with pytest.raises(XlsAddinError) as broken:
        send_outbox(outbox, server)
    assert broken.value.code == "RS-MAIL-006"
    post_office.breaks_after = None
    summary = send_outbox(outbox, server)
    assert [record.key for record in summary.unknown] == ["C-1/P-002/request"]
    assert len(summary.sent) == 2
    assert recipients(post_office) == [f"p{n}@midori-u.example.jp" for n in (1, 2, 3, 4)]


def test_a_refused_recipient_is_named_and_tried_again_after_correction(
    tmp_path: Path, server: Server, post_office: PostOffice
) -> None:
    outbox = outbox_of(tmp_path / "outbox", 2)
    post_office.refuses = {"p1@midori-u.example.jp"}
    summary = send_outbox(outbox, server)
    assert [record.key for record in summary.refused] == ["C-1/P-001/request"]
    assert summary.sent == ("C-1/P-002/request",)
    post_office.refuses = set()
    assert send_outbox(outbox, server).sent == ("C-1/P-001/request",)


def test_a_wrong_password_sends_nothing(
    tmp_path: Path, server: Server, post_office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XLSADDIN_SMTP_PASSWORD", "wrong")
    outbox = outbox_of(tmp_path / "outbox", 1)
    with pytest.raises(XlsAddinError) as refused:
        send_outbox(outbox, server)
    assert refused.value.code == "RS-MAIL-008"
    assert Journal(outbox).records()[0].state is Sending.DRAFT
    assert post_office.received == []


def test_a_server_that_nobody_vouches_for_gets_nothing(tmp_path: Path, server: Server, post_office: PostOffice) -> None:
    with pytest.raises(XlsAddinError) as refused:
        send_outbox(outbox_of(tmp_path / "outbox", 1), replace(server, trust=None))
    assert refused.value.code == "RS-MAIL-008"
    assert post_office.received == []


def test_a_draft_opens_as_unsent_with_its_attachment_under_a_japanese_name(tmp_path: Path) -> None:
    attachment = tmp_path / "自己申告書.xlsx"
    attachment.write_bytes(b"PK\x03\x04 content")
    draft = Draft("k", "office@example.jp", ("person@example.jp",), "件名", "本文", attachments=[attachment])
    write_draft(draft, tmp_path / "draft.eml")
    message = read_message(tmp_path / "draft.eml")
    assert message["X-Unsent"] == "1"
    assert [part.get_filename() for part in message.iter_attachments()] == ["自己申告書.xlsx"]
    assert next(message.iter_attachments()).get_content() == b"PK\x03\x04 content"
    assert build_message(draft)["Message-ID"] == message["Message-ID"]


def test_another_parser_reads_a_draft_alike(tmp_path: Path) -> None:
    attachment = tmp_path / "自己申告書.xlsx"
    attachment.write_bytes(b"PK\x03\x04 content" * 100)
    body = "佐伯 様\n\n「自己申告書」をお送りします。\n" + "長い行" * 200 + "\n"
    draft = Draft("k", "office@example.jp", ("a@example.jp", "b@example.jp"), "【研究推進課】" + "お願い" * 20, body,
                  attachments=[attachment])  # fmt: skip
    write_draft(draft, tmp_path / "draft.eml")
    message = read_message(tmp_path / "draft.eml")
    other = parse_email((tmp_path / "draft.eml").read_bytes())
    assert other.warnings == []
    assert other.subject == message["Subject"] == draft.subject
    assert [one.address for one in other.to] == list(draft.to)
    text = other.text_plain[0].replace("\r\n", "\n")
    assert text == message.get_body(("plain",)).get_content().replace("\r\n", "\n") == body  # type: ignore[union-attr]
    assert [(one.filename, bytes(one.content)) for one in other.attachments] == [
        (attachment.name, attachment.read_bytes())
    ]


@pytest.mark.parametrize("address", ["", "no-at-sign", "a@b\r\nBcc: everyone@example.jp", "a@"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(XlsAddinError) as refused:
        build_message(Draft("k", "office@example.jp", (address,), "件名", "本文"))
    assert refused.value.code == "RS-MAIL-004"


@pytest.mark.parametrize("key", text_names())
def test_no_subject_names_a_person_a_level_or_a_risk(key: str) -> None:
    text = load_text(key)
    assert not any(word in text.subject for word in ("リスク", "{name", "{level", "区分"))
    facts = {field: f"<{field}>" for field in text.fields}
    subject, body = text.render(facts)
    assert "\n" not in subject
    assert all(f"<{field}>" in subject + body for field in text.fields)


def test_a_field_without_a_value_is_named() -> None:
    with pytest.raises(DefinitionError) as incomplete:
        load_text("receipt").render({"office": "研究推進課"})
    assert "received_at" in incomplete.value.ja


def test_an_unknown_mail_is_settled_by_a_person_alone(tmp_path: Path, server: Server, post_office: PostOffice) -> None:
    outbox = outbox_of(tmp_path / "outbox", 2)
    journal = Journal(outbox)
    journal.mark("C-1/P-001/request", Sending.UNKNOWN)
    assert send_outbox(outbox, server).sent == ("C-1/P-002/request",)
    with pytest.raises(XlsAddinError) as settled:
        journal.resolve("C-1/P-002/request", sent=False)
    assert settled.value.code == "RS-MAIL-011"
    journal.resolve("C-1/P-001/request", sent=False)
    assert send_outbox(outbox, server).sent == ("C-1/P-001/request",)
    assert recipients(post_office) == ["p1@midori-u.example.jp", "p2@midori-u.example.jp"]


class Outlook:
    """Outlook as far as drafts need it."""

    def __init__(self) -> None:
        self.items: list[SimpleNamespace] = []

    def CreateItem(self, kind: int) -> SimpleNamespace:  # noqa: N802 - Outlook's own name
        files: list[bytes] = []
        item = SimpleNamespace(files=files, saved=False)
        item.Attachments = SimpleNamespace(Add=lambda path: files.append(Path(path).read_bytes()))
        item.Save = lambda: setattr(item, "saved", True)
        self.items.append(item)
        return item


def test_drafts_are_put_into_outlook_once_and_leave_no_file_behind(tmp_path: Path) -> None:
    outbox = outbox_of(tmp_path / "outbox", 1)
    attachment = tmp_path / "form.xlsx"
    attachment.write_bytes(b"content")
    draft = Draft("with-file", "office@example.jp", ("p@example.jp",), "件名", "本文", attachments=[attachment])
    write_draft(draft, outbox / "with-file.eml")
    Journal(outbox).add("with-file", "with-file.eml")
    before = sorted(outbox.iterdir())
    outlook = Outlook()
    assert draft_in_outlook(outbox, outlook) == ("C-1/P-001/request", "with-file")
    assert [(item.To, item.Subject, item.files, item.saved) for item in outlook.items][1] == (
        "p@example.jp",
        "件名",
        [b"content"],
        True,
    )
    assert draft_in_outlook(outbox, outlook) == ()
    assert sorted(outbox.iterdir()) == before
