"""Formula in Calc -> unchanged VBA wrapper -> Python outside -> value in the cell."""

from __future__ import annotations

import pytest
import xlwings as xw

from xlsaddin.excel.edge import FUNCTIONS
from xlsaddin.libreoffice.engine import attach
from xlsaddin.libreoffice.host import CalcHost
from xlsaddin.libreoffice.office import running_office
from xlsaddin.libreoffice.values import CellError

pytestmark = pytest.mark.office


def test_matches_in_kanji_beside_a_blank_row(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [["哈尔滨工业大学"], [None], ["東北大学"], ["北京航空航天大學"]]
    sheet["B1:B4"].formula = "=RS_MATCH(A1)"
    shown = sheet["B1:B4"].value
    assert shown[0] == "要判断 100 哈爾浜工業大学 [jp_meti_eul 541]"
    assert shown[1] is None
    assert shown[2] == "一致なし"
    assert "[jp_meti_eul 501]" in shown[3]


def test_an_edited_name_is_screened_again_by_itself(sheet: xw.Sheet) -> None:
    sheet["A1"].value = "東北大学"
    sheet["B1"].formula = "=RS_SCORE(A1)"
    assert sheet["B1"].value == 0
    sheet["A1"].value = "哈爾濱工業大学"
    assert sheet["B1"].value == 100


def test_two_thousand_names_in_one_array_formula(sheet: xw.Sheet) -> None:
    names = [[f"Example University {number}"] for number in range(2000)]
    names[1234] = ["Harbin Institute of Technology"]
    names[7] = [None]
    sheet["A1"].value = names
    sheet["B1:H2000"].formula_array = "=RS_HITS(A1:A2000,1)"
    rows = sheet["B1:H2000"].value
    assert rows[1234][:5] == ["Harbin Institute of Technology", "要判断", 100.0, "jp_meti_eul 2025-09-29", "541"]
    assert rows[7] == [None] * 7
    assert rows[1999][:2] == ["Example University 1999", "一致なし"]


def test_an_error_is_a_sentence_in_the_cell(sheet: xw.Sheet) -> None:
    sheet["A1"].formula = '=RS_VALIDATE("researcher.nothing","x")'
    sheet["A2"].formula = '=RS_MATCH("x","CN","robot")'
    assert sheet["A1"].value.startswith("「researcher.nothing」という項目はありません")
    assert sheet["A2"].value.startswith("「robot」は種別ではありません")


def test_every_function_gives_a_value(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [["哈尔滨工业大学", "高"], [None, "低"]]
    sheet["D1"].value = [["japanese", "いいえ"], ["works_at_office_in_japan", "はい"]]
    formulas = {
        "RS_MATCH": "=RS_MATCH(A1)",
        "RS_SCORE": '=RS_SCORE(A1,"CN","organization")',
        "RS_HITS": "=RS_HITS(A1:A2)",
        "RS_EXPLAIN": "=RS_EXPLAIN(A1)",
        "RS_LISTINFO": '=RS_LISTINFO("jp_meti_eul")',
        "RS_VALIDATE": '=RS_VALIDATE("orcid","1")',
        "RS_LOOKBACK": '=RS_LOOKBACK("grants",DATE(1999,5,1))',
        "RS_RESIDENCY": "=RS_RESIDENCY(D1:E2,DATE(2026,9,1))",
        "RS_LEVEL": "=RS_LEVEL(B1:B2)",
        "RS_RISKSCORE": "=RS_RISKSCORE(B1:B2)",
        "RS_NORMALIZE": '=RS_NORMALIZE("ﾊﾙﾋﾞﾝ")',
    }
    expected = {
        "RS_MATCH": "要判断",
        "RS_SCORE": 100,
        "RS_HITS": "哈尔滨工业大学",
        "RS_EXPLAIN": "要判断",
        "RS_LISTINFO": "経済産業省",
        "RS_VALIDATE": "「ORCID",
        "RS_LOOKBACK": "対象期間外",
        "RS_RESIDENCY": "居住者",
        "RS_LEVEL": "高",
        "RS_RISKSCORE": 50,
        "RS_NORMALIZE": "ハルビン",
    }
    assert set(formulas) == set(FUNCTIONS)
    for row, (name, formula) in enumerate(formulas.items(), 1):
        sheet.range((row, 8)).formula = formula
        shown = sheet.range((row, 8)).value
        if isinstance(expected[name], str):
            assert str(shown).startswith(expected[name]), (name, shown)
        else:
            assert shown >= expected[name], (name, shown)


def test_another_open_book_sees_the_functions_too(host: CalcHost) -> None:
    first, second = host.app.books.add(), host.app.books.add()
    for book in (first, second):
        book.sheets[0]["A1"].formula = '=RS_SCORE("Beihang University")'
        assert book.sheets[0]["A1"].value == 100


def test_without_the_addin_the_name_is_unknown() -> None:
    """What a recipient without the add-in would see; so functions are frozen before a workbook travels."""
    with running_office() as office:
        app = attach(office)
        with CalcHost(office):
            sheet = app.books.add().sheets[0]
            sheet["A1"].formula = '=RS_NORMALIZE("A")'
            assert sheet["A1"].value == "a"
        sheet["A2"].formula = '=RS_NORMALIZE("A")'
        assert sheet.impl.range("A2").raw_value == [[CellError("#NAME?")]]
