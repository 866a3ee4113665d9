"""Ribbon callbacks pressed in Calc, through the unchanged VBA, and read back from the cells."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
import xlwings as xw

from xlsaddin.excel.commands import TEMPLATES
from xlsaddin.excel.commands.selection import FIRST_ROW, SHEET
from xlsaddin.excel.settings import load_settings
from xlsaddin.libreoffice.host import CalcHost
from xlsaddin.libreoffice.menu import menu_labels
from xlsaddin.libreoffice.office import Office

pytestmark = pytest.mark.office


@pytest.fixture
def foreign(host: CalcHost, tmp_path: Path) -> xw.Book:
    """Somebody else's workbook with a list of 450 names, a formula and a number among them."""
    path = tmp_path / "取引先.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet("一覧")
        sheet.write_row("A1", ["番号", "取引先", "国"])
        odd: dict[int, object] = {2: "哈尔滨工业大学", 3: None, 4: 12345}
        for row in range(1, 451):
            sheet.write_row(row, 0, [row, odd.get(row, f"Example University {row}"), "JP"])
        sheet.write_string("B6", "=1+1 株式会社")
    book = host.app.books.open(path)
    book.activate()
    book.sheets["一覧"]["B2:B451"].select()
    return book


def contents(book: xw.Book) -> list[list[object]]:
    values: list[list[object]] = book.sheets["一覧"].used_range.value
    return values


def test_a_selected_list_is_screened_onto_a_new_sheet(host: CalcHost, foreign: xw.Book) -> None:
    before = contents(foreign)
    host.press("RibbonCheckSelection")
    assert [sheet.name for sheet in foreign.sheets] == ["一覧", SHEET]
    rows = foreign.sheets[SHEET].range((FIRST_ROW + 1, 1), (FIRST_ROW + 448, 8)).value
    assert rows[1][:6] == ["B3", "哈尔滨工业大学", "要判断", 100.0, "jp_meti_eul 2025-09-29", "541"]
    assert [row[0] for row in rows[:4]] == ["B2", "B3", "B6", "B7"]  # a blank and a number are not names
    assert rows[2][1] == "=1+1 株式会社"
    assert rows[447][:3] == ["B451", "Example University 450", "一致なし"]
    assert contents(foreign) == before
    assert host.app.status_bar == f"448件を照合し、1件にヒットがありました(シート「{SHEET}」)。"


def test_the_record_says_what_was_screened_with_which_lists(host: CalcHost, foreign: xw.Book) -> None:
    host.press("RibbonSetReviewer", "山田花子")
    host.press("RibbonCheckSelection")
    record = dict(foreign.sheets[SHEET].range((2, 1), (FIRST_ROW - 2, 2)).value)
    assert record["対象"] == "取引先.xlsx / 一覧 / B2 - B451 (448)"
    assert record["状態"] == "448件すべてを照合しました。"
    assert record["照合者"] == "山田花子"
    assert "2025-09-29版 835件" in record["リスト"]
    assert "sha256" in record["リスト"]


def test_screen_in_a_workbook_that_is_not_ours_screens_the_selection(host: CalcHost, foreign: xw.Book) -> None:
    host.press("RibbonCheckScreen")
    assert foreign.sheets[SHEET].range((FIRST_ROW + 2, 3)).value == "要判断"


@pytest.mark.parametrize("button", ["RibbonCheckAll", "RibbonCheckValidate", "RibbonCheckScore"])
def test_other_checks_refuse_a_foreign_workbook_in_one_sentence(host: CalcHost, foreign: xw.Book, button: str) -> None:
    before = contents(foreign)
    host.press(button)
    assert len(host.app.impl.alerts) == 1
    assert "取引先.xlsx" in host.app.impl.alerts[0]
    assert contents(foreign) == before
    assert len(foreign.sheets) == 1
    assert host.app.status_bar is False


def test_cancelled_between_two_chunks_the_sheet_says_how_far_it_went(host: CalcHost, foreign: xw.Book) -> None:
    ticket = host.call("begin", "check_selection")
    assert host.call("advance", ticket) == ticket
    assert host.app.status_bar == "照合しています 200 / 448(Escで中止)"
    assert host.call("cancel", ticket) == ""
    sheet = foreign.sheets[SHEET]
    assert sheet["B3"].value.startswith("未完: 448件のうち200件だけを照合しました")
    assert sheet.range((FIRST_ROW + 200, 2)).value == "Example University 202"
    assert sheet.range((FIRST_ROW + 201, 2)).value is None
    assert host.app.status_bar.startswith("中止しました")
    assert host.call("advance", ticket) == ""


def test_screening_again_makes_another_sheet(host: CalcHost, foreign: xw.Book) -> None:
    host.press("RibbonCheckSelection")
    foreign.sheets["一覧"].activate()
    foreign.sheets["一覧"]["B3"].select()
    host.press("RibbonCheckSelection")
    assert [sheet.name for sheet in foreign.sheets][1:] == [SHEET, f"{SHEET}2"] or {
        sheet.name for sheet in foreign.sheets
    } == {"一覧", SHEET, f"{SHEET}2"}


