"""Issue 4, texts of the forms: inquiry, notice of measures, report of an error; neutral, complete, drafted once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.exchange.forms import edit_form
from tests.exchange.rosters import DAY, SAEKI, write_roster
from xlsaddin.batch.demonstration import fill_workbooks
from xlsaddin.batch.session import Session
from xlsaddin.cli.app import app
from xlsaddin.errors import XlsAddinError
from xlsaddin.exchange.mail.draft import read_message
from xlsaddin.exchange.mail.journal import Journal, Sending
from xlsaddin.exchange.outbox.letters import LETTERS, Letter, add_working_days, draft_letter
from xlsaddin.exchange.outbox.quoting import adopted_measures, open_differences
from xlsaddin.exchange.roster import Roster, read_roster
from xlsaddin.watchlist.store import ListStore
from xlsaddin.workbook.opening import open_package
from xlsaddin.workbook.patch.apply import apply_changes
from xlsaddin.workbook.plan import CellWrite, Changes
from xlsaddin.workbook.structure import Structure

INQUIRY = {"first": "②「甲研究所」", "second": "⑩「該当なし」"}
ERROR = {
    "item": "② 研究経歴",
    "before": "甲大学",
    "after": "甲研究所",
    "found_on": "2026/09/01",
    "cause": "記入漏れ",
    "effect": "なし",
    "redone_on": "2026/09/03",
}
JUDGING = ("リスク", "疑い", "不正", "虚偽", "未申告", "ヒット", "一致", "リスト", "区分")


@pytest.fixture
def roster(tmp_path: Path, home: Path) -> Roster:
    return read_roster(write_roster(tmp_path / "roster.xlsx", [{**SAEKI, "case_numbers": "C-03"}]), DAY)


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reviewed workbook of a fictional person with a difference to be asked about."""
    folder = tmp_path_factory.mktemp("reviewed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XLSADDIN_HOME", str(folder / "home"))
        fill_workbooks(ListStore(), DAY, folder)
        form = edit_form(
            folder / "03-lin.xlsx",
            folder / "silent.xlsx",
            {"listed_affiliations": "該当なし"},
            {("listed_affiliations", 1): dict.fromkeys(("term", "body", "country", "position", "paid", "related"))},
        )
        Session(DAY).check(form, folder / "03-lin.reviewed.xlsx")
    return folder / "03-lin.reviewed.xlsx"


def mail_of(folder: Path, key: str) -> tuple[str, str]:
    message = read_message(folder / "drafts" / f"{key.replace('/', '-')}.eml")
    return str(message["Subject"]), message.get_body(("plain",)).get_content()  # type: ignore[union-attr]


def test_an_inquiry_quotes_two_points_and_leaves_time(roster: Roster, tmp_path: Path) -> None:
    key = draft_letter(Letter("inquiry", "P-001", INQUIRY), roster, tmp_path / "out", DAY)
    subject, body = mail_of(tmp_path / "out", key)
    assert all(text in body for text in INQUIRY.values())
    assert "9/8 17:00 JST（5営業日以上）" in body
    assert not any(word in subject + body for word in JUDGING)
    assert not any(word in subject for word in ("佐伯", "SAEKI", "P-001"))


def test_a_short_inquiry_says_why(roster: Roster, tmp_path: Path) -> None:
    soon = date(2026, 9, 3)
    with pytest.raises(XlsAddinError) as refused:
        draft_letter(Letter("inquiry", "P-001", INQUIRY, due=soon), roster, tmp_path / "out", DAY)
    assert refused.value.code == "RS-MAIL-012"
    stated = {**INQUIRY, "hurry": "締切が近いため"}
    key = draft_letter(Letter("inquiry", "P-001", stated, due=soon), roster, tmp_path / "out", DAY)
    assert "締切が近いため" in mail_of(tmp_path / "out", key)[1]


def test_weekends_are_no_working_days() -> None:
    assert add_working_days(date(2026, 9, 4), 1) == date(2026, 9, 7)
    assert add_working_days(date(2026, 9, 5), 5) == date(2026, 9, 11)


@pytest.mark.parametrize("kind", LETTERS)
def test_what_a_letter_lacks_is_named(roster: Roster, tmp_path: Path, kind: str) -> None:
    with pytest.raises(XlsAddinError) as lacking:
        draft_letter(Letter(kind, "P-001"), roster, tmp_path / "out", DAY)
    assert lacking.value.code == "RS-MAIL-001"
    assert not (tmp_path / "out" / "drafts").exists()


def test_the_report_to_the_funder_goes_to_the_funder_and_is_drafted_once(roster: Roster, tmp_path: Path) -> None:
    out = tmp_path / "out"
    letter = Letter("error_report", "P-001", {**ERROR, "recipient": "架空振興機構"}, to="desk@funder.example.org")
    key = draft_letter(letter, roster, out, DAY)
    assert draft_letter(letter, roster, out, DAY) == key
    message = read_message(out / "drafts" / f"{key.replace('/', '-')}.eml")
    assert message["To"] == "desk@funder.example.org"
    body = mail_of(out, key)[1]
    assert all(text in body for text in ERROR.values())
    assert [(record.key, record.state) for record in Journal(out).records()] == [(key, Sending.DRAFT)]


def test_an_inquiry_is_quoted_from_a_reviewed_workbook_without_the_lists_words(
    reviewed: Path, roster: Roster, tmp_path: Path
) -> None:
    (quoted, *_) = open_differences(reviewed)
    key = draft_letter(Letter("inquiry", "P-001", quoted), roster, tmp_path / "out", DAY)
    body = mail_of(tmp_path / "out", key)[1]
    assert quoted["first"].startswith("②")
    assert "澜江工业大学" in quoted["first"]
    assert "⑩" in quoted["second"]
    assert "該当なし" in quoted["second"]
    assert quoted["first"] in body
    assert quoted["second_en"] in body


def test_measures_are_noticed_once_they_are_adopted(reviewed: Path, tmp_path: Path) -> None:
    with pytest.raises(XlsAddinError) as none:
        adopted_measures(reviewed)
    assert none.value.code == "RS-MAIL-013"
    table = Structure(open_package(reviewed)).tables["r_measures"]
    column = table.area.left + next(n for n, header in enumerate(table.headers) if header.startswith("採否"))
    writes = (CellWrite(table.sheet, table.area.top + 1, column, "採用"),)
    apply_changes(reviewed, Changes(writes=writes), tmp_path / "adopted.xlsx")
    (measure,) = adopted_measures(tmp_path / "adopted.xlsx")
    assert len(measure["measure"]) > 10


def test_the_command_drafts_from_facts_in_a_file(roster: Roster, tmp_path: Path) -> None:
    facts = tmp_path / "facts.toml"
    facts.write_text('measure = "装置の利用は予約制"\nstart = "2026/10/01"\n', encoding="utf-8")
    command = ["letter", "measures", "--roster", str(tmp_path / "roster.xlsx"), "--outbox", str(tmp_path / "out")]
    command += ["--subject", "P-001", "--facts", str(facts), "--as-of", "2026-09-01"]
    assert CliRunner().invoke(app, command).exception is not None
    done = CliRunner().invoke(app, [*command, "--set", "end=課題終了"])
    assert done.exit_code == 0, done.output
    body = mail_of(tmp_path / "out", done.stdout.strip())[1]
    assert "装置の利用は予約制" in body
    assert "課題終了" in body
