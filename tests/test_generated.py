"""What is generated and committed is what the sources give: templates, byte for byte."""

from __future__ import annotations

import pytest

from docs.generate import ROOT, TEMPLATE_DAY
from xlsaddin.checklist.loading import checklist_keys
from xlsaddin.workbook.respondent.template import build_template


@pytest.mark.parametrize("kind", checklist_keys())
def test_the_committed_template_is_what_its_definition_builds(kind: str) -> None:
    committed = (ROOT / "workbooks" / f"{kind}.xlsx").read_bytes()
    assert committed == build_template(kind, as_of=TEMPLATE_DAY), "run `make docs` and commit the result"


def test_no_template_of_a_checklist_that_is_gone() -> None:
    assert {path.stem for path in (ROOT / "workbooks").glob("*.xlsx")} == set(checklist_keys())
