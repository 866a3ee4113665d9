"""Judgements made at another desk, elsewhere installed, count under a valid seal of a trusted key and else not."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.exchange.forms import edit_form, write_form
from tests.exchange.rosters import DAY
from xlsaddin.batch.session import Session
from xlsaddin.exchange.inbox.collecting import Desk, collect
from xlsaddin.exchange.seal.keys import KeyStore
from xlsaddin.exchange.seal.sealing import seal_workbook
from xlsaddin.findings import Finding
from xlsaddin.register.register import Register
from xlsaddin.review_model import Review
from xlsaddin.screening.model import Disposition
from xlsaddin.workbook.opening import open_package
from xlsaddin.workbook.patch.apply import apply_changes
from xlsaddin.workbook.plan import CellWrite, Changes
from xlsaddin.workbook.structure import Structure

AT = datetime(2026, 9, 5, 10, 0, tzinfo=UTC)
JUDGED = {"同一か": "別", "理由": "別の機関", "確認者": "田中", "日付": date(2026, 9, 4), "承認者": "鈴木"}
LISTED = {"since": "2023-10", "until": "現在", "body": "澜江工业大学", "body_en": "Lanjiang Institute of Technology",
          "country": "XD", "post": "Researcher", "capacity": "客員・訪問"}  # fmt: skip
GIVEN = {"name": "LIN Haoran", "role": "研究参画者", "email": "lin@midori-u.example.jp", "career": [LISTED]}


class Places:
    """The two installations: export control, which judges, and the research office, which receives."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder, self._patch = folder, patch

    def at(self, desk: str) -> None:
        self._patch.setenv("XLSADDIN_HOME", str(self.folder / desk))


def judge(source: Path, target: Path) -> Path:
    """Write a copy with a complete judgement beside the first hit."""
    table = Structure(open_package(source)).tables["r_hits"]
    columns = {header: table.area.left + n for n, header in enumerate(table.headers)}
    found = {key: next(c for header, c in columns.items() if header.startswith(key)) for key in JUDGED}
    writes = (CellWrite(table.sheet, table.area.top + 1, found[key], value) for key, value in JUDGED.items())
    apply_changes(source, Changes(writes=tuple(writes)), target)
    return target


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    return Places(tmp_path, monkeypatch)


@pytest.fixture
def key_line(places: Places) -> str:
    places.at("export-control")
    return KeyStore().create("みどり大学 輸出管理", "2026-08-01").line


@pytest.fixture
def sealed(places: Places, key_line: str, tmp_path: Path) -> Path:
    """A declaration reviewed, judged and sealed by export control."""
    form = write_form(tmp_path / "form.xlsx", GIVEN, subject_id="P-003")
    Session(DAY).check(form, tmp_path / "r.xlsx")
    judged = judge(tmp_path / "r.xlsx", tmp_path / "judged.xlsx")
    with Register.open() as register:
        seal_workbook(judged, tmp_path / "sealed.xlsx", KeyStore(), register, AT)
    places.at("research-office")
    return tmp_path / "sealed.xlsx"


def reviewed(path: Path) -> Review:
    found = Session(DAY).check(path).found
    assert not isinstance(found, Finding), found
    return found


def judgements(review: Review) -> set[tuple[Disposition, str]]:
    said = (hit.judgement for hit in review.hits)
    return {(one.disposition, one.reviewer) for one in said if one.disposition is not Disposition.PENDING}


def codes(review: Review) -> set[str]:
    return {finding.code for finding in review.findings}


def test_under_a_valid_seal_of_a_trusted_key_they_count(sealed: Path, key_line: str) -> None:
    KeyStore().trust(key_line)
    review = reviewed(sealed)
    assert judgements(review) == {(Disposition.FALSE_POSITIVE, "田中")}
    assert "RS-READ-015" not in codes(review)


def test_without_trust_in_the_key_they_do_not(sealed: Path) -> None:
    review = reviewed(sealed)
    assert judgements(review) == set()
    assert "RS-READ-015" in codes(review)


def test_changed_after_the_seal_they_do_not(sealed: Path, key_line: str, tmp_path: Path) -> None:
    KeyStore().trust(key_line)
    touched = edit_form(sealed, tmp_path / "touched.xlsx", {"email": "x@example.jp"})
    review = reviewed(touched)
    assert judgements(review) == set()
    assert "RS-READ-015" in codes(review)


def test_what_came_back_from_another_desk_is_collected_apart(sealed: Path, key_line: str, tmp_path: Path) -> None:
    KeyStore().trust(key_line)
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "judged.xlsx").write_bytes(sealed.read_bytes())
    (inbox / "declared.xlsx").write_bytes((tmp_path / "form.xlsx").read_bytes())
    done = collect(inbox, tmp_path / "collected", Desk())
    assert {p.received.origin: p.state.value for p in done.pieces} == {
        "judged.xlsx": "accepted",
        "declared.xlsx": "accepted",
    }
    laid_out = {
        p.relative_to(tmp_path / "collected").as_posix() for p in (tmp_path / "collected").glob("*/researcher*")
    }
    assert laid_out == {"accepted/researcher-P-003.xlsx", "reviewed/researcher-P-003.reviewed.xlsx"}
    (piece,) = (p for p in done.pieces if p.received.found.office)
    assert [note.code for note in piece.received.found.notes] == ["RS-COLLECT-020"]


def test_two_judged_copies_are_put_before_a_person(sealed: Path, key_line: str, tmp_path: Path) -> None:
    KeyStore().trust(key_line)
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "one.xlsx").write_bytes(sealed.read_bytes())
    (inbox / "two.xlsx").write_bytes(edit_form(sealed, tmp_path / "t.xlsx", {"email": "x@example.jp"}).read_bytes())
    done = collect(inbox, tmp_path / "collected", Desk())
    assert {p.state.value for p in done.pieces} == {"conflict"}
