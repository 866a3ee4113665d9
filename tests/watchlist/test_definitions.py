"""Each list is defined, explained, bounded and documented; loading the room costs nothing heavy."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from xlsaddin.watchlist.page import render_page
from xlsaddin.watchlist.parsers import PARSERS
from xlsaddin.watchlist.sources import SAMPLE_ID, load_definitions

ROOT = Path(__file__).parents[2]


def test_every_parser_has_a_definition_and_every_definition_a_parser() -> None:
    parsed = {parser.list_id for parser in PARSERS if parser.list_id}
    assert parsed == set(load_definitions()) - {SAMPLE_ID}


def test_every_list_says_in_both_languages_what_a_hit_means() -> None:
    for list_id, known in load_definitions().items():
        source = known.source
        assert all((source.title_ja, source.title_en, source.meaning_ja, source.meaning_en, source.publisher)), list_id
        assert 0 < source.minimum < source.maximum, list_id
        assert source.sample or (source.licence and source.page_url.startswith("https://")), list_id


def test_metis_list_is_not_called_a_ban_and_mofs_is_called_a_freeze() -> None:
    definitions = load_definitions()
    assert "禁止するリストではありません" in definitions["jp_meti_eul"].source.meaning_ja
    assert "資産凍結" in definitions["jp_mof"].source.meaning_ja


def test_the_page_on_lists_is_made_from_the_definitions() -> None:
    page = (ROOT / "docs" / "lists.md").read_text(encoding="utf-8")
    assert render_page(page) == page


def test_using_stored_lists_imports_nothing_heavy() -> None:
    code = (
        "import sys, xlsaddin.watchlist.store as s; from datetime import date;"
        "s.ListStore().status(date(2026, 11, 23));"
        "print([m for m in ('pandas','openpyxl','pdfplumber','httpx','numpy','lxml') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
