"""What judgements and inquiries amount to: findings on those without effect, and the rows of table `differences`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from xlsaddin.assessment.scope import EvaluationScope, TableRow
from xlsaddin.findings import Finding, Location, make_finding
from xlsaddin.review.placing import FoundHit
from xlsaddin.review_model import Inquiry
from xlsaddin.screening.model import Judgement

__all__ = ["check_judgements", "check_reopened", "difference_rows", "inquiry_of"]

_CODES = {"separation": "RS-JUDGE-001", "incomplete": "RS-JUDGE-002"}


def check_judgements(scope: EvaluationScope, places: Sequence[Location]) -> Iterator[Finding]:
    """Yield judgements that have no effect yet, one a body: nobody else approved, or who, when or why is missing."""
    seen: set[tuple[object, object]] = set()
    for row, place in zip(scope.tables["hits"], places, strict=True):
        code = _CODES.get(str(row["ruling"]))
        if code and (row["body"], code) not in seen:
            seen.add((row["body"], code))
            yield make_finding(code, place, listed=row["listed"], reviewer=row["reviewer"] or "-")


def check_reopened(
    found: Sequence[FoundHit], judged: Sequence[tuple[Judgement, Judgement | None]]
) -> Iterator[Finding]:
    """Yield judgements that fell because their list entry changed, one a body."""
    seen: set[str] = set()
    for one, (_, fallen) in zip(found, judged, strict=True):
        if fallen is not None and one.body not in seen:
            seen.add(one.body)
            day = fallen.judged_on.isoformat() if fallen.judged_on else "-"
            listed, reviewer = one.hit.entry.name, fallen.reviewer or "-"
            yield make_finding("RS-JUDGE-003", one.text.location, listed=listed, reviewer=reviewer, day=day)


def difference_rows(findings: Iterable[Finding], inquiries: Mapping[Location, Inquiry]) -> list[TableRow]:
    """Return the rows of table `differences`, with what was written beside each."""
    return [_row(one, inquiry_of(one, inquiries) or Inquiry()) for one in findings if one.difference]


def inquiry_of(finding: Finding, inquiries: Mapping[Location, Inquiry]) -> Inquiry | None:
    """Return what was written beside a difference: at its very place, else at the same row and column of the item."""
    if finding.location in inquiries:
        return inquiries[finding.location]
    place = _answer_place(finding.location)
    return next((inquiry for location, inquiry in inquiries.items() if _answer_place(location) == place), None)


def _answer_place(location: Location) -> tuple[str, int, str]:
    return location.item, location.row, location.column


def _row(finding: Finding, inquiry: Inquiry) -> TableRow:
    return {
        "code": finding.code,
        "item": finding.location.item,
        "body": finding.body or None,
        "inquiry": inquiry.status.strip() or None,
        "reason": inquiry.reason.strip() or None,
        "reviewer": inquiry.reviewer.strip() or None,
        "decided_on": inquiry.decided_on,
        "approver": inquiry.approver.strip() or None,
    }
