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


def test_pressing_a_button_on_it_runs_nothing_writes_nothing_and_reports(host: CalcHost, trap: Path) -> None:
    path_before, folder_before = list(sys.path), sorted(trap.parent.iterdir())
    book: xw.Book = host.app.books.open(trap)
    book.activate()
    sheets = [sheet.name for sheet in book.sheets]
    host.press("RibbonCheckAll")
    assert "xlwings.conf" in host.app.impl.alerts[0]
    assert [sheet.name for sheet in book.sheets] == sheets
    assert sys.path == path_before
    assert sorted(trap.parent.iterdir()) == folder_before  # nothing ran: no file `pwned`, nothing written
    report = host.app.books.active
    assert report.name != book.name
    shown = {str(row[-1]) for row in report.sheets[0].used_range.value}
    assert any(code.startswith("RS-HOSTILE") for code in shown)
