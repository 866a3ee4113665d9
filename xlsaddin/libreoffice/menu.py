"""The ribbon's groups and buttons as a menu of Calc, made from the same ribbon XML, for people who work on Linux."""

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


def menu_source() -> str:
    """Return the Basic module behind the menu: a procedure without arguments for each button."""
    subs = [
        f'Sub {_procedure(one)}\n    RunCommand "{one}"\nEnd Sub\n' for _, buttons in _groups() for one, _ in buttons
    ]
    return "\n".join(subs)


def add_menu(office: Office) -> None:
    """Add the menu to Calc's menu bar, for as long as the office's profile lives."""
    manager = _manager(office)
    settings = manager.getSettings(_MENU_BAR, True)
    groups = [_entry(label, _buttons(manager, buttons)) for label, buttons in _groups() if buttons]
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


def _groups() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return label and buttons (id, label) of each group of the ribbon."""
    return [
        (group.get("label", ""), [(one.get("id", ""), one.get("label", "")) for one in group.iter(f"{_UI}button")])
        for group in _ribbon().iter(f"{_UI}group")
    ]


def _procedure(command: str) -> str:
    return "Menu" + "".join(part.title() for part in command.split("_"))


def _buttons(manager: Any, buttons: list[tuple[str, str]]) -> Any:
    items = []
    for command, label in buttons:
        items.append(runtime.properties(CommandURL=_MACRO.format(name=_procedure(command)), Label=label, Type=0))
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
