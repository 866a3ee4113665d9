"""Changing the main part of a book: its list of sheets, its names, which sheet opens, when it calculates."""

from __future__ import annotations

import re

from lxml import etree

from xlsaddin.workbook.package import whole_number
from xlsaddin.workbook.patch.ordered import WORKBOOK, child
from xlsaddin.workbook.patch.package_edit import PackageEdit
from xlsaddin.workbook.plan import NamePlan
from xlsaddin.workbook.structure import MAIN, RELATION_ID, Sheet

__all__ = ["WorkbookEdit"]

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SELECTED = re.compile(rb'(<(?:\w+:)?sheetView\b[^>]*?) tabSelected="(?:1|true)"')
_VIEW = re.compile(rb"<(?:\w+:)?sheetView\b")


class WorkbookEdit:
    """The main part of a package being changed.

    Args:
        edit: the package. part: name of its main part.
    """

    def __init__(self, edit: PackageEdit, part: str) -> None:
        self._edit = edit
        self._part = part
        self._root = edit.tree(part)
        self._sheets = child(self._root, "sheets", WORKBOOK)

    def sheet_names(self) -> list[str]:
        """Return the names of all sheets in order."""
        return [node.get("name", "") for node in self._sheets]

    def sheet_part(self, name: str) -> str:
        """Return the part of a sheet, empty when there is none."""
        ids = [node.get(RELATION_ID) for node in self._sheets if node.get("name", "").casefold() == name.casefold()]
        parts = (found.target for found in self._edit.relationships(self._part) if found.id in ids)
        return next((part for part in parts if part in self._edit), "")

    def add_sheet(self, sheet: Sheet) -> str:
        """List a new sheet last and return the name its part is to have."""
        part = self._edit.free_name("xl/worksheets/sheet{}.xml")
        relation = self._edit.relate(self._part, f"{_OFFICE}/worksheet", part)
        number = max((whole_number(node, "sheetId") for node in self._sheets), default=0) + 1
        node = etree.SubElement(self._sheets, f"{MAIN}sheet", name=sheet.name, sheetId=str(number))
        if sheet.state != "visible":
            node.set("state", sheet.state)
        node.set(RELATION_ID, relation)
        return part

    def rename_sheet(self, name: str, sheet: Sheet) -> None:
        """Give a listed sheet the name and visibility of another."""
        node = self._node(name)
        node.set("name", sheet.name)
        node.attrib.pop("state", None)
        if sheet.state != "visible":
            node.set("state", sheet.state)

    def clear_sheet(self, name: str) -> str:
        """Drop what belongs to a sheet alone (tables, notes, local names); returns its part, to be written anew."""
        part = self.sheet_part(name)
        drop_exclusive(self._edit, part)
        names = child(self._root, "definedNames", WORKBOOK)
        for node in names.findall(f"{MAIN}definedName[@localSheetId='{self._position(name)}']"):
            names.remove(node)
        return part

    def set_name(self, plan: NamePlan, sheet: str = "", *, hidden: bool = False) -> None:
        """Set or replace a name of the whole book, or of one sheet."""
        names = child(self._root, "definedNames", WORKBOOK)
        local = str(self._position(sheet)) if sheet else None
        for node in list(names):
            if node.get("localSheetId") == local and node.get("name", "").casefold() == plan.name.casefold():
                names.remove(node)
        node = etree.SubElement(names, f"{MAIN}definedName", name=plan.name)
        if local is not None:
            node.set("localSheetId", local)
        if hidden:
            node.set("hidden", "1")
        node.text = plan.refers_to.removeprefix("=")

    def show(self, name: str) -> None:
        """Let the book open on a sheet, and on that one alone: two selected sheets would be edited together."""
        views = child(self._root, "bookViews", WORKBOOK)
        view = views.find(f"{MAIN}workbookView")
        if view is None:
            view = etree.SubElement(views, f"{MAIN}workbookView")
        view.set("activeTab", str(self._position(name)))
        view.attrib.pop("firstSheet", None)
        for other in self.sheet_names():
            if part := self.sheet_part(other):
                self._select(part, selected=other == name)

    def calculate_on_opening(self) -> None:
        """Have Excel calculate everything when it opens the book, in an order of its own making."""
        child(self._root, "calcPr", WORKBOOK).set("fullCalcOnLoad", "1")
        for relation in self._edit.relationships(self._part):
            if relation.kind == "calcChain":
                self._edit.unrelate(self._part, relation.target)
                self._edit.remove(relation.target)

    def finish(self) -> None:
        """Leave no empty list behind."""
        for name in ("definedNames", "bookViews"):
            node = self._root.find(f"{MAIN}{name}")
            if node is not None and len(node) == 0:
                self._root.remove(node)

    def _select(self, part: str, *, selected: bool) -> None:
        """Say in a sheet whether it is selected; of a person's sheet nothing else changes."""
        content = self._edit.read(part)
        changed = _SELECTED.sub(rb"\1", content)
        if selected:
            changed = _VIEW.sub(lambda found: found[0] + b' tabSelected="1"', changed, count=1)
        if changed != content or self._edit.is_open(part):  # an open part is written once, now
            self._edit.set(part, changed)

    def _node(self, name: str) -> etree._Element:
        return next(node for node in self._sheets if node.get("name", "").casefold() == name.casefold())

    def _position(self, name: str) -> int:
        return list(self._sheets).index(self._node(name))


def drop_exclusive(edit: PackageEdit, part: str) -> None:
    """Remove the parts that only this part refers to, and its relations."""
    targets = [relation.target for relation in edit.relationships(part) if not relation.external]
    edit.remove_relations(part)
    for target in dict.fromkeys(targets):
        if target in edit and not _referred(edit, target):
            drop_exclusive(edit, target)
            edit.remove(target)


def _referred(edit: PackageEdit, target: str) -> bool:
    return any(
        relation.target == target and not relation.external
        for part in ["", *edit.parts()]
        for relation in edit.relationships(part)
    )
