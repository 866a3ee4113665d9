"""Taking reviews into the register: the version declared, the result with all it rests on, hits, findings, judgements.

The same file or the same answers again are the same version, the same result again is the same result: whatever is
recorded twice is counted once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import delete, select, update

from xlsaddin.findings import Finding, Location, make_finding
from xlsaddin.register.answer_text import answers_digest, render_answers
from xlsaddin.register.definitions import definition_texts, keep_texts
from xlsaddin.register.follow_up import plan_residency
from xlsaddin.register.judging import take_over
from xlsaddin.register.ledger import Ledger, clean_text
from xlsaddin.register.measures import propose
from xlsaddin.register.project import take_over_project
from xlsaddin.register.result_rows import finding_row, hit_row, list_row, result_facts, result_row
from xlsaddin.register.result_text import content_digest, render_result
from xlsaddin.register.subjects import (
    CODE_LENGTH,
    CaseFacts,
    first_day,
    join_case,
    read_cases,
    read_subject,
    save_subject,
)
from xlsaddin.register.tables import Result, SeenFinding, SeenHit, Subject, Submission
from xlsaddin.review_model import Review

__all__ = ["Received", "Recorded", "record_result", "record_review"]


@dataclass(frozen=True, slots=True)
class Received:
    """A file as received.

    Attributes:
        file_name: its name; sha256: of its bytes; received_at: when.
        subject: code the workbook carries; case: its case numbers, separated by `・`; empty when it carries none.
        department: who sent it, empty when not known; reviewed_copy: path of the reviewed copy, when one was written.
    """

    file_name: str
    sha256: str
    received_at: datetime
    subject: str = ""
    case: str = ""
    department: str = ""
    reviewed_copy: str = ""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of a review.

    Attributes:
        subject: its code; version: of the declaration, 1 for the first; new_version, new_result: False for known ones.
        result: id; findings: what the register has to say, such as a judgement by a person who may not judge here.
    """

    subject: str
    version: int
    new_version: bool
    result: int
    new_result: bool
    findings: tuple[Finding, ...]


def record_review(ledger: Ledger, review: Review, received: Received) -> Recorded:
    """Record one review; raises RegisterError when its subject was erased."""
    checklist, answers = review.checklist, review.answers
    facts = read_subject(checklist, answers, received.subject)
    if not facts.code and not facts.identities:  # nothing tells whose it is but the file itself
        facts = replace(facts, code=_code_of_file(ledger, received.sha256))
    known = ledger.session.get(Subject, facts.code) if facts.code else None
    before = known.name if known else None
    subject = save_subject(ledger, facts, received.department)
    findings = list(_about_subject(facts.identities, subject, before))
    for case in (*read_cases(checklist, answers), *_cases_given(received)):
        join_case(ledger, subject, case, facts.role)
    submission, new_version = _save_submission(ledger, subject, review, received)
    result, new_result = record_result(ledger, submission, review, received)
    if new_result:
        findings += take_over(ledger, subject.code, review)
    if result.newest:
        propose(ledger, subject.code, review)
        plan_residency(ledger, subject.code, review)
        findings += take_over_project(ledger, subject.code, review)
    else:
        findings += _about_later(ledger, submission, result)
    return Recorded(subject.code, submission.version, new_version, result.id, new_result, tuple(findings))


def record_result(
    ledger: Ledger, submission: Submission, review: Review, received: Received | None = None
) -> tuple[Result, bool]:
    """Record a result of a submission and return it, and whether it is new; without a file it is a new screening."""
    content = render_result(review)
    digest = content_digest(content, review.engine, review.rules_version, review.lookback_start)
    same = select(Result).where(Result.submission_id == submission.id, Result.digest == digest)
    known = ledger.session.scalars(same).one_or_none()
    if known is not None:
        _hold_again(ledger, known, submission, review)
        if received and received.reviewed_copy:
            known.reviewed_copy = clean_text(received.reviewed_copy)
        return known, False
    if newest := _is_newest(ledger, submission, review.as_of):
        _retire(ledger, submission)
    rests_on = keep_texts(ledger, definition_texts(review.checklist.key, review.profile))
    row = result_row(submission, review, digest, content, rests_on)
    if received:
        row.file_sha256, row.file_name = received.sha256, clean_text(received.file_name)
        row.reviewed_copy = clean_text(received.reviewed_copy) or None
    row.newest = newest
    result = ledger.add(row)
    ledger.session.add_all(list_row(result, use) for use in review.lists)
    if newest:
        _see(ledger, result, review)
    said = result_facts(result, review)
    ledger.note("result.record", f"{submission.subject_code} {result.id}", said, submission.subject_code)
    return result, True


