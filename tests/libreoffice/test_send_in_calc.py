"""The ribbon's Send group in Calc: what is made, where it lies, what it says, and what stays as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlwings as xw

from tests.libreoffice.typing_in import table_of, type_singles
from xlsaddin.exchange.mail.draft import read_message
from xlsaddin.exchange.protection.encryption import decrypt_workbook
from xlsaddin.exchange.protection.passphrases import read_passphrases
from xlsaddin.exchange.routing.stages import check_stages, read_stages
from xlsaddin.exchange.seal.keys import KeyStore
from xlsaddin.exchange.seal.sealing import SealState, Verdict, verify_workbook
from xlsaddin.libreoffice.host import CalcHost
from xlsaddin.register.register import Register
from xlsaddin.workbook.read.book import read_workbook

pytestmark = pytest.mark.office

OFFICE, EXPORT = "研究推進課 / Research office", "輸出管理 / Export control"


@pytest.fixture
def desk(host: CalcHost, checked: xw.Book) -> CalcHost:
    """An officer of the research office with a signing key, a checked workbook in front."""
    KeyStore().create("みどり大学 研究推進課", "2026-09-01")
    host.press("RibbonSetReviewer", "佐藤一郎")
    host.press("RibbonSetDesk", "研究推進課")
    return host


def lines(book: xw.Book) -> list[tuple[object, ...]]:
    """The lines of the open stage sheet: stage, who, decision, remark."""
    body = table_of(book, "r_stages").data_body_range
    return [(row[0], row[1], row[3], row[4]) for row in body.options(ndim=2).value]


def decide(book: xw.Book, decision: str, remark: str) -> None:
    """Type into the line that waits, where the button put the cursor."""
    cell = book.app.selection
    assert cell.sheet.name == "回付"
    cell.value, cell.offset(0, 1).value = decision, remark


def sent(book: xw.Book) -> tuple[Path, Path]:
    """Copy and draft in the outbox beside the workbook."""
    outbox = Path(book.fullname).parent / "outbox"
    (copy,), (draft,) = outbox.glob("*.xlsx"), outbox.glob("*.eml")
    return copy, draft


def verdict(path: Path) -> Verdict:
    with Register.open() as register:
        return verify_workbook(path, KeyStore(), register)


def test_the_first_press_asks_for_a_decision_and_makes_nothing(desk: CalcHost, checked: xw.Book) -> None:
    desk.press("RibbonSendOn")
    assert desk.app.impl.alerts == [
        f"シート「回付」の選んだ行に判断と備考を記入し、もう一度「次の担当へ」を押してください。次の担当: {EXPORT}。"
    ]
    assert lines(checked) == [(OFFICE, "佐藤一郎", None, None)]
    assert not (Path(checked.fullname).parent / "outbox").exists()


def test_the_second_press_records_freezes_seals_and_drafts_in_one_go(desk: CalcHost, checked: xw.Book) -> None:
    desk.press("RibbonLiveOn")
    desk.press("RibbonSendOn")
    decide(checked, "確認済", "'=1+1 至急")
    desk.app.impl.alerts.clear()
    desk.press("RibbonSendOn")
    copy, draft = sent(checked)
    (told,) = desk.app.impl.alerts
    assert str(copy) in told
    assert str(draft) in told
    assert "まだ送信していません" in told
    assert verdict(copy).state is SealState.VALID
    assert [(one.stage, one.who, one.decision, one.remark) for one in read_stages(copy)] == [
        (OFFICE, "佐藤一郎", "確認済", "=1+1 至急")
    ]
    assert list(check_stages(read_workbook(copy))) == []
    assert "RS_MATCH" not in "".join(
        str(cell) for sheet in reopened(desk, copy).sheets for row in sheet.used_range.formula for cell in row
    )
    mail = read_message(draft)
    assert mail["X-Unsent"] == "1"
    assert "LIN" not in str(mail)
    assert lines(checked) == [(OFFICE, "佐藤一郎", "確認済", "=1+1 至急")]
    assert str(desk.app.status_bar).startswith(f"「{EXPORT}」へ渡す写しと下書きができました")


def reopened(host: CalcHost, path: Path) -> xw.Book:
    return host.app.books.open(path)


def test_a_change_after_sending_is_named_by_verify(desk: CalcHost, checked: xw.Book) -> None:
    desk.press("RibbonSendOn")
    decide(checked, "確認済", "")
    desk.press("RibbonSendOn")
    copy, _ = sent(checked)
    book = reopened(desk, copy)
    type_singles(book, {"name": "LIN Haoran Jr."})
    book.save()
    found = verdict(copy)
    assert found.state is SealState.CHANGED
    assert "a_name" in {change.place for change in found.changes} | {change.address for change in found.changes}


def test_the_next_desk_goes_on_from_the_copy(desk: CalcHost, checked: xw.Book, tmp_path: Path) -> None:
    desk.press("RibbonSendOn")
    decide(checked, "確認済", "")
    desk.press("RibbonSendOn")
    received = tmp_path / "received" / "from-office.xlsx"
    received.parent.mkdir()
    received.write_bytes(sent(checked)[0].read_bytes())
    book = reopened(desk, received)
    book.activate()
    desk.press("RibbonSetDesk", "export_control")
    desk.press("RibbonSetNextDesk", "決定")
    desk.press("RibbonSendOn")
    decide(book, "差し支えなし", "")
    desk.press("RibbonSendOn")
    copy, _ = sent(book)
    assert [one.stage for one in read_stages(copy)] == [OFFICE, EXPORT]
    assert copy.name.endswith("-2-decision.xlsx")


def test_an_encrypted_copy_opens_with_the_passphrase_of_that_desk(desk: CalcHost, checked: xw.Book) -> None:
    desk.press("RibbonSetEncrypt", True)
    desk.press("RibbonSendOn")
    decide(checked, "確認済", "")
    desk.press("RibbonSendOn")
    copy, draft = sent(checked)
    passphrase = read_passphrases(copy.parent)["export_control"]
    opened = copy.with_name("opened.xlsx")
    opened.write_bytes(decrypt_workbook(copy.read_bytes(), [passphrase]) or b"")
    assert verdict(opened).state is SealState.VALID
    assert passphrase not in draft.read_text(encoding="utf-8")
    assert str(copy.parent / "passphrases.csv") in desk.app.impl.alerts[-1]


def test_without_a_key_one_sentence_and_the_line_stays_to_be_sent(host: CalcHost, checked: xw.Book) -> None:
    host.press("RibbonSetReviewer", "佐藤一郎")
    host.press("RibbonSetDesk", "research_office")
    host.press("RibbonSendOn")
    decide(checked, "確認済", "")
    host.app.impl.alerts.clear()
    host.press("RibbonSendOn")
    assert len(host.app.impl.alerts) == 1
    assert "keys" in host.app.impl.alerts[0]
    assert list((Path(checked.fullname).parent / "outbox").glob("*.xlsx")) == []
    assert lines(checked) == [(OFFICE, "佐藤一郎", "確認済", None)]


def test_what_is_missing_is_asked_for(host: CalcHost, checked: xw.Book) -> None:
    host.press("RibbonSendOn")
    assert "自分の段階" in host.app.impl.alerts[-1]
    host.press("RibbonSetDesk", "研究推進課")
    host.press("RibbonSendOn")
    assert "確認者" in host.app.impl.alerts[-1]
    host.press("RibbonSetDesk", "経理")
    assert "経理" in host.app.impl.alerts[-1]


def test_a_sealed_copy_is_verified(desk: CalcHost, checked: xw.Book) -> None:
    desk.press("RibbonSendSealed")
    assert desk.app.impl.alerts == []
    assert verdict(Path(checked.fullname).with_name("researcher.sealed.xlsx")).state is SealState.VALID
