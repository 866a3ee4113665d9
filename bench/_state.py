"""A state folder for a benchmark, with METI's list in it where the real file is at hand."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.reading import AS_OF
from xlsaddin.watchlist.store import ListStore


@contextmanager
def state_folder() -> Iterator[tuple[Path, str]]:
    """Yield a state folder and what list is in it."""
    data = Path(os.environ.get("XLSADDIN_TEST_DATA", Path(__file__).parents[2] / "shared" / "data"))
    published = data / "lists" / "jp_meti_eul" / "20250929_4.xlsx"
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        if published.exists():
            ListStore(home).import_file(published, today=AS_OF)
        os.environ["XLSADDIN_HOME"] = folder
        yield home, "METI's list" if published.exists() else "the fictional sample list"
