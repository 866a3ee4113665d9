"""The pictures of the documentation: each drawn one is there and used, and their cases can still be filled in."""

from __future__ import annotations

import re
from pathlib import Path

from docs.pictures import AFTER, BEFORE, CASES, DAY, FOLDER
from xlsaddin.batch.demonstration import fill_workbooks
from xlsaddin.checklist.loading import checklist_keys
from xlsaddin.watchlist.store import ListStore
from xlsaddin.workbook.read.book import read_workbook

ROOT = Path(__file__).parents[1]


def used(page: Path) -> set[Path]:
    """The pictures a page shows."""
    return {(page.parent / path).resolve() for path in re.findall(r"!\[[^]]*\]\(([^)]+)\)", page.read_text("utf-8"))}


def test_every_picture_that_is_drawn_is_there_and_shown() -> None:
    shown = used(ROOT / "docs" / "pictures.md")
    assert {FOLDER / f"{shot.name}.png" for shot in (*BEFORE, *AFTER)} == shown
    assert set(FOLDER.glob("*.png")) == shown


def test_every_picture_a_page_shows_is_there() -> None:
    for page in (ROOT / "README.md", *(ROOT / "docs").rglob("*.md")):
        assert [path for path in used(page) if not path.is_file()] == [], page


def test_every_form_people_fill_in_is_shown_before_and_after() -> None:
    names = {shot.name for shot in (*BEFORE, *AFTER)}
    for kind in set(checklist_keys()) - {"roster"}:
        assert {f"{kind}-before", f"{kind}-after"} <= names


def test_the_cases_fill_their_forms_without_a_question_that_is_gone(home: Path, tmp_path: Path) -> None:
    cases = sorted(CASES.glob("*.toml"))
    filled = fill_workbooks(ListStore(), DAY, tmp_path, cases).workbooks[-len(cases) :]
    for workbook in filled:
        book = read_workbook(workbook.path)
        assert [found.code for found in book.findings if found.code.startswith("RS-READ")] == []
