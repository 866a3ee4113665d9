"""Children of OOXML elements stand in a fixed order; what is added goes where the order wants it."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from xlsaddin.workbook.structure import MAIN

__all__ = ["STYLESHEET", "WORKBOOK", "WORKSHEET", "child", "place"]

STYLESHEET = (
    *("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles", "colors"),
    "extLst",
)
WORKBOOK = (
    *("fileVersion", "fileSharing", "workbookPr", "AlternateContent", "revisionPtr", "absPath", "workbookProtection"),
    *("bookViews", "sheets", "functionGroups", "externalReferences", "definedNames", "calcPr", "oleSize"),
    *("customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes", "webPublishing", "fileRecoveryPr"),
    *("webPublishObjects", "extLst"),
)
WORKSHEET = (
    *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection"),
    *("protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells"),
    *("phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins"),
    *("pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors"),
    *("smartTags", "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls"),
    *("webPublishItems", "tableParts", "extLst"),
)


def child(parent: etree._Element, name: str, order: Sequence[str]) -> etree._Element:
    """Return the child of this name, made in its place when it is missing."""
    found = parent.find(f"{MAIN}{name}")
    return place(parent, etree.Element(f"{MAIN}{name}"), order) if found is None else found


def place(parent: etree._Element, node: etree._Element, order: Sequence[str]) -> etree._Element:
    """Insert a node behind all that stand before it in the order, and behind others of its own name."""
    rank = order.index(etree.QName(node).localname)
    position = 0
    for index, other in enumerate(parent):
        name = etree.QName(other).localname if isinstance(other.tag, str) else ""
        if name in order and order.index(name) <= rank:
            position = index + 1
    parent.insert(position, node)
    return node
