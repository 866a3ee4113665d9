"""Rebuild everything that is generated: templates, add-in, traceability, pages of checklists and lists.

`make docs` runs it; tests compare the results with what is committed.  Pictures: `python -m docs.pictures`.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from xlsaddin.checklist.loading import checklist_keys
from xlsaddin.excel.addin_build import build_addin
from xlsaddin.files import write_bytes
from xlsaddin.report import checklist_pages, traceability
from xlsaddin.watchlist.page import render_page
from xlsaddin.workbook.respondent.template import build_template

ROOT = Path(__file__).parents[1]
TEMPLATE_DAY = date(2026, 4, 1)
"""The day the committed templates are built for: their look-back is that of fiscal year 2026."""


def main() -> None:
    """Write every generated file into the project."""
    for kind in checklist_keys():
        write_bytes(ROOT / "workbooks" / f"{kind}.xlsx", build_template(kind, as_of=TEMPLATE_DAY))
    build_addin(ROOT / "workbooks")
    traceability.main()
    checklist_pages.main()
    page = ROOT / "docs" / "lists.md"
    page.write_text(render_page(page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
