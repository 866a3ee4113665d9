"""`xlsaddin lists` as a user types it: what it prints, and its exit codes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from xlsaddin.cli import exits, lists, lists_shown
from xlsaddin.errors import ListError
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


def test_own_lists_alone_are_not_taken_for_published_ones(own_csv: OwnCsv) -> None:
    run("import", str(own_csv("Alpha Works")), "--list", "own_x")
    assert "No published list is loaded" in run("status").stderr


def test_an_unusable_list_is_explained_in_both_languages(own_csv: OwnCsv, home: Path) -> None:
    run("import", str(own_csv("Alpha Works")), "--list", "own_x")
    next((home / "lists" / "own_x").rglob("entries-*.jsonl")).write_bytes(b"")
    result = run("status")
    assert "使用不可 / unusable" in result.stdout
    folder = next((home / "lists" / "own_x").iterdir())
    assert result.stderr.count(str(folder)) == 2  # the folder to delete, in either sentence


def test_the_status_fits_a_terminal_of_80_columns(monkeypatch: pytest.MonkeyPatch, own_csv: OwnCsv) -> None:
    from rich.cells import cell_len

    monkeypatch.setattr(lists_shown, "_width", lambda: 80)
    run("import", str(own_csv("Alpha Works")), "--list", "own_with_a_long_name", "--title", "学内の要注意先の一覧" * 2)
    lines = run("status").stdout.splitlines()
    assert max(cell_len(line) for line in lines if not line.startswith("未取込")) <= 80


def test_a_file_without_a_date_says_how_to_date_it_and_a_given_date_corrects_it(lists_folder: Path) -> None:
    folder = str(lists_folder / "us_ofac_nonsdn")
    assert "--edition" in run("import", folder).stdout
    corrected = run("import", folder, "--edition", "2025-12-01").stdout
    assert "us_ofac_nonsdn 2025-12-01" in corrected
    assert "--edition" not in corrected
    assert [one.edition for one in ListStore().editions("us_ofac_nonsdn")] == ["2025-12-01"]
    assert "stale" in run("status").stdout  # fetched in 2025, confirmed by nobody since


def test_an_old_edition_taken_in_by_hand_says_what_its_age_rests_on(lists_folder: Path) -> None:
    path = str(lists_folder / "jp_meti_russia" / "list_belarus_tokutei.pdf")
    assert "Check with the publisher" in run("import", path).stdout


def test_a_difference_shows_what_a_fact_was_and_is(own_csv: OwnCsv, tmp_path: Path) -> None:
    head = "entry,name,aliases,country,kind,note\n"
    for row in ("1,Alpha Works,AW,DE,,\n", "1,Alpha Works,AW | New Alpha,FR,,\n"):
        (tmp_path / "own.csv").write_text(head + row, encoding="utf-8")
        run("import", str(tmp_path / "own.csv"), "--list", "own_x")
    shown = run("diff", "own_x").stdout
    assert "別名 aliases: +[New Alpha]" in shown
    assert "国・地域 countries: DE -> FR" in shown


def test_one_edition_alone_is_not_compared_with_itself__error(own_csv: OwnCsv) -> None:
    run("import", str(own_csv("Alpha Works")), "--list", "own_x")
    error = run("diff", "own_x").exception
    assert isinstance(error, ListError) and error.code == "RS-LIST-038"


@pytest.mark.parametrize(
    ("list_id", "code"),
    [("nosuch", "RS-LIST-009"), ("own_y", "RS-LIST-039"), ("us_bis_meu", "RS-LIST-040"), ("un_sc", "RS-LIST-014")],
)
def test_a_list_that_is_not_there_says_how_to_get_it__error(list_id: str, code: str) -> None:
    error = run("diff", list_id).exception
    assert isinstance(error, ListError) and error.code == code


def test_an_error_is_a_sentence_and_exit_code_2(capsys: pytest.CaptureFixture[str], own_csv: OwnCsv) -> None:
    path = str(own_csv("Alpha Works"))
    assert exits.run(lambda: lists.app(["import", path], standalone_mode=False)) == exits.INCONCLUSIVE
    assert "--list own_" in capsys.readouterr().err


def test_an_update_that_reaches_nobody_exits_with_2(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)
    result = run("update", "un_sc", "--mirror", "http://127.0.0.1:9")
    assert result.exit_code == exits.INCONCLUSIVE
    assert "un_sc" in result.stderr


def test_an_own_list_is_not_looked_for_at_a_publisher() -> None:
    result = run("update", "own_x")
    assert result.exit_code == exits.INCONCLUSIVE
    assert "xlsaddin lists import FILE --list own_x" in result.stderr


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
