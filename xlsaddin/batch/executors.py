"""What a batch runs on: this process, a pool of processes, or a cluster that is there already."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import TYPE_CHECKING

from xlsaddin.batch.journal import basis_of
from xlsaddin.batch.model import Plan
from xlsaddin.batch.pool import WorkerPool
from xlsaddin.errors import XlsAddinError

if TYPE_CHECKING:
    from distributed import Client

__all__ = ["open_executor"]

_DASK = "dask:"
_SECONDS_TO_CONNECT = 10


@contextmanager
def open_executor(name: str | None, plan: Plan, *, jobs: int, timeout: float) -> Iterator[tuple[Executor | None, int]]:
    """Yield an executor, None for this process, and how many tasks it works on at once.

    Args:
        name: `dask:` and the address of a scheduler; None for a pool of processes here.
        plan: of the batch; a cluster must rest on the same engine, lists and definitions.
        jobs, timeout: of the pool: processes, 0 for none; seconds one file may take.

    Raises:
        XlsAddinError: an unknown name, the extra that is not installed, a cluster that does not answer or rests on
            something else.
    """
    if name is None and not jobs:
        yield None, 1
    elif name is None:
        with WorkerPool(jobs, timeout) as pool:
            yield pool, jobs
    elif name.startswith(_DASK) and name != _DASK:
        with _cluster(name.removeprefix(_DASK)) as client:
            workers = _check_workers(client, plan.anywhere())
            yield client.get_executor(pure=False), workers
    else:
        raise XlsAddinError("RS-BATCH-006", name=name)


@contextmanager
def _cluster(address: str) -> Iterator[Client]:
    try:
        from distributed import Client
    except ImportError:
        raise XlsAddinError("RS-BATCH-007") from None
    client, reason = None, ""
    try:
        client = Client(address, timeout=_SECONDS_TO_CONNECT)
    except (OSError, ValueError) as problem:
        reason = str(problem)
    if client is None:
        # What is left of a client that did not connect closes itself when it is collected, which may wait for ever if
        # that happens while another one starts: so it is collected here.
        gc.collect()
        raise XlsAddinError("RS-BATCH-008", address=address, reason=reason)
    with client:
        yield client


def _check_workers(client: Client, plan: Plan) -> int:
    """Return how many threads the workers have, once each rests on what this installation rests on."""
    threads = client.nthreads()
    if not threads:
        raise XlsAddinError("RS-BATCH-009", address=client.scheduler_info()["address"])
    try:
        found = client.run(basis_of, plan)
    except Exception as problem:  # whatever a worker lacks (the package, the folder), it cannot check
        raise XlsAddinError("RS-BATCH-010", worker="", reason=type(problem).__name__) from None
    own = basis_of(plan)
    for worker, basis in found.items():
        if basis != own:
            differing = ", ".join(key for key in own if basis.get(key) != own[key])
            raise XlsAddinError("RS-BATCH-010", worker=worker, reason=differing)
    return sum(threads.values())
