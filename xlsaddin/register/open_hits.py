"""Hits of the newest results that wait for a person, one a (subject, body): one judgement serves all their places."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from xlsaddin.register.tables import Result, SeenHit, Subject
from xlsaddin.report.machine import waits
from xlsaddin.review_model import Ruling, Standing
from xlsaddin.screening.model import Band

__all__ = ["OpenHit", "open_hits"]


@dataclass(frozen=True, slots=True)
class OpenHit:
    """A listed body that looks like a name of a subject and is not judged to the end.

    Attributes:
        subject: code; body: id of the body, by which it is judged; list_id, entry, listed: the list row.
        queries: names as declared; items: where they stand; score: of the most alike; band; ruling: how far it is.
        must: True when the result waits for it; False for what is shown for reference only.
        link: reviewed copy, empty for none.
    """

    subject: str
    body: str
    list_id: str
    entry: str
    listed: str
    queries: tuple[str, ...]
    items: tuple[str, ...]
    score: float
    band: Band
    ruling: Ruling
    must: bool
    link: str


def open_hits(session: Session, subject: str = "") -> list[OpenHit]:
    """Return what is open, of one subject or all: what must be judged first, then by score."""
    wanted = (
        select(SeenHit, Result.reviewed_copy)
        .join(Result, Result.id == SeenHit.result_id)
        .join(Subject, Subject.code == SeenHit.subject_code)
        .where(Result.newest, Subject.erased_on.is_(None))
        .order_by(SeenHit.score.desc(), SeenHit.id)
    )
    if subject:
        wanted = wanted.where(SeenHit.subject_code == subject)
    grouped: dict[tuple[str, str], list[tuple[SeenHit, str]]] = {}
    for hit, link in session.execute(wanted).all():
        grouped.setdefault((hit.subject_code, hit.body), []).append((hit, link or ""))
    found = [_open_hit(hits) for hits in grouped.values() if any(_waits(hit) for hit, _ in hits)]
    return sorted(found, key=lambda one: (not one.must, -one.score, one.subject, one.body))


def _waits(hit: SeenHit) -> bool:
    return waits(hit.standing, hit.ruling, hit.band)


def _open_hit(hits: list[tuple[SeenHit, str]]) -> OpenHit:
    rows = [hit for hit, _ in hits]
    best = rows[0]
    waiting = next(Ruling(hit.ruling) for hit in rows if _waits(hit))
    return OpenHit(
        subject=best.subject_code,
        body=best.body,
        list_id=best.list_id,
        entry=best.entry_number,
        listed=best.listed,
        queries=tuple(dict.fromkeys(hit.query for hit in rows if hit.query)),
        items=tuple(dict.fromkeys(hit.item for hit in rows)),
        score=best.score,
        band=Band(best.band),
        ruling=waiting,
        must=any(Standing(hit.standing) is Standing.PENDING for hit in rows),
        link=hits[0][1],
    )
