"""The fictional sample list: METI's layout as CSV text, shipped with the product, there without an import."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from functools import cache

from xlsaddin import resources
from xlsaddin.watchlist.entry_text import StoredEntries
from xlsaddin.watchlist.parsers.interface import ParsedList, PublishedFile, date_in_name
from xlsaddin.watchlist.sources import SAMPLE_ID, load_definitions
from xlsaddin.watchlist.stored import EditionRecord

FILE_NAME = "20260401_4.csv"


@cache
def load_sample() -> tuple[EditionRecord, StoredEntries]:
    """Return the sample as if it had been imported."""
    from xlsaddin.watchlist import verify

    file = PublishedFile({FILE_NAME: resources.package_path("lists", "sample", FILE_NAME).read_bytes()})
    parsed = parse_sample(file)
    definition = load_definitions()[SAMPLE_ID]
    verify.check_count(definition, len(parsed.entries), file.name)
    made = datetime(2026, 4, 1, tzinfo=UTC)
    day = verify.edition_date(file, parsed, definition, None, made.date())
    record, content = verify.make_record(definition, file, parsed, day, made, None)
    return record, StoredEntries(content)


def parse_sample(file: PublishedFile) -> ParsedList:
    """Return the entries of the sample, parsed like METI's own."""
    from xlsaddin.watchlist.parsers.meti_eul import parse_rows

    rows = list(csv.reader(file.content.decode("utf-8").splitlines(keepends=True)))
    return ParsedList(tuple(parse_rows(rows, file.name)), date_in_name(file.name))
