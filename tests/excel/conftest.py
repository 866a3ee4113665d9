"""A state folder with METI's list in it, for all tests of this folder that screen."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from xlsaddin.watchlist.store import ListStore

OWN_DEMO = """entry,name,aliases,country,kind,note
1,Wang Wei,Jack Wang,CN,person,on the US Entity List 80 FR 69856
2,Huawei Technologies Japan K.K.,,JP,organization,US Entity List 84 FR 22963
3,Thousand Talents Plan,,CN,program,DoD 1286 FY24 table 2
"""


@pytest.fixture(scope="session")
def stocked_home(tmp_path_factory: pytest.TempPathFactory, test_data: Path) -> Path:
    """A state folder into which METI's list and an own list were taken."""
    folder = tmp_path_factory.mktemp("home")
    store = ListStore(folder)
    store.import_file(test_data / "lists" / "jp_meti_eul" / "20250929_4.xlsx", today=date.today())
    own = folder / "own_demo.csv"
    own.write_text(OWN_DEMO, encoding="utf-8")
    store.import_file(own, "own_demo", "見本の自機関リスト", today=date.today())
    return folder


@pytest.fixture
def stocked(stocked_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The stocked folder as the state folder of a test; settings written by the test go."""
    monkeypatch.setenv("XLSADDIN_HOME", str(stocked_home))
    yield stocked_home
    for path in [stocked_home / "addin.json", *stocked_home.glob("register.sqlite*")]:
        path.unlink(missing_ok=True)
    for folder in ("private", "trusted"):  # keys for seals; the one that marks office editions stays
        shutil.rmtree(stocked_home / "keys" / folder, ignore_errors=True)
