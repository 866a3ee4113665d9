"""Ribbon, VBA and Python name the same things: each button a Sub, each Sub a command, each function a wrapper."""

from __future__ import annotations

import re
import sys
import types
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import fields

import pytest

from xlsaddin.excel import addin_build, edge
from xlsaddin.excel.commands import COMMANDS
from xlsaddin.excel.commands.about import load_functions
from xlsaddin.excel.settings import Settings

UI = "{http://schemas.microsoft.com/office/2009/07/customui}"


def controls(tag: str) -> list[ElementTree.Element]:
    root = ElementTree.parse(addin_build.macros_folder() / "customUI14.xml").getroot()
    return list(root.iter(f"{UI}{tag}"))


def subs() -> dict[str, str]:
    """Each public Sub of the ribbon with what its body calls."""
    text = addin_build.module_source("Ribbon")
    pattern = r"Public Sub (\w+)\((control As IRibbonControl[^)]*)\)\n(.*?)\nEnd Sub"
    return {name: body.strip() for name, _, body in re.findall(pattern, text, re.DOTALL)}


def test_every_button_has_a_sub_that_runs_the_command_of_its_id() -> None:
    buttons = {button.get("id"): button.get("onAction") for button in controls("button")}
    assert set(buttons) == set(COMMANDS)
    for name, action in buttons.items():
        assert subs()[action] == f'RunCommand "{name}"'


def test_no_sub_stands_without_a_control() -> None:
    named = {button.get("onAction") for button in controls("button")}
    named |= {box.get(callback) for box in controls("editBox") for callback in ("getText", "onChange")}
    named |= {box.get(callback) for box in controls("checkBox") for callback in ("getPressed", "onAction")}
    assert set(subs()) == named


def test_every_box_reads_and_writes_the_setting_of_its_id() -> None:
    for box in (*controls("editBox"), *controls("checkBox")):
        key = box.get("id", "").removeprefix("set_")
        read = box.get("getText") or box.get("getPressed")
        write = box.get("onChange") or box.get("onAction")
        assert read and write
        assert f'CallPython("get_setting", Array("{key}"))' in subs()[read]
        assert f'CallPython "set_setting", Array("{key}", ' in subs()[write]
        assert key in {field.name for field in fields(Settings)}


def test_controls_have_both_languages_tips_and_unique_keys() -> None:
    shown = [*controls("button"), *controls("menu"), *controls("editBox"), *controls("checkBox")]
    for control in shown:
        for attribute in ("label", "screentip", "supertip"):
            assert " / " in control.get(attribute, ""), (control.get("id"), attribute)
    in_menu = {id(button) for menu in controls("menu") for button in menu}
    keys = [control.get("keytip") for control in shown if id(control) not in in_menu]
    assert len(keys) == len(set(keys))
    assert all(button.get("imageMso") for button in controls("button"))


def test_every_function_of_the_list_has_a_wrapper_with_the_same_arguments() -> None:
    pattern = r'Public Function (RS_\w+)\(([^)]*)\) As Variant\n    \1 = CallPython\("(\w+)", Array\(([^)]*)\)\)'
    wrappers = {name: rest for name, *rest in re.findall(pattern, addin_build.module_source("Functions"))}
    listed = load_functions()
    assert set(wrappers) == set(listed) == set(edge.FUNCTIONS)
    for name, (parameters, entry, handed_over) in wrappers.items():
        expected = [
            f"{'Optional ' if argument.get('optional') else ''}{argument['name']} As Variant"
            for argument in listed[name]["arguments"]
        ]
        assert parameters.split(", ") == expected, name
        assert entry == name.lower()
        assert entry in edge.ENTRIES
        assert handed_over.split(", ") == [argument["name"] for argument in listed[name]["arguments"]]


def test_every_entry_vba_names_exists() -> None:
    sources = [addin_build.module_source(name) for name in addin_build.MODULES]
    named = {entry for text in sources for entry in re.findall(r'CallPython\(?\s*"(\w+)"', text)}
    assert named == set(edge.ENTRIES)


@pytest.fixture
def windows_udfs(monkeypatch: pytest.MonkeyPatch) -> Iterator[types.ModuleType]:
    """`xlwings.udfs` as Windows has it; the COM packages are empty stand-ins, nothing of them is called."""
    for name in ("pythoncom", "pywintypes", "win32com", "win32com.client"):
        monkeypatch.setitem(sys.modules, name, types.ModuleType(name))
    sys.modules["pythoncom"].CoInitialize = None  # type: ignore[attr-defined]
    sys.modules["win32com.client"].Dispatch = None  # type: ignore[attr-defined]
    import xlwings.udfs

    yield xlwings.udfs
    sys.modules.pop("xlwings.udfs")


def test_xlwings_on_windows_takes_every_entry_without_a_converter(windows_udfs: types.ModuleType) -> None:
    """An annotation would become a converter there; an entry xlwings cannot describe would fail in every cell."""
    for name, entry in edge.ENTRIES.items():
        described = windows_udfs.xlfunc(entry).__xlfunc__
        assert described["ret"]["options"] == {}, name
        assert [argument["options"] for argument in described["args"]] == [{}] * len(described["args"]), name
        assert getattr(edge, entry.__name__) is entry  # found by its name, as the server looks for it


def test_arguments_that_are_left_out_are_optional_for_xlwings(windows_udfs: types.ModuleType) -> None:
    for name, function in load_functions().items():
        described = windows_udfs.xlfunc(edge.FUNCTIONS[name]).__xlfunc__["args"]
        assert ["optional" in argument for argument in described] == [
            bool(argument.get("optional")) for argument in function["arguments"]
        ], name
