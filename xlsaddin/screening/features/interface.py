"""What a feature is: one aspect two names are compared in, with a stable name and a sentence for the file note."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from xlsaddin.screening.comparison import Comparison


class Effect(NamedTuple):
    """What one feature found.

    Attributes:
        points: what it adds to or takes from the score, 0 for a remark; ja, en: the sentence.
        review_only: True when the hit may not be in band `match`, whatever its score.
    """

    points: float
    ja: str
    en: str
    review_only: bool = False


@dataclass(frozen=True, slots=True)
class Feature:
    """One line of the table of features.

    Attributes:
        name: stable name, shown in results and kept in stored ones.
        compare: the comparison; None when the feature has nothing to say.
    """

    name: str
    compare: Callable[[Comparison], Effect | None]
