"""Which funder profile a person in several projects is asked by: the one that reaches back furthest."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from xlsaddin.checklist.periods import fiscal_year, lookback_start
from xlsaddin.checklist.profiles import Profile, load_profile
from xlsaddin.exchange.roster.model import ResearchCase
from xlsaddin.parameters import Parameters

__all__ = ["widest_profile"]


def widest_profile(cases: Iterable[ResearchCase], form: str, as_of: date) -> Profile:
    """Return the profile to ask by: the earliest look-back start, then the most questions of its own.

    Args:
        cases: projects of one subject. form: key of its checklist. as_of: the day.
    """

    def reach(case: ResearchCase) -> tuple[date, int, str]:
        profile = load_profile(case.profile)
        parameters = Parameters(as_of, profile.parameters)
        year = case.application_year or fiscal_year(as_of, parameters)
        added = profile.additions.get(form)
        return lookback_start(year, parameters), -len(added.items if added else ()), case.profile

    chosen = min(cases, key=reach, default=None)
    return load_profile(chosen.profile if chosen else "default")
