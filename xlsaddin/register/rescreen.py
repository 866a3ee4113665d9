"""Screening again on new list editions: only what is new or changed is put before people, each with its reason.

The names of the newest declarations are screened once each. Where nothing changed, that is noted beside the result and
the judgements stand; where something did, the declaration is reviewed anew with what is remembered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import NamedTuple

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from xlsaddin.assessment.loading import load_rules
from xlsaddin.checklist.answers import Answers
from xlsaddin.checklist.loading import load_checklist
from xlsaddin.checklist.model import Checklist
from xlsaddin.checklist.profiles import Profile, load_profile
from xlsaddin.parameters import Parameters
from xlsaddin.register.answer_text import parse_answers
from xlsaddin.register.judging import admit, as_written, judgements_of
from xlsaddin.register.ledger import Ledger, opened_ledger
from xlsaddin.register.measures import propose
from xlsaddin.register.opening import reading
from xlsaddin.register.recording import record_result
from xlsaddin.register.rescreen_reasons import Kind, Reasons
from xlsaddin.register.result_text import parse_inquiries, parse_judgements
from xlsaddin.register.tables import ListUsed, Result, ScreenedAgain, SeenHit, Submission
from xlsaddin.review import review_answers
from xlsaddin.review.placing import body_id
from xlsaddin.review.queries import screened_texts
from xlsaddin.review_model import Review
from xlsaddin.screening.engine import screener_for
from xlsaddin.screening.model import Hit
from xlsaddin.screening.remembering import RememberingScreener
from xlsaddin.screening.selection import select_lists
from xlsaddin.watchlist.diff import entry_digest
from xlsaddin.watchlist.model import ListUse
from xlsaddin.watchlist.store import ListStore

__all__ = ["Change", "Rescreening", "rescreen"]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing a new edition changes for one subject.

    Attributes:
        subject: code; item, query: where the name stands and as written; list_id, listed: the entry.
        kind: what happened; ja, en: the reason as a sentence; level: of the subject now; link: reviewed copy.
    """

    subject: str
    item: str
    query: str
    list_id: str
    listed: str
    kind: Kind
    ja: str
    en: str
    level: str
    link: str


@dataclass(frozen=True, slots=True)
class Rescreening:
    """What a rescreening came to.

    Attributes:
        as_of: the day whose editions were used; lists: each list used; changes: what to look at, by subject.
        screened: subjects screened; unchanged: those of them for whom everything stands.
        left_out: subjects whose lists could not all be used: nothing was concluded for them.
        missing: lists that results rest on and the store no longer has.
    """

    as_of: date
    lists: tuple[ListUse, ...]
    changes: tuple[Change, ...]
    screened: int
    unchanged: int
    left_out: int
    missing: tuple[str, ...] = ()

    @property
    def conclusive(self) -> bool:
        """False when somebody was left out, because then "no change" means nothing for them."""
        return not self.left_out


_PART = 100
"""Results looked at between two moments of writing."""


class _Seen(NamedTuple):
    """A hit as compared between two screenings."""

    query: str
    list_id: str
    body: str
    digest: str
    band: str


_Told = tuple[str, _Seen, str, tuple[Kind, str, str]]
"""Item, hit, listed name and reason."""


def rescreen(engine: Engine, actor: str, store: ListStore, as_of: date, subject: str = "") -> Rescreening:
    """Screen all newest declarations again on the editions of a day and record what came of it.

    Judgements recorded since the last result are laid beside the hits. Others may go on working meanwhile: the register
    is held for a moment only, after each part.

    Args:
        subject: code of the only one to look at; everybody when empty.
    """
    desks: dict[str, _Desk] = {}
    changes: list[Change] = []
    counts = dict.fromkeys(("screened", "unchanged", "left_out"), 0)
    newest = select(Result.id).where(Result.newest, Result.content.is_not(None))
    if subject:
        newest = newest.where(Result.subject_code == subject)
    with reading(engine) as session:
        results = session.scalars(newest.order_by(Result.subject_code, Result.id)).all()
    for start in range(0, len(results), _PART):
        with reading(engine) as session:
            found = [_look_again(session, desks, store, as_of, one) for one in results[start : start + _PART]]
        with opened_ledger(engine, actor) as ledger:
            for outcome in found:
                changes += outcome.keep(ledger)
        for outcome in found:
            counts["left_out" if outcome.desk is None else "screened"] += 1
            counts["unchanged"] += outcome.desk is not None and outcome.review is None
    uses = {use.id: use for desk in desks.values() for use in desk.uses}
    editions = {use.id: f"{use.edition} {use.sha256}" for use in uses.values()}
    with opened_ledger(engine, actor) as ledger:
        target = f"{as_of.isoformat()} {subject}".strip()
        ledger.note("rescreen", target, {**counts, "changes": len(changes), "lists": editions})
    missing = {list_id for desk in desks.values() for list_id in desk.missing}
    return Rescreening(as_of, tuple(uses.values()), tuple(changes), **counts, missing=tuple(sorted(missing)))


