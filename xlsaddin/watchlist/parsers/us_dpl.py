"""BIS Denied Persons List: tab-separated `dpl.txt`, a row an address.  The file carries no date of its own."""

from __future__ import annotations

from collections.abc import Mapping

from xlsaddin.watchlist import names
from xlsaddin.watchlist.model import EntryKind, ListEntry
from xlsaddin.watchlist.parsers import delimited, us_names
from xlsaddin.watchlist.parsers.interface import ParsedList, PublishedFile
from xlsaddin.watchlist.parsers.values import country_codes, parse_day

COLUMNS = (
    "Name", "Street_Address", "City", "State", "Country", "Postal_Code", "Effective_Date", "Expiration_Date",
    "Standard_Order", "Last_Update", "Action", "FR_Citation",
)  # fmt: skip


class UsDplParser:
    """Parser of the Denied Persons List. It says of nobody whether it is a person or a body."""

    list_id = "us_bis_dpl"

    def recognises(self, file: PublishedFile) -> bool:
        """True for the list's own header."""
        return delimited.first_line(file).replace('"', "").split("\t") == list(COLUMNS)

    def parse(self, file: PublishedFile) -> ParsedList:
        """Return one entry a name and order; its addresses stand on several rows."""
        grouped: dict[tuple[str, str], list[tuple[int, Mapping[str, str]]]] = {}
        for line, cells in delimited.records(file, COLUMNS, "\t", latin=True):
            grouped.setdefault((cells["Name"], cells["FR_Citation"]), []).append((line, cells))
        return ParsedList(tuple(_entry(rows) for rows in grouped.values()))


def _entry(rows: list[tuple[int, Mapping[str, str]]]) -> ListEntry:
    line, first = rows[0]
    name, aliases = us_names.split_main(first["Name"])
    return ListEntry(
        number=str(line - 1),
        name=name,
        aliases=names.unique(aliases, name),
        kind=EntryKind.UNKNOWN,
        countries=country_codes(cells["Country"] for _, cells in rows),
        listed_on=parse_day(first["Effective_Date"]),
        note=f"Effective {first['Effective_Date']}, expires {first['Expiration_Date'] or '-'}. {first['FR_Citation']}",
        row=", ".join(str(number) for number, _ in rows),
        original={"name": first["Name"]},
    )
