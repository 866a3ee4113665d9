"""The auditor, years later: a result as it was on a day, what it rests on, and whether it still comes out the same.

The stored result is the evidence. It is computed again with the editions, rules, profile, template and judgements of
that day; whatever differs is named together with what may explain it, and nothing is ever adjusted to fit.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from xlsaddin import __version__, codes, resources
from xlsaddin.checklist.loading import load_checklist
from xlsaddin.checklist.profiles import load_profile
from xlsaddin.errors import DefinitionError, ListError
from xlsaddin.parameters import Parameters
from xlsaddin.register.answer_text import parse_answers
from xlsaddin.register.definitions import definition_texts, replaceable
from xlsaddin.register.judging import judgements_of
from xlsaddin.register.opening import RegisterError, reading
from xlsaddin.register.result_text import parse_inquiries, parse_judgements, render_result
from xlsaddin.register.tables import KeptText, ListUsed, Result, Subject, Submission
from xlsaddin.review import review_answers
from xlsaddin.review_model import Judgements
from xlsaddin.screening.engine import screener_for
from xlsaddin.watchlist.store import EditionRecord, ListStore

__all__ = ["Replay", "replay"]

_COMPARED = ("hits", "residency", "assessment", "must", "items")
_FROM_FILE = ("RS-READ-", "RS-FILE-", "RS-REG-")
"""Findings on the file and its registration: they do not follow from the answers."""


@dataclass(frozen=True, slots=True)
class Replay:
    """A result as of a day, and what came of computing it again.

    Attributes:
        subject, version: whose declaration, which version of it; as_of: the day it was judged by.
        recorded: what it rests on, for the file note: engine, rules, template, profile, lists, judgements.
        content: the result as stored. differences: places where it comes out otherwise now, with both values.
        causes: what may explain them, as (日本語, English), such as another engine or an edition no longer kept.
        computed: False when it could not be computed again at all.
    """

    subject: str
    version: int
    as_of: date
    recorded: Mapping[str, Any]
    content: Mapping[str, Any]
    differences: tuple[str, ...]
    causes: tuple[tuple[str, str], ...]
    computed: bool

    @property
    def same(self) -> bool:
        """True when it was computed again and came out exactly as stored."""
        return self.computed and not self.differences


def replay(engine: Engine, store: ListStore, subject: str, day: date, checklist: str = "researcher") -> Replay:
    """Return the result of a subject that held on a day, computed again; raises RegisterError when there is none."""
    with reading(engine) as session:
        result = _result_on(session, subject, day, checklist)
        submission = session.get_one(Submission, result.submission_id)
        used = session.scalars(select(ListUsed).where(ListUsed.result_id == result.id).order_by(ListUsed.list_id)).all()
        kept = {name: session.get_one(KeptText, digest) for name, digest in result.rests_on.items()}
        remembered = judgements_of(session, subject, result.reviewed_at)
    content = result.content or {}
    missing = list(_missing_editions(used, store))
    causes = [*_causes(result, kept), *missing]
    judgements = Judgements(parse_judgements(content).placed, remembered)
    facts = _recorded(result, used)
    uncomputed = Replay(subject, submission.version, result.as_of, facts, content, (), tuple(causes), False)
    if missing:
        return uncomputed
    try:
        found = _compute(result, submission, used, kept, store, judgements)
    except (DefinitionError, ListError) as problem:
        return replace(uncomputed, causes=(*causes, (problem.ja, problem.en)))
    differences = tuple(_differences(content, found))
    explained = tuple(causes) if differences else ()
    return replace(uncomputed, differences=differences, causes=explained, computed=True)


def _result_on(session: Session, subject: str, day: date, checklist: str) -> Result:
    known = session.get(Subject, subject)
    if known is None:
        raise RegisterError("RS-REG-005", kind="subject", key=subject)
    if known.erased_on is not None:
        raise RegisterError("RS-REG-006", subject=subject, day=known.erased_on)
    until = datetime.combine(day, time.max, UTC)
    wanted = select(Result).where(
        Result.subject_code == subject, Result.checklist == checklist, Result.reviewed_at <= until, Result.as_of <= day
    )
    result = session.scalars(wanted.order_by(Result.reviewed_at.desc(), Result.id.desc())).first()
    if result is None:
        raise RegisterError("RS-REG-020", subject=subject, day=day)
    return result


def _compute(
    result: Result,
    submission: Submission,
    used: Sequence[ListUsed],
    kept: Mapping[str, KeptText],
    store: ListStore,
    judgements: Judgements,
) -> dict[str, Any]:
    """Return the result computed again with the definitions and editions it was made with."""
    pinned = _PinnedStore(store, {one.list_id: one.sha256 for one in used})
    with tempfile.TemporaryDirectory() as folder, resources.using_home(Path(folder)):
        for name, text in kept.items():
            if replaceable(name):
                path = Path(folder, *name.split("/"))
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(text.text.encode())
        profile = load_profile(result.profile)
        form = load_checklist(result.checklist, profile)
        parameters = Parameters(result.as_of, profile.parameters)
        review = review_answers(
            parse_answers(form, submission.answers or {}),
            checklist=form,
            profile=profile.key,
            parameters=parameters,
            screener=screener_for(pinned, [one.list_id for one in used], result.as_of, parameters),
            reviewed_at=result.reviewed_at,
            judgements=judgements,
            inquiries=parse_inquiries(result.content or {}),
        )
        return render_result(review)


class _PinnedStore(ListStore):
    """A store that gives exactly the editions a result rests on, whatever was taken in since."""

    def __init__(self, store: ListStore, digests: Mapping[str, str]) -> None:
        super().__init__(store.folder.parent)
        self._digests = digests

    def record_at(self, list_id: str, as_of: date) -> EditionRecord:
        """Return the edition by its digest; raises ListError when it is not kept."""
        wanted = self._digests.get(list_id)
        for record in self.editions(list_id):
            if record.sha256 == wanted:
                return record
        raise ListError("RS-LIST-015", list_id=list_id, as_of=as_of, held="-")  # never another edition in its place


def _causes(result: Result, kept: Mapping[str, KeptText]) -> Iterator[tuple[str, str]]:
    if result.engine != __version__:
        yield _say("RS-REPLAY-001", then=result.engine, now=__version__)
    now = definition_texts(result.checklist, result.profile)
    for name, text in kept.items():
        if not replaceable(name) and (name not in now or now[name][0] != text.sha256):
            yield _say("RS-REPLAY-002", name=name)


def _missing_editions(used: Sequence[ListUsed], store: ListStore) -> Iterator[tuple[str, str]]:
    for one in used:
        if one.usable and one.sha256 not in {record.sha256 for record in _editions(store, one.list_id)}:
            yield _say("RS-REPLAY-003", list=one.list_id, edition=one.edition, sha256=one.sha256[:12])


def _editions(store: ListStore, list_id: str) -> tuple[EditionRecord, ...]:
    try:
        return store.editions(list_id)
    except ListError:
        return ()


def _say(code: str, **facts: object) -> tuple[str, str]:
    message = codes.message(code)
    return message.render_ja(**facts), message.render_en(**facts)


def _recorded(result: Result, used: Sequence[ListUsed]) -> dict[str, Any]:
    content = result.content or {}
    return {
        "engine": result.engine,
        "rules": result.rules_version,
        "template": result.template_version,
        "profile": result.profile,
        "reviewed_at": result.reviewed_at.isoformat(),
        "confirmed_on": result.confirmed_on.isoformat(),
        "file_sha256": result.file_sha256,
        "definitions": dict(result.rests_on),
        "lists": [
            {
                "id": one.list_id,
                "edition": one.edition,
                "sha256": one.sha256,
                "entries": one.entries,
                "confirmed_on": one.confirmed_on.isoformat() if one.confirmed_on else None,
                "usable": one.usable,
            }
            for one in used
        ],
        "judgements": _judged(content),
    }


def _judged(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return who judged and approved what, and why; a judgement that serves several places once."""
    found = [
        dict(zip(("disposition", "reason", "reviewer", "judged_on", "approver"), (said[0], *said[2:]), strict=True))
        | {"body": body}
        for _, _, body, said in content.get("judged", ())
    ]
    return [one for number, one in enumerate(found) if one not in found[:number]]


def _differences(stored: Mapping[str, Any], found: Mapping[str, Any]) -> Iterator[str]:
    for key in _COMPARED:
        yield from _compare(key, stored.get(key), found.get(key))
    yield from _compare("findings", _from_answers(stored), _from_answers(found))


def _from_answers(content: Mapping[str, Any]) -> list[Any]:
    return [one for one in content.get("findings", ()) if not one["code"].startswith(_FROM_FILE)]


def _compare(place: str, stored: Any, found: Any) -> Iterator[str]:
    if isinstance(stored, dict) and isinstance(found, dict):
        for key in sorted({*stored, *found}):
            yield from _compare(f"{place}.{key}", stored.get(key), found.get(key))
    elif isinstance(stored, list) and isinstance(found, list) and len(stored) == len(found):
        for number, (one, other) in enumerate(zip(stored, found, strict=True), 1):
            yield from _compare(f"{place}[{number}]", one, other)
    elif isinstance(stored, list) and isinstance(found, list):
        yield f"{place}: {len(stored)} -> {len(found)}"
    elif stored != found:
        yield f"{place}: {stored} -> {found}"
