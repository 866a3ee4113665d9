"""`xlsaddin lists` as a user types it: what it prints, and its exit codes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from xlsaddin.cli import exits, lists
from xlsaddin.watchlist.own_template import write_templates
from xlsaddin.watchlist.store import ListStore

pytestmark = pytest.mark.usefixtures("home")
OwnCsv = Callable[..., Path]


def run(*words: str) -> Result:
    return CliRunner().invoke(lists.app, list(words))


def test_a_fresh_install_says_that_no_real_list_is_loaded_and_the_command_that_gets_them() -> None:
    result = run("status")
    assert result.exit_code == exits.LOOK
    assert "sample_fictional" in result.stdout
    assert "xlsaddin lists update" in result.stderr


def test_import_status_and_diff(own_csv: OwnCsv) -> None:
    assert run("import", str(own_csv("Alpha Works")), "--list", "own_x", "--title", "要注意先").exit_code == 0
    second = run("import", str(own_csv("Beta Works")), "--list", "own_x")
    assert "added 1, 削除 / removed 1" in second.stdout
    status = run("status")
    assert status.exit_code == exits.CLEAN
    assert "own_x" in status.stdout and "OK" in status.stdout
    diff = run("diff", "own_x")
    assert diff.exit_code == 0
    assert "Beta Works" in diff.stdout and "Alpha Works" in diff.stdout


def test_a_list_not_confirmed_for_long_is_something_to_look_at(own_csv: OwnCsv) -> None:
    run("import", str(own_csv("Alpha Works")), "--list", "own_x")
    assert run("status", "--as-of", "2099-01-01").exit_code == exits.LOOK


def test_a_damaged_list_makes_the_status_inconclusive(own_csv: OwnCsv, home: Path) -> None:
    run("import", str(own_csv("Alpha Works")), "--list", "own_x")
    next((home / "lists" / "own_x").rglob("entries-*.jsonl")).write_bytes(b"")
    assert run("status").exit_code == exits.INCONCLUSIVE


def test_an_error_is_a_sentence_and_exit_code_2(capsys: pytest.CaptureFixture[str], own_csv: OwnCsv) -> None:
    path = str(own_csv("Alpha Works"))
    assert exits.run(lambda: lists.app(["import", path], standalone_mode=False)) == exits.INCONCLUSIVE
    assert "--list own_" in capsys.readouterr().err


def test_an_update_that_reaches_nobody_exits_with_2(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)
    result = run("update", "un_sc", "--mirror", "http://127.0.0.1:9")
    assert result.exit_code == exits.INCONCLUSIVE
    assert "un_sc" in result.stderr


def test_the_template_can_be_filled_in_and_imported(tmp_path: Path) -> None:
    import openpyxl

    assert run("template", "--out", str(tmp_path)).exit_code == 0
    workbook, text = write_templates(tmp_path)
    book = openpyxl.load_workbook(workbook)
    book.worksheets[0].append(["1", "Alpha Works", "AW | アルファ", "", "organization", ""])
    book.save(workbook)
    text.write_text(text.read_text(encoding="utf-8-sig") + "1,Beta Works,,,,\n", encoding="utf-8")
    assert ListStore().import_file(workbook, "own_a").entries == 1
    assert ListStore().import_file(text, "own_b").entries == 1
