"""Values of formulas of ours that stay in a person's sheets: what a formula shows before anything recalculates it.

Libraries that fill a form leave its formulas without a value or with that of the blank form; the formulas themselves,
and every cell that is right already, stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from lxml import etree

from xlsaddin.workbook.patch.cell_values import encode_text
from xlsaddin.workbook.patch.package_edit import PackageEdit
from xlsaddin.workbook.structure import MAIN

__all__ = ["plain_formula", "renew_values"]


@lru_cache(maxsize=4096)  # the formulas of a form are the same in every row and every book
def plain_formula(formula: str) -> str:
    """Return a formula as programs agree on it: some quote sheet names and space arguments where others do not."""
    return formula.removeprefix("=").replace("'", "").replace(" ", "")


def renew_values(edit: PackageEdit, part: str, values: Mapping[str, str]) -> None:
    """Give the formulas of a sheet the texts computed for them; a sheet in which all are right is not touched.

    Args:
        values: text by formula, as `plain_formula` writes it.
    """
    if any(_text_of(cell) != text for cell, text in _known(edit.look(part), values)):
        for cell, text in _known(edit.tree(part), values):
            _set_text(cell, text)


def _known(root: etree._Element, values: Mapping[str, str]) -> Iterator[tuple[etree._Element, str]]:
    for formula in root.iter(f"{MAIN}f"):
        text = values.get(plain_formula(formula.text or ""))
        if text is not None:
            yield formula.getparent(), text


def _text_of(cell: etree._Element) -> str | None:
    """Return the text a cell shows, None when it shows none or anything else."""
    shown = cell.findtext(f"{MAIN}v")
    return (shown or "") if cell.get("t") == "str" else None


def _set_text(cell: etree._Element, text: str) -> None:
    for node in cell.findall(f"{MAIN}v"):
        cell.remove(node)
    cell.set("t", "str")
    value = etree.Element(f"{MAIN}v")
    value.text = encode_text(text)
    cell.insert(1, value)
