"""An institution's own list: UTF-8 CSV, or the same columns in a workbook.

Columns `entry,name,aliases,country,kind,note`; aliases are separated by ` | `.  People write these lists by hand, so a
refusal names every row to mend, not the first one only.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from xlsaddin import codes
from xlsaddin.errors import ListError
from xlsaddin.watchlist import names
from xlsaddin.watchlist.countries import country_code
from xlsaddin.watchlist.model import Alias, EntryKind, ListEntry
from xlsaddin.watchlist.parsers import spreadsheet
from xlsaddin.watchlist.parsers.interface import ParsedList, PublishedFile

COLUMNS = ("entry", "name", "aliases", "country", "kind", "note")
_KINDS = {kind.value: kind for kind in (EntryKind.PERSON, EntryKind.ORGANIZATION, EntryKind.PROGRAM)}
_SHOWN = 20

Problem = tuple[str, dict[str, object]]
"""Code of a message about one row, and its facts."""


class OwnListParser:
    """Parser of own lists; the list id is given by whoever imports."""

    list_id = ""

    def recognises(self, file: PublishedFile) -> bool:
        """True when the first row holds the six columns, in any case of letters."""
        if file.starts_with("PK"):
            return _is_header(spreadsheet.first_row(file))
        first = file.content[:1000].decode("utf-8-sig", errors="replace").partition("\n")[0]
        return _is_header([cell.strip(' "\r') for cell in first.split(",")])

    def parse(self, file: PublishedFile) -> ParsedList:
        """Return the entries; raises one `ListError` that names every row to mend."""
        rows = spreadsheet.sheet_rows(file, 0) if file.starts_with("PK") else _csv_rows(file)
        numbered = [(number, row) for number, row in enumerate(rows[1:], start=2) if any(row)]
        if not numbered:
            raise ListError("RS-LIST-029", path=file.name)
        if problems := [problem for number, row in numbered for problem in _problems(number, row)]:
            raise _refusal(file.name, problems)
        entries = tuple(_entry(row, number) for number, row in numbered)
        if problems := list(_repeated_numbers(entries)):
            raise _refusal(file.name, problems)
        return ParsedList(entries)


def _csv_rows(file: PublishedFile) -> list[list[str]]:
    try:
        text = file.content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise ListError("RS-LIST-005", path=file.name) from problem
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        return [[cell.strip() for cell in row] for row in reader]
    except csv.Error as problem:
        raise _refusal(file.name, [("RS-LIST-034", {"row": reader.line_num})]) from problem


def _refusal(path: str, problems: list[Problem]) -> ListError:
    """Return the exception that lists the rows to mend."""
    shown = [(codes.message(code), facts) for code, facts in problems[:_SHOWN]]
    more = f"… +{len(problems) - _SHOWN}" if len(problems) > _SHOWN else ""
    problems_ja = "".join(f"\n  {message.render_ja(**facts)}" for message, facts in shown) + more
    problems_en = "".join(f"\n  {message.render_en(**facts)}" for message, facts in shown) + more
    return ListError("RS-LIST-030", path=path, count=len(problems), problems_ja=problems_ja, problems_en=problems_en)


def _is_header(row: list[str]) -> bool:
    return tuple(cell.lower() for cell in row if cell) == COLUMNS


def _cells(row: list[str]) -> dict[str, str]:
    return dict(zip(COLUMNS, [*row, *[""] * len(COLUMNS)], strict=False))


def _problems(number: int, row: list[str]) -> Iterator[Problem]:
    """Yield what cannot be understood in a row."""
    cells = _cells(row)
    if any(row[len(COLUMNS) :]):
        yield "RS-LIST-033", {"row": number, "found": " | ".join(filter(None, row[len(COLUMNS) :]))[:80]}
    if not names.clean(cells["name"]):
        yield "RS-LIST-031", {"row": number}
    if cells["country"] and country_code(cells["country"]) is None:
        yield "RS-LIST-032", {"row": number, "found": cells["country"][:80]}
    if cells["kind"] and cells["kind"].lower() not in _KINDS:
        yield "RS-LIST-035", {"row": number, "found": cells["kind"][:80]}


def _entry(row: list[str], number: int) -> ListEntry:
    cells = _cells(row)
    name, bracketed = names.split_name(cells["name"])
    country = country_code(cells["country"])
    return ListEntry(
        number=cells["entry"] or str(number - 1),
        name=name,
        aliases=names.unique((*bracketed, *_aliases(cells["aliases"], name)), name),
        kind=_KINDS[cells["kind"].lower() or EntryKind.ORGANIZATION.value],
        countries=(country,) if country else (),
        note=cells["note"],
        row=str(number),
        original=cells,
    )


def _aliases(cell: str, name: str) -> Iterator[Alias]:
    for part in cell.replace("｜", "|").split("|"):
        if alias := names.clean(part):
            yield Alias(alias, relation=names.relation_of(alias, name))


def _repeated_numbers(entries: tuple[ListEntry, ...]) -> Iterator[Problem]:
    """Yield each number used twice: results could not say which entry they mean."""
    first: dict[str, str] = {}
    for entry in entries:
        if entry.number in first:
            yield "RS-LIST-006", {"row": entry.row, "number": entry.number, "first": first[entry.number]}
        first.setdefault(entry.number, entry.row)