class _Desk:
    """What all declarations of one profile share; every name is screened once."""

    def __init__(self, store: ListStore, profile: Profile, as_of: date) -> None:
        self.profile, self.as_of = profile, as_of
        self.parameters = Parameters(as_of, profile.parameters)
        real = screener_for(store, select_lists(profile, store), as_of, self.parameters)
        self.screener = RememberingScreener(real)
        self.uses = real.uses
        self.conclusive = bool(self.uses) and all(use.usable for use in self.uses)
        self.missing: set[str] = set()
        self.stored = frozenset(store.ids())
        self.reasons = Reasons(store, {use.id: use.edition for use in self.uses})

    def hits(self, checklist: Checklist, answers: Answers) -> Iterator[tuple[str, str, Hit]]:
        """Yield each item, name and hit of a declaration."""
        rules = load_rules(checklist, self.parameters)
        texts = list(screened_texts(checklist, answers, rules.affiliations, self.as_of))
        by_query = {one.query: one.hits for one in self.screener.screen_many([text.query for text in texts]).results}
        for text in texts:
            yield from ((text.item, text.query.name, hit) for hit in by_query[text.query])


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What screening one result again came to: `desk` None when its lists could not be used, `review` when anew."""

    result: int
    desk: _Desk | None
    review: Review | None = None
    told: tuple[_Told, ...] = ()

    def keep(self, ledger: Ledger) -> Iterator[Change]:
        """Record the outcome, unless a newer declaration came in meanwhile, and yield what it changes."""
        result = ledger.find(Result, self.result)
        if self.desk is None or not result.newest:
            return
        if self.review is None:
            lists = {use.id: [use.edition, use.sha256] for use in self.desk.uses}
            ledger.add(ScreenedAgain(result_id=result.id, as_of=self.desk.as_of, lists=lists))
            result.confirmed_on = max(result.confirmed_on, self.desk.as_of)
            return
        submission = ledger.find(Submission, result.submission_id)
        renewed, _ = record_result(ledger, submission, self.review)
        renewed.reviewed_copy = result.reviewed_copy
        propose(ledger, renewed.subject_code, self.review)
        for item, seen, listed, reason in self.told:
            link, level = renewed.reviewed_copy or "", renewed.level
            yield Change(renewed.subject_code, item, seen.query, seen.list_id, listed, *reason, level, link)


def _look_again(session: Session, desks: dict[str, _Desk], store: ListStore, as_of: date, result_id: int) -> _Outcome:
    result = session.get_one(Result, result_id)
    if result.profile not in desks:
        desks[result.profile] = _Desk(store, load_profile(result.profile), as_of)
    desk = desks[result.profile]
    before_used = select(ListUsed.list_id).where(ListUsed.result_id == result.id, ListUsed.usable)
    gone = set(session.scalars(before_used)) - {use.id for use in desk.uses} - desk.stored
    desk.missing |= gone
    if not desk.conclusive or gone:  # on fewer lists than before, "no change" would mean nothing
        return _Outcome(result_id, None)
    submission = session.get_one(Submission, result.submission_id)
    checklist = load_checklist(result.checklist, desk.profile)
    answers = parse_answers(checklist, submission.answers or {})
    before = {_Seen(s.query or "", s.list_id, s.body, s.entry_digest, s.band): s for s in _seen(session, result)}
    after = {
        _Seen(name, hit.list_id, body_id(hit), entry_digest(hit.entry), hit.band.value): (item, hit)
        for item, name, hit in desk.hits(checklist, answers)
    }
    if before.keys() == after.keys() and not _judged_since(session, result, before):
        return _Outcome(result_id, desk)
    review = review_answers(
        answers,
        checklist=checklist,
        profile=desk.profile.key,
        parameters=desk.parameters,
        screener=desk.screener,
        reviewed_at=datetime.now(UTC),
        judgements=admit(session, result.subject_code, {})[0],
        inquiries=parse_inquiries(result.content or {}),
    )
    used = select(ListUsed.list_id, ListUsed.edition).where(ListUsed.result_id == result.id)
    editions = {row[0]: row[1] for row in session.execute(used)}
    return _Outcome(result_id, desk, review, tuple(_tell(desk, before, after, editions)))


def _judged_since(session: Session, result: Result, seen: Iterable[_Seen]) -> bool:
    """Return whether a judgement is remembered that a result does not show yet: then it weighs its hits otherwise."""
    shown = parse_judgements(result.content or {"judged": ()}).placed
    known = {(body, as_written(judgement)) for (_, _, body), judgement in shown.items()}
    entries = {(one.body, one.digest) for one in seen}
    remembered = judgements_of(session, result.subject_code)
    return any(
        (body, judgement.entry_digest) in entries and (body, as_written(judgement)) not in known
        for body, judgement in remembered.items()
    )


def _tell(
    desk: _Desk,
    before: Mapping[_Seen, SeenHit],
    after: Mapping[_Seen, tuple[str, Hit]],
    editions: Mapping[str, str],
) -> Iterator[_Told]:
    """Yield what is new or changed, then what is gone, each with its reason."""
    known = {(seen.list_id, seen.body) for seen in before}
    for seen, (item, hit) in after.items():
        if seen not in before:
            was_known = (hit.list_id, seen.body) in known
            yield item, seen, hit.entry.name, desk.reasons.of_hit(hit, editions.get(hit.list_id), was_known)
    still = {(seen.query, seen.list_id, seen.body) for seen in after}
    for seen, row in before.items():
        if seen[:3] not in still:
            yield row.item, seen, row.listed, desk.reasons.of_loss(row.list_id)


def _seen(session: Session, result: Result) -> Iterator[SeenHit]:
    yield from session.scalars(select(SeenHit).where(SeenHit.result_id == result.id))
