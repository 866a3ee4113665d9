"""Desks pass a workbook on with who, when, decision, remark; answers changed on the way are told."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.exchange.forms import edit_form, write_form
from xlsaddin.batch.session import Session
from xlsaddin.errors import XlsAddinError
from xlsaddin.exchange.difference.version import read_version
from xlsaddin.exchange.mail.draft import read_message
from xlsaddin.exchange.mail.journal import Journal, Sending
from xlsaddin.exchange.protection.encryption import decrypt_workbook, is_encrypted
from xlsaddin.exchange.routing.sending import Order, SentOn, send_on
from xlsaddin.exchange.routing.stages import check_stages, pass_stage, read_stages
from xlsaddin.exchange.seal.keys import KeyStore
from xlsaddin.exchange.seal.sealing import SealState, verify_workbook
from xlsaddin.register.register import Register
from xlsaddin.workbook.opening import open_package
from xlsaddin.workbook.patch.apply import apply_changes
from xlsaddin.workbook.plan import CellWrite, Changes
from xlsaddin.workbook.read.book import read_workbook
from xlsaddin.workbook.structure import Structure

AT = datetime(2026, 9, 5, 10, 0, tzinfo=UTC)


@pytest.fixture
def form(tmp_path: Path, home: Path) -> Path:
    return write_form(tmp_path / "form.xlsx", {"name": "SAEKI Mariko", "email": "a@example.jp"}, subject_id="P-001")


def passed(source: Path, target: Path, *stages: str) -> Path:
    for number, stage in enumerate(stages):
        copy = target.with_name(f"{number}-{target.name}")
        pass_stage(source, copy, stage, f"担当{number}", AT, decision="可", remark="=1+1")
        source = copy
    return source


def test_each_desk_adds_a_row_and_nothing_is_found(form: Path, tmp_path: Path) -> None:
    path = passed(form, tmp_path / "f.xlsx", "researcher", "research_office", "export_control")
    assert [(p.stage, p.who, p.decision, p.remark) for p in read_stages(path)] == [
        ("研究者 / Researcher", "担当0", "可", "=1+1"),
        ("研究推進課 / Research office", "担当1", "可", "=1+1"),
        ("輸出管理 / Export control", "担当2", "可", "=1+1"),
    ]
    assert list(check_stages(read_workbook(path))) == []
    assert [f.code for f in read_workbook(path).findings if f.code.startswith(("RS-HOSTILE", "RS-READ-01"))] == []


def test_answers_changed_by_a_later_desk_are_told(form: Path, tmp_path: Path) -> None:
    path = passed(form, tmp_path / "f.xlsx", "researcher")
    touched = edit_form(path, tmp_path / "t.xlsx", {"email": "b@example.jp"})
    assert [finding.code for finding in check_stages(read_workbook(touched))] == ["RS-STAGE-003"]
    later = passed(touched, tmp_path / "l.xlsx", "export_control")
    (finding,) = check_stages(read_workbook(later))
    assert "輸出管理" in finding.message_ja


@pytest.mark.parametrize(("stage", "code"), [("nonsuch", "RS-STAGE-001"), ("department", "RS-STAGE-002")])
def test_a_workbook_does_not_go_backwards(form: Path, tmp_path: Path, stage: str, code: str) -> None:
    path = passed(form, tmp_path / "f.xlsx", "research_office")
    with pytest.raises(XlsAddinError) as refused:
        pass_stage(path, tmp_path / "x.xlsx", stage, "担当", AT)
    assert refused.value.code == code


@pytest.fixture
def keys(home: Path) -> KeyStore:
    store = KeyStore()
    store.create("みどり大学 研究推進課", "2026-08-01")
    return store


def sent_on(source: Path, folder: Path, keys: KeyStore, **more: Any) -> SentOn:
    order = Order("research_office", "佐藤", "確認済", "=1+1", **more)
    return send_on(source, folder, order, keys=keys, register=Register.open(), at=AT)


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if not path.name.endswith((".lock", ".sqlite"))}


def test_sending_on_records_seals_and_drafts_in_one_go(form: Path, tmp_path: Path, keys: KeyStore, home: Path) -> None:
    (home / "desks.toml").write_text(
        'office = "研究推進課"\nsender = "office@midori-u.example.jp"\nshare = "共有フォルダー/回付"\n'
        '[addresses]\nexport_control = "export@midori-u.example.jp"\n',
        encoding="utf-8",
    )
    done = sent_on(form, tmp_path / "out", keys, question="同一の機関か")
    assert (done.workbook.name, done.to) == ("researcher-P-001-1-export_control.xlsx", "輸出管理 / Export control")
    assert files(tmp_path / "out") == {done.workbook.name, done.draft.name}
    assert verify_workbook(done.workbook, keys).state is SealState.VALID
    assert [(p.stage, p.who, p.remark) for p in read_stages(done.workbook)] == [
        ("研究推進課 / Research office", "佐藤", "=1+1")
    ]
    mail = read_message(done.draft)
    assert (mail["To"], mail["X-Unsent"]) == ("export@midori-u.example.jp", "1")
    assert "SAEKI" not in mail["Subject"]
    assert "同一の機関か" in mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert [record.state for record in Journal(tmp_path / "out").records()] == [Sending.DRAFT]


def test_an_encrypted_copy_leaves_nothing_open_behind(form: Path, tmp_path: Path, keys: KeyStore) -> None:
    done = sent_on(form, tmp_path / "out", keys, passphrase="correct horse")
    assert is_encrypted(done.workbook.read_bytes())
    opened = tmp_path / "opened.xlsx"
    opened.write_bytes(decrypt_workbook(done.workbook.read_bytes(), ["correct horse"]) or b"")
    assert verify_workbook(opened, keys).state is SealState.VALID
    (part,) = read_message(done.draft).iter_attachments()
    assert part.get_content() == done.workbook.read_bytes()
    assert "correct horse" not in done.draft.read_text(encoding="utf-8")
    assert files(tmp_path / "out") == {done.workbook.name, done.draft.name}


def test_without_a_key_nothing_is_made(form: Path, tmp_path: Path, home: Path) -> None:
    with pytest.raises(XlsAddinError) as refused:
        sent_on(form, tmp_path / "out", KeyStore())
    assert refused.value.code == "RS-SEAL-002"
    assert files(tmp_path / "out") == set()


@pytest.mark.parametrize(("to", "code"), [("department", "RS-STAGE-006"), ("legal", "RS-STAGE-006")])
def test_a_declaration_is_not_sent_where_it_may_not_be_seen(
    form: Path, tmp_path: Path, keys: KeyStore, to: str, code: str
) -> None:
    with pytest.raises(XlsAddinError) as refused:
        sent_on(form, tmp_path / "out", keys, to=to)
    assert refused.value.code == code


def test_what_a_desk_may_not_see_stays_behind(tmp_path: Path, keys: KeyStore) -> None:
    form = write_form(tmp_path / "f.xlsx", {"name": "SAEKI", "misconduct": [{"reason": "不正使用"}]}, subject_id="P-1")
    done = sent_on(form, tmp_path / "out", keys)
    assert done.withheld == ("misconduct",)
    assert read_version(done.workbook).rows["misconduct"] == ()
    office = tmp_path / "f.reviewed.xlsx"
    Session(AT.date()).check(form, office)
    with pytest.raises(XlsAddinError) as refused:
        sent_on(office, tmp_path / "out", keys)
    assert refused.value.code == "RS-STAGE-007"


def judge(source: Path, target: Path) -> Path:
    """Write a copy in which somebody typed a reviewer beside the first measure."""
    structure = Structure(open_package(source))
    table = structure.tables["r_measures"]
    column = table.area.left + next(n for n, header in enumerate(table.headers) if header.startswith("実施者"))
    apply_changes(source, Changes(writes=(CellWrite(table.sheet, table.area.top + 1, column, "田中"),)), target)
    return target


def test_judgements_belong_to_desks_as_well(form: Path, tmp_path: Path) -> None:
    office = tmp_path / "f.reviewed.xlsx"
    Session(AT.date()).check(form, office)
    path = passed(office, tmp_path / "f.xlsx", "research_office")
    judged = judge(path, tmp_path / "j.xlsx")
    assert list(check_stages(read_workbook(passed(judged, tmp_path / "d.xlsx", "decision")))) == []
    (finding,) = check_stages(read_workbook(passed(judged, tmp_path / "x.xlsx", "export_control")))
    assert (finding.code, "措置" in finding.message_ja) == ("RS-STAGE-003", True)


def test_results_do_not_go_to_a_desk_that_sees_none(tmp_path: Path, home: Path, keys: KeyStore) -> None:
    form = write_form(tmp_path / "k.xlsx", {}, "contract", subject_id="K-001")
    order = Order("researcher", "佐伯", to="department")
    plain = send_on(form, tmp_path / "plain", order, keys=keys, register=Register.open(), at=AT)
    assert plain.to == "部局 / Department"
    Session(AT.date()).check(form, tmp_path / "k.reviewed.xlsx")
    with pytest.raises(XlsAddinError) as refused:
        send_on(tmp_path / "k.reviewed.xlsx", tmp_path / "out", order, keys=keys, register=Register.open(), at=AT)
    assert refused.value.code == "RS-STAGE-006"


def test_the_next_desk_sends_a_sealed_copy_on_and_seals_it_anew(form: Path, tmp_path: Path, keys: KeyStore) -> None:
    first = sent_on(form, tmp_path / "out", keys)
    order = Order("export_control", "田中", "判断済", to="decision")
    register = Register.open()
    second = send_on(first.workbook, tmp_path / "next", order, keys=keys, register=register, at=AT)
    assert second.workbook.name == "researcher-P-001-2-decision.xlsx"
    assert verify_workbook(second.workbook, keys, register).state is SealState.VALID
    assert [passing.who for passing in read_stages(second.workbook)] == ["佐藤", "田中"]
    assert second.findings == ()


def test_a_name_under_which_mail_has_left_is_not_used_again(
    form: Path, tmp_path: Path, keys: KeyStore, home: Path
) -> None:
    (home / "desks.toml").write_text(
        'sender = "a@example.jp"\n[addresses]\nexport_control = "b@example.jp"\n', encoding="utf-8"
    )
    first = sent_on(form, tmp_path / "out", keys)
    again = sent_on(form, tmp_path / "out", keys)
    assert again.workbook == first.workbook, "nothing left yet: the same copy, made anew"
    (record,) = Journal(tmp_path / "out").records()
    Journal(tmp_path / "out").mark(record.key, Sending.SENT)
    later = sent_on(form, tmp_path / "out", keys)
    assert later.workbook.name == "researcher-P-001-1-export_control-2.xlsx"
    assert sorted(r.state for r in Journal(tmp_path / "out").records()) == [Sending.DRAFT, Sending.SENT]
