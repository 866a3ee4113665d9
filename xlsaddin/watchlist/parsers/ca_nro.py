"""Canada's Named Research Organizations: the published page (HTML), or a transcription of it as JSON.

The list names aliases that often are subsidiaries or units of the organization.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from xlsaddin.errors import ListError
from xlsaddin.watchlist import names
from xlsaddin.watchlist.countries import country_code
from xlsaddin.watchlist.model import Alias, ListEntry
from xlsaddin.watchlist.parsers.interface import ParsedList, PublishedFile

_FIELDS = {"id", "name", "aliases", "country", "city", "lat", "lng", "parentOrg", "notes"}
_MODIFIED = re.compile(rb"Date modified:.{0,200}?(\d{4}-\d{2}-\d{2})", re.DOTALL)


class CaNroParser:
    """Parser of the page's table, found by its headings, and of the transcription."""

    list_id = "ca_nro"

    def recognises(self, file: PublishedFile) -> bool:
        """True for a page that calls itself by this name with a table of aliases, or the transcription's fields."""
        if file.starts_with("["):
            return b'"parentOrg"' in file.content[:4096]
        return b"Named Research Organizations" in file.content and b"<table" in file.content

    def parse(self, file: PublishedFile) -> ParsedList:
        """Return the entries; raises `ListError` for a row without name or country."""
        if file.starts_with("["):
            return ParsedList(tuple(_from_json(file)))
        modified = _MODIFIED.search(file.content)
        day = date.fromisoformat(modified[1].decode()) if modified else None
        return ParsedList(tuple(_from_page(file)), day)


def _from_json(file: PublishedFile) -> Iterable[ListEntry]:
    try:
        rows = json.loads(file.content)
    except ValueError as problem:
        raise ListError("RS-LIST-001", path=file.name, reason=str(problem)) from problem
    parents = {row.get("id"): row.get("name") for row in rows}
    for number, row in enumerate(rows, start=1):
        if set(row) != _FIELDS:
            raise ListError("RS-LIST-003", path=file.name, row=number, found=str(row)[:200])
        parent = parents.get(row["parentOrg"])
        related = [Alias(parent, relation="related")] if parent else []
        yield _entry(row["name"], row["aliases"], row["country"], number, file.name, related, row["notes"] or "")


def _from_page(file: PublishedFile) -> Iterable[ListEntry]:
    from lxml import html

    for table in html.fromstring(file.content).iter("table"):
        rows = [list(row.iter("td", "th")) for row in table.iter("tr")]
        header = [_text(cell).lower() for cell in rows[0]] if rows else []
        name = _column(header, "organization", "name")
        alias, country = _column(header, "alias"), _column(header, "country", "location")
        if None in (name, alias, country):
            continue
        for number, row in enumerate(rows[1:], start=1):
            if len(row) != len(header):
                raise ListError("RS-LIST-003", path=file.name, row=number, found=str([_text(cell) for cell in row]))
            aliases = _pieces(row[alias])  # type: ignore[index]
            yield _entry(_text(row[name]), aliases, _text(row[country]), number, file.name)  # type: ignore[index]
        return
    raise ListError("RS-LIST-002", path=file.name, found="no table of aliases")


def _column(header: list[str], *words: str) -> int | None:
    return next((index for index, text in enumerate(header) if any(word in text for word in words)), None)


def _text(cell: Any) -> str:
    return " ".join(cell.text_content().split())


def _pieces(cell: Any) -> list[str]:
    """Return the aliases of a cell: list items, or lines, or what stands between semicolons."""
    items = [_text(item) for item in cell.iter("li")]
    if items:
        return items
    lines = "\n".join(cell.itertext())
    return [piece.strip() for piece in re.split(r"[;\n]", lines) if piece.strip()]


def _entry(
    printed: str, aliases: list[str], country: str, row: int, path: str, related: Iterable[Alias] = (), note: str = ""
) -> ListEntry:
    code = country_code(country)
    if not printed or code is None:
        raise ListError("RS-LIST-003", path=path, row=row, found=f"{printed} {country}")
    name, bracketed = names.split_name(printed)
    others = [Alias(names.clean(alias), relation=names.relation_of(names.clean(alias), name)) for alias in aliases]
    return ListEntry(
        number=str(row),
        name=name,
        aliases=names.unique((*bracketed, *others, *related), name),
        countries=(code,),
        note=note,
        row=str(row),
        original={"name": printed, "aliases": " | ".join(aliases)},
    )
