"""What people do in a register: judge hits, decide, agree on measures, follow up, correct."""

from __future__ import annotations

from datetime import date

from xlsaddin.register import conflicts, decisions, follow_up, judging, measures
from xlsaddin.register.conflicts import Conflict
from xlsaddin.register.follow_up import CorrectionFacts, Noted
from xlsaddin.register.holding import Holding
from xlsaddin.register.open_hits import OpenHit, open_hits
from xlsaddin.screening.model import Judgement

__all__ = ["Working"]


class Working(Holding):
    """The acts of people. Each is one transaction with an audit line; RegisterError says why one may not be."""

    # --- judgements on hits

    def open_hits(self, subject: str = "") -> list[OpenHit]:
        """Return the hits that wait for a judgement or its approval, of one subject or all, most alike first."""
        with self.looking() as session:
            return open_hits(session, subject)

    def record_judgement(self, subject: str, body: str, judgement: Judgement) -> None:
        """Remember a judgement on (subject, body); raises RegisterError when it lacks something or may not be."""
        with self.acting() as ledger:
            judging.judge_hit(ledger, subject, body, judgement)

    def approve_judgement(self, subject: str, body: str, approver: str) -> None:
        """Record that a second person approves the judgement that stands."""
        with self.acting() as ledger:
            judging.approve(ledger, subject, body, approver)

    def state_interest(self, officer: str, case: str, kind: Conflict | str, on: date, subject: str = "") -> None:
        """Record what an officer states about a case (利害関係 無/有); see `conflicts.Conflict`."""
        with self.acting() as ledger:
            conflicts.state_interest(ledger, officer, case, Conflict(kind), on, subject)

    def conflict_of(self, officer: str, subject: str) -> Conflict | None:
        """Return why an officer may not judge a subject, None when nothing stands against it."""
        with self.looking() as session:
            return conflicts.find_conflict(session, officer, subject)

    # --- decisions that take two persons

    def decide(
        self, subject: str, kind: str, *, outcome: str, reason: str, by: str, on: date, matter: str = "", case: str = ""
    ) -> int:
        """Record a decision (`critical`, `exception`) and return its number; another person approves it."""
        with self.acting() as ledger:
            said = {"outcome": outcome, "reason": reason, "by": by, "matter": matter}
            return decisions.decide(ledger, subject, kind, on=on, case=case or None, **said).id

    def approve_decision(self, decision: int, *, by: str, on: date) -> None:
        """Record that a second person approves a decision."""
        with self.acting() as ledger:
            decisions.approve_decision(ledger, decision, by=by, on=on)

    # --- measures

    def agree_measure(self, measure: int, *, owner: str, due: date, reason: str = "") -> None:
        """Record that a proposed measure is agreed."""
        with self.acting() as ledger:
            measures.agree(ledger, measure, owner=owner, due=due, reason=reason)

    def decline_measure(self, measure: int, *, reason: str) -> None:
        """Record that a proposed measure is not taken, and why."""
        with self.acting() as ledger:
            measures.decline(ledger, measure, reason=reason)

    def complete_measure(self, measure: int, *, on: date, evidence: str) -> None:
        """Record that an agreed measure was carried out."""
        with self.acting() as ledger:
            measures.complete(ledger, measure, on=on, evidence=evidence)

    # --- follow-up, corrections, experience (3-5)

    def plan_follow_up(self, text: str, *, due: date, role: str, case: str = "", subject: str = "") -> int:
        """Plan something to be done by a day, by a role, and return its number."""
        with self.acting() as ledger:
            return follow_up.plan(ledger, "planned", role, text, due, case or None, subject or None).id

    def finish_follow_up(self, number: int, on: date) -> None:
        """Record that something planned was done."""
        with self.acting() as ledger:
            follow_up.finish(ledger, number, on)

    def record_correction(
        self,
        case: str,
        subject: str,
        item: str,
        *,
        before: str,
        after: str,
        found_on: date,
        cause: str = "",
        effect: str = "",
    ) -> int:
        """Record an error found in a declaration and return its number; it is to be reported, DD to be redone."""
        with self.acting() as ledger:
            said = {"before": before, "after": after, "cause": cause, "effect": effect}
            return follow_up.record_correction(ledger, case, subject, item, found_on=found_on, **said).id

    def report_correction(self, correction: int, on: date) -> None:
        """Record that the funder was told of a correction."""
        with self.acting() as ledger:
            follow_up.report_correction(ledger, correction, on)

    def redo_due_diligence(self, correction: int, on: date) -> None:
        """Record that due diligence was done again; raises RegisterError without a declaration reviewed since."""
        with self.acting() as ledger:
            follow_up.redo_due_diligence(ledger, correction, on)

    def correction(self, correction: int) -> CorrectionFacts:
        """Return what the report of a correction to the funder says."""
        with self.acting() as ledger:
            return follow_up.correction_facts(ledger, correction)

    def note_experience(
        self, case: str, kind: str, text: str, on: date, *, may_be_shared: bool = False, anonymous: bool = False
    ) -> int:
        """Note a near miss (`near_miss`) or a good example (`good_example`) and return its number."""
        with self.acting() as ledger:
            told = {"may_be_shared": may_be_shared, "anonymous": anonymous}
            return follow_up.note_experience(ledger, case, kind, text, on, **told).id

    def experiences(self, case: str = "", *, shareable: bool = False) -> list[Noted]:
        """Return near misses and good examples; `shareable`: only what may be provided and names nobody."""
        with self.looking() as session:
            return follow_up.experiences(session, case, shareable=shareable)
