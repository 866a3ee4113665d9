"""Files of the publishers and an empty store, for the tests of lists."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from xlsaddin.watchlist.gather import gather
from xlsaddin.watchlist.parsers import PARSERS
from xlsaddin.watchlist.parsers.interface import ParsedList, PublishedFile
from xlsaddin.watchlist.store import ListStore

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="session")
def lists_folder(test_data: Path) -> Path:
    """Folder of the published files."""
    return test_data / "lists"


@pytest.fixture(scope="session")
def parsed(lists_folder: Path) -> Callable[[str], ParsedList]:
    """Parse a published file once a session, by the one parser that recognises it."""
    cache: dict[str, ParsedList] = {}

    def parse(path: str) -> ParsedList:
        if path not in cache:
            file = gather(lists_folder / path)
            cache[path] = parser_for(file).parse(file)
        return cache[path]

    return parse


def parser_for(file: PublishedFile):  # type: ignore[no-untyped-def]
    found = [parser for parser in PARSERS if parser.recognises(file)]
    assert len(found) == 1, [parser.list_id for parser in found]
    return found[0]


@pytest.fixture
def store(tmp_path: Path) -> ListStore:
    """A store in an empty folder."""
    return ListStore(tmp_path / "home")


@pytest.fixture
def own_csv(tmp_path: Path) -> Callable[..., Path]:
    """Write an own list of the given names and return its path."""

    def write(*names: str, file: str = "own.csv") -> Path:
        path = tmp_path / file
        rows = [f"{number},{name},,,,\n" for number, name in enumerate(names, start=1)]
        path.write_text("entry,name,aliases,country,kind,note\n" + "".join(rows), encoding="utf-8")
        return path

    return write
