"""What Excel would repair or refuse is found; what we build is sound (the usual validator sees none of this)."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from xlsaddin.checklist.loading import checklist_keys
from xlsaddin.workbook.labels import Language
from xlsaddin.workbook.limits import find_faults
from xlsaddin.workbook.package import Package
from xlsaddin.workbook.respondent.template import build_template


def sound() -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet("表紙")
        sheet.write("A1", "text")
        sheet.write_formula("C1", "SUM(1,2)", value=3)
        sheet.add_table("E3:F6", {"name": "t_x", "columns": [{"header": "甲"}, {"header": "乙"}]})
        sheet.data_validation(
            "A2", {"validate": "list", "source": ["a", "b"], "input_title": "T", "input_message": "M"}
        )
        book.define_name("a_x", "='表紙'!$A$1")
    return stream.getvalue()


def edited(part: str, edit: Callable[[str], str]) -> Package:
    source, stream = zipfile.ZipFile(io.BytesIO(sound())), io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                changed = edit(content.decode())
                assert changed != content.decode(), "the edit changed nothing"
                content = changed.encode()
            target.writestr(name, content)
    return Package(Path("x.xlsx"), stream.getvalue())


def swap(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new)


SHEET, BOOK, TABLE = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/tables/table1.xml"
MERGED = '<mergeCells count="1"><mergeCell ref="E4:F4"/></mergeCells><dataValidations'
BAD = {
    "prompt over 255": (SHEET, swap('prompt="M"', f'prompt="{"あ" * 256}"')),
    "error text over 224": (SHEET, swap('prompt="M"', f'error="{"あ" * 225}"')),
    "title over 32": (SHEET, swap('promptTitle="T"', f'promptTitle="{"あ" * 33}"')),
    "list literal over 255": (SHEET, swap('"a,b"', f'"{"あ" * 256}"')),
    "formula over 8,192": (SHEET, swap("SUM(1,2)", "1+" * 4_097 + "1")),
    "text in a formula over 255": (SHEET, swap("SUM(1,2)", f'LEN("{"あ" * 256}")')),
    "nested over 64": (SHEET, swap("SUM(1,2)", "IF(1," * 65 + "1" + ")" * 65)),
    "column too wide": (SHEET, swap("<sheetData>", '<cols><col min="1" max="1" width="300"/></cols><sheetData>')),
    "row too high": (SHEET, lambda text: re.sub(r'<row r="1"', '<row r="1" ht="500" customHeight="1"', text)),
    "cell over 32,767": (SHEET, swap("<v>3</v>", f"<is><t>{'a' * 32_768}</t></is>")),
    "sheet name over 31": (BOOK, swap('name="表紙"', f'name="{"あ" * 32}"')),
    "sheet name with a colon": (BOOK, swap('name="表紙"', 'name="表:紙"')),
    "name like a cell": (BOOK, swap('"a_x"', '"AB12"')),
    "name like R1C1": (BOOK, swap('"a_x"', '"R1C1"')),
    "name of nothing": (BOOK, swap("$A$1<", "#REF!<")),
    "name of a table too": (BOOK, swap('"a_x"', '"T_X"')),
    "only hidden sheets": (BOOK, swap('name="表紙"', 'name="表紙" state="hidden"')),
    "table of a header alone": (TABLE, swap("E3:F6", "E3:F3")),
    "two equal headers": (TABLE, swap('name="乙"', 'name="甲"')),
    "line break in a header": (TABLE, swap('name="乙"', 'name="乙_x000a_"')),
    "merged cells in a table": (SHEET, swap("<dataValidations", MERGED)),
}


@pytest.mark.parametrize("case", BAD)
def test_what_excel_would_not_take_is_found(case: str) -> None:
    part, edit = BAD[case]
    assert find_faults(edited(part, edit))


def test_a_sound_file_has_no_fault() -> None:
    assert find_faults(Package(Path("x.xlsx"), sound())) == ()


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", checklist_keys())
def test_every_template_is_within_the_limits(kind: str, language: Language) -> None:
    assert find_faults(Package(Path(kind), build_template(kind, language=language, as_of=date(2026, 9, 1)))) == ()
