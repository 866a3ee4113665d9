"""Which lists a funder profile screens against, given what is in the store."""

from __future__ import annotations

from xlsaddin.checklist.profiles import Profile
from xlsaddin.watchlist.store import ListStore

__all__ = ["select_lists"]

_OWN = "own_"


def select_lists(profile: Profile, store: ListStore) -> tuple[str, ...]:
    """Return the ids of the lists to use.

    The lists the profile names are always among them, loaded or not: one that is missing makes the result
    inconclusive.  Only where nothing at all is loaded (a fresh installation) the fictional sample list stands in.
    """
    stored = store.ids()
    if not stored:
        return store.default_lists()
    own = [list_id for list_id in stored if list_id.startswith(_OWN)] if profile.own_lists else []
    present = [list_id for list_id in profile.lists_if_stored if list_id in stored]
    return tuple(dict.fromkeys([*profile.lists, *present, *own]))
