"""The documentation page of each checklist is what its definition says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from xlsaddin.checklist.loading import checklist_keys, load_checklist
from xlsaddin.report.checklist_pages import FOLDER, render_checklist_page

PAGES = Path(__file__).parents[2] / FOLDER


@pytest.mark.parametrize("key", checklist_keys())
def test_page_is_as_generated(key: str, home: Path) -> None:
    page = (PAGES / f"{key}.md").read_text(encoding="utf-8")
    assert page == render_checklist_page(load_checklist(key)), "run `python -m xlsaddin.report.checklist_pages`"


def test_no_page_without_a_checklist(home: Path) -> None:
    assert {path.stem for path in PAGES.glob("*.md")} == set(checklist_keys())


@pytest.mark.parametrize("key", checklist_keys())
def test_page_shows_every_question_in_both_languages(key: str) -> None:
    page = (PAGES / f"{key}.md").read_text(encoding="utf-8")
    for item in load_checklist(key).items:
        assert item.label_ja in page
        assert item.label_en in page
        for column in item.columns:
            assert f"{column.label_ja}<br>{column.label_en}" in page


def test_links_of_the_traceability_page_lead_somewhere() -> None:
    page = (PAGES.parent / "traceability.md").read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#]+?\.(?:md|py))(?:#(\w+))?\)", page)
    assert len(links) > 100
    for target, anchor in links:
        text = (PAGES.parent / target).resolve().read_text(encoding="utf-8")
        assert not anchor or f'<a id="{anchor}"></a>' in text, (target, anchor)
