"""Worksheet functions as cells call them: shapes, blanks, whole columns in one go, sentences instead of errors."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from tests.excel.conftest import OWN_DEMO
from xlsaddin.excel import session, settings
from xlsaddin.excel.boundary import as_grid, columnwise, guarded
from xlsaddin.excel.commands.about import load_functions
from xlsaddin.excel.facts_in_cells import load_facts
from xlsaddin.excel.functions import (
    rs_explain,
    rs_hits,
    rs_level,
    rs_listinfo,
    rs_lookback,
    rs_match,
    rs_normalize,
    rs_residency,
    rs_riskscore,
    rs_score,
    rs_validate,
)
from xlsaddin.screening.model import Query
from xlsaddin.watchlist.store import ListStore

NAMES = [["哈尔滨工业大学"], [None], ["Tohoku University"], ["  "], ["HIT"]]


@pytest.fixture(autouse=True)
def japanese(stocked: Path) -> None:
    settings.change_setting("language", "ja")


def test_a_column_in_a_column_out_with_blanks_where_blanks_were() -> None:
    results = rs_match(NAMES)
    assert [len(row) for row in results] == [1] * 5
    assert results[0][0].startswith("要判断 100 哈爾浜工業大学 [jp_meti_eul 541]")
    assert results[2][0] == "一致なし"
    assert [results[1], results[3]] == [[""], [""]]


def test_one_cell_in_one_value_out() -> None:
    assert rs_score("Beihang University") == 100
    assert rs_score("Tohoku University") == 0
    assert rs_score("") == ""
    assert rs_match(None) == ""


def test_a_country_beside_each_name_is_taken_from_the_same_row() -> None:
    same, other = rs_score([["HIT"], ["HIT"]], [["CN"], ["日本"]])
    assert same[0] > other[0]


def test_a_country_for_all_names() -> None:
    assert rs_score([["HIT"], ["HIT"]], "JP") == rs_score([["HIT"], ["HIT"]], [["JP"], ["JP"]])


def test_kinds_keep_programmes_and_bodies_apart() -> None:
    assert rs_score("Thousand Talents Plan", None, "program") == 100
    assert rs_score("Thousand Talents Plan", None, "organization") == 0
    assert "種別ではありません" in rs_match("x", None, "robot")


def test_hits_stand_in_the_order_of_the_names() -> None:
    one = rs_hits(NAMES, 1)
    assert [row[0] for row in one] == ["哈尔滨工业大学", "", "Tohoku University", "", "HIT"]
    assert one[0][1:5] == ["要判断", 100.0, "jp_meti_eul 2025-09-29", "541"]
    two = rs_hits(NAMES, 2)
    assert len(two) == 10
    assert two[2] == two[3] == [""] * 7


def test_explanation_names_list_edition_reasons_and_what_the_list_means() -> None:
    text = rs_explain("哈尔滨工业大学")
    assert "2025-09-29 No. 541: Harbin Institute of Technology" in text
    assert "禁止" in text.splitlines()[-1]  # what being on METI's list means and does not


def test_lists_say_edition_and_count() -> None:
    assert "2025-09-29版 835件" in rs_listinfo("jp_meti_eul")
    assert [row[0] for row in rs_listinfo()][:1] == ["jp_meti_eul"]
    assert "使われていません" in rs_listinfo("jp_nothing")


def test_a_list_that_is_missing_never_reads_as_no_match(home: Path) -> None:
    """The profile asks for METI's list; here only an own list was taken in."""
    own = home / "own_demo.csv"
    own.parent.mkdir(parents=True)
    own.write_text(OWN_DEMO, encoding="utf-8")
    ListStore().import_file(own, "own_demo", "見本の自機関リスト")
    assert rs_match("Tohoku University").startswith("照合できません")
    assert isinstance(rs_score("Tohoku University"), str)
    assert rs_hits([["Tohoku University"]])[0][1].startswith("照合できません")


def test_with_the_fictional_sample_alone_nothing_reads_as_no_match(home: Path) -> None:
    assert rs_match("Tohoku University").startswith("照合できません")
    assert "見本" in rs_score("Tohoku University")


@pytest.mark.parametrize("cell", ["#N/A", "#DIV/0!", "Err:509", 12345.0, "---"])
def test_an_error_or_a_number_is_no_name_and_never_no_match(cell: object) -> None:
    assert rs_match(cell) == rs_score(cell) == rs_hits([[cell]])[0][1] == "名称ではありません"


def test_a_count_of_rows_that_is_none_is_said() -> None:
    for top in ("x", 0.0, -1.0, 1.5, 51.0):
        assert "行数ではありません" in rs_hits(NAMES, top)


def test_examples_name_items_there_are() -> None:
    for name in ("RS_VALIDATE", "RS_LOOKBACK"):
        path = load_functions()[name]["example"].split('"')[1]
        assert "項目はありません" not in rs_validate(path, "x")


