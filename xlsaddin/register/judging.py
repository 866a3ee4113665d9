"""Judgements remembered by (subject, body): who may judge, what is taken over from a workbook, what is shown again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from xlsaddin.findings import Finding, Location, make_finding
from xlsaddin.register.conflicts import find_conflict
from xlsaddin.register.ledger import Ledger, clean_text
from xlsaddin.register.opening import RegisterError
from xlsaddin.register.people import name_keys
from xlsaddin.register.tables import Remembered, Result, SeenHit, Subject
from xlsaddin.review_model import Judgements, PlacedHit, Review
from xlsaddin.screening.model import Band, Disposition, Judgement
from xlsaddin.text.normalize import normalize_name
from xlsaddin.watchlist.diff import entry_digest

__all__ = ["admit", "approve", "as_written", "judge_hit", "judgements_of", "names_judged", "remember", "take_over"]

_FORGOTTEN = "(削除済 / erased)"


def judgements_of(session: Session, subject: str, at: datetime | None = None) -> dict[str, Judgement]:
    """Return what is remembered of a subject by listed body; `at` as it was at a moment."""
    wanted = select(Remembered).where(Remembered.subject_code == subject).order_by(Remembered.id)
    if at is None:
        wanted = wanted.where(Remembered.superseded_at.is_(None))
    else:
        after = or_(Remembered.superseded_at.is_(None), Remembered.superseded_at > at)
        wanted = wanted.where(Remembered.recorded_at <= at, after)
    return {row.body: _judgement(row) for row in session.scalars(wanted)}


def remember(ledger: Ledger, subject: str, body: str, judgement: Judgement) -> Remembered | None:
    """Keep a judgement; an earlier one on the same pair is superseded, never changed. None when it is known already.

    Raises:
        RegisterError: it lacks who, when or why; both persons are one; a person may not judge here.
    """
    ledger.find(Subject, subject)
    _check(ledger.session, subject, body, judgement)
    if judgements_of(ledger.session, subject).get(body) == judgement or judgement.judged_on is None:
        return None
    for row in _standing(ledger.session, subject, body):
        row.superseded_at = ledger.now
    row = ledger.add(
        Remembered(
            subject_code=subject,
            body=body,
            entry_digest=judgement.entry_digest,
            names=list(judgement.names),
            disposition=judgement.disposition.value,
            relation=clean_text(judgement.relation),
            reason=clean_text(judgement.reason.strip()),
            reviewer=clean_text(judgement.reviewer.strip()),
            judged_on=judgement.judged_on,
            approver=clean_text(judgement.approver.strip()),
            recorded_at=ledger.now,
        )
    )
    ledger.note("judgement.record", f"{subject} {row.id}", {"body": body, **_payload(judgement)}, subject)
    return row


def judge_hit(ledger: Ledger, subject: str, body: str, judgement: Judgement) -> Remembered | None:
    """Keep a judgement on a hit of the newest result, with the list entry and the names it is about.

    Raises:
        RegisterError: as `remember`, or the subject has no such hit: nobody judges what nobody saw.
    """
    _check(ledger.session, subject, body, judgement)
    rows = ledger.session.scalars(
        select(SeenHit)
        .join(Result, Result.id == SeenHit.result_id)
        .where(Result.newest, SeenHit.subject_code == subject, SeenHit.body == body)
        .order_by(SeenHit.score.desc())
    ).all()
    if not rows:
        raise RegisterError("RS-REG-005", kind="hit", key=f"{subject} {body}")
    names = tuple(sorted({normalize_name(row.query) for row in rows if row.query}))
    return remember(ledger, subject, body, replace(judgement, entry_digest=rows[0].entry_digest, names=names))


def approve(ledger: Ledger, subject: str, body: str, approver: str) -> None:
    """Record that a second person approves the judgement that stands; raises RegisterError as `remember` does."""
    known = judgements_of(ledger.session, subject).get(body)
    if known is None:
        raise RegisterError("RS-REG-005", kind="judgement", key=f"{subject} {body}")
    remember(ledger, subject, body, replace(known, approver=approver))


def admit(
    session: Session, subject: str | None, placed: Mapping[tuple[str, str, str], Judgement]
) -> tuple[Judgements, list[Finding]]:
    """Return the judgements a review of a subject may use, and a finding for each person who may not judge here.

    Args:
        subject: code, None for one not registered yet. placed: as read from an office edition; one that the register
            has superseded since is left out, so that an old file never takes a later judgement back.
    """
    remembered = judgements_of(session, subject) if subject else {}
    old = _superseded(session, subject) if subject else frozenset()
    admitted = {key: judgement for key, judgement in placed.items() if (key[2], as_written(judgement)) not in old}
    findings = []
    refused: set[str] = set()
    for key, judgement in tuple(admitted.items()):
        if subject is None or (problem := _conflict(session, subject, judgement)) is None:
            continue
        del admitted[key]
        if problem[0] not in refused:
            refused.add(problem[0])
            findings.append(
                make_finding("RS-REG-009", Location(), person=problem[0], why_ja=problem[1], why_en=problem[2])
            )
    return Judgements(admitted, remembered), findings


def take_over(ledger: Ledger, subject: str, review: Review) -> list[Finding]:
    """Remember the complete judgements written in a workbook; return findings for those that cannot be."""
    findings = []
    for body, places in _written(review.hits).items():
        written = {as_written(placed.judgement) for placed in places}
        if len(written) > 1:
            findings.append(make_finding("RS-REG-010", places[0].location, listed=places[0].hit.entry.name))
            continue
        seen = [placed for placed in review.hits if placed.body == body]
        judgement = replace(
            written.pop(), entry_digest=entry_digest(places[0].hit.entry), names=names_judged(places, seen)
        )
        try:
            remember(ledger, subject, body, judgement)
        except RegisterError as refused:
            findings.append(refused.at(places[0].location))
    return findings


def names_judged(judged: Iterable[PlacedHit], seen: Iterable[PlacedHit]) -> tuple[str, ...]:
    """Return the names a judgement covers: all that look no more alike than a place it stands beside."""
    strongest = Band.MATCH if any(placed.hit.band is Band.MATCH for placed in judged) else Band.REVIEW
    covered = (placed for placed in seen if strongest is Band.MATCH or placed.hit.band is Band.REVIEW)
    return tuple(sorted({normalize_name(placed.query) for placed in covered}))


def _written(hits: Iterable[PlacedHit]) -> dict[str, list[PlacedHit]]:
    found: dict[str, list[PlacedHit]] = defaultdict(list)
    for placed in hits:
        if placed.judgement.complete:
            found[placed.body].append(placed)
    return found


def _check(session: Session, subject: str, body: str, judgement: Judgement) -> None:
    if problem := _problem(session, subject, judgement):
        raise RegisterError(problem[0], **problem[1], body=body)


def _problem(session: Session, subject: str, judgement: Judgement) -> tuple[str, dict[str, object]] | None:
    if not judgement.complete:
        return "RS-REG-007", {}
    if name_keys(judgement.reviewer) & name_keys(judgement.approver):
        return "RS-REG-008", {"person": judgement.approver}
    if conflict := _conflict(session, subject, judgement):
        person, why_ja, why_en = conflict
        return "RS-REG-009", {"person": person, "why_ja": why_ja, "why_en": why_en}
    return None


def _conflict(session: Session, subject: str, judgement: Judgement) -> tuple[str, str, str] | None:
    for person in filter(None, (judgement.reviewer.strip(), judgement.approver.strip())):
        if found := find_conflict(session, person, subject):
            return person, found.ja, found.en
    return None


def _standing(session: Session, subject: str, body: str) -> Iterator[Remembered]:
    yield from session.scalars(
        select(Remembered).where(
            Remembered.subject_code == subject, Remembered.body == body, Remembered.superseded_at.is_(None)
        )
    )


def _superseded(session: Session, subject: str) -> frozenset[tuple[str, Judgement]]:
    """Return the judgements that a later one has superseded, as people wrote them, with their bodies."""
    rows = session.scalars(select(Remembered).where(Remembered.subject_code == subject))
    judged: dict[bool, set[tuple[str, Judgement]]] = {True: set(), False: set()}
    for row in rows:
        judged[row.superseded_at is None].add((row.body, as_written(_judgement(row))))
    return frozenset(judged[False] - judged[True])


def as_written(judgement: Judgement) -> Judgement:
    """Return what a person wrote, without what the register adds about entry and names."""
    texts = {key: getattr(judgement, key).strip() for key in ("relation", "reason", "reviewer", "approver")}
    return replace(judgement, entry_digest="", names=(), **texts)


def _judgement(row: Remembered) -> Judgement:
    return Judgement(
        disposition=Disposition(row.disposition),
        relation=row.relation,
        reason=_FORGOTTEN if row.reason is None else row.reason,
        reviewer=row.reviewer,
        judged_on=row.judged_on,
        approver=row.approver,
        entry_digest=row.entry_digest,
        names=tuple(row.names or ()),
    )


def _payload(judgement: Judgement) -> dict[str, object]:
    return {
        "disposition": judgement.disposition.value,
        "relation": judgement.relation,
        "reason": judgement.reason,
        "reviewer": judgement.reviewer,
        "judged_on": judgement.judged_on,
        "approver": judgement.approver,
        "entry_digest": judgement.entry_digest,
        "names": list(judgement.names),
    }
