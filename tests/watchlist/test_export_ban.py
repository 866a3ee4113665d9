"""METI/MOFA 特定団体: cumulative PDF lists complete; sheets of additions are no edition."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from xlsaddin.errors import ListError
from xlsaddin.watchlist.gather import gather
from xlsaddin.watchlist.model import EntryKind, ListEntry
from xlsaddin.watchlist.parsers import PARSERS, pdf
from xlsaddin.watchlist.parsers.interface import ParsedList, PublishedFile

RUSSIA = "jp_meti_russia/list_russia_tokutei.pdf"
BELARUS = "jp_meti_russia/list_belarus_tokutei.pdf"
THIRD = "jp_meti_russia/list_daisangoku_tokutei.pdf"
Parsed = Callable[[str], ParsedList]


def entry(parsed: ParsedList, number: str) -> ListEntry:
    return next(one for one in parsed.entries if one.number == number)


@pytest.mark.parametrize(
    ("path", "entries", "edition"),
    [(RUSSIA, 561, date(2025, 9, 12)), (BELARUS, 27, date(2022, 7, 5)), (THIRD, 56, date(2025, 9, 12))],
)
def test_numbers_run_on_to_the_last_entry(parsed: Parsed, path: str, entries: int, edition: date) -> None:
    found = parsed(path)
    assert [one.number for one in found.entries] == [str(number) for number in range(1, entries + 1)]
    assert found.edition == edition


def test_names_in_both_languages_and_the_announced_aliases_are_found(parsed: Parsed) -> None:
    found = entry(parsed(RUSSIA), "24")
    assert found.name == "Moscow Institute of Physics and Technology"
    assert {"モスクワ物理・技術大学", "MIPT", "MFTI"} == {alias.name for alias in found.aliases}
    [note] = parsed(RUSSIA).notes
    assert note.startswith("346: ")
    assert note.endswith("three aliases announced, 4 printed")


def test_an_entry_that_spans_pages_is_whole(parsed: Parsed) -> None:
    found = entry(parsed(RUSSIA), "18")
    assert found.name == "JSC Rocket and Space Centre – Progress"
    assert "Samara 443009" in found.note


def test_chinese_names_and_the_layout_of_2025_are_read(parsed: Parsed) -> None:
    ausay = entry(parsed(THIRD), "9")
    assert ("广州欧赛科技有限公司", "original_script") in {(a.name, a.relation) for a in ausay.aliases}
    eastech = entry(parsed(THIRD), "49")
    assert {"イーステック", "Shenzhen Yitai Technology Co Ltd", "EASTECH"} <= {a.name for a in eastech.aliases}
    qisu = entry(parsed(THIRD), "53")
    assert {"香港旗速電子有限公司", "香港旗速電子科技有限公司"} <= {a.name for a in qisu.aliases}


def test_countries_come_from_the_address(parsed: Parsed) -> None:
    assert entry(parsed(THIRD), "1").countries == ("AM",)
    assert entry(parsed(THIRD), "12").countries == ("HK",)
    assert entry(parsed(THIRD), "39").countries == ("TR",)
    assert {one.countries for one in parsed(RUSSIA).entries} == {("RU",)}


def test_the_explanation_of_a_ministry_is_not_part_of_its_name(parsed: Parsed) -> None:
    found = entry(parsed(BELARUS), "1")
    assert found.name == "The Ministry of Defence of the Republic of Belarus"
    assert {alias.name for alias in found.aliases} == {"国防省"}


def test_the_two_persons_on_the_list_are_persons(parsed: Parsed) -> None:
    persons = {one.name for one in parsed(RUSSIA).entries if one.kind is EntryKind.PERSON}
    assert persons == {"Lev Anatolyevich Yershov (Ershov)", "Sergey IONOV"}


@pytest.mark.parametrize("name", ["20250912list_daisangoku_tokutei.pdf", "20250912list_russia_tokutei.pdf"])
def test_a_sheet_of_additions_never_becomes_an_edition__error(lists_folder: Path, name: str) -> None:
    file = gather(lists_folder / "jp_meti_russia" / name)
    for parser in PARSERS:
        if parser.recognises(file):
            with pytest.raises(ListError) as caught:
                parser.parse(file)
            assert caught.value.code == "RS-LIST-018"


def test_a_pdf_whose_pages_lost_something_is_refused_and_not_read_by_half__error(lists_folder: Path) -> None:
    content = (lists_folder / BELARUS).read_bytes()
    starts = [
        found.end() for found in re.finditer(rb"stream\r?\n", content) if content[found.start() - 3 :][:3] != b"end"
    ]
    refused = 0
    for start in starts[:6]:
        broken = content[: start + 200] + b"\0" * 40 + content[start + 240 :]
        try:
            texts = pdf.page_texts(PublishedFile({"list.pdf": broken}))
        except ListError as problem:
            assert problem.code == "RS-LIST-001"
            refused += 1
        else:
            assert texts == pdf.page_texts(PublishedFile({"list.pdf": content}))  # a font or picture, no text
    assert refused
