"""However a workbook is broken, reading and patching end in an answer or in one sentence, never in a trace."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from tests.workbook_patch.originals import write_rich_form
from tests.workbook_patch.results import CHANGES
from tests.workbook_read.packages import Parts, pack, unpack
from xlsaddin.errors import XlsAddinError
from xlsaddin.workbook.patch.apply import apply_changes
from xlsaddin.workbook.read.book import read_workbook

_ODD = ["", "-1", "0", "99999999999", "x", "A", "ZZZZ9", "XFE1048577", "#REF!", "'", "あ", "&amp;", "1:2:3", "true"]


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Parts:
    return unpack(write_rich_form(tmp_path_factory.mktemp("rich") / "f.xlsx"))


def _attributes(text: str, rng: random.Random) -> str:
    """Set a few attributes to something odd."""
    places = [found.span(1) for found in re.finditer(r'="([^"<]*)"', text)]
    for start, end in sorted(rng.sample(places, min(3, len(places))), reverse=True):
        text = text[:start] + rng.choice(_ODD) + text[end:]
    return text


def _contents(text: str, rng: random.Random) -> str:
    """Set a few contents of elements to something odd."""
    places = [found.span(1) for found in re.finditer(r">([^<>]+)<", text)] or [(0, 0)]
    for start, end in sorted(rng.sample(places, min(3, len(places))), reverse=True):
        text = text[:start] + rng.choice(_ODD) + text[end:]
    return text


def _elements(text: str, rng: random.Random) -> str:
    """Drop a few tags, or write them twice."""
    places = [found.span() for found in re.finditer(r"<[^>]+/>", text)] or [(0, 0)]
    for start, end in sorted(rng.sample(places, min(3, len(places))), reverse=True):
        text = text[:start] + rng.choice(["", text[start:end] * 2]) + text[end:]
    return text


def _bytes(text: str, rng: random.Random) -> str:
    at = rng.randrange(len(text) or 1)
    return text[:at] + chr(rng.randrange(32, 127)) * rng.randrange(4) + text[at + rng.randrange(30) :]


@pytest.mark.parametrize("break_it", [_attributes, _contents, _elements, _bytes])
@pytest.mark.parametrize("seed", range(12))
def test_no_broken_workbook_ends_in_a_trace(parts: Parts, tmp_path: Path, break_it, seed: int) -> None:  # type: ignore[no-untyped-def]
    rng = random.Random(f"{break_it.__name__} {seed}")
    interesting = [
        part for part in parts if re.search(r"workbook|sheet[14]\.|table|styles|sharedS|rels|Types|comments|vml", part)
    ]
    path = tmp_path / "f.xlsx"
    for part in rng.sample(interesting, 12):
        broken = break_it(parts[part].decode(), rng).encode()
        path.write_bytes(pack(parts | {part: broken}))
        for use in (lambda: read_workbook(path), lambda: apply_changes(path, CHANGES, tmp_path / "copy.xlsx")):
            try:
                use()
            except XlsAddinError as refused:
                assert refused.ja
            except Exception as trace:
                pytest.fail(f"{part} {break_it.__name__} {seed}: {trace!r}")
