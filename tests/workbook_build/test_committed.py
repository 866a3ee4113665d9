"""The templates in `workbooks/` are what the definitions give today."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from docs.generate import TEMPLATE_DAY
from xlsaddin.checklist.loading import checklist_keys
from xlsaddin.workbook.respondent import build_template

WORKBOOKS = Path(__file__).parents[2] / "workbooks"


@pytest.mark.parametrize("key", checklist_keys())
def test_committed_template_is_up_to_date(key: str) -> None:
    committed = (WORKBOOKS / f"{key}.xlsx").read_bytes()
    assert _parts(build_template(key, as_of=TEMPLATE_DAY)) == _parts(committed), "run `make docs`"


def _parts(content: bytes) -> dict[str, bytes]:
    """Return the parts of a package; how hard they are squeezed depends on the machine."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}
