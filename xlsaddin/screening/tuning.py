"""The numbers of the matcher as in force on a day, read once a screener."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from xlsaddin.parameters import Parameters


@dataclass(frozen=True, slots=True)
class Tuning:
    """Numbers of the matcher; what each means is in `data/parameters/screening.toml` under `screening_<name>`.

    Scores and points are 0 to 100, weights and factors 0 to 1.
    """

    cutoff: float
    match: float
    distinctive_weight: float
    blur_spelling: float
    blur_sound: float
    rewritten: float
    slip: float
    no_same_word: float
    extra_person: float
    extra_read: float
    conflict_person: float
    extra_body: float
    conflict_body: float
    extra_generic: float
    conflict_generic: float
    strict: float
    left_country: float
    left_place: float
    left_telling: float
    left_behind: float
    numbers_differ: float
    country_differs: float
    kind_differs: float
    sort_differs: float
    weak_alias: float
    inside_text: float
    full_name_differs: float
    full_name_alike: float
    related_body: float
    second_fact: float
    initials: float
    most_hits: float


def tuning_of(parameters: Parameters, cutoff: float | None = None) -> Tuning:
    """Return the numbers in force, with another cutoff where one is asked for (0 to 100)."""
    tuning = Tuning(**{field.name: parameters.number(f"screening_{field.name}") for field in fields(Tuning)})
    return tuning if cutoff is None else replace(tuning, cutoff=min(100.0, max(1.0, cutoff)))
