"""What a result says of each list it rests on: edition, count, age, or the sentence why it could not be used."""

from __future__ import annotations

from datetime import date

from xlsaddin.errors import ListError
from xlsaddin.parameters import Parameters
from xlsaddin.watchlist.model import ListSource, ListUse
from xlsaddin.watchlist.sources import load_definitions
from xlsaddin.watchlist.stored import EditionRecord


def usable(source: ListSource, record: EditionRecord, as_of: date) -> ListUse:
    """Return an edition as used on a day."""
    confirmed = _confirmed_on(source, record, as_of)
    age = max(0, (as_of - confirmed).days)
    return ListUse(
        id=source.id,
        title_ja=source.title_ja,
        title_en=source.title_en,
        edition=record.edition,
        entries=record.in_force,
        sha256=record.sha256,
        confirmed_on=confirmed,
        age_days=age,
        stale=age > Parameters(as_of).integer("list_stale_days"),
        sample=source.sample,
    )


def unusable(list_id: str, problem: ListError) -> ListUse:
    """Return a list that could not be used, and why: it makes a screening inconclusive."""
    definition = load_definitions().get(list_id)
    title_ja = definition.source.title_ja if definition else list_id
    title_en = definition.source.title_en if definition else list_id
    return ListUse(list_id, title_ja, title_en, failure_ja=problem.ja, failure_en=problem.en)


def _confirmed_on(source: ListSource, record: EditionRecord, as_of: date) -> date:
    """Return the last day, up to `as_of`, on which the edition is known to have been the newest.

    The sample does not age, and an edition whose last day in force is documented was the newest until then.
    """
    if source.sample or record.in_force_to is not None:
        return as_of
    return record.confirmed_on
