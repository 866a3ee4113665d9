"""Moving sheets of a donor into a person's book with everything that belongs to them: tables, notes, links, looks."""

from __future__ import annotations

import posixpath
import re
from copy import deepcopy

from lxml import etree

from xlsaddin.workbook.package import Package, relationships_part, write_xml
from xlsaddin.workbook.patch.package_edit import PackageEdit
from xlsaddin.workbook.patch.styles import StyleMerge
from xlsaddin.workbook.read.numbers import DAYS_1904
from xlsaddin.workbook.structure import MAIN, Sheet, Structure

__all__ = ["Transplant"]

WORKSHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
TABLE_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.table+xml"
_NUMBERED = re.compile(r"\d+(?=\.[^.]+$)")
_SHARED = re.compile(rb't="s"><v>(\d+)</v>')
_TEXT = re.compile(rb"<si>(.*?)</si>", re.DOTALL)
_TABLE_DIFFERENTIALS = ("headerRowDxfId", "dataDxfId", "totalsRowDxfId", "headerRowBorderDxfId", "tableBorderDxfId")


class Transplant:
    """Carries sheets of one donor into one target.

    Args:
        edit: the target. donor: package with the sheets. styles: its formats in terms of the target's.
        starts_1904: how the target counts days; the donor counts from 1900.
    """

    def __init__(self, edit: PackageEdit, donor: Package, styles: StyleMerge, *, starts_1904: bool = False) -> None:
        self._edit = edit
        self._donor = Structure(donor)
        self._styles = styles
        self._starts_1904 = starts_1904
        self._translated: dict[str, str] = {}
        part = self._donor.related("sharedStrings")
        self._texts: list[bytes] = _TEXT.findall(donor.read(part)) if part else []

    def carry(self, sheet: Sheet, part: str) -> None:
        """Write a sheet of the donor as the part of this name, with the parts it needs."""
        root = self._donor.package.parse(self._inline_texts(sheet.part))
        self._translate_cells(root)
        self._translate_formats(root)
        for view in root.iterfind(f"{MAIN}sheetViews/{MAIN}sheetView"):
            view.attrib.pop("tabSelected", None)
        self._edit.set(part, write_xml(root))
        self._edit.declare(part, WORKSHEET_TYPE)
        self._carry_relations(sheet.part, part)

    def _translate_cells(self, root: etree._Element) -> None:
        for row in root.iterfind(f"{MAIN}sheetData/{MAIN}row"):
            self._translate(row, "s")
            for cell in row:
                dated = self._starts_1904 and int(cell.get("s", "0")) in self._styles.date_formats
                self._translate(cell, "s")
                if dated and cell.get("t", "n") == "n":
                    _count_from_1904(cell)

    def _translate_formats(self, root: etree._Element) -> None:
        for column in root.iterfind(f"{MAIN}cols/{MAIN}col"):
            self._translate(column, "style")
        for rule in root.iter(f"{MAIN}cfRule"):
            self._translate_differential(rule, "dxfId")

    def _translate(self, node: etree._Element, key: str) -> None:
        if (index := node.get(key)) is not None:
            if index not in self._translated:
                self._translated[index] = str(self._styles.cell_format(int(index)))
            node.set(key, self._translated[index])

    def _translate_differential(self, node: etree._Element, key: str) -> None:
        if node.get(key) is not None:
            node.set(key, str(self._styles.differential(int(node.get(key)))))

    def _inline_texts(self, part: str) -> bytes:
        """Return a sheet with its shared texts in the cells, so that the target's table of texts stays as it is.

        The donor is ours, and its builder writes such cells in one form only.
        """
        return _SHARED.sub(
            lambda found: b't="inlineStr"><is>' + self._texts[int(found[1])] + b"</is>", self._donor.package.read(part)
        )

    def _carry_relations(self, source: str, target: str) -> None:
        """Carry the parts a donor's part refers to, under free names, and write its relations."""
        donor = self._donor.package
        if relationships_part(source) not in donor:
            return
        root = deepcopy(donor.tree(relationships_part(source)))
        targets = {relation.id: relation for relation in donor.relationships(source)}
        for node in root.iterchildren(etree.Element):
            relation = targets[node.get("Id")]
            if not relation.external:
                carried = self._carry_part(relation.target)
                node.set("Target", posixpath.relpath(f"/{carried}", f"/{posixpath.dirname(target)}"))
        self._edit.set(relationships_part(target), write_xml(root))

    def _carry_part(self, source: str) -> str:
        donor = self._donor.package
        pattern = _NUMBERED.sub("{}", source) if _NUMBERED.search(source) else "{}".join(posixpath.splitext(source))
        target = self._edit.free_name(pattern)
        self._edit.set(target, donor.read(source))
        self._edit.declare(target, donor.content_type(source))
        if donor.content_type(source) == TABLE_TYPE:
            self._settle_table(target)
        self._carry_relations(source, target)
        return target

    def _settle_table(self, part: str) -> None:
        """Give a carried table a number of its own, and its formats those of the target."""
        others = (self._edit.look(other) for other in self._edit.parts_of_type(TABLE_TYPE) if other != part)
        taken = {root.get("id") for root in others}
        root = self._edit.tree(part)
        root.set("id", next(str(number) for number in range(1, len(taken) + 2) if str(number) not in taken))
        for node in root.iter(f"{MAIN}table", f"{MAIN}tableColumn"):
            for key in _TABLE_DIFFERENTIALS:
                self._translate_differential(node, key)


def _count_from_1904(cell: etree._Element) -> None:
    value = cell.find(f"{MAIN}v")
    if value is not None and value.text:
        number = float(value.text) - DAYS_1904
        value.text = str(int(number)) if number.is_integer() else repr(number)
