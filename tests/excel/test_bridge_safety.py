"""A received workbook can never choose what runs: neither by its sheets, nor its folder, nor its name."""

from __future__ import annotations

import re

import pytest
import xlwings as xw

from xlsaddin.excel import addin_build

EXCEL_MODULES = {name: addin_build.module_source(name) for name in addin_build.MODULES}


def code_of(text: str) -> str:
    """The module without its comments."""
    return "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("'"))


@pytest.mark.parametrize("name", EXCEL_MODULES)
def test_nothing_reads_the_active_workbook(name: str) -> None:
    code = code_of(EXCEL_MODULES[name])
    for word in ("ActiveWorkbook", "ActiveSheet", "Workbooks(", "Application.Caller", ".Parent", "CurDir", "ChDir"):
        assert word not in code, f"{name} uses {word}"


def test_configuration_comes_from_the_addins_sheet_and_the_users_folder_only() -> None:
    code = code_of(EXCEL_MODULES["Bridge"])
    assert re.findall(r"(\w+)\.Worksheets\(", code) == ["ThisWorkbook"]
    assert set(re.findall(r'Environ\("(\w+)"\)', code)) == {"HOME", "LOCALAPPDATA"}
    assert re.findall(r"Open (\w+) For", code) == ["path"]
    assert re.findall(r"OpenTextFile\((\w+),", code) == ["path"]


def test_python_starts_isolated_from_every_folder_of_a_workbook() -> None:
    code = code_of(EXCEL_MODULES["Bridge"])
    assert '" -I -B -c ' in code
    assert '" -I"' in code  # macOS
    assert "prepare_sys_path" not in code
    assert "PYTHONPATH" not in code
    assert "cmd.exe" not in code.casefold()


def test_embedded_code_and_error_sheets_are_left_out() -> None:
    code = "\n".join(code_of(text) for text in EXCEL_MODULES.values())
    for word in ('".py"', "LICENSE", "Sheets.Add", "xlwings.pro", "RunFrozen", "Workbook_Open", "Auto_Open"):
        assert word not in code


def test_the_licence_notice_of_xlwings_is_kept() -> None:
    bridge = EXCEL_MODULES["Bridge"]
    assert "BSD 3-clause license" in bridge
    assert "Copyright (C) 2014-present, Zoomer Analytics LLC." in bridge


def test_vba_text_is_ascii_with_windows_line_ends() -> None:
    for path in addin_build.macros_folder().glob("*.bas"):
        raw = path.read_bytes()
        assert raw.isascii(), path.name
        assert raw.count(b"\r\n") == raw.count(b"\n"), path.name


def test_xlwings_pro_is_not_switched_on() -> None:
    assert xw.__pro__ is False
