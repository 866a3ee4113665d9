"""A process pool that survives its workers: a task that crashes or hangs fails alone, and the pool goes on.

The standard pool stops as a whole when one worker dies and cannot end a task that hangs.  This one is an ordinary
`concurrent.futures.Executor`, so that any other executor can take its place.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import queue
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

__all__ = ["TaskCrashedError", "TaskTimedOutError", "WorkerPool"]

T = TypeVar("T")
_Job = tuple[Future[Any], Callable[..., Any], tuple[Any, ...], dict[str, Any]]


class TaskCrashedError(RuntimeError):
    """The worker died during the task (killed, out of memory, crash in a library)."""


class TaskTimedOutError(RuntimeError):
    """The task took longer than the pool allows; its worker was ended.

    Attributes:
        seconds: allowed.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__(f"no answer within {seconds:g} seconds")
        self.seconds = seconds


class WorkerPool(Executor):
    """Processes that take one task at a time, each watched by a thread.

    Args:
        workers: how many processes.
        timeout: seconds one task may take, None for no limit.
    """

    def __init__(self, workers: int, timeout: float | None = None) -> None:
        self._timeout = timeout
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._workers: set[_Worker] = set()
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

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        """Finish what was asked for; after an error or an interruption end at once, whatever is running."""
        if kind:
            self._closed = True
            for worker in tuple(self._workers):
                worker.interrupt()
        self.shutdown(cancel_futures=kind is not None)

    def _serve(self) -> None:
        worker: _Worker | None = None
        while job := self._jobs.get():
            future, fn, args, kwargs = job
            if not future.set_running_or_notify_cancel():
                continue
            worker = worker or self._start()
            try:
                future.set_result(worker.call(fn, args, kwargs, self._timeout))
            except (TaskCrashedError, TaskTimedOutError) as failure:
                self._workers.discard(worker)
                worker = None
                future.set_exception(failure)
            except Exception as failure:
                future.set_exception(failure)
        if worker:
            worker.end()

    def _start(self) -> _Worker:
        worker = _Worker()
        self._workers.add(worker)
        return worker


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
                self.kill()
                raise TaskTimedOutError(timeout or 0)
            good, result = self._pipe.recv()
        except (EOFError, OSError):
            self.kill()
            raise TaskCrashedError(f"the worker ended with code {self._process.exitcode}") from None
        if good:
            return result
        raise result

    def end(self) -> None:
        self._pipe.close()
        self._process.join(10)
        self.kill()

    def interrupt(self) -> None:
        """End the process whatever it does; the call that waits for it fails."""
        self._process.kill()

    def kill(self) -> None:
        """End the process and close the pipe."""
        self._process.kill()
        self._process.join()
        self._pipe.close()


def _work(pipe: Connection) -> None:
    """Answer calls until the pipe closes; an interruption from the keyboard is for the process that asked."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    settled = False
    while True:
        try:
            fn, args, kwargs = pipe.recv()
        except EOFError:
            return
        try:
            answer = (True, fn(*args, **kwargs))
        except Exception as failure:
            answer = (False, failure)
        pipe.send(answer)
        if not settled:  # lists and rules are there now and stay: no collection need look at them again
            gc.collect()
            gc.freeze()
            settled = True


def _end_with_parent() -> None:
    """End this process when the one that asked is gone, whatever it is doing: nobody would take its answer."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
