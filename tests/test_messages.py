"""The catalogue of messages: a code that stands twice is a mistake here, and stops no command out there."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from xlsaddin import codes, log, resources


def test_no_code_stands_twice() -> None:
    files = resources.package_files("messages", ".toml")
    counted = Counter(code for path in files for code in tomllib.loads(path.read_text(encoding="utf-8")))
    assert [code for code, count in counted.items() if count > 1] == []


def test_of_a_code_that_stands_twice_the_first_counts_and_the_log_says_so(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = '[RS-TEST-001]\nseverity = "note"\nja = "{which}"\nen = "{which}"\n'
    files = [tmp_path / "a.toml", tmp_path / "b.toml"]
    for path in files:
        path.write_text(entry.replace("{which}", path.stem), encoding="utf-8")
    monkeypatch.setattr(resources, "package_files", lambda *_: files)
    codes.catalogue.cache_clear()
    try:
        assert codes.message("RS-TEST-001").ja == "a"
    finally:
        codes.catalogue.cache_clear()
    assert "RS-TEST-001" in "\n".join(log.read_log(5))
