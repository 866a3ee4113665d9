"""`xlsaddin demo` shows every workbook or says why it cannot."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from xlsaddin.cli import exits
from xlsaddin.cli.app import app


def test_an_unreadable_workbook_is_named_with_its_reason(tmp_path: Path, home: Path) -> None:
    (tmp_path / "received").mkdir()
    (tmp_path / "received" / "broken.xlsx").write_bytes(b"PK\x03\x04")
    ended = CliRunner().invoke(app, ["demo", "--out", str(tmp_path)])
    assert ended.exit_code == exits.INCONCLUSIVE
    assert "broken.xlsx: " in ended.stderr
