"""A form goes back with what is wrong about its form and nothing else; what was mended is told when it returns."""

from __future__ import annotations

import html
import re
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.exchange.forms import edit_form
from tests.exchange.rosters import DAY, SAEKI, roster_of, terms
from xlsaddin.batch.session import Session
from xlsaddin.errors import WorkbookError, XlsAddinError
from xlsaddin.exchange.inbox.collecting import Desk, collect
from xlsaddin.exchange.mail.draft import read_message
from xlsaddin.exchange.mail.journal import Journal, Sending
from xlsaddin.exchange.outbox.distributing import distribute
from xlsaddin.exchange.outbox.manifest import read_manifest
from xlsaddin.exchange.returning.coming_back import mended_since_return
from xlsaddin.exchange.returning.returning import return_form
from xlsaddin.exchange.roster import Roster
from xlsaddin.exchange.routing.stages import pass_stage

LISTED = {"since": "2012/9", "until": "2016/6", "school": "哈尔滨工业大学",
          "school_full": "Harbin Institute of Technology", "country": "CN", "degree": "学士"}  # fmt: skip
INCOMPLETE = {"since": "2017/4", "until": "2020/3", "school": "東北大学", "country": "JP", "degree": "博士"}
AUTHOR = "TANAKA Officer"

AT = datetime(2026, 9, 5, 10, 0, tzinfo=UTC)


@pytest.fixture
def office(tmp_path: Path, home: Path) -> tuple[Path, Roster, Path]:
    """Outbox, roster, and an answer with a listed university, a blank cell and states left blank."""
    roster = roster_of(tmp_path, [{**SAEKI, "case_numbers": "C-03"}])
    entry = distribute(roster, tmp_path / "outbox", terms()).entries[0]
    answer = edit_form(
        tmp_path / "outbox" / entry.file,
        tmp_path / "answer.xlsx",
        {"stated_on": date(2026, 8, 30), "education": "あり", "consent_true": "☑", "consent_notice": "☑"},
        added={"education": [LISTED, INCOMPLETE]},
    )
    return tmp_path / "outbox", roster, named(answer, AUTHOR)