def test_values_are_checked_as_answers() -> None:
    assert rs_validate("researcher.orcid", "0000-0002-1825-0097") == ""
    assert "検査用の数字" in rs_validate("orcid", "0000-0002-1825-0098")
    assert rs_validate("researcher.orcid", [[None], ["0000-0002-1825-0097"]]) == [[""], [""]]
    assert "項目はありません" in rs_validate("researcher.nothing", "x")
    assert rs_validate("researcher.education.since", "2013年13月").startswith("①学歴「入学年月」の「2013年13月」を")


def test_dates_lie_inside_or_outside_the_period_asked() -> None:
    assert rs_lookback("grants", [["1999年5月"], [None], [datetime(2099, 1, 1)]]) == [
        ["対象期間外"],
        [""],
        ["対象期間内"],
    ]
    assert rs_lookback("education", "1999年5月") == "期間を問わず対象"
    assert rs_lookback("grants", "いつか") == "日付として読めません"
    assert "プロファイル" in rs_lookback("grants", "2020年5月", "no_such_profile")


def test_residency_of_a_table_of_facts() -> None:
    facts = [["japanese", "いいえ"], ["entered_japan", "2026-02-10"], ["works_at_office_in_japan", "いいえ"]]
    early = rs_residency(facts, datetime(2026, 3, 1))
    late = rs_residency(facts, 46266.0)  # 2026-09-01 as a serial number
    assert early.startswith("非居住者")
    assert late.startswith("居住者")
    assert "読めません" in rs_residency([["entered_japan", "soon"]], None)


def test_facts_are_written_by_name_or_in_japanese_and_others_are_refused() -> None:
    named = rs_residency([["japanese", "はい"], ["works_at_office_in_japan", "はい"]], datetime(2026, 9, 1))
    assert rs_residency([["日本人か", "はい"], ["日本の事務所に勤務", "はい"]], datetime(2026, 9, 1)) == named
    assert "特定類型" in rs_residency(
        [
            ["japanese", "はい"],
            ["works_at_office_in_japan", "はい"],
            ["acts_on_foreign_government_instruction", "はい"],
        ],
        datetime(2026, 9, 1),
    )
    refused = rs_residency([["nationality", "CN"]], None)
    assert "「nationality」という事実は使いません" in refused
    assert "日本人か" in refused
    assert "foreign_forces" in rs_residency([["official_duty", "spy"]], None)


def test_every_fact_of_the_table_is_one_the_decision_tables_know() -> None:
    for name, told in load_facts().items():
        value = told["values"][0] if "values" in told else "5" if name.endswith(("percent", "months")) else ""
        assert "読めません" not in rs_residency([[name, value]], None), name


def test_levels_and_order_of_work_follow_the_rules() -> None:
    assert rs_level([["低"], [None], ["高"], ["moderate"]]) == "高"
    assert rs_level([[None]]) == ""
    assert 50 <= rs_riskscore([["低"], ["高"], ["中"]]) <= 74
    assert rs_riskscore([["高"], ["高"]]) >= rs_riskscore([["高"]])
    assert "区分ではありません" in rs_level([["とても高い"]])


def test_names_are_normalized_as_for_screening() -> None:
    assert rs_normalize([["ﾊﾙﾋﾞﾝ工業大學"], ["Ｈａｒｂｉｎ"]]) == [[rs_normalize("ハルビン工業大学")], ["harbin"]]


def test_the_language_of_cells_is_the_users() -> None:
    settings.change_setting("language", "en")
    assert rs_level([["high"]]) == "High"
    settings.change_setting("language", "both")
    assert rs_level([["high"]]) == "高 / High"


def test_an_unexpected_error_is_one_sentence_and_the_log_quotes_no_cell(stocked: Path) -> None:
    @guarded
    def broken(name: object) -> object:
        raise RuntimeError(f"secret {name}")

    assert broken("佐伯真理子").startswith("計算できませんでした。")
    logged = (stocked / "logs" / "addin.log").read_text(encoding="utf-8")
    assert "RuntimeError" in logged
    assert "佐伯真理子" not in logged


def test_a_whole_column_is_cut_after_its_last_name() -> None:
    asked: list[object] = []

    @columnwise
    def echo(names: list[object]) -> list[object]:
        asked.extend(names)
        return names

    assert echo([["a"], [None], ["b"], *[[None]] * 5000]) == [["a"], [""], ["b"]]
    assert asked == ["a", "b"]


def test_every_shape_excel_may_hand_over_is_rows() -> None:
    assert as_grid("x") == [["x"]]
    assert as_grid(["x", "y"]) == [["x"], ["y"]]
    assert as_grid((("x", 1.0),)) == [["x", 1.0]]


def test_a_name_asked_again_is_not_screened_again(monkeypatch: pytest.MonkeyPatch) -> None:
    screener = session.current_screener()
    calls: list[int] = []
    real = screener._screener.screen_many

    class Counting:
        def screen_many(self, queries: list[Query]) -> object:
            calls.append(len(queries))
            return real(queries)

    monkeypatch.setattr(screener, "_screener", Counting())
    names = [[f"Example University {number}"] for number in range(300)]
    rs_match(names)
    for (name,) in names:
        rs_match(name)
    assert calls == [300]
