"""What is handed out: one neutral, prefilled workbook a subject, a manifest and a draft; nothing without a notice."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path, PureWindowsPath

import pytest
from openpyxl import load_workbook

from tests.exchange.rosters import NOTICE, SAEKI, person, roster_of, terms
from xlsaddin.checklist.values import read_answers
from xlsaddin.errors import XlsAddinError
from xlsaddin.exchange.mail.draft import read_message
from xlsaddin.exchange.mail.journal import Journal, Sending
from xlsaddin.exchange.outbox.delivery import Delivery
from xlsaddin.exchange.outbox.distributing import distribute, read_copy_id
from xlsaddin.exchange.outbox.manifest import read_manifest
from xlsaddin.exchange.protection.encryption import decrypt_workbook, is_encrypted
from xlsaddin.exchange.protection.passphrases import read_passphrases
from xlsaddin.exchange.routing.stages import check_stages, read_stages
from xlsaddin.workbook.read.book import read_workbook


def bodies(folder: Path) -> dict[str, str]:
    return {path.name: str(read_message(path).get_body()) for path in sorted((folder / "drafts").glob("*.eml"))}


def test_one_person_in_two_projects_gets_one_workbook_with_the_widest_look_back(tmp_path: Path, home: Path) -> None:
    out = tmp_path / "out"
    entry = distribute(roster_of(tmp_path), out, terms()).entries[0]
    book = read_workbook(out / entry.file)
    answers = read_answers(book.checklist, book.answers)
    assert [row.value("case_number") for row in answers.rows("cases")] == ["C-03", "C-07"]
    assert (book.meta.profile, str(book.meta.lookback_start)) == ("wide", "2023-04-01")
    assert (book.meta.subject_id, book.meta.case_id) == ("P-001", "C-03・C-07")
    assert book.meta.copy_id == entry.copy_id == read_copy_id(out / entry.file)
    known = {key: answers.value(key) for key in ("role", "name", "name_ja", "erad", "notice_retention")}
    assert known == {
        "role": "pi",
        "name": "SAEKI Mariko",
        "name_ja": "佐伯 真理子",
        "erad": "12345678",
        "notice_retention": "課題終了後5年",
    }


def test_names_of_files_and_subjects_tell_nothing_about_the_person(tmp_path: Path, home: Path) -> None:
    out = tmp_path / "out"
    distribution = distribute(roster_of(tmp_path, [SAEKI, person(2)]), out, terms(form="integrity"))
    for entry in distribution.entries:
        assert not PureWindowsPath(entry.file).is_reserved()
        assert re.fullmatch(r"workbooks/integrity-P-\d{3}\.xlsx", entry.file)
    for path in (out / "drafts").glob("*.eml"):
        subject = str(read_message(path)["Subject"])
        assert not re.search("saeki|mariko|佐伯|リスク|区分", subject, re.IGNORECASE)
    assert "佐伯" not in (out / "manifest.json").read_text(encoding="utf-8")


def test_the_request_says_what_it_must(tmp_path: Path, home: Path) -> None:
    out = tmp_path / "out"
    distribute(roster_of(tmp_path), out, terms())
    message = read_message(out / "drafts" / "researcher-P-001.eml")
    text = message.get_body().get_content()  # type: ignore[union-attr]
    assert str(message["Subject"]) == "【研究推進課】研究課題C-03・C-07に係る自己申告のお願い（9/11 17:00 JST締切）"
    for said in (
        "佐伯 真理子 様",
        "みどり大学",
        "課題終了後5年",
        "学内ファイル共有",
        "researcher-P-001.xlsx",
        "Enable editing",
    ):
        assert said in text
    assert list(message.iter_attachments()) == []


@pytest.mark.parametrize("lacking", ["institution", "retention"])
def test_nothing_leaves_while_the_notice_is_incomplete(tmp_path: Path, home: Path, lacking: str) -> None:
    with pytest.raises(XlsAddinError) as refused:
        distribute(roster_of(tmp_path, notice={**NOTICE, lacking: None}), tmp_path / "out", terms())
    assert refused.value.code == "RS-ROSTER-002"
    assert not (tmp_path / "out").exists()


def test_a_roster_with_an_error_hands_out_nothing(tmp_path: Path, home: Path) -> None:
    with pytest.raises(XlsAddinError) as refused:
        distribute(roster_of(tmp_path, [{**SAEKI, "case_numbers": "C-99"}]), tmp_path / "out", terms())
    assert refused.value.code == "RS-ROSTER-012"
    assert not (tmp_path / "out").exists()


def test_a_second_run_changes_nothing_and_takes_in_who_was_added(tmp_path: Path, home: Path) -> None:
    out = tmp_path / "out"
    first = distribute(roster_of(tmp_path, [SAEKI]), out, terms(form="integrity"))
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file() and path.suffix in (".xlsx", ".eml")}
    second = distribute(roster_of(tmp_path, [SAEKI, person(2)]), out, terms(form="integrity"))
    assert [entry.subject_id for entry in second.made] == ["P-002"]
    assert second.entries[0] == first.entries[0]
    assert all(path.read_bytes() == content for path, content in before.items())
    assert [entry.subject_id for entry in read_manifest(out)] == ["P-001", "P-002"]


def test_a_copy_whose_mail_has_left_stays_as_it_was_sent(tmp_path: Path, home: Path) -> None:
    out = tmp_path / "out"
    first = distribute(roster_of(tmp_path), out, terms(form="integrity")).entries[0]
    changed = roster_of(tmp_path, [{**SAEKI, "name": "SAEKI M."}])
    assert distribute(changed, out, terms(form="integrity")).entries[0].copy_id != first.copy_id
    sent = distribute(roster_of(tmp_path), out, terms(form="integrity")).entries[0]
    Journal(out).mark(sent.mail, Sending.SENT)
    again = distribute(changed, out, terms(form="integrity"))
    assert [entry.subject_id for entry in again.sent_before] == ["P-001"]
    assert again.entries[0] == sent
    assert read_copy_id(out / sent.file) == first.copy_id


def test_an_encrypted_copy_opens_with_its_passphrase_alone_and_no_mail_holds_it(tmp_path: Path, home: Path) -> None:
    out = tmp_path / "out"
    entry = distribute(roster_of(tmp_path), out, terms(Delivery.ENCRYPT, form="integrity")).entries[0]
    content = (out / entry.encrypted).read_bytes()
    passphrase = read_passphrases(out)["P-001"]
    assert is_encrypted(content)
    assert decrypt_workbook(content, ["wrong"]) is None
    assert decrypt_workbook(content, ["wrong", passphrase]) == (out / entry.file).read_bytes()
    message = read_message(out / "drafts" / "integrity-P-001.eml")
    attached = list(message.iter_attachments())
    assert [part.get_filename() for part in attached] == ["integrity-P-001.xlsx"]
    assert attached[0].get_content() == content
    assert passphrase not in message.get_body().get_content()  # type: ignore[union-attr]
    assert (out / "passphrases.csv").stat().st_mode & 0o077 == 0


def test_partners_supporters_and_contracts_are_prefilled_and_only_those_with_an_address_get_mail(
    tmp_path: Path, home: Path
) -> None:
    roster = roster_of(
        tmp_path,
        [],
        partners=[{"subject_id": "A-001", "kind": "会社", "name_ja": "株式会社ミナト光学", "country": "JP",
                   "email": "legal@minato.example.jp", "case_numbers": "C-03"}],
        supporters=[{"subject_id": "S-001", "kind": "会社", "name_ja": "架空商事", "case_numbers": "C-03"}],
        contracts=[{"contract_no": "K-001", "contract_kind": "MOU", "counterpart": "ひかり大学; Example University",
                    "email": "law@midori-u.example.jp", "case_numbers": "C-07"}],
    )  # fmt: skip
    out = tmp_path / "out"
    distribute(replace(roster, findings=()), out, terms())
    assert sorted(path.name for path in (out / "drafts").iterdir()) == ["contract-K-001.eml", "partner-A-001.eml"]
    assert sorted(path.name for path in (out / "workbooks").iterdir()) == [
        "contract-K-001.xlsx",
        "partner-A-001.xlsx",
        "supporter-S-001.xlsx",
    ]
    partner = read_workbook(out / "workbooks" / "partner-A-001.xlsx")
    answers = read_answers(partner.checklist, partner.answers)
    assert (answers.value("name_ja"), answers.value("kind"), answers.value("case_number")) == (
        "株式会社ミナト光学",
        "company",
        "C-03",
    )
    contract = read_workbook(out / "workbooks" / "contract-K-001.xlsx")
    rows = read_answers(contract.checklist, contract.answers).rows("parties")
    assert [row.value("name_ja") or row.value("name_en") for row in rows] == ["ひかり大学", "Example University"]


def test_every_workbook_brings_its_stage_sheet_blank(tmp_path: Path, home: Path) -> None:
    entry = distribute(roster_of(tmp_path), tmp_path / "out", terms()).entries[0]
    path = tmp_path / "out" / entry.file
    book = load_workbook(path)["回付"]
    assert [cell.value for cell in book[5]][1:6] == [
        "段階 Stage",
        "担当 Who",
        "日時 When",
        "可否 Decision",
        "備考 Remark",
    ]
    assert read_stages(path) == ()
    assert list(check_stages(read_workbook(path))) == []


def drafts(folder: Path) -> set[str]:
    return {path.name for path in (folder / "drafts").glob("*.eml")}


def switch_on(home: Path) -> None:
    home.mkdir(exist_ok=True)
    (home / "exchange.toml").write_text("passphrase_by_mail = true\n", encoding="utf-8")


def test_no_mail_holds_a_passphrase_unless_that_was_switched_on(tmp_path: Path, home: Path) -> None:
    out = tmp_path / "out"
    distribute(roster_of(tmp_path), out, terms(Delivery.ENCRYPT))
    (phrase,) = read_passphrases(out).values()
    assert drafts(out) == {"researcher-P-001.eml"}
    assert all(phrase not in body for body in bodies(out).values())


def test_switched_on_the_passphrase_goes_in_a_mail_of_its_own(tmp_path: Path, home: Path) -> None:
    switch_on(home)
    out = tmp_path / "out"
    distribute(roster_of(tmp_path), out, terms(Delivery.ENCRYPT))
    (phrase,) = read_passphrases(out).values()
    assert drafts(out) == {"researcher-P-001.eml", "researcher-P-001-passphrase.eml"}
    message = read_message(out / "drafts" / "researcher-P-001-passphrase.eml")
    assert phrase in message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert list(message.iter_attachments()) == []
    assert "P-001" not in message["Subject"]
    assert "佐伯" not in message["Subject"]
    (form_mail,) = (body for name, body in bodies(out).items() if name == "researcher-P-001.eml")
    assert phrase not in form_mail
    keys = [record.key for record in Journal(out).records()]
    assert keys == ["P-001/researcher/request", "P-001/researcher/request-passphrase"], "the file leaves first"
    before = {path.name: path.read_bytes() for path in (out / "drafts").iterdir()}
    distribute(roster_of(tmp_path), out, terms(Delivery.ENCRYPT))
    assert {path.name: path.read_bytes() for path in (out / "drafts").iterdir()} == before


def test_without_encryption_there_is_no_passphrase_to_send(tmp_path: Path, home: Path) -> None:
    switch_on(home)
    distribute(roster_of(tmp_path), tmp_path / "out", terms(Delivery.SHARE))
    assert drafts(tmp_path / "out") == {"researcher-P-001.eml"}
