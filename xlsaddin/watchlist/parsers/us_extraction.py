"""Lists the US publishes as law text or PDF only, as a third party's JSON extraction of that text.

BIS Entity List and Military End-User List (supplements to the EAR), DoD Sections 1260H and 1286, State's
nonproliferation sanctions.  The extraction has faults; the publisher's text rules, and results say where they rest.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from xlsaddin.errors import ListError
from xlsaddin.watchlist import names
from xlsaddin.watchlist.model import EntryKind, ListEntry
from xlsaddin.watchlist.parsers import us_names
from xlsaddin.watchlist.parsers.interface import ParsedList, PublishedFile
from xlsaddin.watchlist.parsers.values import country_codes, parse_day, shortened

_FIELDS = {"name", "aliases", "country", "address", "status", "effective_date", "federal_register", "notes"}
_STATUS = re.compile(r"status: ([A-Za-z]+)")


class UsExtractionParser:
    """Parser of one list of such an extraction.

    Args:
        list_id: our id; extracted_id: its `list_id` in the file.
    """

    def __init__(self, list_id: str, extracted_id: str) -> None:
        self.list_id = list_id
        self._marker = re.compile(rf'"list_id"\s*:\s*"{extracted_id}"'.encode())

    def recognises(self, file: PublishedFile) -> bool:
        """True for a JSON object that names this list."""
        return file.starts_with("{") and self._marker.search(file.content[:1000]) is not None

    def parse(self, file: PublishedFile) -> ParsedList:
        """Return the entries; raises `ListError` unless there are as many as announced, with the fields known."""
        try:
            content = json.loads(file.content)
            entities, count, day = content["entities"], content["count"], date.fromisoformat(content["extracted"])
        except (ValueError, KeyError, TypeError) as problem:
            raise ListError("RS-LIST-001", path=file.name, reason=str(problem)) from problem
        if len(entities) != count:
            raise ListError("RS-LIST-011", path=file.name, entries=len(entities), minimum=count, maximum=count)
        for row, fields in enumerate(entities, start=1):
            if set(fields) != _FIELDS or not fields["name"]:
                raise ListError("RS-LIST-003", path=file.name, row=row, found=str(fields)[:200])
        source = str(content.get("source_file", ""))
        notes = (f"第三者による抽出データ / third-party extraction of {source}",)
        return ParsedList(tuple(_entry(fields, row) for row, fields in enumerate(entities, start=1)), day, notes=notes)


def _entry(fields: Mapping[str, Any], row: int) -> ListEntry:
    name, aliases = us_names.split_main(fields["name"])
    aliases += us_names.split_aliases(fields["aliases"], name)
    notes = str(fields["notes"] or "")
    statuses = set(_STATUS.findall(notes))
    return ListEntry(
        number=str(row),
        name=name,
        aliases=names.unique(aliases, name),
        kind=_kind(fields, notes),
        countries=country_codes([str(fields["country"] or "")]),
        listed_on=parse_day(str(fields["effective_date"] or "")),
        lifted=bool(statuses) and all(status.startswith("Expired") for status in statuses),
        note=shortened(" / ".join(part for part in (str(fields["federal_register"] or ""), notes) if part)),
        row=str(row),
        original={"name": fields["name"], "aliases": " | ".join(fields["aliases"])},
    )


def _kind(fields: Mapping[str, Any], notes: str) -> EntryKind:
    if "talent recruitment programs" in notes:
        return EntryKind.PROGRAM
    if re.search(r"\bindividual\)", fields["name"]):
        return EntryKind.PERSON
    return EntryKind.ORGANIZATION if "Section 1286" in notes else EntryKind.UNKNOWN
