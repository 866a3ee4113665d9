"""Registers on both databases, a small list of one's own, and reviews of plain answers."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from tests.register.postgres import running_server
from tests.scenarios.people import Given
from xlsaddin.checklist.loading import load_checklist
from xlsaddin.checklist.profiles import load_profile
from xlsaddin.checklist.raw import raw_answers
from xlsaddin.checklist.values import read_answers
from xlsaddin.parameters import Parameters
from xlsaddin.register.recording import Received, Recorded
from xlsaddin.register.register import Register
from xlsaddin.review import review_answers
from xlsaddin.review_model import Inquiry, Judgements, Review
from xlsaddin.screening.engine import screener_for
from xlsaddin.screening.model import Disposition, Judgement
from xlsaddin.watchlist.store import ListStore

AS_OF = date(2026, 9, 1)
LIST = "own_watch"
PROFILE = f"""
title_ja = "試験用"
title_en = "For tests"
lists = ["{LIST}"]
"""
FIRST = """entry,name,aliases,country,kind,note
1,Examplia Institute of Rocketry,EIR,DE,organization,first
2,Northern Sample Optics Laboratory,,FR,organization,first
"""
SECOND = """entry,name,aliases,country,kind,note
1,Examplia Institute of Rocketry,EIR | Examplia Rocket Academy,DE,organization,renamed
2,Northern Sample Optics Laboratory,,FR,organization,first
3,Western Imaginary Polytechnic,,IT,organization,new
"""


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    with running_server() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a new, empty register, on each database in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'register' / 'register.sqlite'}"
    address = request.getfixturevalue("server")
    name = f"r{uuid.uuid4().hex[:12]}"
    engine = create_engine(f"{address}postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"create database {name}"))
    engine.dispose()
    return f"{address}{name}"


@pytest.fixture
def register(url: str) -> Iterator[Register]:
    with Register.open(url, actor="office") as opened:
        yield opened


@pytest.fixture
def local(tmp_path: Path) -> Iterator[Register]:
    """A register on SQLite, where the database makes no difference."""
    with Register.open(f"sqlite:///{tmp_path / 'local.sqlite'}", actor="office") as opened:
        yield opened


@dataclass
class Desk:
    """An office at work: reviews declarations against its list and records them."""

    store: ListStore
    home: Path

    def import_list(self, content: str, day: date) -> None:
        path = self.home / f"{LIST}-{day}.csv"
        path.write_text(content, encoding="utf-8")
        self.store.import_file(path, list_id=LIST, title="試験用リスト", today=day, edition=day)

    def review(
        self,
        given: Given,
        *,
        checklist: str = "researcher",
        as_of: date = AS_OF,
        register: Register | None = None,
        subject: str = "",
        placed: dict[tuple[str, str, str], Judgement] | None = None,
        inquiries: dict[Any, Inquiry] | None = None,
    ) -> Review:
        profile = load_profile("desk")
        parameters = Parameters(as_of, profile.parameters)
        form = load_checklist(checklist, profile)
        answers = read_answers(form, raw_answers(form, given, "desk"))
        judgements = Judgements(placed or {})
        if register is not None:
            judgements, _ = register.judgements(form, answers, subject, placed)
        return review_answers(
            answers,
            checklist=form,
            profile="desk",
            parameters=parameters,
            screener=screener_for(self.store, (LIST,), as_of, parameters),
            reviewed_at=datetime(as_of.year, as_of.month, as_of.day, 9, tzinfo=UTC),
            judgements=judgements,
            inquiries=inquiries,
        )

    def submit(self, register: Register, given: Given, **how: Any) -> Recorded:
        """Review a declaration and record it, as a batch does."""
        about = {key: how.pop(key) for key in ("subject", "case", "department", "reviewed_copy") if key in how}
        review = self.review(given, register=register, subject=about.get("subject", ""), **how)
        return register.record_review(review, received(given, as_of=review.as_of, **about))


def received(given: Given, *, as_of: date = AS_OF, **about: str) -> Received:
    content = json.dumps(given, sort_keys=True, default=str).encode()
    at = datetime(as_of.year, as_of.month, as_of.day, 8, tzinfo=UTC)
    return Received("申告書.xlsx", hashlib.sha256(content).hexdigest(), at, **about)


@pytest.fixture
def desk(home: Path) -> Desk:
    (home / "profiles").mkdir(parents=True)
    (home / "profiles" / "desk.toml").write_text(PROFILE, encoding="utf-8")
    found = Desk(ListStore(home), home)
    found.import_list(FIRST, date(2026, 8, 1))
    return found


Judging = Callable[..., Judgement]


def judged(disposition: Disposition = Disposition.TRUE_MATCH, **parts: Any) -> Judgement:
    said = {
        "reason": "在籍証明で確認",
        "reviewer": "輸出 花子",
        "judged_on": date(2026, 9, 2),
        "approver": "管理 次郎",
    }
    return Judgement(disposition=disposition, **said | parts)


def beside(review: Review, judgement: Judgement) -> dict[tuple[str, str, str], Judgement]:
    """The same judgement typed beside every hit of a review."""
    return {(placed.row_id, placed.column, placed.body): judgement for placed in review.hits}
