"""From a comparison to a score, a band and an explanation. A score orders work; it decides nothing."""

from __future__ import annotations

from dataclasses import dataclass

from xlsaddin.screening.comparison import Comparison
from xlsaddin.screening.features import AGREEMENTS, PERSONS, QUALIFIERS, Effect
from xlsaddin.screening.features.persons import second_fact
from xlsaddin.screening.model import Band, Reason
from xlsaddin.screening.tuning import Tuning


@dataclass(frozen=True, slots=True)
class Scored:
    """A comparison with its score and what qualified it.

    Attributes:
        score: 0 to 100; review_only: True when the band may not be `match`; effects: qualifiers by feature name.
    """

    comparison: Comparison
    score: float
    review_only: bool
    effects: tuple[tuple[str, Effect], ...]


def score_comparison(comparison: Comparison) -> Scored:
    """Return the score of two names: the likeness of their words, less what the qualifiers take."""
    if not _admitted(comparison) or (likeness := comparison.likeness) < comparison.tuning.cutoff:
        return Scored(comparison, 0.0, True, ())
    effects = tuple(
        (feature.name, effect)
        for feature in (*QUALIFIERS, *PERSONS)
        if (effect := feature.compare(comparison)) is not None
    )
    score = likeness + sum(effect.points for _, effect in effects)
    return Scored(comparison, min(100.0, max(0.0, score)), any(e.review_only for _, e in effects), effects)


def _admitted(c: Comparison) -> bool:
    """Return False for what is no evidence at all, however alike the letters are.

    An acronym that is not exactly the other name; a lone word out of a longer text that is not exactly a body's name.
    """
    if c.exact:
        return not (c.person and c.lone)
    return not (c.acronym or c.lone or c.listed_acronym)


def band_of(scored: Scored, tuning: Tuning) -> Band:
    """Return the band: `match` at the threshold, unless a feature limits it to `review`."""
    return Band.MATCH if scored.score >= tuning.match and not scored.review_only else Band.REVIEW


def name_only(scored: Scored) -> bool:
    """Return True for a person matched by nothing but the name."""
    return scored.comparison.person and not second_fact(scored.comparison)


def explain(scored: Scored) -> tuple[Reason, ...]:
    """Return the reasons of a score, the weightiest first."""
    comparison = scored.comparison
    found = [(f.name, effect) for f in AGREEMENTS if (effect := f.compare(comparison)) is not None]
    reasons = [Reason(name, round(e.points, 1), e.ja, e.en) for name, e in (*found, *scored.effects)]
    return tuple(sorted(reasons, key=lambda reason: -abs(reason.points)))
