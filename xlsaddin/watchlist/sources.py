"""What we know of each list as such: titles, meaning, bounds, dated facts; from `data/lists/<id>.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any

from xlsaddin import resources
from xlsaddin.watchlist.model import ListSource

OWN_PREFIX = "own_"
SAMPLE_ID = "sample_fictional"


@dataclass(frozen=True, slots=True)
class EditionFact:
    """A dated fact about one edition that its file does not carry.

    Attributes:
        edition: its date; in_force_from, in_force_to: days it applies, None where not documented.
        sha256: digests of its published files (Excel, PDF), to know a renamed file by.
        reference: where this stands.
    """

    edition: date
    in_force_from: date | None
    in_force_to: date | None
    sha256: tuple[str, ...]
    reference: str


@dataclass(frozen=True, slots=True)
class Download:
    """Where the newest file of a list is found.

    Attributes:
        url: of the file, where it stays the same; more: names of the other files of a set, beside it.
        pages: pages to look for the newest file on, each with the pattern of its link; a group `date` tells the newest.
        changes: page that tells when an edition takes effect (METI).
    """

    url: str = ""
    more: tuple[str, ...] = ()
    pages: tuple[tuple[str, str], ...] = ()
    changes: str = ""

    @property
    def possible(self) -> bool:
        """False where a person has to fetch the file."""
        return bool(self.url or self.pages)


@dataclass(frozen=True, slots=True)
class Definition:
    """One list's definition: its source, edition facts, and where its files are found.

    Attributes:
        source: the list; editions: dated facts; download: where `update` finds its files.
        undated: True where the published file carries no date; then the day it was fetched is its edition.
        persons: main names of persons on a list that does not say who is one.
    """

    source: ListSource
    editions: tuple[EditionFact, ...]
    download: Download
    undated: bool = False
    persons: frozenset[str] = frozenset()

    def fact(self, edition: date) -> EditionFact | None:
        """Return the fact about the edition of this date, or None."""
        return next((fact for fact in self.editions if fact.edition == edition), None)

    def fact_by_digest(self, sha256: str) -> EditionFact | None:
        """Return the fact about the edition one of whose files has this digest, or None."""
        return next((fact for fact in self.editions if sha256 in fact.sha256), None)


@cache
def load_definitions() -> Mapping[str, Definition]:
    """Return the definition of every published list, and of the fictional sample, by id."""
    found = {}
    for path in resources.package_files("lists", ".toml"):
        found[path.stem] = _definition(path.stem, tomllib.loads(path.read_text(encoding="utf-8")))
    return MappingProxyType(found)


def own_definition(list_id: str, title: str) -> Definition:
    """Return the definition of an institution's own list."""
    source = ListSource(
        id=list_id,
        title_ja=title,
        title_en=title,
        publisher="own",
        meaning_ja="機関が独自に定めたリストです。一致したときの取扱いは、機関の規程に従ってください。",
        meaning_en="A list of the institution's own. What a match means is laid down in the institution's rules.",
    )
    return Definition(source, (), Download(), undated=True)


def _definition(list_id: str, table: dict[str, Any]) -> Definition:
    facts = tuple(_fact(row) for row in table.pop("editions", ()))
    download = _download(table.pop("download", {}))
    undated = bool(table.pop("undated", False))
    persons = frozenset(table.pop("persons", ()))
    source = ListSource(id=list_id, **table)
    return Definition(source, facts, download, undated, persons)


def _download(table: Mapping[str, Any]) -> Download:
    pages = tuple((str(page), str(link)) for page, link in table.get("pages", ()))
    more = tuple(str(table.get("more", "")).split())
    return Download(str(table.get("url", "")), more, pages, str(table.get("changes", "")))


def _fact(row: Mapping[str, Any]) -> EditionFact:
    return EditionFact(
        edition=row["edition"],
        in_force_from=row.get("in_force_from"),
        in_force_to=row.get("in_force_to"),
        sha256=tuple(row.get("sha256", ())),
        reference=str(row["reference"]),
    )
