"""The register: one object for everything the institution remembers. Each act is one transaction with an audit line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import select

from xlsaddin.register import audit, exporting, judging
from xlsaddin.register.asking import answer_questionnaire
from xlsaddin.register.backup import Backup, back_up, restore
from xlsaddin.register.erasure import Erased, Reason, close_recruitment, erase
from xlsaddin.register.opening import open_engine, purge
from xlsaddin.register.proof import changed_rows
from xlsaddin.register.recording import Received, Recorded, record_review
from xlsaddin.register.roll_up import CaseOverview, case_overview
from xlsaddin.register.subjects import find_subject, read_subject, save_case, save_member
from xlsaddin.register.tables import Case, Remembered, SealKept, Subject
from xlsaddin.register.working import Working
from xlsaddin.register.worklist import Role, WorkItem, worklist
from xlsaddin.report.summary import write_summary

if TYPE_CHECKING:
    from pathlib import Path

    import pandas

    from xlsaddin.checklist.answers import Answers
    from xlsaddin.checklist.model import Checklist
    from xlsaddin.findings import Finding
    from xlsaddin.register.replay import Replay
    from xlsaddin.register.rescreen import Rescreening
    from xlsaddin.report.questionnaire import Questionnaire, Request
    from xlsaddin.review_model import Judgements, Review
    from xlsaddin.screening.model import Judgement
    from xlsaddin.watchlist.store import ListStore

__all__ = ["Register"]


class Register(Working):
    """One register, open: everything that may be asked of it and done in it, judgements and work included."""

    @classmethod
    def open(cls, url: str | None = None, actor: str = "") -> Self:
        """Open a register by SQLAlchemy URL; raises RegisterError when it cannot be used.

        Without a URL: `XLSADDIN_REGISTER`, else the file `register.sqlite` of the state folder.
        """
        return cls(open_engine(url), actor)

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- reviews

    def judgements(
        self,
        checklist: Checklist,
        answers: Answers,
        subject: str = "",
        placed: Mapping[tuple[str, str, str], Judgement] | None = None,
    ) -> tuple[Judgements, list[Finding]]:
        """Return the judgements a review of a declaration may use: remembered ones and those typed beside hits.

        Args:
            checklist, answers: the declaration; subject: code its workbook carries, empty when it carries none.
            placed: as read from an office edition. Those of people who may not judge here are left out, each with
                a finding.
        """
        with self.looking() as session:
            known = find_subject(session, read_subject(checklist, answers, subject))
            return judging.admit(session, known.code if known else None, placed or {})

    def record_review(self, review: Review, received: Received) -> Recorded:
        """Record one review: version, result, hits, findings, judgements. The same again changes nothing."""
        return self.record_reviews([(review, received)])[0]

    def record_reviews(self, reviews: Iterable[tuple[Review, Received]]) -> list[Recorded]:
        """Record several reviews together, all or none: quicker than one by one."""
        with self.acting() as ledger:
            return [record_review(ledger, review, received) for review, received in reviews]

    # --- judgements

    def judgements_for(self, subject: str, at: datetime | None = None) -> dict[str, Judgement]:
        """Return what is remembered of a subject by listed body; `at` as it was at a moment."""
        with self.looking() as session:
            return judging.judgements_of(session, subject, at)

    def all_judgements(self) -> dict[str, dict[str, Judgement]]:
        """Return what is remembered of every subject."""
        with self.looking() as session:
            codes = session.scalars(select(Remembered.subject_code).distinct()).all()
            return {code: judging.judgements_of(session, code) for code in codes}

    # --- cases and what is to be done

    def record_case(self, number: str, **facts: Any) -> None:
        """Register a case or change its facts: title, funder, profile, role, deadline, started_on, closed_on."""
        with self.acting() as ledger:
            save_case(ledger, number, **facts)

    def record_member(self, case: str, subject: str, *, kind: str = "person", **facts: Any) -> None:
        """Make a subject part of a case, also before it declared: name, department, role, joined_on, left_on."""
        with self.acting() as ledger:
            save_member(ledger, case, subject, kind=kind, **facts)

    def case(self, number: str, as_of: date | None = None) -> CaseOverview:
        """Return a case as a whole: members, who has not declared, overall level, gaps, measures."""
        with self.looking() as session:
            return case_overview(session, number, as_of or date.today())

    def cases(self) -> tuple[str, ...]:
        """Return the numbers of all cases."""
        with self.looking() as session:
            return tuple(session.scalars(select(Case.number).order_by(Case.number)))

    def worklist(self, as_of: date | None = None, role: Role | str | None = None) -> list[WorkItem]:
        """Return what is to be done as of a day, by one role or all."""
        with self.looking() as session:
            return worklist(session, as_of or date.today(), Role(role) if role else None)

    # --- screening again, proof, backup

    def rescreen(self, store: ListStore | None = None, as_of: date | None = None, subject: str = "") -> Rescreening:
        """Screen all newest declarations on the editions of a day; what is new or changed comes back with its reason.

        Args:
            store: lists, those of the state folder when not given; as_of: today when not given.
            subject: code of the only one to look at, everybody when empty.
        """
        from xlsaddin.register.rescreen import rescreen
        from xlsaddin.watchlist.store import ListStore

        return rescreen(self.engine, self.actor, store or ListStore(), as_of or date.today(), subject)

    def replay(self, subject: str, day: date, store: ListStore | None = None, checklist: str = "researcher") -> Replay:
        """Return the result of a subject that held on a day, with what it rests on, computed again."""
        from xlsaddin.register.replay import replay
        from xlsaddin.watchlist.store import ListStore

        return replay(self.engine, store or ListStore(), subject, day, checklist)

    def verify(self, head: str = "") -> audit.Verification:
        """Return whether the audit log is unbroken and the rows are as it says.

        Args:
            head: a chain value noted earlier that must still be in it.
        """
        with self.looking() as session:
            proof = audit.verify_chain(session, head)
            return proof if proof.broken_at else replace(proof, changed=tuple(changed_rows(session)))

    def back_up(self, path: Path) -> Backup:
        """Write a backup (one SQLite file whatever the database) and prove it whole."""
        return back_up(self.engine, path, self.actor)

    def restore(self, path: Path) -> Backup:
        """Put a backup in the place of what the register holds; what was erased since is erased again."""
        return restore(self.engine, path, self.actor)

    # --- for others to read

    def entries(self, case: str = "") -> list[dict[str, Any]]:
        """Return the JSON object of each newest result, as a batch gives it; of one case or all."""
        with self.looking() as session:
            return list(exporting.entries(session, case))

    def frames(self) -> dict[str, pandas.DataFrame]:
        """Return the tables of the register as data frames by name."""
        with self.looking() as session:
            return exporting.frames(session)

    def export(self, path: Path) -> None:
        """Write the tables of the register as one workbook."""
        with self.acting() as ledger:
            exporting.write_export(ledger.session, path)
            ledger.note("register.export", path.name[:200], {})

    def write_summary(self, path: Path, as_of: date | None = None, case: str = "") -> None:
        """Write the newest results, with what is due and the trend, as .xlsx, .html, .csv or .json by the file's name.

        Args:
            case: number of the only case to show, all when empty.
        """
        day = as_of or date.today()
        with self.looking() as session:
            due = exporting.work_of(session, worklist(session, day), case)
            days = exporting.trend(session, case)
            found = exporting.entries(session, case)
            write_summary(path, found, as_of=day, deadlines=exporting.deadlines_of(due), trend=days)

    def questionnaire(self, case: str, as_of: date | None = None, request: Request | None = None) -> Questionnaire:
        """Return the funder's questionnaire answered; declarations only with the funder's `request` for them."""
        with self.acting() as ledger:
            return answer_questionnaire(ledger, case, as_of or date.today(), request)

    # --- erasure

    def erase(
        self, subject: str, reason: Reason | str, *, everywhere: bool = False, names: Sequence[str] = ()
    ) -> Erased:
        """Erase what is known of a subject; the audit chain stays whole. See `erasure.Reason` and `erasure.erase`."""
        with self.acting() as ledger:
            erased = erase(ledger, subject, Reason(reason), everywhere=everywhere, names=names)
        return replace(erased, lingers=not purge(self.engine))

    def close_recruitment(self, subject: str, *, hired: bool, on: date) -> Erased | None:
        """Record the outcome of a recruitment; what was collected of a candidate not hired is erased."""
        with self.acting() as ledger:
            erased = close_recruitment(ledger, subject, hired=hired, on=on)
        return replace(erased, lingers=not purge(self.engine)) if erased else None

    # --- seals

    def record_seal(self, seal_id: str, key_id: str, root: str, sealed_at: datetime, subject: str = "") -> None:
        """Keep a seal this institution made or received; the same again changes nothing."""
        with self.acting() as ledger:
            if ledger.session.scalars(select(SealKept.id).where(SealKept.seal_id == seal_id)).first():
                return
            if subject:
                ledger.find(Subject, subject)
            seal = {"seal_id": seal_id, "key_id": key_id, "root": root, "sealed_at": sealed_at}
            ledger.add(SealKept(subject_code=subject or None, **seal))
            ledger.note("seal.keep", seal_id[:64], seal, subject or None)

    def sealed(self, seal_id: str) -> bool:
        """Return whether a seal was kept: a workbook that lost its seal differs from one never sealed."""
        with self.looking() as session:
            return session.scalars(select(SealKept.id).where(SealKept.seal_id == seal_id)).first() is not None
