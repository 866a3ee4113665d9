"""A broken run is taken up where it stopped; nothing is believed that rests on something else now."""

from __future__ import annotations

from pathlib import Path

from xlsaddin.batch.journal import Journal, file_digest

BASIS = {"as_of": "2026-09-01", "lists": ["jp_meti_eul 2025-09-29"]}


def result(path: Path, status: str = "ok") -> dict[str, object]:
    return {"path": str(path), "status": status}


def test_a_finished_file_is_found_by_a_later_run(tmp_path: Path) -> None:
    source, target = tmp_path / "a.xlsx", tmp_path / "a.reviewed.xlsx"
    source.write_bytes(b"one")
    target.write_bytes(b"copy")
    Journal(tmp_path / "journal", BASIS).add(source, file_digest(source), result(source))
    later = Journal(tmp_path / "journal", BASIS)
    assert later.find(source, file_digest(source), target) == result(source)


def test_a_changed_file_another_basis_and_a_missing_copy_count_for_nothing(tmp_path: Path) -> None:
    source, target = tmp_path / "a.xlsx", tmp_path / "a.reviewed.xlsx"
    source.write_bytes(b"one")
    digest = file_digest(source)
    Journal(tmp_path / "journal", BASIS).add(source, digest, result(source))
    assert Journal(tmp_path / "journal", BASIS).find(source, digest, target) is None
    target.write_bytes(b"copy")
    assert Journal(tmp_path / "journal", {**BASIS, "as_of": "2026-09-02"}).find(source, digest, target) is None
    source.write_bytes(b"two")
    assert Journal(tmp_path / "journal", BASIS).find(source, file_digest(source), target) is None


def test_an_unreadable_file_needs_no_copy(tmp_path: Path) -> None:
    source = tmp_path / "a.xlsx"
    source.write_bytes(b"junk")
    Journal(tmp_path / "journal", BASIS).add(source, file_digest(source), result(source, "unreadable"))
    found = Journal(tmp_path / "journal", BASIS).find(source, file_digest(source), tmp_path / "a.reviewed.xlsx")
    assert found == result(source, "unreadable")


def test_a_line_torn_by_a_crash_is_ignored_and_harms_no_other(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    one, two = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    Journal(path, BASIS).add(one, "1", result(one, "unreadable"))
    content = path.read_bytes()
    path.write_bytes(content + content[: len(content) // 2])
    Journal(path, BASIS).add(two, "2", result(two, "unreadable"))
    later = Journal(path, BASIS)
    assert later.find(one, "1", None) and later.find(two, "2", None)
