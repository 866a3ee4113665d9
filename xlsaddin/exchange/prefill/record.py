"""What one or several sources know about a person: papers, and rows of the tables of the form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from xlsaddin.exchange.prefill.papers import Paper
from xlsaddin.text.identifiers import parse_doi
from xlsaddin.text.normalize import normalize_name

__all__ = ["Record"]


@dataclass(slots=True)
class Record:
    """A record being gathered.

    Attributes:
        papers: in the order found. tables: rows by item key of the form, by column key.
    """

    papers: list[Paper] = field(default_factory=list)
    tables: dict[str, list[dict[str, object]]] = field(default_factory=dict)

    def add(self, table: str, row: Mapping[str, object]) -> None:
        """Add a row without its blank columns; a row with nothing in it is left out."""
        filled = {key: value for key, value in row.items() if value not in (None, "")}
        if filled:
            self.tables.setdefault(table, []).append(filled)

    def take(self, other: Record) -> None:
        """Add what another source knows and this one does not; the first source's wording stays."""
        known = {key for paper in self.papers for key in _paper_keys(paper)}
        self.papers += [paper for paper in other.papers if known.isdisjoint(_paper_keys(paper))]
        for table, rows in other.tables.items():
            present = {_row_key(row) for row in self.tables.get(table, ())}
            for row in rows:
                if _row_key(row) not in present:
                    self.add(table, row)


def _paper_keys(paper: Paper) -> Iterator[str]:
    if doi := parse_doi(paper.doi):
        yield doi.casefold()
    if title := normalize_name(paper.title):
        yield title


def _row_key(row: Mapping[str, object]) -> tuple[str, str]:
    """Return what makes two rows the same one: beginning and name of the body, title or number."""
    named = ("school_full", "body_en", "title", "application_number", "invention")
    name = next((str(row[key]) for key in named if key in row), "")
    return str(row.get("since", ""))[:7], normalize_name(name) or ""
