"""An institution's own list: UTF-8 CSV, or the same columns in a workbook.

Columns `entry,name,aliases,country,kind,note`; aliases are separated by ` | `.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

from xlsaddin.errors import ListError
from xlsaddin.watchlist import names
from xlsaddin.watchlist.countries import country_code
from xlsaddin.watchlist.model import Alias, EntryKind, ListEntry
from xlsaddin.watchlist.parsers import spreadsheet
from xlsaddin.watchlist.parsers.interface import ParsedList, PublishedFile

COLUMNS = ("entry", "name", "aliases", "country", "kind", "note")
_KINDS = {kind.value: kind for kind in (EntryKind.PERSON, EntryKind.ORGANIZATION, EntryKind.PROGRAM)}


class OwnListParser:
    """Parser of own lists; the list id is given by whoever imports."""

    list_id = ""

    def recognises(self, file: PublishedFile) -> bool:
        """True when the first row holds the six columns."""
        if file.starts_with("PK"):
            return _is_header(spreadsheet.first_row(file))
        return file.suffix == ".csv" and file.starts_with(",".join(COLUMNS), '"entry"')

    def parse(self, file: PublishedFile) -> ParsedList:
        """Return the entries; raises `ListError` for a row without name, a kind or country that is not known."""
        rows = spreadsheet.sheet_rows(file, 0) if file.starts_with("PK") else _csv_rows(file)
        if not rows or not _is_header(rows[0]):
            raise ListError("RS-LIST-002", path=file.name, found=" | ".join(rows[0]) if rows else "")
        numbered = enumerate(rows[1:], start=2)
        entries = tuple(_entry(row, number, file.name) for number, row in numbered if any(row))
        _refuse_repeated_numbers(entries, file.name)
        return ParsedList(entries)


def _csv_rows(file: PublishedFile) -> list[list[str]]:
    try:
        text = file.content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise ListError("RS-LIST-005", path=file.name) from problem
    return [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline=""), strict=True)]


def _is_header(row: list[str]) -> bool:
    return tuple(cell.lower() for cell in row if cell) == COLUMNS


def _entry(row: list[str], number: int, path: str) -> ListEntry:
    if len([*row]) > len(COLUMNS) and any(row[len(COLUMNS) :]):
        raise ListError("RS-LIST-003", path=path, row=number, found=" | ".join(row))
    cells = dict(zip(COLUMNS, [*row, *[""] * len(COLUMNS)], strict=False))
    if not cells["name"]:
        raise ListError("RS-LIST-003", path=path, row=number, found=" | ".join(row))
    name, bracketed = names.split_name(cells["name"])
    return ListEntry(
        number=cells["entry"] or str(number - 1),
        name=name,
        aliases=names.unique((*bracketed, *_aliases(cells["aliases"], name)), name),
        kind=_kind(cells, number, path),
        countries=_countries(cells, number, path),
        note=cells["note"],
        row=str(number),
        original=cells,
    )


def _aliases(cell: str, name: str) -> Iterator[Alias]:
    for part in cell.replace("｜", "|").split("|"):
        if alias := names.clean(part):
            yield Alias(alias, relation=names.relation_of(alias, name))


def _kind(cells: Mapping[str, str], row: int, path: str) -> EntryKind:
    kind = _KINDS.get(cells["kind"].lower() or EntryKind.ORGANIZATION.value)
    if kind is None:
        raise ListError("RS-LIST-004", path=path, row=row, column="kind", found=cells["kind"])
    return kind


def _countries(cells: Mapping[str, str], row: int, path: str) -> tuple[str, ...]:
    if not cells["country"]:
        return ()
    code = country_code(cells["country"])
    if code is None:
        raise ListError("RS-LIST-004", path=path, row=row, column="country", found=cells["country"])
    return (code,)


def _refuse_repeated_numbers(entries: tuple[ListEntry, ...], path: str) -> None:
    """Refuse a number used twice: results could not say which entry they mean."""
    seen: set[str] = set()
    for entry in entries:
        if entry.number in seen:
            raise ListError("RS-LIST-006", path=path, row=entry.row, number=entry.number)
        seen.add(entry.number)
