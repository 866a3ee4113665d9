"""What every list parser offers, and what it is given: the bytes a publisher gave out.

A list file is guilty until proven complete: a parser raises `ListError` for any row, header or value it cannot account
for, because "no hit" from half a list is the worst result there is.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import Protocol

from xlsaddin.watchlist.model import ListEntry


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """What a publisher gave out for one edition: one file, or files that belong together.

    Attributes:
        parts: content by file name; several for sets such as OFAC's four CSV files.
    """

    parts: Mapping[str, bytes]

    @property
    def name(self) -> str:
        """File name; the first by name of a set."""
        return min(self.parts)

    @property
    def content(self) -> bytes:
        """Bytes of the file; of the first by name of a set."""
        return self.parts[self.name]

    @property
    def suffix(self) -> str:
        """Suffix in lower case, such as `.xlsx`."""
        return PurePath(self.name).suffix.lower()

    @property
    def sha256(self) -> str:
        """Digest of the file; of a set, the digest of what `sha256sum` prints for its files in order of name."""
        if len(self.parts) == 1:
            return hashlib.sha256(self.content).hexdigest()
        lines = [f"{hashlib.sha256(self.parts[name]).hexdigest()}  {name}\n" for name in sorted(self.parts)]
        return hashlib.sha256("".join(lines).encode()).hexdigest()

    def part(self, stem: str) -> bytes | None:
        """Return the content of the part with this stem in any case (`alt` for `ALT.CSV`), or None."""
        for name, content in self.parts.items():
            if PurePath(name).stem.lower() == stem:
                return content
        return None

    def starts_with(self, *texts: str) -> bool:
        """True when the content begins with one of the texts, after a byte order mark and white space."""
        head = self.content[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
        return any(head.startswith(text.encode()) for text in texts)


@dataclass(frozen=True, slots=True)
class ParsedList:
    """The entries of a file, all of them, and the date it carries.

    Attributes:
        entries: in the order of the file.
        edition: date of the edition as the file or its name states it; None when it carries none.
        in_force_from: first day in force where the file states it.
        notes: values kept as printed because nothing better is known, such as an unknown country.
    """

    entries: tuple[ListEntry, ...]
    edition: date | None = None
    in_force_from: date | None = None
    notes: tuple[str, ...] = ()


class Parser(Protocol):
    """A parser of one list's published format.

    Attributes:
        list_id: id of the list; empty for the format of own lists.
    """

    list_id: str

    def recognises(self, file: PublishedFile) -> bool:
        """True when this looks like a file of the list, by what is in it; never raises."""
        ...

    def parse(self, file: PublishedFile) -> ParsedList:
        """Return every entry of the file; raises `ListError` where a row, header or value is not as published."""
        ...


_NAME_DATE = re.compile(r"(?<!\d)(20\d{2})[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?=\D|\d{3}(?!\d)|$)")


def date_in_name(name: str) -> date | None:
    """Return the date a file name carries (`20250929_4.xlsx`), or None."""
    if found := _NAME_DATE.search(name):
        try:
            return date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            return None
    return None
