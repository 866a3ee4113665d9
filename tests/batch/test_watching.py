"""A watched folder: each arrival is checked and recorded once, whatever stops the watch; half-written files wait."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.batch.conftest import DAY
from tests.exchange.forms import write_form
from tests.scenarios.people import nobody
from xlsaddin.batch.arrivals import Arrivals, move_file
from xlsaddin.batch.remembering import Keeper
from xlsaddin.batch.watching import Watch
from xlsaddin.errors import XlsAddinError
from xlsaddin.register.register import Register
from xlsaddin.register.tables import AuditEntry, Submission


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three declarations as they come back from people to whom they were handed out; never changed."""
    folder = tmp_path_factory.mktemp("returned")
    for number, name in enumerate(("SAEKI Mariko", "KIMURA Ken", "NAKANO Aya"), 1):
        given = nobody(name=name, email=f"{number}@midori.example", cases=[{"case_number": "C-01"}])
        write_form(folder / f"P-00{number}.xlsx", given, subject_id=f"P-00{number}", case_id="C-01")
    return folder


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_file_counts_once_it_has_not_changed_for_a_while(tmp_path: Path) -> None:
    clock = Clock()
    arrivals = Arrivals(tmp_path, settle=5, clock=clock)
    path = tmp_path / "P-001.xlsx"
    path.write_bytes(b"half")
    assert arrivals.look() == []
    clock.now = 4
    path.write_bytes(b"the whole of it")
    assert (arrivals.look(), arrivals.waiting) == ([], True)
    clock.now = 8
    assert arrivals.look() == []
    clock.now = 9
    assert (arrivals.look(), arrivals.waiting) == ([path], False)


def test_files_in_use_and_coming_in_are_left_alone(tmp_path: Path) -> None:
    for name in ("open.xlsx", "~$open.xlsx", "a long name.xlsx", "~$long name.xlsx", "x.xlsx.part", ".hidden"):
        (tmp_path / name).write_bytes(b"x")
    assert Arrivals(tmp_path, settle=0).look() == []


def test_moving_takes_nobodys_place_and_can_be_done_again(tmp_path: Path) -> None:
    source, target = tmp_path / "a", tmp_path / "to" / "a"
    source.write_bytes(b"new")
    assert move_file(source, target)
    source.write_bytes(b"another")
    assert not move_file(source, target)
    assert (source.read_bytes(), target.read_bytes()) == (b"another", b"new")
    source.write_bytes(b"new")  # what a copy across file systems leaves when it is stopped
    assert move_file(source, target)
    assert not source.exists()


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def watch(inbox: Path, out: Path) -> Watch:
    register = Register.open()
    return Watch(inbox, out, Keeper(register), settle=0)


def versions() -> list[tuple[str, int, str | None]]:
    with Register.open() as register, register.looking() as session:
        rows = session.execute(select(Submission.subject_code, Submission.version, Submission.file_name))
        return [tuple(row) for row in rows]


def test_what_arrives_is_checked_recorded_and_put_away(filled: Path, inbox: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(inbox / "mail.zip", "w") as archive:
        archive.write(filled / "P-001.xlsx", "saeki.xlsx")
    (inbox / "notes.txt").write_text("hello", encoding="utf-8")
    (inbox / "broken.xlsx").write_bytes((filled / "P-002.xlsx").read_bytes()[:9000])
    out = tmp_path / "out"
    found = watch(inbox, out).once(DAY)
    assert sorted(found.taken) == ["broken.xlsx", "mail.zip", "notes.txt"]
    assert [result["recorded"]["subject"] for result in found.checked] == ["P-001"]
    assert [piece.received.origin for piece in found.open] == ["broken.xlsx"]
    assert versions() == [("P-001", 1, "mail.zip › saeki.xlsx")]
    assert list(inbox.iterdir()) == []
    assert (out / "done" / "mail.zip").is_file()
    assert {path.name for path in (out / "set-aside").iterdir()} == {"broken.xlsx", "notes.txt"}
    assert len(list((out / "reviewed").glob("*.reviewed.xlsx"))) == 1


def test_a_second_look_does_nothing_and_the_same_file_again_counts_once(
    filled: Path, inbox: Path, tmp_path: Path
) -> None:
    watching = watch(inbox, tmp_path / "out")
    (inbox / "saeki.xlsx").write_bytes((filled / "P-001.xlsx").read_bytes())
    watching.once(DAY)
    assert watching.once(DAY).collection is None
    (inbox / "saeki.xlsx").write_bytes((filled / "P-001.xlsx").read_bytes())
    again = watching.once(DAY)
    assert (again.taken, list(again.checked)) == (("saeki.xlsx",), [])
    assert len(versions()) == 1
    assert sorted(path.name for path in (tmp_path / "out" / "done").iterdir()) == ["saeki.xlsx"]


def test_results_never_go_into_the_watched_folder(inbox: Path) -> None:
    with pytest.raises(XlsAddinError) as refused, watch(inbox, inbox / "out").held():
        pass
    assert refused.value.code == "RS-WATCH-001"


def start(inbox: Path, out: Path, *more: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "xlsaddin", "watch", str(inbox), "--out", str(out), "--settle", "0.1", *more]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)


def steps() -> int:
    with Register.open() as register, register.looking() as session:
        return session.scalar(select(func.count()).select_from(AuditEntry)) or 0


def test_killed_at_any_moment_nothing_is_lost_or_counted_twice(filled: Path, inbox: Path, tmp_path: Path) -> None:
    for path in filled.iterdir():
        (inbox / path.name).write_bytes(path.read_bytes())
    out = tmp_path / "out"
    Register.open().close()
    moments = (
        lambda: any((out / "taken").glob("*")),
        lambda: any((out / "collected" / "accepted").glob("*.xlsx")),
        lambda: steps() > 0,
        lambda: any((out / "results").glob("*.json")),
    )
    for reached in moments:
        process = start(inbox, out, "--once")
        deadline = time.monotonic() + 90
        while not reached() and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.02)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    process = start(inbox, out, "--once")
    process.communicate(timeout=300)
    assert process.returncode in (0, 1)
    assert list(inbox.iterdir()) == []
    assert sorted(path.name for path in (out / "done").iterdir()) == sorted(path.name for path in filled.iterdir())
    assert sorted(name or "" for _, _, name in versions()) == sorted(path.name for path in filled.iterdir())
    with Register.open() as register:
        assert register.verify().whole


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_watching_ends_with_a_sentence(inbox: Path, tmp_path: Path, stop: signal.Signals) -> None:
    process = start(inbox, tmp_path / "out", "--every", "1")
    assert process.stderr is not None
    assert "Ctrl-C" in process.stderr.readline().decode()
    process.stderr.readline()
    time.sleep(0.2)
    process.send_signal(stop)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "Watching ended" in said.decode()
    assert "Traceback" not in said.decode()
