"""A batch on a Dask cluster of real processes comes out as on a pool of processes, or is refused with one sentence."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from distributed import Client, LocalCluster

from tests.batch.conftest import DAY, start_check
from xlsaddin import __version__
from xlsaddin.batch.executors import open_executor
from xlsaddin.batch.model import Plan
from xlsaddin.errors import XlsAddinError


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCluster]:
    """Two workers that run in another folder and know nothing of the settings here."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    with (
        pytest.MonkeyPatch.context() as patch,
        LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            processes=True,
            dashboard_address=":0",
            local_directory=elsewhere,
            silence_logs=False,
        ) as started,
    ):
        patch.chdir(elsewhere)
        yield started


def refusal(name: str) -> str:
    with pytest.raises(XlsAddinError) as said, open_executor(name, Plan(DAY), jobs=1, timeout=9):
        pass
    return said.value.code


def test_a_cluster_gives_what_a_pool_gives_byte_for_byte(received: Path, tmp_path: Path, cluster: LocalCluster) -> None:
    (received / "broken.xlsx").write_bytes(b"PK")
    printed = []
    for place, how in (("pool", ("--jobs", 2)), ("dask", ("--executor", f"dask:{cluster.scheduler_address}"))):
        shutil.copytree(received, tmp_path / place / "in")
        output, errors = start_check("in", "--out", "out", *how, cwd=tmp_path / place).communicate()
        printed.append((output, errors))
        assert len(list((tmp_path / place / "out").glob("*.reviewed.xlsx"))) == 5
    assert len(printed[0][0]) > 10_000
    assert printed[0] == printed[1]


def test_what_is_no_cluster_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert refusal("ray:auto") == refusal("dask:") == "RS-BATCH-006"
    assert refusal("dask:tcp://127.0.0.1:x") == "RS-BATCH-008"
    monkeypatch.setattr("xlsaddin.batch.executors._SECONDS_TO_CONNECT", 1)
    assert refusal("dask:tcp://127.0.0.1:9") == "RS-BATCH-008"
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert refusal("dask:tcp://127.0.0.1:9") == "RS-BATCH-007"


def test_a_cluster_without_workers_is_refused() -> None:
    with LocalCluster(n_workers=0, dashboard_address=":0") as empty:
        assert refusal(f"dask:{empty.scheduler_address}") == "RS-BATCH-009"


def test_a_worker_with_another_engine_is_refused(cluster: LocalCluster) -> None:
    with Client(cluster) as client:
        try:
            client.run(_pretend_version, "0.0.1")
            assert refusal(f"dask:{cluster.scheduler_address}") == "RS-BATCH-010"
        finally:
            client.run(_pretend_version, __version__)


def _pretend_version(version: str) -> None:
    import xlsaddin.batch.journal

    vars(xlsaddin.batch.journal)["__version__"] = version
