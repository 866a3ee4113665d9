"""Several writers, and writers that are killed: nothing is lost, nothing is counted twice, the chain stays whole."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from pathlib import Path

from sqlalchemy import func, select

from tests.register.conftest import Desk, beside, judged, received
from tests.scenarios.people import Given, listed_body, nobody
from xlsaddin.register.register import Register
from xlsaddin.register.tables import Remembered, Result, SeenHit, Subject, Submission
from xlsaddin.watchlist.store import ListStore

_FORK = multiprocessing.get_context("spawn")
PEOPLE = 8


def person(number: int) -> Given:
    bodies = [listed_body("2025.4-2025.9", "Examplia Institute of Rocketry")] if number % 2 else "該当なし"
    return nobody(email=f"p{number}@midori.example", listed_affiliations=bodies, cases=[{"case_number": "C-01"}])


def _batch(url: str, home: str) -> None:
    """One batch: every person, as a process of its own would record them."""
    os.environ["XLSADDIN_HOME"] = home
    desk = Desk(ListStore(Path(home)), Path(home))
    with Register.open(url, actor="batch") as register:
        for number in range(PEOPLE):
            review = desk.review(person(number), register=register, subject=f"P-{number:02d}")
            register.record_review(review, received(person(number), subject=f"P-{number:02d}"))


def run(url: str, home: Path, batches: int) -> None:
    workers = [_FORK.Process(target=_batch, args=(url, str(home))) for _ in range(batches)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(180)
    assert [worker.exitcode for worker in workers] == [0] * batches


def counts(register: Register) -> tuple[int, ...]:
    with register.looking() as session:
        return tuple(
            session.scalar(select(func.count()).select_from(table)) or 0 for table in (Subject, Submission, Result)
        )


def test_two_batches_at_once_on_one_register(register: Register, url: str, desk: Desk) -> None:
    run(url, desk.home, 2)
    assert counts(register) == (PEOPLE, PEOPLE, PEOPLE)
    with register.looking() as session:
        assert session.scalar(select(func.count()).select_from(SeenHit)) == PEOPLE // 2
        assert session.scalar(select(func.count()).select_from(Result).where(Result.newest)) == PEOPLE
    assert register.verify().whole


def test_a_batch_killed_at_any_moment_leaves_a_whole_register(local: Register, tmp_path: Path, desk: Desk) -> None:
    url = f"sqlite:///{tmp_path / 'local.sqlite'}"
    for moment in (0, 1, 3, 9):
        worker = _FORK.Process(target=_batch, args=(url, str(desk.home)))
        worker.start()
        lines = local.verify().entries
        deadline = time.monotonic() + 60
        while local.verify().entries < lines + moment and worker.is_alive() and time.monotonic() < deadline:
            time.sleep(0.002)
        if worker.is_alive() and worker.pid:
            os.kill(worker.pid, signal.SIGKILL)
        worker.join(60)
        assert local.verify().whole
        subjects, submissions, results = counts(local)
        assert subjects == submissions == results
    run(url, desk.home, 1)
    assert counts(local) == (PEOPLE, PEOPLE, PEOPLE)
    assert local.verify().whole


def _judge(url: str, home: str, reason: str) -> None:
    os.environ["XLSADDIN_HOME"] = home
    with Register.open(url, actor=reason) as register:
        (body,) = {hit.body for hit in _hits(register)}
        register.record_judgement("P-01", body, judged(reason=reason))


def _hits(register: Register) -> list[SeenHit]:
    with register.looking() as session:
        return list(session.scalars(select(SeenHit).where(SeenHit.subject_code == "P-01")))


def test_of_two_judgements_at_once_both_are_kept_and_one_stands(register: Register, url: str, desk: Desk) -> None:
    review = desk.review(person(1))
    register.record_review(review, received(person(1), subject="P-01"))
    assert beside(review, judged())
    workers = [_FORK.Process(target=_judge, args=(url, str(desk.home), reason)) for reason in ("一つ目", "二つ目")]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    with register.looking() as session:
        rows = session.scalars(select(Remembered).order_by(Remembered.id)).all()
    assert sorted(row.reason or "" for row in rows) == ["一つ目", "二つ目"]
    assert [row.superseded_at is None for row in rows] == [False, True]
    assert register.verify().whole
