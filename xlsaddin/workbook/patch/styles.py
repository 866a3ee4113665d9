"""Taking the looks of a donor's cells over into a person's book: new formats are appended, none is changed.

A format that is already there is used again, so checking a book ten times does not grow it.
"""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from xlsaddin.workbook.package import whole_number
from xlsaddin.workbook.patch.ordered import STYLESHEET, child
from xlsaddin.workbook.read.numbers import date_styles
from xlsaddin.workbook.structure import MAIN

__all__ = ["StyleMerge"]

_PARTS = {"fontId": "fonts", "fillId": "fills", "borderId": "borders"}
_APPLY = ("applyNumberFormat", "applyFont", "applyFill", "applyBorder", "applyAlignment", "applyProtection")
_FIRST_OWN_NUMBER_FORMAT = 164


class StyleMerge:
    """The formats of a donor in terms of a target's formats.

    Args:
        target: style sheet that is extended in place; donor: style sheet the formats come from.
    """

    def __init__(self, target: etree._Element, donor: etree._Element) -> None:
        self._target = target
        self._donor = donor
        self._known: dict[str, dict[bytes, int]] = {}
        self._formats: dict[int, int] = {}
        self._differentials: dict[int, int] = {}
        self.date_formats = date_styles(donor)

    def beside(self, donor: etree._Element) -> StyleMerge:
        """Return the formats of another donor in terms of the same target."""
        other = StyleMerge(self._target, donor)
        other._known = self._known
        return other

    def cell_format(self, index: int) -> int:
        """Return the index in the target of a cell format of the donor."""
        if index not in self._formats:
            self._formats[index] = self._place("cellXfs", self._translated(self._donor_part("cellXfs", index)))
        return self._formats[index]

    def differential(self, index: int) -> int:
        """Return the index in the target of a differential format (conditional formats, tables) of the donor."""
        if index not in self._differentials:
            self._differentials[index] = self._place("dxfs", deepcopy(self._donor_part("dxfs", index)))
        return self._differentials[index]

    def _translated(self, node: etree._Element) -> etree._Element:
        copy = deepcopy(node)
        for key, section in _PARTS.items():
            part = deepcopy(self._donor_part(section, int(copy.get(key, "0"))))
            copy.set(key, str(self._place(section, part)))
        copy.set("numFmtId", str(self._number_format(int(copy.get("numFmtId", "0")))))
        copy.set("xfId", "0")
        for key in _APPLY:
            copy.set(key, "1")
        return copy

    def _number_format(self, number: int) -> int:
        if number < _FIRST_OWN_NUMBER_FORMAT:
            return number
        code = next(
            node.get("formatCode", "")
            for node in self._donor.iterfind(f"{MAIN}numFmts/{MAIN}numFmt")
            if node.get("numFmtId") == str(number)
        )
        section = child(self._target, "numFmts", STYLESHEET)
        ids = {node.get("formatCode", ""): whole_number(node, "numFmtId") for node in section}
        if code not in ids:
            ids[code] = max([_FIRST_OWN_NUMBER_FORMAT - 1, *ids.values()]) + 1
            etree.SubElement(section, f"{MAIN}numFmt", numFmtId=str(ids[code]), formatCode=code)
            section.set("count", str(len(section)))
        return ids[code]

    def _donor_part(self, section: str, index: int) -> etree._Element:
        return self._donor.findall(f"{MAIN}{section}/*")[index]

    def _place(self, section: str, node: etree._Element) -> int:
        """Return the index of an equal node of the target's section, appending it when there is none."""
        parent = child(self._target, section, STYLESHEET)
        if section not in self._known:
            self._known[section] = {}
            for index, other in enumerate(parent):
                self._known[section].setdefault(_canonical(other), index)
        known = self._known[section]
        key = _canonical(node)
        if key not in known:
            known[key] = len(parent)
            parent.append(node)
            parent.set("count", str(len(parent)))
        return known[key]


def _canonical(node: etree._Element) -> bytes:
    return bytes(etree.tostring(node, method="c14n", exclusive=True, with_tail=False))
