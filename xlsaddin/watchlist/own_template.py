"""Templates for an institution's own list: a workbook with instructions, and the same columns as CSV."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from xlsaddin import files
from xlsaddin.watchlist.model import EntryKind
from xlsaddin.watchlist.parsers.own import COLUMNS

_KINDS = [kind.value for kind in (EntryKind.ORGANIZATION, EntryKind.PERSON, EntryKind.PROGRAM)]
_ROWS = 1000
_INSTRUCTIONS = (
    ("列 / Column", "書き方", "How to fill in"),
    (
        "entry",
        "行の番号(重複不可)。空欄なら行の順に番号が付きます。",
        "Number of the row, each once; counted when empty.",
    ),
    ("name", "正式な名称(必須)。原語・日本語・英語のどれでも可。", "Name (required), in any language."),
    (
        "aliases",
        "別名。縦棒 | で区切ります。略称・現地語名・旧称も。",
        "Other names parted by |: acronyms, native names.",
    ),
    (
        "country",
        "国名、又は2文字の国コード(例 DE)。不明なら空欄。",
        "Country name or two-letter code; empty if unknown.",
    ),
    ("kind", "organization(団体)・person(個人)・program(人材プログラム)。", "organization, person or program."),
    ("note", "掲載の理由・根拠。照合結果に表示されます。", "Why it is listed; shown with each hit."),
    ("", "", ""),
    (
        "取込 / Import",
        'xlsaddin lists import FILE --list own_名前 --title "題名"',
        "again with the same --list for a new edition",
    ),
    ("例 / Example", "1 | Example Institute | EI | 例示研究所 | DE | organization", "これは例です / an example only"),
)


def write_templates(folder: Path) -> tuple[Path, Path]:
    """Write `own_list.xlsx` and `own_list.csv` to a folder and return their paths."""
    workbook, text = folder / "own_list.xlsx", folder / "own_list.csv"
    files.write_bytes(workbook, build_workbook())
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerow(COLUMNS)
    files.write_bytes(text, buffer.getvalue().encode("utf-8-sig"))
    return workbook, text


def build_workbook() -> bytes:
    """Return the template: the list sheet first, the instructions behind it."""
    import xlsxwriter  # imported here: only this command needs it

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    head = book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1, "text_wrap": True, "valign": "top"})
    body = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    sheet = book.add_worksheet("リスト")
    for column, (name, width) in enumerate(zip(COLUMNS, (8, 40, 50, 14, 16, 40), strict=True)):
        sheet.write_string(0, column, name, head)
        sheet.set_column(column, column, width, body)
    sheet.data_validation(
        1, COLUMNS.index("kind"), _ROWS, COLUMNS.index("kind"), {"validate": "list", "source": _KINDS}
    )
    sheet.freeze_panes(1, 0)
    guide = book.add_worksheet("記入要領")
    guide.set_column(0, 0, 16, body)
    guide.set_column(1, 2, 60, body)
    for row, texts in enumerate(_INSTRUCTIONS):
        for column, text in enumerate(texts):
            guide.write_string(row, column, text, head if row == 0 else body)
    book.close()
    return stream.getvalue()
