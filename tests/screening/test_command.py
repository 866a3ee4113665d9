"""The command `screen`: JSON, exit codes, files of queries, the record."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.screening.conftest import AS_OF
from xlsaddin.cli.app import app
from xlsaddin.errors import XlsAddinError
from xlsaddin.watchlist.store import ListStore

OWN = "entry,name,aliases,country,kind,note\n1,Blue Falcon Optics,BFO,CN,organization,\n2,Ivan Sidorenko,,RU,person,\n"
RUN = ["screen", "--list", "own_test", "--as-of", AS_OF.isoformat()]


@pytest.fixture
def store(home: Path, tmp_path: Path) -> ListStore:
    file = tmp_path / "own.csv"
    file.write_text(OWN, encoding="utf-8")
    store = ListStore(home)
    store.import_file(file, list_id="own_test", title="試験", today=AS_OF)
    return store


def test_json_of_hits_and_none(store: ListStore) -> None:
    result = CliRunner().invoke(app, [*RUN, "Blue Falcon Optics", "Quite Other", "--json"])
    shown = json.loads(result.stdout)
    assert result.exit_code == 1
    assert [(one["id"], one["edition"], one["entries"]) for one in shown["lists"]] == [
        ("own_test", shown["lists"][0]["edition"], 2)
    ]
    first, second = shown["results"]
    assert second == {"id": "2", "name": "Quite Other", "hits": []}
    hit = first["hits"][0]
    assert (hit["list"], hit["entry"], hit["score"], hit["band"]) == ("own_test", "1", 100.0, "match")
    assert hit["why"] and all(isinstance(reason, str) for reason in hit["why"])


def test_nothing_found__exit_code_0(store: ListStore) -> None:
    assert CliRunner().invoke(app, [*RUN, "Quite Other"]).exit_code == 0


def test_a_list_that_is_missing__exit_code_2_and_no_word_of_no_hit(store: ListStore) -> None:
    result = CliRunner().invoke(app, ["screen", "--list", "jp_meti_eul", "Quite Other"])
    assert result.exit_code == 2
    assert "判定不能" in result.output
    assert "該当なし" not in result.stdout


def test_the_sample_alone_never_says_no_hit(home: Path) -> None:
    result = CliRunner().invoke(app, ["screen", "Harbin Institute of Technology"])
    assert "該当なし" not in result.stdout
    assert "実在のリストでは未照合" in result.stdout
    assert "xlsaddin lists update" in result.stderr


def test_a_hit_says_what_its_list_means_and_what_was_not_used(store: ListStore, tmp_path: Path) -> None:
    file = tmp_path / "other.csv"
    file.write_text(OWN, encoding="utf-8")
    store.import_file(file, list_id="own_other", today=AS_OF)
    found = CliRunner().invoke(app, [*RUN, "Blue Falcon Optics"]).stdout
    assert "意味 / meaning  own_test: 機関が独自に定めたリスト" in found
    assert "own_other" in next(line for line in found.splitlines() if "not used" in line)
    assert "意味" not in CliRunner().invoke(app, [*RUN, "Quite Other"]).stdout


def test_a_mistyped_list_id_is_told_as_such(store: ListStore) -> None:
    result = CliRunner().invoke(app, ["screen", "--list", "jp_meti_eu", "Quite Other"])
    assert result.exit_code == 2
    assert "リスト「jp_meti_eu」はありません" in result.stderr


def test_ids_that_stand_twice_and_a_file_without_a_name_are_told(store: ListStore, tmp_path: Path) -> None:
    file = tmp_path / "queries.csv"
    file.write_text("id,name\na1,Quite Other\na1,Else\n", encoding="utf-8")
    assert "a1" in CliRunner().invoke(app, [*RUN, "--csv", str(file), "--json"]).stderr
    file.write_text("id,name\na1,\n", encoding="utf-8")
    result = CliRunner().invoke(app, [*RUN, "--csv", str(file), "--json"])
    assert json.loads(result.stdout)["results"] == []
    assert "no name to screen" in result.stderr


def test_rows_without_a_name_are_told_and_are_no_clean_result(store: ListStore, tmp_path: Path) -> None:
    file = tmp_path / "queries.csv"
    file.write_text("id,name\na1,Quite Other\na2, \n", encoding="utf-8")
    result = CliRunner().invoke(app, [*RUN, "--csv", str(file), "--json"])
    assert [one["id"] for one in json.loads(result.stdout)["results"]] == ["a1"]
    assert "a2" in result.stderr
    assert result.exit_code == 1


def test_a_very_long_name_is_screened_whole_and_shown_short(store: ListStore) -> None:
    result = CliRunner().invoke(app, [*RUN, "Quite Other " * 500])
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()[0]) < 300


def test_queries_from_a_file_as_excel_saves_it(store: ListStore, tmp_path: Path) -> None:
    file = tmp_path / "queries.csv"
    file.write_bytes("﻿id,name,country,kind\r\na1,Blue Falcon Optics,日本,organization\r\na2,,,\r\n".encode())
    result = CliRunner().invoke(app, [*RUN, "--csv", str(file), "--json"])
    [one] = json.loads(result.stdout)["results"]
    assert one["id"] == "a1"
    assert one["hits"][0]["band"] == "review"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("name\nX\n", "RS-SCREEN-003"),
        ("id,name,kind\n1,X,robot\n", "RS-SCREEN-004"),
        ("id,name,country\n1,X,Atlantis\n", "RS-SCREEN-005"),
    ],
)
def test_a_file_that_cannot_be_understood(store: ListStore, tmp_path: Path, content: str, code: str) -> None:
    file = tmp_path / "queries.csv"
    file.write_text(content, encoding="utf-8")
    result = CliRunner().invoke(app, [*RUN, "--csv", str(file)])
    assert isinstance(result.exception, XlsAddinError)
    assert result.exception.code == code


def test_the_record_names_lists_hits_and_zero_hits(store: ListStore, tmp_path: Path) -> None:
    page = tmp_path / "record.html"
    asked = ["Blue Falcon Optics", "<b>Quite Other</b>"]
    CliRunner().invoke(app, [*RUN, *asked, "--record", str(page), "--purpose", "共同研究の事前確認"])
    text = page.read_text(encoding="utf-8")
    for expected in ("own_test", "Blue Falcon Optics", "該当なし", "共同研究の事前確認", AS_OF.isoformat()):
        assert expected in text
    assert "<b>Quite Other</b></b>" not in text
    assert "&lt;b&gt;Quite Other" in text


def test_the_record_says_what_limits_it(home: Path, tmp_path: Path) -> None:
    page = tmp_path / "record.html"
    CliRunner().invoke(app, ["screen", "Quite Other", "--record", str(page)])
    sample = page.read_text(encoding="utf-8")
    assert "実在のリストでは未照合" in sample
    assert "該当なし" not in sample
    CliRunner().invoke(app, ["screen", "Quite Other", "--list", "jp_mof", "--record", str(page)])
    failed = page.read_text(encoding="utf-8")
    assert "判定不能" in failed
    assert "is not loaded yet" in failed  # the reason in English too


def test_the_record_of_stale_lists_says_so_and_names_lists_not_used(store: ListStore, tmp_path: Path) -> None:
    page = tmp_path / "record.html"
    file = tmp_path / "other.csv"
    file.write_text(OWN, encoding="utf-8")
    store.import_file(file, list_id="own_other", today=AS_OF)
    later = ["screen", "--list", "own_test", "--as-of", "2031-01-01", "Quite Other", "--record", str(page)]
    CliRunner().invoke(app, later)
    text = page.read_text(encoding="utf-8")
    assert "days ago" in text
    assert "own_other" in text
