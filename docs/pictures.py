"""Pictures of the workbooks as a person sees them printed: before and after a check, rendered by LibreOffice.

python -m docs.pictures
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from datetime import date
from pathlib import Path

from PIL import Image

from xlsaddin.batch.demonstration import fill_workbooks
from xlsaddin.batch.gathering import gather_tasks
from xlsaddin.batch.running import Plan, run_batch
from xlsaddin.checklist.loading import checklist_keys
from xlsaddin.libreoffice.office import Office, running_office
from xlsaddin.watchlist.store import ListStore
from xlsaddin.workbook.respondent.template import build_template

FOLDER = Path(__file__).parent / "img"
DAY = date(2026, 9, 1)
_PIXELS = 1100
"""Longer side of a picture."""


def main() -> None:
    """Render the first page of each template, and the pages of two reviewed workbooks that show most."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, running_office() as office:
        work = Path(folder)
        os.environ["XLSADDIN_HOME"] = str(work / "home")
        for kind in checklist_keys():
            path = work / f"{kind}.xlsx"
            path.write_bytes(build_template(kind, as_of=DAY))
            _render(office, path, {f"{kind}-empty": "記入の手順"})
        fill_workbooks(ListStore(), DAY, work / "received")
        list(run_batch(Plan(DAY), gather_tasks([work / "received"], work / "reviewed")))
        _render(office, work / "received" / "03-lin.xlsx", {"filled-cover": "氏名(ローマ字", "filled-table": "職名"})
        lin = {"result": "判断が要るもの", "hits": "このリストに載る意味", "contributions": "開始値"}
        _render(office, work / "reviewed" / "03-lin.reviewed.xlsx", lin)
        _render(office, work / "reviewed" / "05-minato.reviewed.xlsx", {"result-partner": "判断が要るもの"})


def _render(office: Office, workbook: Path, wanted: dict[str, str]) -> None:
    """Write a picture of the first page that holds each text."""
    printed = workbook.with_suffix(".pdf")
    office.convert(workbook, "pdf", printed)
    pages = subprocess.run(["pdftotext", "-layout", printed, "-"], capture_output=True, text=True, check=True).stdout
    for name, text in wanted.items():
        number = next((n for n, page in enumerate(pages.split("\f"), 1) if text in page), None)
        if number is None:
            continue
        command = ["pdftoppm", "-png", "-singlefile", "-scale-to", str(_PIXELS), "-f", str(number), "-l", str(number)]
        subprocess.run([*command, printed, FOLDER / name], check=True)
        picture = FOLDER / f"{name}.png"
        Image.open(picture).quantize(48).save(picture, optimize=True)


if __name__ == "__main__":
    main()
