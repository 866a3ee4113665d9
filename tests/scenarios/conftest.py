"""Everything the scenarios share: the real METI and MOF lists and the demonstration list, loaded once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.scenarios.people import OWN_DEMO, Given
from xlsaddin.checklist.loading import load_checklist
from xlsaddin.checklist.profiles import load_profile
from xlsaddin.checklist.raw import raw_answers
from xlsaddin.checklist.values import read_answers
from xlsaddin.findings import Location
from xlsaddin.parameters import Parameters
from xlsaddin.review import review_answers
from xlsaddin.review_model import Inquiry, Judgements, Review
from xlsaddin.screening.engine import open_screener
from xlsaddin.screening.model import Disposition, Judgement, Screener
from xlsaddin.watchlist.store import ListStore

AS_OF = date(2026, 9, 1)
LISTS = ("jp_meti_eul", "jp_mof", "own_demo")

Reviewing = Callable[..., Review]


@pytest.fixture(scope="session")
def screener(test_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Screener:
    """Screens against METI's, MOF's and the demonstration list as of 2026-09-01."""
    home = tmp_path_factory.mktemp("lists")
    store = ListStore(home)
    imported = date(2026, 8, 25)
    store.import_file(test_data / "lists" / "jp_meti_eul" / "20250929_4.xlsx", today=imported)
    store.import_file(test_data / "lists" / "jp_mof" / "shisantouketsu20260305.xlsx", today=imported)
    own = home / "own_demo.csv"
    own.write_text(OWN_DEMO, encoding="utf-8")
    store.import_file(own, list_id="own_demo", title="デモ用の自機関リスト", today=imported)
    editions = [store.edition(key, AS_OF) for key in LISTS]
    return open_screener(editions, [store.use(key, AS_OF) for key in LISTS], AS_OF, Parameters(AS_OF))


@pytest.fixture
def review(screener: Screener) -> Reviewing:
    """Reviews plain answers: `review("researcher", given, as_of=..., profile=..., judgements=...)`."""

    def reviewing(
        checklist_key: str,
        given: Given,
        *,
        as_of: date = AS_OF,
        profile: str = "default",
        using: Screener | None = None,
        judgements: Judgements | None = None,
        inquiries: Mapping[Location, Inquiry] | None = None,
    ) -> Review:
        chosen = load_profile(profile)
        checklist = load_checklist(checklist_key, chosen)
        return review_answers(
            read_answers(checklist, raw_answers(checklist, given, profile)),
            checklist=checklist,
            profile=profile,
            parameters=Parameters(as_of, chosen.parameters),
            screener=using or screener,
            reviewed_at=datetime(2026, 9, 1, 9, 0, tzinfo=UTC),
            judgements=judgements,
            inquiries=inquiries,
        )

    return reviewing


def judgement(disposition: Disposition = Disposition.TRUE_MATCH, **written: Any) -> Judgement:
    """A complete judgement, approved by a second person; parts may be left out or changed."""
    parts: dict[str, Any] = {
        "reason": "学籍番号と在籍証明を確認",
        "reviewer": "輸出 花子",
        "judged_on": date(2026, 8, 28),
        "approver": "管理 次郎",
    }
    return Judgement(disposition=disposition, **(parts | written))


def judging(reviewed: Review, given: Judgement) -> Judgements:
    """The same judgement beside every body a review has hits on."""
    return Judgements(remembered={placed.body: given for placed in reviewed.hits})


def outcome(reviewed: Review) -> tuple[str, str]:
    """Level and state in words."""
    return reviewed.assessment.level.key, reviewed.assessment.state.value
