"""Excel's spelling of a formula and Calc's, there and back."""

from __future__ import annotations

import pytest

from xlsaddin.libreoffice.formulas import to_calc, to_excel

SPELLINGS = [
    ('=IF(A1="東京,大阪",1,0)', '=IF(A1="東京,大阪";1;0)'),
    ("=COUNTIF(学歴!$A$4:$A$6,B1)", "=COUNTIF($学歴.$A$4:$A$6;B1)"),
    ("='研究 費'!B3+1.5", "=$'研究 費'.B3+1.5"),
    (
        '=COUNTIFS(r_hits[[#Data],[国・地域, 地域]],"?*",r_hits[同一か],"="&1)',
        '=COUNTIFS(r_hits[[#Data];[国・地域, 地域]];"?*";r_hits[同一か];"="&1)',
    ),
    ("=COUNTA(t_x[[#This Row],[a]:[b]])", "=COUNTA(t_x[[#This Row];[a]:[b]])"),
    ("=SUM(t_x[金額'[円']],1)", "=SUM(t_x[金額'[円']];1)"),
    ('=A1&"say ""x, y"""', '=A1&"say ""x, y"""'),
]


@pytest.mark.parametrize(("excel", "calc"), SPELLINGS)
def test_both_spellings_say_the_same(excel: str, calc: str) -> None:
    assert to_calc(excel) == calc
    assert to_excel(calc) == excel


def test_calcs_long_names_of_functions_become_excels() -> None:
    assert to_excel("=COM.SUN.STAR.SHEET.ADDIN.ANALYSIS.GETEOMONTH(A1;0)") == "=EOMONTH(A1,0)"
