"""US Consolidated Screening List: the JSON file and both generations of the CSV file.

Thirteen lists of Commerce, State and Treasury in one; each entry keeps the name of its own list in `note`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from xlsaddin.errors import ListError
from xlsaddin.watchlist import names
from xlsaddin.watchlist.model import EntryKind, ListEntry
from xlsaddin.watchlist.parsers import delimited, us_names
from xlsaddin.watchlist.parsers.interface import ParsedList, PublishedFile
from xlsaddin.watchlist.parsers.values import country_codes, parse_day, shortened

COLUMNS = (
    "source", "entity_number", "type", "programs", "name", "title", "addresses", "federal_register_notice",
    "start_date", "end_date", "standard_order", "license_requirement", "license_policy", "call_sign", "vessel_type",
    "gross_tonnage", "gross_registered_tonnage", "vessel_flag", "vessel_owner", "remarks", "source_list_url",
    "alt_names", "citizenships", "dates_of_birth", "nationalities", "places_of_birth", "source_information_url", "ids",
)  # fmt: skip
_KINDS = {"individual": EntryKind.PERSON, "entity": EntryKind.ORGANIZATION}
_OTHER_KINDS = ("vessel", "aircraft")
_IDENTIFIERS = ("passport", "tax", "registration", "identification", "national", "swift", "imo", "gazette")


class UsCslParser:
    """Parser of `consolidated.json` and `consolidated.csv` of the International Trade Administration."""

    list_id = "us_csl"

    def recognises(self, file: PublishedFile) -> bool:
        """True for the CSV header of either generation, or a JSON object with `results` from these sources."""
        if file.starts_with("{"):
            return b'"results"' in file.content and b'"source_list_url"' in file.content
        header = delimited.first_line(file).removeprefix("_id,")
        return header == ",".join(COLUMNS)

    def parse(self, file: PublishedFile) -> ParsedList:
        """Return the entries; a row without a name is noted, not guessed."""
        if file.starts_with("{"):
            return _parse_json(file)
        found_id = delimited.first_line(file).startswith("_id,")
        header = ("_id", *COLUMNS) if found_id else COLUMNS
        rows = ((line, _from_csv(cells)) for line, cells in delimited.records(file, header))
        return _parsed(rows, file.name)


def _parse_json(file: PublishedFile) -> ParsedList:
    try:
        content = json.loads(file.content)
        results, total = content["results"], int(content["total"]) if "total" in content else None
    except (ValueError, KeyError, TypeError) as problem:
        raise ListError("RS-LIST-001", path=file.name, reason=str(problem)) from problem
    if total is not None and total != len(results):
        raise ListError("RS-LIST-011", path=file.name, entries=len(results), minimum=total, maximum=total)
    parsed = _parsed(enumerate(results, start=1), file.name)
    day = parse_day(str(content.get("search_performed_at") or ""))
    return ParsedList(parsed.entries, day, notes=parsed.notes)


def _parsed(rows: Iterable[tuple[int, Mapping[str, Any]]], path: str) -> ParsedList:
    entries: list[ListEntry] = []
    notes: list[str] = []
    for line, fields in rows:
        if not fields.get("source"):
            raise ListError("RS-LIST-003", path=path, row=line, found=str(dict(fields))[:200])
        name = str(fields.get("name") or "")
        if not name or name.startswith("Address "):
            notes.append(f"{line}行目: 名称がないため取り込まず / row {line}: no name, not taken ({fields['source']})")
            continue
        entries.append(_entry(fields, line))
    return ParsedList(tuple(entries), notes=tuple(notes))


def _from_csv(cells: Mapping[str, str]) -> dict[str, Any]:
    """Return a CSV row with its packed cells as lists, like the JSON file has them."""
    fields: dict[str, Any] = dict(cells)
    for column in ("alt_names", "programs", "dates_of_birth"):
        fields[column] = [part for part in cells[column].split("; ") if part]
    fields["addresses"] = [{"country": part.rpartition(",")[2].strip()} for part in cells["addresses"].split("; ")]
    fields["ids"] = list(_csv_ids(cells["ids"]))
    return fields


def _csv_ids(cell: str) -> Iterator[dict[str, str]]:
    """Yield identifiers: `Passport, 123` since 2025, `123, Passport` or `RU, 123, Passport` before."""
    for part in cell.split("; "):
        pieces = [piece.strip() for piece in part.split(",") if piece.strip() not in ("", "-")]
        if len(pieces) > 1:
            words = [piece for piece in pieces if not any(char.isdigit() for char in piece) and len(piece) > 2]
            values = [piece for piece in pieces if piece not in words and len(piece) > 2]
            if words and values:
                yield {"type": words[0], "number": values[0]}


def _entry(fields: Mapping[str, Any], line: int) -> ListEntry:
    name, aliases = us_names.split_main(str(fields["name"]))
    aliases += us_names.split_aliases(_texts(fields.get("alt_names")), name)
    number = str(fields.get("entity_number") or "").strip()
    kind = str(fields.get("type") or "").lower()
    countries = country_codes(str(address.get("country") or "") for address in fields.get("addresses") or ())
    return ListEntry(
        number=number or str(line),
        name=name,
        aliases=names.unique(aliases, name),
        kind=EntryKind.OTHER if kind in _OTHER_KINDS else _KINDS.get(kind, EntryKind.UNKNOWN),
        countries=countries,
        identifiers=_identifiers(fields, number),
        birth_dates=_texts(fields.get("dates_of_birth")),
        listed_on=parse_day(str(fields.get("start_date") or "")),
        note=_note(fields),
        source_url=str(fields.get("source_list_url") or ""),
        row=str(line),
        original={"name": str(fields["name"]), "source": str(fields["source"])},
    )


def _identifiers(fields: Mapping[str, Any], number: str) -> dict[str, tuple[str, ...]]:
    """Return identifiers by kind; only the Treasury's own number lasts across editions."""
    found: dict[str, tuple[str, ...]] = {}
    if number and "Treasury" in str(fields["source"]):
        found["uid"] = (f"{fields['source']}:{number}",)
    for item in fields.get("ids") or ():
        kind = "_".join(str(item.get("type") or "").lower().replace(".", "").split())
        if item.get("number") and any(word in kind for word in _IDENTIFIERS):
            found[kind] = (*found.get(kind, ()), str(item["number"]))
    return found


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,) if value else ()
    return tuple(str(part) for part in value) if isinstance(value, (list, tuple)) else ()


def _note(fields: Mapping[str, Any]) -> str:
    parts = (
        str(fields["source"]),
        "; ".join(_texts(fields.get("programs"))),
        str(fields.get("license_requirement") or ""),
        str(fields.get("license_policy") or ""),
        str(fields.get("federal_register_notice") or ""),
        str(fields.get("remarks") or ""),
    )
    return shortened(" / ".join(part for part in parts if part))
