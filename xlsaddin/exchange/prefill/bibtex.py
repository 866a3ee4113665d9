"""A BibTeX bibliography: its articles and contributions as papers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from xlsaddin.exchange.prefill.papers import Paper
from xlsaddin.exchange.prefill.record import Record

if TYPE_CHECKING:
    from pybtex.database import Entry, Person

__all__ = ["parse_bibtex"]

_VENUES = ("journal", "booktitle", "publisher", "school", "archiveprefix")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBER = re.compile(r"\d+")


def parse_bibtex(text: str) -> Record:
    """Return the papers of a bibliography; raises ValueError when it cannot be parsed."""
    from pybtex.database import parse_string
    from pybtex.exceptions import PybtexError

    try:
        bibliography = parse_string(text, "bibtex")
    except PybtexError as problem:
        raise ValueError(str(problem)) from None

    record = Record()
    record.papers += [_paper(entry) for entry in bibliography.entries.values()]
    return record


def _paper(entry: Entry) -> Paper:
    field = {key.lower(): _plain(value) for key, value in entry.fields.items()}
    return Paper(
        title=field.get("title", ""),
        venue=next((field[key] for key in _VENUES if field.get(key)), ""),
        published=_published(field),
        doi=field.get("doi", ""),
        authors=tuple(_full_name(person) for person in entry.persons.get("author", ())),
    )


def _full_name(person: Person) -> str:
    given, family = (*person.first_names, *person.middle_names), (*person.prelast_names, *person.last_names)
    return _plain(" ".join((*given, *family, *person.lineage_names)))


def _plain(text: str) -> str:
    """Return a TeX text as people read it."""
    from pybtex.richtext import Text

    return " ".join(str(Text.from_latex(text)).split())


def _published(field: dict[str, str]) -> str:
    if date := field.get("date", ""):
        return date.partition("/")[0]
    month = field.get("month", "").strip().lower()
    number = _MONTHS.index(month[:3]) + 1 if month[:3] in _MONTHS else int(month) if month.isdigit() else 0
    year = _NUMBER.search(field.get("year", ""))
    return f"{year[0]}-{number:02}" if year and 1 <= number <= 12 else year[0] if year else ""
