"""Texts of cells: the table of shared ones, and how OOXML escapes characters."""

from __future__ import annotations

import re

from xlsaddin.workbook.escapes import decode_escapes
from xlsaddin.workbook.package import Package
from xlsaddin.workbook.read.plain_form import plain_strings

__all__ = ["SharedTexts", "decode_rich", "decode_text"]

_PHONETIC = re.compile(r"<rPh\b.*?</rPh>", re.DOTALL)
_ONE_TEXT = re.compile(r'<t(?: xml:space="preserve")?>([^<]*)</t>')
_TEXT = re.compile(r"<t(?: [^>]*)?>([^<]*)</t>")
_ENTITY = re.compile(r"&(?:#x([0-9A-Fa-f]+)|#([0-9]+)|(amp|lt|gt|quot|apos));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


class SharedTexts:
    """The table of texts that cells share, each decoded when first asked for.

    Args:
        package: opened package; part: name of the table, empty when the workbook has none.
    """

    def __init__(self, package: Package, part: str) -> None:
        text = package.read(part).decode("utf-8", "replace") if part else ""
        if text and not _is_plain(text):
            text = plain_strings(package.tree(part))
        self._items = text.replace("<si/>", "<si></si>").split("<si>")[1:]

    def __getitem__(self, index: int) -> str:
        """Return a text; raises IndexError for one that is not there."""
        return decode_rich(self._items[index].partition("</si>")[0])


def decode_rich(item: str) -> str:
    """Return the text of a shared or inline item: its runs joined, its phonetic guide (furigana) left out."""
    if found := _ONE_TEXT.fullmatch(item):
        return decode_text(found[1])
    if "<rPh" in item:
        item = _PHONETIC.sub("", item)
    return decode_text("".join(_TEXT.findall(item)))


def decode_text(text: str) -> str:
    """Return the text of escaped XML content as Excel shows it; `_x000D_` is the character it stands for."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "&" in text:
        text = _ENTITY.sub(_entity, text)
    return decode_escapes(text)


def _entity(found: re.Match[str]) -> str:
    hexadecimal, decimal, named = found.groups()
    if named:
        return _NAMED[named]
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return chr(code) if code < 0xD800 or 0xDFFF < code <= 0x10FFFF else "\ufffd"


def _is_plain(text: str) -> bool:
    head = text[:200].lower()
    if not head.startswith(("<?xml", "<sst")) or ("encoding=" in head and 'encoding="utf-8"' not in head):
        return False
    return "<!" not in text and "<sst" in head and text.count("<si>") + text.count("<si/>") == text.count("<si")
