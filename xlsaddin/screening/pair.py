"""Two names compared with each other, without a list: for measurements, and to ask whether two entries are one body."""

from __future__ import annotations

from collections import Counter
from functools import cache

from xlsaddin.parameters import Parameters
from xlsaddin.screening.comparison import Comparison
from xlsaddin.screening.matcher import Scored, score_comparison
from xlsaddin.screening.model import Query, QueryKind
from xlsaddin.screening.parts import Cut, listed_variants, split_parts
from xlsaddin.screening.tuning import tuning_of
from xlsaddin.screening.weights import WordWeights
from xlsaddin.screening.words import read_name
from xlsaddin.watchlist.model import EntryKind, ListEntry


def compare_names(asked: str, listed: str, kind: EntryKind, parameters: Parameters, cutoff: float = 1.0) -> Scored:
    """Return the best comparison of two names: parts of the first with the ways the second may be meant."""
    tuning = tuning_of(parameters, cutoff)
    entry = ListEntry("1", listed, kind=kind)
    query = Query(asked, kind=QueryKind(kind.value) if kind.value in set(QueryKind) else QueryKind.ANY)
    scored = [
        score_comparison(
            Comparison(query, part.name, part.cut, entry, -1, read_name(variant), _weights().weight, False, tuning)
        )
        for part in split_parts(asked)
        if part.cut is not Cut.SEGMENT or kind is not EntryKind.PERSON
        for variant in listed_variants(listed)
    ]
    return max(scored, key=lambda one: one.score)


@cache
def _weights() -> WordWeights:
    """Return weights learned from no list, only from well-known bodies and common names."""
    return WordWeights(Counter(), 0)
