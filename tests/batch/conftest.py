"""Filled workbooks for batches, and the command line in a process of its own."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest

from xlsaddin.batch.demonstration import fill_workbooks
from xlsaddin.watchlist.store import ListStore

DAY = date(2026, 9, 1)
CHECK = (sys.executable, "-m", "xlsaddin", "check", "--as-of", DAY.isoformat(), "--json")
Started = subprocess.Popen[bytes]


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five filled workbooks; never changed."""
    folder = tmp_path_factory.mktemp("filled")
    fill_workbooks(ListStore(folder / "home"), DAY, folder / "received")
    return folder / "received"


@pytest.fixture
def received(filled: Path, tmp_path: Path) -> Path:
    """The five in a folder of the test's own."""
    folder = tmp_path / "received"
    folder.mkdir()
    for path in filled.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


@pytest.fixture
def many(filled: Path, tmp_path: Path) -> Callable[[int], Path]:
    """Return a folder of any number of copies of them."""

    def write(count: int) -> Path:
        folder, originals = tmp_path / "many", sorted(filled.iterdir())
        folder.mkdir()
        for number in range(count):
            (folder / f"{number:03}.xlsx").write_bytes(originals[number % len(originals)].read_bytes())
        return folder

    return write


@pytest.fixture(autouse=True)
def own_home(home: Path) -> Path:
    """Every test here has a state folder of its own; processes it starts inherit it."""
    return home


def start_check(*arguments: object, cwd: Path | None = None, before: Sequence[str] = ()) -> Started:
    """Start the command line in a process group of its own; `before` is a command that runs it."""
    command = [*before, *CHECK, *map(str, arguments)]
    pipe = subprocess.PIPE
    return subprocess.Popen(
        command, cwd=cwd, stdout=pipe, stderr=pipe, start_new_session=True, preexec_fn=_as_from_a_terminal
    )


def _as_from_a_terminal() -> None:
    """Let Ctrl-C through, which a shell in the background would have its programs ignore."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
