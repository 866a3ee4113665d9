"""The add-in is built from text, byte for byte the same, and every independent reader accepts it."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from oletools.olevba import VBA_Parser
from pyopenvba import ExcelFile
from pyopenvba.apps.excel import ExcelApplication

from xlsaddin import codes
from xlsaddin.excel import addin_build

SHIPPED = Path(__file__).parents[2] / "workbooks" / addin_build.FILE_NAME


@pytest.fixture(scope="module")
def addin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return addin_build.build_addin(tmp_path_factory.mktemp("addin"))


def test_a_second_build_is_the_same(addin: Path, tmp_path: Path) -> None:
    assert addin_build.build_addin(tmp_path).read_bytes() == addin.read_bytes()


def test_the_shipped_addin_is_what_the_sources_give(tmp_path: Path) -> None:
    version = addin_build.read_settings(SHIPPED)["XLWINGS_VERSION"]
    assert addin_build.build_addin(tmp_path, xlwings=version).read_bytes() == SHIPPED.read_bytes()


def test_it_is_an_addin_with_a_ribbon(addin: Path) -> None:
    with zipfile.ZipFile(addin) as package:
        assert "addin.macroEnabled.main+xml" in package.read("[Content_Types].xml").decode()
        assert 'Target="customUI/customUI14.xml"' in package.read("_rels/.rels").decode()
        assert "研究セキュリティ / Research Security" in package.read("customUI/customUI14.xml").decode()


def test_openxml_audit_expects_excel_to_open_it_cleanly(addin: Path) -> None:
    command = [Path(sys.executable).with_name("openxml-audit"), addin]
    found = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "expected to open cleanly" in found
    assert "Errors: 0" in found


def test_another_reader_finds_the_same_modules_and_nothing_that_starts_by_itself(addin: Path) -> None:
    parser = VBA_Parser(str(addin))
    found = {name: text for _, _, name, text in parser.extract_macros()}
    for name in addin_build.MODULES:
        expected = addin_build.module_source(name, xlwings=addin_build.xlwings_version())
        assert found[f"{name}.bas"].replace("\r\n", "\n").strip() == expected.strip()
    assert [hit for hit in parser.analyze_macros() if hit[0] == "AutoExec"] == []


def test_the_modules_declare_the_library_of_the_installed_xlwings(addin: Path) -> None:
    with ExcelFile(addin) as book:
        bridge = book.vba_project().get_module("Bridge").source
    version = re.escape(addin_build.xlwings_version())
    assert re.findall(rf"xlwings(?:32|64)-{version}\.dll", bridge)
    assert "-dev." not in bridge


def test_vba_runs_in_an_independent_interpreter_and_without_python_says_so(addin: Path) -> None:
    """A function called with a bare `python`, which the system could find anywhere, gives the add-in's own sentence."""
    excel = ExcelApplication.open(addin)
    excel.add_module(_BARE_INTERPRETER, name="Prepare")
    excel.run("SetBareInterpreter")
    message = codes.message("RS-ADDIN-001")
    assert excel.run("RS_MATCH", "哈尔滨工业大学") == f"{message.ja} / {message.en}"


def test_the_runner_advances_until_the_command_is_done() -> None:
    excel = ExcelApplication()
    excel.add_workbook()
    excel.add_module(_STUB, name="Bridge")
    excel.add_module(_RUNNER, name="Runner")
    excel.run("RunCommand", "check_all")
    assert excel.console == [
        "watch",
        "begin check_all",
        *("breathe", "advance ticket:1"),
        *("breathe", "advance ticket:2"),
        *("breathe", "advance ticket:3"),
    ]


def test_escape_between_two_steps_cancels() -> None:
    excel = ExcelApplication()
    excel.add_workbook()
    excel.add_module(_STUB.replace("'ESC", "If count = 2 Then Err.Raise 18"), name="Bridge")
    excel.add_module(_RUNNER, name="Runner")
    excel.run("RunCommand", "check_all")
    assert excel.console[-1] == "cancel ticket:1"


_RUNNER = addin_build.module_source("Runner").replace("DoEvents", 'Debug.Print "breathe"')
_BARE_INTERPRETER = """Attribute VB_Name = "Prepare"
Public Sub SetBareInterpreter()
    ThisWorkbook.Worksheets("xlsaddin.conf").Cells(3, 2).Value = "python"
End Sub
"""
_STUB = """Attribute VB_Name = "Bridge"
Private count As Long
Public Sub WatchCancelKey()
    Debug.Print "watch"
End Sub
Public Function CallPython(ByVal entry As String, ByVal arguments As Variant) As Variant
    If entry <> "cancel" Then count = count + 1
    Debug.Print entry & " " & arguments(0)
    If entry = "cancel" Then Exit Function
    'ESC
    If count < 4 Then CallPython = "ticket:" & count Else CallPython = ""
End Function
"""
