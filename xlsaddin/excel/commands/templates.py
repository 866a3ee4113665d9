"""New: each template, built afresh from its definition and opened as a new workbook."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from xlsaddin.excel import live
from xlsaddin.excel.steps import Desk, Steps


def open_template(desk: Desk, key: str) -> Steps:
    """Open the template of a checklist as a new workbook that has not been saved yet."""
    from xlsaddin.workbook.labels import Language
    from xlsaddin.workbook.respondent.template import build_template

    yield desk.say("RS-LIVE-030")
    settings = desk.settings
    content = build_template(key, settings.profile, Language(settings.language), as_of=date.today())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{key}.xlsx"
        path.write_bytes(content)
        live.open_as_new(desk.app, path)
    return desk.say("RS-LIVE-036")
