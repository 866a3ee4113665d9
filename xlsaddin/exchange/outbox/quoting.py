"""What letters quote from an office edition: the two points of a difference, the measures that were adopted.

Quotations are the person's own words and places; no list, no listed body, no level.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from xlsaddin.checklist.answers import AnswerStatus
from xlsaddin.checklist.model import Checklist, Item
from xlsaddin.checklist.values import read_answers
from xlsaddin.checklist.words import find_choice
from xlsaddin.errors import XlsAddinError
from xlsaddin.exchange.results import read_result_rows
from xlsaddin.workbook.office.columns import FINDINGS, MEASURES, office_choices
from xlsaddin.workbook.opening import open_package
from xlsaddin.workbook.read.book import ReadBook, read_workbook
from xlsaddin.workbook.read.book_cells import BookCells
from xlsaddin.workbook.structure import Structure, parse_reference

__all__ = ["adopted_measures", "open_differences"]

_STATES = {
    AnswerStatus.GIVEN: ("あり", "Given"),
    AnswerStatus.NONE: ("該当なし", "None"),
    AnswerStatus.NOT_OBTAINABLE: ("情報取得不可", "Not obtainable"),
    AnswerStatus.PARTLY: ("一部記載不可", "Partly"),
    AnswerStatus.BLANK: ("未記入", "blank"),
}
_CLOSED = ("explained", "unexplained")


def open_differences(path: Path) -> tuple[Mapping[str, str], ...]:
    """Return the facts of an inquiry for each difference of an office edition that nobody has closed.

    Raises:
        XlsAddinError: when it holds none.
    """
    book, structure = read_workbook(path), Structure(open_package(path))
    cells = BookCells(structure)
    keys = ("item_label", "place", "message_ja", "code", "inquiry", "item", "difference")
    rows = [row for row in _rows(structure, cells, FINDINGS, keys) if _is_open(row)]
    if not rows:
        raise XlsAddinError("RS-MAIL-013", path=path.name, what="申告との差異 an open difference")
    return tuple(_quoted(book, structure, cells, row) for row in rows)


def adopted_measures(path: Path) -> tuple[Mapping[str, str], ...]:
    """Return the facts of a notice for each adopted measure of an office edition; raises XlsAddinError for none."""
    structure = Structure(open_package(path))
    keys = ("text", "grounds", "reference", "adopted", "due")
    rows = [row for row in _rows(structure, BookCells(structure), MEASURES, keys) if _chosen(row, "adopted") == "yes"]
    if not rows:
        raise XlsAddinError("RS-MAIL-013", path=path.name, what="採用した措置 an adopted measure")
    return tuple({"measure": row["text"]} for row in rows)


def _rows(structure: Structure, cells: BookCells, kind: str, keys: tuple[str, ...]) -> Iterator[Mapping[str, str]]:
    table = structure.tables.get(kind)
    for row in read_result_rows(structure, cells, table, kind, keys) if table else ():
        yield {key: row.get(key, "") for key in keys}


def _is_open(row: Mapping[str, str]) -> bool:
    return row["code"].startswith("RS-DIFF") and _chosen(row, "inquiry") not in _CLOSED


def _chosen(row: Mapping[str, str], name: str) -> str:
    found = find_choice(row[name], office_choices(name))
    return found.key if found else ""


def _quoted(book: ReadBook, structure: Structure, cells: BookCells, row: Mapping[str, str]) -> Mapping[str, str]:
    """Return the two points of a difference: what is written, and how the item was answered that does not name it."""
    checklist = book.checklist
    item = next((one for one in checklist.items if one.key == row["item"]), None)
    written = _text_at(structure, cells, row["place"])
    others = [one for one in _named(checklist, row["message_ja"]) if one is not item]
    answers = read_answers(checklist, book.answers)
    states = [(one, _STATES[answers.answer(one.key).status]) for one in others]
    return {
        "first": f"{_label(item, row['item_label'])}「{written}」({row['place']})",
        "first_en": f"{item.label_en if item else row['item_label']}: “{written}” ({row['place']})",
        "second": "、".join(f"{_label(one, '')}「{ja}」" for one, (ja, _) in states) or "(この記載の詳細)",
        "second_en": "; ".join(f"{one.label_en}: “{en}”" for one, (_, en) in states) or "the details of this entry",
    }


def _named(checklist: Checklist, message: str) -> list[Item]:
    """Return the items a message names."""
    return [item for item in checklist.items if item.number and item.label_ja in message]


def _label(item: Item | None, other: str) -> str:
    return f"{item.number} {item.label_ja}".strip() if item else other


def _text_at(structure: Structure, cells: BookCells, place: str) -> str:
    """Return what stands at a place such as `研究経歴職歴!D11`, empty where that is no place."""
    found = parse_reference(place)
    sheet = structure.sheet_by_name.get(found[0].casefold()) if found else None
    return cells.text(sheet.part, found[1].top, found[1].left) if sheet and found else ""