def test_the_book_in_front_is_meant_whatever_else_is_open(host: CalcHost, foreign: xw.Book) -> None:
    other = host.app.books.add()
    other.sheets[0]["A1"].value = "Beihang University"
    other.activate()
    other.sheets[0]["A1"].select()
    host.press("RibbonCheckSelection")
    assert other.sheets[SHEET].range((FIRST_ROW + 1, 2)).value == "Beihang University"
    assert len(foreign.sheets) == 1


def test_nothing_selected_is_said(host: CalcHost, foreign: xw.Book) -> None:
    foreign.sheets["一覧"]["H1:H20"].select()
    host.press("RibbonCheckSelection")
    assert host.app.impl.alerts == ["照合する氏名・機関名のセルを選んでから、もう一度押してください。"]
    assert len(foreign.sheets) == 1


def test_a_workbook_whose_structure_is_locked_is_refused(host: CalcHost, foreign: xw.Book) -> None:
    foreign.api.protect("secret")
    host.press("RibbonCheckSelection")
    assert "構成が保護されている" in host.app.impl.alerts[-1]
    assert len(foreign.sheets) == 1


@pytest.mark.parametrize(
    "button", ["CheckAll", "CheckSelection", "ReviewExplain", "ReviewNext", "LiveFreeze", "SendOn"]
)
def test_without_a_workbook_every_button_says_what_to_do(host: CalcHost, button: str) -> None:
    host.press(f"Ribbon{button}")
    (said,) = host.app.impl.alerts
    assert "予期しない" not in said
    assert "もう一度押してください" in said


def test_functions_of_a_foreign_workbook_are_frozen_arrays_and_all(host: CalcHost, sheet: xw.Sheet) -> None:
    sheet["A1:A3"].value = [["哈尔滨工业大学"], [None], ["東北大学"]]
    sheet["B1"].formula = "=RS_MATCH(A1)"
    sheet["B3"].formula = '=IF(RS_SCORE(A3)>90,"一致","なし")'
    sheet["C1:I3"].formula_array = "=RS_HITS(A1:A3,1)"
    before = sheet["A1:I3"].value
    host.press("RibbonLiveFreeze")
    assert host.app.impl.alerts == []
    assert sheet["A1:I3"].value == before
    assert before[0][1].startswith("要判断")
    assert not any("RS_" in str(cell) for row in sheet["A1:I3"].formula for cell in row)
    assert "2025-09-29版 835件" in sheet["C1"].note.text


@pytest.mark.parametrize("key", TEMPLATES)
def test_every_template_opens_as_a_new_workbook(host: CalcHost, key: str) -> None:
    host.press(f"RibbonNew{key.title()}")
    book = host.app.books.active
    assert host.app.impl.alerts == []
    assert dict(book.sheets["_meta"]["A1:B1"].options(ndim=2).value) == {"checklist": key}
    assert not Path(book.fullname).exists()  # not saved anywhere yet


def test_lists_and_help_open_as_tables(host: CalcHost) -> None:
    host.press("RibbonListsStatus")
    shown = host.app.books.active.sheets[0]["A4:D4"].value
    assert shown == ["jp_meti_eul", "経済産業省 外国ユーザーリスト", "2025-09-29", 835.0]
    host.press("RibbonHelpFunctions")
    assert host.app.books.active.sheets[0]["A4"].value == "RS_MATCH"
    host.press("RibbonHelpDoctor")
    assert "RS-ADDIN-035" in host.app.books.active.sheets[0]["B4:B9"].value
    host.press("RibbonHelpLog")
    assert host.app.impl.alerts == []
    assert "begin help_doctor" in "".join(filter(None, host.app.books.active.sheets[0]["A4:A203"].value))
    host.press("RibbonHelpVersion")
    assert "2025-09-29版 835件" in host.app.impl.alerts[-1]


def test_an_own_list_that_is_open_is_taken_in(host: CalcHost, tmp_path: Path, home: Path) -> None:
    path = tmp_path / "own_calc.csv"
    path.write_text("entry,name,aliases,country,kind,note\n1,Examplia Institute,,JP,organization,\n", encoding="utf-8")
    host.app.books.open(path).activate()
    host.press("RibbonListsImport")
    assert host.app.impl.alerts == []
    assert "own_calc" in str(host.app.status_bar)


def test_settings_are_kept_and_wrong_ones_are_said(host: CalcHost) -> None:
    host.press("RibbonSetReviewer", "佐藤一郎")
    host.press("RibbonSetLanguage", "en")
    assert (load_settings().reviewer, load_settings().language) == ("佐藤一郎", "en")
    assert host.call("get_setting", "reviewer") == "佐藤一郎"
    host.press("RibbonSetProfile", "no_such_profile")
    assert "no_such_profile" in host.app.impl.alerts[-1]
    assert load_settings().profile == "default"


def test_the_ribbon_is_a_menu_for_people_who_work_in_calc(host: CalcHost, office: Office) -> None:
    host.add_menu()
    assert menu_labels(office) == ["研究セキュリティ / Research Security"]
    host.app.impl.run("Standard.Menu.MenuHelpVersion", ())
    assert "xlsaddin" in host.app.impl.alerts[-1]
