"""A path a person gives: a file, one file of a set, a folder or an archive of it; and what is no list at all."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from xlsaddin.errors import ListError
from xlsaddin.watchlist.gather import gather

NON_SDN = ("cons_add.csv", "cons_alt.csv", "cons_comments.csv", "cons_prim.csv")


def test_a_file_of_a_set_a_folder_and_an_archive_are_the_same_set(lists_folder: Path, tmp_path: Path) -> None:
    folder = lists_folder / "us_ofac_nonsdn"
    archive = tmp_path / "cons.zip"
    with zipfile.ZipFile(archive, "w") as target:
        for name in NON_SDN:
            target.write(folder / name, f"any/{name}")
    found = [gather(folder / "cons_alt.csv"), gather(folder), gather(archive)]
    assert {tuple(sorted(file.parts)) for file in found} == {NON_SDN}
    assert len({file.sha256 for file in found}) == 1


def test_the_digest_of_a_set_is_that_of_its_sha256sum_listing(tmp_path: Path) -> None:
    (tmp_path / "alt.csv").write_bytes(b"b")
    (tmp_path / "sdn.csv").write_bytes(b"a")
    # printf 'a' > sdn.csv; printf 'b' > alt.csv; sha256sum alt.csv sdn.csv | sha256sum
    assert gather(tmp_path).sha256 == "1c0119385fa35627d4f4fe40a706d0ac8931a62727e9893e5d891ba77c58db2a"


def test_a_workbook_is_not_unpacked_as_an_archive(lists_folder: Path) -> None:
    path = lists_folder / "jp_meti_eul" / "20250929_4.xlsx"
    assert set(gather(path).parts) == {path.name}


def test_an_archive_that_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = tmp_path / "big.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("a.csv", b"0" * 2000)
    monkeypatch.setattr("xlsaddin.watchlist.gather.LARGEST", 1000)
    with pytest.raises(ListError) as caught:
        gather(archive)
    assert caught.value.code == "RS-LIST-001"


@pytest.mark.parametrize(
    ("name", "code"), [("missing.xlsx", "RS-LIST-036"), ("empty", "RS-LIST-037"), ("broken.zip", "RS-LIST-001")]
)
def test_nothing_to_read_is_a_sentence(tmp_path: Path, name: str, code: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 not an archive")
    with pytest.raises(ListError) as caught:
        gather(tmp_path / name)
    assert caught.value.code == code
