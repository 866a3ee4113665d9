"""The whole result of a review as kept: the JSON object of `check`, and the judgements and inquiries behind it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from xlsaddin.findings import Location
from xlsaddin.register.ledger import clean_text
from xlsaddin.report.machine import render_workbook
from xlsaddin.review_model import Inquiry, Judgements, Review
from xlsaddin.screening.model import Disposition, Judgement

__all__ = ["content_digest", "parse_inquiries", "parse_judgements", "render_result"]

_JUDGED = ("disposition", "relation", "reason", "reviewer", "judged_on", "approver")
_ASKED = ("status", "reason", "reviewer", "decided_on", "approver")


def render_result(review: Review) -> dict[str, Any]:
    """Return the result in its kept form. It holds no time and no path: the same review gives the same content."""
    content: dict[str, Any] = {
        **render_workbook("", review),
        "must": [review.must_filled, review.must_total],
        "items": [
            [item.item, item.status, item.state.value, item.rows, item.in_window, item.findings, item.applies]
            for item in review.items
        ],
        "judged": [
            [placed.row_id, placed.column, placed.body, _plain(placed.judgement, _JUDGED)]
            for placed in review.hits
            if placed.judgement.disposition is not Disposition.PENDING
        ],
        "asked": [
            [[place.item, place.sheet, place.cell, place.column, place.row], _plain(inquiry, _ASKED)]
            for place, inquiry in review.inquiries.items()
        ],
    }
    return _clean(content)  # type: ignore[no-any-return]


def content_digest(content: Mapping[str, Any], engine: str, rules_version: str, lookback_start: date) -> str:
    """Return the digest of a result: what came out and on which editions, not how many days old those were."""
    lists = [[use[key] for key in ("id", "edition", "sha256", "usable")] for use in content["lists"]]
    rests_on = [engine, rules_version, lookback_start.isoformat(), lists]
    text = json.dumps([{**content, "lists": None}, rests_on], sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def parse_judgements(content: Mapping[str, Any]) -> Judgements:
    """Return the judgements a kept result was made with, each at its place."""
    return Judgements({(row, column, body): _judgement(said) for row, column, body, said in content["judged"]})


def parse_inquiries(content: Mapping[str, Any]) -> dict[Location, Inquiry]:
    """Return the inquiries a kept result was made with, by their places."""
    return {Location(*place): _inquiry(said) for place, said in content["asked"]}


def _plain(said: Judgement | Inquiry, fields: tuple[str, ...]) -> list[Any]:
    values = (getattr(said, field) for field in fields)
    return [value.isoformat() if isinstance(value, date) else value for value in values]


def _judgement(said: list[Any]) -> Judgement:
    fields = dict(zip(_JUDGED, said, strict=True))
    fields["disposition"] = Disposition(fields["disposition"])
    return Judgement(**fields | {"judged_on": _day(fields["judged_on"])})


def _inquiry(said: list[Any]) -> Inquiry:
    fields = dict(zip(_ASKED, said, strict=True))
    return Inquiry(**fields | {"decided_on": _day(fields["decided_on"])})


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _clean(node: Any) -> Any:
    """Return the content without what a database does not take."""
    match node:
        case str():
            return clean_text(node)
        case dict():
            return {key: _clean(value) for key, value in node.items()}
        case list():
            return [_clean(value) for value in node]
        case _:
            return node
