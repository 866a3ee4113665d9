"""Pictures of every form before and after a check, as LibreOffice prints them, cut to what is on the page.

python -m docs.pictures

The workbooks are those of the demonstration, and `docs/cases` for the forms it does not hold.  Lists: the fictional
sample alone.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from datetime import date
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageChops, ImageOps

from xlsaddin.batch.demonstration import fill_workbooks
from xlsaddin.batch.gathering import gather_tasks
from xlsaddin.batch.running import Plan, run_batch
from xlsaddin.libreoffice.office import Office, running_office
from xlsaddin.watchlist.store import ListStore

FOLDER = Path(__file__).parent / "img"
CASES = Path(__file__).parent / "cases"
DAY = date(2026, 9, 1)
_DPI = 120
_MARGIN = 12
_PRINTED_MARGIN = 66
"""Height of the lines printed above and below a page, in pixels."""
_WIDEST = 1300
_COLORS = 160


class Shot(NamedTuple):
    """A picture: its name, the workbook, and the sheet, by the words at the top of its first page."""

    name: str
    workbook: str
    sheet: str


BEFORE = (
    Shot("researcher-start", "03-lin", "手順書3-3に基づき、特定研究"),
    Shot("researcher-cover", "03-lin", "表紙 / Cover"),
    Shot("researcher-before", "03-lin", "② 研究経歴・職歴"),
    Shot("integrity-before", "integrity", "9つの質問 / Nine questions"),
    Shot("partner-before", "05-minato", "③ 資本構成"),
    Shot("supporter-before", "supporter", "② 支援の目的及び条件"),
    Shot("contract-before", "contract", "協力の内容 / Cooperation"),
    Shot("project-before", "project", "名簿 / Roster"),
    Shot("institution-before", "institution", "日常的に実施する取組(3-1) / Everyday"),
)
AFTER = (
    *(
        Shot(f"{kind}-after", workbook, "点検結果")
        for kind, workbook in (
            ("researcher", "03-lin"),
            ("integrity", "integrity"),
            ("partner", "05-minato"),
            ("supporter", "supporter"),
            ("contract", "contract"),
            ("project", "project"),
            ("institution", "institution"),
        )
    ),
    Shot("answers-after", "03-lin", "② 研究経歴・職歴"),
    Shot("hits", "03-lin", "似た名称を機械が"),
    Shot("findings", "02-kimura", "様式と内容の点検で見つかった"),
    Shot("measures", "05-minato", "リスクの程度に応じた"),
)
_TOP = 6
"""Lines at the top of a page among which the words of a sheet stand."""


def main() -> None:
    """Fill the forms, check them, and render the pictures."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, running_office() as office:
        work = Path(folder)
        os.environ["XLSADDIN_HOME"] = str(work / "home")
        fill_workbooks(ListStore(), DAY, work / "received", sorted(CASES.glob("*.toml")))
        list(run_batch(Plan(DAY), gather_tasks([work / "received"], work / "reviewed")))
        for shots, part, ending in ((BEFORE, "received", ""), (AFTER, "reviewed", ".reviewed")):
            for name in dict.fromkeys(shot.workbook for shot in shots):
                pages = print_pages(office, work / part / f"{name}{ending}.xlsx")
                for shot in shots:
                    if shot.workbook == name:
                        draw(pages, shot)


def print_pages(office: Office, workbook: Path) -> Path:
    """Return a workbook printed to PDF."""
    printed = workbook.with_suffix(".pdf")
    office.convert(workbook, "pdf", printed)
    return printed


def draw(printed: Path, shot: Shot) -> None:
    """Write the picture of a sheet's first page; raises LookupError where no page begins with its words."""
    text = subprocess.run(["pdftotext", "-layout", printed, "-"], capture_output=True, text=True, check=True).stdout
    tops = [[" ".join(line.split()) for line in page.splitlines() if line.strip()][:_TOP] for page in text.split("\f")]
    wanted = " ".join(shot.sheet.split())
    number = next((n for n, lines in enumerate(tops, 1) if any(wanted in line for line in lines[1:])), None)
    if number is None:
        raise LookupError(shot.name)
    target = FOLDER / f"{shot.name}.png"
    command = ["pdftoppm", "-png", "-singlefile", "-r", str(_DPI), "-f", str(number), "-l", str(number)]
    subprocess.run([*command, printed, target.with_suffix("")], check=True)
    _cut(Image.open(target).convert("RGB")).quantize(_COLORS).save(target, optimize=True)


def _cut(page: Image.Image) -> Image.Image:
    """Return a page without its empty margins, and without what is printed in them."""
    width, height = page.size
    body = page.crop((0, _PRINTED_MARGIN, width, height - _PRINTED_MARGIN))
    found = ImageChops.difference(body, Image.new("RGB", body.size, "white")).getbbox() or (0, 0, *body.size)
    framed = ImageOps.expand(body.crop(found), _MARGIN, "white")
    framed.thumbnail((_WIDEST, _WIDEST * 2))
    return framed


if __name__ == "__main__":
    main()
