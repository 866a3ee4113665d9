"""METI 外国ユーザーリスト: both layouts complete, every trap of the real files, and refusal of anything else."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest
import xlsxwriter

from xlsaddin.errors import ListError
from xlsaddin.watchlist.model import Concern, ListEntry
from xlsaddin.watchlist.parsers.interface import ParsedList, PublishedFile
from xlsaddin.watchlist.parsers.meti_eul import HEADERS, MetiEulParser

WORKBOOK = "jp_meti_eul/20250929_4.xlsx"
PDF = "jp_meti_eul/20250131003-1.pdf"
Parsed = Callable[[str], ParsedList]


def entry(parsed: ParsedList, number: str) -> ListEntry:
    return next(one for one in parsed.entries if one.number == number)


def test_every_row_of_the_workbook_is_an_entry(parsed: Parsed) -> None:
    found = parsed(WORKBOOK)
    assert [one.number for one in found.entries] == [str(number) for number in range(1, 836)]
    assert found.edition == date(2025, 9, 29)


def test_every_row_of_the_pdf_is_an_entry_without_conventional_weapons(parsed: Parsed) -> None:
    found = parsed(PDF)
    assert len(found.entries) == 748
    assert found.edition == date(2025, 1, 31)
    assert not any(Concern.CONVENTIONAL in one.concerns for one in found.entries)
    assert all(one.concerns for one in found.entries)


def test_countries_are_those_of_the_list(parsed: Parsed) -> None:
    counted = Counter(one.countries for one in parsed(WORKBOOK).entries)
    assert counted[("IR",)] == 257
    assert counted[("KP",)] == 154
    assert counted[("CN",)] == 127
    assert counted[("HK",)] == 22
    assert len(counted) == 15


def test_categories_survive_every_way_they_are_printed(parsed: Parsed) -> None:
    entries = parsed(WORKBOOK).entries
    assert sum(Concern.CONVENTIONAL in one.concerns for one in entries) == 240
    assert sum(one.concerns == (Concern.CONVENTIONAL,) for one in entries) == 54
    without_newline = [one for one in entries if one.original["concern"] == "ミサイルM"]
    assert len(without_newline) == 6
    assert {one.concerns[0] for one in without_newline} == {Concern.MISSILE}
    full_width = [one for one in entries if one.original["concern"].endswith("Ｎ")]
    assert {Concern.NUCLEAR in one.concerns for one in full_width} == {True}


def test_no_alias_keeps_the_word_that_leads_to_the_next(parsed: Parsed) -> None:
    aliases = {alias.name for one in parsed(WORKBOOK).entries for alias in one.aliases}
    assert "Novator Design Bureau" in aliases
    assert not [name for name in aliases if name.endswith((" and", ";"))]


def test_harbin_institute_of_technology_has_name_acronym_and_han_name(parsed: Parsed) -> None:
    found = entry(parsed(WORKBOOK), "541")
    assert found.name == "Harbin Institute of Technology"
    assert {(alias.name, alias.relation) for alias in found.aliases} == {
        ("HIT", "acronym"),
        ("哈爾浜工業大学", "original_script"),
    }


def test_aliases_without_a_bullet_and_wrapped_ones_are_not_lost(parsed: Parsed) -> None:
    entries = parsed(WORKBOOK).entries
    assert [a.name for a in next(e for e in entries if e.name.startswith("YINKE HK")).aliases][-1] == (
        "YINKE ELECTRONICS CO., LTD"
    )
    names = {alias.name for one in entries for alias in one.aliases}
    assert "Aktsionernoe Obshchestvo Uralskiy Zavod Transportnogo Mashinostroeniya" in names
    assert "蒼光信用会社" in names
    assert not any(
        name.startswith(("・", "(", "（")) and name.endswith((")", "）")) for name in names - {"(朝鮮)順和江貿易会社"}
    )


def test_no_name_keeps_a_bullet_a_line_break_or_full_width_letters(parsed: Parsed) -> None:
    for path in (WORKBOOK, PDF):
        for one in parsed(path).entries:
            for name in (one.name, *(alias.name for alias in one.aliases)):
                assert name.strip() == name != ""
                assert not set(name) & set("\n・ｰ；") or "・" in name[1:]


def workbook(rows: list[list[str]], headers: tuple[str, ...] = HEADERS, second: str | None = None) -> PublishedFile:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("ユーザーリスト")
    for row, cells in enumerate([list(headers), *rows]):
        for column, cell in enumerate(cells):
            sheet.write_string(row, column, cell)
    if second is not None:
        book.add_worksheet("追加").write_string(0, 0, second)
    book.close()
    return PublishedFile({"20260401_4.xlsx": stream.getvalue()})


GOOD = ["1", "イラン\nIslamic Republic of Iran", "Some Works (SW)", "・Works", "核\nN", "通常兵器\nCW"]


def test_a_small_file_in_the_layout_is_read__ok() -> None:
    found = MetiEulParser().parse(workbook([GOOD]))
    assert found.entries[0].concerns == (Concern.NUCLEAR, Concern.CONVENTIONAL)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({0: "2"}, "RS-LIST-003"),  # the row before it is missing
        ({2: ""}, "RS-LIST-003"),  # no name
        ({1: "アトランティス\nAtlantis"}, "RS-LIST-004"),
        ({4: "核\nM"}, "RS-LIST-004"),  # word and letter disagree
        ({4: "化粧\nN"}, "RS-LIST-004"),
        ({5: "通常\nCW"}, "RS-LIST-004"),
    ],
)
def test_a_row_that_is_not_understood_refuses_the_whole_file__error(change: dict[int, str], code: str) -> None:
    row = [change.get(index, cell) for index, cell in enumerate(GOOD)]
    with pytest.raises(ListError) as caught:
        MetiEulParser().parse(workbook([row]))
    assert caught.value.code == code


def test_a_second_sheet_that_holds_anything_refuses_the_file__error() -> None:
    assert len(MetiEulParser().parse(workbook([GOOD], second="")).entries) == 1
    with pytest.raises(ListError) as caught:
        MetiEulParser().parse(workbook([GOOD], second="Another Body"))
    assert caught.value.code == "RS-LIST-002"
    assert "追加" in caught.value.ja


def test_other_headings_refuse_the_file__error() -> None:
    file = workbook([GOOD], (*HEADERS[:2], "名称 Name", *HEADERS[3:]))
    assert not MetiEulParser().recognises(file)
    with pytest.raises(ListError) as caught:
        MetiEulParser().parse(file)
    assert caught.value.code == "RS-LIST-002"
