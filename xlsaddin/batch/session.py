"""Checking workbooks one by one or side by side: read, review, write the reviewed copy. A broken file stops no other.

Lists are opened and indexed once a session, a profile's parameters once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path

from xlsaddin import log
from xlsaddin.batch.model import Outcome
from xlsaddin.batch.remembering import Memory
from xlsaddin.batch.sharing import SharedAnswers, SharingScreener
from xlsaddin.checklist.answers import Answers
from xlsaddin.checklist.institutions import Institution, institution_of
from xlsaddin.checklist.profiles import Profile, load_profile
from xlsaddin.checklist.values import read_answers
from xlsaddin.errors import WorkbookError, XlsAddinError
from xlsaddin.exchange.seal.sealing import sealed_unchanged
from xlsaddin.findings import Finding, Location, Severity, make_finding
from xlsaddin.parameters import Parameters
from xlsaddin.review import review_answers
from xlsaddin.review.summary import subject_text
from xlsaddin.review_model import Judgements, Review, Written
from xlsaddin.screening.engine import screener_for
from xlsaddin.screening.model import Judgement, Screener
from xlsaddin.screening.remembering import RememberingScreener
from xlsaddin.screening.selection import select_lists
from xlsaddin.watchlist.store import ListStore
from xlsaddin.workbook.changes import plan_changes
from xlsaddin.workbook.patch.apply import apply_changes
from xlsaddin.workbook.read.book import ReadBook, read_workbook

__all__ = ["Session"]


@dataclass(frozen=True)
class Session:
    """What all files of one run share.

    Attributes:
        as_of: the day to judge by. profile: key, None for the profile of each workbook.
        store: lists; the one of the state folder when not given.
        remembered: judgements known of a subject before, by subject text.
        memory: the register, asked for each subject; then `remembered` is not used.
        shared: answers of the other workers of the batch, None when there are none.
    """

    as_of: date
    profile: str | None = None
    store: ListStore = field(default_factory=ListStore)
    remembered: Mapping[str, Mapping[str, Judgement]] = field(default_factory=dict)
    memory: Memory | None = None
    shared: SharedAnswers | None = None

    @cached_property
    def _prepared(self) -> dict[str, tuple[Parameters, Screener]]:
        return {}

    def prepare(self, profile: Profile) -> tuple[Parameters, Screener]:
        """Return parameters and screener of a profile on the day, opened once; a name is screened once too."""
        if profile.key not in self._prepared:
            parameters = Parameters(self.as_of, profile.parameters)
            lists = select_lists(profile, self.store)
            screener: Screener = screener_for(self.store, lists, self.as_of, parameters)
            if self.shared:
                screener = SharingScreener(screener, self.shared, profile.parameters)
            self._prepared[profile.key] = parameters, RememberingScreener(screener)
        return self._prepared[profile.key]

    def check(self, path: Path, target: Path | None = None) -> Outcome:
        """Check one file; whatever is wrong with it ends in its outcome, never in an exception.

        Args:
            path: the workbook. target: where the reviewed copy goes, None to write none.
        """
        try:
            book = read_workbook(path, self.profile, vouched=sealed_unchanged)
            earlier = _read_earlier(book, target)
            review = self.review(book, earlier)
            if target is not None:
                review, target = _write_copy(book, review, target)
        except XlsAddinError as refused:
            return Outcome(path, _failure(refused.code, refused.ja, refused.en))
        except OSError as problem:
            found = make_finding("RS-BATCH-012", Location(), path=path.name, reason=problem.strerror or problem)
            return Outcome(path, found)
        except Exception as problem:  # isolation: one file must never take the others with it
            log.note_error("check", problem)
            found = make_finding("RS-BATCH-003", Location(), path=path.name, kind=type(problem).__name__)
            return Outcome(path, found)
        return Outcome(path, review, target, book.meta)

    def review(self, book: ReadBook, earlier: ReadBook | None = None) -> Review:
        """Return the review of a workbook as read.

        Args:
            book: the workbook. earlier: an earlier reviewed copy of it, whose judgements are taken over.
        """
        profile = load_profile(self.profile or book.meta.profile)
        parameters, screener = self.prepare(profile)
        answers = read_answers(book.checklist, book.answers)
        institution = institution_of(answers)
        own, other = (_written(book, earlier or book, institution, own=own) for own in (True, False))
        judgements, said = self._recall(book, answers, own.judgements.placed)
        review = review_answers(
            answers,
            checklist=book.checklist,
            profile=profile.key,
            parameters=parameters,
            screener=screener,
            reviewed_at=datetime.now(UTC).astimezone(),
            judgements=judgements,
            inquiries=own.inquiries,
            other=other,
        )
        layers = [replace(one, findings=(*book.findings, *said, *one.findings)) for one in review.layers]
        return replace(layers[0], other=layers[1] if review.other else None)

    def _recall(
        self, book: ReadBook, answers: Answers, placed: Mapping[tuple[str, str, str], Judgement]
    ) -> tuple[Judgements, Sequence[Finding]]:
        """Return the judgements a review may use, and what there is to say about them."""
        if self.memory is not None:
            return self.memory.recall(book, answers, placed)
        return Judgements(placed, self.remembered.get(book.meta.subject_id, {})), ()


def _written(book: ReadBook, before: ReadBook, institution: Institution, *, own: bool) -> Written:
    """Return what was typed in a workbook over what was typed in an earlier copy, by the own institution or the other.

    Args:
        institution: the own one, as the workbook has it now.
    """
    whose = institution if own else institution.other
    return book.written_by(whose, own=own).over(before.written_by(whose, own=own))


def _read_earlier(book: ReadBook, target: Path | None) -> ReadBook | None:
    """Return the reviewed copy that is to be replaced, so that nothing typed into it is lost.

    Raises:
        XlsAddinError: when what stands at that place is not a reviewed copy of the same subject made here.
    """
    if target is None or not target.exists():
        return None
    try:
        earlier = read_workbook(target)
    except WorkbookError:
        raise XlsAddinError("RS-BATCH-005", path=target.name) from None
    same = (earlier.meta.checklist, _subject(earlier)) == (book.meta.checklist, _subject(book))
    if not (earlier.meta.made_here and same):
        raise XlsAddinError("RS-BATCH-005", path=target.name)
    return earlier


def _subject(book: ReadBook) -> str:
    return subject_text(book.checklist, read_answers(book.checklist, book.answers))


def _write_copy(book: ReadBook, review: Review, target: Path) -> tuple[Review, Path | None]:
    """Write the reviewed copy; where none may be made of a file, its findings say why."""
    try:
        apply_changes(book.path, plan_changes(review, book.meta, book.tables), target)
    except WorkbookError as refused:
        why = _failure(refused.code, refused.ja, refused.en)
        return replace(review, findings=(why, *review.findings)), None
    return review, target


def _failure(code: str, ja: str, en: str) -> Finding:
    return Finding(code, Severity.ERROR, Location(), ja, en)
