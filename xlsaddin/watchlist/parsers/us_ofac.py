"""OFAC's lists as the classic CSV sets: SDN (sdn, alt, add, sdn_comments) and non-SDN (cons_prim, cons_alt …).

No header, `-0-` for nothing, a lone Ctrl-Z at the end.  Weak aliases stand in the remarks only, as a.k.a. 'X'; remarks
longer than a thousand characters run on in the comments file.  The files carry no date.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from xlsaddin.errors import ListError
from xlsaddin.watchlist import names
from xlsaddin.watchlist.model import Alias, EntryKind, ListEntry
from xlsaddin.watchlist.parsers import delimited
from xlsaddin.watchlist.parsers.interface import ParsedList, PublishedFile
from xlsaddin.watchlist.parsers.values import country_codes, shortened

_KINDS = {
    "": EntryKind.ORGANIZATION,
    "individual": EntryKind.PERSON,
    "vessel": EntryKind.OTHER,
    "aircraft": EntryKind.OTHER,
}
_RELATIONS = {"aka": "alias", "fka": "former", "nka": "alias"}
_WEAK = re.compile(r"\b([afn])\.k\.a\.\s+'(.+?)'(?=\s*(?:[;.]|\(|$))")
_BIRTH = re.compile(r"\bDOB\s+([^;.]+)")
_IDENTIFIERS = {
    "passport": re.compile(r"\bPassport\s+([^;.]+)"),
    "national_id": re.compile(r"\b(?:National ID No\.|Identification Number|Cedula No\.|SSN)\s+([^;]+?)(?=;|\.?$)"),
    "tax_id": re.compile(r"\bTax ID No\.\s+([^;]+?)(?=;|\.?$)"),
    "registration": re.compile(r"\bRegistration (?:Number|ID)\s+([^;]+?)(?=;|\.?$)"),
    "imo": re.compile(r"\bVessel Registration Identification IMO\s+(\d+)"),
}


class OfacParser:
    """Parser of one of the two sets.

    Args:
        list_id: id of the list; stems: names of the files without suffix: names, aliases, addresses, comments.
    """

    def __init__(self, list_id: str, stems: tuple[str, str, str, str]) -> None:
        self.list_id = list_id
        self._stems = stems

    def recognises(self, file: PublishedFile) -> bool:
        """True when the file of names of this set is among the parts."""
        return file.part(self._stems[0]) is not None and file.suffix == ".csv"

    def parse(self, file: PublishedFile) -> ParsedList:
        """Return the entries; raises `ListError` when a file is missing or a row belongs to no entry."""
        main, alt, add, comments = self._stems
        aliases = _by_entry(self._rows(file, alt, 5))
        addresses = _by_entry(self._rows(file, add, 6))
        overflow = _by_entry(self._rows(file, comments, 2, optional=True))
        entries = tuple(
            _entry(row, number, aliases.pop(row[0], []), addresses.pop(row[0], []), overflow.pop(row[0], []))
            for number, row in enumerate(self._rows(file, main, 12), start=1)
        )
        if len({entry.number for entry in entries}) != len(entries):
            raise ListError("RS-LIST-003", path=file.name, row=0, found="the same number twice")
        for name, orphans in ((alt, aliases), (add, addresses), (comments, overflow)):
            if orphans:
                raise ListError("RS-LIST-019", path=name, number=", ".join(sorted(orphans)[:5]))
        return ParsedList(entries)

    def _rows(self, file: PublishedFile, stem: str, width: int, optional: bool = False) -> list[list[str]]:
        content = file.part(stem)
        if content is None:
            if optional:
                return []
            raise ListError("RS-LIST-020", path=file.name, missing=f"{stem}.csv")
        return [[_value(cell) for cell in row] for row in delimited.rows(content, f"{stem}.csv", width)]


def _value(cell: str) -> str:
    bare = cell.strip()
    return "" if bare == "-0-" else bare


def _by_entry(rows: Iterable[list[str]]) -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(row)
    return found


def _entry(
    row: list[str], number: int, aliases: list[list[str]], addresses: list[list[str]], overflow: list[list[str]]
) -> ListEntry:
    uid, name, kind, programs = row[:4]
    if not uid.isdigit() or not name or kind.lower() not in _KINDS:
        raise ListError("RS-LIST-003", path="", row=number, found=" | ".join(row))
    remarks = row[11] + "".join(more[1] for more in overflow)
    others = [Alias(names.clean(alias[3]), relation=_RELATIONS.get(alias[2], "alias")) for alias in aliases]
    others += [Alias(weak, True, "former" if mark == "f" else "alias") for mark, weak in _WEAK.findall(remarks)]
    found_kind = _KINDS[kind.lower()]
    return ListEntry(
        number=uid,
        name=names.clean(name),
        aliases=names.unique(others, names.clean(name)),
        kind=found_kind,
        countries=country_codes(address[4] for address in addresses),
        identifiers={"uid": (uid,), **_identifiers(remarks)},
        birth_dates=tuple(found.strip() for found in _BIRTH.findall(remarks)),
        note=shortened(f"{programs}. {row[4]} {remarks}"),
        source_url=f"https://sanctionssearch.ofac.treas.gov/Details.aspx?id={uid}",
        row=str(number),
        original={"name": name, "program": programs, "type": kind},
    )


def _identifiers(remarks: str) -> dict[str, tuple[str, ...]]:
    found = {kind: tuple(value.strip() for value in rule.findall(remarks)) for kind, rule in _IDENTIFIERS.items()}
    return {kind: values for kind, values in found.items() if values}
