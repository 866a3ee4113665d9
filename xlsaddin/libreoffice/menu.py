"""The ribbon's groups as a menu of Calc, made from the same ribbon XML, for people who work on Linux.

A menu has no boxes to type into: a setting is an entry that asks for its value.
"""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree  # our own file, not a received one
from typing import Any

from xlsaddin.excel import addin_build
from xlsaddin.libreoffice import runtime
from xlsaddin.libreoffice.office import Office

MODULE = "Menu"
_UI = "{http://schemas.microsoft.com/office/2009/07/customui}"
_MENU_BAR = "private:resource/menubar/menubar"
_CALC = "com.sun.star.sheet.SpreadsheetDocument"
_MACRO = "vnd.sun.star.script:Standard.Menu.{name}?language=Basic&location=application"


_CONTROLS = ("button", "editBox", "checkBox")
_BLANK = "消すには空白を1字入れます。 / A space clears it."
_COMMAND = """Sub {procedure}
    RunCommand "{name}"
End Sub
"""
_SETTING = """Sub {procedure}
    Dim before As String, text As String
    before = CallPython("get_setting", Array("{name}"))
    text = InputBox("{label}" & Chr(10) & "{tip}" & Chr(10) & "{blank}", "xlsaddin", before)
    If text <> "" And text <> before Then CallPython "set_setting", Array("{name}", text)
End Sub
"""


def menu_source() -> str:
    """Return the Basic module behind the menu: a procedure without arguments for each button and each setting."""
    return "\n".join(_procedure_source(control) for _, controls in _groups() for control in controls)


def add_menu(office: Office) -> None:
    """Add the menu to Calc's menu bar, for as long as the office's profile lives."""
    manager = _manager(office)
    settings = manager.getSettings(_MENU_BAR, True)
    groups = [_entry(label, _items(manager, controls)) for label, controls in _groups()]
    tab = _ribbon().find(f".//{_UI}tab")
    label = tab.get("label", "xlsaddin") if tab is not None else "xlsaddin"
    _insert(settings, _entry(label, _container(manager, groups)))
    if manager.hasSettings(_MENU_BAR):
        manager.replaceSettings(_MENU_BAR, settings)
    else:
        manager.insertSettings(_MENU_BAR, settings)


def menu_labels(office: Office) -> list[str]:
    """Return the labels of Calc's menu bar that are not its own commands."""
    settings = _manager(office).getSettings(_MENU_BAR, False)
    items = [{one.Name: one.Value for one in settings.getByIndex(number)} for number in range(settings.Count)]
    return [str(item["Label"]) for item in items if item.get("Label")]


def _manager(office: Office) -> Any:
    supplier = office.context.getByName("/singletons/com.sun.star.ui.theModuleUIConfigurationManagerSupplier")
    return supplier.getUIConfigurationManager(_CALC)


def _ribbon() -> ElementTree.Element:
    return ElementTree.parse(addin_build.macros_folder() / "customUI14.xml").getroot()


def _groups() -> list[tuple[str, list[ElementTree.Element]]]:
    """Return label and controls of each group of the ribbon."""
    tags = [f"{_UI}{tag}" for tag in _CONTROLS]
    groups = _ribbon().iter(f"{_UI}group")
    return [(group.get("label", ""), [one for one in group.iter() if one.tag in tags]) for group in groups]


def _procedure(control: ElementTree.Element) -> str:
    return "Menu" + "".join(part.title() for part in control.get("id", "").split("_"))


def _procedure_source(control: ElementTree.Element) -> str:
    name, label, tip = (control.get(key, "") for key in ("id", "label", "supertip"))
    setting = control.tag != f"{_UI}button"
    text = _SETTING if setting else _COMMAND
    return text.format(
        procedure=_procedure(control), name=name.removeprefix("set_"), label=label, tip=tip, blank=_BLANK
    )


def _items(manager: Any, controls: list[ElementTree.Element]) -> Any:
    items = [
        runtime.properties(CommandURL=_MACRO.format(name=_procedure(one)), Label=one.get("label", ""), Type=0)
        for one in controls
    ]
    return _container(manager, items)


def _entry(label: str, content: Any) -> tuple[Any, ...]:
    return runtime.properties(CommandURL=f"xlsaddin:{label}", Label=label, Type=0, ItemDescriptorContainer=content)


def _container(manager: Any, items: list[Any]) -> Any:
    container = manager.createSettings()
    for item in items:
        _insert(container, item)
    return container


def _insert(container: Any, item: tuple[Any, ...]) -> None:
    uno = runtime.load_uno()
    typed = uno.Any("[]com.sun.star.beans.PropertyValue", item)
    uno.invoke(container, "insertByIndex", (container.Count, typed))
