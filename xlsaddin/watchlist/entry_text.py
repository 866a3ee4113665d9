"""One entry as one line of JSON and back: the stored form, fast to load, readable, without defaults."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, overload

from xlsaddin.watchlist.model import Alias, Concern, EntryKind, ListEntry


def render_entry(entry: ListEntry) -> str:
    """Return an entry as one line of JSON."""
    aliases = [[alias.name, alias.relation, *([1] if alias.weak else [])] for alias in entry.aliases]
    fields: dict[str, object] = {
        "number": entry.number,
        "name": entry.name,
        "aliases": aliases,
        "kind": entry.kind.value,
        "countries": entry.countries,
        "concerns": [concern.value for concern in entry.concerns],
        "identifiers": dict(entry.identifiers),
        "birth_dates": entry.birth_dates,
        "listed_on": entry.listed_on.isoformat() if entry.listed_on else "",
        "lifted": entry.lifted,
        "note": entry.note,
        "source_url": entry.source_url,
        "row": entry.row,
        "original": dict(entry.original),
    }
    kept = {key: value for key, value in fields.items() if value}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def parse_entry(line: str | bytes) -> ListEntry:
    """Return the entry of one line; raises ValueError or KeyError for a line that is no entry."""
    fields: dict[str, Any] = json.loads(line)
    return ListEntry(
        number=fields.get("number", ""),
        name=fields["name"],
        aliases=tuple(Alias(a[0], len(a) > 2, a[1]) for a in fields.get("aliases", ())),
        kind=EntryKind(fields["kind"]),
        countries=tuple(fields.get("countries", ())),
        concerns=tuple(Concern(concern) for concern in fields.get("concerns", ())),
        identifiers={key: tuple(values) for key, values in fields.get("identifiers", {}).items()},
        birth_dates=tuple(fields.get("birth_dates", ())),
        listed_on=date.fromisoformat(fields["listed_on"]) if "listed_on" in fields else None,
        lifted=fields.get("lifted", False),
        note=fields.get("note", ""),
        source_url=fields.get("source_url", ""),
        row=fields.get("row", ""),
        original=fields.get("original", {}),
    )


class StoredEntries(Sequence[ListEntry]):
    """The entries of a stored edition, each parsed only when it is asked for.

    Args:
        content: the stored lines, already verified.
    """

    def __init__(self, content: bytes) -> None:
        self._lines = content.splitlines()

    def __len__(self) -> int:
        return len(self._lines)

    @overload
    def __getitem__(self, index: int) -> ListEntry: ...

    @overload
    def __getitem__(self, index: slice) -> list[ListEntry]: ...

    def __getitem__(self, index: int | slice) -> ListEntry | list[ListEntry]:
        if isinstance(index, slice):
            return [parse_entry(line) for line in self._lines[index]]
        return parse_entry(self._lines[index])

    def __iter__(self) -> Iterator[ListEntry]:
        return map(parse_entry, self._lines)
