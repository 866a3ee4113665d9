"""Reviewing plain declarations against the few listed bodies of `listed`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tests.assessment.listed import AS_OF, FewListed
from tests.scenarios.people import Given
from xlsaddin.checklist.loading import load_checklist
from xlsaddin.checklist.raw import raw_answers
from xlsaddin.checklist.values import read_answers
from xlsaddin.parameters import Parameters
from xlsaddin.review import review_answers
from xlsaddin.review_model import Judgements, Review
from xlsaddin.screening.model import Disposition, Judgement

RESEARCHER = load_checklist("researcher")
NOW = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)


def review(answers: Given, screener: FewListed | None = None, **known: Any) -> Review:
    return review_answers(
        read_answers(RESEARCHER, raw_answers(RESEARCHER, answers)),
        checklist=RESEARCHER,
        profile="default",
        parameters=Parameters(AS_OF),
        screener=screener or FewListed(),
        reviewed_at=NOW,
        **known,
    )


def complete(disposition: Disposition, **changed: Any) -> Judgement:
    parts: dict[str, Any] = {"reason": "確認", "reviewer": "輸出 花子", "judged_on": AS_OF, "approver": "管理 次郎"}
    return Judgement(disposition, **(parts | changed))


def about(body: str, judgement: Judgement) -> Judgements:
    return Judgements(remembered={f"own_test:{body.casefold()}": judgement})
