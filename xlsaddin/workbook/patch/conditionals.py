"""Adding conditional formats of ours to a sheet, behind those that are there; the same one is not added twice."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy

from lxml import etree

from xlsaddin.workbook.package import whole_number
from xlsaddin.workbook.patch.ordered import WORKSHEET, place
from xlsaddin.workbook.patch.styles import StyleMerge
from xlsaddin.workbook.structure import MAIN

__all__ = ["add_conditionals"]


def add_conditionals(root: etree._Element, donated: Iterable[etree._Element], styles: StyleMerge) -> None:
    """Add conditional formats of a donor to a worksheet, in place."""
    present = {_key(area, rule) for area in root.iterfind(f"{MAIN}conditionalFormatting") for rule in _rules(area)}
    priority = max((whole_number(rule, "priority") for rule in root.iter(f"{MAIN}cfRule")), default=0)
    for area in donated:
        fresh = deepcopy(area)
        for rule in _rules(fresh):
            if _key(fresh, rule) in present:
                fresh.remove(rule)
                continue
            priority += 1
            rule.set("priority", str(priority))
            if rule.get("dxfId") is not None:
                rule.set("dxfId", str(styles.differential(int(rule.get("dxfId")))))
        if len(fresh):
            place(root, fresh, WORKSHEET)


def _rules(area: etree._Element) -> list[etree._Element]:
    return list(area.iterfind(f"{MAIN}cfRule"))


def _key(area: etree._Element, rule: etree._Element) -> tuple[str, ...]:
    formulas = [node.text or "" for node in rule.iterfind(f"{MAIN}formula")]
    return (area.get("sqref", ""), rule.get("type", ""), *formulas)
