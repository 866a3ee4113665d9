"""Fixtures every test may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.office_fixture import office

__all__ = ["office"]


@pytest.fixture(scope="session")
def test_data() -> Path:
    """The folder of real list files and cases, which are never part of the project."""
    configured = os.environ.get("XLSADDIN_TEST_DATA")
    folder = Path(configured) if configured else Path(__file__).parents[2] / "shared" / "data"
    if not (folder / "lists").is_dir():
        pytest.fail(f"the real list files are missing: put them at {folder} or set XLSADDIN_TEST_DATA")
    return folder


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of state for one test."""
    folder = tmp_path / "home"
    monkeypatch.setenv("XLSADDIN_HOME", str(folder))
    return folder
