"""What a project's workbook says of the work itself: measures, follow-up, corrections, experience, the funder's asks.

Read again, the same rows change nothing: each is known by what it says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from xlsaddin.checklist.answers import Row
from xlsaddin.findings import Finding, make_finding
from xlsaddin.register import follow_up
from xlsaddin.register.ledger import Ledger
from xlsaddin.register.measures import MeasureStatus
from xlsaddin.register.opening import RegisterError
from xlsaddin.register.project_members import find_member
from xlsaddin.register.subjects import cell_text, first_day
from xlsaddin.register.tables import AgreedMeasure, Correction, Experience, FollowUp, Subject
from xlsaddin.review_model import Review

__all__ = ["take_over_follow_up"]

_STATUS = {
    "planned": MeasureStatus.AGREED,
    "running": MeasureStatus.AGREED,
    "done": MeasureStatus.DONE,
    "lifted": MeasureStatus.DONE,
    "dropped": MeasureStatus.DECLINED,
}
_PLANS = ("measure_check", "funder_contact", "discard")
"""Kinds of follow-up that come from the workbook alone: one that no row calls for any more is done."""


def take_over_follow_up(ledger: Ledger, number: str, project: str, review: Review) -> list[Finding]:
    """Take over everything after the roster; yield rows about somebody who is not known in the case.

    Args:
        number: of the case; project: code of the subject that the workbook itself is.
    """
    rows = _Rows(ledger, number, project, review)
    findings = [*rows.measures(), *rows.corrections()]
    rows.experiences()
    rows.plans()
    return findings


@dataclass(frozen=True, slots=True)
class _Rows:
    """The tables of one project's workbook, going into the register."""

    ledger: Ledger
    case: str
    project: str
    review: Review

    def measures(self) -> Iterator[Finding]:
        """Measures as agreed by people: a proposal of the same kind for the same subject becomes this one."""
        for row in self.review.answers.rows("measures"):
            kind, status = row.value("measure"), _STATUS.get(str(row.value("state")), MeasureStatus.AGREED)
            if not kind:
                continue
            subject = find_member(self.ledger.session, self.case, cell_text(row.value("target")))
            code = subject.code if subject else self.project
            held = self._measure(code, str(kind), cell_text(row.value("content")))
            stated: dict[str, object] = {
                "status": status.value,
                "owner": cell_text(row.value("owner")),
                "due": first_day(row.value("due_on")),
                "reason": cell_text(row.value("grounds")) or cell_text(row.value("cause")),
                "evidence": cell_text(row.value("evidence")),
                "text": cell_text(row.value("content")) or held.text,
                "done_on": self._done_on(row, held) if status is MeasureStatus.DONE else None,
            }
            changed = {key: value for key, value in stated.items() if value != getattr(held, key)}
            for key, value in changed.items():
                setattr(held, key, value)
            if changed:
                self.ledger.note("measure.stated", f"{self.case} {code} {held.id}", changed, code)
            if subject is None and cell_text(row.value("target")).casefold() not in _WHOLE:
                target = cell_text(row.value("target"))
                yield make_finding("RS-REG-026", row.cell("target").location, name=target, case=self.case)

    def _measure(self, code: str, kind: str, text: str) -> AgreedMeasure:
        rows = self.ledger.session.scalars(
            select(AgreedMeasure)
            .where(AgreedMeasure.case_number == self.case, AgreedMeasure.subject_code == code)
            .where(AgreedMeasure.kind == kind)
            .order_by(AgreedMeasure.id)
        ).all()
        same = [row for row in rows if row.text == text]
        open_ones = [row for row in rows if row.status in (MeasureStatus.PROPOSED, MeasureStatus.DROPPED)]
        if found := next(iter([*same, *open_ones]), None):
            return found
        day = self.review.as_of
        facts = {"case_number": self.case, "subject_code": code, "kind": kind}
        return self.ledger.add(AgreedMeasure(**facts, text=text, required=False, proposed_on=day))

    def _done_on(self, row: Row, held: AgreedMeasure) -> date:
        return first_day(row.value("released_on")) or held.done_on or self.review.as_of

    def corrections(self) -> Iterator[Finding]:
        """Errors found, each with the days it was reported and due diligence was redone."""
        for row in self.review.answers.rows("corrections"):
            person, found_on = cell_text(row.value("person")), first_day(row.value("found_on"))
            subject = find_member(self.ledger.session, self.case, person)
            if subject is None or found_on is None:
                yield make_finding("RS-REG-026", row.cell("person").location, name=person, case=self.case)
                continue
            held = self._correction(row, subject, cell_text(row.value("item"))[:60], found_on)
            reported, redone = first_day(row.value("reported_on")), first_day(row.value("dd_redone_on"))
            if reported and held.reported_on != reported:
                follow_up.report_correction(self.ledger, held.id, reported)
            if redone and held.redone_on != redone:
                try:
                    follow_up.redo_due_diligence(self.ledger, held.id, redone)
                except RegisterError as refused:
                    yield refused.at(row.cell("dd_redone_on").location)

    def _correction(self, row: Row, subject: Subject, item: str, found_on: date) -> Correction:
        known = select(Correction).where(Correction.case_number == self.case, Correction.subject_code == subject.code)
        same = known.where(Correction.item == item, Correction.found_on == found_on)
        held = self.ledger.session.scalars(same).first()
        if held is not None:
            return held
        said = {key: cell_text(row.value(key)) for key in ("before", "after", "cause", "effect")}
        return follow_up.record_correction(self.ledger, self.case, subject.code, item, found_on=found_on, **said)

    def experiences(self) -> None:
        """Near misses and good examples."""
        for row in self.review.answers.rows("lessons"):
            parts = (cell_text(row.value("content")), cell_text(row.value("lesson")))
            text, kind = "\n".join(filter(None, parts)), str(row.value("kind") or "")
            same = select(Experience).where(Experience.case_number == self.case, Experience.kind == kind)
            held = self.ledger.session.scalars(same.where(Experience.text == text)).first()
            anonymous = row.value("anonymized") in ("done", "not_needed")
            shared = row.value("providable") == "yes" or (row.value("providable") == "anonymized" and anonymous)
            if held is not None:
                held.may_be_shared, held.anonymous = shared, anonymous
            elif text and kind:
                on = first_day(row.value("happened_on")) or self.review.as_of
                facts = {"may_be_shared": shared, "anonymous": anonymous}
                follow_up.note_experience(self.ledger, self.case, kind, text, on, **facts)

    def plans(self) -> None:
        """What is due next: checks of measures, answers to the funder, discarding what candidates gave."""
        wanted = set(self._wanted())
        held = self.ledger.session.scalars(
            select(FollowUp).where(FollowUp.case_number == self.case, FollowUp.kind.in_(_PLANS))
        ).all()
        for row in held:
            if row.done_on is None and (row.kind, row.text, row.due) not in wanted:
                follow_up.finish(self.ledger, row.id, self.review.as_of)
        known = {(row.kind, row.text, row.due) for row in held}
        for kind, text, due in sorted(wanted - known):
            follow_up.plan(self.ledger, kind, "research_office", text, due, case=self.case)

    def _wanted(self) -> Iterator[tuple[str, str, date]]:
        answers = self.review.answers
        last = {cell_text(row.value("target")): row for row in sorted(answers.rows("follow_ups"), key=_checked_on)}
        for target, row in last.items():  # a later look at a measure takes the place of the one planned before
            if due := first_day(row.value("next_on")):
                yield "measure_check", f"{target} の実施状況の確認 / check {target}", due
        for row in answers.rows("funder_contacts"):
            due = first_day(row.value("due_on"))
            if due and first_day(row.value("answered_on")) is None:
                yield "funder_contact", cell_text(row.value("content")), due
        for row in answers.rows("recruitment"):
            closed = first_day(row.value("closed_on"))
            if closed and first_day(row.value("discarded_on")) is None and row.value("result") != "open":
                call = cell_text(row.value("call_no"))
                yield "discard", f"公募 {call} の不採用者の情報の廃棄 / discard what candidates of {call} gave", closed


def _checked_on(row: Row) -> date:
    return first_day(row.value("checked_on")) or date.min


_WHOLE = frozenset({"課題全体", "課題", "全員", "全体", "project", "all", "everyone", ""})
"""Targets that mean the project as a whole."""
