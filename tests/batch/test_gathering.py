"""Which files are checked, and where the reviewed copies go: nothing twice, nothing overwritten."""

from __future__ import annotations

import errno
import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from xlsaddin.batch.gathering import gather_tasks
from xlsaddin.errors import XlsAddinError


def touch(folder: Path, *names: str) -> list[Path]:
    paths = [folder / name for name in names]
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
    return paths


def names(*paths: Path) -> list[Path]:
    return [task.path for task in gather_tasks(paths)]


def test_a_folder_gives_its_workbooks_and_leaves_out_locks_and_reviewed_copies(tmp_path: Path) -> None:
    wanted = touch(tmp_path, "a.xlsx", "工学部/b.XLSX", "工学部/偽装.xlsm")
    touch(tmp_path, "~$a.xlsx", ".hidden.xlsx", "a.reviewed.xlsx", "memo.txt", "old.xls")
    assert sorted(names(tmp_path)) == sorted(wanted)


def test_a_file_named_twice_is_checked_once(tmp_path: Path) -> None:
    (path,) = touch(tmp_path, "a.xlsx")
    assert names(path, tmp_path, tmp_path / "." / "a.xlsx") == [path]


def test_a_reviewed_copy_is_checked_when_it_is_named(tmp_path: Path) -> None:
    (path,) = touch(tmp_path, "a.reviewed.xlsx")
    assert names(path) == [path]


def test_names_as_macos_writes_them_are_found(tmp_path: Path) -> None:
    (path,) = touch(tmp_path, unicodedata.normalize("NFD", "ガイド.xlsx"))
    assert names(tmp_path) == [path]


def test_links_that_lead_nowhere_are_taken_so_that_somebody_learns_of_them(tmp_path: Path) -> None:
    links = {"a.xlsx": "b.xlsx", "b.xlsx": "a.xlsx", "gone.xlsx": "nothing.xlsx"}
    for name, target in links.items():
        (tmp_path / name).symlink_to(target)
    (tmp_path / "folder.xlsx").mkdir()
    assert names(tmp_path) == [tmp_path / name for name in sorted(links)]


def test_a_folder_that_cannot_be_read_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The refusal is made up: to the administrator, as whom tests may run, no folder is closed."""
    touch(tmp_path, "open/a.xlsx", "closed/a.xlsx")
    scan = os.scandir

    def refusing(folder: str) -> Iterator[os.DirEntry[str]]:
        if Path(folder).name == "closed":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), folder)
        return scan(folder)

    monkeypatch.setattr(os, "scandir", refusing)
    with pytest.raises(PermissionError, match="closed"):
        names(tmp_path)


@pytest.mark.parametrize(("given", "code"), [("missing.xlsx", "RS-BATCH-001"), (".", "RS-BATCH-002")])
def test_nothing_to_check_is_said(tmp_path: Path, given: str, code: str) -> None:
    with pytest.raises(XlsAddinError) as said:
        gather_tasks([tmp_path / given])
    assert said.value.code == code


def test_the_reviewed_copy_is_named_after_the_original(tmp_path: Path) -> None:
    (path,) = touch(tmp_path, "申告.xlsx")
    assert gather_tasks([path])[0].target == tmp_path / "申告.reviewed.xlsx"
    assert gather_tasks([path], tmp_path / "out")[0].target == tmp_path / "out" / "申告.reviewed.xlsx"


def test_subfolders_are_kept_so_that_equal_names_do_not_meet(tmp_path: Path) -> None:
    touch(tmp_path / "in", "工学部/P-1.xlsx", "理学部/P-1.xlsx")
    targets = [task.target for task in gather_tasks([tmp_path / "in"], tmp_path / "out")]
    assert targets == [tmp_path / "out" / part / "P-1.reviewed.xlsx" for part in ("工学部", "理学部")]


def test_two_files_that_would_give_one_copy_are_refused_before_anything_is_written(tmp_path: Path) -> None:
    paths = touch(tmp_path, "x/P-1.xlsx", "y/p-1.xlsx")
    with pytest.raises(XlsAddinError) as refused:
        gather_tasks(paths, tmp_path / "out")
    assert refused.value.code == "RS-BATCH-004"


def test_the_review_of_a_reviewed_copy_never_replaces_what_was_read(tmp_path: Path) -> None:
    (path,) = touch(tmp_path, "申告.reviewed.xlsx")
    assert gather_tasks([path], tmp_path / "out")[0].target == tmp_path / "out" / "申告.reviewed.xlsx"
    assert gather_tasks([path])[0].target == tmp_path / "申告.reviewed-2.xlsx"
