"""Changes as a check makes them: a result sheet, result columns in an answer table, a state, a note, names."""

from __future__ import annotations

from datetime import date

from tests.workbook_read.forms import HEADER_ROW, researcher
from xlsaddin.workbook.labels import Language, header
from xlsaddin.workbook.plan import (
    CellPlan,
    CellWrite,
    Changes,
    ConditionalPlan,
    NamePlan,
    PrintPlan,
    SheetPlan,
    TableColumnPlan,
    TableGrowth,
    TablePlan,
    ValidationPlan,
)

FIRST_ROW = HEADER_ROW + 1
_SCHOOL = f"t_education[[#This Row],[{header(researcher().item('education').column('school'), Language.BOTH)}]]"
_COMPARED = "t_education[[#This Row],[照合した文字列]]"
SCREENED = f'IF(t_education[[#This Row],[行ID]]="","",IF({_COMPARED}={_SCHOOL},"照合済","要再照合"))'

HITS = TablePlan(
    "r_hits",
    8,
    1,
    (
        TableColumnPlan("申告の記載", "cell"),
        TableColumnPlan("同一か", "input_choice"),
        TableColumnPlan("扱い", "computed", 'IF(r_hits[[#This Row],[同一か]]="別","除外","計上")'),
    ),
    (("広島工業大学", "別", "除外"), ("=cmd|'/c calc'!A0", None, "計上")),
)
RESULT = SheetPlan(
    key="result",
    name="結果",
    cells=(
        CellPlan(1, 1, "結果", style="title"),
        CellPlan(2, 1, "中", 'IF(COUNTIF(r_hits[扱い],"計上")>0,"中","低")', style="computed"),
        CellPlan(3, 1, date(2026, 9, 1), style="cell_date"),
        CellPlan(4, 1, "学歴へ", link="学歴!D9", style="link"),
        CellPlan(5, 1, "手順書", link="https://www.example.jp/手順書", style="link"),
        CellPlan(6, 1, 12.5, style="cell_number", note="確認順です"),
        CellPlan(6, 2, " 前後の空白 ", style="cell"),
        CellPlan(6, 3, True, style="cell"),
    ),
    tables=(HITS,),
    validations=(ValidationPlan("B9:B20", "list", "=l_disposition", title="同一か"),),
    conditionals=(ConditionalPlan("C9:C20", 'C9="計上"', "is_open"),),
    widths=((1, 30.0), (2, 14.0)),
    freeze=(9, 1),
    print=PrintPlan(title_rows=(8, 8), area="A1:C20", footer="&P / &N"),
)
GROWTH = TableGrowth(
    table="t_education",
    columns=(
        TableColumnPlan("行ID", "cell"),
        TableColumnPlan("照合した文字列", "cell"),
        TableColumnPlan("照合", "computed", SCREENED),
    ),
    last_row=FIRST_ROW + 9,
    rows=(("education-1", "広島工業大学", "照合済"), ("education-2", "東北", "要再照合")),
)
CHANGES = Changes(
    sheets=(RESULT,),
    growths=(GROWTH,),
    writes=(
        CellWrite("表紙", 7, 5, "記入済", 'IF(C7="","未記入","記入済")', "computed"),
        CellWrite("表紙", 20, 1, "担当部署の記入", style="cell"),
        CellWrite("表紙", 7, 3, note="旅券のとおりに書いてください"),
    ),
    names=(NamePlan("r_level", "'結果'!$A$2"), NamePlan("l_disposition", "'結果'!$B$9:$B$10")),
    conditionals=(("学歴", ConditionalPlan("O9:O20", 'O9="要再照合"', "is_check")),),
    active_sheet="結果",
)
