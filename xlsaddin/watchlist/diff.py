"""How two editions differ: entries added, removed and changed, compared on normalised names.

Printed numbers and raw cells change from edition to edition and are no identity.  Where a publisher gives an entry an
identifier of its own (`uid`), that is the identity instead.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from xlsaddin.text.normalize import normalize_name
from xlsaddin.watchlist.model import ListEntry


@dataclass(frozen=True, slots=True)
class Change:
    """An entry that stands in both editions and says something else: which of its facts changed."""

    before: ListEntry
    after: ListEntry
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListDiff:
    """What one edition changed against another of the same list."""

    list_id: str
    from_edition: str
    to_edition: str
    added: tuple[ListEntry, ...]
    removed: tuple[ListEntry, ...]
    changed: tuple[Change, ...]


def name_key(name: str) -> str:
    """Return letters and digits of the normalised name."""
    return normalize_name(name).replace(" ", "")


def identity(entry: ListEntry) -> str:
    """Return what an entry is known by across editions: the publisher's own identifier, else the normalised name."""
    uid = entry.identifiers.get("uid")
    return f"uid:{uid[0]}" if uid else name_key(entry.name)


def entry_digest(entry: ListEntry) -> str:
    """Return a digest of what an entry says; a judgement holds as long as it stays the same."""
    return hashlib.sha256(repr(sorted(_facts(entry).items())).encode()).hexdigest()[:16]


def compare_editions(
    list_id: str, before: tuple[str, Iterable[ListEntry]], after: tuple[str, Iterable[ListEntry]]
) -> ListDiff:
    """Return the differences between two editions, each given as its name and its entries."""
    old, new = _by_identity(before[1]), _by_identity(after[1])
    added, removed, changed = [], [], []
    for key in [*new, *(key for key in old if key not in new)]:
        olds, news = old.get(key, []), new.get(key, [])
        added += news[len(olds) :]
        removed += olds[len(news) :]
        for one, other in zip(olds, news, strict=False):
            if facts := _changed_facts(one, other):
                changed.append(Change(one, other, facts))
    return ListDiff(list_id, before[0], after[0], tuple(added), tuple(removed), tuple(changed))


def _by_identity(entries: Iterable[ListEntry]) -> dict[str, list[ListEntry]]:
    """Return the entries in force by identity; those of one identity in the order of their facts."""
    found: dict[str, list[ListEntry]] = defaultdict(list)
    for entry in entries:
        if not entry.lifted:
            found[identity(entry)].append(entry)
    for group in found.values():
        if len(group) > 1:
            group.sort(key=lambda entry: repr(_facts(entry)))
    return found


def _changed_facts(before: ListEntry, after: ListEntry) -> tuple[str, ...]:
    old, new = _facts(before), _facts(after)
    return tuple(fact for fact in old if old[fact] != new[fact])


def _facts(entry: ListEntry) -> dict[str, object]:
    """Return what an entry says, in a form that printing details do not change."""
    main = name_key(entry.name)
    return {
        "name": main,
        "aliases": sorted({name_key(alias.name) for alias in entry.aliases} - {main}),
        "kind": entry.kind.value,
        "countries": sorted(entry.countries),
        "concerns": sorted(concern.value for concern in entry.concerns),
        "identifiers": sorted((key, sorted(values)) for key, values in entry.identifiers.items()),
        "birth_dates": sorted(entry.birth_dates),
    }