def named(path: Path, author: str) -> Path:
    """Put a name into the properties of a file, as Excel does."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    core = parts["docProps/core.xml"].decode()
    core = re.sub(r"<dc:creator>.*?</dc:creator>|<dc:creator/>", f"<dc:creator>{author}</dc:creator>", core)
    core = re.sub(r"<cp:lastModifiedBy>.*?</cp:lastModifiedBy>|<cp:lastModifiedBy/>",
                  f"<cp:lastModifiedBy>{author}</cp:lastModifiedBy>", core)  # fmt: skip
    assert author in core
    parts["docProps/core.xml"] = core.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def everything_in(path: Path) -> str:
    """All text of a package, part names included."""
    with zipfile.ZipFile(path) as package:
        texts = [name + "\n" + package.read(name).decode("utf-8", "replace") for name in package.namelist()]
    return html.unescape("\n".join(texts))


def test_the_copy_names_what_to_mend_and_where(office: tuple[Path, Roster, Path]) -> None:
    outbox, roster, answer = office
    done = return_form(answer, outbox, roster, DAY)
    assert done.entry is not None
    book = load_workbook(outbox / done.entry.file)
    assert book.active.title == "指摘"
    assert book["指摘"].sheet_state == "visible"
    listed = [row for row in book["指摘"].iter_rows(min_row=6, values_only=True) if row[6]]
    assert len(listed) == len(done.findings)
    blank = next(f for f in done.findings if f.location.column == "school_full")
    note = book[blank.location.sheet][blank.location.cell].comment
    assert blank.message_ja in note.text
    assert all(finding.location.cell for finding in done.findings)
    items = {finding.location.item for finding in done.findings}
    assert {"career", "consent_share", "education"} <= items
    assert "name" not in items


def test_nothing_of_the_office_is_anywhere_in_the_package(office: tuple[Path, Roster, Path]) -> None:
    outbox, roster, answer = office
    done = return_form(answer, outbox, roster, DAY)
    assert done.entry is not None
    text = everything_in(outbox / done.entry.file)
    sent = everything_in(answer)
    assert AUTHOR in sent
    assert AUTHOR not in text
    for table in ("r_hits", "r_contributions", "r_measures"):
        assert table not in text
    for word in ("極めて高", "暫定", "判定不能", "ヒット", "掲載者", "true_match", "false_positive", "critical"):
        assert text.count(word) <= sent.count(word), word
    book = load_workbook(outbox / done.entry.file)
    for name in ("r_level", "r_state", "r_score", "r_lists"):
        sheet, cell = next(iter(book.defined_names[name].destinations))
        assert book[sheet][cell].value is None


def test_an_office_edition_is_never_sent_back(office: tuple[Path, Roster, Path], tmp_path: Path) -> None:
    outbox, roster, answer = office
    reviewed = tmp_path / "answer.reviewed.xlsx"
    Session(DAY).check(answer, reviewed)
    assert "r_hits" in everything_in(reviewed)
    with pytest.raises(WorkbookError) as refused:
        return_form(reviewed, outbox, roster, DAY)
    assert refused.value.code == "RS-RETURN-001"
    assert not (outbox / "returns").exists()


def test_the_mail_names_each_point_in_plain_words(office: tuple[Path, Roster, Path]) -> None:
    outbox, roster, answer = office
    done = return_form(answer, outbox, roster, DAY, due=date(2026, 9, 9))
    assert done.entry is not None
    message = read_message(outbox / "drafts" / "researcher-P-001-2.eml")
    text = message.get_body().get_content()  # type: ignore[union-attr]
    assert "内容の評価ではありません" in text
    assert "9/9 17:00 JST" in text
    assert all(finding.message_ja in text and finding.message_en in text for finding in done.findings)
    assert "佐伯" not in str(message["Subject"])
    assert not re.search("照合|区分|Harbin|哈尔滨|hit", str(message["Subject"]) + text)


def test_a_complete_form_is_not_sent_back(office: tuple[Path, Roster, Path], tmp_path: Path) -> None:
    outbox, roster, answer = office
    tables = ("career", "grants", "other_support", "publications", "patents", "talent_programs", "misconduct",
              "listed", "listed_affiliations", "listed_ties", "residency")  # fmt: skip
    given = {**dict.fromkeys(tables, "該当なし"), "consent_share": "☑"}
    whole = edit_form(answer, tmp_path / "whole.xlsx", given, {("education", 2): {"school_full": "Tohoku University"}})
    done = return_form(whole, outbox, roster, DAY)
    assert (done.entry, done.findings) == (None, ())


def test_what_was_mended_and_what_not_is_told_when_it_comes_back(
    office: tuple[Path, Roster, Path], tmp_path: Path
) -> None:
    outbox, roster, answer = office
    done = return_form(answer, outbox, roster, DAY)
    assert done.entry is not None
    corrected = edit_form(
        outbox / done.entry.file,
        tmp_path / "inbox" / "again.xlsx",
        {"career": "該当なし", "consent_share": "☑", "email": "no address"},
        {("education", 2): {"school_full": "Tohoku University"}},
    )
    (tmp_path / "inbox" / "first.xlsx").write_bytes(answer.read_bytes())
    found = mended_since_return(corrected, outbox, DAY)
    assert {"career", "consent_share"} <= {one.item for one in found.mended}
    assert ("education", "school_full") in {(one.item, one.column) for one in found.mended}
    assert "grants" in {one.item for one in found.open}
    assert {one.item for one in found.new} == {"email"}
    assert len(found.mended) + len(found.open) == len(done.findings)
    collection = collect(tmp_path / "inbox", tmp_path / "collected", Desk((outbox,)))
    states = {p.received.origin: p.state.value for p in collection.pieces}
    assert states == {"first.xlsx": "superseded", "again.xlsx": "accepted"}
    with pytest.raises(XlsAddinError) as foreign:
        mended_since_return(answer, outbox, DAY)
    assert foreign.value.code == "RS-RETURN-005"


def test_a_return_is_made_once_and_not_changed_after_it_was_sent(
    office: tuple[Path, Roster, Path], tmp_path: Path
) -> None:
    outbox, roster, answer = office
    first = return_form(answer, outbox, roster, DAY)
    assert first.entry is not None
    assert return_form(answer, outbox, roster, DAY) == first
    assert [(e.round, e.file) for e in read_manifest(outbox)] == [
        (1, "workbooks/researcher-P-001.xlsx"),
        (2, "returns/researcher-P-001-2.xlsx"),
    ]
    Journal(outbox).mark(first.entry.mail, Sending.SENT)
    other = edit_form(answer, tmp_path / "other.xlsx", {"career": "該当なし"})
    with pytest.raises(XlsAddinError) as refused:
        return_form(other, outbox, roster, DAY)
    assert refused.value.code == "RS-RETURN-004"
    assert distribute(roster, outbox, terms()).entries[0].round == 1
    assert len(read_manifest(outbox)) == 2, "handing out again keeps the rounds"


def test_a_form_that_other_desks_have_written_on_does_not_go_back(
    office: tuple[Path, Roster, Path], tmp_path: Path
) -> None:
    outbox, roster, answer = office
    own, passed = tmp_path / "own.xlsx", tmp_path / "passed.xlsx"
    pass_stage(answer, own, "researcher", "佐伯", AT, remark="記入しました")
    assert return_form(own, outbox, roster, DAY).entry is not None
    pass_stage(own, passed, "research_office", "佐藤", AT, decision="要確認")
    with pytest.raises(WorkbookError) as refused:
        return_form(passed, outbox, roster, DAY)
    assert refused.value.code == "RS-RETURN-001"
