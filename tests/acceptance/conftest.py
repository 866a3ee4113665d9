"""One installation with the real METI and MOF lists and the demonstration list, shared by the whole run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.product import Product

OWN_DEMO = """entry,name,aliases,country,kind,note
1,Wang Wei,Jack Wang,CN,person,on the US Entity List 80 FR 69856
2,Huawei Technologies Japan K.K.,,JP,organization,US Entity List 84 FR 22963
3,Thousand Talents Plan,,CN,program,DoD 1286 FY24 table 2
"""
METI = Path("lists/jp_meti_eul/20250929_4.xlsx")
METI_BEFORE = Path("lists/jp_meti_eul/20250131003-1.pdf")
MOF = Path("lists/jp_mof/shisantouketsu20260305.xlsx")


@pytest.fixture(scope="session")
def product(test_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Product:
    """An installation as an office has it after `lists import`."""
    product = Product(tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("work"))
    product.run("lists", "import", test_data / METI, expect=0)
    product.run("lists", "import", test_data / MOF, expect=0)
    own = product.work / "own_demo.csv"
    own.write_text(OWN_DEMO, encoding="utf-8")
    product.run("lists", "import", own, "--list", "own_demo", "--title", "デモ用の自機関リスト", expect=0)
    return product


@pytest.fixture
def bare(tmp_path: Path) -> Product:
    """A fresh installation without any list."""
    work = tmp_path / "work"
    work.mkdir()
    return Product(tmp_path / "home", work)
