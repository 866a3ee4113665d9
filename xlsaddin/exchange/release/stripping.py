"""Taking the names of authors and the institution's software out of a workbook that leaves."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from xlsaddin.workbook.package import Package
from xlsaddin.workbook.patch.package_edit import PackageEdit

__all__ = ["strip_authors"]

_PERSONAL = {
    "core-properties": ("creator", "lastModifiedBy"),
    "extended-properties": ("Company", "Manager"),
}


def strip_authors(content: bytes) -> bytes:
    """Return a workbook without the names of who made and last saved it; everything else stays as it is."""
    edit = PackageEdit(Package(Path("workbook.xlsx"), content))
    for kind, names in _PERSONAL.items():
        for part in edit.package.related("", kind):
            for node in edit.tree(part).iter():
                if isinstance(node.tag, str) and etree.QName(node).localname in names:
                    node.text = None
    return edit.content()
