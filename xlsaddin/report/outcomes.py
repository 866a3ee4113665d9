"""What a run over several workbooks comes to: the JSON object of `check`, and whether anything is to be looked at."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from xlsaddin.findings import Finding, Severity
from xlsaddin.report.machine import Json, render_head, render_unreadable, render_workbook
from xlsaddin.review_model import Review, Ruling, Standing
from xlsaddin.screening.model import Band
from xlsaddin.watchlist.model import ListUse

__all__ = ["lists_of", "render_results", "something_to_look_at", "to_judge"]

Result = tuple[str, Review | Finding]
"""Path of a file as given, and its review or the finding that says why it could not be read."""


def render_results(as_of: date, results: Iterable[Result]) -> Json:
    """Return the JSON object of `check`: head, then one object a file in the order given."""
    everything = list(results)
    reviews = [result for _, result in everything if isinstance(result, Review)]
    return {
        **render_head(as_of, lists_of(reviews)),
        "workbooks": [
            render_workbook(path, result) if isinstance(result, Review) else render_unreadable(path, result)
            for path, result in everything
        ],
    }


def lists_of(reviews: Iterable[Review]) -> tuple[ListUse, ...]:
    """Return every list the reviews rest on, each once."""
    uses = {(use.id, use.edition): use for review in reviews for use in review.lists}
    return tuple(uses[key] for key in sorted(uses))


def something_to_look_at(review: Review) -> bool:
    """True when a finding is more than a note, a hit waits for a judgement, or the state is not final."""
    if any(finding.severity is not Severity.NOTE for finding in review.findings):
        return True
    return bool(to_judge(review)) or any(reason.count for reason in review.assessment.state_reasons)


def to_judge(review: Review) -> int:
    """Return how many hits wait for a person: matches not judged, and look-alikes nobody looked at."""
    return sum(
        placed.standing is Standing.PENDING
        or (placed.hit.band is Band.REVIEW and placed.ruling is Ruling.OPEN and placed.standing is Standing.REFERENCE)
        for placed in review.hits
    )
