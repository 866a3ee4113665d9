"""A name is screened once a batch, whatever became of who was at it; nothing readable of it is left behind."""

from __future__ import annotations

import multiprocessing
import os
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.batch.conftest import DAY
from xlsaddin.batch import sharing
from xlsaddin.batch.gathering import gather_tasks
from xlsaddin.batch.pool import WorkerPool
from xlsaddin.batch.running import Plan, run_batch
from xlsaddin.batch.sharing import SharedAnswers, SharingScreener, sharing_answers
from xlsaddin.screening.engine import ListScreener
from xlsaddin.screening.model import Query, QueryResult, Screening
from xlsaddin.watchlist.model import ListUse

USE = ListUse("own_watch", "試験用", "for tests", "2026-08-01", 2, "a" * 64)


class Counting(Executor):
    """Passes calls on to a pool; each name its processes screen is one line in a file."""

    def __init__(self, pool: Executor, seen: Path) -> None:
        self._pool, self._seen = pool, seen

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        return self._pool.submit(count_names, self._seen, fn, *args, **kwargs)


def count_names(seen: Path, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    real = ListScreener.screen_many

    def screen_many(self: ListScreener, queries: Sequence[Query], cutoff: float | None = None) -> Screening:
        with seen.open("a", encoding="utf-8") as stream:
            stream.writelines(f"{os.getpid()} {replace(query, id='')!r}\n" for query in queries)
        return real(self, queries, cutoff)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ListScreener, "screen_many", screen_many)
        return fn(*args, **kwargs)


def test_two_workers_screen_each_name_once_and_find_the_same(many: Callable[[int], Path], tmp_path: Path) -> None:
    """Thirty files of five declarations: each name comes up six times, often with both workers at once."""
    tasks, seen = gather_tasks([many(30)]), tmp_path / "seen"
    with WorkerPool(2) as pool:
        shared = list(run_batch(Plan(DAY), tasks, executor=Counting(pool, seen), workers=2, write=False))
    asked = [line.split(" ", 1) for line in seen.read_text(encoding="utf-8").splitlines()]
    assert len({process for process, _ in asked}) == 2
    assert len(asked) > 20
    assert set(Counter(query for _, query in asked).values()) == {1}
    assert shared == list(run_batch(Plan(DAY), tasks, write=False))
    assert sum(len(result["hits"]) for result in shared) > 0


class Screener:
    """Notes what it is asked; conclusive unless told otherwise."""

    def __init__(self, use: ListUse = USE) -> None:
        self.asked: list[str] = []
        self.use = use

    def screen_many(self, queries: Sequence[Query]) -> Screening:
        self.asked += [query.name for query in queries]
        return Screening(DAY, (self.use,), tuple(QueryResult(query, ()) for query in queries))


@pytest.fixture
def shared() -> Iterator[SharedAnswers]:
    with sharing_answers() as place:
        assert place
        yield place


QUERIES = [Query("Midori University"), Query("Examplia Institute"), Query("Midori University", "2")]


def test_what_one_has_screened_the_other_has_and_its_own_ids_with_it(shared: SharedAnswers) -> None:
    one, other = Screener(), Screener()
    SharingScreener(one, shared, {}).screen_many(QUERIES)
    found = SharingScreener(other, shared, {}).screen_many(QUERIES)
    assert (one.asked, other.asked) == (["Midori University", "Examplia Institute"], [])
    assert [result.query for result in found.results] == QUERIES


def test_other_lists_and_other_settings_are_another_question(shared: SharedAnswers) -> None:
    SharingScreener(Screener(), shared, {}).screen_many(QUERIES)
    for screener, settings in ((Screener(replace(USE, sha256="b" * 64)), {}), (Screener(), {"cutoff": 60})):
        SharingScreener(screener, shared, settings).screen_many(QUERIES)
        assert len(screener.asked) == 2


def test_an_answer_that_is_not_conclusive_is_never_kept(shared: SharedAnswers) -> None:
    failed = replace(USE, failure_ja="読めません。", failure_en="It cannot be read.")
    for screener in (Screener(failed), Screener(failed)):
        SharingScreener(screener, shared, {}).screen_many(QUERIES)
        assert len(screener.asked) == 2


def test_a_name_whose_worker_died_is_taken_over(shared: SharedAnswers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "_OLD_CLAIM", 0.2)

    class Dying(Screener):
        def screen_many(self, queries: Sequence[Query]) -> Screening:
            if queries:
                raise KeyboardInterrupt
            return super().screen_many(queries)

    with pytest.raises(KeyboardInterrupt):
        SharingScreener(Dying(), shared, {}).screen_many(QUERIES)
    other = Screener()
    SharingScreener(other, shared, {}).screen_many(QUERIES)
    assert other.asked == ["Midori University", "Examplia Institute"]


def test_two_that_want_the_same_names_in_another_order_do_not_wait_for_each_other(shared: SharedAnswers) -> None:
    class Slow(Screener):
        def screen_many(self, queries: Sequence[Query]) -> Screening:
            time.sleep(0.01 * len(queries))
            return super().screen_many(queries)

    screeners = [Slow(), Slow()]
    names = [Query(f"Name {number}") for number in range(40)]

    def ask(number: int) -> None:
        sharing_one = SharingScreener(screeners[number], shared, {})
        for start in range(0, 40, 4):
            sharing_one.screen_many((names if number else names[::-1])[start : start + 8])

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(ask, range(2)))
    asked = screeners[0].asked + screeners[1].asked
    assert len(asked) == len(set(asked)) == 40


@pytest.mark.parametrize("harm", ["gone", "damaged", "elsewhere", "at once"])
def test_without_the_file_each_is_on_its_own(shared: SharedAnswers, harm: str) -> None:
    if harm == "elsewhere":
        shared = replace(shared, machine="another machine")
    if harm == "at once":
        shared = replace(shared, path=shared.path.with_name("no such file"))
    screener = Screener()
    sharing_one = SharingScreener(screener, shared, {})
    if harm == "gone":
        shared.path.unlink()
    if harm == "damaged":
        shared.path.write_bytes(b"this is no database" * 3000)
    for _ in range(2):
        assert len(sharing_one.screen_many(QUERIES).results) == 3
    assert {"Midori University", "Examplia Institute"} == set(screener.asked)


def test_nothing_readable_is_on_disk_and_nothing_at_all_when_it_ends() -> None:
    with sharing_answers() as place:
        assert place
        SharingScreener(Screener(), place, {}).screen_many(QUERIES)
        content = b"".join(path.read_bytes() for path in place.path.parent.iterdir())
        assert content
        assert b"Midori" not in content
    assert not place.path.parent.exists()


def leave_behind(pipe: Any) -> None:
    with sharing_answers() as place:
        pipe.send(place)
        os.kill(os.getpid(), signal.SIGKILL)


def test_what_a_killed_batch_left_the_next_one_removes_and_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    process = context.Process(target=leave_behind, args=(theirs,))
    process.start()
    left: SharedAnswers = ours.recv()
    process.join()
    assert left.path.exists()
    with sharing_answers() as running, sharing_answers():
        assert running
        assert running.path.exists()
        assert not left.path.exists()
