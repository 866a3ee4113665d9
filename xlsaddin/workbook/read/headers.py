"""Finding columns by the text of their headers, in any language of ours and however it was typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from xlsaddin.checklist.identity_cache import remember_by_identity
from xlsaddin.checklist.model import Column
from xlsaddin.workbook.labels import Language, header

__all__ = ["column_spellings", "find_columns", "tidy_header"]

_IGNORED = re.compile(r"[\s*]+")


@lru_cache(maxsize=8192)
def tidy_header(text: str) -> str:
    """Return a header as it is compared: width and case folded, without blanks, line breaks and `*`."""
    return _IGNORED.sub("", unicodedata.normalize("NFKC", text)).casefold()


@remember_by_identity(limit=1024)
def column_spellings(columns: tuple[Column, ...]) -> Mapping[str, str]:
    """Return the key of a column for each spelling of its header that is understood."""
    spellings: dict[str, str] = {}
    for column in columns:
        for language in Language:
            spellings.setdefault(tidy_header(header(column, language)), column.key)
    return spellings


def find_columns(headers: Mapping[int, str], spellings: Mapping[str, str]) -> dict[str, int]:
    """Return the sheet column of each key; of two columns with the same header the first one."""
    found: dict[str, int] = {}
    for column, text in sorted(headers.items()):
        key = spellings.get(tidy_header(text))
        if key is not None:
            found.setdefault(key, column)
    return found
