"""The pages of the departments name commands and options that exist, and pictures that are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from xlsaddin.cli.app import app

DOCS = Path(__file__).parents[2] / "docs"
PAGES = [*sorted((DOCS / "departments").glob("*.md")), DOCS / "seals.md"]
_SPAN = re.compile(r"`([^`\n]+)`|^(xlsaddin .+)$", re.MULTILINE)


def commands(page: Path) -> list[tuple[str, list[str]]]:
    """Return the commands a page names, each with its options."""
    spans = ("".join(found) for found in _SPAN.findall(page.read_text(encoding="utf-8")))
    words = [span.split("#")[0].split() for span in spans if span.startswith("xlsaddin ")]
    return [(word[1], re.findall(r"--[a-z-]+", " ".join(word))) for word in words if len(word) > 1]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_a_page_tells_people_to_type_exists(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    for command, options in commands(page):
        shown = CliRunner().invoke(app, [command, "--help"])
        assert shown.exit_code == 0, command
        text = re.sub(r"\x1b\[[0-9;]*m", "", shown.output)
        assert all(option in text for option in options), (command, options)


def test_pages_name_commands_at_all() -> None:
    assert sum(len(commands(page)) for page in PAGES) > 30


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_pictures_and_links_are_there(page: Path) -> None:
    for target in re.findall(r"\]\((?!http)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target
