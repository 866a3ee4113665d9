"""A task that crashes or hangs fails alone; the others are done."""

from __future__ import annotations

import os
import signal
import time
from concurrent.futures import wait

import pytest

from xlsaddin.batch.pool import TaskCrashedError, TaskTimedOutError, WorkerPool


def square(number: int) -> int:
    return number * number


def crash(_: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


def hang(_: int) -> int:
    time.sleep(600)
    return 0


def fail(number: int) -> int:
    raise ValueError(f"no {number}")


def test_results_come_in_the_order_asked() -> None:
    with WorkerPool(2) as pool:
        assert list(pool.map(square, range(20))) == [number * number for number in range(20)]


def test_crash_hang_and_error_take_nobody_with_them() -> None:
    with WorkerPool(2, timeout=15) as pool:
        calls = [square, crash, square, hang, square, fail, square]
        futures = [pool.submit(call, number) for number, call in enumerate(calls)]
        wait(futures)
    failures = [type(future.exception()) for future in futures]
    assert failures == [type(None), TaskCrashedError, type(None), TaskTimedOutError, type(None), ValueError, type(None)]
    assert [future.result() for future in futures[::2]] == [0, 4, 16, 36]


def test_what_has_not_begun_can_be_cancelled() -> None:
    pool = WorkerPool(1)
    futures = [pool.submit(time.sleep, 0.05) for _ in range(50)]
    futures[0].result()
    pool.shutdown(cancel_futures=True)
    assert any(future.cancelled() for future in futures)
    with pytest.raises(RuntimeError):
        pool.submit(square, 1)
