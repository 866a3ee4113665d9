"""Why a rescreening found something new: what the newer edition changed, in a sentence for the person who judges."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from xlsaddin import codes
from xlsaddin.errors import ListError
from xlsaddin.screening.model import Hit
from xlsaddin.watchlist.diff import ListDiff, identity
from xlsaddin.watchlist.store import ListStore

__all__ = ["Kind", "Reasons"]


class Kind(StrEnum):
    """What happened between two screenings."""

    ADDED = "added"  # the entry is new on the list
    CHANGED = "changed"  # the entry says something else
    NEW_LIST = "new_list"  # the list was not used before
    OTHERWISE = "otherwise"  # the entry is as before: the comparison or its parameters changed
    REMOVED = "removed"  # the entry is no longer listed, or no longer looks alike


_CODES = {
    Kind.ADDED: "RS-RESCREEN-001",
    Kind.CHANGED: "RS-RESCREEN-002",
    Kind.NEW_LIST: "RS-RESCREEN-003",
    Kind.OTHERWISE: "RS-RESCREEN-004",
    Kind.REMOVED: "RS-RESCREEN-005",
}

_FACTS = {
    "name": ("名称", "name"),
    "aliases": ("別名", "aliases"),
    "kind": ("種別", "kind"),
    "countries": ("国", "countries"),
    "concerns": ("懸念区分", "concern categories"),
    "identifiers": ("識別番号", "identifiers"),
    "birth_dates": ("生年月日", "dates of birth"),
}


class Reasons:
    """Reasons for one set of editions.

    Args:
        store: lists; editions: edition now in use by list id.
    """

    def __init__(self, store: ListStore, editions: Mapping[str, str]) -> None:
        self._store, self._editions = store, editions
        self._diffs: dict[tuple[str, str], ListDiff | None] = {}

    def of_hit(self, hit: Hit, edition_before: str | None, known: bool) -> tuple[Kind, str, str]:
        """Return why a hit is new.

        Args:
            hit: found now; edition_before: edition of its list used the last time, None when it was not used.
            known: the same body was a hit of the subject before.
        """
        facts: dict[str, object] = {"list": hit.list_id, "edition": hit.edition, "before": edition_before or "-"}
        if not edition_before:
            return self._say(Kind.NEW_LIST, facts)
        diff = self._diff(hit.list_id, edition_before)
        key = identity(hit.entry)
        if diff and key in {identity(entry) for entry in diff.added}:
            return self._say(Kind.CHANGED if known else Kind.ADDED, {**facts, "facts_ja": "番号", "facts_en": "entry"})
        changes = [change for change in diff.changed if identity(change.after) == key] if diff else []
        if changes:
            named = [_FACTS.get(fact, (fact, fact)) for fact in changes[0].facts]
            facts |= {"facts_ja": "、".join(ja for ja, _ in named), "facts_en": ", ".join(en for _, en in named)}
            return self._say(Kind.CHANGED, facts)
        return self._say(Kind.OTHERWISE, facts)

    def of_loss(self, list_id: str) -> tuple[Kind, str, str]:
        """Return why a hit is gone."""
        return self._say(Kind.REMOVED, {"list": list_id, "edition": self._editions.get(list_id, "-")})

    def _diff(self, list_id: str, before: str) -> ListDiff | None:
        now = self._editions[list_id]
        if (list_id, before) not in self._diffs:
            try:
                self._diffs[list_id, before] = self._store.diff(list_id, before, now) if before != now else None
            except ListError:  # the earlier edition is not kept: what changed cannot be said
                self._diffs[list_id, before] = None
        return self._diffs[list_id, before]

    def _say(self, kind: Kind, facts: Mapping[str, object]) -> tuple[Kind, str, str]:
        message = codes.message(_CODES[kind])
        return kind, message.render_ja(**facts), message.render_en(**facts)
