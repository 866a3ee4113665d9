"""財務省 資産凍結等対象者: all programmes, lifted ones marked, packed alias cells taken apart."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import pytest
import xlsxwriter

from xlsaddin.errors import ListError
from xlsaddin.watchlist.model import EntryKind, ListEntry
from xlsaddin.watchlist.parsers.interface import ParsedList, PublishedFile
from xlsaddin.watchlist.parsers.mof import MofParser
from xlsaddin.watchlist.parsers.mof_names import split_aliases, split_main

WORKBOOK = "jp_mof/shisantouketsu20260305.xlsx"
Parsed = Callable[[str], ParsedList]


def entry(parsed: ParsedList, number: str) -> ListEntry:
    return next(one for one in parsed.entries if one.number == number)


def test_every_programme_and_every_number_is_there(parsed: Parsed) -> None:
    found = parsed(WORKBOOK)
    sheets = {one.row.split("!")[0] for one in found.entries}
    assert len(sheets) == 41  # 44 programmes less three that ended
    assert sum(not one.lifted for one in found.entries) == 2862
    assert sum(one.lifted for one in found.entries) == 599
    assert sum("解除された措置" in note for note in found.notes) == 3
    assert found.edition == date(2026, 3, 5)


def test_deleted_entries_keep_their_number_and_no_name(parsed: Parsed) -> None:
    deleted = entry(parsed(WORKBOOK), "2-1")
    assert deleted.lifted
    assert deleted.original["date"] == "2011.11.18削除"
    assert entry(parsed(WORKBOOK), "2-274").lifted  # a number without names, the word 削除 forgotten


def test_kinds_follow_the_programme_or_the_columns_only_persons_have(parsed: Parsed) -> None:
    found = parsed(WORKBOOK)
    assert entry(found, "29-1").kind is EntryKind.PERSON
    assert entry(found, "28-1").kind is EntryKind.ORGANIZATION
    assert entry(found, "2-166").kind is EntryKind.ORGANIZATION  # mixed sheet
    assert entry(found, "2-65").kind is EntryKind.PERSON
    assert entry(found, "44-1").kind is EntryKind.ORGANIZATION
    assert all(one.kind is not EntryKind.UNKNOWN for one in found.entries if not one.lifted)


def test_neither_nationality_nor_place_of_birth_reaches_an_entry(parsed: Parsed) -> None:
    for one in parsed(WORKBOOK).entries:
        assert one.countries == ()
        assert not {"nationality", "birth_place"} & set(one.original) | set(one.identifiers) & {"nationality"}


def test_a_name_found_only_among_the_aliases_is_kept(parsed: Parsed) -> None:
    found = next(one for one in parsed(WORKBOOK).entries if one.row == "16.北朝鮮(協調；団体)!17")
    assert "Dandong Hongxiang Industrial Development Company Limited" in {alias.name for alias in found.aliases}


def test_text_below_an_entry_belongs_to_its_note(parsed: Parsed) -> None:
    assert "人道支援の提供" in entry(parsed(WORKBOOK), "21-1").note


def test_weak_aliases_are_marked(parsed: Parsed) -> None:
    weak = [alias for one in parsed(WORKBOOK).entries for alias in one.aliases if alias.weak]
    assert {"Barbeque", "Chief Kahwa", "チーフ・カワ", "Al-Libi"} <= {alias.name for alias in weak}
    assert not any(alias.weak for alias in entry(parsed(WORKBOOK), "9-2").aliases)


ALIAS_CELLS = [
    (
        "(a)フランク・カコレレ（FRANK KAKORERE）、(b)カワ（Kawa）",
        ["フランク・カコレレ", "FRANK KAKORERE", "カワ", "Kawa"],
    ),
    ("サルマン\n (a.k.a.: Salmane)", ["サルマン", "Salmane"]),
    (
        "（別称、株式会社A、B）\n(a.k.a. JSC A, a.k.a. B Ltd, a.k.a. C CO., LTD)",
        ["株式会社A", "JSC A", "B Ltd", "C CO., LTD"],
    ),
    ("エフ・ティー・ビー；ムヨクバンク\nFTB; Mooyokbank", ["エフ・ティー・ビー", "ムヨクバンク", "FTB", "Mooyokbank"]),
    (
        "（a）ワルディヤーン・ハサン\n（a）WARDYAN, Hasan（b）ALWARDIAN, Ali",
        ["ワルディヤーン・ハサン", "WARDYAN, Hasan", "ALWARDIAN, Ali"],
    ),
    ("アーイシャ（Aisha）\n（リビア旅券番号：215215）", ["アーイシャ", "Aisha"]),
    ("モハンマド（1963年に出生）\n (a.k.a.: Mohammad born in 1963)", ["モハンマド", "Mohammad"]),
    ("（a）ピーター（Peter Gatdet Yaka）", ["ピーター", "Peter Gatdet Yaka"]),
    (
        "（a）マンスール（Mansoor\n Ahmed）、（b）アブー（Abu Sajjad）",
        ["マンスール", "Mansoor Ahmed", "アブー", "Abu Sajjad"],
    ),
    ("プラントNo.9", ["プラントNo.9"]),
    (
        "(b)イアデナ・モハンマド、1969年1月1日生まれ。\n(a.k.a.: (b)Iadena Mohammad, DOB: 01 Jan.1969.)",
        ["イアデナ・モハンマド", "Iadena Mohammad"],
    ),
    ("（別名1）ヤーセル\nYassir\n（別名2）アリ\nAli", ["ヤーセル", "Yassir", "アリ", "Ali"]),
    (
        "(b)アブドラ（Abdoullah）（マリ共和国ID番号：073／SPICRE、出生地：キダル（Kidal）州）",
        ["アブドラ", "Abdoullah"],
    ),
    ("（（アブー・ドゥアー）この戦闘員名で良く知られる）", ["アブー・ドゥアー"]),
    ("不明", []),
]


@pytest.mark.parametrize(("cell", "names"), ALIAS_CELLS)
def test_an_alias_cell_gives_each_name_once(cell: str, names: list[str]) -> None:
    assert [alias.name for alias in split_aliases(cell)] == names


def test_former_names_inside_an_alias_cell_are_told_apart() -> None:
    found = {
        alias.name: alias.relation
        for alias in split_aliases("（別称）エム・アイ・ディー\nMID\n（旧称）マシーン\nMachine")
    }
    assert found == {"エム・アイ・ディー": "alias", "MID": "alias", "マシーン": "former", "Machine": "former"}


def test_spellings_in_brackets_become_names_of_their_own() -> None:
    name, others = split_main("Yan (Jan) Petrovskiy (Petrovsky)", person=True)
    assert name == "Yan Petrovskiy"
    assert {alias.name for alias in others} == {"Jan Petrovskiy", "Yan Petrovsky", "Jan Petrovsky"}
    name, others = split_main("ANSAR EDDINE\n(original script:انصار الدين)", person=False)
    assert (name, [(a.name, a.relation) for a in others]) == ("ANSAR EDDINE", [("انصار الدين", "original_script")])


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("センデロ・ルミノソ（輝く道）", ["センデロ・ルミノソ", "輝く道"]),
        ("ベルインヴェストバンク（ベラルーシ開発復興銀行）", ["ベルインヴェストバンク", "ベラルーシ開発復興銀行"]),
        ("ハマス（カッサームを含む）", ["ハマス"]),
        ("TOUS POUR LA PAIX （NGO）", ["TOUS POUR LA PAIX"]),
        ("ハニファ両替所（シリア・アラブ共和国、ALBU KAMAL支店）", ["ハニファ両替所"]),
        (
            "大湖地域航空会社（グラン・ラック（CAGL））、大湖地域ビジネス会社（グレート・レイクス（GLBC））",
            ["大湖地域航空会社", "グラン・ラック", "大湖地域ビジネス会社", "グレート・レイクス"],
        ),
        ("GRANDS LACS（CAGL）、 GREAT LAKES（GLBC）", ["GRANDS LACS", "CAGL", "GREAT LAKES", "GLBC"]),
    ],
)
def test_a_body_with_two_names_in_its_name_cell_is_known_by_both(cell: str, names: list[str]) -> None:
    name, others = split_main(cell, person=False)
    assert [name, *(alias.name for alias in others)] == names


def book(rows: list[list[str]], sheets: tuple[str, ...] = ("1.見本(団体)",), index: str = "1") -> PublishedFile:
    stream = io.BytesIO()
    workbook = xlsxwriter.Workbook(stream, {"in_memory": True})
    workbook.add_worksheet("一覧").write_row(0, 0, [index, "見本"])
    for name in sheets:
        sheet = workbook.add_worksheet(name)
        sheet.write_string(0, 0, "見本の措置")
        for row, cells in enumerate([["告示日付", "告示番号", "日本語表記", "英語表記", "別称"], *rows], start=1):
            sheet.write_row(row, 0, cells)
    workbook.close()
    return PublishedFile({"shisantouketsu20260401.xlsx": stream.getvalue()})


ROWS = [["2026.1.1", "1", "見本工業", "Sample Works", ""], ["2026.1.1", "2", "例示貿易", "Example Trading", ""]]


def test_a_small_file_in_the_layout_is_read__ok() -> None:
    assert [one.number for one in MofParser().parse(book(ROWS)).entries] == ["1-1", "1-2"]


def test_a_number_left_out_refuses_the_file__error() -> None:
    with pytest.raises(ListError) as caught:
        MofParser().parse(book([ROWS[0], [ROWS[1][0], "3", *ROWS[1][2:]]]))
    assert caught.value.code == "RS-LIST-003"


def test_a_sheet_the_index_does_not_name_refuses_the_file__error() -> None:
    with pytest.raises(ListError) as caught:
        MofParser().parse(book(ROWS, ("1.見本(団体)", "2.余分(団体)")))
    assert caught.value.code == "RS-LIST-002"
