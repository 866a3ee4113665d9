"""The rows a review becomes: a result with the editions it rests on, its hits and its findings."""

from __future__ import annotations

from typing import Any

from xlsaddin.findings import Finding, Severity
from xlsaddin.register.ledger import clean_text
from xlsaddin.register.tables import ListUsed, Result, SeenFinding, SeenHit, Submission
from xlsaddin.report.machine import to_judge
from xlsaddin.review_model import PlacedHit, Review
from xlsaddin.watchlist.diff import entry_digest
from xlsaddin.watchlist.model import ListUse

__all__ = ["finding_row", "hit_row", "list_row", "result_facts", "result_row"]


def result_row(
    submission: Submission, review: Review, digest: str, content: dict[str, Any], rests_on: dict[str, str]
) -> Result:
    """Return the row of a result, with the file its declaration came in."""
    counts = {kind: sum(finding.severity is kind for finding in review.findings) for kind in Severity}
    return Result(
        submission_id=submission.id,
        subject_code=submission.subject_code,
        checklist=submission.checklist,
        digest=digest,
        reviewed_at=review.reviewed_at,
        as_of=review.as_of,
        confirmed_on=review.as_of,
        lookback_start=review.lookback_start,
        engine=review.engine,
        rules_version=review.rules_version,
        template_version=review.answers.version,
        profile=review.profile,
        rests_on=rests_on,
        level=review.assessment.level.key,
        score=review.assessment.score,
        state=review.assessment.state.value,
        errors=counts[Severity.ERROR],
        warnings=counts[Severity.WARNING],
        to_judge=to_judge(review),
        differences=sum(one.count for one in review.assessment.state_reasons if one.key == "difference_open"),
        must_filled=review.must_filled,
        must_total=review.must_total,
        residency=review.residency,
        file_sha256=submission.sha256,
        file_name=submission.file_name,
        content=content,
    )


def result_facts(result: Result, review: Review) -> dict[str, object]:
    """Return what the audit log says about a result."""
    return {
        "digest": result.digest,
        "level": result.level,
        "state": result.state,
        "score": result.score,
        "as_of": result.as_of,
        "lists": {use.id: f"{use.edition} {use.sha256}" for use in review.lists},
    }


def list_row(result: Result, use: ListUse) -> ListUsed:
    """Return the row of a list edition a result rests on."""
    return ListUsed(
        result_id=result.id,
        list_id=use.id,
        edition=use.edition,
        sha256=use.sha256,
        entries=use.entries,
        confirmed_on=use.confirmed_on,
        usable=use.usable,
    )


def hit_row(result: Result, placed: PlacedHit) -> SeenHit:
    """Return the row of a hit."""
    return SeenHit(
        result_id=result.id,
        subject_code=result.subject_code,
        item=placed.item,
        cell=placed.location.cell,
        query=clean_text(placed.query),
        list_id=placed.hit.list_id,
        entry_number=placed.hit.entry.number,
        listed=placed.hit.entry.name,
        body=placed.body,
        entry_digest=entry_digest(placed.hit.entry),
        score=placed.hit.score,
        band=placed.hit.band.value,
        period=placed.period.value,
        ruling=placed.ruling.value,
        standing=placed.standing.value,
    )


def finding_row(result: Result, finding: Finding) -> SeenFinding:
    """Return the row of a finding, without its sentence."""
    return SeenFinding(
        result_id=result.id,
        subject_code=result.subject_code,
        code=finding.code,
        severity=finding.severity.value,
        item=finding.location.item,
        cell=finding.location.cell,
        difference=finding.difference,
    )
