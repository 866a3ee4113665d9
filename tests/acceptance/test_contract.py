"""Section 7 of the design: keys and types of the JSON, exit codes, clean stdout, originals untouched."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.people import declared, lin_visited, saeki
from tests.acceptance.product import Checked, Product

LIST = {"id": str, "edition": str, "entries": int, "sha256": str, "age_days": int}
SCREEN_HIT = {"list": str, "entry": str, "name": str, "matched": str, "score": float, "band": str, "why": list}
WORKBOOK = {"path": str, "checklist": str, "template_version": str, "subject": str, "status": str}
FINDING = dict.fromkeys(("code", "severity", "item", "sheet", "cell", "message_ja", "message_en"), str)
HIT = {
    **dict.fromkeys(("item", "sheet", "cell", "query", "list", "entry", "name", "matched", "band", "disposition"), str),
    "score": float,
    "why": list,
}
ASSESSMENT = {"level": str, "score": int, "state": str, "contributions": list, "measures": list}
CONTRIBUTION = {"indicator": str, "level": str, "reason": str, "cells": list, "reference": str}


def typed(content: dict[str, Any], keys: dict[str, type]) -> None:
    """Assert that keys are there and of their types; a whole number passes where a fraction may stand."""
    for key, kind in keys.items():
        allowed = (int, float) if kind is float else (kind,)
        assert isinstance(content[key], allowed), (key, content[key])
        assert kind is bool or not isinstance(content[key], bool), key


@pytest.fixture(scope="module")
def checked(product: Product, tmp_path_factory: pytest.TempPathFactory) -> Checked:
    forms = {"lin": lin_visited(stated=False), "empty": declared(role=None, name=None)}
    return product.check_forms(forms, tmp_path_factory.mktemp("contract"), expect=1)


# --- check --json


def test_check_json(checked: Checked) -> None:
    document = checked.document
    assert isinstance(document["engine"], str)
    assert document["as_of"] == "2026-09-01"
    for use in document["lists"]:
        typed(use, LIST)
    assert {use["id"] for use in document["lists"]} == {"jp_meti_eul", "jp_mof", "own_demo"}
    lin = checked["lin"].content
    typed(lin, WORKBOOK)
    assert (lin["checklist"], lin["status"], lin["subject"]) == ("researcher", "ok", "LIN Haoran")
    typed(lin["assessment"], ASSESSMENT)


def test_check_json_parts(checked: Checked) -> None:
    workbooks = list(checked.document["workbooks"])
    findings = [finding for one in workbooks for finding in one["findings"]]
    hits = [hit for one in workbooks for hit in one["hits"]]
    contributions = [part for one in workbooks for part in one["assessment"]["contributions"]]
    assert findings and hits and contributions
    for finding in findings:
        typed(finding, FINDING)
        assert finding["severity"] in ("error", "warning", "note")
        assert finding["message_ja"] and finding["message_en"]
    for hit in hits:
        typed(hit, HIT)
        assert 0 <= hit["score"] <= 100
        assert hit["band"] in ("match", "review")
        assert hit["disposition"] == "pending"
        assert hit["why"] and all(isinstance(why, str) for why in hit["why"])
    for part in contributions:
        typed(part, CONTRIBUTION)


def test_findings_name_an_existing_cell(checked: Checked) -> None:
    from tests.acceptance.filling import open_book

    book = open_book(checked["empty"].copy)
    for finding in checked["empty"].content["findings"]:
        assert finding["sheet"] in book.sheetnames, finding
        assert book[finding["sheet"]][finding["cell"]] is not None


# --- screen --json


def test_screen_json(product: Product) -> None:
    document = product.run("screen", "Harbin Institute of Technology", "東京大学", "--json", expect=1).json
    assert set(document) >= {"engine", "as_of", "lists", "results"}
    for use in document["lists"]:
        typed(use, LIST)
    (eul,) = [use for use in document["lists"] if use["id"] == "jp_meti_eul"]
    assert (eul["edition"], eul["entries"], len(eul["sha256"])) == ("2025-09-29", 835, 64)
    listed, unlisted = document["results"]
    assert (listed["name"], unlisted["name"], unlisted["hits"]) == ("Harbin Institute of Technology", "東京大学", [])
    for hit in listed["hits"]:
        typed(hit, SCREEN_HIT)
    assert listed["hits"][0]["entry"] == "541"
    assert [hit["score"] for hit in listed["hits"]] == sorted((hit["score"] for hit in listed["hits"]), reverse=True)
    assert len(listed["hits"]) <= 10


def test_screen_csv_keeps_ids_and_order(product: Product, tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_text("id,name,country,kind\nb,University of Tehran,IR,organization\na,東北大学,,\n", encoding="utf-8")
    results = product.run("screen", "--csv", path, "--json", expect=1).json["results"]
    assert [(one["id"], bool(one["hits"])) for one in results] == [("b", True), ("a", False)]


def test_screen_cutoff_and_list(product: Product) -> None:
    options = ("--list", "own_demo", "--cutoff", "90")
    document = product.screen("Huawei Technologies Japan K.K.", "University of Tehran", options=options)
    assert [use["id"] for use in document["lists"]] == ["own_demo"]
    assert [[hit["list"] for hit in one["hits"]] for one in document["results"]] == [["own_demo"], []]
    assert all(hit["score"] >= 90 for one in document["results"] for hit in one["hits"])


def test_screen_kinds(product: Product) -> None:
    programme = product.screen("Thousand Talents Plan", options=("--kind", "program"))["results"][0]["hits"]
    assert [(hit["list"], hit["entry"], hit["band"]) for hit in programme] == [("own_demo", "3", "match")]
    person = product.screen("Wang Wei", options=("--kind", "person"))["results"][0]["hits"]
    assert person
    assert {hit["band"] for hit in person} == {"review"}


# --- exit codes


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("screen", "東京大学"), 0),
        (("screen", "University of Tehran"), 1),
        (("screen", "東京大学", "--list", "own_nothing"), 2),
        (("screen",), 2),
        (("screen", "東京大学", "--csv", "nowhere.csv"), 2),
        (("check", "nowhere.xlsx"), 2),
        (("template", "novel", "--out", "t"), 2),
        (("template", "partner", "--out", "t", "--profile", "novel"), 2),
        (("lists", "import", "nowhere.xlsx"), 2),
        (("lists", "diff", "own_nothing"), 2),
        (("residency", "nowhere.json"), 2),
    ],
)
def test_exit_code(product: Product, arguments: tuple[str, ...], code: int) -> None:
    run = product.run(*arguments, expect=code)
    if code == 2:
        assert run.err.strip()
    assert len(run.err.strip().splitlines()) <= 8


@pytest.mark.parametrize("arguments", [("screen", "東京大学"), ("screen", "University of Tehran")])
def test_json_on_stdout_alone(product: Product, arguments: tuple[str, ...]) -> None:
    run = product.run(*arguments, "--json")
    assert run.out.lstrip().startswith("{")
    json.loads(run.out)


def test_lists_status_tells_edition_count_and_age(product: Product) -> None:
    run = product.run("lists", "status", expect=0)
    for text in ("jp_meti_eul", "2025-09-29", "835", "jp_mof", "2026-03-05", "own_demo", "デモ用の自機関リスト"):
        assert text in run.out


def test_clean_workbook_is_exit_0(product: Product, tmp_path: Path) -> None:
    product.check_forms({"clean": declared()}, tmp_path, expect=0)


def test_table_is_printed_without_json(product: Product, tmp_path: Path) -> None:
    path = product.write(saeki(), tmp_path / "in" / "saeki.xlsx")
    run = product.run("check", path, "--out", tmp_path / "out", "--as-of", "2026-09-01")
    assert "saeki.xlsx" in run.out
    assert "確定" in run.out


# --- files


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def test_original_is_untouched_and_copy_is_named(product: Product, tmp_path: Path) -> None:
    folder = product.write_all({"自己申告書_LIN": lin_visited(stated=True)}, tmp_path / "in")
    before = digests(folder)
    product.check(folder, out=tmp_path / "out", expect=1)
    assert digests(folder) == before
    assert [path.name for path in (tmp_path / "out").glob("*.xlsx")] == ["自己申告書_LIN.reviewed.xlsx"]


def test_without_out_the_copy_stands_beside_the_original(product: Product, tmp_path: Path) -> None:
    path = product.write(declared(), tmp_path / "one.xlsx")
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    product.run("check", path, "--as-of", "2026-09-01", expect=0)
    assert (tmp_path / "one.reviewed.xlsx").exists()
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before


def test_jobs_give_the_same_results(product: Product, tmp_path: Path) -> None:
    folder = product.write_all({"a": declared(), "b": lin_visited(stated=False), "c": saeki()}, tmp_path / "in")
    one = product.check(folder, out=tmp_path / "one")
    two = product.check(folder, out=tmp_path / "two", jobs="2")
    for name in "abc":
        kept = ("findings", "hits", "assessment")
        assert [one[name].content[key] for key in kept] == [two[name].content[key] for key in kept]


def test_today_is_used_without_a_day(product: Product) -> None:
    assert product.screen("東京大学")["as_of"] == date.today().isoformat()


def test_demo_shows_every_kind_of_case(product: Product, tmp_path: Path) -> None:
    run = product.run("demo", "--out", tmp_path / "demo")
    assert run.code in (0, 1)
    assert len(list((tmp_path / "demo").rglob("*.reviewed.xlsx"))) >= 5
    for word in ("低", "中", "極めて高", "確定", "暫定"):
        assert word in run.out
