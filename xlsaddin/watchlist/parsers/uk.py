"""UK sanctions as CSV: the UK Sanctions List (single list since 2026) and OFSI's ConList of the `2022format`.

Line 1 is the date, line 2 the header.  A row is a name; rows of one party carry the same id.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from xlsaddin.errors import ListError
from xlsaddin.watchlist import names
from xlsaddin.watchlist.model import Alias, EntryKind, ListEntry
from xlsaddin.watchlist.parsers import delimited
from xlsaddin.watchlist.parsers.interface import ParsedList, PublishedFile
from xlsaddin.watchlist.parsers.values import country_codes, distinct, parse_day, shortened

_UKSL = (
    "Last Updated", "Unique ID", "OFSI Group ID", "UN Reference Number", "Name 6", "Name 1", "Name 2", "Name 3",
    "Name 4", "Name 5", "Name type", "Alias strength", "Title", "Name non-latin script", "Non-latin script type",
    "Non-latin script language", "Regime Name", "Designation Type", "Designation source", "Sanctions Imposed",
    "Other Information", "UK Statement of Reasons", "Address Line 1", "Address Line 2", "Address Line 3",
    "Address Line 4", "Address Line 5", "Address Line 6", "Address Postal Code", "Address Country", "Phone number",
    "Website", "Email address", "Date Designated", "D.O.B", "Nationality(/ies)", "National Identifier number",
    "National Identifier additional information", "Passport number", "Passport additional information", "Position",
    "Gender", "Town of birth", "Country of birth", "Type of entity", "Subsidiaries", "Parent company",
    "Business registration number (s)", "IMO number", "Current owner/operator (s)", "Previous owner/operator (s)",
    "Current believed flag of ship", "Previous flags", "Type of ship", "Tonnage of ship", "Length of ship",
    "Year Built", "Hull identification number (HIN)",
)  # fmt: skip
_CONLIST = (
    "Name 6", "Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Title", "Name Non-Latin Script",
    "Non-Latin Script Type", "Non-Latin Script Language", "DOB", "Town of Birth", "Country of Birth", "Nationality",
    "Passport Number", "Passport Details", "National Identification Number", "National Identification Details",
    "Position", "Address 1", "Address 2", "Address 3", "Address 4", "Address 5", "Address 6", "Post/Zip Code",
    "Country", "Other Information", "Group Type", "Alias Type", "Alias Quality", "Regime", "Listed On",
    "UK Sanctions List Date Designated", "Last Updated", "Group ID",
)  # fmt: skip
_KINDS = {"individual": EntryKind.PERSON, "entity": EntryKind.ORGANIZATION, "ship": EntryKind.OTHER}
_FIRST_LINE = re.compile(r'"?(?:Report Date:\s*|Last Updated",?"?|Last Updated,\s*)(?P<day>[^",]+)')
_DAYS = ("%d-%b-%Y", "%d/%m/%Y", "%Y-%m-%d")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each fact stands in one of the two formats."""

    header: tuple[str, ...]
    group: str
    kind: str
    name_type: str
    quality: str
    script: str
    birth: str
    country: str
    listed: str
    regime: str
    passport: str
    identifier: str


LAYOUTS = (
    Layout(_UKSL, "Unique ID", "Designation Type", "Name type", "Alias strength", "Name non-latin script", "D.O.B",
            "Address Country", "Date Designated", "Regime Name", "Passport number", "National Identifier number"),
    Layout(_CONLIST, "Group ID", "Group Type", "Alias Type", "Alias Quality", "Name Non-Latin Script", "DOB",
            "Country", "Listed On", "Regime", "Passport Number", "National Identification Number"),
)  # fmt: skip


class UkParser:
    """Parser of both formats; they are one list to us."""

    list_id = "uk_sanctions"

    def recognises(self, file: PublishedFile) -> bool:
        """True when line 1 states the date and line 2 is one of the two headers."""
        return _FIRST_LINE.match(delimited.first_line(file)) is not None and _layout(file) is not None

    def parse(self, file: PublishedFile) -> ParsedList:
        """Return one entry a party; raises `ListError` for a row without id, kind or name."""
        layout = _layout(file)
        if layout is None:
            raise ListError("RS-LIST-002", path=file.name, found=delimited.first_line(file))
        groups: dict[str, list[tuple[int, Mapping[str, str]]]] = {}
        for line, cells in delimited.records(file, layout.header, skip_lines=1):
            if not cells[layout.group] or cells[layout.kind].lower() not in _KINDS:
                raise ListError("RS-LIST-003", path=file.name, row=line, found=str(list(cells.values()))[:200])
            groups.setdefault(cells[layout.group], []).append((line, cells))
        entries = tuple(_entry(number, rows, layout, file.name) for number, rows in groups.items())
        return ParsedList(entries, _first_day(file))


def _layout(file: PublishedFile) -> Layout | None:
    header = delimited.first_lines(file)[1:2]
    found = [name.strip().strip('"') for name in header[0].split(",")] if header else []
    return next((layout for layout in LAYOUTS if found == list(layout.header)), None)


def _first_day(file: PublishedFile) -> date:
    found = _FIRST_LINE.match(delimited.first_line(file))
    day = parse_day(found["day"], *_DAYS) if found else None
    if day is None:
        raise ListError("RS-LIST-002", path=file.name, found=delimited.first_line(file))
    return day


def _entry(number: str, rows: list[tuple[int, Mapping[str, str]]], layout: Layout, path: str) -> ListEntry:
    cells = [row for _, row in rows]
    primary = next((row for row in cells if row[layout.name_type].lower() == "primary name"), cells[0])
    name = _name(primary)
    if not name:
        raise ListError("RS-LIST-003", path=path, row=rows[0][0], found=str(list(primary.values()))[:200])
    aliases = [alias for row in cells for alias in _aliases(row, layout)]
    return ListEntry(
        number=number,
        name=name,
        aliases=names.unique(aliases, name),
        kind=_KINDS[primary[layout.kind].lower()],
        countries=country_codes(row[layout.country] for row in cells),
        identifiers=_identifiers(number, cells, layout),
        birth_dates=distinct(row[layout.birth] for row in cells),
        listed_on=parse_day(primary[layout.listed], *_DAYS),
        note=shortened(f"{primary[layout.regime]}. {primary['Other Information']}"),
        row=", ".join(str(line) for line, _ in rows[:20]),
        original={"name": name, "regime": primary[layout.regime]},
    )


def _name(cells: Mapping[str, str]) -> str:
    """Return the name of a row in the order it is spoken; Name 6 holds the surname, or a body's whole name."""
    return names.clean(" ".join(cells[f"Name {part}"] for part in (1, 2, 3, 4, 5, 6)))


def _aliases(cells: Mapping[str, str], layout: Layout) -> list[Alias]:
    """Return the names of a row. Only "low quality" is weak; a blank quality says nothing."""
    relation = "former" if cells[layout.name_type].lower().startswith(("f.k.a", "formerly")) else "alias"
    weak = cells[layout.quality].lower().startswith("low")
    return [Alias(_name(cells), weak, relation), Alias(names.clean(cells[layout.script]), relation="original_script")]


def _identifiers(number: str, rows: list[Mapping[str, str]], layout: Layout) -> dict[str, tuple[str, ...]]:
    found = {
        "uid": (number,),
        "passport": distinct(row[layout.passport] for row in rows),
        "national_id": distinct(row[layout.identifier] for row in rows),
        "un_reference": distinct(row.get("UN Reference Number", "") for row in rows),
        "imo": distinct(row.get("IMO number", "") for row in rows),
    }
    return {kind: values for kind, values in found.items() if values}
