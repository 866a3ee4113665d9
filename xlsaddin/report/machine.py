"""Results for machines: the JSON objects of the command line. Outside tools rely on these keys."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from xlsaddin import __version__
from xlsaddin.assessment.model import Assessment
from xlsaddin.checklist.institutions import clause_for
from xlsaddin.findings import Finding
from xlsaddin.review_model import PlacedHit, Review, Ruling, Standing
from xlsaddin.screening.model import Band
from xlsaddin.watchlist.model import ListUse

Json = dict[str, Any]

_JUDGED = frozenset({Ruling.SAME, Ruling.NOT_SAME, Ruling.UNDECIDED})


def render_lists(uses: Iterable[ListUse]) -> list[Json]:
    """Return the `lists` array: each list asked for, with what it rests on or why it could not be used."""
    return [_list(use) for use in uses]


def render_head(as_of: date, uses: Iterable[ListUse]) -> Json:
    """Return the part every JSON result begins with: engine, as-of, lists."""
    return {"engine": __version__, "as_of": as_of.isoformat(), "lists": render_lists(uses)}


def render_finding(finding: Finding) -> Json:
    """Return one finding."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "item": finding.location.item,
        "sheet": finding.location.sheet,
        "cell": finding.location.cell,
        "message_ja": finding.message_ja,
        "message_en": finding.message_en,
    }


def render_workbook(path: str, review: Review) -> Json:
    """Return the result of one workbook that could be read."""
    shown = {
        "path": path,
        "checklist": review.checklist.key,
        "template_version": review.answers.version,
        "profile": review.profile,
        "subject": review.subject,
        "status": "ok",
        "findings": [render_finding(finding) for finding in review.findings],
        "hits": [_hit(placed) for placed in review.hits],
        "to_judge": to_judge(review),
        "residency": {
            "residency": review.residency,
            "specific_category": list(review.specific_category),
            "why": list(review.residency_why),
        },
        "assessment": render_assessment(review.assessment),
        "lists": render_lists(review.lists),
    }
    if review.other is not None:
        shown["layers"] = [_layer(layer) for layer in review.layers]
    return shown


def _layer(review: Review) -> Json:
    """Return the result of one of the two institutions that check a Co-PI; the own one is first."""
    clauses = (clause_for(item, review.institution) for item in review.checklist.items)
    return {
        "layer": review.institution.value,
        "clauses": list(dict.fromkeys(clause for clause in clauses if clause)),
        "level": review.assessment.level.key,
        "score": review.assessment.score,
        "state": review.assessment.state.value,
        "to_judge": to_judge(review),
        "hits": [_hit(placed) for placed in review.hits],
        "assessment": render_assessment(review.assessment),
    }


def render_unreadable(path: str, finding: Finding) -> Json:
    """Return the result of a file that could not be read; its one finding says why."""
    return {
        "path": path,
        "checklist": None,
        "template_version": None,
        "subject": None,
        "status": "unreadable",
        "findings": [render_finding(finding)],
        "hits": [],
        "to_judge": 0,
        "assessment": None,
        "lists": [],
    }


def to_judge(review: Review) -> int:
    """Return how many listed bodies and persons wait for a judgement; one judgement serves all their places."""
    return len({placed.body for placed in review.hits if waits(placed.standing, placed.ruling, placed.hit.band)})


def waits(standing: str, ruling: str, band: str) -> bool:
    """Return whether a hit waits for a person: a match that counts unjudged, or a likeness not judged to the end.

    Args:
        standing, ruling, band: keys of `Standing`, `Ruling` and `Band`, as such or as JSON has them.
    """
    unjudged = (standing, band) == (Standing.REFERENCE, Band.REVIEW) and ruling not in _JUDGED
    return standing == Standing.PENDING or unjudged


def render_assessment(assessment: Assessment) -> Json:
    """Return level, score, state and what they rest on; indicators that give nothing are left out."""
    return {
        "level": assessment.level.key,
        "score": assessment.score,
        "state": assessment.state.value,
        "state_reasons": [
            {"key": reason.key, "state": reason.state.value, "count": reason.count, "ja": reason.ja, "en": reason.en}
            for reason in assessment.state_reasons
        ],
        "contributions": [
            {
                "indicator": contribution.indicator,
                "level": contribution.level.key,
                "count": contribution.count,
                "provisional": contribution.provisional,
                "reason": contribution.reason_ja,
                "reason_en": contribution.reason_en,
                "cells": list(contribution.cells),
                "reference": contribution.reference,
                "origin": contribution.origin,
            }
            for contribution in assessment.contributions
            if contribution.count
        ],
        "measures": [
            {
                "kind": measure.kind.value,
                "required": measure.required,
                "text_ja": measure.text_ja,
                "text_en": measure.text_en,
                "indicators": list(measure.indicators),
                "reference": measure.reference,
            }
            for measure in assessment.measures
        ],
    }


def _list(use: ListUse) -> Json:
    shown: Json = {
        "id": use.id,
        "title": use.title_ja,
        "edition": use.edition,
        "entries": use.entries,
        "sha256": use.sha256,
        "age_days": use.age_days,
        "stale": use.stale,
        "sample": use.sample,
        "usable": use.usable,
    }
    if not use.usable:
        shown["failure"] = {"ja": use.failure_ja, "en": use.failure_en}
    return shown


def _hit(placed: PlacedHit) -> Json:
    hit = placed.hit
    return {
        "item": placed.item,
        "sheet": placed.location.sheet,
        "cell": placed.location.cell,
        "query": placed.query,
        "list": hit.list_id,
        "entry": hit.entry.number,
        "body": placed.body,
        "name": hit.entry.name,
        "matched": hit.matched,
        "score": round(hit.score, 1),
        "band": hit.band.value,
        "why": [reason.ja for reason in hit.why],
        "why_en": [reason.en for reason in hit.why],
        "name_only": hit.name_only,
        "related": hit.related,
        "period": placed.period.value,
        "disposition": placed.judgement.disposition.value,
        "ruling": placed.ruling.value,
        "standing": placed.standing.value,
        "reviewer": placed.judgement.reviewer,
    }