def _code_of_file(ledger: Ledger, digest: str) -> str:
    """Return the code under which the very same file was recorded before, empty for a file not seen yet."""
    return ledger.session.scalar(select(Submission.subject_code).where(Submission.sha256 == digest).limit(1)) or ""


def _save_submission(ledger: Ledger, subject: Subject, review: Review, received: Received) -> tuple[Submission, bool]:
    kept = render_answers(review.checklist, review.answers)
    digest = answers_digest(kept)
    of_subject = (Submission.subject_code == subject.code, Submission.checklist == review.checklist.key)
    versions = ledger.session.scalars(select(Submission).where(*of_subject).order_by(Submission.version)).all()
    for version in reversed(versions):
        if version.sha256 == received.sha256 or (version is versions[-1] and version.answers_digest == digest):
            return version, False
    submission = ledger.add(
        Submission(
            subject_code=subject.code,
            version=len(versions) + 1,
            answers_digest=digest,
            sha256=received.sha256,
            file_name=clean_text(received.file_name),
            checklist=review.checklist.key,
            template_version=review.answers.version,
            profile=review.profile,
            stated_on=first_day(review.answers.value("stated_on")),
            received_at=received.received_at,
            answers=kept,
        )
    )
    ledger.note(
        "submission.record",
        f"{subject.code} {submission.checklist} {submission.version}",
        {"sha256": submission.sha256, "answers": digest, "file": submission.file_name},
        subject.code,
    )
    return submission, True


def _hold_again(ledger: Ledger, result: Result, submission: Submission, review: Review) -> None:
    """Note that a result holds on a later day too, or again after another one."""
    if not result.newest:
        if not _is_newest(ledger, submission, review.as_of):
            return
        _retire(ledger, submission)
        result.newest = True
        _see(ledger, result, review)
    elif result.confirmed_on >= review.as_of:
        return
    result.confirmed_on = max(result.confirmed_on, review.as_of)
    confirmed = {use.id: use.confirmed_on for use in review.lists}
    payload = {"as_of": review.as_of, "lists_confirmed": confirmed}
    ledger.note("result.confirm", f"{submission.subject_code} {result.id}", payload, submission.subject_code)


def _is_newest(ledger: Ledger, submission: Submission, as_of: date) -> bool:
    """Return whether a result is the newest: not of an older version, nor judged by an earlier day than another one."""
    held = _held(ledger, submission)
    return held is None or (submission.version, as_of) >= held


def _held(ledger: Ledger, submission: Submission) -> tuple[int, date] | None:
    """Return version and last day of the newest result of the same form and subject."""
    found = select(Submission.version, Result.confirmed_on).join(Result, Result.submission_id == Submission.id)
    of_subject = (Result.subject_code == submission.subject_code, Result.checklist == submission.checklist)
    row = ledger.session.execute(found.where(*of_subject, Result.newest)).first()
    return (row.version, row.confirmed_on) if row else None


def _retire(ledger: Ledger, submission: Submission) -> None:
    """Make room for a newer result: hits and findings are kept apart only for the newest one."""
    of_subject = (Result.subject_code == submission.subject_code, Result.checklist == submission.checklist)
    older = select(Result.id).where(*of_subject, Result.newest)
    ledger.session.execute(delete(SeenHit).where(SeenHit.result_id.in_(older)))
    ledger.session.execute(delete(SeenFinding).where(SeenFinding.result_id.in_(older)))
    ledger.session.execute(update(Result).where(*of_subject, Result.newest).values(newest=False))


def _see(ledger: Ledger, result: Result, review: Review) -> None:
    ledger.session.add_all(hit_row(result, placed) for placed in review.hits)
    ledger.session.add_all(finding_row(result, finding) for finding in review.findings)
    ledger.session.flush()


def _cases_given(received: Received) -> Iterable[CaseFacts]:
    numbers = (number.strip() for number in re.split(r"[・;]", received.case))
    return (CaseFacts(number[:CODE_LENGTH]) for number in numbers if number)


def _about_later(ledger: Ledger, submission: Submission, result: Result) -> Iterable[Finding]:
    """Yield that the register holds a later result than this one, and why it is later."""
    held = _held(ledger, submission)
    if held:
        version, day = held
        code, own = submission.subject_code, submission.version
        yield make_finding(
            "RS-REG-021", Location(), subject=code, version=version, day=day, own=own, as_of=result.as_of
        )


def _about_subject(identities: Iterable[str], subject: Subject, before: str | None) -> Iterable[Finding]:
    if not tuple(identities) and subject.code.startswith("S-"):
        yield make_finding("RS-REG-011", Location(), subject=subject.code)
    if before and subject.name and before != subject.name:
        yield make_finding("RS-REG-012", Location(), subject=subject.code, before=before, after=subject.name)
