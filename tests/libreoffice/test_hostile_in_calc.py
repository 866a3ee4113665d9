"""A received workbook that carries configuration sheets, code sheets and odd names is opened, checked and reported."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlwings as xw

from tests.libreoffice.typing_in import AS_OF
from xlsaddin.batch.session import Session
from xlsaddin.libreoffice.host import CalcHost
from xlsaddin.review_model import Review
from xlsaddin.workbook.respondent.template import build_template

pytestmark = pytest.mark.office


@pytest.fixture
def trap(tmp_path: Path) -> Path:
    """A researcher's workbook with what xlwings' stock module would obey, and modules beside it that would be run."""
    path = tmp_path / "received" / "研究者.xlsx"
    path.parent.mkdir()
    path.write_bytes(build_template("researcher", as_of=AS_OF))
    book = openpyxl.load_workbook(path)
    for name in ("xlwings.conf", "xlsaddin.conf"):
        sheet = book.create_sheet(name)
        sheet["A1"], sheet["B1"] = "INTERPRETER_WIN", "C:\\evil\\python.exe"
        sheet["A2"], sheet["B2"] = "PYTHONPATH", str(path.parent)
    book.create_sheet("evil.py")["A1"] = "open('pwned', 'w')"
    book.save(path)
    (path.parent / "xlsaddin.conf").write_text('"INTERPRETER_WIN","C:\\evil\\python.exe"\n', encoding="utf-8")
    for module in ("xlsaddin.py", "xlwings.py", "sitecustomize.py"):
        (path.parent / module).write_text(f"open(r'{path.parent / 'pwned'}', 'w')\n", encoding="utf-8")
    return path


def test_the_trap_is_reported_by_name(host: CalcHost, trap: Path) -> None:
    outcome = Session(date.today()).check(trap)
    assert isinstance(outcome.found, Review)
    reported = [finding for finding in outcome.found.findings if finding.code.startswith("RS-HOSTILE")]
    assert {finding.location.sheet for finding in reported} >= {"xlwings.conf", "xlsaddin.conf", "evil.py"}


def test_pressing_a_button_on_it_runs_nothing_of_it(host: CalcHost, trap: Path) -> None:
    path_before, folder_before = list(sys.path), sorted(trap.parent.iterdir())
    book: xw.Book = host.app.books.open(trap)
    book.activate()
    host.press("RibbonCheckValidate")
    assert host.app.impl.alerts == []
    assert "点検しました" in str(host.app.status_bar)
    assert sys.path == path_before
    assert [path for path in trap.parent.iterdir() if path.name == "pwned"] == []
    assert [path for path in sorted(trap.parent.iterdir()) if not path.name.startswith(".~lock")] == folder_before
    shown = book.sheets["指摘"].used_range.value
    assert [row for row in shown if row and str(row[-1]).startswith("RS-HOSTILE")]
    assert book.sheets["xlwings.conf"]["B1"].value == "C:\\evil\\python.exe"  # left as it came
