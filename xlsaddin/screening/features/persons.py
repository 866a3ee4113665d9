"""What bears on a person beside the name: date of birth and affiliation. Never nationality, script or order."""

from __future__ import annotations

import re

from xlsaddin.screening.comparison import Comparison
from xlsaddin.screening.features.interface import Effect, Feature
from xlsaddin.screening.words import read_name
from xlsaddin.text.normalize import normalize_name

_YEAR = re.compile(r"(?<!\d)(?:18|19|20)\d\d(?!\d)")
_DAY = re.compile(r"(?<!\d)((?:18|19|20)\d\d)[-./年]\s?(\d{1,2})[-./月]\s?(\d{1,2})")


def compare_birth(c: Comparison) -> Effect | None:
    """The dates of birth agree or disagree, where both are lawfully known."""
    if not c.person or not c.query.birth_date or not c.entry.birth_dates:
        return None
    listed = " / ".join(c.entry.birth_dates)
    asked_days, listed_days = _days(c.query.birth_date), _days(listed)
    if asked_days and listed_days:
        agree = bool(asked_days & listed_days)
    else:
        asked_years, listed_years = set(_YEAR.findall(c.query.birth_date)), set(_YEAR.findall(listed))
        if not asked_years or not listed_years or asked_years & listed_years:
            return None  # the same year alone is no second fact
        agree = False
    if agree:
        return Effect(0.0, f"生年月日が一致: {listed}", f"the date of birth agrees: {listed}")
    points = -c.tuning.second_fact
    return Effect(points, f"生年月日が異なる(リスト: {listed})", f"the date of birth differs (listed: {listed})", True)


def compare_affiliation(c: Comparison) -> Effect | None:
    """A body the person states is named in the entry, or is itself listed beside it."""
    if not c.person:
        return None
    told = normalize_name(" ".join((c.entry.note, *c.entry.original.values())))
    for affiliation in c.query.affiliations:
        name = read_name(affiliation)
        if len(name.words) > 1 and f" {name.core} " in f" {told} ":
            return _agrees("所属が掲載内容と一致", "the affiliation stands in the entry", affiliation)
        if affiliation in c.listed_affiliations:
            return _agrees("所属先も同じリストに掲載", "the affiliation is on the same list", affiliation)
    return None


def _agrees(ja: str, en: str, affiliation: str) -> Effect:
    return Effect(0.0, f"{ja}: {affiliation}", f"{en}: {affiliation}")


def compare_second_fact(c: Comparison) -> Effect | None:
    """Nothing but the name agrees: a person with the same name is the likelier reading."""
    if not c.person or second_fact(c):
        return None
    return Effect(0.0, "氏名のみ一致(第二の事実なし)", "only the name agrees (no second fact)", True)


def second_fact(c: Comparison) -> bool:
    """Return True when the date of birth or an affiliation agrees beside the name."""
    birth, affiliation = compare_birth(c), compare_affiliation(c)
    return (birth is not None and birth.points == 0.0) or affiliation is not None


PERSONS = (
    Feature("birth_date", compare_birth),
    Feature("affiliation", compare_affiliation),
    Feature("name_only", compare_second_fact),
)


def _days(text: str) -> set[tuple[int, int, int]]:
    """Return every full date written year, month, day in a text."""
    return {(int(year), int(month), int(day)) for year, month, day in _DAY.findall(text)}
