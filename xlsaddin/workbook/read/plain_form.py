"""Sheets and shared texts that are written in an unusual way, put into the plain form most programs write.

Unusual is: other prefixes or encodings, cells and rows without an address, comments inside, attributes in another
order. The result holds what the reader looks at and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from xlsaddin.workbook.areas import cell_name, parse_area
from xlsaddin.workbook.structure import MAIN

__all__ = ["plain_sheet", "plain_strings"]


def plain_sheet(root: etree._Element) -> str:
    """Return rows, cells and merged areas of a worksheet in plain form."""
    rows = "".join(_rows(root.find(f"{MAIN}sheetData")))
    merges = "".join(
        f"<mergeCell ref={quoteattr(node.get('ref', '').replace('$', ''))}/>"
        for node in root.iterfind(f"{MAIN}mergeCells/{MAIN}mergeCell")
    )
    return f"<worksheet><sheetData>{rows}</sheetData>{merges}</worksheet>"


def plain_strings(root: etree._Element) -> str:
    """Return the shared texts in plain form, phonetic guides left out."""
    return f"<sst>{''.join(f'<si>{_texts(node)}</si>' for node in root.iterfind(f'{MAIN}si'))}</sst>"


def _rows(data: etree._Element | None) -> Iterator[str]:
    number = 0
    for row in data.iterfind(f"{MAIN}row") if data is not None else ():
        number = int(row.get("r") or number + 1)
        hidden = ' hidden="1"' if row.get("hidden") in ("1", "true") else ""
        yield f'<row r="{number}"{hidden}>{"".join(_cells(row, number))}</row>'


def _cells(row: etree._Element, number: int) -> Iterator[str]:
    column = 0
    for cell in row.iterfind(f"{MAIN}c"):
        column = _column(cell.get("r")) or column + 1
        attributes = "".join(f" {key}={quoteattr(cell.get(key))}" for key in ("s", "t") if cell.get(key))
        yield f'<c r="{cell_name(number, column)}"{attributes}>{"".join(_contents(cell))}</c>'


def _column(address: str | None) -> int:
    try:
        return parse_area(address or "").left
    except ValueError:
        return 0


def _contents(cell: etree._Element) -> Iterator[str]:
    for node in cell:
        if node.tag == f"{MAIN}f":
            yield f"<f>{escape(node.text or '')}</f>"
        elif node.tag == f"{MAIN}v":
            yield f"<v>{_text(node)}</v>"
        elif node.tag == f"{MAIN}is":
            yield f"<is>{_texts(node)}</is>"


def _texts(node: etree._Element) -> str:
    phonetic = f"{MAIN}rPh"
    return "".join(f"<t>{_text(t)}</t>" for t in node.iter(f"{MAIN}t") if t.getparent().tag != phonetic)


def _text(node: etree._Element) -> str:
    return escape("".join(part for part in node.itertext() if isinstance(part, str)))
