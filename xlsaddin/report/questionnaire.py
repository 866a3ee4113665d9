"""The funder's questionnaire answered as a workbook, staged: nothing personal before the funder asks for it.

Stage 1 says what was done and which measures are taken, in numbers. Stage 2 holds the thirteen items of every
researcher and is built only with the day on which, and by whom, they were asked for. Rows are never a fixed number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from xlsaddin import __version__
from xlsaddin.files import replacing
from xlsaddin.report.summary_workbook_sheets import Pen, RowSheet
from xlsaddin.workbook.labels import words

__all__ = ["ItemTable", "Questionnaire", "QuestionnaireAnswer", "Request", "write_questionnaire"]


@dataclass(frozen=True, slots=True)
class QuestionnaireAnswer:
    """One question and what the register answers; `confirmed` False where a person must still confirm it."""

    section: str
    question_ja: str
    question_en: str
    answer: str
    basis: str = ""
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Request:
    """The funder's request for the declarations themselves: who asked, and when."""

    by: str
    on: date


@dataclass(frozen=True, slots=True)
class ItemTable:
    """One of the thirteen items for all researchers: headers and rows, each beginning with the declarant's code."""

    sheet: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """A questionnaire as answered on a day; `items` only with a `request`.

    Raises:
        ValueError: personal items without a request.
    """

    case: str
    as_of: date
    answers: tuple[QuestionnaireAnswer, ...]
    request: Request | None = None
    items: tuple[ItemTable, ...] = field(default=())

    def __post_init__(self) -> None:
        if self.items and self.request is None:
            raise ValueError("declarations are given only when the funder asked for them")


def write_questionnaire(target: Path, questionnaire: Questionnaire) -> None:
    """Write the questionnaire: the answers first, then a sheet an item when they were asked for."""
    import xlsxwriter  # only this command needs it

    with replacing(target) as temporary:
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        book = xlsxwriter.Workbook(str(temporary), options)
        book.set_properties({"title": _word("title"), "comments": f"xlsaddin {__version__}"})
        pen = Pen(book, target.parent.resolve())
        _write_answers(pen, questionnaire)
        for table in questionnaire.items:
            _write_items(pen, table)
        book.close()


def _write_answers(pen: Pen, questionnaire: Questionnaire) -> None:
    widths = (("section", 22.0), ("question", 64.0), ("answer", 44.0), ("basis", 30.0), ("confirmed", 18.0))
    sheet = RowSheet(pen, words()["questionnaire_sheet.answers"][0], [(_word(key), width) for key, width in widths])
    for key, value in _about(questionnaire):
        sheet.write([_word("about"), _word(key), value, "", ""])
    for one in questionnaire.answers:
        confirmed = "" if one.confirmed else _word("to_confirm")
        sheet.write([one.section, f"{one.question_ja}\n{one.question_en}", one.answer, one.basis, confirmed])
    sheet.close()


def _about(questionnaire: Questionnaire) -> Sequence[tuple[str, str]]:
    stage = "stage_personal" if questionnaire.request else "stage_first"
    about = [("case", questionnaire.case), ("as_of", questionnaire.as_of.isoformat()), ("stage", _word(stage))]
    if questionnaire.request:
        about.append(("asked", f"{questionnaire.request.by} {questionnaire.request.on.isoformat()}"))
    return about


def _write_items(pen: Pen, table: ItemTable) -> None:
    sheet = RowSheet(pen, table.sheet, [(header, _width(header)) for header in table.headers])
    for row in table.rows:
        sheet.write(row)
    sheet.close()


def _width(header: str) -> float:
    return float(min(40, max(14, len(header))))


def _word(key: str) -> str:
    ja, en = words()[f"questionnaire.{key}"]
    return f"{ja} / {en}"


def shown_value(value: Any) -> str:
    """Return what stands in a cell of the declaration as the person wrote it."""
    if value is None:
        return ""
    return value.isoformat()[:10] if isinstance(value, date) else str(value)
