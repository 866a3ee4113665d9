"""Which edition of a list a result rests on, and what happens when a list cannot be used."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.acceptance.conftest import METI, METI_BEFORE, MOF, OWN_DEMO
from tests.acceptance.people import declared, saeki
from tests.acceptance.product import Product

NEW_IN_2025_09 = "Changchun Institute of Optics, Fine Mechanics and Physics"


@pytest.fixture(scope="module")
def both(test_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Product:
    product = Product(tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("work"))
    product.run("lists", "import", test_data / METI, expect=0)
    product.run("lists", "import", test_data / METI_BEFORE, expect=0)
    return product


@pytest.mark.parametrize(
    ("as_of", "edition"), [("2025-10-09", "2025-09-29"), ("2025-10-08", "2025-01-31"), ("2025-09-01", "2025-01-31")]
)
def test_the_edition_in_force_that_day(both: Product, as_of: str, edition: str) -> None:
    document = both.screen(NEW_IN_2025_09, options=("--as-of", as_of))
    assert [use["edition"] for use in document["lists"]] == [edition]
    entries = [hit["entry"] for hit in document["results"][0]["hits"] if hit["band"] == "match"]
    assert ("520" in entries) == (edition == "2025-09-29")


def test_editions_are_compared(both: Product) -> None:
    run = both.run("lists", "diff", "jp_meti_eul")
    assert "94" in run.out
    assert "7" in run.out


def test_a_day_before_every_edition_is_inconclusive(both: Product, tmp_path: Path) -> None:
    run = both.run("screen", "東京大学", "--as-of", "2019-01-01", "--json", expect=2)
    assert run.err.strip()
    seen = both.check_forms({"x": saeki()}, tmp_path, as_of="2019-01-01", expect=2)["x"]
    assert seen.state == "inconclusive"


@pytest.mark.parametrize("victim", ["edition.json", "entries-*.jsonl", "original/*"])
def test_a_damaged_list_is_never_no_match(product: Product, tmp_path: Path, victim: str) -> None:
    broken = Product(tmp_path / "home", tmp_path)
    shutil.copytree(product.home / "lists", broken.home / "lists")
    path = next((broken.home / "lists" / "jp_meti_eul").glob(f"*/{victim}"))
    path.write_bytes(path.read_bytes()[:-200])
    run = broken.run("screen", "東京大学", expect=2)
    assert run.err.strip()
    assert "該当なし no hit" not in run.out
    checked = broken.check_forms({"x": declared()}, tmp_path / "forms", expect=2)
    assert checked["x"].state == "inconclusive"
    assert broken.run("lists", "status").code == 2


def test_a_fresh_installation_says_loudly_that_no_real_list_is_loaded(bare: Product, tmp_path: Path) -> None:
    run = bare.run("screen", "東京大学")
    assert "見本" in run.err
    assert "lists update" in run.err
    checked = bare.check_forms({"x": declared()}, tmp_path)
    assert checked["x"].outcome != ("low", "final")


def test_half_a_list_is_refused_and_the_old_one_kept(product: Product, test_data: Path, tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.load_workbook(test_data / METI)
    book.active.delete_rows(300, 500)
    book.save(tmp_path / "half.xlsx")
    product.run("lists", "import", tmp_path / "half.xlsx", expect=2)
    assert product.screen("University of Tehran")["lists"][0]["entries"] == 835


def test_own_list_is_screened_on_days_before_its_import(test_data: Path, tmp_path: Path) -> None:
    product = Product(tmp_path / "home", tmp_path)
    (tmp_path / "own.csv").write_text(OWN_DEMO, encoding="utf-8")
    product.run("lists", "import", test_data / METI, expect=0)
    product.run("lists", "import", tmp_path / "own.csv", "--list", "own_demo", "--title", "題", expect=0)
    document = product.run("screen", "Thousand Talents Plan", "--as-of", "2026-09-01", "--json", expect=1).json
    assert [hit["list"] for hit in document["results"][0]["hits"]] == ["own_demo"]


def test_the_wide_profile_names_lists_that_can_be_loaded(product: Product, tmp_path: Path) -> None:
    checked = product.check_forms({"x": saeki("wide")}, tmp_path, expect=2)
    missing = {use["id"] for use in checked.document["lists"] if not use.get("usable", True)}
    assert missing
    known = product.run("lists", "status").out
    assert [list_id for list_id in missing if list_id not in known] == []


def test_importing_twice_changes_nothing(product: Product, test_data: Path) -> None:
    assert "already stored" in product.run("lists", "import", test_data / MOF, expect=0).out
