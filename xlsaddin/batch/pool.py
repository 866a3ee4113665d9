"""A process pool that survives its workers: a task that crashes or hangs fails alone, and the pool goes on.

The standard pool stops as a whole when one worker dies and cannot end a task that hangs.  This one is an ordinary
`concurrent.futures.Executor`, so that any other executor can take its place.
"""

from __future__ import annotations

import multiprocessing
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from multiprocessing.connection import Connection
from typing import Any, TypeVar

__all__ = ["TaskCrashedError", "TaskTimedOutError", "WorkerPool"]

T = TypeVar("T")
_Job = tuple[Future[Any], Callable[..., Any], tuple[Any, ...], dict[str, Any]]


class TaskCrashedError(RuntimeError):
    """The worker died during the task (killed, out of memory, crash in a library)."""


class TaskTimedOutError(RuntimeError):
    """The task took longer than the pool allows; its worker was ended."""


class WorkerPool(Executor):
    """Processes that take one task at a time, each watched by a thread.

    Args:
        workers: how many processes.
        timeout: seconds one task may take, None for no limit.
    """

    def __init__(self, workers: int, timeout: float | None = None) -> None:
        self._timeout = timeout
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._threads = [threading.Thread(target=self._serve, daemon=True) for _ in range(workers)]
        self._closed = False
        for thread in self._threads:
            thread.start()

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Queue a call; function, arguments and result must be picklable."""
        if self._closed:
            raise RuntimeError("the pool is shut down")
        future: Future[T] = Future()
        self._jobs.put((future, fn, args, kwargs))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the workers once the queue is empty; with `cancel_futures`, without starting what waits."""
        self._closed = True
        while cancel_futures and not self._jobs.empty():
            if job := self._jobs.get():
                job[0].cancel()
        for _ in self._threads:
            self._jobs.put(None)
        if wait:
            for thread in self._threads:
                thread.join()

    def _serve(self) -> None:
        worker: _Worker | None = None
        while job := self._jobs.get():
            future, fn, args, kwargs = job
            if not future.set_running_or_notify_cancel():
                continue
            worker = worker or _Worker()
            try:
                future.set_result(worker.call(fn, args, kwargs, self._timeout))
            except (TaskCrashedError, TaskTimedOutError) as failure:
                worker = None
                future.set_exception(failure)
            except Exception as failure:
                future.set_exception(failure)
        if worker:
            worker.end()


class _Worker:
    """One process and the pipe to it."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")  # the same on every system, and no locks inherited
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()

    def call(self, fn: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any], timeout: float | None) -> Any:
        try:
            self._pipe.send((fn, args, kwargs))
            if not self._pipe.poll(timeout):
                self._kill()
                raise TaskTimedOutError(f"no answer within {timeout:g} seconds")
            good, result = self._pipe.recv()
        except (EOFError, OSError):
            self._kill()
            raise TaskCrashedError(f"the worker ended with code {self._process.exitcode}") from None
        if good:
            return result
        raise result

    def end(self) -> None:
        self._pipe.close()
        self._process.join(10)
        self._kill()

    def _kill(self) -> None:
        self._process.kill()
        self._process.join()
        self._pipe.close()


def _work(pipe: Connection) -> None:
    """Answer calls until the pipe closes."""
    while True:
        try:
            fn, args, kwargs = pipe.recv()
        except (EOFError, KeyboardInterrupt):
            return
        try:
            answer = (True, fn(*args, **kwargs))
        except Exception as failure:
            answer = (False, failure)
        pipe.send(answer)
