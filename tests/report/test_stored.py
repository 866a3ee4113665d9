"""Results kept outside memory: all come back, in order, as often as wanted; a full disk loses none."""

from __future__ import annotations

import errno
import json
import pickle
import tempfile
import tracemalloc
from datetime import date
from typing import Any

import pytest

from tests.report.entries import entry, finding, some, unreadable
from xlsaddin.report.outcomes import Tally, counted, render_results
from xlsaddin.report.stored import StoredResults

AS_OF = date(2026, 9, 1)


def test_what_goes_in_comes_out_in_order_as_often_as_wanted() -> None:
    stored = StoredResults(some())
    assert list(stored) == list(stored) == some()
    assert (len(stored), stored[-1], stored[1:3]) == (6, some()[-1], some()[1:3])
    with pytest.raises(IndexError):
        stored[6]


def test_a_copy_holds_the_same() -> None:
    assert list(pickle.loads(pickle.dumps(StoredResults(some())))) == some()


def test_names_of_files_that_are_no_text_come_back() -> None:
    assert StoredResults([entry("in/\udce9.xlsx")])[0]["path"] == "in/\udce9.xlsx"


@pytest.mark.parametrize("room", [0, 700])
def test_a_full_disk_loses_nothing(monkeypatch: pytest.MonkeyPatch, room: int) -> None:
    """The file takes so many bytes: of the last write only a part, as a disk does."""
    real = tempfile.TemporaryFile

    class Small:
        def __init__(self, **options: Any) -> None:
            self._file: Any = real(**options)

        def __getattr__(self, name: str) -> Any:
            return getattr(self._file, name)

        def write(self, content: bytes) -> int:
            left = room - self._file.tell()
            if left <= 0:
                raise OSError(errno.ENOSPC, "No space left on device")
            return int(self._file.write(content[:left]))

    monkeypatch.setattr(tempfile, "TemporaryFile", Small)
    assert list(StoredResults(some())) == some()


def test_memory_does_not_grow_with_the_results() -> None:
    def used(count: int) -> int:
        tracemalloc.start()
        stored = StoredResults(entry(f"in/{number}.xlsx", findings=[finding()] * 50) for number in range(count))
        held = tracemalloc.get_traced_memory()[0]
        tracemalloc.stop()
        assert len(stored) == count
        return held

    used(1)
    assert used(2000) - used(1000) < 1000 * 20


def test_the_printed_object_is_the_one_json_would_print() -> None:
    for results in ([], some()):
        tally = Tally()
        list(counted(results, tally))
        text = "".join(render_results(AS_OF, tally.lists, results))
        assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=1)
        assert json.loads(text)["workbooks"] == results


def test_a_run_is_counted_as_it_comes_in() -> None:
    tally = Tally()
    list(
        counted([*some(), {**unreadable("x.xlsx"), "recorded": None}, entry("y.xlsx", recorded={"version": 1})], tally)
    )
    assert (tally.files, tally.readable, tally.to_look_at, tally.recorded) == (8, 6, 2, 1)
    assert tally.codes == {"RS-REQ-001": 2, "RS-DATE-001": 1, "RS-FILE-001": 2}
    assert [use["id"] for use in tally.lists] == ["own_watch"]
